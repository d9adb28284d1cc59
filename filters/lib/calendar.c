/* calendar - years, months and days */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "lib/calendar.h"

int
calendar_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
	    31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

int
calendar_month(const char *s, size_t n)
{
	static const char *const months[] = { "january", "february", "march",
	    "april", "may", "june", "july", "august", "september", "october",
	    "november", "december" };
	int i;

	for (i = 0; n >= 3 && i < 12; i++)
		if (n <= strlen(months[i]) && strncasecmp(s, months[i], n) == 0)
			return i + 1;
	return 0;
}

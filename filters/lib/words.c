/* words - words that are known */
#include <string.h>
#include <strings.h>

#include "lib/words.h"

bool
words_have(const char *const *list, const char *s)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcasecmp(*list, s) == 0)
			return true;
	return false;
}

int
words_month(const char *s, size_t n)
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

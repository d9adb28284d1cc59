/* calendar - years, months and days */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stddef.h>

/* Years that a publication can have: other numbers are something else. */
#define CALENDAR_FIRST	1400
#define CALENDAR_LAST	2100

/* Days of the month, 1 to 12; of a year that is not known, 0, the most. */
int	 calendar_days(int year, int month);
/*
 * The number of the month whose English name begins with the n letters at s,
 * three at least, in any case, or 0.
 */
int	 calendar_month(const char *s, size_t n);

#endif

/* date - the dates of papers, as numbers or in English */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The first date of what may be a range, as far as it is certain: a month is
 * told only with a day or a year that it is not mixed up with, and a day only
 * with a month that has it.
 */
struct date {
	int		 year, month, day;	/* 0: not told */
	bool		 unclear;	/* numbers may be several dates, or none */
	bool		 worded;	/* there are words that are of no date */
	const char	*text;		/* that was read, or NULL */
};

/*
 * "2017-02-27T10:00:00Z", "20170227", "27 Feb. 2017", "May-June 2019",
 * "c2019".  Without a year it may be "12 March" or the number of a month.
 */
struct date	 date_read(const char *);
/*
 * The same where it comes in parts, each of which may be NULL.  A month or a
 * day is no part of a year that is a range, or of another year that stands in
 * the month's text.
 */
struct date	 date_of_parts(const char *year, const char *month,
		    const char *day);
/* The date, which may tell none, in this year. */
struct date	 date_in_year(struct date, int year);

/* "2017", "2017-02" or "2017-02-27"; s, which has the room, is returned. */
#define DATE_ROOM	48
char		*date_print(char s[DATE_ROOM], struct date);
/*
 * The same of a text of n bytes.  NULL: it tells no year that a paper can
 * have, or more than was understood.
 */
const char	*date_iso(char s[DATE_ROOM], const char *text, size_t n);

#endif

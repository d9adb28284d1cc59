/* bibtex_date - the date that the year, month and day of BibTeX make */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/tex.h"
#include "lib/words.h"
#include "parse/bibtex.h"
#include "parse/format.h"

/*
 * "may", "5", "14 may", "9--15 June", "jul~11", "September/October": the first
 * month, and the first day where there is only one month.  False: it is
 * nothing of this kind.
 */
static bool
read_month(const char *s, int *month, int *day)
{
	int months = 0, numbers = 0, first = 0, value;
	size_t n;

	*month = *day = 0;
	for (; *s != '\0'; s += n > 0 ? n : 1) {
		for (n = 0; isalpha((unsigned char)s[n]); n++)
			;
		value = words_month(s, n);
		if (value > 0 && months++ == 0)
			*month = value;
		if (n > 0 || !isdigit((unsigned char)*s))
			continue;
		for (value = 0; isdigit((unsigned char)s[n]); n++)
			value = value < 100 ? value * 10 + s[n] - '0' : value;
		if (numbers++ == 0)
			first = value;
	}
	if (months == 0 && numbers == 1)
		*month = first;
	else if (months == 1 && numbers > 0 && first <= 31)
		*day = first;
	return *month >= 1 && *month <= 12;
}

/* The field's text, or "". */
static const char *
text_of(const struct fields *f, const char *name, struct buf *b)
{
	const struct field *v = fields_find(f, name);

	buf_reset(b);
	if (v != NULL)
		tex_decode(b, v->value, v->len, TEX_TEXT);
	return b->p;
}

static bool
is_year(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && isdigit((unsigned char)s[i]); i++)
		;
	return n == 4 && i == n;
}

bool
date_add(struct json *paper, const struct fields *f)
{
	const struct field *year = fields_find(f, "year");
	struct buf month = { 0 }, day = { 0 }, date = { 0 };
	int m, d;
	bool made;

	made = fields_find(f, "date") == NULL && year != NULL &&
	    is_year(year->value, year->len) &&
	    read_month(text_of(f, "month", &month), &m, &d);
	if (made) {
		if (d == 0 && *text_of(f, "day", &day) != '\0')
			d = (int)strtol(day.p, NULL, 10);
		buf_addf(&date, "%.4s-%02d", year->value, m);
		if (d >= 1 && d <= 31)
			buf_addf(&date, "-%02d", d);
		entry_text(paper, "date", date.p, date.len);
	}
	buf_free(&month);
	buf_free(&day);
	buf_free(&date);
	return made;
}

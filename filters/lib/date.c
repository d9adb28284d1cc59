/* date - the dates of papers, as numbers or in English */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/calendar.h"
#include "lib/date.h"
#include "lib/date_tokens.h"

/* The token at i, or one that is nothing. */
static const struct token *
at(const struct tokens *r, size_t i)
{
	static const struct token none = { .kind = KNOWN, .gap = GAP_OTHER };

	return i < r->n ? &r->t[i] : &none;
}

static bool
is_year(const struct token *t)
{
	return t->kind == NUMBER && t->digits == 4;
}

/* What may be the number of a month or a day. */
static bool
is_short(const struct token *t)
{
	return t->kind == NUMBER && t->digits <= 2 && t->bare;
}

static bool
is_day(const struct token *t)
{
	return is_short(t) && t->value >= 1 && t->value <= 31;
}

static bool
has_gap(const struct token *t, const char *gaps)
{
	return t->gap != '\0' && strchr(gaps, t->gap) != NULL;
}

/* Dates in numbers */

static void
set(struct date *d, int month, int day)
{
	if (month < 0 || month > 12)
		return;
	d->month = month;
	if (month > 0 && day > 0 && day <= calendar_days(d->year, month))
		d->day = day;
}

/* "20170227", "20170227100000"; false: it is no date. */
static bool
read_digits(struct date *d, const struct token *t)
{
	int y, m, day;

	if (t->kind != NUMBER || (t->digits != 8 && t->digits != 14))
		return false;
	sscanf(t->s, "%4d%2d%2d", &y, &m, &day);
	if (y < CALENDAR_FIRST || y > CALENDAR_LAST || m > 12 || day > 31)
		return false;
	d->year = y;
	set(d, m, day);
	return true;
}

/* "2017-2018", "1998/99" */
static bool
is_range_of_years(const struct tokens *r, size_t y)
{
	const struct token *t = at(r, y), *next = at(r, y + 1);

	if (next->kind != NUMBER || !has_gap(next, "-/r"))
		return false;
	return next->digits == 4 || (next->digits == 2 && next->bare &&
	    next->value > 12 && next->value > t->value % 100 &&
	    !(at(r, y + 2)->kind == MONTH && next->value <= 31));
}

/* Month and day behind a year, parted by one of these marks: "2017-02-27". */
static bool
read_behind(struct date *d, const struct tokens *r, size_t y,
    const char *marks)
{
	const struct token *m = at(r, y + 1), *day = at(r, y + 2);
	bool more = is_short(day) && day->gap == m->gap;

	if (!is_short(m) || m->ordinal || !has_gap(m, marks) ||
	    day->gap == ':' || (m->value > 12 && day->kind == MONTH))
		return false;
	if (more && at(r, y + 3)->gap == ':')
		more = m->gap != ' ';
	set(d, m->value, more ? day->value : 0);
	d->unclear = m->value > 12 && more;
	return true;
}

/* Month and day in front of a year, in the order that their size tells. */
static bool
read_before(struct date *d, const struct tokens *r, size_t y,
    const char *marks)
{
	const struct token *b = y > 0 ? at(r, y - 1) : at(r, r->n);
	const struct token *a = y > 1 ? at(r, y - 2) : at(r, r->n);
	char mark = at(r, y)->gap;

	if (!has_gap(at(r, y), marks) || !is_short(b) || b->ordinal)
		return false;
	if (!is_short(a) || !has_gap(b, "-/. r")) {
		set(d, b->value, 0);
		d->unclear = b->value > 12;
	} else if (b->gap != mark || (a->value > 12 && b->value > 12) ||
	    (a->value <= 12 && b->value <= 12 && a->value != b->value))
		d->unclear = true;
	else if (a->value > 12)
		set(d, b->value, a->value);
	else
		set(d, a->value, b->value);
	return true;
}

/* "10/15/online", "5/6", "5": of two only a day is more than 12. */
static void
read_yearless(struct date *d, const struct tokens *r)
{
	const struct token *a = at(r, 0), *b = at(r, 1);

	if (!is_short(a) || a->ordinal || a->value > 12)
		return;
	if (r->n == 1 || (b->kind != NUMBER && b->gap == '/'))
		set(d, a->value, 0);
	else if (is_day(b) && b->gap == '/')
		set(d, a->value, b->value > 12 ? b->value : 0);
	else if (is_short(b) && has_gap(b, "-r") && b->value <= 12 &&
	    b->value > a->value)
		set(d, a->value, 0);
}

/* Dates with the name of a month */

/* "27 February", "27-Feb-2017", "26-27 February" */
static int
day_before(const struct tokens *r, size_t m)
{
	const struct token *t = at(r, m), *d = at(r, m - 1);
	const struct token *p = m > 1 ? at(r, m - 2) : at(r, r->n);

	if (m == 0 || !is_day(d) || has_gap(t, ",:?r"))
		return 0;
	if (has_gap(t, "-/") && (!is_year(at(r, m + 1)) ||
	    at(r, m + 1)->gap != t->gap))
		return 0;
	/* "3 Feb-Mar" may be anything, and so "Vol 3 March" */
	if ((at(r, m + 1)->kind == MONTH && has_gap(at(r, m + 1), "-/r")) ||
	    (p->kind == WORD && !has_gap(d, ",:?r")))
		return 0;
	if (p->kind != NUMBER || (is_year(p) && d->gap == ' '))
		return d->value;
	return has_gap(d, "-/r") && is_day(p) && p->value < d->value ?
	    p->value : 0;
}

/* "February 27", "2017/Feb/27", "Feb-27-2017" */
static int
day_behind(const struct tokens *r, size_t m)
{
	const struct token *t = at(r, m), *d = at(r, m + 1);

	if (!is_day(d) || at(r, m + 2)->gap == ':')
		return 0;
	if (has_gap(d, "-/") && !(m > 0 && is_year(at(r, m - 1)) &&
	    t->gap == d->gap) && !(is_year(at(r, m + 2)) &&
	    at(r, m + 2)->gap == d->gap))
		return 0;
	return has_gap(d, " .-/") ? d->value : 0;
}

/* y is where the year is, or behind all: then it is told elsewhere. */
static void
read_named(struct date *d, const struct tokens *r, size_t m, size_t y)
{
	size_t i;
	int day;

	/* "Dec-Jan 1999" begins in the year before */
	for (i = m + 1; i < y; i++)
		if (r->t[i].kind == MONTH && r->t[i].value < r->t[m].value)
			return;
	if ((day = day_before(r, m)) == 0)
		day = day_behind(r, m);
	set(d, r->t[m].value, day);
}

/* All of them */

static struct date
read_tokens(const struct tokens *r)
{
	struct date d = { .worded = r->words };
	size_t m, y;

	for (m = 0; m < r->n && r->t[m].kind != MONTH; m++)
		;
	for (y = 0; y < r->n && !is_year(&r->t[y]); y++)
		if (read_digits(&d, &r->t[y]))
			return d;
	if (y == r->n) {
		if (m < r->n)
			read_named(&d, r, m, y);
		else
			read_yearless(&d, r);
		return d;
	}
	d.year = r->t[y].value;
	if (is_range_of_years(r, y))
		return d;
	if (m > y && (read_before(&d, r, y, "-/.") ||
	    read_behind(&d, r, y, "-/.")))
		return d;
	if (m < r->n)
		read_named(&d, r, m, y);
	else if (!r->words && !read_behind(&d, r, y, " "))
		read_before(&d, r, y, " ");
	return d;
}

struct date
date_read(const char *s)
{
	struct tokens r;

	struct date d = { .unclear = true };
	const char *p = s + strspn(s, " .");

	/* before Christ, or a range whose beginning is open */
	if (*p != '/' && !(*p == '-' && isdigit((unsigned char)p[1]))) {
		date_split(&r, s);
		d = read_tokens(&r);
	}
	d.text = s;
	return d;
}

struct date
date_in_year(struct date d, int year)
{
	int month = d.month, day = d.day;

	d.year = year;
	d.month = d.day = 0;
	set(&d, month, day);
	return d;
}

/* How many numbers and names of months there are. */
static size_t
count(const struct tokens *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += r->t[i].kind == NUMBER || r->t[i].kind == MONTH;
	return n;
}

struct date
date_of_parts(const char *year, const char *month, const char *day)
{
	struct date d = { 0 }, in;
	struct tokens r;
	bool one;

	if (year == NULL)
		return d;
	d = date_read(year);
	date_split(&r, year);
	if (d.year == 0 || month == NULL || count(&r) > 1 || d.month > 0)
		return d;
	date_split(&r, month);
	one = count(&r) == 1;
	in = read_tokens(&r);
	if (in.unclear || (in.year != 0 && in.year != d.year))
		return d;
	if (in.day == 0 && one && day != NULL) {
		date_split(&r, day);
		if (is_day(at(&r, 0)))
			in.day = at(&r, 0)->value;
	}
	return date_in_year(in, d.year);
}

/* As text */

char *
date_print(char s[DATE_ROOM], struct date d)
{
	snprintf(s, DATE_ROOM, d.day > 0 ? "%04d-%02d-%02d" : d.month > 0 ?
	    "%04d-%02d" : "%04d", d.year, d.month, d.day);
	return s;
}

const char *
date_iso(char s[DATE_ROOM], const char *text, size_t n)
{
	char copy[256];
	struct date d;

	/* what is longer is no date */
	if (n >= sizeof(copy) || memchr(text, '\0', n) != NULL)
		return NULL;
	memcpy(copy, text, n);
	copy[n] = '\0';
	d = date_read(copy);
	if (d.year < CALENDAR_FIRST || d.year > CALENDAR_LAST || d.unclear ||
	    (d.worded && d.month == 0))
		return NULL;
	return date_print(s, d);
}

/* tagged_facts - links, numbers, pages and dates as tagged records have them */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/tagged.h"

#define DIGITS	"0123456789"

/* Links and identifiers */

/* Whether s begins with the scheme of a URL, "https://". */
static bool
has_scheme(const char *s)
{
	const char *p = s;

	while (isalnum((unsigned char)*p) || *p == '+' || *p == '-' ||
	    *p == '.')
		p++;
	return p > s && isalpha((unsigned char)*s) &&
	    strncmp(p, "://", 3) == 0;
}

void
tagged_links(struct json *paper, const char *s)
{
	static struct buf b;
	const char *p;
	size_t n;

	for (p = s; *(p += strspn(p, " \t\n")) != '\0'; p += n) {
		n = strcspn(p, " \t\n");
		buf_reset(&b);
		if (strncmp(p, "//", 2) == 0)
			buf_adds(&b, "https:");
		buf_add(&b, p, n);
		while (b.len > 0 && strchr(",;", b.p[b.len - 1]) != NULL)
			b.p[--b.len] = '\0';
		/* files of the program that wrote it are of no use elsewhere */
		if (has_scheme(b.p) ? strncmp(b.p, "internal-pdf:", 13) != 0 &&
		    strncmp(b.p, "file:", 5) != 0 : s[n] == '\0')
			entry_link(paper, b.p, b.len);
	}
}

bool
tagged_is_doi(const char *s)
{
	if (s == NULL)
		return false;
	if (strncasecmp(s, "doi:", 4) == 0 || strstr(s, "doi.org/10.") != NULL)
		return true;
	return strncmp(s, "10.", 3) == 0 && strspn(s + 3, DIGITS) >= 4 &&
	    strchr(s, '/') != NULL;
}

static void
set_id(struct json *paper, const char *member, const char *s, size_t n)
{
	entry_member(paper, "", member, s, n);
}

bool
tagged_accession(struct json *paper, const char *s)
{
	static const struct {
		const char	*prefix;
		const char	*member;
	} registries[] = {
		{ "WOS:", "ids.wos" },
		{ "ISI:", "ids.wos" },
		{ "MEDLINE:", "ids.pmid" },
		{ "INSPEC:", "ids.inspec" },
		{ "arXiv:", "arxiv" },
	};
	size_t i, n = strspn(s, DIGITS);

	if (n > 0 && strcasecmp(s + n, "[pmid]") == 0) {
		set_id(paper, "ids.pmid", s, n);
		return true;
	}
	if (strncmp(s, "PMC", 3) == 0 && (n = strspn(s + 3, DIGITS)) > 0 &&
	    (s[3 + n] == '\0' || strcasecmp(s + 3 + n, "[pmcid]") == 0)) {
		set_id(paper, "ids.pmcid", s, 3 + n);
		return true;
	}
	for (i = 0; i < sizeof(registries) / sizeof(registries[0]); i++) {
		n = strlen(registries[i].prefix);
		if (strncasecmp(s, registries[i].prefix, n) == 0) {
			set_id(paper, registries[i].member, s + n,
			    strlen(s + n));
			return true;
		}
	}
	return false;
}

void
tagged_serial(struct json *paper, const char *s)
{
	size_t digits = 0;
	const char *p;

	if (s == NULL)
		return;
	for (p = s; *p != '\0' && !isdigit((unsigned char)*p); p++)
		;
	for (; isdigit((unsigned char)*p) || *p == '-' || *p == 'X' ||
	    *p == 'x'; p++)
		digits += *p != '-';
	if (digits == 10 || digits == 13)
		entry_str(paper, "isbn", s);
	else
		entry_str(paper, "issn", s);
}

void
tagged_pages(struct json *paper, const char *first, const char *last)
{
	static struct buf b;
	size_t n, l;

	if (first == NULL)
		first = last;
	if (first == NULL || json_get(paper, "pages") != NULL)
		return;
	buf_reset(&b);
	buf_adds(&b, first);
	if (last != NULL && strcmp(first, last) != 0) {
		n = strlen(first);
		l = strlen(last);
		/* "1-22" with or without "22" */
		if (n > l && first[n - l - 1] == '-' &&
		    strcmp(first + n - l, last) == 0)
			l = 0;
		else
			buf_addc(&b, '-');
		buf_add(&b, last, l);
	}
	entry_text(paper, "pages", b.p, b.len);
}

/* Dates */

struct date {
	int	year, month, day;	/* 0: not told */
};

/*
 * Two numbers beside a year: month and day if they follow it or it is missing.
 * In front of it they may be either, so that one has to tell itself.
 */
static bool
place_numbers(struct date *d, const int *v, size_t n, bool year_last)
{
	if (d->month > 0) {
		d->day = n > 0 ? v[0] : 0;
		return true;
	}
	if (n > 1 && year_last && (v[0] <= 12) == (v[1] <= 12))
		return false;
	d->month = n > 0 ? v[0] : 0;
	d->day = n > 1 ? v[1] : 0;
	if (n > 1 && year_last && v[0] > 12) {
		d->month = v[1];
		d->day = v[0];
	}
	return true;
}

/* False: it is no date, or can be several. */
static bool
read_date(struct date *d, const char *s)
{
	int v[2] = { 0 };
	size_t n, numbers = 0;
	bool year_last = false;

	memset(d, 0, sizeof(*d));
	for (; *s != '\0'; s += n > 0 ? n : 1) {
		if ((n = strspn(s, DIGITS)) == 8 && d->year == 0) {
			d->year = atoi(s) / 10000;
			d->month = atoi(s) / 100 % 100;
			d->day = atoi(s) % 100;
			break;
		}
		if (n == 4 && d->year == 0) {
			d->year = atoi(s);
			year_last = numbers > 0;
		} else if ((n == 1 || n == 2) && numbers < 2)
			v[numbers++] = atoi(s);
		else if (n == 0) {
			while (isalpha((unsigned char)s[n]))
				n++;
			if (d->month == 0)
				d->month = words_month(s, n);
		}
	}
	if (*s == '\0' && !place_numbers(d, v, numbers, year_last))
		return false;
	if (d->day > 31)
		d->day = 0;
	return d->month <= 12;
}

static void
set_year(struct json *paper, const char *s)
{
	struct date d;
	char year[16];

	read_date(&d, s);
	if (d.year == 0)
		return;
	snprintf(year, sizeof(year), "%04d", d.year);
	entry_str(paper, "year", year);
}

/* In the paper's year where it tells none; false: it tells no month. */
static bool
set_date(struct json *paper, const char *s)
{
	const char *year = json_get_str(paper, "year");
	struct date d;
	char date[48];

	if (!read_date(&d, s))
		return false;
	if (d.year == 0 && year != NULL)
		d.year = atoi(year);
	if (d.year == 0 || d.month == 0)
		return false;
	snprintf(date, sizeof(date), d.day > 0 ? "%04d-%02d-%02d" :
	    "%04d-%02d", d.year, d.month, d.day);
	entry_str(paper, "date", date);
	return true;
}

void
tagged_dates(struct json *paper, const char *const years[TAGGED_DATES],
    const char *const dates[TAGGED_DATES])
{
	struct date d;
	size_t i;

	for (i = 0; i < TAGGED_DATES; i++)
		if (years[i] != NULL)
			set_year(paper, years[i]);
	for (i = 0; i < TAGGED_DATES; i++)
		if (dates[i] != NULL && set_date(paper, dates[i]))
			break;
	/* what cannot be read is not for parse to drop */
	for (i = 0; i < TAGGED_DATES; i++) {
		entry_str(paper, "year", years[i]);
		if (dates[i] != NULL && !read_date(&d, dates[i]) &&
		    d.year != 0)
			entry_str(paper, "date", dates[i]);
	}
}

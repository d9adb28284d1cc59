/* tagged_facts - links, numbers and dates as tagged records have them */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
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

/* Dates */

static void
set_year(struct json *paper, const char *s)
{
	struct date d = date_read(s);
	char year[DATE_ROOM];

	if (d.year != 0)
		entry_text(paper, "year", date_print(year, d), 4);
}

/* In the paper's year where it tells none; false: it tells no month. */
static bool
set_date(struct json *paper, const char *s)
{
	const char *year = json_get_str(paper, "year");
	struct date d = date_read(s);
	char date[DATE_ROOM];

	if (d.year == 0 && year != NULL)
		d = date_in_year(d, date_read(year).year);
	if (d.year == 0 || d.month == 0)
		return false;
	entry_str(paper, "date", date_print(date, d));
	return true;
}

void
tagged_dates(struct json *paper, const char *const years[TAGGED_DATES],
    const char *const dates[TAGGED_DATES])
{
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
		if (dates[i] != NULL && date_read(dates[i]).unclear)
			entry_str(paper, "date", dates[i]);
	}
}

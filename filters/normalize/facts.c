/* facts - dates, types, pages */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/calendar.h"
#include "lib/date.h"
#include "lib/json.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/normalize.h"

/* Dates */

#define DIGITS	"0123456789"

/*
 * The first run of just four digits that can be a year, or 0.  In a venue an
 * arXiv identifier or an ISSN is none.
 */
static int
year_in(const char *s, bool venue)
{
	size_t n;
	int y;

	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, DIGITS);
		if (n != 4 || (y = atoi(s)) < CALENDAR_FIRST || y > CALENDAR_LAST)
			continue;
		if (!venue || (s[4] != '.' && s[4] != '-') ||
		    strspn(s + 5, DIGITS) == 0)
			return y;
	}
	return 0;
}

static bool
has_letter(const char *s)
{
	while (*s != '\0' && !isalpha((unsigned char)*s))
		s++;
	return *s != '\0';
}

static void
set_year(struct arena *a, struct json *paper, int year)
{
	json_set(a, paper, "year", json_int(a, year));
}

void
normalize_date(struct arena *a, struct json *paper, const char *venue)
{
	const struct json *v = json_get(paper, "year");
	const char *date = json_get_str(paper, "date"), *iso;
	char room[DATE_ROOM];
	int year = 0;

	if (v != NULL) {
		if (v->text != NULL)
			year = year_in(v->text, false);
		if (year == 0)
			drop_value(a, paper, "year", "no year");
	}
	if (date != NULL) {
		if (year == 0)
			year = year_in(date, false);
		if ((iso = date_iso(room, date, strlen(date))) == NULL)
			drop_value(a, paper, "date", "no date");
		/* a bare year is the year's to tell */
		else if (strlen(iso) == 4 && has_letter(date))
			drop_value(a, paper, "date", "no month");
		else if (strlen(iso) == 4)
			json_set(a, paper, "date", NULL);
		else if (strcmp(iso, date) != 0)
			json_set(a, paper, "date", json_str(a, iso));
		if (iso != NULL && year == 0)
			year = atoi(iso);
	}
	if (year == 0 && venue != NULL)
		year = year_in(venue, true);
	if (year != 0)
		set_year(a, paper, year);
}

/* Types */

static const char *const types[] = { "conference-paper", "journal-article",
    "preprint", "workshop-paper", "chapter", "book", "proceedings", "thesis",
    "report", "dataset", "other" };

static const char *
find_type(const char *word)
{
	static struct dict *aliases;
	static struct buf key;
	const char *type;
	size_t i;

	if (aliases == NULL) {
		aliases = dict_load("vocab/types.tsv");
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
			buf_reset(&key);
			text_fold(&key, types[i], strlen(types[i]), ' ');
			dict_put(aliases, key.p, key.len, types[i]);
			dict_put(aliases, types[i], strlen(types[i]), types[i]);
		}
	}
	/* most are written as the table has them */
	if ((type = dict_get(aliases, word, strlen(word))) != NULL)
		return type;
	buf_reset(&key);
	text_fold(&key, word, strlen(word), ' ');
	return dict_get(aliases, key.p, key.len);
}

/* What stands in a venue of this kind, NULL: can be anything. */
static const char *
type_of_kind(const char *kind)
{
	if (kind == NULL)
		return NULL;
	if (strcmp(kind, "conference") == 0)
		return "conference-paper";
	if (strcmp(kind, "journal") == 0)
		return "journal-article";
	if (strcmp(kind, "workshop") == 0)
		return "workshop-paper";
	if (strcmp(kind, "preprint-server") == 0)
		return "preprint";
	return NULL;
}

/*
 * Sources call a paper an article or a conference paper by the shape of their
 * own data; where the vocabulary knows the venue it knows better.
 */
void
normalize_type(struct arena *a, struct json *paper)
{
	const char *word = json_get_str(paper, "type"), *type = NULL;
	const char *by_kind = type_of_kind(json_get_str(paper, "venue_kind"));
	const char *track = json_get_str(paper, "track");

	if (word != NULL && (type = find_type(word)) == NULL)
		drop_value(a, paper, "type", "no type known");
	if (track != NULL && strcmp(track, "workshop") == 0)
		by_kind = "workshop-paper";
	if (by_kind != NULL && (type == NULL || strcmp(type, "other") == 0 ||
	    strcmp(type, "conference-paper") == 0 ||
	    strcmp(type, "journal-article") == 0))
		type = by_kind;
	if (type != NULL && (word == NULL || strcmp(type, word) != 0))
		json_set(a, paper, "type", json_str(a, type));
}

/* Numbers */

/* The member; a number is a name here, of which the text counts. */
static const struct json *
member_text(struct json *paper, const char *member)
{
	struct json *v = json_get(paper, member);

	if (v != NULL && v->type == JSON_NUMBER)
		v->type = JSON_STRING;
	return v;
}

/* Whether it only says that there is none. */
static bool
is_none(const char *s, size_t n)
{
	static const char *const none[] = { "n/a", "n/a-n/a", "na-na", "none",
	    "none-none", "null", "null-null", "undefined" };
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (strlen(none[i]) == n && strncasecmp(none[i], s, n) == 0)
			return true;
	return false;
}

/* The length of the text without "pp" and the like behind a number at its end. */
static size_t
without_unit(const char *s, size_t n)
{
	static const char *const units[] = { "pages", "pgs", "pg", "pp", "p" };
	size_t i, len;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		len = strlen(units[i]);
		if (n > len && strncasecmp(s + n - len, units[i], len) == 0 &&
		    strchr(len > 1 ? DIGITS " " : " ", s[n - len - 1])) {
			n -= len;
			while (n > 0 && s[n - 1] == ' ')
				n--;
			return n;
		}
	}
	return n;
}

/* "322", "322-331", as most pages are */
static bool
is_range(const char *s)
{
	size_t n = strspn(s, DIGITS), m;

	if (s[n] == '\0')
		return n > 0;
	m = s[n] == '-' ? strspn(s + n + 1, DIGITS) : 0;
	return n > 0 && m > 0 && s[n + 1 + m] == '\0' &&
	    (n != m || memcmp(s, s + n + 1, n) != 0);
}

/* How many pages there are is the extent, as catalogues call it; NULL: no pages. */
static void
set_extent(struct arena *a, struct json *paper, const char *s)
{
	if (s == NULL || json_get(paper, "extent") != NULL) {
		drop_value(a, paper, "pages", s != NULL ?
		    "how many there are" : "no pages");
		return;
	}
	json_set(a, paper, "extent", json_str(a, s));
	json_set(a, paper, "pages", NULL);
}

/* "pp. 322--331." as "322-331" */
static void
normalize_pages(struct arena *a, struct json *paper)
{
	static const char *const prefixes[] = { "pages", "page", "pp", "p.",
	    NULL };
	const struct json *v = member_text(paper, "pages");
	struct buf b = { 0 };
	const char *s, *end;
	int32_t c;
	bool dash = false, space = false;
	size_t i, n;

	if (v == NULL || (v->len == strlen(v->text) && is_range(v->text)))
		return;
	s = v->text;
	end = s + v->len;
	for (i = 0; prefixes[i] != NULL; i++) {
		n = strlen(prefixes[i]);
		if (strncasecmp(s, prefixes[i], n) == 0 &&
		    !isalpha((unsigned char)s[n])) {
			s += n;
			while (*s == '.' || *s == ' ' || *s == ':')
				s++;
			break;
		}
	}
	while (s < end) {
		c = utf8_next(&s);
		if (c == ' ') {
			space = true;
			continue;
		}
		if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
			if (!dash)
				buf_addc(&b, '-');
			dash = true;
			space = false;
			continue;
		}
		if (space && !dash && b.len > 0)
			buf_addc(&b, ' ');
		space = dash = false;
		utf8_add(&b, c);
	}
	while (b.len > 0 && strchr(".,;- ", b.p[b.len - 1]) != NULL)
		b.p[--b.len] = '\0';
	n = without_unit(b.p, b.len);
	if (is_none(b.p, b.len) ||
	    (n < b.len && memchr(b.p, '-', n) == NULL)) {
		set_extent(a, paper, n < b.len ? b.p : NULL);
		buf_free(&b);
		return;
	}
	if (n < b.len)
		b.p[b.len = n] = '\0';
	/* "655-655" */
	n = b.len / 2;
	if (b.len % 2 == 1 && n > 0 && b.p[n] == '-' &&
	    memcmp(b.p, b.p + n + 1, n) == 0)
		b.p[b.len = n] = '\0';
	set_text(a, paper, "pages", &b);
	buf_free(&b);
}

/* "Vol. 5" as "5" */
static void
normalize_number(struct arena *a, struct json *paper, const char *member,
    const char *const *words)
{
	const struct json *v = member_text(paper, member);
	const char *s;
	size_t n;

	if (v == NULL || isdigit((unsigned char)*v->text))
		return;
	if (is_none(v->text, v->len)) {
		drop_value(a, paper, member, "no number");
		return;
	}
	for (; *words != NULL; words++) {
		n = strlen(*words);
		if (strncasecmp(v->text, *words, n) != 0)
			continue;
		s = v->text + n;
		s += strspn(s, ". :");
		n = strspn(s, DIGITS);
		/* not "no. 9, Part B" */
		if (n == 0 || s[n + strspn(s + n, DIGITS "-/")] != '\0')
			continue;
		json_set(a, paper, member, json_str(a, s));
		return;
	}
}

void
normalize_numbers(struct arena *a, struct json *paper)
{
	static const char *const volume[] = { "volume", "vol", NULL };
	static const char *const number[] = { "number", "issue", "nr", "no",
	    NULL };

	normalize_number(a, paper, "volume", volume);
	normalize_number(a, paper, "number", number);
	normalize_pages(a, paper);
}

/* refer - refer(1) and EndNote's tagged export */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/json.h"
#include "parse/format.h"
#include "parse/sniff.h"
#include "parse/tagged.h"

static const struct tagged_row rows[] = {
	{ "%0", TAGGED_TEXT, NULL },
	{ "%F", TAGGED_TEXT, NULL },
	{ "%M", TAGGED_TEXT, NULL },
	{ "%T", TAGGED_TEXT, "title" },
	{ "%A", TAGGED_NAMES, "authors" },
	{ "%E", TAGGED_NAMES, "editors" },
	{ "%Y", TAGGED_LIST, NULL },
	{ "%X", TAGGED_LINES, "abstract" },
	{ "%K", TAGGED_LIST, NULL },
	{ "%G", TAGGED_TEXT, "language" },
	{ "%J", TAGGED_TEXT, NULL },
	{ "%B", TAGGED_TEXT, NULL },
	{ "%S", TAGGED_TEXT, NULL },
	{ "%D", TAGGED_TEXT, NULL },
	{ "%8", TAGGED_TEXT, NULL },
	{ "%V", TAGGED_TEXT, "volume" },
	{ "%N", TAGGED_TEXT, "number" },
	{ "%P", TAGGED_TEXT, "pages" },
	{ "%I", TAGGED_TEXT, "publisher" },
	{ "%R", TAGGED_VALUES, NULL },
	{ "%U", TAGGED_LINKS, "url" },
	{ "%>", TAGGED_LINKS, "url" },
	{ "%@", TAGGED_ALL, NULL },
	{ "%9", TAGGED_ALL, "refer_type" },
	{ "%+", TAGGED_ALL, NULL },
	/* as fields of BibTeX have them */
	{ "%C", TAGGED_TEXT, "address" },
	{ "%Z", TAGGED_ALL, "note" },
	{ "%O", TAGGED_ALL, "note" },
	{ "%Q", TAGGED_TEXT, "origtitle" },
	{ "%7", TAGGED_TEXT, "edition" },
	{ "%!", TAGGED_TEXT, "shorttitle" },
	{ "%[", TAGGED_TEXT, "urldate" },
	/* the state of the record, and of the program's files */
	{ "%=", TAGGED_LEFT_OUT, NULL },
	{ "%~", TAGGED_LEFT_OUT, NULL },
	{ "%W", TAGGED_LEFT_OUT, NULL },
};

/* "%A text", or the tag alone. */
static size_t
read_tag(const char *p, size_t n, char *tag)
{
	if (n < 2 || p[0] != '%' || !isgraph((unsigned char)p[1]) ||
	    (n > 2 && p[2] != ' ' && p[2] != '\t'))
		return 0;
	memcpy(tag, p, 2);
	tag[2] = '\0';
	return 2;
}

/*
 * EndNote calls a paper in proceedings "Conference Proceedings", which is a
 * volume with others.
 */
static void
add_type(struct tagged *t)
{
	const char *type = tagged_value(t, "%0");

	if (type != NULL && strcasecmp(type, "Conference Proceedings") == 0 &&
	    json_first(t->paper, "authors") != NULL)
		type = "Conference Paper";
	entry_str(t->paper, "type", type);
}

/* %B is a series around a book; %S is all there is in the ACL Anthology. */
static void
add_venue(struct tagged *t)
{
	const char *type = tagged_value(t, "%0"), *b = tagged_value(t, "%B");
	const char *s = tagged_value(t, "%S");

	entry_str(t->paper, "venue", tagged_value(t, "%J"));
	if (type != NULL && (strcasecmp(type, "Book") == 0 ||
	    strcasecmp(type, "Edited Book") == 0 ||
	    strcasecmp(type, "Thesis") == 0 ||
	    strcasecmp(type, "Report") == 0))
		tagged_foreign(t, "series", b);
	else {
		entry_str(t->paper, "venue", b);
		if (json_get(t->paper, "venue") == NULL &&
		    type != NULL && strncasecmp(type, "Conference", 10) == 0) {
			entry_str(t->paper, "venue", s);
			s = NULL;
		}
	}
	tagged_foreign(t, "series", s);
}

static const char *
finish(struct tagged *t)
{
	const char *y = tagged_value(t, "%Y"), *k = tagged_value(t, "%K");
	const char *f = tagged_value(t, "%F"), *d = tagged_value(t, "%D");
	const char *day = tagged_value(t, "%8");
	const char *const years[TAGGED_DATES] = { d, day };
	const char *const dates[TAGGED_DATES] = { day, d };

	add_type(t);
	add_venue(t);
	tagged_dates(t->paper, years, dates);
	tagged_identifiers(t, "%R", tagged_value(t, "%R"));
	tagged_identifiers(t, "%M", tagged_value(t, "%M"));
	tagged_serials(t, "%@");
	tagged_address(t, tagged_value(t, "%+"));
	/* editors of a series, but where there are no others */
	if (y != NULL && json_get(t->paper, "editors") == NULL)
		tagged_people(t->paper, "editors", y);
	tagged_keywords(t->paper, k);
	return f != NULL ? f : tagged_value(t, "%M");
}

static const struct dialect dialect = {
	.format = "refer",
	.tag = read_tag,
	.begin = "%0",
	.blank = BLANK_ENDS_BEFORE_TAG,
	.loose = true,
	.rows = rows,
	.nrows = sizeof(rows) / sizeof(rows[0]),
	.finish = finish,
};

void
parse_refer(struct document *doc, struct input *in)
{
	tagged_read(doc, in, &dialect);
}

const char *
sniff_refer(const struct sniff *s)
{
	return sniff_line(s, "%0 ") || (sniff_line(s, "%A ") &&
	    sniff_line(s, "%T ")) ? "it has lines of refer" : NULL;
}

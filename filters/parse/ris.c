/* ris - RIS of reference managers and publishers */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tagged.h"

static const struct tagged_row rows[] = {
	{ "TY", TAGGED_TEXT, "type" },
	{ "ID", TAGGED_TEXT, NULL },
	{ "TI", TAGGED_TEXT, "title" },
	{ "T1", TAGGED_TEXT, "title" },
	{ "CT", TAGGED_TEXT, "title" },
	{ "AU", TAGGED_LIST, NULL },
	{ "A1", TAGGED_LIST, NULL },
	{ "ED", TAGGED_NAMES, "editors" },
	{ "A2", TAGGED_NAMES, "editors" },
	{ "AB", TAGGED_LINES, "abstract" },
	{ "N2", TAGGED_LINES, "abstract" },
	{ "KW", TAGGED_LIST, NULL },
	{ "LA", TAGGED_TEXT, "language" },
	{ "T2", TAGGED_TEXT, NULL },
	{ "BT", TAGGED_TEXT, NULL },
	{ "JF", TAGGED_TEXT, NULL },
	{ "JO", TAGGED_TEXT, NULL },
	{ "JA", TAGGED_TEXT, NULL },
	{ "J1", TAGGED_TEXT, NULL },
	{ "J2", TAGGED_TEXT, NULL },
	{ "JI", TAGGED_TEXT, NULL },
	{ "C3", TAGGED_ALL, NULL },
	{ "T3", TAGGED_TEXT, "series" },
	{ "PY", TAGGED_TEXT, NULL },
	{ "Y1", TAGGED_TEXT, NULL },
	{ "DA", TAGGED_TEXT, NULL },
	{ "VL", TAGGED_TEXT, "volume" },
	{ "IS", TAGGED_TEXT, "number" },
	{ "SP", TAGGED_TEXT, NULL },
	{ "EP", TAGGED_TEXT, NULL },
	{ "C7", TAGGED_TEXT, NULL },
	{ "PB", TAGGED_TEXT, "publisher" },
	{ "PU", TAGGED_TEXT, "publisher" },
	{ "DO", TAGGED_TEXT, "doi" },
	{ "SN", TAGGED_ALL, NULL },
	{ "UR", TAGGED_LINKS, "url" },
	{ "L1", TAGGED_LIST, NULL },
	{ "L2", TAGGED_LINKS, "url" },
	{ "LK", TAGGED_LINKS, "url" },
	{ "AN", TAGGED_TEXT, NULL },
	{ "C2", TAGGED_TEXT, NULL },
	{ "U1", TAGGED_VALUES, NULL },
	{ "U2", TAGGED_VALUES, NULL },
	{ "DB", TAGGED_TEXT, NULL },
	{ "DP", TAGGED_TEXT, NULL },
	{ "M3", TAGGED_VALUES, NULL },
	{ "N1", TAGGED_VALUES, NULL },
	{ "AD", TAGGED_ALL, NULL },
	/* as fields of BibTeX have them */
	{ "CY", TAGGED_TEXT, "address" },
	{ "PP", TAGGED_TEXT, "address" },
	{ "PI", TAGGED_TEXT, "address" },
	{ "ET", TAGGED_TEXT, "edition" },
	{ "ST", TAGGED_TEXT, "shorttitle" },
	{ "Y2", TAGGED_TEXT, "urldate" },
	/* the state of an account, images, records nearby, long thanks */
	{ "ER", TAGGED_LEFT_OUT, NULL },
	{ "L3", TAGGED_LEFT_OUT, NULL },
	{ "L4", TAGGED_LEFT_OUT, NULL },
	{ "RP", TAGGED_LEFT_OUT, NULL },
	{ "J9", TAGGED_LEFT_OUT, NULL },
	{ "PA", TAGGED_LEFT_OUT, NULL },
	{ "WE", TAGGED_LEFT_OUT, NULL },
	{ "FX", TAGGED_LEFT_OUT, NULL },
};
#define NROWS	(sizeof(rows) / sizeof(rows[0]))

static bool
is_known(const char *tag)
{
	size_t i;

	for (i = 0; i < NROWS; i++)
		if (strcmp(rows[i].tag, tag) == 0)
			return true;
	return false;
}

/*
 * "TY  - JOUR", in any case.  With other spaces than the two of the format
 * only tags of the table are taken for some: "US - China" may be text.
 */
static size_t
read_tag(const char *p, size_t n, char *tag)
{
	size_t i = 2, spaces;
	bool parted;

	if (n < 3 || !isalpha((unsigned char)p[0]) ||
	    !isalnum((unsigned char)p[1]))
		return 0;
	while (i < n && i < 6 && (p[i] == ' ' || p[i] == '\t'))
		i++;
	if (i == n || p[i] != '-')
		return 0;
	tag[0] = (char)toupper((unsigned char)p[0]);
	tag[1] = (char)toupper((unsigned char)p[1]);
	tag[2] = '\0';
	spaces = i++ - 2;
	parted = i == n || p[i] == ' ' || p[i] == '\t';
	if (spaces == 2 ? parted || is_known(tag) : parted && is_known(tag))
		return i;
	return 0;
}

/* The first of these tags that has a value, or NULL. */
static const char *
first_of(const struct tagged *t, const char *const *tags)
{
	const char *s = NULL;

	for (; s == NULL && *tags != NULL; tags++)
		s = tagged_value(t, *tags);
	return s;
}

/* Where the paper stands: what T2 and BT mean depends on the type. */
static void
add_venue(struct tagged *t, const char *type)
{
	static const char *const periodicals[] = { "JOUR", "EJOUR", "MGZN",
	    "NEWS", "INPR", "ABST", "JFULL", NULL };
	static const char *const wholes[] = { "BOOK", "EBOOK", "EDBOOK", "RPRT",
	    "THES", "PAMP", "SER", NULL };
	static const char *const meetings[] = { "CONF", "CPAPER", NULL };
	static const char *const journal[] = { "JF", "T2", "JO", "JA", "J1",
	    "J2", "JI", "BT", NULL };
	static const char *const host[] = { "T2", "BT", "JF", "JO", "JA", "J1",
	    "J2", NULL };
	static const char *const around[] = { "JF", "JO", NULL };
	static const char *const brief[] = { "J2", "JI", "JA", "J1", "JO",
	    NULL };
	const char *s = tagged_value(t, "C3"), *venue;

	if (words_have(wholes, type)) {
		entry_str(t->paper, "title", tagged_value(t, "BT"));
		entry_str(t->paper, "series", tagged_value(t, "T2"));
		venue = first_of(t, around);
	} else
		venue = first_of(t, words_have(periodicals, type) ? journal :
		    host);
	if (words_have(meetings, type) && venue == NULL)
		venue = s;
	else
		tagged_foreign(t, "C3", s);
	entry_str(t->paper, "venue", venue);
	s = first_of(t, brief);
	if (s != NULL && (venue == NULL || strcmp(s, venue) != 0))
		tagged_foreign(t, "shortjournal", s);
}

/* Numbers of databases: some say what they are, others by whose they are. */
static void
add_accessions(struct tagged *t)
{
	static const char *const tags[] = { "AN", "C2", "U1", "U2" };
	static const char *const pubmed[] = { "PubMed", "MEDLINE", "NLM",
	    NULL };
	const char *db = tagged_value(t, "DB"), *dp = tagged_value(t, "DP"), *s;
	bool is_pmid;
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		s = tagged_value(t, tags[i]);
		if (s == NULL)
			continue;
		is_pmid = (i == 0 && (words_have(pubmed, db) ||
		    words_have(pubmed, dp))) || (i == 1 && db != NULL &&
		    strcasecmp(db, "Scopus") == 0);
		if (is_pmid && s[strspn(s, "0123456789")] == '\0')
			entry_typed_id(t->paper, "pmid", s, strlen(s));
		else
			tagged_identifiers(t, tags[i], s);
	}
}

static const char *
finish(struct tagged *t)
{
	const char *type = tagged_value(t, "TY"), *s, *pages;
	const char *py = tagged_value(t, "PY"), *y1 = tagged_value(t, "Y1");
	const char *da = tagged_value(t, "DA");
	const char *const years[TAGGED_DATES] = { py, y1, da };
	const char *const dates[TAGGED_DATES] = { da, y1, py };
	const char *people = type != NULL && strcasecmp(type, "EDBOOK") == 0 ?
	    "editors" : "authors";

	if ((s = tagged_value(t, "AU")) != NULL)
		tagged_people(t->paper, people, s);
	if ((s = tagged_value(t, "A1")) != NULL)
		tagged_people(t->paper, people, s);
	tagged_address(t, tagged_value(t, "AD"));
	add_venue(t, type);
	tagged_dates(t->paper, years, dates);
	pages = tagged_value(t, "SP");
	if (pages == NULL && tagged_value(t, "EP") == NULL)
		pages = tagged_value(t, "C7");
	parts_pages(t->paper, pages, tagged_value(t, "EP"));
	/* a DOI may stand in a note, or where the kind of work should */
	tagged_identifiers(t, "ris_type", tagged_value(t, "M3"));
	tagged_identifiers(t, "note", tagged_value(t, "N1"));
	add_accessions(t);
	tagged_keywords(t->paper, tagged_value(t, "KW"));
	tagged_serials(t, "SN");
	if ((s = tagged_value(t, "L1")) != NULL && entry_is_url(s))
		entry_text(t->paper, "pdf", s, strcspn(s, " \t\n"));
	/* "DBLP:conf/dagstuhl/Ley01" */
	if ((s = tagged_value(t, "ID")) == NULL)
		return tagged_value(t, "AN");
	entry_known_id(t->paper, s, strlen(s));
	return s;
}

static const struct dialect dialect = {
	.format = "ris",
	.tag = read_tag,
	.begin = "TY",
	.end = "ER",
	.rows = rows,
	.nrows = NROWS,
	.finish = finish,
};

void
parse_ris(struct document *doc, struct input *in)
{
	tagged_read(doc, in, &dialect);
}

const char *
sniff_ris(const struct sniff *s)
{
	return sniff_line(s, "TY  -") || sniff_line(s, "TY - ") ||
	    sniff_line(s, "ty  -") ? "it has a line TY" : NULL;
}

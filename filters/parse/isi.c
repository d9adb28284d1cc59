/* isi - tagged text of the Web of Science, once ISI's */
#include <ctype.h>
#include <string.h>

#include "lib/json.h"
#include "parse/format.h"
#include "parse/isi.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tagged.h"

static const char *const around[] = { "FN", "VR", "EF", NULL };

static const struct tagged_row rows[] = {
	{ "PT", TAGGED_TEXT, NULL },
	{ "DT", TAGGED_TEXT, NULL },
	{ "TI", TAGGED_TEXT, "title" },
	{ "AU", TAGGED_LIST, NULL },
	{ "AF", TAGGED_LIST, NULL },
	{ "BA", TAGGED_LIST, NULL },
	{ "BF", TAGGED_LIST, NULL },
	{ "CA", TAGGED_LIST, NULL },
	{ "GP", TAGGED_LIST, NULL },
	{ "BE", TAGGED_NAMES, "editors" },
	{ "ED", TAGGED_NAMES, "editors" },
	{ "C1", TAGGED_LIST, NULL },
	{ "EM", TAGGED_ALL, NULL },
	{ "OI", TAGGED_ALL, NULL },
	{ "RI", TAGGED_ALL, NULL },
	{ "AB", TAGGED_TEXT, "abstract" },
	{ "DE", TAGGED_WORDS, "keywords" },
	{ "ID", TAGGED_ALL, NULL },
	{ "LA", TAGGED_TEXT, "language" },
	{ "SO", TAGGED_TEXT, "venue" },
	{ "CT", TAGGED_TEXT, NULL },
	{ "JI", TAGGED_TEXT, NULL },
	{ "J9", TAGGED_TEXT, NULL },
	{ "PY", TAGGED_TEXT, NULL },
	{ "PD", TAGGED_TEXT, NULL },
	{ "EY", TAGGED_TEXT, NULL },
	{ "EA", TAGGED_TEXT, NULL },
	{ "VL", TAGGED_TEXT, "volume" },
	{ "IS", TAGGED_TEXT, "number" },
	{ "PS", TAGGED_TEXT, "pages" },
	{ "BP", TAGGED_TEXT, NULL },
	{ "EP", TAGGED_TEXT, NULL },
	{ "AR", TAGGED_TEXT, NULL },
	{ "PU", TAGGED_TEXT, "publisher" },
	{ "DI", TAGGED_TEXT, "doi" },
	{ "BN", TAGGED_ALL, "isbn" },
	{ "PM", TAGGED_TEXT, "ids.pmid" },
	{ "UT", TAGGED_TEXT, NULL },
	/* as fields of BibTeX have them */
	{ "SN", TAGGED_ALL, "issn" },
	{ "EI", TAGGED_ALL, "eissn" },
	{ "SE", TAGGED_TEXT, "series" },
	{ "PI", TAGGED_TEXT, "address" },
	/* counts of the day, marks of the shop, and what is long */
	{ "ER", TAGGED_LEFT_OUT, NULL },
	{ "CR", TAGGED_LEFT_OUT, NULL },
	{ "NR", TAGGED_LEFT_OUT, NULL },
	{ "TC", TAGGED_LEFT_OUT, NULL },
	{ "Z8", TAGGED_LEFT_OUT, NULL },
	{ "Z9", TAGGED_LEFT_OUT, NULL },
	{ "ZB", TAGGED_LEFT_OUT, NULL },
	{ "ZR", TAGGED_LEFT_OUT, NULL },
	{ "ZS", TAGGED_LEFT_OUT, NULL },
	{ "U1", TAGGED_LEFT_OUT, NULL },
	{ "U2", TAGGED_LEFT_OUT, NULL },
	{ "HC", TAGGED_LEFT_OUT, NULL },
	{ "HP", TAGGED_LEFT_OUT, NULL },
	{ "GA", TAGGED_LEFT_OUT, NULL },
	{ "DA", TAGGED_LEFT_OUT, NULL },
	{ "PG", TAGGED_LEFT_OUT, NULL },
	{ "PA", TAGGED_LEFT_OUT, NULL },
	{ "RP", TAGGED_LEFT_OUT, NULL },
	{ "WE", TAGGED_LEFT_OUT, NULL },
	{ "FX", TAGGED_LEFT_OUT, NULL },
};

/* "TI text", or the tag alone. */
static size_t
read_tag(const char *p, size_t n, char *tag)
{
	if (n < 2 || !isupper((unsigned char)p[0]) ||
	    (!isupper((unsigned char)p[1]) && !isdigit((unsigned char)p[1])) ||
	    (n > 2 && p[2] != ' ' && p[2] != '\t'))
		return 0;
	memcpy(tag, p, 2);
	tag[2] = '\0';
	return 2;
}

/* What kind of work: "-" is none; the letter of PT tells only where it stands. */
static void
add_type(struct tagged *t)
{
	const char *type = tagged_value(t, "DT");

	if (type == NULL || strcmp(type, "-") == 0)
		type = tagged_value(t, "PT");
	entry_str(t->paper, "type", type);
	if (type != NULL && strcasestr(type, "Retracted Publication") != NULL)
		entry_str(t->paper, "status", "withdrawn");
}

static void
add_venue(struct tagged *t)
{
	const char *ct = tagged_value(t, "CT"), *s = tagged_value(t, "JI");

	if (json_get(t->paper, "venue") == NULL)
		entry_str(t->paper, "venue", ct);
	else
		tagged_foreign(t, "eventtitle", ct);
	tagged_foreign(t, "shortjournal", s != NULL ? s :
	    tagged_value(t, "J9"));
}

/* Keywords of the shop's own; Inspec has numbers there, "[a],[b]". */
static void
add_keywords(struct tagged *t)
{
	const char *id = tagged_value(t, "ID");

	if (id != NULL && strstr(id, "],[") == NULL)
		entry_words(t->paper, id, strlen(id), ";\n");
	else
		tagged_foreign(t, "ID", id);
}

static const char *
finish(struct tagged *t)
{
	const char *ut = tagged_value(t, "UT"), *bp = tagged_value(t, "BP");
	const char *ep = tagged_value(t, "EP"), *pd = tagged_value(t, "PD");
	const char *ea = tagged_value(t, "EA");
	/* papers ahead of print have only EA and EY */
	const char *const years[TAGGED_DATES] = { tagged_value(t, "PY"), pd,
	    tagged_value(t, "EY"), ea };
	const char *const dates[TAGGED_DATES] = { pd, ea };

	isi_people(t);
	add_type(t);
	add_venue(t);
	tagged_dates(t->paper, years, dates);
	add_keywords(t);
	parts_pages(t->paper, bp == NULL && ep == NULL ?
	    tagged_value(t, "AR") : bp, ep);
	tagged_identifiers(t, "UT", ut);
	return ut;
}

static const struct dialect dialect = {
	.format = "isi",
	.tag = read_tag,
	.begin = "PT",
	.end = "ER",
	.around = around,
	.rows = rows,
	.nrows = sizeof(rows) / sizeof(rows[0]),
	.finish = finish,
};

void
parse_isi(struct document *doc, struct input *in)
{
	tagged_read(doc, in, &dialect);
}

const char *
sniff_isi(const struct sniff *s)
{
	static const char *const signs[] = { "FN ISI", "FN Clarivate",
	    "FN Thomson", "PT J", "PT B", "PT S", "PT C", "PT P" };
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (sniff_line(s, signs[i]))
			return "it has lines of the Web of Science";
	return NULL;
}

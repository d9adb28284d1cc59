/* csljson - CSL-JSON of Zotero and citation processors */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/csl.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"
#include "parse/records.h"
#include "parse/sniff.h"

static const struct field table[] = {
	{ "type", FIELD_TEXT, "type" },
	{ "language", FIELD_TEXT, "language" },
	{ "volume", FIELD_TEXT, "volume" },
	{ "issue", FIELD_TEXT, "number" },
	{ "page", FIELD_TEXT, "pages" },
	{ "publisher", FIELD_TEXT, "publisher" },
	{ "ISBN", FIELD_TEXT, "isbn" },
	{ "PMID", FIELD_TEXT, "ids.pmid" },
	{ "PMCID", FIELD_TEXT, "ids.pmcid" },
	{ "keyword", FIELD_WORDS, NULL },
	{ "URL", FIELD_LINK, NULL },
	/* names that mean something else with us */
	{ "status", FIELD_FOREIGN, "csljson_status" },
	/* read apart */
	{ "DOI", FIELD_OUT, NULL },
	{ "abstract", FIELD_OUT, NULL },
	{ "author", FIELD_OUT, NULL },
	{ "container-title", FIELD_OUT, NULL },
	{ "editor", FIELD_OUT, NULL },
	{ "id", FIELD_OUT, NULL },
	{ "issued", FIELD_OUT, NULL },
	{ "number", FIELD_OUT, NULL },
	{ "page-first", FIELD_OUT, NULL },
	{ "subtitle", FIELD_OUT, NULL },
	{ "title", FIELD_OUT, NULL },
	/* when somebody looked at it, and how it was cited */
	{ "accessed", FIELD_OUT, NULL },
	{ "citation-label", FIELD_OUT, NULL },
	{ "citation-number", FIELD_OUT, NULL },
	{ "first-reference-note-number", FIELD_OUT, NULL },
	{ "locator", FIELD_OUT, NULL },
	{ "system_id", FIELD_OUT, NULL },
	{ "year-suffix", FIELD_OUT, NULL },
	/* of Crossref, whose works are also given so */
	{ "alternative-id", FIELD_OUT, NULL },
	{ "assertion", FIELD_OUT, NULL },
	{ "content-domain", FIELD_OUT, NULL },
	{ "created", FIELD_OUT, NULL },
	{ "deposited", FIELD_OUT, NULL },
	{ "funder", FIELD_OUT, NULL },
	{ "indexed", FIELD_OUT, NULL },
	{ "is-referenced-by-count", FIELD_OUT, NULL },
	{ "journal-issue", FIELD_OUT, NULL },
	{ "license", FIELD_OUT, NULL },
	{ "link", FIELD_OUT, NULL },
	{ "member", FIELD_OUT, NULL },
	{ "posted", FIELD_OUT, NULL },
	{ "prefix", FIELD_OUT, NULL },
	{ "published", FIELD_OUT, NULL },
	{ "published-online", FIELD_OUT, NULL },
	{ "published-print", FIELD_OUT, NULL },
	{ "reference", FIELD_OUT, NULL },
	{ "reference-count", FIELD_OUT, NULL },
	{ "references-count", FIELD_OUT, NULL },
	{ "relation", FIELD_OUT, NULL },
	{ "resource", FIELD_OUT, NULL },
	{ "score", FIELD_OUT, NULL },
	{ "source", FIELD_OUT, NULL },
	{ "update-policy", FIELD_OUT, NULL },
	{ NULL, FIELD_OUT, NULL },
};

static struct fields fields = { .table = table };

/*
 * What Zotero has no field for stands in its extra, a line each:
 * "arXiv: 1412.6980", "PMID: 5500723", "DOI: 10.1000/182".
 */
static void
add_extra(struct json *paper, const struct json *note)
{
	const char *s = note != NULL && note->type == JSON_STRING ?
	    note->text : "";
	size_t n;

	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		entry_known_id(paper, s, n);
	}
}

/*
 * With CSL an article is a preprint, that of a journal is article-journal; what
 * is in something is left to others, for not all keep to it.
 */
static void
add_type(struct json *paper, const struct json *o)
{
	const char *type = fields_text(o, "type");

	if (type != NULL && strcmp(type, "article") == 0 &&
	    json_get(paper, "venue") == NULL)
		entry_str(paper, "type", "preprint");
}

/* Set a number of arXiv, which may lack its label where arXiv is the archive. */
static bool
add_arxiv(struct json *paper, const struct json *o, const char *s)
{
	static const char *const archives[] = { "arXiv", "arXiv.org", NULL };
	struct identifier id;
	size_t n = s != NULL ? strlen(s) : 0;

	if (n == 0)
		return false;
	if (identifier_is(&id, s, n) && strcmp(id.registry, "arxiv") == 0)
		return entry_known_id(paper, s, n);
	return (words_have(archives, fields_text(o, "publisher")) ||
	    words_have(archives, fields_text(o, "archive"))) &&
	    identifier_arxiv(s, n, NULL) == n &&
	    entry_typed_id(paper, "arxiv", s, n);
}

/* Of names that mean the same the first one. */
static void
add_places(struct json *paper, const struct json *o)
{
	const char *number = fields_text(o, "number");

	add_arxiv(paper, o, fields_text(o, "archive_location"));
	if (add_arxiv(paper, o, number))
		number = NULL;
	fields_set(paper, "venue", o, "container-title");
	fields_set(paper, "venue", o, "event-title");
	fields_set(paper, "venue", o, "event");
	fields_set(paper, "pages", o, "page");
	fields_set(paper, "pages", o, "page-first");
	entry_str(paper, fields_text(o, "issue") == NULL ? "number" :
	    "csljson_number", number);
}

static bool
is_reference(const struct json *o)
{
	static const char *const members[] = { "type", "author", "issued",
	    "DOI", "container-title" };
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (json_get(o, members[i]) != NULL)
			return true;
	/* objects of others have one, too */
	return fields_text(o, "title") != NULL && json_get(o, "authors") ==
	    NULL;
}

static void
take_reference(struct document *doc, struct json *paper, struct json *o)
{
	const struct json *abstract = json_get(o, "abstract");
	const struct json *key = fields_value(json_get(o, "id"));
	struct date issued = csl_date(json_get(o, "issued"));

	if (!is_reference(o)) {
		records_refuse(o, "title", "no reference of CSL-JSON");
		return;
	}
	csl_title(paper, o);
	csl_people(paper, "authors", json_get(o, "author"));
	csl_people(paper, "editors", json_get(o, "editor"));
	if (abstract != NULL && abstract->type == JSON_STRING)
		fragment_blocks(paper, "abstract", abstract->text,
		    abstract->len);
	parts_dates(paper, &issued, 1);
	add_places(paper, o);
	add_type(paper, o);
	if (key == NULL)
		key = fields_value(json_get(o, "DOI"));
	fields_set(paper, "doi", o, "DOI");
	add_extra(paper, json_get(o, "note"));
	fields_read(&fields, paper, "csljson", o);
	entry_emit(doc, paper, key != NULL ? key->text : NULL,
	    key != NULL ? key->len : 0);
}

void
parse_csljson(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "items", NULL };
	static const struct records_format format = { .paths = paths,
	    .take = take_reference, .answers = true };

	records_read(doc, in, &format);
}

static bool
has(const struct sniff *s, const char *list, const char *member)
{
	struct buf b = { 0 };
	bool is;

	buf_addf(&b, "%s%s", list, member);
	is = sniff_has(s, b.p);
	buf_free(&b);
	return is;
}

/* A type and a date or name in the spelling of CSL; works of Crossref have more. */
static bool
is_csl(const struct sniff *s, const char *list)
{
	return has(s, list, "type") && !has(s, list, "indexed") &&
	    (has(s, list, "issued.date-parts") || has(s, list,
	    "issued.raw") || has(s, list, "author.family") ||
	    has(s, list, "author.literal") || has(s, list,
	    "container-title"));
}

const char *
sniff_csljson(const struct sniff *s)
{
	return is_csl(s, "") || is_csl(s, "items.") ?
	    "it has references of CSL-JSON" : NULL;
}

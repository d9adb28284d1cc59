/* crossref - JSON works of Crossref's REST API */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/csl.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"
#include "parse/records.h"
#include "parse/sniff.h"

#define TITLES	8	/* of a container that are looked at */
#define NOTICES	1000	/* about a work, likewise: hostile ones have more */

static const struct field table[] = {
	{ "DOI", FIELD_TEXT, "doi" },
	{ "type", FIELD_TEXT, "type" },
	{ "publisher", FIELD_TEXT, "publisher" },
	{ "language", FIELD_TEXT, "language" },
	{ "volume", FIELD_TEXT, "volume" },
	{ "issue", FIELD_TEXT, "number" },
	{ "page", FIELD_TEXT, "pages" },
	{ "subject", FIELD_WORDS, NULL },
	{ "URL", FIELD_LINK, NULL },
	/* read apart */
	{ "ISBN", FIELD_OUT, NULL },
	{ "abstract", FIELD_OUT, NULL },
	{ "article-number", FIELD_OUT, NULL },
	{ "author", FIELD_OUT, NULL },
	{ "container-title", FIELD_OUT, NULL },
	{ "editor", FIELD_OUT, NULL },
	{ "event", FIELD_OUT, NULL },
	{ "institution", FIELD_OUT, NULL },
	{ "issued", FIELD_OUT, NULL },
	{ "journal-issue", FIELD_OUT, NULL },
	{ "link", FIELD_OUT, NULL },
	{ "posted", FIELD_OUT, NULL },
	{ "published", FIELD_OUT, NULL },
	{ "published-online", FIELD_OUT, NULL },
	{ "published-other", FIELD_OUT, NULL },
	{ "published-print", FIELD_OUT, NULL },
	{ "relation", FIELD_OUT, NULL },
	{ "resource", FIELD_OUT, NULL },
	{ "subtitle", FIELD_OUT, NULL },
	{ "title", FIELD_OUT, NULL },
	{ "update-to", FIELD_OUT, NULL },
	{ "updated-by", FIELD_OUT, NULL },
	/* bulk */
	{ "assertion", FIELD_OUT, NULL },
	{ "award", FIELD_OUT, NULL },
	{ "funder", FIELD_OUT, NULL },
	{ "license", FIELD_OUT, NULL },
	{ "project", FIELD_OUT, NULL },
	{ "reference", FIELD_OUT, NULL },
	/* housekeeping */
	{ "accepted", FIELD_OUT, NULL },
	{ "alternative-id", FIELD_OUT, NULL },
	{ "approved", FIELD_OUT, NULL },
	{ "archive", FIELD_OUT, NULL },
	{ "clinical-trial-number", FIELD_OUT, NULL },
	{ "content-created", FIELD_OUT, NULL },
	{ "content-domain", FIELD_OUT, NULL },
	{ "content-updated", FIELD_OUT, NULL },
	{ "created", FIELD_OUT, NULL },
	{ "deposited", FIELD_OUT, NULL },
	{ "free-to-read", FIELD_OUT, NULL },
	{ "indexed", FIELD_OUT, NULL },
	{ "is-referenced-by-count", FIELD_OUT, NULL },
	{ "isbn-type", FIELD_OUT, NULL },
	{ "issn-type", FIELD_OUT, NULL },
	{ "member", FIELD_OUT, NULL },
	{ "prefix", FIELD_OUT, NULL },
	{ "reference-count", FIELD_OUT, NULL },
	{ "references-count", FIELD_OUT, NULL },
	{ "review", FIELD_OUT, NULL },
	{ "score", FIELD_OUT, NULL },
	{ "source", FIELD_OUT, NULL },
	{ "update-policy", FIELD_OUT, NULL },
	{ NULL, FIELD_OUT, NULL },
};

static struct fields fields = { .table = table };

/* Venues */

/* Whether a title of a container is that of a meeting or a year. */
static bool
is_of_meeting(const char *title, const char *event)
{
	return strcasestr(title, "proceedings of") != NULL ||
	    strcasestr(title, "conference") != NULL ||
	    date_read(title).year != 0 ||
	    (event != NULL && strcasestr(title, event) != NULL);
}

/*
 * Of several titles one is that of the series, in most records the first: the
 * venue is the one of a meeting, or else the last.
 */
static void
add_titles(struct json *paper, const struct json *list, const char *event)
{
	const char *title[TITLES], *venue = NULL;
	const struct json *e;
	size_t n = 0, i;

	for (e = list->child; e != NULL && n < TITLES; e = e->next)
		if ((title[n] = csl_line(e)) != NULL)
			n++;
	for (i = 0; i < n; i++)
		if (venue == NULL || !is_of_meeting(venue, event))
			venue = title[i];
	entry_str(paper, "venue", venue);
	for (i = 0; i < n; i++)
		if (strcmp(title[i], venue) != 0)
			entry_str(paper, "series", title[i]);
}

static void
add_venue(struct json *paper, const struct json *work)
{
	const struct json *list = json_get(work, "container-title");
	const struct json *event = json_get(work, "event");
	const char *name = fields_text(event, "name");

	if (list != NULL && list->type == JSON_ARRAY)
		add_titles(paper, list, name);
	else
		entry_str(paper, "venue", csl_line(list));
	entry_str(paper, "venue", name);
	if (fields_text(work, "subtype") != NULL)
		entry_str(paper, "venue", fields_text(json_first(work,
		    "institution"), "name"));
	entry_str(paper, "event", name);
	fields_set(paper, "event-acronym", event, "acronym");
	fields_set(paper, "event-location", event, "location");
}

/* Dates */

/* Earlier ones first; of one that says less than another that other one. */
static bool
is_before(const struct date *a, const struct date *b)
{
	if (a->year != b->year)
		return a->year < b->year;
	if (a->month != b->month)
		return b->month == 0 || (a->month > 0 && a->month < b->month);
	return b->day == 0 || (a->day > 0 && a->day < b->day);
}

static void
add_date(struct json *paper, const struct json *work)
{
	static const char *const members[] = { "issued", "published",
	    "published-print", "published-online", "published-other",
	    "posted" };
	struct date date, first = { 0 };
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if ((date = csl_date(json_get(work, members[i]))).year != 0 &&
		    (first.year == 0 || is_before(&date, &first)))
			first = date;
	parts_dates(paper, &first, 1);
}

/* Links and other works */

static void
add_links(struct json *paper, const struct json *work)
{
	const struct json *e;
	const char *type;

	for (e = json_first(work, "link"); e != NULL; e = e->next)
		if ((type = fields_text(e, "content-type")) != NULL &&
		    strcmp(type, "application/pdf") == 0)
			fields_set(paper, "pdf", e, "URL");
	fields_set(paper, "url", json_get(json_get(work, "resource"),
	    "primary"), "URL");
}

/* Other forms of the work: what they are to it, and their identifiers. */
static void
add_relations(struct json *paper, const struct json *work)
{
	static const char *const kinds[] = { "is-preprint-of", "has-preprint",
	    "is-version-of", "has-version", "is-identical-to",
	    "is-translation-of", "has-translation", "is-replaced-by",
	    "replaces", "is-review-of" };
	const struct json *relation = json_get(work, "relation"), *e;
	struct json *o = json_object(entry_arena());
	const char *id;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (e = json_first(relation, kinds[i]); e != NULL; e = e->next)
			if ((id = fields_text(e, "id")) != NULL)
				entry_append(o, kinds[i], id, strlen(id));
	if (o->child != NULL)
		json_set(entry_arena(), paper, "relation", o);
}

/* Notices such as corrections, by what they are: their DOIs, or of what. */
static void
add_updates(struct json *paper, const struct json *work, const char *member)
{
	struct json *o = json_object(entry_arena());
	const struct json *e;
	const char *type, *doi;
	size_t n = 0;

	for (e = json_first(work, member); e != NULL && n < NOTICES;
	    e = e->next, n++)
		if ((type = fields_text(e, "type")) != NULL &&
		    (doi = fields_text(e, "DOI")) != NULL)
			entry_append(o, type, doi, strlen(doi));
	if (o->child != NULL)
		json_set(entry_arena(), paper, member, o);
	if (strcmp(member, "updated-by") == 0 &&
	    (json_get(o, "retraction") != NULL ||
	    json_get(o, "withdrawal") != NULL ||
	    json_get(o, "removal") != NULL))
		entry_str(paper, "status", "withdrawn");
}

static void
add_isbns(struct json *paper, struct json *work)
{
	struct json *list = json_get(work, "ISBN");
	const char *s;

	if ((s = fields_text(work, "ISBN")) == NULL)
		return;
	/* once a URL: http://id.crossref.org/isbn/... */
	entry_str(paper, "isbn", strrchr(s, '/') != NULL ?
	    strrchr(s, '/') + 1 : s);
	if (list->type == JSON_ARRAY && json_count(list->child) > 1)
		json_set(entry_arena(), paper, "ISBN", json_copy(entry_arena(),
		    list));
}

/* Most say the number of an article again as its page. */
static void
add_number(struct json *paper, const struct json *work)
{
	const char *page = fields_text(work, "page");
	const char *number = fields_text(work, "article-number");

	if (page == NULL)
		entry_str(paper, "pages", number);
	else if (number != NULL && strcmp(page, number) != 0)
		entry_str(paper, "article-number", number);
}

/* Not a journal, a member, the agency of a DOI. */
static bool
is_work(const struct json *o)
{
	if (json_get_str(o, "DOI") != NULL)
		return json_get(o, "agency") == NULL;
	return json_get(o, "counts") == NULL && json_get(o, "breakdowns") ==
	    NULL && (fields_text(o, "title") != NULL ||
	    json_first(o, "author") != NULL);
}

static void
take_work(struct document *doc, struct json *paper, struct json *work)
{
	const struct json *abstract = json_get(work, "abstract");
	const char *doi = json_get_str(work, "DOI");

	if (!is_work(work)) {
		records_refuse(work, "DOI", "no work of Crossref");
		return;
	}
	csl_title(paper, work);
	csl_people(paper, "authors", json_get(work, "author"));
	csl_people(paper, "editors", json_get(work, "editor"));
	if (abstract != NULL && abstract->type == JSON_STRING)
		fragment_blocks(paper, "abstract", abstract->text,
		    abstract->len);
	add_venue(paper, work);
	add_date(paper, work);
	add_links(paper, work);
	add_isbns(paper, work);
	add_relations(paper, work);
	add_updates(paper, work, "update-to");
	add_updates(paper, work, "updated-by");
	add_number(paper, work);
	if (fields_text(work, "issue") == NULL)
		fields_set(paper, "number", json_get(work, "journal-issue"),
		    "issue");
	fields_read(&fields, paper, "crossref", work);
	entry_emit(doc, paper, doi, doi != NULL ? strlen(doi) : 0);
}

void
parse_crossref(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "message.items", "items",
	    "message{}", NULL };
	static const struct records_format format = { .paths = paths,
	    .take = take_work, .answers = true };

	records_read(doc, in, &format);
}

const char *
sniff_crossref(const struct sniff *s)
{
	return sniff_has(s, "message.DOI") || sniff_has(s,
	    "message.items.DOI") || (sniff_has(s, "DOI") &&
	    sniff_has(s, "indexed") && sniff_has(s, "deposited")) ||
	    (sniff_has(s, "items.DOI") && sniff_has(s, "items.indexed")) ?
	    "it has works of Crossref" : NULL;
}

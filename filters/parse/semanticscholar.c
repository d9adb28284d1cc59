/* semanticscholar - JSON papers of Semantic Scholar: its API, S2AG, S2ORC */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/records.h"
#include "parse/sniff.h"

static const struct field table[] = {
	{ "title", FIELD_TEXT, "title" },
	{ "abstract", FIELD_TEXT, "abstract" },
	{ "venue", FIELD_TEXT, "venue" },
	{ "year", FIELD_TEXT, "year" },
	{ "publicationDate", FIELD_TEXT, "date" },
	{ "publicationdate", FIELD_TEXT, "date" },
	{ "url", FIELD_LINK, NULL },
	{ "doi", FIELD_TEXT, "doi" },
	{ "arxiv_id", FIELD_TEXT, "arxiv" },
	{ "acl_id", FIELD_TEXT, "ids.acl" },
	{ "pubmed_id", FIELD_TEXT, "ids.pmid" },
	{ "mag_id", FIELD_TEXT, "ids.mag" },
	{ "s2_url", FIELD_LINK, NULL },
	/* read apart */
	{ "authors", FIELD_OUT, NULL },
	{ "corpusId", FIELD_OUT, NULL },
	{ "corpusid", FIELD_OUT, NULL },
	{ "externalIds", FIELD_OUT, NULL },
	{ "externalids", FIELD_OUT, NULL },
	{ "journal", FIELD_OUT, NULL },
	{ "openAccessPdf", FIELD_OUT, NULL },
	{ "paperId", FIELD_OUT, NULL },
	{ "paper_id", FIELD_OUT, NULL },
	{ "pmc_id", FIELD_OUT, NULL },
	{ "publicationTypes", FIELD_OUT, NULL },
	{ "publicationVenue", FIELD_OUT, NULL },
	{ "publicationtypes", FIELD_OUT, NULL },
	{ "text", FIELD_OUT, NULL },
	{ "tldr", FIELD_OUT, NULL },
	/* bulk */
	{ "citationStyles", FIELD_OUT, NULL },
	{ "citations", FIELD_OUT, NULL },
	{ "content", FIELD_OUT, NULL },
	{ "embedding", FIELD_OUT, NULL },
	{ "inbound_citations", FIELD_OUT, NULL },
	{ "outbound_citations", FIELD_OUT, NULL },
	{ "references", FIELD_OUT, NULL },
	{ "s2FieldsOfStudy", FIELD_OUT, NULL },
	{ "s2fieldsofstudy", FIELD_OUT, NULL },
	{ "vector", FIELD_OUT, NULL },
	/* counts of the day they were taken, and housekeeping */
	{ "citationCount", FIELD_OUT, NULL },
	{ "citationcount", FIELD_OUT, NULL },
	{ "has_inbound_citations", FIELD_OUT, NULL },
	{ "has_outbound_citations", FIELD_OUT, NULL },
	{ "has_pdf_body_text", FIELD_OUT, NULL },
	{ "has_pdf_parse", FIELD_OUT, NULL },
	{ "has_pdf_parsed_abstract", FIELD_OUT, NULL },
	{ "has_pdf_parsed_bib_entries", FIELD_OUT, NULL },
	{ "has_pdf_parsed_body_text", FIELD_OUT, NULL },
	{ "has_pdf_parsed_ref_entries", FIELD_OUT, NULL },
	{ "influentialCitationCount", FIELD_OUT, NULL },
	{ "influentialcitationcount", FIELD_OUT, NULL },
	{ "isOpenAccess", FIELD_OUT, NULL },
	{ "isopenaccess", FIELD_OUT, NULL },
	{ "matchScore", FIELD_OUT, NULL },
	{ "model", FIELD_OUT, NULL },
	{ "openaccessinfo", FIELD_OUT, NULL },
	{ "publicationvenueid", FIELD_OUT, NULL },
	{ "referenceCount", FIELD_OUT, NULL },
	{ "referencecount", FIELD_OUT, NULL },
	{ "sha", FIELD_OUT, NULL },
	{ "textAvailability", FIELD_OUT, NULL },
	{ "updated", FIELD_OUT, NULL },
	{ NULL, FIELD_OUT, NULL },
};

static struct fields fields = { .table = table };

/* The member under the name of the API, or that of the data sets. */
static const struct json *
get(const struct json *o, const char *name, const char *other)
{
	const struct json *v = json_get(o, name);

	return v != NULL && !json_is_empty(v) ? v : json_get(o, other);
}

/* People */

/* S2ORC: first name, list of middle names, last name. */
static struct json *
add_parts(struct json *people, const struct json *o)
{
	const struct json *m;
	struct json *person;
	struct buf given = { 0 };
	const char *first = fields_text(o, "first");

	if (first != NULL)
		buf_adds(&given, first);
	for (m = json_first(o, "middle"); m != NULL; m = m->next)
		if (m->type == JSON_STRING && m->len > 0)
			buf_addf(&given, "%s%s", given.len > 0 ? " " : "",
			    m->text);
	person = parts_person(people, given.p, fields_text(o, "last"),
	    fields_text(o, "suffix"));
	buf_free(&given);
	return person;
}

static void
add_affiliations(struct json *person, const struct json *author)
{
	const struct json *e;
	struct buf b = { 0 };

	for (e = json_first(author, "affiliations"); e != NULL; e = e->next)
		parts_join(&b, e->type == JSON_STRING ? e->text :
		    fields_text(e, "name"));
	parts_set(person, "affiliation", &b);
}

static void
add_authors(struct json *paper, const struct json *o)
{
	const struct json *a = json_first(o, "authors");
	struct json *people, *person;
	const char *name, *id;

	people = a != NULL ? entry_people(paper, "authors") : NULL;
	for (; a != NULL; a = a->next) {
		name = a->type == JSON_STRING ? a->text : fields_text(a,
		    "name");
		person = name != NULL ? entry_person(people, name,
		    strlen(name)) : add_parts(people, a);
		if (person == NULL)
			continue;
		if ((id = fields_text(a, "authorId")) != NULL)
			entry_person_id(person, "semanticscholar", id,
			    strlen(id));
		fields_set(person, "orcid", get(a, "externalIds",
		    "externalids"), "ORCID");
		add_affiliations(person, a);
	}
}

/* Identifiers */

static void
add_id(struct json *paper, const char *type, const char *s)
{
	if (s != NULL)
		entry_typed_id(paper, type, s, strlen(s));
}

static void
add_ids(struct json *paper, const struct json *o, const char *corpus)
{
	static const char *const types[] = { "CorpusId", "ACL", "DBLP", "MAG",
	    "PubMed", "PubMedCentral", "DOI", "ArXiv" };
	const struct json *from = get(o, "externalIds", "externalids");
	struct json *ids = json_object(entry_arena());
	size_t i;

	fields_set(ids, "semanticscholar", o, "paperId");
	fields_set(ids, "semanticscholar", o, "sha");
	entry_str(ids, "corpusid", corpus);
	json_set(entry_arena(), paper, "ids", ids);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		add_id(paper, types[i], fields_text(from, types[i]));
	add_id(paper, "PMC", fields_text(o, "pmc_id"));
}

/* Venue and type */

/* A journal is an object; in S2ORC it is a name. */
static void
add_venue(struct json *paper, const struct json *o)
{
	const struct json *journal = json_get(o, "journal");
	const char *venue = fields_text(o, "venue"), *name, *volume;

	name = journal != NULL && journal->type == JSON_OBJECT ?
	    fields_text(journal, "name") : fields_text(o, "journal");
	entry_str(paper, "venue", venue);
	entry_str(paper, "venue", name);
	fields_set(paper, "venue", json_get(o, "publicationVenue"), "name");
	if (venue != NULL && name != NULL && strcasecmp(venue, name) != 0)
		entry_str(paper, "journal", name);
	fields_set(paper, "volume", journal, "volume");
	volume = json_get_str(paper, "volume");
	if (name != NULL && strcasecmp(name, "ArXiv") == 0 && volume != NULL &&
	    strncmp(volume, "abs/", 4) == 0)
		entry_str(paper, "arxiv", volume + 4);
	/* pages are often on lines of their own */
	if ((name = fields_text(journal, "pages")) != NULL)
		entry_str(paper, "pages", parts_line(name));
}

/* All kinds of papers are also called JournalArticle. */
static void
add_type(struct json *paper, const struct json *o)
{
	const struct json *types = get(o, "publicationTypes",
	    "publicationtypes"), *t;
	const char *type = NULL;

	for (t = types != NULL && types->type == JSON_ARRAY ? types->child :
	    NULL; t != NULL; t = t->next)
		if (t->type == JSON_STRING && (type == NULL ||
		    strcmp(t->text, "Conference") == 0))
			type = t->text;
	entry_str(paper, "type", type);
}

/* What is open access may also be a page. */
static void
add_pdf(struct json *paper, const struct json *o)
{
	const char *url = fields_text(json_get(o, "openAccessPdf"), "url");

	if (url == NULL)
		return;
	if (strstr(url, "doi.org/") != NULL || strstr(url, "/abs/") != NULL)
		entry_link(paper, url, strlen(url));
	else
		entry_str(paper, "pdf", url);
}

/* A paper that is cited or cites is in an object with what is said of it. */
static struct json *
cited(struct json *o)
{
	struct json *p;

	if ((p = json_get(o, "citingPaper")) == NULL)
		p = json_get(o, "citedPaper");
	return p != NULL && p->type == JSON_OBJECT ? p : o;
}

/* Not an author, a snippet of a text, a release. */
static bool
is_paper(const struct json *o)
{
	return json_get(o, "authorId") == NULL && json_get(o, "authorid") ==
	    NULL && (json_get_str(o, "paperId") != NULL ||
	    fields_text(o, "corpusId") != NULL ||
	    fields_text(o, "corpusid") != NULL ||
	    fields_text(o, "paper_id") != NULL ||
	    json_get_str(o, "title") != NULL);
}

static bool
is_null(const struct json *v)
{
	return v != NULL && v->type == JSON_NULL;
}

static bool
is_entry(const struct json *o)
{
	const struct json *papers = json_get(o, "papers");

	if (o->type == JSON_NULL || is_null(json_get(o, "citedPaper")) ||
	    is_null(json_get(o, "citingPaper")))
		filter_passed("papers not found");
	else if (papers != NULL && json_is_empty(papers))
		filter_passed("authors without papers");
	else if (json_get(o, "data") == NULL && json_get(o, "total") != NULL &&
	    json_get_int(o, "total", 1) == 0)
		filter_passed("searches without a result");
	else
		return true;
	return false;
}

static void
take_paper(struct document *doc, struct json *paper, struct json *entry)
{
	struct json *o = cited(entry);
	const char *corpus, *key;

	if (!is_paper(o)) {
		records_refuse(entry, "paperId",
		    "no paper of Semantic Scholar");
		return;
	}
	if ((corpus = fields_text(o, "corpusId")) == NULL &&
	    (corpus = fields_text(o, "corpusid")) == NULL)
		corpus = fields_text(o, "paper_id");
	if ((key = fields_text(o, "paperId")) == NULL)
		key = corpus;
	add_authors(paper, o);
	add_ids(paper, o, corpus);
	add_venue(paper, o);
	add_type(paper, o);
	add_pdf(paper, o);
	fields_set(paper, "tldr", json_get(o, "tldr"), "text");
	/* the data set of these has them apart */
	if (json_get(o, "model") != NULL)
		fields_set(paper, "tldr", o, "text");
	fields_read(&fields, paper, "semanticscholar", o);
	entry_emit(doc, paper, key, key != NULL ? strlen(key) : 0);
}

void
parse_semanticscholar(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "data", "recommendedPapers",
	    "papers", NULL };
	static const struct records_format format = { .paths = paths,
	    .is_entry = is_entry, .take = take_paper, .inside = "papers",
	    .answers = true };

	records_read(doc, in, &format);
}

const char *
sniff_semanticscholar(const struct sniff *s)
{
	return sniff_has(s, "paperId") || sniff_has(s, "data.paperId") ||
	    sniff_has(s, "data.citedPaper") || sniff_has(s,
	    "data.citingPaper") || sniff_has(s, "recommendedPapers.paperId") ||
	    sniff_has(s, "papers.paperId") || sniff_has(s,
	    "data.papers.paperId") || sniff_has(s, "s2_url") ||
	    (sniff_has(s, "corpusid") && !sniff_has(s, "citationid")) ?
	    "it has papers of Semantic Scholar" : NULL;
}

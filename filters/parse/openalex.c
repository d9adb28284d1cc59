/* openalex - JSON works of OpenAlex: its API, and its snapshot */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"
#include "parse/records.h"
#include "parse/sniff.h"

/* What was merged into no other work has this one's identifier. */
#define DELETED	"W4285719527"

static const struct field table[] = {
	{ "doi", FIELD_TEXT, "doi" },
	{ "type", FIELD_TEXT, "type" },
	{ "language", FIELD_TEXT, "language" },
	{ "publication_year", FIELD_TEXT, "year" },
	{ "publication_date", FIELD_TEXT, "date" },
	{ "external_id", FIELD_LINK, NULL },
	/* read apart */
	{ "abstract_inverted_index", FIELD_OUT, NULL },
	{ "authorships", FIELD_OUT, NULL },
	{ "best_oa_location", FIELD_OUT, NULL },
	{ "biblio", FIELD_OUT, NULL },
	{ "display_name", FIELD_OUT, NULL },
	{ "host_venue", FIELD_OUT, NULL },
	{ "id", FIELD_OUT, NULL },
	{ "ids", FIELD_OUT, NULL },
	{ "is_paratext", FIELD_OUT, NULL },
	{ "is_retracted", FIELD_OUT, NULL },
	{ "keywords", FIELD_OUT, NULL },
	{ "locations", FIELD_OUT, NULL },
	{ "primary_location", FIELD_OUT, NULL },
	{ "primary_topic", FIELD_OUT, NULL },
	{ "title", FIELD_OUT, NULL },
	/* bulk */
	{ "abstract_inverted_index_v3", FIELD_OUT, NULL },
	{ "alternate_host_venues", FIELD_OUT, NULL },
	{ "awards", FIELD_OUT, NULL },
	{ "concepts", FIELD_OUT, NULL },
	{ "corresponding_author_ids", FIELD_OUT, NULL },
	{ "corresponding_institution_ids", FIELD_OUT, NULL },
	{ "counts_by_year", FIELD_OUT, NULL },
	{ "datasets", FIELD_OUT, NULL },
	{ "funders", FIELD_OUT, NULL },
	{ "grants", FIELD_OUT, NULL },
	{ "institution_assertions", FIELD_OUT, NULL },
	{ "institutions", FIELD_OUT, NULL },
	{ "mesh", FIELD_OUT, NULL },
	{ "referenced_works", FIELD_OUT, NULL },
	{ "related_works", FIELD_OUT, NULL },
	{ "sustainable_development_goals", FIELD_OUT, NULL },
	{ "topics", FIELD_OUT, NULL },
	{ "versions", FIELD_OUT, NULL },
	/* counts of the day they were taken, and housekeeping */
	{ "@timestamp", FIELD_OUT, NULL },
	{ "@version", FIELD_OUT, NULL },
	{ "apc_list", FIELD_OUT, NULL },
	{ "apc_paid", FIELD_OUT, NULL },
	{ "authors_count", FIELD_OUT, NULL },
	{ "citation_normalized_percentile", FIELD_OUT, NULL },
	{ "cited_by_api_url", FIELD_OUT, NULL },
	{ "cited_by_count", FIELD_OUT, NULL },
	{ "cited_by_percentile_year", FIELD_OUT, NULL },
	{ "concepts_count", FIELD_OUT, NULL },
	{ "content_url", FIELD_OUT, NULL },
	{ "content_urls", FIELD_OUT, NULL },
	{ "countries_distinct_count", FIELD_OUT, NULL },
	{ "created_date", FIELD_OUT, NULL },
	{ "doi_registration_agency", FIELD_OUT, NULL },
	{ "entity_type", FIELD_OUT, NULL },
	{ "fulltext_origin", FIELD_OUT, NULL },
	{ "fwci", FIELD_OUT, NULL },
	{ "has_content", FIELD_OUT, NULL },
	{ "has_fulltext", FIELD_OUT, NULL },
	{ "indexed_in", FIELD_OUT, NULL },
	{ "institutions_distinct_count", FIELD_OUT, NULL },
	{ "is_authors_truncated", FIELD_OUT, NULL },
	{ "is_oa", FIELD_OUT, NULL },
	{ "is_xpac", FIELD_OUT, NULL },
	{ "locations_count", FIELD_OUT, NULL },
	{ "ngrams_url", FIELD_OUT, NULL },
	{ "open_access", FIELD_OUT, NULL },
	{ "referenced_works_count", FIELD_OUT, NULL },
	{ "relevance_score", FIELD_OUT, NULL },
	{ "summary_stats", FIELD_OUT, NULL },
	{ "topics_count", FIELD_OUT, NULL },
	{ "updated", FIELD_OUT, NULL },
	{ "updated_date", FIELD_OUT, NULL },
	{ "works_count", FIELD_OUT, NULL },
	{ NULL, FIELD_OUT, NULL },
};

static struct fields fields = { .table = table };

/* What follows the last slash: "https://openalex.org/W1" is W1. */
static const char *
bare(const char *id)
{
	const char *slash = id != NULL ? strrchr(id, '/') : NULL;

	return slash != NULL ? slash + 1 : id;
}

static bool
is_true(const struct json *o, const char *name)
{
	const struct json *v = json_get(o, name);

	return v != NULL && v->type == JSON_TRUE;
}

/* Abstracts: the words, each with the places at which it stands. */

struct word {
	int64_t		 place;
	const char	*text;
	size_t		 len;
};

static int
compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static int64_t
place_of(const struct json *v)
{
	return v->type == JSON_NUMBER ? strtoll(v->text, NULL, 10) : -1;
}

/*
 * Set the abstract from words in any order.  One word at many places is longer
 * than its index: it may be too long for a record.
 */
static void
add_words(struct json *paper, const struct json *index)
{
	struct word *words = NULL;
	const struct json *m, *p;
	size_t n = 0, cap = 0, bytes = 0, i;
	struct buf b = { 0 };

	for (m = index->child; m != NULL; m = m->next)
		for (p = m->type == JSON_ARRAY ? m->child : NULL; p != NULL;
		    p = p->next) {
			grow(&words, &cap, n + 1, sizeof(*words));
			words[n++] = (struct word){ place_of(p), m->name,
			    m->namelen };
			bytes += m->namelen + 1;
		}
	if (bytes > filter_max_record()) {
		filter_note(REJECT_DROPPED_VALUE, "abstract", NULL, 0,
		    "words for %zu bytes", bytes);
		n = 0;
	}
	sort_array(words, n, sizeof(*words), compare_words);
	for (i = 0; i < n; i++) {
		if (b.len > 0)
			buf_addc(&b, ' ');
		buf_add(&b, words[i].text, words[i].len);
	}
	if (b.len > 0)
		fragment_blocks(paper, "abstract", b.p, b.len);
	buf_free(&b);
	free(words);
}

/* The snapshot has it as JSON in a string, and in a member of that. */
static void
add_abstract(struct json *paper, const struct json *index)
{
	const struct json *inner;
	enum reject_code code;
	const char *detail;

	if (index != NULL && index->type == JSON_STRING) {
		index = json_parse(entry_arena(), index->text, index->len,
		    &code, &detail);
		if (index == NULL)
			filter_note(REJECT_DROPPED_VALUE, "abstract", NULL, 0,
			    "%s", detail);
	}
	if ((inner = json_get(index, "InvertedIndex")) != NULL &&
	    inner->type == JSON_OBJECT)
		index = inner;
	if (index != NULL && index->type == JSON_OBJECT)
		add_words(paper, index);
}

/* People */

/* The institutions, or what the paper says of them. */
static void
add_affiliations(struct json *person, const struct json *authorship)
{
	const struct json *e;
	struct buf b = { 0 };

	for (e = json_first(authorship, "institutions"); e != NULL;
	    e = e->next)
		parts_join(&b, fields_text(e, "display_name"));
	for (e = b.len == 0 ? json_first(authorship,
	    "raw_affiliation_strings") : NULL; e != NULL; e = e->next)
		if (e->type == JSON_STRING)
			parts_join(&b, e->text);
	parts_set(person, "affiliation", &b);
	fields_set(person, "affiliation", authorship, "raw_affiliation_string");
}

/* The name is the one on the paper, where that is known. */
static void
add_authors(struct json *paper, const struct json *work)
{
	const struct json *a = json_first(work, "authorships"), *author;
	struct json *people, *person;
	const char *name, *id;

	people = a != NULL ? entry_people(paper, "authors") : NULL;
	for (; a != NULL; a = a->next) {
		author = json_get(a, "author");
		name = fields_text(a, "raw_author_name");
		if (name == NULL)
			name = fields_text(author, "display_name");
		if (name == NULL || (person = entry_person(people, name,
		    strlen(name))) == NULL)
			continue;
		fields_set(person, "orcid", author, "orcid");
		if ((id = bare(fields_text(author, "id"))) != NULL)
			entry_person_id(person, "openalex", id, strlen(id));
		add_affiliations(person, a);
	}
	if (is_true(work, "is_authors_truncated"))
		entry_et_al(paper, "authors");
}

/* Where it is */

static void
add_arxiv(struct json *paper, const char *url)
{
	const char *p = url != NULL ? strstr(url, "arxiv.org/abs/") : NULL;

	if (p != NULL)
		entry_str(paper, "arxiv", p + strlen("arxiv.org/abs/"));
}

static void
add_locations(struct json *paper, const struct json *work)
{
	const struct json *first = json_get(work, "primary_location"), *l;
	const struct json *source = json_get(first, "source");
	const struct json *host = json_get(work, "host_venue");
	const struct json *open = json_get(work, "best_oa_location");
	const char *url = fields_text(first, "landing_page_url");

	fields_set(paper, "venue", source, "display_name");
	fields_set(paper, "venue", first, "raw_source_name");
	fields_set(paper, "venue", host, "display_name");
	fields_set(paper, "publisher", source, "host_organization_name");
	fields_set(paper, "publisher", source, "publisher");
	fields_set(paper, "publisher", host, "publisher");
	fields_set(paper, "pdf", first, "pdf_url");
	fields_set(paper, "pdf", open, "pdf_url");
	if (url == NULL)
		url = fields_text(host, "url");
	for (l = json_first(work, "locations"); l != NULL; l = l->next) {
		add_arxiv(paper, fields_text(l, "landing_page_url"));
		fields_set(paper, "pdf", l, "pdf_url");
		if (url == NULL)
			url = fields_text(l, "landing_page_url");
	}
	add_arxiv(paper, url);
	entry_str(paper, "url", url);
	fields_set(paper, "url", json_get(work, "open_access"), "oa_url");
}

static void
add_biblio(struct json *paper, const struct json *biblio)
{
	fields_set(paper, "volume", biblio, "volume");
	fields_set(paper, "number", biblio, "issue");
	parts_pages(paper, fields_text(biblio, "first_page"),
	    fields_text(biblio, "last_page"));
}

/* Identifiers are URLs, but for those of MAG. */
static void
add_ids(struct json *paper, const struct json *work, const char *id)
{
	const struct json *from = json_get(work, "ids");
	static const char *const types[] = { "mag", "pmid", "pmcid" };
	const char *s;
	size_t i;

	if (id != NULL)
		entry_typed_id(paper, "openalex", id, strlen(id));
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((s = bare(fields_text(from, types[i]))) != NULL)
			entry_typed_id(paper, types[i], s, strlen(s));
	fields_set(paper, "doi", from, "doi");
}

static void
add_keywords(struct json *paper, const struct json *work)
{
	const struct json *k, *word;

	for (k = json_first(work, "keywords"); k != NULL; k = k->next) {
		word = k->type == JSON_OBJECT ? json_get(k, "display_name") : k;
		if (word == NULL)
			word = json_get(k, "keyword");
		if (word != NULL && word->type == JSON_STRING)
			entry_word(paper, word->text, word->len);
	}
}

/* Authors, sources and the like have identifiers with another letter. */
static bool
is_work(const struct json *o, const char *id)
{
	if (id != NULL)
		return (*id == 'W' || *id == 'w') && id[1] >= '0' &&
		    id[1] <= '9';
	return json_get_str(o, "doi") != NULL || json_get_str(o, "title") !=
	    NULL || json_first(o, "authorships") != NULL;
}

static bool
is_entry(const struct json *o)
{
	const char *id = bare(json_get_str(o, "id"));

	if (id == NULL || strcmp(id, DELETED) != 0)
		return true;
	filter_passed("deleted works");
	return false;
}

static void
take_work(struct document *doc, struct json *paper, struct json *work)
{
	const char *id = bare(json_get_str(work, "id"));
	const struct json *title;

	if (!is_work(work, id)) {
		records_refuse(work, "id", "no work of OpenAlex");
		return;
	}
	title = fields_value(json_get(work, "title"));
	if (title == NULL)
		title = fields_value(json_get(work, "display_name"));
	if (title != NULL)
		fragment_line(paper, "title", title->text, title->len);
	add_authors(paper, work);
	add_abstract(paper, json_get(work, "abstract_inverted_index"));
	add_keywords(paper, work);
	add_locations(paper, work);
	add_biblio(paper, json_get(work, "biblio"));
	add_ids(paper, work, id);
	if (is_true(work, "is_retracted"))
		entry_str(paper, "status", "withdrawn");
	if (is_true(work, "is_paratext"))
		json_set(entry_arena(), paper, "is_paratext",
		    json_true(entry_arena()));
	fields_set(paper, "primary_topic", json_get(work, "primary_topic"),
	    "display_name");
	fields_read(&fields, paper, "openalex", work);
	entry_emit(doc, paper, id, id != NULL ? strlen(id) : 0);
}

void
parse_openalex(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "results", NULL };
	static const struct records_format format = { .paths = paths,
	    .is_entry = is_entry, .take = take_work, .answers = true };

	records_read(doc, in, &format);
}

const char *
sniff_openalex(const struct sniff *s)
{
	return sniff_has(s, "results.authorships") || sniff_has(s,
	    "results.publication_year") || sniff_has(s, "authorships") ||
	    sniff_has(s, "abstract_inverted_index") ||
	    sniff_has(s, "primary_location") ?
	    "it has works of OpenAlex" : NULL;
}

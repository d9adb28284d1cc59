/* unixref - records of Crossref in its own XML: unixref and unixsd */
#include <string.h>

#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/relator.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/unixref.h"
#include "parse/xmlformats.h"

/* People */

static void
add_affiliations(struct json *person, const struct node *n)
{
	static const char *const parts[] = { "institution_department",
	    "institution_name", "institution_place" };
	const struct node *in;
	struct buf b = { 0 }, one = { 0 };
	const char *s;
	size_t i;

	in = tree_child(tree_child(n, "affiliations"), "institution");
	for (; in != NULL; in = tree_next(in)) {
		buf_reset(&one);
		for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
			s = parts_line(tree_text(tree_child(in, parts[i])));
			if (*s != '\0')
				buf_addf(&one, "%s%s", one.len > 0 ? ", " : "",
				    s);
		}
		parts_join(&b, one.p);
	}
	buf_free(&one);
	for (n = tree_child(n, "affiliation"); n != NULL; n = tree_next(n))
		parts_join(&b, tree_text(n));
	parts_set(person, "affiliation", &b);
}

static struct json *
add_person(struct json *people, const struct node *n)
{
	const char *given, *family;
	struct json *person;

	if (strcmp(n->name, "organization") == 0)
		return parts_group(people, tree_text(n));
	given = tree_text(tree_child(n, "given_name"));
	family = tree_text(tree_child(n, "surname"));
	person = tree_attr_is(n, "name-style", "eastern") ?
	    parts_eastern(people, given, family) : parts_person(people, given,
	    family, tree_text(tree_child(n, "suffix")));
	if (person == NULL)
		return NULL;
	tree_set(person, "orcid", tree_child(n, "ORCID"));
	add_affiliations(person, n);
	return person;
}

/* Of a volume around the paper only the editors are the paper's. */
static void
add_people(struct json *paper, const struct node *of, bool authors)
{
	const struct node *list = tree_child(of, "contributors"), *n;
	struct json *person;
	const char *role;

	/* theses of old schemas have them without a list around */
	for (n = list != NULL ? list->child : of != NULL ? of->child : NULL;
	    n != NULL; n = n->next) {
		if (n->name == NULL || (strcmp(n->name, "person_name") != 0 &&
		    strcmp(n->name, "organization") != 0))
			continue;
		role = tree_attr(n, "contributor_role");
		if (role == NULL || strcmp(role, "author") == 0) {
			if (authors)
				add_person(entry_people(paper, "authors"),
				    n);
		} else if (strcmp(role, "editor") == 0 ||
		    strcmp(role, "chair") == 0)
			add_person(entry_people(paper, "editors"), n);
		else if (authors && (person = add_person(json_array(
		    entry_arena()), n)) != NULL)
			relator_keep(paper, person, role);
	}
}

/* Texts */

/* A title in a list with the subtitles behind it, which end at another one. */
static const char *
title_of(const struct node *title)
{
	struct json *whole = json_object(entry_arena());
	struct buf b = { 0 };
	const struct node *n;
	const char *s;

	if (title == NULL)
		return "";
	for (n = title->next; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (strcmp(n->name, "subtitle") != 0)
			break;
		s = parts_line(tree_text(n));
		if (*s != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? ": " : "", s);
	}
	parts_title(whole, tree_text(title), b.p);
	buf_free(&b);
	s = json_get_str(whole, "title");
	return s != NULL ? s : "";
}

static void
add_title(struct json *paper, const struct work *w)
{
	const struct node *titles = tree_child(w->item, "titles");

	entry_str(paper, "title", title_of(tree_child(titles, "title")));
	entry_str(paper, "original_language_title", title_of(tree_child(
	    titles, "original_language_title")));
	/* what is larger has titles of its own */
	tree_set(paper, "title", tree_child(w->item, "full_title"));
	tree_set(paper, "title", tree_child(w->item, "proceedings_title"));
}

/* The abstract that is not of a kind of its own, in the item's language. */
static void
add_abstract(struct json *paper, const struct node *item)
{
	const char *lang = tree_attr(item, "language"), *own;
	const struct node *n = tree_child(item, "abstract"), *best = NULL;

	for (; n != NULL; n = tree_next(n)) {
		if (tree_attr(n, "abstract-type") != NULL)
			continue;
		own = tree_attr(n, "lang");
		if (best == NULL)
			best = n;
		if (lang != NULL && own != NULL && strcmp(own, lang) == 0) {
			best = n;
			break;
		}
	}
	entry_str(paper, "abstract", parts_abstract(best));
}

/* Dates */

static struct date
date_of(const struct node *of, const char *name, const char *medium)
{
	const struct node *n = tree_child(of, name);

	for (; n != NULL; n = tree_next(n))
		if (medium == NULL ? tree_attr(n, "media_type") == NULL ||
		    tree_attr_is(n, "media_type", "other") :
		    tree_attr_is(n, "media_type", medium))
			return date_of_parts(tree_text(tree_child(n, "year")),
			    tree_text(tree_child(n, "month")),
			    tree_text(tree_child(n, "day")));
	return (struct date){ 0 };
}

static void
add_dates(struct json *paper, const struct work *w)
{
	static const char *const media[] = { "print", NULL, "online" };
	static const char *const names[] = { "publication_date",
	    "posted_date", "approval_date", "review_date", "acceptance_date" };
	const struct node *of[4], *base = tree_child(w->item, "database_date");
	struct date dates[4 * 3 + 5 * 3];
	size_t n = 0, m, i;

	of[0] = w->item;
	of[1] = w->issue;
	of[2] = base;
	of[3] = w->in;
	for (m = 0; m < 3; m++)
		for (i = 0; i < 4; i++)
			dates[n++] = date_of(of[i], names[0], media[m]);
	for (i = 1; i < sizeof(names) / sizeof(names[0]); i++)
		for (m = 0; m < 3; m++)
			dates[n++] = date_of(w->item, names[i], media[m]);
	parts_dates(paper, dates, n);
}

/* The place it was published in */

static void
add_venue(struct json *paper, const struct work *w)
{
	const struct node *series = tree_child(w->in, "series_metadata"), *n;
	bool alone = w->item == w->in;

	if (!alone) {
		tree_set(paper, "venue", tree_child(w->in, "full_title"));
		tree_set(paper, "venue", tree_child(w->in,
		    "proceedings_title"));
		tree_set(paper, "venue", tree_find(w->in, "titles/title"));
		tree_set(paper, "venue", tree_child(w->event,
		    "conference_name"));
		tree_set(paper, "venue", tree_find(series, "titles/title"));
	}
	if (strcmp(w->type, "dissertation") != 0)
		tree_set(paper, "venue", tree_find(w->item,
		    "institution/institution_name"));
	tree_set(paper, "abbrev_title", tree_child(w->in, "abbrev_title"));
	tree_set(paper, "series", tree_find(series, "titles/title"));
	tree_set(paper, "conference_name", tree_child(w->event,
	    "conference_name"));
	tree_set(paper, "conference_acronym", tree_child(w->event,
	    "conference_acronym"));
	tree_set(paper, "conference_location", tree_child(w->event,
	    "conference_location"));
	tree_set(paper, "conference_date", tree_child(w->event,
	    "conference_date"));
	tree_set(paper, "group_title", tree_child(w->item, "group_title"));
	for (n = tree_child(w->in, "issn"); n != NULL; n = tree_next(n))
		entry_issn(paper, parts_line(tree_text(n)));
	for (n = tree_child(series, "issn"); n != NULL; n = tree_next(n))
		entry_issn(paper, parts_line(tree_text(n)));
}

static void
add_place(struct json *paper, const struct work *w)
{
	const struct node *pages = tree_child(w->item, "pages"), *n;
	const char *s, *had;

	tree_set(paper, "volume", tree_find(w->issue,
	    "journal_volume/volume"));
	tree_set(paper, "volume", tree_child(w->in, "volume"));
	tree_set(paper, "number", tree_child(w->issue, "issue"));
	if (pages != NULL)
		parts_pages(paper, tree_text(tree_child(pages, "first_page")),
		    tree_text(tree_child(pages, "last_page")));
	n = tree_find(w->item, "publisher_item/item_number");
	for (; n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "item_number_type", "article_number") ||
		    tree_attr_is(n, "item_number_type", "article-number") ||
		    tree_attr_is(n, "item_number_type", "arNumber")) {
			s = parts_line(tree_text(n));
			entry_str(paper, "pages", s);
			had = json_get_str(paper, "pages");
			if (had != NULL && strcmp(had, s) != 0)
				entry_str(paper, "article-number", s);
		}
	tree_set(paper, "other_pages", tree_child(pages, "other_pages"));
	tree_set(paper, "edition", tree_child(w->in, "edition_number"));
	tree_set(paper, "component_number", tree_child(w->item,
	    "component_number"));
	tree_set(paper, "isbn", tree_child(w->item, "isbn"));
	tree_set(paper, "isbn", tree_child(w->in, "isbn"));
}

static void
add_publisher(struct json *paper, const struct work *w,
    const struct node *record)
{
	const struct node *n;

	tree_set(paper, "publisher", tree_find(w->in,
	    "publisher/publisher_name"));
	tree_set(paper, "publisher", tree_find(w->in,
	    "standards_body/standards_body_name"));
	if (strcmp(w->type, "dissertation") == 0)
		tree_set(paper, "publisher", tree_find(w->item,
		    "institution/institution_name"));
	tree_set(paper, "address", tree_find(w->in,
	    "publisher/publisher_place"));
	for (n = record; n != NULL; n = tree_walk(n, record))
		if (tree_attr_is(n, "name", "publisher-name"))
			tree_set(paper, "publisher", n);
}

/* Identifiers, links, relations */

/* Whether a link is one for readers: the others are for crawlers. */
static bool
is_pdf(const struct node *resource)
{
	return tree_attr_is(resource, "mime_type", "application/pdf") &&
	    !tree_attr_is(resource->parent->parent, "property",
	    "crawler-based");
}

static void
add_links(struct json *paper, const struct node *item)
{
	const struct node *data = tree_child(item, "doi_data"), *n;
	const char *s;

	tree_set(paper, "doi", tree_child(data, "doi"));
	if ((n = tree_child(data, "resource")) != NULL) {
		s = parts_line(tree_text(n));
		entry_link(paper, s, strlen(s));
	}
	for (n = data; n != NULL; n = tree_walk(n, data))
		if (strcmp(n->name, "resource") == 0 && is_pdf(n))
			tree_set(paper, "pdf", n);
	n = tree_find(item, "publisher_item/identifier");
	for (; n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "id_type", "pii"))
			tree_set(paper, "pii", n);
}

/* Papers */

const char *
unixref_paper(struct json *paper, const struct node *record)
{
	struct work w;

	if (!unixref_find(&w, record))
		return NULL;
	entry_str(paper, "type", w.type);
	add_title(paper, &w);
	add_people(paper, w.item, true);
	if (w.in != w.item)
		add_people(paper, w.in, false);
	add_abstract(paper, w.item);
	entry_str(paper, "language", tree_attr(w.item, "language"));
	entry_str(paper, "language", tree_attr(w.in, "language"));
	add_venue(paper, &w);
	add_dates(paper, &w);
	add_place(paper, &w);
	add_publisher(paper, &w, record);
	add_links(paper, w.item);
	unixref_related(paper, w.item);
	tree_set(paper, "degree", tree_child(w.item, "degree"));
	return json_get_str(paper, "doi");
}

/* The format */

static bool
is_entry(const struct node *record)
{
	const struct node *n = unixref_crossref(record);

	if (tree_attr_is(record, "status", "unresolved") ||
	    tree_child(n, "error") != NULL) {
		filter_passed("DOIs without a record");
		return false;
	}
	return true;
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	struct work w;
	const char *key;

	if (!unixref_find(&w, record)) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "a record of no kind that is known");
		return;
	}
	key = unixref_paper(paper, record);
	entry_emit_known(doc, paper, key);
}

static const char *const roots[] = { "doi_records", "doi_record",
    "crossref_result", "crossref", NULL };

void
parse_unixref(struct document *doc, struct input *in)
{
	static const char *const records[] = { "query", "doi_record",
	    "crossref", NULL };
	static const char *const inner[] = { "doi_record", "crossref", NULL };
	static const char *const bulk[] = { "citation_list", "component_list",
	    "custom_metadata", "archive_locations", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .inner = inner, .bulk = bulk, .take = take,
	    .is_entry = is_entry };

	tree_read(doc, in, &format);
}

const char *
sniff_unixref(const struct sniff *s)
{
	size_t i;

	for (i = 0; roots[i] != NULL; i++)
		if (sniff_root(s, roots[i]))
			return "its root is one of Crossref's";
	return NULL;
}

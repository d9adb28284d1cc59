/* datacite - resources in the XML of DataCite, kernels 2 to 4 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"
#include "parse/relator.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* The first child of the list of this name that says so, or NULL. */
static const struct node *
child_with(const struct node *list, const char *name, const char *attr,
    const char *value)
{
	const struct node *n;

	for (n = tree_child(list, name); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, attr, value))
			return n;
	return NULL;
}

/* People */

static void
add_person_ids(struct json *person, const struct node *from)
{
	const struct node *n = tree_child(from, "nameIdentifier");
	const char *scheme, *s;
	struct buf b = { 0 };

	for (; n != NULL; n = tree_next(n)) {
		scheme = tree_attr(n, "nameIdentifierScheme");
		s = parts_line(tree_text(n));
		if (scheme == NULL || *scheme == '\0')
			continue;
		if (strcasecmp(scheme, "ORCID") == 0) {
			entry_str(person, "orcid", s);
			continue;
		}
		buf_reset(&b);
		for (; *scheme != '\0'; scheme++)
			buf_addc(&b, tolower((unsigned char)*scheme));
		entry_person_id(person, b.p, s, strlen(s));
	}
	buf_free(&b);
}

/* "Family, Given" of a person, if it says that it is one. */
static struct json *
add_name(struct json *people, const struct node *name)
{
	const char *s = parts_line(tree_text(name));

	if (tree_attr_is(name, "nameType", "Organizational"))
		return parts_group(people, s);
	if (tree_attr_is(name, "nameType", "Personal"))
		return parts_name(people, s, strlen(s), false);
	return entry_person(people, s, strlen(s));
}

static struct json *
add_person(struct json *people, const struct node *from, const char *name)
{
	struct json *person;
	const struct node *family = tree_child(from, "familyName");

	if (family != NULL)
		person = parts_person(people, tree_text(tree_child(from,
		    "givenName")), tree_text(family), NULL);
	else
		person = add_name(people, tree_child(from, name));
	if (person == NULL)
		return NULL;
	add_person_ids(person, from);
	parts_children(person, "affiliation", from, "affiliation");
	return person;
}

static void
add_people(struct json *paper, const struct node *resource)
{
	const struct node *n = tree_find(resource, "creators/creator");
	struct json *person;
	const char *type;

	for (; n != NULL; n = tree_next(n))
		add_person(entry_people(paper, "authors"), n, "creatorName");
	n = tree_find(resource, "contributors/contributor");
	for (; n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "contributorType", "Editor"))
			add_person(entry_people(paper, "editors"), n,
			    "contributorName");
		else if ((person = add_person(json_array(entry_arena()), n,
		    "contributorName")) != NULL) {
			type = tree_attr(n, "contributorType");
			relator_keep(paper, person, type != NULL ? type : "");
		}
}

/* Titles, type */

static void
add_titles(struct json *paper, const struct node *resource)
{
	static const char *const others[] = { "TranslatedTitle",
	    "AlternativeTitle" };
	const struct node *titles = tree_child(resource, "titles");
	const struct node *n = tree_child(titles, "title");
	size_t i;

	while (n != NULL && tree_attr(n, "titleType") != NULL &&
	    *tree_attr(n, "titleType") != '\0')
		n = tree_next(n);
	if (n == NULL)
		n = tree_child(titles, "title");
	parts_title(paper, tree_text(n), tree_text(child_with(titles, "title",
	    "titleType", "Subtitle")));
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		for (n = tree_child(titles, "title"); n != NULL;
		    n = tree_next(n))
			if (tree_attr_is(n, "titleType", others[i]))
				parts_again(paper, others[i],
				    parts_line(tree_text(n)));
}

/* What the type says in words of its own counts where it is a text. */
static void
add_type(struct json *paper, const struct node *resource)
{
	const struct node *n = tree_child(resource, "resourceType");
	const char *general = tree_attr(n, "resourceTypeGeneral");

	if (general == NULL || strcasecmp(general, "Text") == 0 ||
	    strcasecmp(general, "Other") == 0)
		tree_set(paper, "type", n);
	entry_str(paper, "type", general);
	tree_set(paper, "resourceType", n);
}

/* Dates */

static void
add_dates(struct json *paper, const struct node *resource)
{
	static const char *const types[] = { "Issued", "Available", "Created",
	    "Submitted" };
	const struct node *list = tree_child(resource, "dates");
	struct date dates[1 + sizeof(types) / sizeof(types[0])];
	size_t i;

	dates[0] = date_read(tree_text(tree_child(resource,
	    "publicationYear")));
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		dates[i + 1] = date_read(tree_text(child_with(list, "date",
		    "dateType", types[i])));
	parts_dates(paper, dates, sizeof(dates) / sizeof(dates[0]));
}

/* Identifiers */

static void
add_id(struct json *paper, const char *type, const struct node *n)
{
	const char *s = parts_line(tree_text(n));

	if (type == NULL)
		return;
	if (strcasecmp(type, "URL") == 0)
		entry_link(paper, s, strlen(s));
	else
		entry_typed_id(paper, type, s, strlen(s));
}

/* Forms of the same work, under the word for how they go with it. */
static void
add_related(struct json *paper, const struct node *resource)
{
	static const char *const relations[] = { "IsVersionOf", "HasVersion",
	    "IsNewVersionOf", "IsPreviousVersionOf", "IsVariantFormOf",
	    "IsOriginalFormOf", "IsIdenticalTo", "IsSupplementTo",
	    "IsSupplementedBy", "IsPublishedIn", "IsPartOf", "IsPreprintOf",
	    "HasPreprint", "IsTranslationOf", "HasTranslation", "Obsoletes",
	    "IsObsoletedBy" };
	const struct node *first = tree_find(resource,
	    "relatedIdentifiers/relatedIdentifier"), *n;
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
		for (n = first; n != NULL; n = tree_next(n))
			if (tree_attr_is(n, "relationType", relations[i]))
				parts_join(&b, tree_text(n));
		parts_set(paper, relations[i], &b);
	}
}

/* What it was published in: kernel 4.4 and later. */
static void
add_container(struct json *paper, const struct node *resource)
{
	const struct node *in = child_with(tree_child(resource,
	    "relatedItems"), "relatedItem", "relationType", "IsPublishedIn");
	const struct node *n = tree_child(in, "number");

	tree_set(paper, "venue", tree_find(in, "titles/title"));
	tree_set(paper, "volume", tree_child(in, "volume"));
	tree_set(paper, "number", tree_child(in, "issue"));
	if (in != NULL)
		parts_pages(paper, tree_text(tree_child(in, "firstPage")),
		    tree_text(tree_child(in, "lastPage")));
	if (tree_attr_is(n, "numberType", "Article"))
		tree_set(paper, "pages", n);
	tree_set(paper, "edition", tree_child(in, "edition"));
	n = tree_child(in, "relatedItemIdentifier");
	if (tree_attr_is(n, "relatedItemIdentifierType", "ISBN"))
		tree_set(paper, "isbn", n);
	else if (tree_attr_is(n, "relatedItemIdentifierType", "ISSN") ||
	    tree_attr_is(n, "relatedItemIdentifierType", "EISSN"))
		tree_set(paper, "issn", n);
}

/* Papers */

static void
add_texts(struct json *paper, const struct node *resource)
{
	const struct node *list = tree_child(resource, "descriptions"), *n;
	const char *type;

	fragment_escaped(paper, "abstract", parts_abstract(child_with(list,
	    "description", "descriptionType", "Abstract")));
	for (n = tree_child(list, "description"); n != NULL; n = tree_next(n)) {
		type = tree_attr(n, "descriptionType");
		if (type == NULL || *type == '\0')
			fragment_escaped(paper, "abstract",
			    parts_abstract(n));
	}
	tree_set(paper, "SeriesInformation", child_with(list, "description",
	    "descriptionType", "SeriesInformation"));
	for (n = tree_find(resource, "subjects/subject"); n != NULL;
	    n = tree_next(n))
		parts_keyword(paper, tree_text(n));
}

const char *
datacite_paper(struct json *paper, const struct node *resource)
{
	const struct node *id, *n;

	/* as some repositories give them out */
	if (strcmp(resource->name, "resource") != 0 && (n = tree_find(resource,
	    "payload/resource")) != NULL)
		resource = n;
	id = tree_child(resource, "identifier");
	add_type(paper, resource);
	add_titles(paper, resource);
	add_people(paper, resource);
	add_texts(paper, resource);
	tree_set(paper, "language", tree_child(resource, "language"));
	add_container(paper, resource);
	add_dates(paper, resource);
	tree_set(paper, "publisher", tree_child(resource, "publisher"));
	add_id(paper, tree_attr(id, "identifierType"), id);
	n = tree_find(resource, "alternateIdentifiers/alternateIdentifier");
	for (; n != NULL; n = tree_next(n))
		add_id(paper, tree_attr(n, "alternateIdentifierType"), n);
	add_related(paper, resource);
	tree_set(paper, "version", tree_child(resource, "version"));
	return id != NULL ? parts_line(tree_text(id)) : NULL;
}

/* The format */

static void
take(struct document *doc, struct json *paper, const struct node *resource)
{
	const char *key = datacite_paper(paper, resource);

	entry_emit_known(doc, paper, key);
}

void
parse_datacite(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "resource", "resources", NULL };
	static const char *const records[] = { "resource", NULL };
	static const char *const bulk[] = { "geoLocations",
	    "fundingReferences", "rightsList", "sizes", "formats", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .bulk = bulk, .take = take };

	tree_read(doc, in, &format);
}

const char *
sniff_datacite(const struct sniff *s)
{
	if (!sniff_root(s, "resource"))
		return NULL;
	/* kernels up to 2.1 had no namespace */
	return strstr(s->ns, "datacite.org/schema/kernel") != NULL ||
	    (s->ns[0] == '\0' && strcmp(s->inside, "identifier") == 0) ?
	    "its root is <resource>" : NULL;
}

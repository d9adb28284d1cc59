/* dc - Dublin Core, plain and with qualifiers */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/dc.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* A value of a record, in the arena of the entry. */
struct value {
	const char		*element;
	const char		*qualifier;	/* or "" */
	const char		*s;
	const struct node	*node;
};

/* What is chosen among several values. */
struct chosen {
	const char	*date;
	bool		 issued;	/* the date says that it is the one */
	const char	*type;
	bool		 exact;		/* the type is of a vocabulary */
	const char	*abstract;
	bool		 called;	/* the abstract is called one */
};

/* Where s goes on behind a word in any case and what parts it, or NULL. */
static const char *
behind(const char *s, const char *word)
{
	size_t n = strlen(word);

	if (strncasecmp(s, word, n) != 0)
		return NULL;
	return s + n + strspn(s + n, ": ");
}

/* Set a member; false: it is set already, to something else. */
static bool
set(struct json *paper, const char *member, const char *s)
{
	const char *have = json_get_str(paper, member);

	if (have != NULL)
		return strcmp(have, s) == 0;
	entry_str(paper, member, s);
	return true;
}

static bool
take_link(struct json *paper, const char *s)
{
	size_t n = strlen(s);
	bool pdf = n > 4 && strcasecmp(s + n - 4, ".pdf") == 0;

	if (!entry_is_url(s) || json_get(paper, pdf ? "pdf" : "url") != NULL)
		return false;
	entry_link(paper, s, n);
	return true;
}

static void
take_identifier(struct json *paper, const char *s)
{
	if (!entry_known_id(paper, s, strlen(s)) && !take_link(paper, s))
		entry_append(paper, "identifier", s, strlen(s));
}

/* "info:eu-repo/semantics/altIdentifier/doi/10.1000/1" */
static void
take_relation(struct json *paper, const char *s)
{
	const char *type = behind(s, "info:eu-repo/semantics/altIdentifier/");
	size_t n = type != NULL ? strcspn(type, "/") : 0;

	if (type == NULL)
		entry_append(paper, "relation", s, strlen(s));
	else if (type[n] != '/' || !entry_typed_id(paper,
	    arena_strndup(entry_arena(), type, n), type + n + 1,
	    strlen(type + n + 1)))
		take_identifier(paper, type);
}

/*
 * Repositories put the times of their own work in front: a date without a time
 * is rather the paper's.
 */
static void
take_date(struct chosen *c, const struct value *v)
{
	bool issued = strcmp(v->qualifier, "issued") == 0 ||
	    strchr(v->s, ':') == NULL;

	if (strcmp(v->qualifier, "accessioned") == 0 ||
	    (strcmp(v->qualifier, "available") == 0 && c->date != NULL))
		return;
	if (c->date == NULL || (issued && !c->issued)) {
		c->date = v->s;
		c->issued = issued;
	}
}

/* A word of a vocabulary is better than one that a person typed. */
static void
take_type(struct chosen *c, struct json *paper, const char *s)
{
	static const char *const vocabularies[] = {
	    "info:eu-repo/semantics/", "http://purl.org/eprint/type/",
	    "http://purl.org/coar/resource_type/" };
	size_t i, n = strlen(s);
	bool exact = false;

	if (strcasecmp(s, "text") == 0)
		return;
	for (i = 0; i < sizeof(vocabularies) / sizeof(vocabularies[0]); i++)
		if (behind(s, vocabularies[i]) != NULL)
			exact = true;
	/* "info:eu-repo/semantics/publishedVersion" */
	if ((n > 7 && strcmp(s + n - 7, "Version") == 0) ||
	    (c->type != NULL && (c->exact || !exact))) {
		entry_append(paper, "dc_type", s, n);
		return;
	}
	if (c->type != NULL)
		entry_append(paper, "dc_type", c->type, strlen(c->type));
	c->type = s;
	c->exact = exact;
}

static void
take_creator(struct json *paper, const struct value *v)
{
	struct json *person = entry_person(entry_people(paper, "authors"),
	    v->s, strlen(v->s));
	const char *id = tree_attr(v->node, "id");

	if (person != NULL && id != NULL && strstr(id, "orcid") != NULL)
		entry_str(person, "orcid", id);
}

static void
add_description(struct json *paper, const char *s)
{
	if (s != NULL)
		entry_append(paper, "description", s, strlen(s));
}

/* The first one is the abstract, if none is called so. */
static void
take_description(struct chosen *c, struct json *paper, const struct value *v)
{
	bool called = strcmp(v->qualifier, "abstract") == 0;
	const char *rest;

	if (strcmp(v->qualifier, "provenance") == 0)
		return;
	if ((rest = behind(v->s, "Comment: ")) != NULL)
		entry_str(paper, "comment", rest);
	else if ((called && !c->called) ||
	    (c->abstract == NULL && *v->qualifier == '\0')) {
		add_description(paper, c->abstract);
		c->abstract = v->s;
		c->called = called;
	} else
		add_description(paper, v->s);
}

/* "Journal of Sums; Vol. 1 No. 2 (2001); 3-4" is of a journal. */
static void
take_source(struct json *paper, const char *s)
{
	size_t n = strcspn(s, ";");

	struct identifier id;

	if (identifier_is(&id, s, strlen(s)) &&
	    strcmp(id.registry, "issn") == 0) {
		entry_known_id(paper, s, strlen(s));
		return;
	}
	if (s[n] == ';')
		entry_text(paper, "venue", s, n);
	entry_append(paper, "source", s, strlen(s));
}

/* The first one, and the others under a name of their own. */
static void
take_first(struct json *paper, const char *member, const char *others,
    const char *s)
{
	if (!set(paper, member, s))
		entry_append(paper, others, s, strlen(s));
}

static void
take(struct chosen *c, struct json *paper, const struct value *v)
{
	const char *e = v->element, *s = v->s;

	if (strcmp(e, "title") == 0)
		take_first(paper, "title", "dc_title", s);
	else if (strcmp(e, "creator") == 0 || (strcmp(e, "contributor") == 0 &&
	    strcmp(v->qualifier, "author") == 0))
		take_creator(paper, v);
	else if (strcmp(e, "contributor") == 0 &&
	    strcmp(v->qualifier, "editor") == 0)
		entry_person(entry_people(paper, "editors"), s, strlen(s));
	else if (strcmp(e, "subject") == 0)
		entry_words(paper, s, strlen(s), ";");
	else if (strcmp(e, "description") == 0)
		take_description(c, paper, v);
	else if (strcmp(e, "publisher") == 0)
		take_first(paper, "publisher", "dc_publisher", s);
	else if (strcmp(e, "language") == 0)
		take_first(paper, "language", "dc_language", s);
	else if (strcmp(e, "date") == 0)
		take_date(c, v);
	else if (strcmp(e, "type") == 0)
		take_type(c, paper, s);
	else if (strcmp(e, "identifier") == 0)
		take_identifier(paper, s);
	else if (strcmp(e, "source") == 0)
		take_source(paper, s);
	else if (strcmp(e, "relation") == 0)
		take_relation(paper, s);
	else if (strcmp(e, "contributor") == 0 || strcmp(e, "coverage") == 0 ||
	    strcmp(e, "rights") == 0)
		entry_append(paper, e, s, strlen(s));
}

/* The text of a value, without white space around; "" for none. */
static const char *
text_of(const struct node *n)
{
	const char *s = tree_text(n);
	size_t len = strlen(s);

	text_trim(&s, &len);
	return arena_strndup(entry_arena(), s, len);
}

static void
end(const struct chosen *c, struct json *paper)
{
	if (c->date != NULL)
		entry_str(paper, "date", c->date);
	if (c->abstract != NULL)
		fragment_escaped(paper, "abstract", c->abstract);
	if (c->type != NULL)
		entry_str(paper, "type", c->type);
	else if (json_get(paper, "arxiv") != NULL)
		entry_str(paper, "type", "preprint");
	dc_people(paper, "authors");
	dc_people(paper, "editors");
}

const char *
dc_paper(struct json *paper, const struct node *dc)
{
	struct chosen chosen = { 0 };
	struct value v = { .qualifier = "" };
	const struct node *n;

	for (n = dc->child; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		v.element = n->name;
		v.s = text_of(n);
		v.node = n;
		if (*v.s != '\0')
			take(&chosen, paper, &v);
	}
	end(&chosen, paper);
	return NULL;
}

const char *
dim_paper(struct json *paper, const struct node *dim)
{
	struct chosen chosen = { 0 };
	struct value v;
	const struct node *n;

	for (n = tree_child(dim, "field"); n != NULL; n = tree_next(n)) {
		v.element = tree_attr(n, "element");
		v.qualifier = tree_attr(n, "qualifier");
		if (v.qualifier == NULL)
			v.qualifier = "";
		v.s = text_of(n);
		v.node = n;
		if (v.element != NULL && *v.s != '\0')
			take(&chosen, paper, &v);
	}
	end(&chosen, paper);
	return NULL;
}

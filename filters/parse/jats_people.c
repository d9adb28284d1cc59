/* jats_people - the contributors of an article, and what their marks lead to */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/jats.h"
#include "parse/parts.h"
#include "parse/relator.h"
#include "parse/tree.h"

static const char *
text_of(const struct node *n)
{
	return parts_line(tree_text_without(n, jats_noise));
}

/* What stands behind n in a contributor, or in a group of names in it. */
static const struct node *
behind(const struct node *contrib, const struct node *n)
{
	return n->next != NULL || n->parent == contrib ? n->next :
	    n->parent->next;
}

/* The next name, for a contributor may have several; n is NULL at first. */
static const struct node *
next_name(const struct node *contrib, const struct node *n)
{
	n = n == NULL ? contrib->child : behind(contrib, n);
	while (n != NULL) {
		if (n->name != NULL && (strcmp(n->name, "name") == 0 ||
		    strcmp(n->name, "string-name") == 0))
			break;
		n = n->name != NULL && n->child != NULL && strcmp(n->name,
		    "name-alternatives") == 0 ? n->child : behind(contrib, n);
	}
	return n;
}

/* One name of several: a western one, else the first one. */
static const struct node *
name_of(const struct node *contrib)
{
	const struct node *n, *first = NULL;
	const char *lang;

	for (n = next_name(contrib, NULL); n != NULL;
	    n = next_name(contrib, n)) {
		lang = tree_attr(n, "lang");
		if (tree_attr_is(n, "name-style", "western") ||
		    (lang != NULL && strncasecmp(lang, "en", 2) == 0))
			return n;
		if (first == NULL)
			first = n;
	}
	return first;
}

/* Whether a text has letters behind the Latin ones. */
static bool
is_foreign(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0xce)
			return true;
	return false;
}

/*
 * A person by this name; of eastern ones the family name is in front, in any
 * script (JATS, @name-style).
 */
static struct json *
add_named(struct json *people, const struct node *name)
{
	const char *given = text_of(tree_child(name, "given-names"));
	const char *family = text_of(tree_child(name, "surname"));
	const char *s;

	if (*family == '\0') {
		s = *given != '\0' ? given : text_of(name);
		return entry_person(people, s, strlen(s));
	}
	if (tree_attr_is(name, "name-style", "eastern"))
		return parts_eastern(people, given, family);
	return parts_person(people, given, family, text_of(tree_child(name,
	    "suffix")));
}

/* The names in other scripts. */
static void
add_variants(struct json *person, const struct node *contrib,
    const struct node *name)
{
	const struct node *n;
	struct json *other;
	const char *s;

	for (n = next_name(contrib, NULL); n != NULL;
	    n = next_name(contrib, n)) {
		other = n != name ? add_named(json_array(entry_arena()), n) :
		    NULL;
		if (other != NULL && is_foreign(s = json_get_str(other,
		    "name")))
			entry_append(person, "variants", s, strlen(s));
	}
}

/* "(The X Collaboration)" */
static struct json *
add_group_name(struct json *people, const struct node *collab)
{
	const char *s = text_of(collab);
	size_t n = strlen(s);

	if (n > 2 && s[0] == '(' && s[n - 1] == ')')
		s = arena_strndup(entry_arena(), s + 1, n - 2);
	return parts_group(people, s);
}

static void
add_ids(struct json *paper, struct json *person, const struct node *contrib)
{
	const struct node *n;
	const char *type, *s;

	for (n = contrib->child; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (strcmp(n->name, "contrib-id") == 0)
			type = tree_attr(n, "contrib-id-type");
		else if (strcmp(n->name, "ext-link") == 0)
			type = tree_attr(n, "ext-link-type");
		else if (strcmp(n->name, "uri") == 0)
			type = tree_attr(n, "content-type");
		else
			continue;
		s = parts_line(tree_text(n));
		if (type != NULL && strcasecmp(type, "orcid") == 0)
			entry_str(person, "orcid", s);
		else if (strcmp(n->name, "contrib-id") != 0)
			continue;
		else if (type == NULL)
			entry_identifier(paper, person, s, strlen(s));
		else
			entry_person_id(person, type, s, strlen(s));
	}
}

/* An address; some have it only as a link. */
static const char *
address_of(const struct node *n)
{
	const char *s = parts_line(tree_text(n));

	if (*s == '\0' && (s = tree_attr(n, "href")) != NULL &&
	    strncasecmp(s, "mailto:", 7) == 0)
		s += 7;
	return s;
}

/* The address in a note, if it has just one. */
static const char *
address_in(const struct node *note)
{
	const struct node *n, *found = NULL;

	for (n = note; n != NULL; n = tree_walk(n, note))
		if (strcmp(n->name, "email") == 0 ||
		    tree_attr_is(n, "ext-link-type", "email")) {
			if (found != NULL)
				return NULL;
			found = n;
		}
	return found != NULL ? address_of(found) : NULL;
}

/* An affiliation can be marked by many: what is written has a limit too. */
static void
add_affiliation(struct crew *c, struct buf *b, const char *s)
{
	if (*s == '\0')
		return;
	if (strlen(s) > c->room) {
		if (c->room > 0)
			filter_note(REJECT_DROPPED_VALUE, "affiliation", NULL,
			    0, "affiliations over a quarter of the limit of a "
			    "record");
		c->room = 0;
		return;
	}
	c->room -= strlen(s);
	if (b->len > 0)
		buf_adds(b, "; ");
	buf_adds(b, s);
}

static void
follow_mark(struct crew *c, struct json *person, struct buf *affiliation,
    struct target *t, bool own)
{
	if (strcmp(t->node->name, "corresp") == 0) {
		/* of several contributors it is not known whose it is */
		if (t->marks == 1)
			entry_str(person, "email", address_in(t->node));
		return;
	}
	if (own)
		return;
	if (t->text == NULL)
		t->text = jats_place(strcmp(t->node->name, "aff") == 0 ?
		    t->node : tree_child(t->node, "aff"));
	add_affiliation(c, affiliation, t->text);
}

static void
add_facts(struct crew *c, struct json *person, const struct node *contrib)
{
	const struct node *n;
	struct buf affiliation = { 0 };
	struct target *t;
	const char *ids;
	bool own = false;

	add_ids(c->paper, person, contrib);
	if ((n = tree_child(contrib, "email")) == NULL)
		n = tree_find(contrib, "address/email");
	if (n != NULL)
		entry_str(person, "email", address_of(n));
	for (n = tree_child(contrib, "aff"); n != NULL; n = tree_next(n)) {
		add_affiliation(c, &affiliation, jats_place(n));
		own = true;
	}
	for (n = tree_child(contrib, "xref"); n != NULL; n = tree_next(n))
		for (ids = tree_attr(n, "rid"); ids != NULL && *ids != '\0'; )
			if ((t = jats_follow(c, &ids)) != NULL)
				follow_mark(c, person, &affiliation, t, own);
	if (affiliation.len == 0 && c->sole != NULL)
		add_affiliation(c, &affiliation, c->sole);
	parts_set(person, "affiliation", &affiliation);
}

/* Give an affiliation to those from *run on; begin the next run. */
static void
give_run(struct crew *c, struct json **run, struct buf *affiliation)
{
	struct json *p;

	for (p = *run; p != NULL; p = p->next)
		if (json_get(p, "affiliation") == NULL && affiliation->len <=
		    c->room) {
			entry_text(p, "affiliation", affiliation->p,
			    affiliation->len);
			c->room -= affiliation->len;
		}
	*run = NULL;
	buf_reset(affiliation);
}

/* Whom a contributor is among, or NULL: of a kind that we do not have. */
static const char *
member_of(const struct node *contrib, const struct node *group)
{
	const char *type = tree_attr(contrib, "contrib-type");

	if (type == NULL) {
		type = tree_attr(group, "content-type");
		if (type != NULL && strncmp(type, "collab", 6) == 0)
			return NULL;
		return type != NULL && strstr(type, "editor") != NULL ?
		    "editors" : "authors";
	}
	if (strstr(type, "editor") != NULL)
		return "editors";
	return (strstr(type, "author") != NULL && strstr(type,
	    "non-byline") == NULL) || strncmp(type, "collab", 6) == 0 ?
	    "authors" : NULL;
}

/* A translator, reviewer or the like; not one of a group's, out of the byline. */
static void
keep_other(struct crew *c, const struct node *contrib)
{
	const char *type = tree_attr(contrib, "contrib-type");
	const struct node *name = name_of(contrib);
	struct json *person;

	if (type == NULL || *type == '\0' || name == NULL ||
	    strstr(type, "author") != NULL)
		return;
	person = add_named(json_array(entry_arena()), name);
	if (person != NULL)
		relator_keep(c->paper, person, type);
}

static struct json	*add_contributor(struct crew *,
			    const struct node *contrib, const char *member);

/*
 * The members of a group.  An affiliation between them that no mark can lead to
 * is that of those in front of it, up to another one.
 */
static void
add_group(struct crew *c, const struct node *group)
{
	const struct node *n;
	struct json *run = NULL, *person;
	struct buf affiliation = { 0 };
	const char *member;

	for (n = group->child; n != NULL; n = n->next) {
		if (n->name == NULL)
			continue;
		if (strcmp(n->name, "aff") == 0 && tree_attr(n, "id") == NULL)
			add_affiliation(c, &affiliation, jats_place(n));
		if (strcmp(n->name, "contrib") != 0)
			continue;
		if ((member = member_of(n, group)) == NULL) {
			keep_other(c, n);
			continue;
		}
		if (affiliation.len > 0)
			give_run(c, &run, &affiliation);
		person = add_contributor(c, n, member);
		if (run == NULL)
			run = person;
	}
	if (affiliation.len > 0)
		give_run(c, &run, &affiliation);
	buf_free(&affiliation);
}

/* Returns NULL if there is no name. */
static struct json *
add_contributor(struct crew *c, const struct node *contrib, const char *member)
{
	struct json *people = entry_people(c->paper, member), *person;
	const struct node *n, *members;

	if ((n = name_of(contrib)) != NULL) {
		person = add_named(people, n);
		if (person != NULL)
			add_variants(person, contrib, n);
	} else if ((n = tree_child(contrib, "collab")) != NULL ||
	    (n = tree_child(contrib, "collab-name")) != NULL ||
	    (n = tree_find(contrib, "collab-alternatives/collab")) != NULL ||
	    (n = tree_child(contrib, "on-behalf-of")) != NULL)
		person = add_group_name(people, n);
	else
		return NULL;
	if (person != NULL)
		add_facts(c, person, contrib);
	for (members = tree_child(n, "contrib-group"); members != NULL;
	    members = tree_next(members))
		add_group(c, members);
	return person;
}

void
jats_people(struct json *paper, const struct node *meta)
{
	struct crew c = { .paper = paper, .room = filter_max_record() / 4 };
	const struct node *group;

	jats_find_marks(&c, meta);
	for (group = tree_child(meta, "contrib-group"); group != NULL;
	    group = tree_next(group))
		add_group(&c, group);
}

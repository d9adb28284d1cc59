/* mods_people - the names in a record of MODS */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/mods.h"
#include "parse/parts.h"
#include "parse/relator.h"
#include "parse/tree.h"

#define GROUPS	64	/* names in several scripts */

bool
mods_is_plain(const struct node *n, const char *attr)
{
	const char *s = tree_attr(n, attr);

	return s == NULL || *s == '\0';
}

/* The words of its roles, or else the codes. */
static const char *
roles_of(const struct node *name, bool codes)
{
	const struct node *n;
	struct buf b = { 0 };
	const char *s;

	for (n = tree_walk(name, name); n != NULL; n = tree_walk(n, name)) {
		if (strcmp(n->name, "roleTerm") != 0 ||
		    tree_attr_is(n, "type", "code") != codes)
			continue;
		s = parts_line(tree_text(n));
		if (*s != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* The parts of a name of one type, or those without, in one text. */
static const char *
name_part(const struct node *name, const char *type, const char *between)
{
	const struct node *n = tree_child(name, "namePart");
	struct buf b = { 0 };
	const char *s;

	for (; n != NULL; n = tree_next(n)) {
		if (type != NULL ? !tree_attr_is(n, "type", type) :
		    !mods_is_plain(n, "type"))
			continue;
		s = parts_line(tree_text(n));
		if (*s != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? between : "", s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* A name of which no part is told may stand in one text for all to see. */
static struct json *
add_name(struct json *people, const struct node *name)
{
	const char *family = name_part(name, "family", " ");
	const char *suffix = parts_suffix(name_part(name, "termsOfAddress",
	    ", "));
	const char *plain = name_part(name, NULL, ". ");

	if (*plain == '\0')
		plain = parts_line(tree_text(tree_child(name, "displayForm")));
	if (*family != '\0')
		return parts_person(people, name_part(name, "given", " "),
		    family, suffix);
	if (tree_attr_is(name, "type", "corporate"))
		return parts_group(people, plain);
	if (tree_attr_is(name, "type", "personal"))
		return parts_inverted(people, plain, suffix);
	return entry_person(people, plain, strlen(plain));
}

static void
add_facts(struct json *person, const struct node *name)
{
	const struct node *n;
	const char *s;

	entry_str(person, "dates", name_part(name, "date", " "));
	parts_children(person, "affiliation", name, "affiliation");
	for (n = tree_child(name, "nameIdentifier"); n != NULL;
	    n = tree_next(n)) {
		s = parts_line(tree_text(n));
		if (tree_attr_is(n, "type", "orcid"))
			entry_str(person, "orcid", s);
		else if (!mods_is_plain(n, "type"))
			entry_person_id(person, tree_attr(n, "type"), s,
			    strlen(s));
	}
}

/* The same name in other letters. */
static void
add_variant(struct json *person, const struct node *name)
{
	struct json *other = add_name(json_array(entry_arena()), name);
	const char *s = other != NULL ? json_get_str(other, "name") : NULL;

	if (s != NULL)
		entry_append(person, "variants", s, strlen(s));
}

/* Names that are one in several scripts have a number in common. */
struct group {
	const char	*number;
	struct json	*person;
};

static struct json **
find_group(struct group *groups, const struct node *name)
{
	const char *s = tree_attr(name, "altRepGroup");
	size_t i;

	if (s == NULL || *s == '\0')
		return NULL;
	for (i = 0; i < GROUPS; i++) {
		if (groups[i].number == NULL)
			groups[i].number = s;
		if (strcmp(groups[i].number, s) == 0)
			return &groups[i].person;
	}
	return NULL;
}

static enum relator
role_of(const struct node *name)
{
	enum relator role = relator_of(roles_of(name, true));
	enum relator word = relator_of(roles_of(name, false));

	if (word > role)
		role = word;
	return role == RELATOR_NONE || (role == RELATOR_OTHER &&
	    tree_attr_is(name, "usage", "primary")) ? RELATOR_AUTHOR : role;
}

static void
add_one(struct json *paper, const struct node *name, enum relator role,
    struct group *groups)
{
	struct json **group = find_group(groups, name), *person;
	const struct node *n;
	const char *words;

	if (group != NULL && *group != NULL) {
		add_variant(*group, name);
		return;
	}
	person = add_name(relator_people(paper, role), name);
	if (person == NULL)
		return;
	if (group != NULL)
		*group = person;
	if (role == RELATOR_OTHER) {
		words = roles_of(name, false);
		relator_keep(paper, person, *words != '\0' ? words :
		    roles_of(name, true));
		return;
	}
	add_facts(person, name);
	for (n = tree_child(name, "alternativeName"); n != NULL;
	    n = tree_next(n))
		add_variant(person, n);
}

void
mods_people(struct json *paper, const struct node *of, bool all)
{
	struct group groups[GROUPS] = { { NULL, NULL } };
	const struct node *n = tree_child(of, "name");
	enum relator role;

	for (; n != NULL; n = tree_next(n)) {
		if (tree_attr_is(n, "type", "conference")) {
			entry_str(paper, "conference_name", name_part(n, NULL,
			    " "));
			continue;
		}
		role = role_of(n);
		if (!all && role != RELATOR_EDITOR)
			continue;
		if (tree_child(n, "etal") != NULL)
			entry_et_al(paper, role == RELATOR_EDITOR ? "editors" :
			    "authors");
		else
			add_one(paper, n, role, groups);
	}
}

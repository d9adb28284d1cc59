/* mods_people - the names in a record of MODS */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/mods.h"
#include "parse/parts.h"
#include "parse/tree.h"

bool
mods_is_plain(const struct node *n, const char *attr)
{
	const char *s = tree_attr(n, attr);

	return s == NULL || *s == '\0';
}

/* Whom a name is among by its roles, or NULL; authors have often none. */
static const char *
member_of(const struct node *name)
{
	static const char *const authors[] = { "aut", "author", "cre",
	    "creator", "dis", "dissertant", NULL };
	static const char *const editors[] = { "edt", "editor", "edc",
	    "editor of compilation", NULL };
	const struct node *n;
	const char *member = "authors", *s;

	for (n = tree_walk(name, name); n != NULL; n = tree_walk(n, name)) {
		if (strcmp(n->name, "roleTerm") != 0)
			continue;
		s = parts_line(tree_text(n));
		if (words_have(authors, s))
			return "authors";
		if (words_have(editors, s))
			member = "editors";
		else if (*s != '\0' && member != NULL && strcmp(member,
		    "editors") != 0)
			member = NULL;
	}
	return member;
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

/* "West, Matthew," */
static struct json *
add_inverted(struct json *people, const char *s)
{
	size_t n = strlen(s);
	const char *comma;

	while (n > 0 && strchr(", ", s[n - 1]) != NULL)
		n--;
	if ((comma = memchr(s, ',', n)) == NULL ||
	    memchr(comma + 1, ',', n - (size_t)(comma + 1 - s)) != NULL)
		return entry_person(people, s, n);
	return parts_person(people, arena_strndup(entry_arena(), comma + 1,
	    n - (size_t)(comma + 1 - s)), arena_strndup(entry_arena(), s,
	    (size_t)(comma - s)), NULL);
}

static void
add_name(struct json *paper, const struct node *name, const char *member)
{
	struct json *people = entry_people(paper, member), *person;
	const char *family = name_part(name, "family", " ");
	const char *plain = name_part(name, NULL, ". "), *s;
	const struct node *n;

	if (*family != '\0')
		person = parts_person(people, name_part(name, "given", " "),
		    family, NULL);
	else if (tree_attr_is(name, "type", "corporate"))
		person = parts_group(people, plain);
	else if (tree_attr_is(name, "type", "personal"))
		person = add_inverted(people, plain);
	else
		person = entry_person(people, plain, strlen(plain));
	if (person == NULL)
		return;
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

void
mods_people(struct json *paper, const struct node *of, bool authors)
{
	const struct node *n = tree_child(of, "name");
	const char *member;

	for (; n != NULL; n = tree_next(n)) {
		if (tree_attr_is(n, "type", "conference")) {
			entry_str(paper, "conference_name", name_part(n, NULL,
			    " "));
			continue;
		}
		member = member_of(n);
		if (member == NULL || (!authors && strcmp(member,
		    "authors") == 0))
			continue;
		if (tree_child(n, "etal") != NULL)
			json_set(entry_arena(), paper, "et_al",
			    json_true(entry_arena()));
		else
			add_name(paper, n, member);
	}
}

/* dc_people - creators of Dublin Core, of whom one may be several */
#include <stdbool.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"
#include "parse/dc.h"
#include "parse/format.h"
#include "parse/parts.h"

/* What stands behind the first semicolon, all of it. */
static enum name_likeness
look_behind(const char *s)
{
	const char *end = s + strlen(s), *first, *part;
	enum name_likeness all = NAME_ALIKE, one;
	size_t n, m;

	first = entry_part(&s, end, ";", &n);
	while ((part = entry_part(&s, end, ";", &m)) != NULL) {
		if (m == 0)
			continue;
		one = name_compare(first, n, part, m);
		if (one == NAME_UNSURE)
			return NAME_UNSURE;
		if (one == NAME_OTHER)
			all = NAME_OTHER;
	}
	return all;
}

/* "Roe, Eve; MIT; 0000-0002-1825-0097" */
static void
set_address(struct json *paper, struct json *person, const char *s)
{
	const char *end = s + strlen(s), *part;
	struct buf b = { 0 };
	size_t n;

	part = entry_part(&s, end, ";", &n);
	json_set(entry_arena(), person, "name", json_string(entry_arena(),
	    part, n));
	while ((part = entry_part(&s, end, ";", &n)) != NULL)
		if (n > 0 && !entry_identifier(paper, person, part, n))
			parts_join(&b, arena_strndup(entry_arena(), part, n));
	parts_set(person, "affiliation", &b);
}

/* Put those whose names these are into the list; facts are the first one's. */
static void
add_names(struct json *paper, const char *member, struct json *person,
    const char *s)
{
	struct json *people = entry_people(paper, member);
	struct json *names = json_array(entry_arena()), *p, *next;

	if (name_split_list(entry_arena(), names, s, strlen(s), NAMES_ONE))
		entry_et_al(paper, member);
	if ((p = names->child) == NULL)
		return;
	entry_str(person, "email", json_get_str(p, "email"));
	json_set(entry_arena(), person, "name", json_get(p, "name"));
	next = p->next;
	json_append(people, person);
	for (p = next; p != NULL; p = next) {
		next = p->next;
		json_append(people, p);
	}
}

/* Without what parts it from nothing in front. */
static const char *
name_of(const struct json *person)
{
	const char *s = json_get_str(person, "name");

	return s + strspn(s, "; ");
}

/*
 * Names behind semicolons are told from addresses there by how they look, and
 * by the others of the record: a supplier writes the one or the other.
 */
void
dc_people(struct json *paper, const char *member)
{
	struct json *first = json_first(paper, member), *p, *next;
	bool addresses = false;
	const char *name;

	for (p = first; p != NULL; p = p->next) {
		name = name_of(p);
		if (strchr(name, ';') != NULL)
			addresses = addresses ||
			    look_behind(name) == NAME_OTHER;
	}
	json_set(entry_arena(), paper, member, NULL);
	for (p = first; p != NULL; p = next) {
		next = p->next;
		name = name_of(p);
		if (strchr(name, ';') == NULL || (!addresses &&
		    look_behind(name) == NAME_ALIKE)) {
			add_names(paper, member, p, name);
			continue;
		}
		if (addresses)
			set_address(paper, p, name);
		json_append(entry_people(paper, member), p);
	}
}

/* marc_people - the people and groups of a record of MARC 21 */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/marc.h"
#include "parse/parts.h"
#include "parse/relator.h"

#define LINKS	1000	/* numbers of fields that have one in another script */

/* "(orcid)0000-...", "https://orcid.org/...", "AUTHOR|(INSPIRE)INSPIRE-..." */
static void
set_identifiers(struct json *person, const struct node *field)
{
	const struct node *n;
	const char *s, *p;

	MARC_EACH_SUBFIELD(n, field, "01j") {
		s = parts_line(tree_text(n));
		if ((p = strcasestr(s, "orcid")) != NULL)
			entry_str(person, "orcid", p + strcspn(p,
			    "0123456789"));
		else if ((p = strstr(s, "(INSPIRE)")) != NULL)
			entry_person_id(person, "inspire", p + 9,
			    strlen(p + 9));
	}
}

static bool
is_group(const struct node *field)
{
	return tree_attr(field, "tag")[1] == '1';
}

/* A group with its parts, a person as the first indicator says. */
static struct json *
add_name(struct json *people, const struct node *field)
{
	const char *name = marc_subfields(field, "ab",
	    is_group(field) ? ". " : " ");

	if (is_group(field))
		return parts_group(people, name);
	if (tree_attr_is(field, "ind1", "0") ||
	    tree_attr_is(field, "ind1", "3"))
		return entry_person(people, name, strlen(name));
	return parts_inverted(people, name,
	    parts_suffix(marc_subfields(field, "c", ", ")));
}

/*
 * Codes are in 4, words in e.  A main entry is who made the work, if it is no
 * editor; a group without a word may have printed it.
 */
static void
add_entry(struct json *paper, const struct node *field, bool main_entry,
    struct json **linked)
{
	const char *words = marc_subfields(field, "e", ", ");
	const char *codes = marc_subfields(field, "4", ", ");
	enum relator role = relator_of(codes), word = relator_of(words);
	struct json *person;
	char tag[4];
	size_t link;

	if (word > role)
		role = word;
	if (role == RELATOR_NONE || (main_entry && role == RELATOR_OTHER))
		role = main_entry || !is_group(field) ? RELATOR_AUTHOR :
		    RELATOR_OTHER;
	person = add_name(relator_people(paper, role), field);
	if (person == NULL)
		return;
	if (role == RELATOR_OTHER) {
		relator_keep(paper, person, *words != '\0' ? words : codes);
		return;
	}
	set_identifiers(person, field);
	entry_str(person, "dates", marc_marked(marc_next_subfield(
	    tree_child(field, "subfield"), "d")));
	entry_str(person, "affiliation", marc_subfields(field, "u", "; "));
	entry_str(person, "email", marc_subfield(field, "m"));
	if ((link = marc_link(field, tag)) > 0 && link < LINKS &&
	    linked[link] == NULL)
		linked[link] = person;
}

/* In another script; names of East Asia, "$1", have the family in front. */
static const char *
name_in_script(const struct node *field, bool group)
{
	const char *s = marc_subfields(field, "ab", group ? ". " : " ");
	struct json *person;
	struct buf b = { 0 };
	size_t n = strcspn(s, ",");

	if (group || s[n] == '\0')
		return s;
	if (strstr(marc_subfield(field, "6"), "/$1") == NULL) {
		person = parts_inverted(json_array(entry_arena()), s, "");
		return person != NULL ? json_get_str(person, "name") : s;
	}
	buf_add(&b, s, n);
	buf_adds(&b, s + n + 1 + strspn(s + n + 1, " "));
	s = arena_strndup(entry_arena(), b.p, b.len);
	buf_free(&b);
	return s;
}

static void
add_variants(const struct node *record, struct json **linked)
{
	const struct node *n;
	char tag[4];
	size_t link;
	const char *s;

	MARC_EACH_FIELD(n, record, "880") {
		link = marc_link(n, tag);
		if (link == 0 || link >= LINKS || linked[link] == NULL ||
		    strchr("17", tag[0]) == NULL)
			continue;
		s = name_in_script(n, tag[1] == '1');
		entry_append(linked[link], "variants", s, strlen(s));
	}
}

/* "Conference (5th : 2008 : New York, N.Y.)", with the marks that are in it. */
static void
add_meeting(struct json *paper, const struct node *field)
{
	const struct node *n;
	struct buf b = { 0 };

	MARC_EACH_SUBFIELD(n, field, "andc")
		buf_addf(&b, "%s%s", b.len > 0 ? " " : "", marc_line(n));
	while (b.len > 0 && strchr(" ,:.", b.p[b.len - 1]) != NULL)
		b.p[--b.len] = '\0';
	if (b.len > 0)
		parts_again(paper, "conference_name", b.p);
	buf_free(&b);
}

/* A field with a title is of another work. */
void
marc_people(struct json *paper, const struct node *record)
{
	struct json *linked[LINKS] = { 0 };
	const struct node *n;
	const char *s;
	bool alone;

	MARC_EACH_FIELD(n, record, "100")
		add_entry(paper, n, true, linked);
	MARC_EACH_FIELD(n, record, "700")
		if (*marc_subfield(n, "t") == '\0')
			add_entry(paper, n, false, linked);
	alone = json_get(paper, "authors") == NULL;
	MARC_EACH_FIELD(n, record, "110")
		add_entry(paper, n, alone, linked);
	MARC_EACH_FIELD(n, record, "710") {
		if (*marc_subfield(n, "t") == '\0')
			add_entry(paper, n, false, linked);
		if (*marc_subfield(n, "a") == '\0') {	/* at CERN */
			s = marc_subfield(n, "g");
			entry_append(paper, "collaboration", s, strlen(s));
		}
	}
	add_variants(record, linked);
	MARC_EACH_FIELD(n, record, "111")
		add_meeting(paper, n);
	MARC_EACH_FIELD(n, record, "711")
		if (*marc_subfield(n, "t") == '\0')
			add_meeting(paper, n);
	s = marc_first(record, "245", "c");
	entry_str(paper, "responsibility", s);
}

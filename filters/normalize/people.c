/* people - the names of authors and editors */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/text.h"
#include "normalize/name.h"
#include "normalize/normalize.h"
#include "normalize/people.h"

#define ROUNDS	4	/* of what shows when something else is off */

/* Soft hyphens, which part no line of a name. */
static void
drop_soft_hyphens(struct arena *a, struct json *v)
{
	char *to;
	size_t i, n = 0;

	if (memchr(v->text, '\xc2', v->len) == NULL)
		return;
	to = arena_strndup(a, v->text, v->len);
	for (i = 0; i < v->len; i++)
		if (v->len - i >= 2 && memcmp(to + i, "\xc2\xad", 2) == 0)
			i++;
		else
			to[n++] = to[i];
	to[n] = '\0';
	v->text = to;
	v->len = n;
}

static void
resolve_name(struct arena *a, struct json *v)
{
	if (v == NULL || v->type != JSON_STRING)
		return;
	drop_soft_hyphens(a, v);
	resolve_text(a, v);
}

static void
resolve_member(struct arena *a, struct json *person, struct json *v)
{
	resolve_name(a, v);
	if (v != NULL && v->type == JSON_STRING && v->len == 0)
		json_set(a, person, v->name, NULL);
}

/* The text of the members of a person, of which the empty ones go. */
static void
resolve_person(struct arena *a, struct json *person)
{
	resolve_name(a, json_get(person, "name"));
	resolve_member(a, person, json_get(person, "given"));
	resolve_member(a, person, json_get(person, "family"));
	resolve_member(a, person, json_get(person, "suffix"));
	resolve_member(a, person, json_get(person, "affiliation"));
	resolve_member(a, person, json_get(person, "email"));
	resolve_member(a, person, json_get(person, "orcid"));
	resolve_member(a, person, json_get(person, "dates"));
	if (json_get(person, "variants") != NULL)
		resolve_list(a, person, "variants");
}

static void
normalize_orcid(struct arena *a, struct json *person)
{
	const char *s = json_get_str(person, "orcid");
	char orcid[ORCID_SIZE];

	if (s == NULL)
		return;
	if (!identifier_orcid(orcid, s, strlen(s)))
		drop_value(a, person, "orcid", "no ORCID iD");
	else if (!identifier_orcid_checked(orcid))
		drop_value(a, person, "orcid", "its check digit does not fit");
	else if (strcmp(s, orcid) != 0)
		json_set(a, person, "orcid", json_string(a, orcid,
		    ORCID_SIZE - 1));
}

static void
clean_part(struct arena *a, struct json *person, const char *member, bool strip)
{
	static struct buf b;
	const struct json *v = json_get(person, member);

	if (v == NULL || name_is_plain(v->text, v->len))
		return;
	buf_reset(&b);
	buf_add(&b, v->text, v->len);
	name_letters(&b);
	if (strip)
		name_strip(a, person, &b, true);
	set_text(a, person, member, &b);
}

/* The numbers in front tell where persons work: "2 Faculty of Mathematics". */
static bool
is_numbered_body(const char *s, size_t n)
{
	return isdigit((unsigned char)*s) && name_is_body(s, n);
}

/* Take off what is no part of the name; nothing may be left. */
static void
clean_name(struct arena *a, struct json *person, struct buf *name)
{
	static struct buf before;
	bool strip;

	buf_reset(&before);
	buf_add(&before, name->p, name->len);
	if (name_letters(name))
		filter_note(REJECT_MENDED, "name", before.p, before.len,
		    "now %s", name->p);
	if (is_numbered_body(name->p, name->len)) {
		buf_reset(name);
		return;
	}
	strip = name_strip(a, person, name, false);
	if (strip && !name_is_no_person(name->p, name->len))
		filter_note(REJECT_STRIPPED_NAME, "name", before.p, before.len,
		    "now %s", name->p);
	clean_part(a, person, "given", strip);
	clean_part(a, person, "family", strip);
}

/*
 * "The Brain Laboratory The Brain Laboratory"; two words may be a person's.
 */
static bool
is_copy(const char *s, size_t n)
{
	struct name_part v[1];
	size_t half = n / 2;

	return n % 2 != 0 && s[half] == ' ' && s[0] == s[half + 1] &&
	    memcmp(s, s + half + 1, half) == 0 && name_words(s, half, v, 1) > 2;
}

/* Whether a name of the list surely has the family name in front. */
static bool
are_turned(const struct json *people)
{
	const struct json *p, *v;

	for (p = people->child; p != NULL; p = p->next)
		if ((v = person_name(p)) != NULL &&
		    json_get(p, "family") == NULL &&
		    name_is_turned(v->text, v->len))
			return true;
	return false;
}

/* turned: others of the list are.  Returns whether the name was changed. */
static bool
normalize_person(struct arena *a, struct json *person, bool turned)
{
	static struct buf name;
	struct json *v = json_get(person, "name"), *ids;

	normalize_orcid(a, person);
	if ((ids = json_get(person, "ids")) != NULL && json_is_empty(ids))
		json_set(a, person, "ids", NULL);
	if (v->len == 0)
		return false;
	if (!name_is_plain(v->text, v->len)) {
		buf_reset(&name);
		buf_add(&name, v->text, v->len);
		clean_name(a, person, &name);
		if (name.len > 0)
			name_turn_round(a, person, &name, turned);
		normalize_orcid(a, person);
	} else if (is_copy(v->text, v->len)) {
		buf_reset(&name);
		buf_add(&name, v->text, v->len / 2);
		filter_note(REJECT_STRIPPED_NAME, "name", v->text, v->len,
		    "now %s", name.p);
	} else if (name_is_no_person(v->text, v->len))
		buf_reset(&name);
	else
		return false;
	if (name_is_no_person(name.p, name.len)) {
		filter_note(REJECT_DROPPED_VALUE, "name", v->text, v->len,
		    "no name of a person");
		v->text = "";
		v->len = 0;
		return false;
	}
	set_text(a, person, "name", &name);
	return json_get(person, "name") != v;
}

/* How long the word at s is, of a capital and small letters of ASCII, or 0. */
static size_t
word_length(const char *s)
{
	size_t n = 0;

	if (isupper((unsigned char)*s))
		for (n = 1; islower((unsigned char)s[n]); n++)
			;
	return n;
}

/*
 * Whether a person is nothing but a name like "Hector Garcia", as most are: no
 * rule has anything to do there.
 */
static bool
is_simple(const struct json *person)
{
	const struct json *v = person->child;
	size_t n, m;

	if (v == NULL || v->next != NULL || !json_name_is(v, "name") ||
	    v->len >= 30 || (n = word_length(v->text)) < 3 || v->text[n] != ' ')
		return false;
	m = word_length(v->text + n + 1);
	return m >= 3 && n + 1 + m == v->len &&
	    !name_is_more(v->text, v->len) &&
	    !name_is_no_person(v->text, v->len);
}

/* Whether a person is nothing but a name of the ordinary kind. */
static bool
is_ordinary(const struct json *person)
{
	const struct json *v = person->child;
	const char *s;

	return v != NULL && v->next == NULL && json_name_is(v, "name") &&
	    v->len > 0 && v->len < 30 && name_is_plain(v->text, v->len) &&
	    !name_is_more(v->text, v->len) && !is_copy(v->text, v->len) &&
	    !name_is_no_person(v->text, v->len) &&
	    strncmp(v->text, "and ", 4) != 0 && ((s = strstr(v->text, " a")) ==
	    NULL || (strstr(s, " and ") == NULL && strstr(s, " al") == NULL));
}

/* One round over a list; returns whether another one may find more. */
static bool
normalize_list(struct arena *a, struct json *paper, struct json *people,
    bool authors)
{
	struct json *p;
	bool changed = false, turned;

	people_drop_addresses(a, people);
	people_split(a, paper, people, authors);
	turned = are_turned(people);
	for (p = people->child; p != NULL; p = p->next)
		changed |= normalize_person(a, p, turned);
	people_keep_named(people);
	people_join_suffixes(a, people);
	people_recase(a, people);
	for (p = people->child; p != NULL; p = p->next) {
		changed |= name_mend_parts(a, p);
		name_find_parts(a, p);
	}
	return changed;
}

void
normalize_people(struct arena *a, struct json *paper, const char *member)
{
	struct json *people = json_get(paper, member), *p;
	bool simple = true, ordinary = true;
	int i;

	if (people == NULL)
		return;
	for (p = people->child; p != NULL; p = p->next)
		if (!is_simple(p)) {
			simple = false;
			resolve_person(a, p);
			ordinary = ordinary && is_ordinary(p);
		}
	if (ordinary && !simple) {
		people_join_suffixes(a, people);
		people_recase(a, people);
		for (p = people->child; p != NULL; p = p->next)
			name_find_parts(a, p);
	} else if (!ordinary) {
		people_drop_nameless(people);
		for (i = 0; i < ROUNDS; i++)
			if (!normalize_list(a, paper, people,
			    strcmp(member, "authors") == 0))
				break;
		people_note_doubts(people);
	}
	people_halve(a, people);
}

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

static void
set_part(struct arena *a, struct json *person, const char *member,
    const struct name_part *part)
{
	if (part->n > 0 && json_get(person, member) == NULL)
		json_set(a, person, member, json_string(a, part->s, part->n));
}

/* Take the number by which persons of one name are told off a part. */
static struct name_part
cut_number(struct name_part *p)
{
	struct name_part number = { p->s, 0 };

	if (p->n > 5 && p->s[p->n - 5] == ' ') {
		number = (struct name_part){ p->s + p->n - 4, 4 };
		if (part_is_number(&number))
			p->n -= 5;
		else
			number.n = 0;
	}
	return number;
}

/* "2nd" behind given names, as PubMed has it */
static void
cut_suffix(struct name_part *given, struct name_part *suffix)
{
	const char *s;

	if (given->n == 0 || suffix->n > 0 ||
	    (s = memrchr(given->s, ' ', given->n)) == NULL)
		return;
	suffix->s = s + 1;
	suffix->n = (size_t)(given->s + given->n - s) - 1;
	if (name_is_no_initials(suffix->s, suffix->n))
		given->n = (size_t)(s - given->s);
	else
		suffix->n = 0;
}

/* "James R. Celoni, S. J.": an initial in front is of no family name. */
static bool
is_said(const struct name_parts *parts)
{
	struct name_part v[NAME_WORDS];
	size_t words, i;

	words = name_words(parts->family.s, parts->family.n, v, NAME_WORDS);
	for (i = 0; words > 1 && i < words && i < NAME_WORDS; i++)
		if (v[i].n == 2 && isupper((unsigned char)v[i].s[0]) &&
		    v[i].s[1] == '.')
			return true;
	return false;
}

/* "Lee¹, Ann²": signs behind each part of a name. */
static void
strip_part(struct arena *a, struct json *person, struct name_part *part)
{
	static struct buf b;

	if (part->n == 0 || name_is_plain(part->s, part->n))
		return;
	buf_reset(&b);
	buf_add(&b, part->s, part->n);
	if (!name_strip(a, person, &b, true))
		return;
	filter_note(REJECT_STRIPPED_NAME, "name", part->s, part->n, "now %s",
	    b.p);
	part->s = arena_strndup(a, b.p, b.len);
	part->n = b.len;
}

/*
 * "Family, Given", "Family, Jr., Given", "Family, Given, Jr." in the order in
 * which a name is said.  A person whose parts are known is already.
 */
static void
turn_round(struct arena *a, struct json *person, struct buf *name)
{
	struct name_parts parts;
	struct name_part order[4];
	struct buf b = { 0 };
	bool eastern;
	size_t i;

	if (json_get(person, "family") != NULL)
		return;
	if (!name_cut(name->p, name->len, false, &parts) ||
	    (parts.whole.n == 0 && parts.given.n > 0 && is_said(&parts)))
		return;
	strip_part(a, person, &parts.given);
	strip_part(a, person, &parts.family);
	order[3] = cut_number(&parts.family);
	if (order[3].n == 0)
		order[3] = cut_number(&parts.given);
	cut_suffix(&parts.given, &parts.suffix);
	order[0] = parts.given;
	order[1] = parts.whole.n > 0 ? parts.whole : parts.family;
	order[2] = parts.suffix;
	eastern = parts.whole.n == 0 && name_is_eastern(&order[0], &order[1]);
	if (eastern) {
		order[0] = parts.family;
		order[1] = parts.given;
	}
	for (i = 0; i < 4; i++) {
		if (b.len > 0 && order[i].n > 0 && !eastern)
			buf_addc(&b, ' ');
		buf_add(&b, order[i].s, order[i].n);
	}
	set_part(a, person, "given", &parts.given);
	set_part(a, person, "family", &parts.family);
	set_part(a, person, "suffix", &parts.suffix);
	set_part(a, person, "dates", &parts.dates);
	buf_reset(name);
	resolve_markup(name, b.p, b.len);
	buf_free(&b);
}

/* The text of the members of a person, of which the empty ones go. */
static void
resolve_person(struct arena *a, struct json *person)
{
	static const char *const texts[] = { "name", "given", "family",
	    "suffix", "affiliation", "email", "orcid" };
	struct json *v;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		v = json_get(person, texts[i]);
		if (v == NULL || v->type != JSON_STRING)
			continue;
		resolve_text(a, v);
		if (v->len == 0 && i > 0)
			json_set(a, person, texts[i], NULL);
	}
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

/* Returns whether the name was changed. */
static bool
normalize_person(struct arena *a, struct json *person)
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
			turn_round(a, person, &name);
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

/* Whether a person is nothing but a name of the ordinary kind. */
static bool
is_ordinary(const struct json *person)
{
	const struct json *v = person->child;

	return v != NULL && v->next == NULL && json_name_is(v, "name") &&
	    v->len > 0 && v->len < 30 && name_is_plain(v->text, v->len) &&
	    !name_is_more(v->text, v->len) && !is_copy(v->text, v->len) &&
	    !name_is_no_person(v->text, v->len) &&
	    strstr(v->text, " and ") == NULL && strstr(v->text, " al") == NULL;
}

/* One round over a list; returns whether another one may find more. */
static bool
normalize_list(struct arena *a, struct json *paper, struct json *people,
    bool authors)
{
	struct json *p;
	bool changed = false;

	people_drop_addresses(a, people);
	people_split(a, paper, people, authors);
	for (p = people->child; p != NULL; p = p->next)
		changed |= normalize_person(a, p);
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
	bool ordinary = true;
	int i;

	if (people == NULL)
		return;
	for (p = people->child; p != NULL; p = p->next) {
		resolve_person(a, p);
		ordinary = ordinary && is_ordinary(p);
	}
	if (ordinary) {
		people_join_suffixes(a, people);
		people_recase(a, people);
		for (p = people->child; p != NULL; p = p->next)
			name_find_parts(a, p);
	} else {
		people_drop_nameless(people);
		for (i = 0; i < ROUNDS; i++)
			if (!normalize_list(a, paper, people,
			    strcmp(member, "authors") == 0))
				break;
		people_note_doubts(people);
	}
	people_halve(a, people);
}

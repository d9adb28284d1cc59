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
#include "normalize/normalize.h"

static void
set_part(struct arena *a, struct json *person, const char *member,
    const struct name_part *part)
{
	if (part->n > 0 && json_get(person, member) == NULL)
		json_set(a, person, member, json_string(a, part->s, part->n));
}

/*
 * Whether a name has two commas, a full-width one or a semicolon: it may be
 * several.
 */
static bool
is_several(const struct buf *name)
{
	const char *s = name->p, *end = s + name->len;
	size_t commas = 0;

	if (memchr(s, ';', name->len) != NULL)
		return true;
	for (; s < end; s++)
		commas += *s == ',' ? 1 : name_comma(s, end);
	return commas > 1;
}

/*
 * "Family, Given", "Family, Jr., Given", "Family, Given, Jr." in the order in
 * which a name is said.  A person whose parts are known is already.
 */
static void
turn_round(struct arena *a, struct json *person, struct buf *name)
{
	struct name_parts parts;
	const struct name_part *order[3];
	struct buf b = { 0 };
	size_t i;

	if (json_get(person, "family") != NULL)
		return;
	if (!name_cut(name->p, name->len, false, &parts)) {
		if (is_several(name))
			filter_note(REJECT_UNPARTED_NAME, "name", name->p,
			    name->len, "taken as one");
		return;
	}
	order[0] = &parts.given;
	order[1] = parts.whole.n > 0 ? &parts.whole : &parts.family;
	order[2] = &parts.suffix;
	for (i = 0; i < 3; i++) {
		if (b.len > 0 && order[i]->n > 0)
			buf_addc(&b, ' ');
		buf_add(&b, order[i]->s, order[i]->n);
	}
	set_part(a, person, "given", &parts.given);
	set_part(a, person, "family", &parts.family);
	set_part(a, person, "suffix", &parts.suffix);
	set_part(a, person, "dates", &parts.dates);
	buf_reset(name);
	resolve_markup(name, b.p, b.len);
	buf_free(&b);
}

/* Text of one member of a person. */
static void
resolve(struct arena *a, struct json *person, const char *member)
{
	static struct buf b;
	const struct json *v = json_get(person, member);

	if (v == NULL)
		return;
	buf_reset(&b);
	resolve_markup(&b, v->text, v->len);
	set_text(a, person, member, &b);
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
	else if (strcmp(s, orcid) != 0)
		json_set(a, person, "orcid", json_string(a, orcid,
		    ORCID_SIZE - 1));
}

static void
resolve_variants(struct arena *a, struct json *person)
{
	static struct buf b;
	struct json *v;

	for (v = json_first(person, "variants"); v != NULL; v = v->next) {
		buf_reset(&b);
		resolve_markup(&b, v->text, v->len);
		v->text = arena_strndup(a, b.p, b.len);
		v->len = b.len;
	}
}

static void
normalize_person(struct arena *a, struct json *person)
{
	static const char *const parts[] = { "given", "family", "suffix",
	    "affiliation", "email", "orcid" };
	static struct buf name;
	const struct json *v = json_get(person, "name");
	size_t i;

	if (v == NULL)
		return;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		resolve(a, person, parts[i]);
	resolve_variants(a, person);
	buf_reset(&name);
	resolve_markup(&name, v->text, v->len);
	while (name.len > 0 && strchr(",; ", name.p[name.len - 1]) != NULL)
		name.p[--name.len] = '\0';
	if (name.len > 0)
		turn_round(a, person, &name);
	set_text(a, person, "name", &name);
	normalize_orcid(a, person);
	if ((v = json_get(person, "ids")) != NULL && json_is_empty(v))
		json_set(a, person, "ids", NULL);
}

static bool
has_name(struct json *person)
{
	const struct json *v = json_get(person, "name");

	if (v != NULL && v->type == JSON_STRING && v->len > 0)
		return true;
	filter_note(REJECT_DROPPED_VALUE, "name", NULL, 0,
	    "a person without a name");
	return false;
}

static bool
is_same_name(const struct json *a, const struct json *b)
{
	struct buf x = { 0 }, y = { 0 };
	const char *s = json_get_str(a, "name"), *t = json_get_str(b, "name");
	bool same;

	text_key(&x, s, strlen(s));
	text_key(&y, t, strlen(t));
	same = x.len == y.len && memcmp(x.p, y.p, x.len) == 0;
	buf_free(&x);
	buf_free(&y);
	return same;
}

/*
 * A list that holds every name twice, in the same order, is one list.  Two
 * authors of one name are no list: it takes four names.
 */
static void
halve(struct json *people)
{
	struct json *p, *half = people->child, *prev = NULL, *q;
	size_t n = 0, i;

	for (p = people->child; p != NULL; p = p->next)
		n++;
	if (n < 4 || n % 2 != 0)
		return;
	for (i = 0; i < n / 2; i++) {
		prev = half;
		half = half->next;
	}
	for (p = people->child, q = half; q != NULL; p = p->next, q = q->next)
		if (!is_same_name(p, q))
			return;
	filter_note(REJECT_HALVED_AUTHORS, "authors", NULL, 0,
	    "%zu names are %zu given twice", n, n / 2);
	prev->next = NULL;
	people->last = prev;
}

void
normalize_people(struct arena *a, struct json *paper, const char *member)
{
	struct json *people = json_get(paper, member), *p;

	if (people == NULL)
		return;
	for (p = people->child; p != NULL; p = p->next)
		normalize_person(a, p);
	json_keep_if(people, has_name);
	halve(people);
}

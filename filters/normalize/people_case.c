/* people_case - lists of names in capitals or small letters */
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/utf8.h"
#include "normalize/name.h"
#include "normalize/people.h"

/* The letter case of a name: one of these, or both, or none that tells. */
enum { UPPER = 1, LOWER = 2 };

static int
case_of_word(const char *s, size_t n)
{
	const char *end = s + n;
	int32_t c;
	int seen = 0;

	while (s < end && seen != (UPPER | LOWER)) {
		c = utf8_next(&s);
		if (c < 0x80)
			seen |= isupper(c) ? UPPER : islower(c) ? LOWER : 0;
		else if (utf8proc_tolower(c) != c)
			seen |= UPPER;
		else if (utf8proc_toupper(c) != c)
			seen |= LOWER;
	}
	return seen;
}

static int
case_of(const struct json *name)
{
	const char *s = name->text, *end = s + name->len, *q;
	int seen = 0, one;
	bool whole = false;

	if (name->len > 1 && isupper((unsigned char)s[0]) &&
	    islower((unsigned char)s[1]))
		return UPPER | LOWER;
	/* one word may be a name of its own making */
	if (memchr(s, ' ', name->len) == NULL)
		return 0;
	for (; s < end; s = q + 1) {
		if ((q = memchr(s, ' ', (size_t)(end - s))) == NULL)
			q = end;
		if (s > name->text && name_is_suffix(s, (size_t)(q - s)))
			continue;
		one = case_of_word(s, (size_t)(q - s));
		whole = whole || (one != 0 && q - s > 2);
		seen |= one;
		if (seen == (UPPER | LOWER))
			return seen;
	}
	return whole ? seen : 0;
}

#define INITIALS	3	/* "GM", "AJC": so many letters may be initials */

/* The given name of a person, where that is one short word of capitals. */
static const struct json *
short_given(const struct json *person)
{
	const struct json *v = json_get(person, "given");
	size_t i;

	if (v == NULL || v->len < 2 || v->len > INITIALS ||
	    json_get(person, "family") == NULL)
		return NULL;
	for (i = 0; i < v->len; i++)
		if (!isupper((unsigned char)v->text[i]))
			return NULL;
	return v;
}

/*
 * Whether the given names of a list are written as initials without periods:
 * all are short, and one at least cannot be spoken.
 */
static bool
has_initials(const struct json *people)
{
	const struct json *p, *v;
	bool any = false;

	for (p = people->child; p != NULL; p = p->next) {
		v = json_get(p, "given");
		if (v == NULL || v->len == 1)
			continue;
		if ((v = short_given(p)) == NULL)
			return false;
		any = any || strcspn(v->text, "AEIOUY") == v->len;
	}
	return any;
}

static void
recase(struct arena *a, struct json *person, const char *member,
    const struct json *initials)
{
	static struct buf b;
	const struct json *v = json_get(person, member);

	if (v == NULL)
		return;
	buf_reset(&b);
	name_recase(&b, v->text, v->len, strcmp(member, "family") == 0);
	/* the given name, and the name that begins with it */
	if (initials != NULL && b.len == v->len && v->len >= initials->len &&
	    memcmp(v->text, initials->text, initials->len) == 0 &&
	    strchr(" ", v->text[initials->len]) != NULL)
		memcpy(b.p, initials->text, initials->len);
	json_set(a, person, member, json_string(a, b.p, b.len));
}

void
people_recase(struct arena *a, struct json *people)
{
	struct json *p, *first = NULL;
	const struct json *given;
	size_t n = 0;
	int all = 0, one;
	bool initials;

	for (p = people->child; p != NULL; p = p->next) {
		one = case_of(person_name(p));
		if (first == NULL && one != 0)
			first = p;
		n += one != 0;
		all |= one;
		if (all == (UPPER | LOWER))
			return;
	}
	/* "danah boyd" writes herself so; two who do would be a wonder */
	if (n == 0 || (all == LOWER && n < 2))
		return;
	filter_note(REJECT_RECASED_NAMES, "name", person_name(first)->text,
	    person_name(first)->len, "%zu name%s in %s letters",
	    n, n == 1 ? "" : "s", all == UPPER ? "capital" : "small");
	initials = has_initials(people);
	for (p = people->child; p != NULL; p = p->next) {
		if (case_of(person_name(p)) == 0)
			continue;
		given = initials ? short_given(p) : NULL;
		if (given != NULL)
			given = json_copy(a, given);
		recase(a, p, "name", given);
		recase(a, p, "given", given);
		recase(a, p, "family", NULL);
		recase(a, p, "suffix", NULL);
	}
}

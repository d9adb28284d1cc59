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

static bool
has_two_words(const struct json *name)
{
	return memchr(name->text, ' ', name->len) != NULL;
}

/* The case of a name that tells of the others, or 0. */
static int
case_of(const struct json *name)
{
	const char *s = name->text, *end = s + name->len, *q;
	int seen = 0, one;
	bool whole = false;

	if (name->len > 1 && isupper((unsigned char)s[0]) &&
	    islower((unsigned char)s[1]))
		return UPPER | LOWER;
	/* one word may be a name of its own making, "IBM Research" is one */
	if (!has_two_words(name) || name_is_body(s, name->len))
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

/* Three letters that begin or end as no name does: "MJA", "ADJ", "RMR". */
static bool
is_unspeakable(const char *s)
{
	static const char vowels[] = "AEIOUY";

	if (strcspn(s, vowels) == strlen(s))
		return true;
	if (strchr(vowels, s[0]) == NULL && strchr(vowels, s[1]) == NULL)
		return s[0] != 'S' && strchr("HLRGW", s[1]) == NULL;
	return strchr(vowels, s[1]) == NULL && strchr(vowels, s[2]) == NULL &&
	    strchr("LNRS", s[1]) == NULL && strchr("HKTS", s[2]) == NULL &&
	    s[1] != s[2];
}

/*
 * Whether the given names of a list are written as initials without periods:
 * all are short, and one at least is of two letters or cannot be spoken.
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
		any = any || v->len == 2 || is_unspeakable(v->text);
	}
	return any;
}

/* Returns whether the member is another one now. */
static bool
recase(struct arena *a, struct json *person, const char *member,
    enum name_member is, const struct json *initials)
{
	static struct buf b;
	const struct json *v = json_get(person, member);

	if (v == NULL)
		return false;
	buf_reset(&b);
	name_recase(&b, v->text, v->len, is);
	/* the given name, and the name that begins with it */
	if (initials != NULL && b.len == v->len && v->len >= initials->len &&
	    memcmp(v->text, initials->text, initials->len) == 0 &&
	    strchr(" ", v->text[initials->len]) != NULL)
		memcpy(b.p, initials->text, initials->len);
	if (b.len == v->len && memcmp(b.p, v->text, b.len) == 0)
		return false;
	json_set(a, person, member, json_string(a, b.p, b.len));
	return true;
}

/* The same of a person; given: the given name where it is initials. */
static bool
recase_person(struct arena *a, struct json *person, const struct json *given)
{
	bool any;

	if (given != NULL)
		given = json_copy(a, given);
	any = recase(a, person, "name", NAME_WHOLE, given);
	any |= recase(a, person, "given", NAME_GIVEN, given);
	any |= recase(a, person, "family", NAME_FAMILY, NULL);
	any |= recase(a, person, "suffix", NAME_SUFFIX, NULL);
	return any;
}

void
people_recase(struct arena *a, struct json *people)
{
	struct json *p;
	const struct json *v, *first = NULL;
	size_t n = 0, tell = 0;
	int all = 0, one;
	bool initials;

	for (p = people->child; p != NULL; p = p->next) {
		v = person_name(p);
		one = case_of(v);
		tell += one != 0;
		all |= one;
		if (all == (UPPER | LOWER) || name_is_turkish(v->text))
			return;
	}
	/* "danah boyd" writes herself so; two who do would be a wonder */
	if (tell == 0 || (all == LOWER && tell < 2))
		return;
	initials = has_initials(people);
	for (p = people->child; p != NULL; p = p->next) {
		v = person_name(p);
		/* "LI YU" tells nothing, but follows the others */
		if (!has_two_words(v) || name_is_body(v->text, v->len) ||
		    !recase_person(a, p, initials ? short_given(p) : NULL))
			continue;
		first = n++ == 0 ? v : first;
	}
	if (n > 0)
		filter_note(REJECT_RECASED_NAMES, "name", first->text,
		    first->len, "%zu name%s in %s letters", n,
		    n == 1 ? "" : "s", all == UPPER ? "capital" : "small");
}

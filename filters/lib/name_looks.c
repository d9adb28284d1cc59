/* name_looks - what parts of a list of names look like */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/name.h"
#include "lib/name_parts.h"

#define WORDS	5	/* of a family name or of given names, at most */
#define LONG	256	/* bytes of a name, at most */

size_t
count_words(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	size_t count = 0, n;

	while (s < end) {
		n = word_length(s, end);
		count += n > 0;
		s += n > 0 ? n : 1;
	}
	return count;
}

bool
has_lower(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			return true;
	return false;
}

bool
is_and(const char *s, size_t n)
{
	return (n == 1 && *s == '&') || (n == 3 &&
	    (strncasecmp(s, "and", 3) == 0 || strncasecmp(s, "und", 3) == 0));
}

/* What stands between initials. */
static inline bool
parts_initials(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == '\t' || c == '\0';
}

bool
is_initials(const char *s, size_t n, bool caps_tell)
{
	const char *end = s + n;
	size_t len, letters = 0;

	if (n == 0)
		return false;
	for (len = 0; len < n && s[len] >= 'A' && s[len] <= 'Z'; len++)
		;
	if (caps_tell && n <= 3 && len == n)
		return true;
	for (; s < end; s++) {
		if (parts_initials(*s))
			letters = 0;
		else if ((*s & 0xc0) != 0x80 && ++letters > 1)
			return false;
	}
	return true;
}

bool
has_initial(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	bool capital = p->n > 0 && isupper((unsigned char)*s);
	size_t n;

	for (; s < end; s += n > 0 ? n : 1) {
		n = word_length(s, end);
		/* "Ramón y Cajal" */
		if (n == 1 && capital && islower((unsigned char)*s))
			continue;
		if (n > 0 && is_initials(s, n, false))
			return true;
	}
	return false;
}

bool
has_dotted_initial(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	size_t n;

	for (; s < end; s += n > 0 ? n : 1) {
		n = word_length(s, end);
		if (n > 1 && s[n - 1] == '.' && isupper((unsigned char)*s) &&
		    is_initials(s, n, false))
			return true;
	}
	return false;
}

bool
is_inverted(const struct piece *a, const struct piece *b, bool caps_tell)
{
	static const char *const given[] = { "al", "ben", "bin", "da", "di",
	    "do", "du", "le", "lo" };
	size_t n = word_length(a->s, a->s + a->n), i;

	if (has_initial(a))
		return false;
	if (is_initials(b->s, b->n, caps_tell))
		return true;
	if (count_words(a) == 1)
		return count_words(b) == 1 || has_initial(b);
	/* "Ben Taskar, Daphne Koller", "Le Song, Bo Dai": given names too */
	if (caps_tell && count_words(a) == 2 && !has_lower(a->s, 1))
		for (i = 0; i < sizeof(given) / sizeof(given[0]); i++)
			if (strlen(given[i]) == n &&
			    strncasecmp(given[i], a->s, n) == 0)
				return count_words(b) == 1;
	/* "Le Gia Khang, Ngoc Hoang Luong": a capital is no particle for sure */
	return name_is_particle(a->s, n) && (has_lower(a->s, 1) ||
	    !caps_tell || count_words(b) == 1 || has_initial(b));
}

bool
is_name_like(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	bool capital = false, small = false;
	size_t n, words = 0;

	for (; s < end; s += n > 0 ? n : 1) {
		if ((n = word_length(s, end)) == 0)
			continue;
		words++;
		if (isdigit((unsigned char)*s) || *s == '(')
			return false;
		if (!islower((unsigned char)*s))
			capital = true;
		else if (n > 1 && !name_is_particle(s, n) &&
		    memchr(s, '\'', n) == NULL)
			small = true;
	}
	return words > 0 && words <= WORDS && !(capital && small) &&
	    !name_is_body(p->s, p->n);
}

/* How a name is written, as far as it looks like one. */
struct look {
	bool	inverted;
	bool	capitals;	/* of the family name, or of a word */
};

static bool
in_capitals(const struct piece *p)
{
	return p->n > 1 && isupper((unsigned char)p->s[0]) &&
	    isupper((unsigned char)p->s[1]) && !has_lower(p->s, p->n);
}

static bool
look_at(struct look *look, const char *s, size_t n)
{
	struct name_parts name;
	struct piece p = { .s = s, .n = n }, given, word;
	const char *end;

	*look = (struct look){ false, false };
	if (n > LONG)
		return false;
	if (name_cut(s, n, false, &name)) {
		look->inverted = name.whole.n == 0;
		p.s = look->inverted ? name.family.s : name.whole.s;
		p.n = look->inverted ? name.family.n : name.whole.n;
	} else if (memchr(s, ',', n) != NULL)
		return false;
	if (!is_name_like(&p))
		return false;
	if (look->inverted) {
		given = (struct piece){ .s = name.given.s, .n = name.given.n };
		look->capitals = in_capitals(&p);
		return is_name_like(&given);
	}
	for (s = p.s, end = p.s + p.n; s < end; s += word.n + 1) {
		word = (struct piece){ .s = s, .n = word_length(s, end) };
		look->capitals = look->capitals || in_capitals(&word);
	}
	return count_words(&p) > 1;
}

enum name_likeness
name_compare(const char *a, size_t n, const char *b, size_t m)
{
	struct look first, second;

	if (!look_at(&first, a, n))
		return NAME_UNSURE;
	if (!look_at(&second, b, m))
		return NAME_OTHER;
	if (first.inverted != second.inverted)
		return first.inverted && !second.capitals ? NAME_UNSURE :
		    NAME_OTHER;
	if (first.capitals != second.capitals)
		return second.capitals ? NAME_OTHER : NAME_UNSURE;
	return NAME_ALIKE;
}

/* parts - whether two titles name two parts of one thing */
#include <string.h>

#include "dedupe/parts.h"
#include "dedupe/words.h"

/* What a title says of which part it is, 0: nothing. */
struct label {
	int	 number;
	bool	 spelt;		/* "two", "second" */
	bool	 named;		/* "Part II": it is not a number by chance */
};

static bool
is_part_word(const struct side *s, int i)
{
	return i >= 0 && i < s->n &&
	    (word_kind(WORD_OF(s->word[i])) & WORD_PART) != 0;
}

/* Of a numeral: "ii" or Chinese, which is hardly there by chance. */
static bool
is_for_parts(const char *w)
{
	return (w[1] != '\0' && w[strspn(w, "ivx")] == '\0') ||
	    (unsigned char)*w >= 0x80;
}

/* A Chinese numeral and what says that it is one of a series. */
static bool
is_of_series(const char *w)
{
	static const char of[] = "\u4e4b";

	return strncmp(w, of, sizeof(of) - 1) == 0;
}

/* Whether of all that tells only that word, and "part", are left of a title. */
static bool
is_alone(const struct side *s, int i)
{
	int k;

	for (k = 0; k < s->n; k++)
		if (!s->used[k] && k != i && !is_part_word(s, k) &&
		    (word_kind(WORD_OF(s->word[k])) & WORD_STOP) == 0)
			return false;
	return true;
}

/* The number of a word, or of a letter at the end or behind "part"; 0: none. */
static int
number_at(const struct side *s, int i)
{
	const char *w = word_text(WORD_OF(s->word[i]));
	int n = word_number(WORD_OF(s->word[i]));

	if (n != 0)
		return i == 0 && *w >= 'a' && !is_part_word(s, 1) ? 0 : n;
	return i > 0 && (i == s->n - 1 || is_part_word(s, i - 1)) &&
	    *w >= 'a' && *w <= 'z' && w[1] == '\0' ? *w - 'a' + 2 : 0;
}

/*
 * The number of a part that is left in a title: not numerals that are its first
 * word, nor a year of the records.
 */
static struct label
find_label(const struct side *s, const struct side *other)
{
	struct label l = { 0 };
	const char *w;
	int i, n;

	for (i = s->n; i-- > 0; ) {
		if (s->used[i])
			continue;
		n = number_at(s, i);
		if (n == 0 || n - 1 == s->t->year || n - 1 == other->t->year)
			continue;
		w = word_text(WORD_OF(s->word[i]));
		l.number = n;
		l.spelt = *w >= 'a' && w[1] != '\0' && !is_for_parts(w);
		l.named = is_part_word(s, i - 1) || is_part_word(s, i + 1) ||
		    is_of_series(w) || (is_for_parts(w) && is_alone(s, i));
		return l;
	}
	return l;
}

/* Whether all that is left of a title is a letter, and no numeral. */
static bool
is_letter_left(const struct side *s)
{
	bool found = false;
	const char *w;
	int i;

	for (i = 0; i < s->n; i++) {
		if (s->used[i])
			continue;
		w = word_text(WORD_OF(s->word[i]));
		if (found || w[1] != '\0' || *w < 'a' ||
		    word_number(WORD_OF(s->word[i])) != 0)
			return false;
		found = true;
	}
	return found;
}

/* Whether what is left of a title has the year of its record: "WMT 2019". */
static bool
has_own_year(const struct side *s)
{
	int i;

	for (i = 0; i < s->n; i++)
		if (!s->used[i] && s->t->year != 0 &&
		    word_number(WORD_OF(s->word[i])) - 1 == s->t->year)
			return true;
	return false;
}

/*
 * "Erratum to ...", "...: a reply to Lee": in front of what the other title has
 * too, or behind it.
 */
static bool
has_notice(const struct side *s)
{
	int i, rest = s->n;
	bool front = true, first = true;
	uint32_t w;

	while (rest > 0 && !s->used[rest - 1])
		rest--;
	for (i = 0; i < s->n; i++) {
		w = WORD_OF(s->word[i]);
		if ((word_kind(w) & WORD_STOP) != 0)
			continue;
		if (s->used[i]) {
			front = false;
			continue;
		}
		if ((word_kind(w) & WORD_NOTICE) != 0 &&
		    (front || (i >= rest && first)))
			return true;
		if (i >= rest)
			first = false;
	}
	return false;
}

/* The only word that is left of a title, or -1. */
static int
only_left(const struct side *s)
{
	int i, only = -1;

	for (i = 0; i < s->n; i++) {
		if (s->used[i])
			continue;
		if (only >= 0)
			return -1;
		only = i;
	}
	return only;
}

/* "unsupervised" of "supervised". */
static bool
is_with_prefix(uint32_t of, uint32_t word)
{
	const char *s = word_text(of), *t = word_text(word);
	size_t n = strlen(s), m = strlen(t);

	return n >= 5 && m >= n + 2 && m <= n + 5 &&
	    strcmp(t + m - n, s) == 0;
}

/* Of two words: neither is the other spelt otherwise, or in another form. */
static bool
is_other_word(uint32_t a, uint32_t b)
{
	const char *s = word_text(a), *t = word_text(b);

	return ((word_kind(a) & word_kind(b)) & WORD_DIGITS) != 0 ||
	    is_with_prefix(a, b) || is_with_prefix(b, a) ||
	    (strncmp(s, t, 4) != 0 &&
	    !letters_near(s, strlen(s), t, strlen(t), 2));
}

bool
parts_one_word(const struct side *a, const struct side *b)
{
	int i = only_left(a);
	uint32_t v, w;

	if (i < 0 || a->n != b->n || only_left(b) != i)
		return false;
	v = WORD_OF(a->word[i]);
	w = WORD_OF(b->word[i]);
	return word_seen(v, IN_TITLES) > 1 && word_seen(w, IN_TITLES) > 1 &&
	    is_other_word(v, w);
}

/*
 * Two words of which the one denies or narrows the other, "2D" and "3D": these
 * no one takes for each other.
 */
static bool
is_contrast(const struct side *a, const struct side *b)
{
	uint32_t v, w;
	int i = only_left(a);

	if (!parts_one_word(a, b))
		return false;
	v = WORD_OF(a->word[i]);
	w = WORD_OF(b->word[i]);
	return ((word_kind(v) & word_kind(w)) & WORD_DIGITS) != 0 ?
	    word_number(v) == 0 && word_number(w) == 0 :
	    is_with_prefix(v, w) || is_with_prefix(w, v);
}

/* "... is not ...": all that the other one lacks is that it is denied. */
static bool
denies(const struct side *s, const struct side *other)
{
	int i = only_left(s), k;

	if (i < 0 || (word_kind(WORD_OF(s->word[i])) & WORD_NOT) == 0)
		return false;
	for (k = 0; k < other->n; k++)
		if (!other->used[k] &&
		    (word_kind(WORD_OF(other->word[k])) & WORD_STOP) == 0)
			return false;
	return true;
}

enum part
parts_compare(const struct side *a, const struct side *b)
{
	struct label x = find_label(a, b), y = find_label(b, a);

	if (has_notice(a) || has_notice(b))
		return PART_NOTICE;
	if ((x.number != 0 && y.number != 0 && x.number != y.number) ||
	    (x.named && y.number == 0) || (y.named && x.number == 0) ||
	    (is_letter_left(a) && is_letter_left(b)) ||
	    is_contrast(a, b) || denies(a, b) || denies(b, a) ||
	    (a->t->year != b->t->year && has_own_year(a) && has_own_year(b)))
		return PART_OTHER;
	return (x.number != 0 && y.number == 0 && !x.spelt) ||
	    (y.number != 0 && x.number == 0 && !y.spelt) ? PART_EXTRA :
	    PART_SAME;
}

/* titles - how alike two titles are */
#include <string.h>

#include "dedupe/evidence.h"
#include "dedupe/parts.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "dedupe/words.h"

#define ODD		12	/* letters of which one may be odd */
#define IN_BRACKETS	.3f	/* of its weight, where only one title has it */
#define ELSEWHERE	.25f	/* likewise, where it is a name or of the venue */

static float
weight(const struct side *s, int i)
{
	return word_weight(WORD_OF(s->word[i]), IN_TITLES);
}

static void
match(struct side *a, int i, struct side *b, int k, float share,
    float *matched)
{
	float x = weight(a, i), y = weight(b, k);

	a->used[i] = b->used[k] = true;
	*matched += share * (x < y ? x : y);
}

static void
match_equal(struct side *a, struct side *b, float *matched)
{
	int i, k, n, next = 0;

	/* of several equal words the one behind the last match */
	for (i = 0; i < a->n; i++)
		for (n = 0; n < b->n; n++) {
			k = next + n < b->n ? next + n : next + n - b->n;
			if (b->used[k] ||
			    WORD_OF(a->word[i]) != WORD_OF(b->word[k]))
				continue;
			match(a, i, b, k, 1, matched);
			next = k + 1;
			break;
		}
}

#define JOINED	4	/* words that may have lost the spaces between them */

/* "data base" in one is "database" in the other. */
static void
match_joined(struct side *a, struct side *b, float *matched)
{
	char text[64];
	const char *w;
	size_t n, len;
	int i, k, j;

	for (i = 0; i < a->n; i++)
		for (n = 0, j = i; j < a->n && j < i + JOINED && !a->used[j];
		    j++) {
			w = word_text(WORD_OF(a->word[j]));
			len = strlen(w);
			if (n + len >= sizeof(text))
				break;
			memcpy(text + n, w, len + 1);
			n += len;
			for (k = 0; k < b->n && j > i; k++)
				if (!b->used[k] && strcmp(text,
				    word_text(WORD_OF(b->word[k]))) == 0)
					break;
			if (j == i || k == b->n)
				continue;
			match(a, i, b, k, 1, matched);
			while (j > i)
				a->used[j--] = true;
			break;
		}
}

#define MISTYPED	1	/* shares of a word's weight */
#define CUT_SHORT	.9f
#define ONE_STEM	.7f

static size_t
letters(const char *s, const char *end)
{
	size_t n = 0;

	for (; s < end; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

/*
 * How much of one word the other one is, but for mistyped ones.  "With" is no
 * part of "without".
 */
static float
share_of(uint32_t a, uint32_t b)
{
	const char *s = word_text(a), *t = word_text(b);
	size_t i, same, x, y;

	if (word_number(a) != 0 || word_number(b) != 0 ||
	    ((word_kind(a) | word_kind(b)) & (WORD_DIGITS | WORD_STOP)) != 0)
		return 0;
	for (i = 0; s[i] != '\0' && (s[i] == t[i] ||
	    (s[i] == 's' && t[i] == 'z') || (s[i] == 'z' && t[i] == 's')); i++)
		;
	while (i > 0 && (s[i] & 0xc0) == 0x80)
		i--;
	if ((same = letters(s, s + i)) < 4)
		return 0;
	if (s[i] == '\0' || t[i] == '\0')
		return s[i] == t[i] ? MISTYPED : CUT_SHORT;
	x = letters(s, s + strlen(s));
	y = letters(t, t + strlen(t));
	return same >= 5 && same * 3 >= (x > y ? x : y) * 2 ? ONE_STEM : 0;
}

static void
match_alike(struct side *a, struct side *b, float *matched)
{
	uint32_t x, y;
	float share;
	int i, k, pass;

	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < a->n; i++)
			for (k = 0; k < b->n && !a->used[i]; k++) {
				if (b->used[k])
					continue;
				x = WORD_OF(a->word[i]);
				y = WORD_OF(b->word[k]);
				share = pass > 0 ? share_of(x, y) :
				    word_is_typo(x, y, IN_TITLES) ? MISTYPED : 0;
				if (share > 0)
					match(a, i, b, k, share, matched);
			}
}

/* The letters of what is left, one word behind the other. */
static size_t
join_left(const struct side *s, char *out, size_t size)
{
	size_t n = 0, len;
	const char *w;
	int i;

	for (i = 0; i < s->n; i++) {
		if (s->used[i])
			continue;
		w = word_text(WORD_OF(s->word[i]));
		len = strlen(w);
		if (n + len > size)
			return 0;
		memcpy(out + n, w, len);
		n += len;
	}
	return n;
}

static void
use_rest(struct side *s, float *sum)
{
	int i;

	for (i = 0; i < s->n; i++)
		if (!s->used[i]) {
			*sum += weight(s, i);
			s->used[i] = true;
		}
}

static bool
has_digit(const char *s, size_t n)
{
	while (n > 0)
		if (s[--n] >= '0' && s[n] <= '9')
			return true;
	return false;
}

/* "an efficient data clustering" and "anecient dataclustering". */
static void
match_rest(struct side *a, struct side *b, float *matched)
{
	char x[256], y[256];
	size_t nx = join_left(a, x, sizeof(x)), ny = join_left(b, y, sizeof(y));
	float wa = 0, wb = 0;

	if (nx == 0 || ny == 0)
		return;
	if ((nx != ny || memcmp(x, y, nx) != 0) && (has_digit(x, nx) ||
	    has_digit(y, ny) || !letters_near(x, nx, y, ny,
	    (int)(nx < ny ? nx : ny) / ODD)))
		return;
	use_rest(a, &wa);
	use_rest(b, &wb);
	*matched += wa < wb ? wa : wb;
}

static bool
has_name(const struct records *r, const struct traits *t, uint32_t word)
{
	const uint32_t *v = name_words(r, t);
	int i;

	for (i = 0; i < t->nnames; i++)
		if (WORD_OF(v[i]) == word)
			return true;
	return false;
}

/*
 * What a word weighs that only one title has.  Lists of references put names
 * in front of titles, and venues behind them.
 */
static void
weigh_left(struct side *a, const struct side *b, const struct records *r)
{
	uint32_t w;
	float x;
	int i;

	for (i = 0; i < a->n; i++) {
		if (a->used[i])
			continue;
		w = WORD_OF(a->word[i]);
		x = weight(a, i);
		if (has_name(r, a->t, w) || has_name(r, b->t, w) ||
		    venue_has(a->t->venue, w) || venue_has(b->t->venue, w))
			x *= ELSEWHERE;
		a->left += (a->word[i] & BRACKETED) != 0 ? IN_BRACKETS * x : x;
	}
}

/* Whether what is left of the longer title stands at one end of it. */
static bool
is_affix(const struct side *s)
{
	int i, from = 0, to = s->n;

	while (from < to && !s->used[from])
		from++;
	while (to > from && !s->used[to - 1])
		to--;
	if (from > 0 && to < s->n)
		return false;
	for (i = from; i < to; i++)
		if (!s->used[i] && weight(s, i) > 2)
			return false;
	return true;
}

void
evidence_titles(struct evidence *e, const struct records *r,
    const struct traits *ta, const struct traits *tb)
{
	struct side a = { ta, title_words(r, ta), ta->nwords, { false }, 0 };
	struct side b = { tb, title_words(r, tb), tb->nwords, { false }, 0 };
	int i;

	e->matched = e->left_a = e->left_b = 0;
	e->affix = e->one_word = false;
	e->part = PART_SAME;
	e->equal = ta->title != 0 && ta->title == tb->title;
	if (e->equal) {
		for (i = 0; i < a.n; i++)
			e->matched += weight(&a, i);
		return;
	}
	match_equal(&a, &b, &e->matched);
	match_joined(&a, &b, &e->matched);
	match_joined(&b, &a, &e->matched);
	match_alike(&a, &b, &e->matched);
	match_rest(&a, &b, &e->matched);
	e->one_word = parts_one_word(&a, &b);
	weigh_left(&a, &b, r);
	weigh_left(&b, &a, r);
	e->left_a = a.left;
	e->left_b = b.left;
	e->affix = (a.left == 0 && is_affix(&b)) ||
	    (b.left == 0 && is_affix(&a));
	e->part = parts_compare(&a, &b);
}

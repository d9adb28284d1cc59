/* author - whether two names can be one person's on one paper */
#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

#include "dedupe/author.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/name.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define RUN_TOGETHER	3	/* initials in a word, at most */

/* "0001": what dblp puts behind a name that several people have. */
static bool
is_homonym_number(const struct author_word *w)
{
	return w->n == 4 && strspn(w->s, "0123456789") >= 4;
}

static void
cut_words(struct author *a, const char *s, const char *end)
{
	const char *p, *q;

	for (p = s; p < end && a->n < AUTHOR_WORDS; p = q + 1) {
		if ((q = memchr(p, ' ', (size_t)(end - p))) == NULL)
			q = end;
		s = p;
		utf8_next(&s);
		a->word[a->n++] = (struct author_word){ p, (size_t)(q - p),
		    (size_t)(s - p) };
	}
	if (a->n > 1 && is_homonym_number(&a->word[a->n - 1]))
		a->n--;
	if (a->n > 1 && name_is_suffix(a->word[a->n - 1].s,
	    a->word[a->n - 1].n))
		a->n--;
}

void
author_make(struct arena *arena, struct author *a, const char *name, size_t n)
{
	static struct buf b, letters;
	const struct author_word *w;
	uint64_t h;
	size_t i;

	memset(a, 0, sizeof(*a));
	buf_reset(&b);
	text_fold(&b, name, n, ' ');
	name = arena_strndup(arena, b.p, b.len);
	cut_words(a, name, name + b.len);
	buf_reset(&letters);
	for (i = 0; i < a->n; i++) {
		w = &a->word[i];
		buf_add(&letters, w->s, w->n);
		h = XXH3_64bits(w->s, w->n);
		a->words += h;
		if (w->n > w->initial)
			a->bits |= 1ULL << (h & 63);
	}
	a->letters = XXH3_64bits(letters.p, letters.len);
}

static bool
is_initial(const struct author_word *w)
{
	return w->n == w->initial;
}

static bool
has_initial(const struct author_word *w, const char *s, size_t n)
{
	return w->initial == n && memcmp(w->s, s, n) == 0;
}

static bool
is_equal(const struct author_word *a, const struct author_word *b)
{
	return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

/* Take the first word of b that is left and goes with w; false: there is none. */
static bool
take(const struct author *b, bool *taken, const struct author_word *w,
    bool (*goes)(const struct author_word *, const struct author_word *))
{
	size_t k;

	for (k = 0; k < b->n; k++)
		if (!taken[k] && goes(w, &b->word[k])) {
			taken[k] = true;
			return true;
		}
	return false;
}

static bool
abbreviates(const struct author_word *a, const struct author_word *b)
{
	return (is_initial(a) || is_initial(b)) &&
	    has_initial(b, a->s, a->initial);
}

/* "ja": the initials of words that are left, in their order. */
static bool
take_initials(const struct author *b, bool *taken, const struct author_word *w)
{
	size_t k = 0, i;

	if (w->n > RUN_TOGETHER)
		return false;
	for (i = 0; i < w->n; i++) {
		while (k < b->n && (taken[k] ||
		    !has_initial(&b->word[k], w->s + i, 1)))
			k++;
		if (k == b->n)
			return false;
		taken[k] = true;
	}
	return true;
}

/* "xiaojin": two words that are left, one behind the other, "xiao-jin". */
static bool
take_joined(const struct author *b, bool *taken, const struct author_word *w)
{
	const struct author_word *x, *y;
	size_t k;

	for (k = 1; k < b->n; k++) {
		x = &b->word[k - 1];
		y = &b->word[k];
		if (taken[k - 1] || taken[k] || x->n + y->n != w->n ||
		    memcmp(x->s, w->s, x->n) != 0 ||
		    memcmp(y->s, w->s + x->n, y->n) != 0)
			continue;
		taken[k - 1] = taken[k] = true;
		return true;
	}
	return false;
}

static bool
is_near(const struct author *a, const struct author *b)
{
	bool taken[AUTHOR_WORDS] = { false }, done[AUTHOR_WORDS] = { false };
	size_t i, equal = 0;

	for (i = 0; i < a->n; i++)
		if (!is_initial(&a->word[i]) &&
		    take(b, taken, &a->word[i], is_equal)) {
			done[i] = true;
			equal++;
		}
	if (equal == 0)
		return false;
	for (i = 0; i < a->n; i++)
		if (!done[i] && !take_joined(b, taken, &a->word[i]) &&
		    !take(b, taken, &a->word[i], abbreviates) &&
		    !take_initials(b, taken, &a->word[i]))
			return false;
	return true;
}

enum author_match
author_compare(const struct author *a, const struct author *b)
{
	if (a->n == 0 || b->n == 0)
		return AUTHOR_OTHER;
	if (a->words == b->words || a->letters == b->letters)
		return AUTHOR_SAME;
	if ((a->bits & b->bits) == 0)
		return AUTHOR_OTHER;
	if (a->n < b->n ? is_near(a, b) : a->n > b->n ? is_near(b, a) :
	    is_near(a, b) || is_near(b, a))
		return AUTHOR_NEAR;
	return AUTHOR_OTHER;
}

static size_t
count_whole(const struct author *a)
{
	size_t i, n = 0;

	for (i = 0; i < a->n; i++)
		n += !is_initial(&a->word[i]);
	return n;
}

bool
author_is_fuller(const struct author *a, const struct author *other)
{
	return count_whole(a) < 2 && count_whole(other) > 1 &&
	    other->n >= a->n;
}

/* hints - whether two records may have anything in common */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/hints.h"
#include "dedupe/traits.h"
#include "dedupe/words.h"

static int
count_bits(const uint32_t *v)
{
	uint64_t x, sum = 0;
	int i;

	for (i = 0; i < 4; i += 2) {
		x = (uint64_t)v[i] << 32 | v[i + 1];
		x -= x >> 1 & 0x5555555555555555ULL;
		x = (x & 0x3333333333333333ULL) + (x >> 2 & 0x3333333333333333ULL);
		sum += (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	}
	return (int)(sum * 0x0101010101010101ULL >> 56);
}

/* How many bits both have; in *x and *y how many each has. */
static int
count_shared(const uint32_t *a, const uint32_t *b, int *x, int *y)
{
	uint32_t both[4] = { a[0] & b[0], a[1] & b[1], a[2] & b[2],
	    a[3] & b[3] };

	if ((both[0] | both[1] | both[2] | both[3]) == 0)
		return 0;
	*x = count_bits(a);
	*y = count_bits(b);
	return count_bits(both);
}

static bool
is_empty(const uint32_t *v)
{
	return (v[0] | v[1] | v[2] | v[3]) == 0;
}

static bool
names_agree(const struct hint *a, const struct hint *b)
{
	int x = 0, y = 0, both;

	if (is_empty(a->names) || is_empty(b->names))
		return true;
	both = count_shared(a->names, b->names, &x, &y);
	return both > 0 && both * 2 >= (x < y ? x : y);
}

bool
hints_agree(const struct hint *a, const struct hint *b)
{
	int x = 0, y = 0, both;

	if ((both = count_shared(a->title, b->title, &x, &y)) == 0)
		return false;
	return both * 5 >= 2 * (x < y ? x : y) && (names_agree(a, b) ||
	    both * 4 >= 3 * (x > y ? x : y));
}

static void
set_bit(uint32_t *bits, uint32_t word)
{
	uint32_t h = word * 0x9e3779b1u;

	bits[h >> 30] |= 1u << (h >> 25 & 31);
}

struct hint *
hints_make(const struct records *r)
{
	struct hint *hints;
	const struct traits *t;
	const uint32_t *w;
	size_t i;
	int k;

	if ((hints = aligned_alloc(sizeof(*hints),
	    (r->n + 1) * sizeof(*hints))) == NULL)
		err(EX_OSERR, NULL);
	memset(hints, 0, r->n * sizeof(*hints));
	for (i = 0; i < r->n; i++) {
		t = &r->v[i];
		w = title_words(r, t);
		for (k = 0; k < t->nwords; k++)
			if ((word_kind(WORD_OF(w[k])) & WORD_STOP) == 0)
				set_bit(hints[i].title, WORD_OF(w[k]));
		/* a title of such words alone */
		for (k = 0; k < t->nwords && is_empty(hints[i].title); k++)
			set_bit(hints[i].title, WORD_OF(w[k]));
		w = name_words(r, t);
		for (k = 0; k < t->nnames; k++)
			set_bit(hints[i].names, WORD_OF(w[k]));
	}
	return hints;
}

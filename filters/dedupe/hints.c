/* hints - whether two records may have anything in common */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/hints.h"
#include "dedupe/traits.h"
#include "dedupe/words.h"

static int
count_bits(uint64_t a, uint64_t b)
{
	a -= a >> 1 & 0x5555555555555555ULL;
	b -= b >> 1 & 0x5555555555555555ULL;
	a = (a & 0x3333333333333333ULL) + (a >> 2 & 0x3333333333333333ULL);
	b = (b & 0x3333333333333333ULL) + (b >> 2 & 0x3333333333333333ULL);
	a = (a + (a >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	b = (b + (b >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (int)((a + b) * 0x0101010101010101ULL >> 56);
}

/* How many bits both have. */
static int
count_shared(const uint64_t *a, const uint64_t *b)
{
	uint64_t x = a[0] & b[0], y = a[1] & b[1];

	return (x | y) == 0 ? 0 : count_bits(x, y);
}

static bool
is_empty(const uint64_t *v)
{
	return (v[0] | v[1]) == 0;
}

static bool
names_agree(const struct hint *a, const struct hint *b)
{
	int x, y, both;

	if (is_empty(a->names) || is_empty(b->names))
		return true;
	if ((both = count_shared(a->names, b->names)) == 0)
		return false;
	x = count_bits(a->names[0], a->names[1]);
	y = count_bits(b->names[0], b->names[1]);
	return both * 2 >= (x < y ? x : y);
}

int
hints_count(const struct hint *h)
{
	return count_bits(h->title[0], h->title[1]);
}

bool
hints_agree(const struct hint *a, int x, const struct hint *b, int y)
{
	int both = count_shared(a->title, b->title);

	return both > 0 && both * 5 >= 2 * (x < y ? x : y) &&
	    (both * 4 >= 3 * (x > y ? x : y) || names_agree(a, b));
}

static void
set_bit(uint64_t *bits, uint32_t word)
{
	uint32_t h = word * 0x9e3779b1u;

	bits[h >> 31] |= 1ULL << (h >> 25 & 63);
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

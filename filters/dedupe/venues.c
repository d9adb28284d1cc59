/* venues - the venues of all records, and how alike two are */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/venues.h"
#include "dedupe/words.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/text.h"

#define MAX_WORDS	24
#define RARE	2.5f		/* weight of a word that names one venue */

/* Words of a name in the pool, in their order. */
struct words {
	uint32_t	 at;
	float		 weight;
	uint8_t		 n;
};

struct venue {
	struct words	 as[2];		/* "ICML", "International ..." or none */
	uint32_t	 records;
};

static struct intern	 names;		/* folded */
static struct venue	*venues;	/* by number - 1 */
static size_t		 cap;
static uint32_t		*pool;
static size_t		 npool, pool_cap;

/* Results of comparing, kept where their pair falls. */
#define CACHE	65536
static struct {
	uint32_t	 a, b;
	int		 level;
} cache[CACHE];

/* What says nothing of which venue it is: years, ordinals, articles. */
static bool
is_telling(const char *s, size_t n, uint32_t word)
{
	return n > 0 && word_number(word) == 0 &&
	    (word_kind(word) & WORD_STOP) == 0 && strncmp(s, "proc", 4) != 0;
}

static struct words
add_words(const char *s, size_t n)
{
	struct words v = { .at = (uint32_t)npool };
	const char *q, *end = s + n;
	uint32_t w;

	for (; s < end && v.n < MAX_WORDS; s = q + 1) {
		if ((q = memchr(s, ' ', (size_t)(end - s))) == NULL)
			q = end;
		w = word_add(s, (size_t)(q - s), word_hash(s, (size_t)(q - s)));
		if (!is_telling(s, (size_t)(q - s), w))
			continue;
		grow(&pool, &pool_cap, npool + 1, sizeof(*pool));
		pool[npool++] = w;
		v.n++;
	}
	return v;
}

uint32_t
venue_add(const char *venue, const char *name)
{
	static struct buf b;
	struct venue *v;
	size_t had = names.n, n;
	uint32_t i;

	buf_reset(&b);
	text_fold(&b, venue, strlen(venue), ' ');
	n = b.len;
	if (n == 0)
		return 0;
	buf_addc(&b, '\t');
	if (name != NULL)
		text_fold(&b, name, strlen(name), ' ');
	i = intern(&names, b.p, b.len);
	if (i < had) {
		venues[i].records++;
		return i + 1;
	}
	grow(&venues, &cap, (size_t)i + 1, sizeof(*venues));
	v = &venues[i];
	v->records = 1;
	v->as[0] = add_words(b.p, n);
	v->as[1] = add_words(b.p + n + 1, b.len - n - 1);
	return i + 1;
}

/* "Proceedings" names no venue. */
bool
venue_tells(uint32_t venue)
{
	return venue != 0 && venues[venue - 1].as[0].n +
	    venues[venue - 1].as[1].n > 0;
}

uint32_t
venues_total(void)
{
	return (uint32_t)names.n;
}

static float
weigh(const struct words *v)
{
	float sum = 0;
	uint8_t i;

	for (i = 0; i < v->n; i++)
		sum += word_weight(pool[v->at + i], IN_VENUES);
	return sum;
}

void
venues_count(void)
{
	size_t i, k, n;

	for (i = 0; i < names.n; i++)
		for (n = 0; n < 2; n++)
			for (k = 0; k < venues[i].as[n].n; k++)
				word_count(pool[venues[i].as[n].at + k],
				    IN_VENUES);
}

void
venues_weigh(const uint32_t *to)
{
	size_t i, n;

	for (i = 0; i < npool; i++)
		pool[i] = to[pool[i]];
	words_weigh(IN_VENUES, names.n);
	for (i = 0; i < names.n; i++)
		for (n = 0; n < 2; n++)
			venues[i].as[n].weight = weigh(&venues[i].as[n]);
}

static bool
has_word(const struct words *v, uint32_t word)
{
	uint8_t i;

	for (i = 0; i < v->n; i++)
		if (pool[v->at + i] == word)
			return true;
	return false;
}

bool
venue_has(uint32_t venue, uint32_t word)
{
	return venue != 0 && (has_word(&venues[venue - 1].as[0], word) ||
	    has_word(&venues[venue - 1].as[1], word));
}

/* "appl" of "applied", "natl" of "national": letters of it in their order. */
static bool
abbreviates(const char *s, const char *whole)
{
	if (*s != *whole)
		return false;
	for (; *s != '\0' && *whole != '\0'; whole++)
		if (*s == *whole)
			s++;
	return *s == '\0';
}

/* "vldb", or as many first letters as there are: "acl" in "annual ..." */
static bool
is_acronym(const char *s, const struct words *v)
{
	size_t i, n = strlen(s);

	if (n < 2 || v->n < n)
		return false;
	for (i = 0; i < v->n && *s != '\0'; i++)
		if (*word_text(pool[v->at + i]) == *s)
			s++;
	return *s == '\0';
}

/* Whether each word of the shorter one abbreviates one of the other, in order. */
static bool
is_short(const struct words *a, const struct words *b)
{
	uint32_t only = pool[a->at];
	uint8_t i, k = 0;

	if (a->n == 0 || a->n > b->n)
		return false;
	if (a->n == 1 && (is_acronym(word_text(only), b) ||
	    (word_weight(only, IN_VENUES) > RARE && has_word(b, only))))
		return true;
	for (i = 0; i < a->n; i++, k++) {
		while (k < b->n && !abbreviates(word_text(pool[a->at + i]),
		    word_text(pool[b->at + k])))
			k++;
		if (k == b->n)
			return false;
	}
	/* most of the longer one is there */
	return a->n * 2 > b->n;
}

static int
compare_words(const struct words *a, const struct words *b)
{
	float shared = 0, wa = a->weight, wb = b->weight;
	bool same = a->n == b->n;
	uint8_t i;

	for (i = 0; i < a->n; i++) {
		if (has_word(b, pool[a->at + i]))
			shared += word_weight(pool[a->at + i], IN_VENUES);
		same = same && pool[a->at + i] == pool[b->at + i];
	}
	if (same && a->n > 0)
		return VENUE_EQUAL;
	if (is_short(a, b) || is_short(b, a))
		return VENUE_SHORT;
	return shared > 0 && shared >= .5f * (wa < wb ? wa : wb) ? VENUE_PART :
	    VENUE_OTHER;
}

/*
 * The best of what they are called.  Their numbers come in the order of the input,
 * which must not matter where words are repeated.
 */
static int
compare(uint32_t x, uint32_t y)
{
	bool first = strcmp(names.v[x - 1], names.v[y - 1]) < 0;
	const struct venue *a = &venues[(first ? x : y) - 1];
	const struct venue *b = &venues[(first ? y : x) - 1];
	int best = VENUE_OTHER, level, i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < 2; k++) {
			if (a->as[i].n == 0 || b->as[k].n == 0)
				continue;
			level = compare_words(&a->as[i], &b->as[k]);
			if (level < best)
				best = level;
		}
	/* both have a short name that is certain: another is another */
	if (best > VENUE_EQUAL && a->as[1].n > 0 && b->as[1].n > 0)
		return VENUE_OTHER;
	return best;
}

int
venue_compare(uint32_t a, uint32_t b)
{
	uint32_t t = a, slot;

	if (a == b)
		return VENUE_EQUAL;
	if (a > b) {
		a = b;
		b = t;
	}
	slot = (a * 2654435761u ^ b * 2246822519u) % CACHE;
	if (cache[slot].a != a || cache[slot].b != b) {
		cache[slot].a = a;
		cache[slot].b = b;
		cache[slot].level = compare(a, b);
	}
	return cache[slot].level;
}

bool
venue_is_odd(uint32_t venue)
{
	return venues[venue - 1].records <= 2 && venues[venue - 1].as[1].n == 0;
}

/* topics - what papers and venues are about, as directions */
#define XXH_INLINE_ALL
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "cluster/cluster.h"
#include "cluster/rarity.h"
#include "cluster/topics.h"
#include "lib/buf.h"

#define SEED	8		/* dimensions that a word or venue sets */
#define FINE	16		/* weights are counted in parts of a nat */

struct topics {
	const struct names	*names;
	const struct rarity	*rarity;
	struct topic		*words, *venues;
};

/* Sums of whole numbers: the same in any order. */
struct sum {
	int64_t	 v[TOPIC_DIMS];
};

static void
add_seed(struct sum *s, uint64_t seed, int64_t weight)
{
	int i;

	for (i = 0; i < SEED; i++, seed >>= 7)
		s->v[seed % TOPIC_DIMS] += (seed & 64) != 0 ? weight : -weight;
}

static uint64_t *
seeds(const struct intern *s)
{
	uint64_t *v = xreallocarray(NULL, s->n + 1, sizeof(*v));
	size_t i;

	for (i = 0; i < s->n; i++)
		v[i] = XXH3_64bits(s->v[i], strlen(s->v[i]));
	return v;
}

static int64_t
parts(double weight)
{
	return (int64_t)(weight * FINE + .5);
}

/* Sums of what words and venues stand beside. */
static void
gather(const struct names *n, const struct rarity *r, struct sum *words,
    struct sum *venues)
{
	uint64_t *word = seeds(&n->words), *venue = seeds(&n->venues);
	const struct paper *p;
	struct sum title, all, *s;
	const uint32_t *w;
	size_t i;
	uint32_t k, d;

	for (i = 0; i < n->npapers; i++) {
		p = &n->papers[i];
		if (p->count == 0 || p->dropped)
			continue;
		memset(&title, 0, sizeof(title));
		w = n->words_of + p->first_word;
		for (k = 0; k < p->nwords; k++)
			add_seed(&title, word[w[k]], parts(r->word[w[k]]));
		all = title;
		if (p->venue != 0) {
			add_seed(&all, venue[p->venue - 1],
			    parts(r->venue[p->venue - 1]));
			s = &venues[p->venue - 1];
			for (d = 0; d < TOPIC_DIMS; d++)
				s->v[d] += title.v[d];
		}
		for (k = 0; k < p->nwords; k++) {
			s = &words[w[k]];
			for (d = 0; d < TOPIC_DIMS; d++)
				s->v[d] += all.v[d];
			add_seed(s, word[w[k]], -parts(r->word[w[k]]));
		}
	}
	free(word);
	free(venue);
}

/* To the unit of length; what is too short is zero. */
static void
set(struct topic *t, const float *v)
{
	float sum[8] = { 0 }, scale;
	int d, k;

	for (d = 0; d < TOPIC_DIMS; d += 8)
		for (k = 0; k < 8; k++)
			sum[k] += v[d + k] * v[d + k];
	for (k = 1; k < 8; k++)
		sum[0] += sum[k];
	scale = sum[0] > 0 ? TOPIC_UNIT / sqrtf(sum[0]) : 0;
	for (d = 0; d < TOPIC_DIMS; d++)
		t->v[d] = (int16_t)(v[d] * scale);
}

/* Sums to directions, less the mean of all; papers: how many each stands on. */
static struct topic *
directions(const struct sum *s, size_t n, const uint32_t *papers)
{
	struct topic *t = xcalloc(n + 1, sizeof(*t));
	double mean[TOPIC_DIMS] = { 0 }, total = 0;
	float v[TOPIC_DIMS];
	size_t i;
	int d;

	for (i = 0; i < n; i++) {
		for (d = 0; d < TOPIC_DIMS; d++)
			v[d] = (float)s[i].v[d];
		set(&t[i], v);
		for (d = 0; d < TOPIC_DIMS; d++)
			mean[d] += (double)papers[i] * t[i].v[d];
		total += papers[i];
	}
	for (i = 0; i < n; i++) {
		if (topic_is_zero(&t[i]))
			continue;
		for (d = 0; d < TOPIC_DIMS; d++)
			v[d] = (float)(t[i].v[d] - mean[d] / total);
		set(&t[i], v);
	}
	return t;
}

struct topics *
topics_new(const struct names *n, const struct rarity *r)
{
	struct topics *t = xcalloc(1, sizeof(*t));
	struct sum *words = xcalloc(n->words.n + 1, sizeof(*words));
	struct sum *venues = xcalloc(n->venues.n + 1, sizeof(*venues));

	t->names = n;
	t->rarity = r;
	gather(n, r, words, venues);
	t->words = directions(words, n->words.n, r->word_papers);
	free(words);
	t->venues = directions(venues, n->venues.n, r->venue_papers);
	free(venues);
	return t;
}

void
topics_free(struct topics *t)
{
	free(t->words);
	free(t->venues);
	free(t);
}

void
topics_of_paper(const struct topics *t, const struct paper *p,
    struct topic *topic)
{
	const uint32_t *w = t->names->words_of + p->first_word;
	int32_t sum[TOPIC_DIMS] = { 0 };
	const struct topic *word;
	float v[TOPIC_DIMS];
	int16_t weight;
	uint32_t k;
	int d;

	for (k = 0; k < p->nwords; k++) {
		weight = (int16_t)parts((double)t->rarity->word[w[k]]);
		word = &t->words[w[k]];
		for (d = 0; d < TOPIC_DIMS; d++)
			sum[d] += weight * word->v[d];
	}
	for (d = 0; d < TOPIC_DIMS; d++)
		v[d] = (float)sum[d];
	set(topic, v);
}

const struct topic *
topics_of_venue(const struct topics *t, uint32_t venue)
{
	return &t->venues[venue];
}

double
topic_cosine(const struct topic *a, const struct topic *b)
{
	int32_t sum = 0;
	int d;

	for (d = 0; d < TOPIC_DIMS; d++)
		sum += a->v[d] * b->v[d];
	return (double)sum / ((double)TOPIC_UNIT * TOPIC_UNIT);
}

bool
topic_is_zero(const struct topic *t)
{
	static const struct topic zero;

	return memcmp(t, &zero, sizeof(zero)) == 0;
}

/* parts_join - parts of a name joined by the odds that they are one person's */
#include <math.h>
#include <stdbool.h>

#include "cluster/certain.h"
#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/parts.h"
#include "lib/buf.h"

#define SAMPLE		16	/* mentions of a part that are compared */
#define PAIRS		50.	/* pairs of a name that outweigh the corpus */

/* The scores of two parts; see odds_of. */
#define ALONE		.8	/* against: no coauthor in common */
#define LARGER		.3	/* for: a larger part draws more */
#define WEIGHT_VENUE	.4
#define WEIGHT_WORD	.25
#define BY_CHANCE	.55	/* how the larger part counts for chance */
#define PAUSE		15	/* years without a paper that anybody may have */
#define A_YEAR		.1	/* against: each year more */
#define TWICE		.5	/* of what pairs say: they are about the same */

static size_t
cell(uint32_t a, uint32_t b)
{
	return a > b ? (size_t)a * (a - 1) / 2 + b : (size_t)b * (b - 1) / 2 + a;
}

/* What the pairs of two parts say, on the average. */
static double
mean_of(const struct parts *p, const struct part *a, const struct part *b)
{
	const struct paper *papers = p->e->names->papers;
	uint32_t i, k, ni, nk, pairs = 0;
	double sum = 0;

	for (i = a->first, ni = 0; i != UINT32_MAX && ni < SAMPLE;
	    i = p->next[i], ni++)
		for (k = b->first, nk = 0; k != UINT32_MAX && nk < SAMPLE;
		    k = p->next[k], nk++, pairs++)
			sum += evidence_of_pair(p->e, &papers[p->m[i].paper],
			    &p->topic[i], &papers[p->m[k].paper], &p->topic[k]);
	return sum / pairs;
}

#define LOW	10		/* nats below 0 that are told apart, in tenths */
#define TENTHS	400

/*
 * The share of the pairs of papers of this name that are one person's: the
 * proportion in a mixture of such pairs and others, by expectation-maximization
 * from the share in the corpus.
 */
static double
share_of_pairs(const struct parts *p, const uint32_t *pairs)
{
	double same = p->e->same, sum, odds, n = 0;
	uint32_t i, low = TENTHS, high = 0, round;
	static double ratio[TENTHS];

	for (i = 0; i < TENTHS; i++) {
		if (ratio[i] == 0)
			ratio[i] = exp((i + .5) / 10 - LOW);
		if (pairs[i] == 0)
			continue;
		if (low == TENTHS)
			low = i;
		high = i;
		n += pairs[i];
	}
	for (round = 0; round < 20; round++) {
		sum = PAIRS * p->e->same;
		for (i = low; i <= high && low < TENTHS; i++) {
			odds = same / (1 - same) * ratio[i];
			sum += pairs[i] * odds / (1 + odds);
		}
		same = sum / (n + PAIRS);
	}
	return same;
}

static void
compare_pairs(struct parts *p)
{
	uint32_t pairs[TENTHS] = { 0 }, i, k, size;
	const struct part *a, *b;
	double mean, tenth;

	for (i = 0; i < p->nlive; i++)
		for (k = 0; k < i; k++) {
			a = &p->v[p->live[i]];
			b = &p->v[p->live[k]];
			mean = mean_of(p, a, b);
			size = a->size * b->size;
			p->sum[cell(i, k)] = (float)(mean * size);
			tenth = (mean + LOW) * 10;
			pairs[tenth < 0 ? 0 : tenth >= TENTHS ? TENTHS - 1 :
			    (int)tenth] += size;
		}
	p->prior = evidence_prior(p->e, p->m[0].author,
	    share_of_pairs(p, pairs));
}

static void
mark(struct parts *p, const struct part *part, uint8_t value)
{
	uint32_t i;
	int t;

	for (t = 0; t < TRAITS; t++)
		for (i = 0; i < part->trait[t].n; i++)
			p->marks[t][part->trait[t].v[i]] = value;
}

/* What a trait that both have weighs, less what chance would have in common. */
static double
in_common(const struct parts *p, const struct part *b, enum trait t,
    const float *rarity, double chance)
{
	const struct list *l = &b->trait[t];
	double sum = 0;
	uint32_t i;

	for (i = 0; i < l->n; i++)
		if (p->marks[t][l->v[i]] != 0 &&
		    (double)rarity[l->v[i]] > chance)
			sum += (double)rarity[l->v[i]] - chance;
	return sum;
}

/* Years without a paper between two parts, beyond what a career has. */
static double
years_apart(const struct part *a, const struct part *b)
{
	int32_t gap = a->from > b->to ? a->from - b->to : b->from - a->to;

	return a->from == 0 || b->from == 0 || gap <= PAUSE ? 0 : gap - PAUSE;
}

/* The odds that live parts i, whose traits are marked, and k are one person's. */
static double
odds_of(const struct parts *p, uint32_t i, uint32_t k)
{
	const struct part *a = &p->v[p->live[i]], *b = &p->v[p->live[k]];
	const struct rarity *r = &p->e->rarity;
	double small = a->size < b->size ? a->size : b->size;
	double large = a->size < b->size ? b->size : a->size;
	double mean = (double)p->sum[cell(i, k)] / (small * large);
	double odds = p->prior + mean * sqrt(small) +
	    LARGER * log(large / small);
	double people, chance = log(small);

	odds -= A_YEAR * years_apart(a, b);
	people = in_common(p, b, COAUTHORS, p->e->coauthor, chance);
	odds += people;
	if (people == 0 && a->trait[COAUTHORS].n > 0 &&
	    b->trait[COAUTHORS].n > 0)
		odds -= ALONE;
	chance += BY_CHANCE * log(large) + (mean > 0 ? TWICE * mean : 0);
	odds += WEIGHT_VENUE * in_common(p, b, VENUES, r->venue, chance);
	odds += WEIGHT_VENUE * in_common(p, b, AFFILIATIONS, r->claim, chance);
	odds += WEIGHT_WORD * in_common(p, b, WORDS, r->word, chance);
	return odds;
}

static void
find_best(struct parts *p, uint32_t i)
{
	uint32_t k;

	p->best[i] = i;
	for (k = 0; k < p->nlive; k++)
		if (k != i && p->v[p->live[k]].size > 0 && (p->best[i] == i ||
		    p->score[cell(i, k)] > p->score[cell(i, p->best[i])]))
			p->best[i] = k;
}

static float
best_score(const struct parts *p, uint32_t i)
{
	return p->best[i] == i ? -INFINITY : p->score[cell(i, p->best[i])];
}

static void
score_all(struct parts *p)
{
	uint32_t i, k;

	for (i = 0; i < p->nlive; i++) {
		mark(p, &p->v[p->live[i]], 1);
		for (k = 0; k < i; k++)
			p->score[cell(i, k)] = certain_two(p, p->live[i],
			    p->live[k]) ? -INFINITY : (float)odds_of(p, i, k);
		mark(p, &p->v[p->live[i]], 0);
	}
	for (i = 0; i < p->nlive; i++)
		find_best(p, i);
}

/* Live part b goes to live part a. */
static void
take(struct parts *p, uint32_t a, uint32_t b)
{
	uint32_t i;
	float *to, *from;

	parts_merge(p, p->live[a], p->live[b],
	    (double)p->score[cell(a, b)]);
	mark(p, &p->v[p->live[a]], 1);
	for (i = 0; i < p->nlive; i++) {
		if (i == a || p->v[p->live[i]].size == 0)
			continue;
		p->sum[cell(a, i)] += p->sum[cell(b, i)];
		to = &p->score[cell(a, i)];
		from = &p->score[cell(b, i)];
		*to = *to == -INFINITY || *from == -INFINITY ? -INFINITY :
		    (float)odds_of(p, a, i);
	}
	mark(p, &p->v[p->live[a]], 0);
	find_best(p, a);
	for (i = 0; i < p->nlive; i++) {
		if (i == a || p->v[p->live[i]].size == 0)
			continue;
		if (p->best[i] == a || p->best[i] == b)
			find_best(p, i);
		else if (p->score[cell(a, i)] > best_score(p, i))
			p->best[i] = a;
	}
}

/* Parts that were left out of the matrix, each to the likeliest one. */
static void
join_late(struct parts *p)
{
	uint32_t at = p->nlive, i, k;
	const struct part *late;

	for (i = at; i < p->nparts; i++) {
		p->live[at] = p->live[i];
		late = &p->v[p->live[at]];
		mark(p, late, 1);
		for (k = 0; k < at; k++) {
			const struct part *part = &p->v[p->live[k]];

			if (part->size == 0)
				continue;
			p->sum[cell(at, k)] = (float)(mean_of(p, late, part) *
			    late->size * part->size);
			p->score[cell(at, k)] = certain_two(p, p->live[at],
			    p->live[k]) ? -INFINITY : (float)odds_of(p, at, k);
		}
		mark(p, late, 0);
		find_best(p, at);
		if (best_score(p, at) > 0)
			take(p, p->best[at], at);
	}
}

/* Cells for each two live parts, and for a late one with each. */
static void
reserve(struct parts *p)
{
	size_t cells = ((size_t)p->nlive + 1) * p->nlive / 2;
	size_t cap = p->matrixcap;

	grow(&p->sum, &p->matrixcap, cells, sizeof(*p->sum));
	if (p->matrixcap != cap)
		p->score = xreallocarray(p->score, p->matrixcap,
		    sizeof(*p->score));
}

void
parts_join(struct parts *p)
{
	uint32_t i, a, b;

	if (p->nlive < 2)
		return;
	reserve(p);
	compare_pairs(p);
	score_all(p);
	for (;;) {
		a = UINT32_MAX;
		for (i = 0; i < p->nlive; i++)
			if (p->v[p->live[i]].size > 0 && (a == UINT32_MAX ||
			    best_score(p, i) > best_score(p, a)))
				a = i;
		if (best_score(p, a) <= 0)
			break;
		b = p->best[a];
		take(p, a < b ? a : b, a < b ? b : a);
	}
	join_late(p);
}

/* parts - mentions of a name put together by what they have in common */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/certain.h"
#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/parts.h"
#include "cluster/persons.h"
#include "lib/buf.h"

#define LIVE		3000	/* parts that are compared, each with each */
#define LINK		6.f	/* a coauthor that joins, where there are more */
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

uint32_t
parts_of(struct parts *p, uint32_t i)
{
	while (p->root[i] != i)
		i = p->root[i] = p->root[p->root[i]];
	return i;
}

static size_t
cell(uint32_t a, uint32_t b)
{
	return a > b ? (size_t)a * (a - 1) / 2 + b : (size_t)b * (b - 1) / 2 + a;
}

static int
compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static struct list
list_of(struct parts *p, const uint32_t *v, uint32_t n)
{
	struct list l = { arena_alloc(&p->arena, (n + 1) * sizeof(*v)), 0 };
	uint32_t i;

	if (n > 0)
		memcpy(l.v, v, n * sizeof(*v));
	sort_array(l.v, n, sizeof(*l.v), compare_numbers);
	for (i = 0; i < n; i++)
		if (l.n == 0 || l.v[l.n - 1] != l.v[i])
			l.v[l.n++] = l.v[i];
	return l;
}

static struct list
merge(struct parts *p, const struct list *a, const struct list *b)
{
	struct list l = { NULL, 0 };
	uint32_t i = 0, k = 0, x;

	if (a->n == 0 || b->n == 0)
		return a->n == 0 ? *b : *a;
	l.v = arena_alloc(&p->arena, (a->n + b->n) * sizeof(*l.v));
	while (i < a->n || k < b->n) {
		x = k == b->n || (i < a->n && a->v[i] <= b->v[k]) ? a->v[i] :
		    b->v[k];
		i += i < a->n && a->v[i] == x;
		k += k < b->n && b->v[k] == x;
		l.v[l.n++] = x;
	}
	return l;
}

/* All of part b to part a. */
static void
join(struct parts *p, uint32_t a, uint32_t b, double odds)
{
	struct part *x = &p->v[a], *y = &p->v[b];
	int t;

	p->next[x->last] = y->first;
	x->last = y->last;
	x->size += y->size;
	y->size = 0;
	p->root[b] = a;
	for (t = 0; t < TRAITS; t++)
		x->trait[t] = merge(p, &x->trait[t], &y->trait[t]);
	x->ids = merge(p, &x->ids, &y->ids);
	if (y->from != 0 && (x->from == 0 || y->from < x->from))
		x->from = y->from;
	if (y->to > x->to)
		x->to = y->to;
	if (y->weakest < x->weakest)
		x->weakest = y->weakest;
	if (odds < x->weakest)
		x->weakest = odds;
}

static void
add_mention(struct parts *p, uint32_t i)
{
	const struct names *n = p->e->names;
	const struct paper *paper = &n->papers[p->m[i].paper];
	const struct claim *c, *end = n->claims + n->nclaims;
	static struct numbers {
		uint32_t	*v;
		size_t		 n, cap;
	} ids, places, people;
	struct part *part = &p->v[i];
	uint32_t k, venue = paper->venue - 1;

	memset(part, 0, sizeof(*part));
	part->first = part->last = i;
	part->size = 1;
	part->weakest = PERSON_CERTAIN;
	part->from = part->to = paper->year;
	p->next[i] = UINT32_MAX;
	p->root[i] = i;
	people.n = ids.n = places.n = 0;
	grow(&people.v, &people.cap, paper->count, sizeof(*people.v));
	for (k = paper->first; k < paper->first + paper->count; k++)
		if (n->mentions[k].author != p->m[i].author)
			people.v[people.n++] = n->mentions[k].author;
	part->trait[COAUTHORS] = list_of(p, people.v, (uint32_t)people.n);
	if (paper->venue != 0)
		part->trait[VENUES] = list_of(p, &venue, 1);
	/* never written to */
	part->trait[WORDS] = (struct list){ n->words_of + paper->first_word,
	    paper->nwords };
	topics_of_paper(p->e->topics, paper, &p->topic[i]);
	if (p->m[i].claims == 0)
		return;
	c = n->claims + p->m[i].claims - 1;
	for (k = c->mention; c < end && c->mention == k; c++) {
		struct numbers *to = c->kind == CLAIM_AFFILIATION ? &places :
		    &ids;

		grow(&to->v, &to->cap, to->n + 1, sizeof(*to->v));
		to->v[to->n++] = c->value;
	}
	part->ids = list_of(p, ids.v, (uint32_t)ids.n);
	part->trait[AFFILIATIONS] = list_of(p, places.v, (uint32_t)places.n);
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
compare_pairs(struct parts *p, uint32_t author)
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
	p->prior = evidence_prior(p->e, author, share_of_pairs(p, pairs));
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

	join(p, p->live[a], p->live[b], (double)p->score[cell(a, b)]);
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

void
parts_join(struct parts *p)
{
	uint32_t i, a, b;

	if (p->nlive < 2)
		return;
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

static int
compare_links(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	if (x[0] != y[0])
		return x[0] < y[0] ? -1 : 1;
	return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Join parts that have a rare coauthor in common, for there are very many. */
static void
join_linked(struct parts *p)
{
	uint32_t (*link)[2] = NULL, i, k, a, b;
	const struct list *l;
	size_t n = 0, cap = 0, x;

	for (i = 0; i < p->nparts; i++) {
		l = &p->v[p->live[i]].trait[COAUTHORS];
		for (k = 0; k < l->n; k++) {
			if (p->e->coauthor[l->v[k]] < LINK)
				continue;
			grow(&link, &cap, n + 1, sizeof(*link));
			link[n][0] = l->v[k];
			link[n++][1] = p->live[i];
		}
	}
	sort_array(link, n, sizeof(*link), compare_links);
	for (x = 1; x < n; x++) {
		if (link[x][0] != link[x - 1][0])
			continue;
		a = parts_of(p, link[x - 1][1]);
		b = parts_of(p, link[x][1]);
		if (a != b && !certain_two(p, a, b))
			join(p, a < b ? a : b, a < b ? b : a,
			    (double)p->e->coauthor[link[x][0]]);
	}
	free(link);
}

static struct part	*sized;

static int
compare_sizes(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (sized[x].size != sized[y].size)
		return sized[x].size > sized[y].size ? -1 : 1;
	return (x > y) - (x < y);
}

static void
gather_live(struct parts *p)
{
	uint32_t i;

	p->nparts = 0;
	for (i = 0; i < p->n; i++)
		if (p->v[i].size > 0)
			p->live[p->nparts++] = i;
}

static void
reserve(struct parts *p)
{
	const struct names *n = p->e->names;
	size_t cap = p->cap, old = cap;

	if (p->marks[VENUES] == NULL) {
		p->marks[COAUTHORS] = p->e->marks;
		p->marks[VENUES] = xcalloc(n->venues.n + 1, 1);
		p->marks[WORDS] = xcalloc(n->words.n + 1, 1);
		p->marks[AFFILIATIONS] = xcalloc(n->claim_values.n + 1, 1);
	}
	grow(&p->v, &cap, p->n, sizeof(*p->v));
	if (cap != old) {
		p->next = xreallocarray(p->next, cap, sizeof(*p->next));
		p->root = xreallocarray(p->root, cap, sizeof(*p->root));
		p->live = xreallocarray(p->live, cap, sizeof(*p->live));
		p->best = xreallocarray(p->best, cap, sizeof(*p->best));
		p->topic = xreallocarray(p->topic, cap, sizeof(*p->topic));
		p->cap = cap;
	}
}

void
parts_begin(struct parts *p, struct evidence *e, uint32_t author,
    const struct bond *bonds, size_t nbonds)
{
	uint32_t i;
	size_t cells, cap = p->matrixcap;

	p->e = e;
	p->m = e->names->by_author + e->names->first[author];
	p->n = e->names->first[author + 1] - e->names->first[author];
	p->bonds = bonds;
	p->nbonds = nbonds;
	reserve(p);
	arena_reset(&p->arena);
	for (i = 0; i < p->n; i++)
		add_mention(p, i);
	certain_join(p, join);
	gather_live(p);
	if (p->nparts > LIVE) {
		join_linked(p);
		gather_live(p);
	}
	p->nlive = p->nparts;
	if (p->nparts > LIVE) {
		sized = p->v;
		sort_array(p->live, p->nparts, sizeof(*p->live), compare_sizes);
		p->nlive = LIVE;
	}
	cells = ((size_t)p->nlive + 1) * p->nlive / 2;
	grow(&p->sum, &p->matrixcap, cells, sizeof(*p->sum));
	if (p->matrixcap != cap)
		p->score = xreallocarray(p->score, p->matrixcap,
		    sizeof(*p->score));
	compare_pairs(p, author);
}

void
parts_free(struct parts *p)
{
	free(p->v);
	free(p->next);
	free(p->root);
	free(p->live);
	free(p->topic);
	free(p->sum);
	free(p->score);
	free(p->best);
	free(p->marks[VENUES]);
	free(p->marks[WORDS]);
	free(p->marks[AFFILIATIONS]);
	arena_free(&p->arena);
}

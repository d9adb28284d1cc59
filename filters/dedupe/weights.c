/* weights - how much each piece of evidence counts, learnt from the records */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
#include "dedupe/hints.h"
#include "dedupe/origins.h"
#include "dedupe/rarity.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "dedupe/weights.h"
#include "lib/buf.h"

#define BELIEF		25	/* pairs that what is set here counts as */
#define SAMPLE		50000	/* records learnt from */
#define MAX_SEEDS	200000
#define LEAST_SAME	(-4)	/* weight of two records of one source */

/*
 * What is known before any record is seen: how often copies have each level,
 * what it weighs against records that have nothing to do with each other, and
 * how often two publications of one work have it (none: it tells nothing of
 * that).
 */
static const struct {
	int	 levels;
	float	 copies[MAX_LEVELS];
	float	 weight[MAX_LEVELS];
	float	 siblings[MAX_LEVELS];
} known[NFIELDS] = {
	[YEAR] = { 4, { .91f, .07f, .017f, .003f }, { 1, -.7f, -2, -3 },
	    { .4f, .33f, .2f, .07f } },
	[VOLUME] = { 2, { .93f, .07f }, { 1.5f, -2.5f }, { .05f, .95f } },
	[NUMBER] = { 2, { .93f, .07f }, { .5f, -1 }, { .15f, .85f } },
	[PAGES] = { 4, { .8f, .08f, .04f, .08f }, { 4, 2.5f, 1, -3 },
	    { .01f, .015f, .015f, .96f } },
	[IDENTIFIER] = { 2, { .95f, .05f }, { 5, -4 }, { .01f, .99f } },
	[VENUE] = { 4, { .57f, .22f, .11f, .1f }, { 1, .7f, 0, -1 },
	    { .35f, .1f, .15f, .4f } },
	[ABSTRACT] = { 3, { .8f, .17f, .03f }, { 3, 0, -4 },
	    { .6f, .25f, .15f } },
};

#define LEAST_PRICE	.25f

static float
clamp(float v, float least, float most)
{
	return v < least ? least : v > most ? most : v;
}

struct seed {
	uint32_t	 a, b;
	int8_t		 level[NFIELDS];
	bool		 one_source, one_list;
	int8_t		 agreeing;
	bool		 best, bare;
};

/* Of a record: the partner whose title is nearest. */
struct noise {
	uint32_t	 partner;	/* + 1, or 0 */
	float		 left;
};

struct lessons {
	struct weights		*w;
	const struct records	*r;
	float			 titles;
	uint64_t		 sample;	/* one in so many titles is learnt from */
	struct seed		*seeds;
	size_t			 n, cap;
	struct noise		*noise;	/* by record */
	float			 other[NFIELDS][MAX_LEVELS];	/* pairs */
};

static int
count_agreeing(const int8_t *level)
{
	int f, n = 0;

	for (f = YEAR; f < NFIELDS; f++)
		n += level[f] == 0;
	return n;
}

/*
 * How noisy the titles of two sources are: from records with the same authors,
 * rare enough, no contradiction, and titles that share more than chance does.
 * Of each record only the best partner counts, for the same people write
 * other papers as well.
 */
static void
learn_price(struct lessons *l, uint32_t a, uint32_t b, const struct evidence *e)
{
	struct noise *n;
	int f;

	if (e->names > NAMES_SUB || e->names_matched < l->titles ||
	    e->matched < l->titles || e->part >= PART_OTHER ||
	    evidence_likeness(e) < .6f)
		return;
	for (f = 0; f < NFIELDS; f++)
		if (e->level[f] != UNKNOWN && e->level[f] == known[f].levels - 1)
			return;
	/* what one list names twice may well be two papers */
	if (e->one_list && e->level[PAGES] != 0 && e->level[IDENTIFIER] != 0)
		return;
	n = &l->noise[b];
	if (n->partner == 0 || evidence_left(e) < n->left) {
		n->partner = a + 1;
		n->left = evidence_left(e);
	}
}

/* What titles lack, of records of two sources, or of one list. */
struct sample {
	uint64_t	 sources;
	float		 left;
};

static int
compare_samples(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	if (x->sources != y->sources)
		return x->sources < y->sources ? -1 : 1;
	return (x->left > y->left) - (x->left < y->left);
}

static struct sample *
take_samples(const struct lessons *l, size_t *n)
{
	struct sample *v = xreallocarray(NULL, l->r->n + l->r->nmerged + 1,
	    sizeof(*v));
	const struct origin *p, *q;
	size_t i;

	/* what was merged before lacks nothing any more */
	for (*n = 0; *n < l->r->nmerged; ++*n)
		v[*n] = (struct sample){ l->r->merged[*n], 0 };
	for (i = 0; i < l->r->n; i++) {
		if (l->noise[i].partner == 0)
			continue;
		p = origin_of(l->r, &l->r->v[l->noise[i].partner - 1]);
		q = origin_of(l->r, &l->r->v[i]);
		v[*n].left = l->noise[i].left;
		v[(*n)++].sources = sources_pair(p->source, q->source,
		    p->source == q->source && p->list == q->list);
	}
	sort_array(v, *n, sizeof(*v), compare_samples);
	return v;
}

static void
set_prices(struct lessons *l)
{
	struct weights *w = l->w;
	struct sample *v;
	size_t n, i, k;
	float left, nat;

	v = take_samples(l, &n);
	w->prices = xreallocarray(NULL, n + 1, sizeof(*w->prices));
	for (i = 0; i < w->nsources; i++)
		w->price_in_list[i] = MOST_PRICE;
	for (i = 0; i < n; i = k) {
		left = 0;
		for (k = i; k < n && v[k].sources == v[i].sources; k++)
			left += v[k].left;
		nat = clamp(((float)(k - i) + BELIEF) /
		    (left + BELIEF / MOST_PRICE), LEAST_PRICE, MOST_PRICE);
		if ((v[i].sources & IN_LIST) != 0)
			w->price_in_list[v[i].sources & ~IN_LIST] = nat;
		else
			w->prices[w->nprices++] = (struct price){
			    v[i].sources, nat };
	}
	free(v);
}

static void
learn_pair(void *arg, uint32_t a, uint32_t b, enum pair how)
{
	struct lessons *l = arg;
	struct evidence e;
	struct seed *s;
	float like;
	int f;

	if (l->n == MAX_SEEDS)
		return;
	if (how != PAIR_ALIKE) {
		evidence_fields(&e, l->r, &l->r->v[a], &l->r->v[b]);
		for (f = 0; f < NFIELDS; f++)
			if (e.level[f] != UNKNOWN)
				l->other[f][e.level[f]]++;
		return;
	}
	evidence_make(&e, l->r, &l->r->v[a], &l->r->v[b]);
	like = evidence_likeness(&e);
	learn_price(l, a, b, &e);
	if (like < .97f || e.matched < l->titles + 2 || e.generic > .7f ||
	    e.part >= PART_OTHER ||
	    (e.names != NAMES_FULL && e.names != NAMES_SUB))
		return;
	grow(&l->seeds, &l->cap, l->n + 1, sizeof(*l->seeds));
	s = &l->seeds[l->n++];
	s->a = a;
	s->b = b;
	memcpy(s->level, e.level, sizeof(s->level));
	s->one_source = e.one_source;
	s->one_list = e.one_list;
	s->agreeing = (int8_t)count_agreeing(e.level);
	s->best = true;
	s->bare = evidence_is_bare(&e);
}

static int
compare_seeds(const void *a, const void *b)
{
	const struct seed *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/*
 * Of several partners in another source only the best one can be the copy: the
 * conference paper and the article of one title are in both.
 */
static void
keep_best(struct lessons *l)
{
	struct seed *s = l->seeds;
	int8_t *best = xcalloc(l->r->n, sizeof(*best));
	size_t i, k;

	sort_array(s, l->n, sizeof(*s), compare_seeds);
	for (i = k = 0; i < l->n; i++)
		if (k == 0 || compare_seeds(&s[i], &s[k - 1]) != 0)
			s[k++] = s[i];
	l->n = k;
	for (i = 0; i < l->n; i++) {
		if (s[i].one_source)
			continue;
		if (s[i].agreeing > best[s[i].a])
			best[s[i].a] = s[i].agreeing;
		if (s[i].agreeing > best[s[i].b])
			best[s[i].b] = s[i].agreeing;
	}
	for (i = 0; i < l->n; i++)
		s[i].best = s[i].one_source ||
		    (s[i].agreeing == best[s[i].a] &&
		    s[i].agreeing == best[s[i].b]);
	free(best);
}

/* Whether other fields than this one say that the two are copies. */
static bool
is_backed(const struct seed *s, int field)
{
	int f, equal = 0, told = 0;

	if (field != PAGES && s->level[PAGES] == 0)
		return true;
	if (field != IDENTIFIER && s->level[IDENTIFIER] == 0)
		return true;
	for (f = YEAR; f <= NUMBER; f++)
		equal += f != field && s->level[f] == 0;
	if (equal >= 2)
		return true;
	for (equal = 0, f = YEAR; f < NFIELDS; f++) {
		if (f == field || s->level[f] == UNKNOWN)
			continue;
		told++;
		equal += s->level[f] == 0;
	}
	return told > 0 && equal == told;
}

/*
 * Between nothing and half as much again as it was believed to be; but what
 * contradicts counts at least half, for what is learnt from may be two
 * publications of a work each.  Numbers of issues are not trusted so far.
 */
static float
within(int f, float v, float belief)
{
	return belief > 0 ? clamp(v, 0, 1.5f * belief) :
	    clamp(v, 1.5f * belief, f == NUMBER ? 0 : .5f * belief);
}

/* Of a level that so many of the copies have: not far from what is believed. */
static float
rather_than_sibling(int f, int k, float copies)
{
	float siblings = known[f].siblings[k], belief;

	belief = logf(known[f].copies[k] / siblings);
	/* an abbreviated venue is not held against them */
	return clamp(clamp(logf(copies / siblings), f != VENUE ? belief - 2 :
	    known[f].weight[k] > 0 ? 0 : belief - 1, belief + .5f), -4.5f, 4);
}

static void
set_field(struct weights *w, const struct lessons *l, int f)
{
	float copies[MAX_LEVELS] = { 0 }, n = 0, others = 0, m, u, belief;
	size_t i;
	int k;

	for (i = 0; i < l->n; i++)
		if (l->seeds[i].best && l->seeds[i].level[f] != UNKNOWN &&
		    is_backed(&l->seeds[i], f)) {
			copies[l->seeds[i].level[f]]++;
			n++;
		}
	for (k = 0; k < known[f].levels; k++)
		others += l->other[f][k];
	for (k = 0; k < known[f].levels; k++) {
		belief = known[f].weight[k];
		m = (copies[k] + BELIEF * known[f].copies[k]) / (n + BELIEF);
		u = (l->other[f][k] + BELIEF * known[f].copies[k] /
		    expf(belief)) / (others + BELIEF);
		w->unrelated[f][k] = within(f, logf(m / u), belief);
		w->sibling[f][k] = rather_than_sibling(f, k, m);
	}
}

/*
 * Copies of which nothing but the year tells have it otherwise than others:
 * proceedings are dated by the meeting and by the book.
 */
static void
set_bare_year(struct weights *w, const struct lessons *l)
{
	float copies[MAX_LEVELS] = { 0 }, n = 0, m;
	size_t i;
	int k;

	for (i = 0; i < l->n; i++)
		if (l->seeds[i].best && l->seeds[i].level[YEAR] != UNKNOWN &&
		    l->seeds[i].bare) {
			copies[l->seeds[i].level[YEAR]]++;
			n++;
		}
	for (k = 0; k < known[YEAR].levels; k++) {
		m = (copies[k] + BELIEF * known[YEAR].copies[k]) / (n + BELIEF);
		w->bare_year[k] = rather_than_sibling(YEAR, k, m);
	}
}

/*
 * How much a title that a source has twice is copies, by its share of the
 * copies that the source takes part in, and of the titles that it has twice
 * of the same authors in different places.
 */
static float
weigh_share(float copies, float all, float apart)
{
	return clamp(logf(2 * (copies + 1) / (all + apart + 2)), LEAST_SAME, 0);
}

/* The copies that were merged before, as far as records are learnt from. */
static void
count_merged(struct weights *w, const struct lessons *l, float *all)
{
	float one = 1.f / (float)l->sample;
	uint64_t v;
	size_t i;

	for (i = 0; i < l->r->nmerged; i++) {
		v = l->r->merged[i];
		if ((v & IN_LIST) != 0) {
			all[v & ~IN_LIST] += one;
			w->same_list[v & ~IN_LIST] += one;
			continue;
		}
		all[v >> 32] += one;
		if (v >> 32 == (uint32_t)v)
			w->same_source[v >> 32] += one;
		else
			all[(uint32_t)v] += one;
	}
}

static void
set_sources(struct weights *w, const struct lessons *l)
{
	size_t n = w->nsources, i;
	float *all = xcalloc(n, sizeof(*all));
	float *apart = xcalloc(2 * n, sizeof(*apart));

	w->same_list = xcalloc(n, sizeof(*w->same_list));
	w->same_source = xcalloc(n, sizeof(*w->same_source));
	for (i = 0; i < l->n; i++) {
		const struct seed *s = &l->seeds[i];
		uint32_t a = origin_of(l->r, &l->r->v[s->a])->source;
		uint32_t b = origin_of(l->r, &l->r->v[s->b])->source;

		if (!is_backed(s, NFIELDS)) {
			if (s->one_source)
				apart[2 * a + s->one_list]++;
			continue;
		}
		if (!s->best)
			continue;
		all[a]++;
		if (s->one_list)
			w->same_list[a]++;
		else if (s->one_source)
			w->same_source[a]++;
		else
			all[b]++;
	}
	count_merged(w, l, all);
	for (i = 0; i < n; i++) {
		w->same_list[i] = weigh_share(w->same_list[i], all[i],
		    apart[2 * i + 1]);
		w->same_source[i] = weigh_share(w->same_source[i], all[i],
		    apart[2 * i]);
	}
	free(all);
	free(apart);
}

#define STRANGERS	(-11)	/* as much as title, venue and year together */

/*
 * A few among many are copies put down by heart, or of which one source has an
 * institution for an author; where they are more they are other papers.
 */
void
weights_learn_strangers(struct weights *w, const struct rarity *c)
{
	float share = (float)c->strangers / (float)(c->pairs + 1);

	w->strangers = c->pairs < 100 || share > .1f ? STRANGERS :
	    clamp(logf(share), STRANGERS, -5);
}

void
weights_learn(struct weights *w, const struct records *r,
    const struct hint *hints)
{
	struct lessons l = { .w = w, .r = r, .titles = w->titles,
	    .sample = r->n > SAMPLE ? r->n / SAMPLE : 1 };
	int f;

	w->nsources = sources_total();
	w->price_in_list = xcalloc(w->nsources, sizeof(*w->price_in_list));
	l.noise = xcalloc(r->n, sizeof(*l.noise));
	blocks_visit(r, hints, l.sample, learn_pair, &l);
	keep_best(&l);
	for (f = 0; f < NFIELDS; f++)
		set_field(w, &l, f);
	set_bare_year(w, &l);
	set_prices(&l);
	set_sources(w, &l);
	free(l.noise);
	free(l.seeds);
}

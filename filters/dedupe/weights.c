/* weights - how much each piece of evidence counts, learnt from the records */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
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
	[NUMBER] = { 2, { .9f, .1f }, { .5f, -1 }, { .15f, .85f } },
	[PAGES] = { 4, { .8f, .08f, .04f, .08f }, { 4, 2.5f, 1, -3 },
	    { .01f, .015f, .015f, .96f } },
	[IDENTIFIER] = { 2, { .95f, .05f }, { 5, -4 }, { .01f, .99f } },
	[VENUE] = { 4, { .55f, .2f, .1f, .15f }, { 1, .7f, 0, -1 },
	    { .35f, .1f, .15f, .4f } },
	[ABSTRACT] = { 3, { .8f, .17f, .03f }, { 3, 0, -4 },
	    { .6f, .25f, .15f } },
};

#define MOST_PRICE	.9f	/* of a nat of words that only one title has */
#define LEAST_PRICE	.25f

static float
clamp(float v, float least, float most)
{
	return v < least ? least : v > most ? most : v;
}

/* Of a number that one title lacks, of two numbers, of "erratum". */
static const float parts_price[] = { 0, 2.5f, 12, 16 };

#define LONG_TITLE	12	/* nats that tell a title from all others */
#define MOST_WORDS	33	/* nats of words left over that are counted */

/* The words that only one title has: those of the longer rest count more. */
static float
words_left(const struct evidence *e)
{
	float more = e->left_a, less = e->left_b, left;

	if (more < less) {
		more = e->left_b;
		less = e->left_a;
	}
	left = more + .5f * less;
	return left < MOST_WORDS ? left : MOST_WORDS;
}

static float
price_of(const struct weights *w, const struct evidence *e)
{
	return e->one_list ? w->price_in_list[e->sources[0]] :
	    w->price[e->sources[0] * w->nsources + e->sources[1]];
}

/* What the words cost that only one title has. */
static float
title_price(const struct weights *w, const struct evidence *e)
{
	/* a title alone must be the same */
	float nat = e->names == NAMES_UNKNOWN ? MOST_PRICE : price_of(w, e);
	float price = nat * words_left(e);
	float more = e->left_a > e->left_b ? e->left_a : e->left_b;

	if (e->affix && price > 2.5f + .1f * more)
		price = 2.5f + .1f * more;
	return price + (e->part == PART_EXTRA ? parts_price[PART_EXTRA] * nat /
	    MOST_PRICE : parts_price[e->part]);
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
	const struct hint	*hints;
	uint64_t		 sample;
	float			 titles;
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
	if (n->partner == 0 || words_left(e) < n->left) {
		n->partner = a + 1;
		n->left = words_left(e);
	}
}

struct noise_sum {
	float	 left, pairs;
};

static float
price_for(const struct noise_sum *n)
{
	return clamp((n->pairs + BELIEF) / (n->left + BELIEF / MOST_PRICE),
	    LEAST_PRICE, MOST_PRICE);
}

static void
set_prices(struct lessons *l)
{
	struct weights *w = l->w;
	const struct origin *p, *q;
	size_t n = w->nsources, i;
	struct noise_sum *pairs = xcalloc(n * n, sizeof(*pairs));
	struct noise_sum *lists = xcalloc(n, sizeof(*lists)), *sum;

	for (i = 0; i < l->r->n; i++) {
		if (l->noise[i].partner == 0)
			continue;
		p = origin_of(l->r, &l->r->v[l->noise[i].partner - 1]);
		q = origin_of(l->r, &l->r->v[i]);
		if (p->source == q->source && p->list == q->list)
			sum = &lists[p->source];
		else if (p->source < q->source)
			sum = &pairs[p->source * n + q->source];
		else
			sum = &pairs[q->source * n + p->source];
		sum->left += l->noise[i].left;
		sum->pairs++;
	}
	for (i = 0; i < n * n; i++)
		w->price[i] = price_for(&pairs[i]);
	for (i = 0; i < n; i++)
		w->price_in_list[i] = price_for(&lists[i]);
	free(pairs);
	free(lists);
}

static void
learn_pair(void *arg, uint32_t a, uint32_t b, bool place)
{
	struct lessons *l = arg;
	struct evidence e;
	struct seed *s;
	float like;
	int f;

	(void)place;
	if (l->n == MAX_SEEDS)
		return;
	if (!hints_agree(&l->hints[a], &l->hints[b])) {
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
	for (i = 0; i < n; i++) {
		w->same_list[i] = weigh_share(w->same_list[i], all[i],
		    apart[2 * i + 1]);
		w->same_source[i] = weigh_share(w->same_source[i], all[i],
		    apart[2 * i]);
	}
	free(all);
	free(apart);
}

void
weights_learn(struct weights *w, const struct records *r,
    const struct hint *hints)
{
	struct lessons l = { .w = w, .r = r, .hints = hints, .titles = w->titles };
	int f;

	w->nsources = (uint32_t)sources_total();
	w->price = xcalloc((size_t)w->nsources * w->nsources,
	    sizeof(*w->price));
	w->price_in_list = xcalloc(w->nsources, sizeof(*w->price_in_list));
	l.noise = xcalloc(r->n, sizeof(*l.noise));
	l.sample = r->n > SAMPLE ? r->n / SAMPLE : 1;
	blocks_visit(r, l.sample, learn_pair, &l);
	keep_best(&l);
	for (f = 0; f < NFIELDS; f++)
		set_field(w, &l, f);
	set_bare_year(w, &l);
	set_prices(&l);
	set_sources(w, &l);
	free(l.noise);
	free(l.seeds);
}

static const float names_weight[NAMES_LEVELS] = { 3, 2, .3f, -2.5f, -5, -.5f };

static float
weigh_source(const struct weights *w, const struct evidence *e)
{
	return e->one_list ? w->same_list[e->sources[0]] :
	    e->one_source ? w->same_source[e->sources[0]] : 0;
}

/*
 * The same year, volume and pages by the same authors is one paper, also of
 * another title: one was translated, or put down by heart.  Not in a list that
 * hardly has a copy: two reviews share a page.
 */
static bool
is_one_place(const struct weights *w, const struct evidence *e)
{
	return weigh_source(w, e) > -1 && e->level[YEAR] == 0 && e->level[VOLUME] == 0 &&
	    e->level[PAGES] == 0 && e->ranges && (e->names <= NAMES_SUB ||
	    (e->names == NAMES_UNKNOWN && evidence_likeness(e) >= .5f)) &&
	    e->level[IDENTIFIER] != 1 && e->level[NUMBER] != 1 &&
	    e->level[VENUE] != 3;
}

/* A case taken apart; NFIELDS is the sum of what has no field. */
struct terms {
	float	 title, names, source, fields[NFIELDS];
};

static float
sum(const struct terms *t)
{
	float v = t->title + t->names + t->source;
	int f;

	for (f = 0; f < NFIELDS; f++)
		v += t->fields[f];
	return v;
}

/* Where titles are put down by heart, so are venues. */
static void
discount_odd(struct terms *t, const struct weights *w, const struct evidence *e)
{
	if (e->odd_venue)
		t->fields[VENUE] *= price_of(w, e) / MOST_PRICE;
}

/*
 * Volumes of two venues are equal by chance, and several short papers stand on
 * one page.
 */
static void
discount_places(struct terms *t, const struct evidence *e)
{
	int f;

	if (e->level[PAGES] == 0 && !e->ranges)
		t->fields[PAGES] *= .6f;
	for (f = VOLUME; f <= PAGES && e->level[VENUE] == VENUE_OTHER; f++)
		if (e->level[f] == 0 && !(f == PAGES && e->ranges))
			t->fields[f] *= .5f;
}

static void
weigh_unrelated(struct terms *t, const struct weights *w,
    const struct evidence *e)
{
	float most = w->titles + 4;
	int f;

	if (e->generic > 0 && most > w->titles + 4 - 3 * e->generic)
		most = w->titles + 4 - 3 * e->generic;
	t->title = (e->matched < most ? e->matched : most) - w->titles;
	/* without authors a short title tells nothing: "Editorial" */
	if (e->names == NAMES_UNKNOWN && t->title > 0)
		t->title = clamp(.25f * (e->matched - (w->titles > LONG_TITLE ?
		    w->titles : LONG_TITLE)), -3, t->title);
	if (t->title < -8)
		t->title = -8;
	t->title -= title_price(w, e);
	if (t->title < -8 && is_one_place(w, e))
		t->title = -8;
	t->source = weigh_source(w, e);
	t->names = names_weight[e->names];
	if (e->names != NAMES_UNKNOWN && e->names != NAMES_NONE)
		t->names += clamp(.15f * (e->names_matched - w->titles), -16,
		    1.5f);
	for (f = 0; f < NFIELDS; f++)
		t->fields[f] = e->level[f] != UNKNOWN ?
		    w->unrelated[f][e->level[f]] : 0;
	discount_odd(t, w, e);
	discount_places(t, e);
}

static void
weigh_sibling(struct terms *t, const struct weights *w,
    const struct evidence *e)
{
	int f;

	t->title = 2.5f - 2 * e->generic - .5f * clamp(title_price(w, e), 0, 4);
	t->source = weigh_source(w, e);
	t->names = e->names >= NAMES_PART && e->names <= NAMES_NONE ? -2 : 0;
	for (f = 0; f < NFIELDS; f++)
		t->fields[f] = e->level[f] == UNKNOWN ? 0 :
		    f == YEAR && evidence_is_bare(e) ?
		    w->bare_year[e->level[f]] : w->sibling[f][e->level[f]];
	discount_odd(t, w, e);
	discount_places(t, e);
}

void
judge(struct verdict *v, const struct weights *w, const struct evidence *e)
{
	struct terms t;

	weigh_unrelated(&t, w, e);
	v->unrelated = sum(&t);
	weigh_sibling(&t, w, e);
	v->sibling = sum(&t);
	v->bare = evidence_is_bare(e);
	v->score = v->unrelated < v->sibling ? v->unrelated : v->sibling;
}

float
judge_bound(const struct weights *w, struct evidence *e)
{
	struct terms t;
	float unrelated, sibling;

	e->matched = 2 * w->titles + 4;	/* as of equal titles */
	e->left_a = e->left_b = 0;
	e->part = PART_SAME;
	e->affix = false;
	weigh_unrelated(&t, w, e);
	unrelated = sum(&t);
	weigh_sibling(&t, w, e);
	sibling = sum(&t);
	return unrelated < sibling ? unrelated : sibling;
}

static const char *const levels[NFIELDS][MAX_LEVELS + 1] = {
	[YEAR] = { "year", "equal", "1 apart", "2 or 3 apart", "far apart" },
	[VOLUME] = { "volume", "equal", "different" },
	[NUMBER] = { "number", "equal", "different" },
	[PAGES] = { "pages", "equal", "same first page", "a digit apart",
	    "different" },
	[IDENTIFIER] = { "identifier", "equal", "different" },
	[VENUE] = { "venue", "equal", "abbreviated", "alike", "different" },
	[ABSTRACT] = { "abstract", "alike", "partly alike", "different" },
};

static const char *const names_levels[] = { "the same", "one has more",
    "some differ", "most differ", "different", "unknown" };

static void
tell_terms(struct buf *b, const char *than, const struct terms *t,
    const struct evidence *e)
{
	static const char *const parts[] = { "", ", a number more",
	    ", another part", ", a notice" };
	int f;

	buf_addf(b, "%+.2f rather than %s: title %+.2f (shared %.1f, apart "
	    "%.1f and %.1f%s), authors %+.2f (%s)", (double)sum(t), than,
	    (double)t->title, (double)e->matched, (double)e->left_a,
	    (double)e->left_b, parts[e->part], (double)t->names,
	    names_levels[e->names]);
	if (t->source != 0)
		buf_addf(b, ", %s %+.2f", e->one_list ?
		    "one list" : "one source", (double)t->source);
	for (f = 0; f < NFIELDS; f++)
		if (e->level[f] != UNKNOWN && t->fields[f] != 0)
			buf_addf(b, ", %s %+.2f (%s)", levels[f][0],
			    (double)t->fields[f], levels[f][e->level[f] + 1]);
}

void
judge_tell(struct buf *b, const struct weights *w, const struct evidence *e)
{
	struct terms t;

	weigh_unrelated(&t, w, e);
	tell_terms(b, "two papers", &t, e);
	weigh_sibling(&t, w, e);
	buf_addc(b, '\n');
	tell_terms(b, "two publications", &t, e);
}

/* judge - the case for two records being copies of one paper */
#include <stdlib.h>

#include "dedupe/venues.h"
#include "dedupe/weights.h"
#include "lib/buf.h"

static float
clamp(float v, float least, float most)
{
	return v < least ? least : v > most ? most : v;
}

static int
compare_prices(const void *a, const void *b)
{
	const struct price *x = a, *y = b;

	return (x->sources > y->sources) - (x->sources < y->sources);
}

/* Of a nat of words that only one title has. */
static float
price_of(const struct weights *w, const struct evidence *e)
{
	struct price key = { .sources = (uint64_t)e->sources[0] << 32 |
	    e->sources[1] };
	const struct price *p;

	if (e->one_list)
		return w->price_in_list[e->sources[0]];
	p = w->nprices == 0 ? NULL : bsearch(&key, w->prices, w->nprices,
	    sizeof(*p), compare_prices);
	return p != NULL ? p->nat : MOST_PRICE;
}

static float
weigh_source(const struct weights *w, const struct evidence *e)
{
	return e->one_list ? w->same_list[e->sources[0]] :
	    e->one_source ? w->same_source[e->sources[0]] : 0;
}

/* Whether both are of a list that has hardly a copy. */
static bool
is_clean(const struct weights *w, const struct evidence *e)
{
	return weigh_source(w, e) <= CLEAN;
}

/* Of a number that one title lacks, of two numbers, of "erratum". */
static const float parts_price[] = { 0, 2.5f, 12, 16 };

#define LONG_TITLE	12	/* nats that tell a title from all others */

#define ONE_WORD	8	/* what it costs that titles are a word apart */

/* Whether the two stand in one place, or say the same. */
static bool
is_backed(const struct evidence *e)
{
	return (e->level[PAGES] == 0 && e->ranges) ||
	    e->level[IDENTIFIER] == 0 || e->level[ABSTRACT] == 0;
}

/* What the words cost that only one title has. */
static float
title_price(const struct weights *w, const struct evidence *e)
{
	/* a title alone must be the same */
	float nat = e->names == NAMES_UNKNOWN ? MOST_PRICE : price_of(w, e);
	float price = nat * evidence_left(e);
	float more = e->left_a > e->left_b ? e->left_a : e->left_b;

	/* a list that has each paper once may have a part and the whole */
	if (e->affix && !is_clean(w, e) && price > 2.5f + .1f * more)
		price = 2.5f + .1f * more;
	if (e->one_word && e->one_source && !is_backed(e))
		price += ONE_WORD * nat / MOST_PRICE;
	return price + (e->part == PART_EXTRA ? parts_price[PART_EXTRA] * nat /
	    MOST_PRICE : parts_price[e->part]);
}

static const float names_weight[NAMES_LEVELS] = { 3, 2, .3f, -2.5f, -5, 0,
    -.5f };

/*
 * The same year, volume and pages by the same authors is one paper, also of
 * another title: one was translated, or put down by heart.  Not in a list that
 * hardly has a copy: two reviews share a page.
 */
static bool
is_one_place(const struct weights *w, const struct evidence *e)
{
	return weigh_source(w, e) > -1 && e->level[YEAR] == 0 &&
	    e->level[VOLUME] == 0 && e->level[PAGES] == 0 && e->ranges && (e->names <= NAMES_SUB ||
	    (e->names == NAMES_UNKNOWN && evidence_likeness(e) >= .5f)) &&
	    e->level[IDENTIFIER] != 1 && e->level[NUMBER] != 1 &&
	    e->level[VENUE] != VENUE_OTHER;
}

/* A case taken apart. */
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
 * one page.  That two papers of a list are of one issue tells nothing where they
 * stand at two places in it.
 */
static void
discount_places(struct terms *t, const struct weights *w,
    const struct evidence *e)
{
	int f;

	if (e->level[PAGES] == 0 && !e->ranges)
		t->fields[PAGES] *= .6f;
	for (f = VOLUME; f <= NUMBER && e->level[PAGES] == PAGES_DIFFER; f++)
		if (t->fields[f] > 0 && is_clean(w, e))
			t->fields[f] = 0;
	for (f = VOLUME; f <= PAGES && e->level[VENUE] == VENUE_OTHER; f++)
		if (e->level[f] == 0 && !(f == PAGES && e->ranges))
			t->fields[f] *= .5f;
}

static void
weigh_unrelated(struct terms *t, const struct weights *w,
    const struct evidence *e)
{
	float most = w->titles + 4, alone;
	int f;

	if (e->generic > 0 && most > w->titles + 4 - 3 * e->generic)
		most = w->titles + 4 - 3 * e->generic;
	t->title = (e->matched < most ? e->matched : most) - w->titles;
	/* without authors a short title tells nothing: "Editorial" */
	if (e->names == NAMES_UNKNOWN) {
		alone = .25f * (e->matched - (w->titles > LONG_TITLE ?
		    w->titles : LONG_TITLE));
		if (alone < -3)
			alone = -3;
		if (t->title > alone)
			t->title = alone;
	}
	if (t->title < -8)
		t->title = -8;
	t->title -= title_price(w, e);
	if (t->title < -8 && is_one_place(w, e))
		t->title = -8;
	t->source = weigh_source(w, e);
	t->names = e->names == NAMES_STRANGERS ? w->strangers :
	    names_weight[e->names];
	if (e->names < NAMES_NONE)
		t->names += clamp(.15f * (e->names_matched - w->titles), -16,
		    1.5f);
	for (f = 0; f < NFIELDS; f++)
		t->fields[f] = e->level[f] != UNKNOWN ?
		    w->unrelated[f][e->level[f]] : 0;
	discount_odd(t, w, e);
	discount_places(t, w, e);
}

/*
 * How far a title tells that two issues name one paper: who writes "Editorial"
 * writes one for the next issue as well.
 */
static float
tells_over_issues(const struct weights *w, const struct evidence *e)
{
	float enough = w->titles > LONG_TITLE ? w->titles : LONG_TITLE;

	return e->level[NUMBER] != 1 ? 1 :
	    clamp(2 * e->matched / enough - 1, 0, 1);
}

static void
weigh_sibling(struct terms *t, const struct weights *w,
    const struct evidence *e)
{
	int f;

	t->title = 2.5f * tells_over_issues(w, e) - 2 * e->generic - .5f * clamp(title_price(w, e), 0, 4);
	t->source = weigh_source(w, e);
	t->names = e->names >= NAMES_PART && e->names <= NAMES_STRANGERS ? -2 : 0;
	for (f = 0; f < NFIELDS; f++)
		t->fields[f] = e->level[f] == UNKNOWN ? 0 :
		    f == YEAR && evidence_is_bare(e) ?
		    w->bare_year[e->level[f]] : w->sibling[f][e->level[f]];
	discount_odd(t, w, e);
	discount_places(t, w, e);
	/* two issues of a volume */
	if (e->level[NUMBER] == 1 && t->fields[VOLUME] > 0)
		t->fields[VOLUME] = 0;
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
	e->affix = e->one_word = false;
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
    "some differ", "most differ", "different", "different, and whole",
    "unknown" };

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

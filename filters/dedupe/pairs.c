/* pairs - which pairs of records are linked, and how strongly */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
#include "dedupe/evidence.h"
#include "dedupe/exclusions.h"
#include "dedupe/hints.h"
#include "dedupe/identifiers.h"
#include "dedupe/pairs.h"
#include "dedupe/rarity.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "lib/buf.h"

#define SEEN		18	/* bits of the number of pairs remembered */
#define ONE_TITLE	.95f	/* likeness of the titles of two forms of a work */
#define WINDOW		24	/* records of one identifier that each is compared to */

static struct weights	weights;

struct verdict
pair_judge(const struct records *r, uint32_t i, uint32_t k)
{
	const struct traits *a = &r->v[i < k ? i : k];
	const struct traits *b = &r->v[i < k ? k : i];
	struct verdict v = { CLOSE, CLOSE, CLOSE, true };
	struct evidence e;

	if (pair_exclusion(r, a, b) != NULL)
		return v;
	evidence_make(&e, r, a, b);
	judge(&v, &weights, &e);
	return v;
}

bool
pair_in_clean_list(const struct records *r, uint32_t i, uint32_t k)
{
	const struct origin *p = origin_of(r, &r->v[i]);
	const struct origin *q = origin_of(r, &r->v[k]);

	return p->source == q->source && (p->list == q->list ?
	    weights.same_list : weights.same_source)[p->source] <= CLEAN;
}

bool
pair_is_generic(const struct records *r, uint32_t i, uint32_t k)
{
	const struct traits *a = &r->v[i < k ? i : k];
	const struct traits *b = &r->v[i < k ? k : i];
	struct evidence e;
	int f;

	evidence_fields(&e, r, a, b);
	evidence_names(&e, r, a, b);
	if (e.generic <= 0 || e.names <= NAMES_PART)
		return false;
	for (f = VOLUME; f < NFIELDS; f++)
		if (f != VENUE && e.level[f] == 0)
			return false;
	return true;
}

void
pair_tell(struct buf *text, const struct records *r, uint32_t i, uint32_t k)
{
	struct evidence e;

	evidence_make(&e, r, &r->v[i < k ? i : k], &r->v[i < k ? k : i]);
	judge_tell(text, &weights, &e);
}

void
pair_members(struct buf *text, const struct records *r, uint32_t i, uint32_t k,
    bool against)
{
	struct evidence e;

	evidence_make(&e, r, &r->v[i < k ? i : k], &r->v[i < k ? k : i]);
	evidence_members(text, &e, against);
}

/* What is needed while pairs are visited. */
struct search {
	const struct records	*r;
	struct links		*links;
	uint64_t		*seen;
	float			 least;	/* score that is kept */
};

static void
add_link(struct links *l, uint32_t a, uint32_t b, float score, char kind)
{
	grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct link){ score, a, b, kind };
}

/*
 * Two forms of one work have one title and the same authors, and are not many
 * years apart; whether they are copies of one form is told by the score.
 */
static bool
is_one_work(const struct evidence *e, const struct traits *a,
    const struct traits *b)
{
	return a->form != 0 && b->form != 0 && e->names <= NAMES_SUB &&
	    e->names_matched >= .5f * weights.titles && e->level[YEAR] <= 2 &&
	    e->generic <= 0 && e->part == PART_SAME &&
	    e->matched >= weights.titles && evidence_likeness(e) >= ONE_TITLE &&
	    e->level[ABSTRACT] <= 1;
}

static void
add_version(struct links *l, uint32_t i, uint32_t k)
{
	grow(&l->versions, &l->versions_cap, l->nversions + 1,
	    sizeof(*l->versions));
	l->versions[l->nversions++] = (struct version_pair){ i, k };
}

/*
 * The score of a pair, as far as it is kept: most are far below, which is
 * seen before all of the evidence is there.
 */
static float
score_candidate(struct search *s, uint32_t i, uint32_t k)
{
	const struct records *r = s->r;
	const struct traits *a = &r->v[i], *b = &r->v[k];
	bool other = pair_exclusion(r, a, b) != NULL;
	bool forms = a->form != 0 && b->form != 0 && a->form != b->form;
	struct evidence e;
	struct verdict v = { .score = CLOSE };

	if (other && !forms)
		return CLOSE;
	evidence_fields(&e, r, a, b);
	e.names = NAMES_FULL;
	e.names_matched = weights.titles + 10;
	if (!forms && judge_bound(&weights, &e) <= s->least)
		return CLOSE;
	evidence_names(&e, r, a, b);
	if (!(forms && e.names <= NAMES_SUB) && judge_bound(&weights, &e) <= s->least)
		return CLOSE;
	evidence_titles(&e, r, a, b);
	if (!other)
		judge(&v, &weights, &e);
	if (forms && v.score <= 0 && is_one_work(&e, a, b))
		add_version(s->links, i, k);
	return v.score;
}

/* Titles may be translated where all of the place and an author are the same. */
static bool
is_same_place(const struct records *r, uint32_t i, uint32_t k)
{
	const struct traits *a = &r->v[i], *b = &r->v[k];

	return a->page == b->page && a->last_page == b->last_page &&
	    a->last_page != a->page && a->year == b->year &&
	    a->volume == b->volume && a->volume != 0;
}

/*
 * Whether the pair was seen before, as far as is remembered: those that have
 * much in common come with many keys.
 */
static bool
was_seen(struct search *s, uint32_t i, uint32_t k)
{
	uint64_t pair = (uint64_t)i << 32 | k;
	uint64_t *slot = &s->seen[pair * 0x9e3779b97f4a7c15ULL >> (64 - SEEN)];

	if (*slot == pair)
		return true;
	*slot = pair;
	return false;
}

static void
try_pair(void *arg, uint32_t i, uint32_t k, enum pair how)
{
	struct search *s = arg;
	float score;

	if (how == PAIR_PLACED && !is_same_place(s->r, i, k))
		return;
	if (was_seen(s, i, k))
		return;
	score = score_candidate(s, i, k);
	if (score > s->least)
		add_link(s->links, i, k, score, 0);
}

/*
 * A key is a source's own and may be used twice: it takes the same title, and,
 * for it may be a hash of the title "Preface", that nothing else speaks against
 * it.
 */
static bool
shares_key(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	struct evidence e;

	if (a->title == 0 || b->title == 0)
		return true;
	if (a->title != b->title)
		return false;
	evidence_fields(&e, r, a, b);
	evidence_names(&e, r, a, b);
	return e.level[YEAR] <= 1 && e.level[VENUE] != VENUE_OTHER &&
	    (e.names <= NAMES_PART ||
	    (e.names == NAMES_UNKNOWN && e.generic <= 0));
}

/*
 * Whether a page about both may be about one paper: it may be about more than
 * one.
 */
static bool
shares_page(const struct evidence *e)
{
	return evidence_likeness(e) >= .5f && e->names <= NAMES_SUB &&
	    e->part < PART_OTHER && e->level[YEAR] <= 0 &&
	    e->level[VOLUME] <= 0 && e->level[NUMBER] <= 0;
}

/*
 * An identifier that two records share is theirs unless both title and authors
 * speak against it: identifiers are mistyped, and given to a volume and its
 * parts alike.
 */
static bool
shares_identifier(const struct records *r, uint32_t i, uint32_t k, char kind)
{
	const struct traits *a = &r->v[i], *b = &r->v[k];
	struct evidence e;

	if (kind == 'k')
		return shares_key(r, a, b);
	if (a->title == 0 || b->title == 0)
		return true;
	evidence_make(&e, r, a, b);
	if (kind == 'u')
		return shares_page(&e);
	return evidence_likeness(&e) >= .5f || e.names == NAMES_FULL ||
	    (e.names == NAMES_SUB && e.names_matched > weights.titles);
}

/*
 * Two records that share an identifier, but say that they are two publications,
 * are two forms of one work: the preprint and the paper that names it.  One DOI
 * and one key are those of one publication.
 */
static void
link_by(struct links *l, const struct records *r, uint32_t i, uint32_t k,
    char kind)
{
	const struct traits *a = &r->v[i], *b = &r->v[k];

	if (!shares_identifier(r, i, k, kind))
		return;
	if (kind == 'd' || kind == 'k' || pair_conflict(r, a, b) == NULL)
		add_link(l, i, k, CERTAIN, kind);
	else if (a->form != 0 && b->form != 0)
		add_version(l, i, k);
}

static void
link_identifiers(struct links *l, const struct records *r)
{
	struct identifier *v;
	size_t i, k, n;

	v = identifiers_list(r, &n);
	for (i = 1; i < n; i++)
		for (k = i; k-- > 0 && i - k <= WINDOW &&
		    v[k].hash == v[i].hash; )
			if (v[k].record != v[i].record)
				link_by(l, r, v[k].record, v[i].record,
				    v[i].kind);
	free(v);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->kind > y->kind) - (x->kind < y->kind);
}

static void
drop_repeated(struct links *l)
{
	size_t i, n = 0;

	sort_array(l->v, l->n, sizeof(*l->v), compare_pairs);
	for (i = 0; i < l->n; i++)
		if (n == 0 || l->v[i].a != l->v[n - 1].a ||
		    l->v[i].b != l->v[n - 1].b)
			l->v[n++] = l->v[i];
	l->n = n;
}

void
links_make(struct links *l, struct records *r, bool close)
{
	struct search s = { .r = r, .links = l, .least = close ? CLOSE : 0 };
	struct rarity rarity;
	struct hint *hints;

	/* at least 20: a stream of three papers tells nothing of the next one */
	rarity_count(&rarity, r);
	weights.titles = logf((float)rarity.titles + 20);
	weights_learn_strangers(&weights, &rarity);
	link_identifiers(l, r);
	hints = hints_make(r);
	weights_learn(&weights, r, hints);
	s.seen = xcalloc(1u << SEEN, sizeof(*s.seen));
	blocks_visit(r, hints, 0, try_pair, &s);
	free(hints);
	free(s.seen);
	drop_repeated(l);
}

void
links_free(struct links *l)
{
	free(l->v);
	free(l->versions);
}

/* group - which records are copies of one paper */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "dedupe/evidence.h"
#include "dedupe/rarity.h"
#include "dedupe/traits.h"
#include "dedupe/weights.h"
#include "lib/buf.h"

#define CLOSE		(-3)	/* pairs of a higher score are worth a look */
#define CERTAIN		6	/* an identifier that two records share */
#define FORCED		1e9f	/* a correction */
#define MEMBERS		12	/* of a group that another one is compared to */
#define TIE		.1f	/* scores that are as good as equal */
#define PARTNERS	40	/* of a record that are looked at for a tie */
#define APART		(-2)	/* weight of a source that has hardly a copy */
#define SEEN		18	/* bits of the number of pairs remembered */
#define ONE_TITLE	.95f	/* likeness of the titles of two forms of a work */
#define WINDOW		256	/* records of one identifier that each is compared to */

static struct weights	weights;

/*
 * Whether the records say themselves that they are two publications: two DOIs;
 * a preprint and what it became; what was not accepted and what was.
 */
static bool
is_other_publication(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	bool same_place = a->year != 0 && a->year == b->year &&
	    a->venue != 0 && a->venue == b->venue;
	int both = a->flags & b->flags, either = a->flags ^ b->flags;

	if ((both & HAS_DOI) != 0 && doi_of(r, a) != doi_of(r, b))
		return true;
	if ((both & HAS_ARXIV) != 0 && arxiv_of(r, a) != arxiv_of(r, b))
		return true;
	if (a->type != 0 && b->type != 0 && ((either & IS_PREPRINT) != 0 ||
	    (a->type != b->type && (a->type == 'd' || b->type == 'd' ||
	    a->type == 'b' || b->type == 'b'))))
		return true;
	return (either & (IS_OPEN | IS_WORKSHOP)) != 0 && !same_place;
}

static struct verdict
judge_pair(const struct groups *g, uint32_t i, uint32_t k)
{
	const struct traits *a = &g->r.v[i < k ? i : k];
	const struct traits *b = &g->r.v[i < k ? k : i];
	struct verdict v = { CLOSE, CLOSE, CLOSE, true };
	struct evidence e;

	if (is_other_publication(&g->r, a, b))
		return v;
	evidence_make(&e, &g->r, a, b);
	judge(&v, &weights, &e);
	return v;
}

static float
score_pair(const struct groups *g, uint32_t i, uint32_t k)
{
	return judge_pair(g, i, k).score;
}

/* What speaks for and against the two. */
static void
tell_pair(const struct groups *g, uint32_t i, uint32_t k)
{
	const struct traits *a = &g->r.v[i], *b = &g->r.v[k];
	struct buf text = { 0 };
	struct evidence e;
	struct verdict v;

	evidence_make(&e, &g->r, a, b);
	judge(&v, &weights, &e);
	judge_tell(&text, &weights, &e);
	fprintf(stderr, "%s:%s %s:%s %.2f%s generic %.2f\n%s\n", source_name(&g->r, a),
	    source_key(&g->r, a), source_name(&g->r, b), source_key(&g->r, b),
	    (double)v.score, is_other_publication(&g->r, a, b) ? " veto" : "",
	    (double)e.generic, text.p);
	buf_free(&text);
}

struct link {
	float		 score;
	uint32_t	 a, b;
};

struct links {
	struct link	*v;
	size_t		 n, cap;
	const struct groups *g;
	struct hint	*hints;
	uint64_t	*seen;
	struct version_pair *versions;
	size_t		 nversions, versions_cap;
};

static void
add_link(struct links *l, uint32_t a, uint32_t b, float score)
{
	grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct link){ score, a, b };
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
 * The score of a pair, as far as it is over 0: most are far below, which is
 * seen before all of the evidence is there.
 */
static float
score_candidate(struct links *l, uint32_t i, uint32_t k)
{
	const struct records *r = &l->g->r;
	const struct traits *a = &r->v[i], *b = &r->v[k];
	bool other = is_other_publication(r, a, b);
	bool forms = a->form != 0 && b->form != 0 && a->form != b->form;
	struct evidence e;
	struct verdict v = { .score = CLOSE };

	if (other && !forms)
		return CLOSE;
	evidence_fields(&e, r, a, b);
	e.names = NAMES_FULL;
	e.names_matched = weights.titles + 10;
	if (!forms && judge_bound(&weights, &e) <= 0)
		return CLOSE;
	evidence_names(&e, r, a, b);
	if (!(forms && e.names <= NAMES_SUB) && judge_bound(&weights, &e) <= 0)
		return CLOSE;
	evidence_titles(&e, r, a, b);
	if (!other)
		judge(&v, &weights, &e);
	if (forms && v.score <= 0 && is_one_work(&e, a, b))
		add_version(l, i, k);
	return v.score;
}

/* Titles may be translated where all of the place and an author are the same. */
static bool
is_same_place(const struct groups *g, uint32_t i, uint32_t k)
{
	const struct traits *a = &g->r.v[i], *b = &g->r.v[k];

	return a->page == b->page && a->last_page == b->last_page &&
	    a->last_page != a->page && a->year == b->year &&
	    a->volume == b->volume && a->volume != 0;
}

/*
 * Whether the pair was seen before, as far as is remembered: those that have
 * much in common come with many keys.
 */
static bool
was_seen(struct links *l, uint32_t i, uint32_t k)
{
	uint64_t pair = (uint64_t)i << 32 | k;
	uint64_t *slot = &l->seen[pair * 0x9e3779b97f4a7c15ULL >> (64 - SEEN)];

	if (*slot == pair)
		return true;
	*slot = pair;
	return false;
}

static void
try_pair(void *arg, uint32_t i, uint32_t k, bool place)
{
	struct links *l = arg;
	float score;

	if (!hints_agree(&l->hints[i], &l->hints[k]) &&
	    (!place || !is_same_place(l->g, i, k)))
		return;
	if (was_seen(l, i, k))
		return;
	score = score_candidate(l, i, k);
	if (score > 0)
		add_link(l, i, k, score);
}

/*
 * An identifier that two records share is theirs unless both title and authors
 * speak against it: identifiers are mistyped, and given to a volume and its
 * parts alike.  A key is a source's own and may be used twice: it takes the
 * same title.
 */
static bool
shares_identifier(const struct groups *g, uint32_t i, uint32_t k, char kind)
{
	const struct traits *a = &g->r.v[i], *b = &g->r.v[k];
	struct evidence e;

	if (kind == 'k')
		return a->title == b->title || a->title == 0 || b->title == 0;
	if (a->title == 0 || b->title == 0)
		return true;
	evidence_make(&e, &g->r, a, b);
	return evidence_likeness(&e) >= .5f || e.names == NAMES_FULL ||
	    (e.names == NAMES_SUB && e.names_matched > weights.titles);
}

static void
link_identifiers(struct links *l)
{
	struct identifier *v;
	size_t i, k, n;

	v = records_identifiers(&l->g->r, &n);
	for (i = 1; i < n; i++)
		for (k = i; k-- > 0 && i - k <= WINDOW &&
		    v[k].hash == v[i].hash; )
			if (v[k].record != v[i].record && shares_identifier(
			    l->g, v[k].record, v[i].record, v[i].kind))
				add_link(l, v[k].record, v[i].record, CERTAIN);
	free(v);
}

/* The best first; of equal ones those of the most trusted records. */
static int
compare_links(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return (x->score < y->score) - (x->score > y->score);
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

/* The links of each record: those of i are at[i] to at[i + 1]. */
struct partners {
	uint32_t	*at;
	struct link	*v;	/* a: the record itself */
};

static void
partners_make(struct partners *p, const struct links *l)
{
	size_t i, n = l->g->r.n;

	p->at = xcalloc(n + 2, sizeof(*p->at));
	p->v = xreallocarray(NULL, 2 * l->n + 1, sizeof(*p->v));
	for (i = 0; i < l->n; i++) {
		p->at[l->v[i].a + 2]++;
		p->at[l->v[i].b + 2]++;
	}
	for (i = 2; i < n + 2; i++)
		p->at[i] += p->at[i - 1];
	for (i = 0; i < l->n; i++) {
		p->v[p->at[l->v[i].a + 1]++] = l->v[i];
		p->v[p->at[l->v[i].b + 1]++] = (struct link){ l->v[i].score,
		    l->v[i].b, l->v[i].a };
	}
}

/* Whether a list that hardly has a copy has both. */
static bool
is_one_clean_list(const struct groups *g, uint32_t i, uint32_t k)
{
	const struct origin *p = origin_of(&g->r, &g->r.v[i]);
	const struct origin *q = origin_of(&g->r, &g->r.v[k]);

	return p->source == q->source && (p->list == q->list ?
	    weights.same_list : weights.same_source)[p->source] <= APART;
}

/*
 * Whether record i could as well be the copy of another record of the same
 * source as k, which is no copy of k: nothing tells which one.
 */
static bool
is_tied(const struct groups *g, const struct partners *p, uint32_t i,
    uint32_t k, float score)
{
	uint32_t at, end = p->at[i + 1], other;

	if (end - p->at[i] > PARTNERS)
		end = p->at[i] + PARTNERS;
	for (at = p->at[i]; at < end; at++) {
		other = p->v[at].b;
		if (other != k &&
		    is_one_clean_list(g, other, k) &&
		    p->v[at].score > score - TIE &&
		    p->v[at].score < score + TIE &&
		    score_pair(g, other, k) <= 0)
			return true;
	}
	return false;
}

/* Union-find: the most trusted record of a group stands for it. */
static uint32_t
find(struct groups *g, uint32_t i)
{
	while (g->parent[i] != i)
		i = g->parent[i] = g->parent[g->parent[i]];
	return i;
}

static float
within(float score)
{
	return score > 6 ? 6 : score < -6 ? -6 : score;
}

/* The member that most of the others, of those looked at, are copies of. */
static uint32_t
middle(const struct groups *g, uint32_t a)
{
	uint32_t p = a, q, best = a;
	float sum, most = 0;
	int i = 0, k;

	if (g->next[a] == a || g->next[g->next[a]] == a)
		return a;
	do {
		sum = 0;
		q = a;
		k = 0;
		do {
			if (p != q)
				sum += score_pair(g, p, q);
			q = g->next[q];
		} while (q != a && ++k < MEMBERS);
		if (i == 0 || sum > most) {
			best = p;
			most = sum;
		}
		p = g->next[p];
	} while (p != a && ++i < MEMBERS);
	return best;
}

/*
 * Whether the groups go together: no two exclude each other, those that tell of
 * their place agree on it, and so do most, or the two in the middle, on being
 * one paper.
 */
static bool
groups_agree(struct groups *g, uint32_t a, uint32_t b)
{
	uint32_t p = a, q;
	struct verdict v;
	float sum = 0, places = 0;
	int i = 0, k;

	do {
		q = b;
		k = 0;
		do {
			if (is_other_publication(&g->r, &g->r.v[p],
			    &g->r.v[q]))
				return false;
			v = judge_pair(g, p, q);
			if (v.score <= 0 && is_one_clean_list(g, p, q))
				return false;
			sum += within(v.score);
			if (!v.bare)
				places += within(v.sibling);
			q = g->next[q];
		} while (q != b && ++k < MEMBERS);
		p = g->next[p];
	} while (p != a && ++i < MEMBERS);
	if (places < 0)
		return false;
	if (sum >= 0)
		return true;
	p = middle(g, a);
	q = middle(g, b);
	return score_pair(g, p, q) > 0;
}

static void
join(struct groups *g, uint32_t i, uint32_t k, float score)
{
	uint32_t a = find(g, i), b = find(g, k), t;
	const struct traits *x = &g->r.v[i], *y = &g->r.v[k];

	if (a == b || corrections_forbid(i, k))
		return;
	if (a > b) {
		t = a;
		a = b;
		b = t;
	}
	g->parent[b] = a;
	t = g->next[a];
	g->next[a] = g->next[b];
	g->next[b] = t;
	corrections_joined(i, k);
	if (g->why != NULL && score == FORCED)
		fprintf(g->why, "%s:%s\t%s:%s\tcorrection\n",
		    source_name(&g->r, x), source_key(&g->r, x),
		    source_name(&g->r, y), source_key(&g->r, y));
	else if (g->why != NULL)
		fprintf(g->why, "%s:%s\t%s:%s\t%.2f\n", source_name(&g->r, x),
		    source_key(&g->r, x), source_name(&g->r, y),
		    source_key(&g->r, y), (double)score);
}

static void
join_forced(struct groups *g, uint32_t i, uint32_t k)
{
	join(g, i, k, FORCED);
}

static void
join_links(struct groups *g, struct links *l)
{
	struct partners p;
	const struct link *v;
	size_t i;

	partners_make(&p, l);
	sort_array(l->v, l->n, sizeof(*l->v), compare_links);
	for (i = 0; i < l->n; i++) {
		v = &l->v[i];
		if (find(g, v->a) == find(g, v->b))
			continue;
		if (v->score < CERTAIN &&
		    origin_of(&g->r, &g->r.v[v->a])->source !=
		    origin_of(&g->r, &g->r.v[v->b])->source &&
		    (is_tied(g, &p, v->a, v->b, v->score) ||
		    is_tied(g, &p, v->b, v->a, v->score)))
			continue;
		if (v->score >= CERTAIN ||
		    groups_agree(g, find(g, v->a), find(g, v->b)))
			join(g, v->a, v->b, v->score);
	}
	free(p.at);
	free(p.v);
}

void
groups_make(struct groups *g)
{
	struct links links = { .g = g };
	size_t i;

	records_sort(&g->r);
	g->parent = xreallocarray(NULL, g->r.n, sizeof(*g->parent));
	g->next = xreallocarray(NULL, g->r.n, sizeof(*g->next));
	for (i = 0; i < g->r.n; i++)
		g->parent[i] = g->next[i] = (uint32_t)i;
	corrections_settle(&g->r);
	weights.titles = logf((float)rarity_count(&g->r) + 20);
	links.seen = xcalloc(1u << SEEN, sizeof(*links.seen));
	links.hints = hints_make(&g->r);
	weights_learn(&weights, &g->r, links.hints);
	link_identifiers(&links);
	blocks_visit(&g->r, 1, try_pair, &links);
	free(links.hints);
	free(links.seen);
	drop_repeated(&links);
	join_links(g, &links);
	corrections_join(g, join_forced);
	if (getenv("PAIRS") != NULL) {
		FILE *f = fopen(getenv("PAIRS"), "r");
		char x[512], y[512], n[512];
		while (fscanf(f, "%511s %511s", x, y) == 2) {
			uint32_t p = UINT32_MAX, q = UINT32_MAX;
			for (i = 0; i < g->r.n; i++) {
				snprintf(n, sizeof(n), "%s:%s", source_name(&g->r, &g->r.v[i]), source_key(&g->r, &g->r.v[i]));
				if (strcmp(n, x) == 0) p = (uint32_t)i;
				if (strcmp(n, y) == 0) q = (uint32_t)i;
			}
			if (p != UINT32_MAX && q != UINT32_MAX)
				tell_pair(g, p < q ? p : q, p < q ? q : p);
		}
		fclose(f);
	}
	versions_make(g, links.versions, links.nversions);
	free(links.versions);
	free(links.v);
}

uint32_t
groups_first(const struct groups *g, uint32_t i)
{
	while (g->parent[i] != i)
		i = g->parent[i];
	return i;
}

uint8_t
groups_form(const struct groups *g, uint32_t first)
{
	uint32_t i = first;
	uint8_t form = 0;

	do {
		if (g->r.v[i].form > form)
			form = g->r.v[i].form;
		i = g->next[i];
	} while (i != first);
	return form;
}

static int
compare_ranks(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

size_t
groups_members(const struct groups *g, uint32_t i, const uint32_t **members)
{
	static uint32_t *v;
	static size_t cap;
	uint32_t k = i;
	size_t n = 0;

	if (g->parent[i] != i)
		return 0;
	do {
		grow(&v, &cap, n + 1, sizeof(*v));
		v[n++] = k;
		k = g->next[k];
	} while (k != i);
	sort_array(v, n, sizeof(*v), compare_ranks);
	*members = v;
	return n;
}

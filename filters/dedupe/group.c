/* group - which records are copies of one paper */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "dedupe/exclusions.h"
#include "dedupe/pairs.h"
#include "dedupe/reasons.h"
#include "dedupe/traits.h"
#include "lib/buf.h"

#define MEMBERS		12	/* of a group that another one is compared to */
#define TIE		.1f	/* scores that are as good as equal */
#define PARTNERS	16	/* of a record that are looked at for a tie */

static float
score_of(const struct groups *g, uint32_t i, uint32_t k)
{
	return pair_judge(&g->r, i, k).score;
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

/* The links of each record: those of i are at[i] to at[i + 1]. */
struct partners {
	uint32_t	*at;
	struct link	*v;	/* a: the record itself */
};

static void
partners_make(struct partners *p, const struct links *l, size_t n)
{
	size_t i;

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
		    l->v[i].b, l->v[i].a, 0 };
	}
}

/* Whether one source has the title twice. */
static bool
is_one_title(const struct groups *g, uint32_t i, uint32_t k)
{
	return g->r.v[i].title == g->r.v[k].title &&
	    origin_of(&g->r, &g->r.v[i])->source ==
	    origin_of(&g->r, &g->r.v[k])->source;
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
		    (pair_in_clean_list(&g->r, other, k) ||
		    is_one_title(g, other, k)) &&
		    p->v[at].score > score - TIE &&
		    p->v[at].score < score + TIE &&
		    score_of(g, other, k) <= 0)
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
				sum += score_of(g, p, q);
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
			if (pair_exclusion(&g->r, &g->r.v[p],
			    &g->r.v[q]) != NULL)
				return false;
			v = pair_judge(&g->r, p, q);
			if (v.score <= 0 && pair_in_clean_list(&g->r, p, q))
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
	return score_of(g, p, q) > 0;
}

/* Whether no two of the groups' records, of those looked at, are in conflict. */
static bool
groups_fit(const struct groups *g, uint32_t a, uint32_t b)
{
	uint32_t p = a, q;
	int i = 0, k;

	do {
		q = b;
		k = 0;
		do {
			if (pair_conflict(&g->r, &g->r.v[p],
			    &g->r.v[q]) != NULL)
				return false;
			q = g->next[q];
		} while (q != b && ++k < MEMBERS);
		p = g->next[p];
	} while (p != a && ++i < MEMBERS);
	return true;
}

/* Whether two groups may be joined because of a link. */
static bool
allows(struct groups *g, const struct link *l)
{
	uint32_t a = find(g, l->a), b = find(g, l->b);

	switch (l->kind) {
	case 'd':
	case 'k':
		return true;
	case 'a':
	case 'i':
	case 'u':
		return groups_fit(g, a, b);
	default:
		return groups_agree(g, a, b);
	}
}

static void
join(struct groups *g, const struct link *l)
{
	uint32_t a = find(g, l->a), b = find(g, l->b), t;

	if (a == b || corrections_forbid(l->a, l->b))
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
	corrections_joined(l->a, l->b);
	reasons_joined(g, l);
}

/* Lines that are repeated are what they repeat. */
static void
join_repeated(struct groups *g)
{
	struct link l = { .score = CERTAIN, .kind = 'k' };
	uint32_t i;

	for (i = 1; i < g->r.n; i++) {
		if ((g->r.v[i].flags & IS_REPEATED) == 0) {
			l.a = i;
			continue;
		}
		l.b = i;
		join(g, &l);
	}
}

static void
join_forced(struct groups *g, uint32_t i, uint32_t k)
{
	struct link l = { CERTAIN, i < k ? i : k, i < k ? k : i, 'c' };

	join(g, &l);
}

static void
join_links(struct groups *g, struct links *l)
{
	struct partners p;
	const struct link *v;
	size_t i;

	partners_make(&p, l, g->r.n);
	sort_array(l->v, l->n, sizeof(*l->v), compare_links);
	for (i = 0; i < l->n && l->v[i].score > 0; i++) {
		v = &l->v[i];
		if (find(g, v->a) == find(g, v->b))
			continue;
		if (v->kind == 0 &&
		    origin_of(&g->r, &g->r.v[v->a])->source !=
		    origin_of(&g->r, &g->r.v[v->b])->source &&
		    (is_tied(g, &p, v->a, v->b, v->score) ||
		    is_tied(g, &p, v->b, v->a, v->score)))
			continue;
		if (allows(g, v))
			join(g, v);
	}
	free(p.at);
	free(p.v);
}

void
groups_make(struct groups *g)
{
	struct links links = { 0 };
	size_t i;

	records_sort(&g->r);
	corrections_settle(&g->r);
	links_make(&links, &g->r, reasons_wanted());
	g->parent = xreallocarray(NULL, g->r.n, sizeof(*g->parent));
	g->next = xreallocarray(NULL, g->r.n, sizeof(*g->next));
	for (i = 0; i < g->r.n; i++)
		g->parent[i] = g->next[i] = (uint32_t)i;
	join_repeated(g);
	join_links(g, &links);
	corrections_join(g, join_forced);
	for (i = 0; i < g->r.n; i++)
		g->parent[i] = find(g, (uint32_t)i);
	versions_make(g, links.versions, links.nversions);
	reasons_settle(g, &links);
	links_free(&links);
}

uint32_t
groups_first(const struct groups *g, uint32_t i)
{
	return g->parent[i];
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

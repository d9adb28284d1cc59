/* group - which records are copies of one paper */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/dedupe.h"
#include "lib/buf.h"

#define WINDOW		256	/* records of one block that each is compared to */
#define SMALL_BLOCK	64	/* records of one title that make one block */

static int
compare_records(const void *a, const void *b)
{
	return keys_compare(a, b);
}

static int
compare_identifiers(const void *a, const void *b)
{
	const struct identifier *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

/* Bring the records into canonical order: from here on input order is gone. */
static void
sort_records(struct groups *g)
{
	struct identifiers *ids = &g->identifiers;
	uint32_t *rank = xreallocarray(NULL, g->n, sizeof(*rank));
	size_t i;

	sort_array(g->records, g->n, sizeof(*g->records), compare_records);
	for (i = 0; i < g->n; i++) {
		rank[g->records[i].rank] = (uint32_t)i;
		g->records[i].rank = (uint32_t)i;
	}
	for (i = 0; i < ids->n; i++)
		ids->v[i].record = rank[ids->v[i].record];
	sort_array(ids->v, ids->n, sizeof(*ids->v), compare_identifiers);
	free(rank);
	g->parent = xreallocarray(NULL, g->n, sizeof(*g->parent));
	g->next = xreallocarray(NULL, g->n, sizeof(*g->next));
	for (i = 0; i < g->n; i++)
		g->parent[i] = g->next[i] = (uint32_t)i;
}

/* Union-find: the most trusted record of a group stands for it. */
static uint32_t
find(struct groups *g, uint32_t i)
{
	while (g->parent[i] != i)
		i = g->parent[i] = g->parent[g->parent[i]];
	return i;
}

static void
join(struct groups *g, uint32_t i, uint32_t j, const char *reason)
{
	uint32_t a = find(g, i), b = find(g, j), t;
	const struct record_keys *x = &g->records[i], *y = &g->records[j];

	if (a == b)
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
	if (g->why != NULL)
		fprintf(g->why, "%s:%s\t%s:%s\t%s\n", x->source, x->key,
		    y->source, y->key, reason);
}

static void
join_identifiers(struct groups *g)
{
	const struct identifier *v = g->identifiers.v;
	const char *reason;
	size_t i, j;

	for (i = 1; i < g->identifiers.n; i++)
		for (j = i; j-- > 0 && i - j <= WINDOW &&
		    v[j].hash == v[i].hash; ) {
			reason = match_identifier(&g->records[v[j].record],
			    &g->records[v[i].record], v[i].kind);
			if (reason != NULL)
				join(g, v[j].record, v[i].record, reason);
		}
}

/*
 * Whether any two records of the groups exclude each other, or, for
 * neighbouring years, both groups hold a record of one source.
 */
static bool
groups_clash(struct groups *g, uint32_t i, uint32_t j, bool near)
{
	uint32_t a = find(g, i), b = find(g, j), p = a, q;

	do {
		q = b;
		do {
			const struct record_keys *x = &g->records[p];
			const struct record_keys *y = &g->records[q];

			if (match_excluded(x, y))
				return true;
			if (near && strcmp(x->source, y->source) == 0)
				return true;
			q = g->next[q];
		} while (q != b);
		p = g->next[p];
	} while (p != a);
	return false;
}

static void
try_title(struct groups *g, uint32_t i, uint32_t j, bool near)
{
	const char *reason = match_title(&g->records[i], &g->records[j], near);

	if (reason != NULL && find(g, i) != find(g, j) &&
	    !groups_clash(g, i, j, near))
		join(g, i, j, reason);
}

struct by_hash {
	uint64_t	 hash;
	uint32_t	 record;
};

static int
compare_by_hash(const void *a, const void *b)
{
	const struct by_hash *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static void
try_pairs(struct groups *g, const struct by_hash *v, size_t n, bool near)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n && j - i <= WINDOW; j++)
			try_title(g, v[i].record, v[j].record, near);
}

/*
 * A title that many records have, "Editorial": only those are compared that
 * share an author's family name, or have no author and share the venue, in
 * the same year or, if near, a neighbouring one.
 */
static void
try_large(struct groups *g, const struct by_hash *v, size_t n, bool near)
{
	struct by_hash *w = NULL;
	size_t i, j, k, m = 0, cap = 0;
	int y;

	for (i = 0; i < n; i++) {
		const struct record_keys *r = &g->records[v[i].record];
		size_t keys = r->nauthors > 0 ? r->nauthors : 1;

		for (y = r->year - near; y <= r->year + near; y++)
			for (k = 0; k < keys; k++) {
				grow(&w, &cap, m + 1, sizeof(*w));
				w[m].record = v[i].record;
				w[m++].hash = (uint64_t)(uint16_t)y << 32 |
				    (r->nauthors > 0 ? r->authors[k].family :
				    r->venue);
			}
	}
	sort_array(w, m, sizeof(*w), compare_by_hash);
	for (i = 0; i < m; i = j) {
		for (j = i + 1; j < m && w[j].hash == w[i].hash; j++)
			;
		try_pairs(g, w + i, j - i, near);
	}
	free(w);
}

static void
join_titles(struct groups *g)
{
	struct by_hash *v = xreallocarray(NULL, g->n, sizeof(*v));
	size_t i, j, n = 0;
	int near;

	for (i = 0; i < g->n; i++)
		if (g->records[i].title != 0)
			v[n++] = (struct by_hash){ g->records[i].title,
			    (uint32_t)i };
	sort_array(v, n, sizeof(*v), compare_by_hash);
	/* the same year first: neighbours only take what that leaves */
	for (near = 0; near <= 1; near++)
		for (i = 0; i < n; i = j) {
			for (j = i + 1; j < n && v[j].hash == v[i].hash; j++)
				;
			if (j - i <= SMALL_BLOCK)
				try_pairs(g, v + i, j - i, near);
			else
				try_large(g, v + i, j - i, near);
		}
	free(v);
}

void
groups_make(struct groups *g)
{
	sort_records(g);
	join_identifiers(g);
	join_titles(g);
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

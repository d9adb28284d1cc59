/* kin - papers of before and now that have records in common */
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/json.h"

/* Numbers of papers: now from 0 by id, then before by id. */
struct relating {
	struct intern	 sources;
	struct intern	 records;	/* number of the source, ':', key */
	uint32_t	*owner;		/* of each, the first paper with it */
	size_t		 cap;
	uint32_t	*parent;
	uint32_t	 paper;		/* at hand */
};

static uint32_t
root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

/* The one with the least number is the root. */
static void
join(uint32_t *parent, uint32_t a, uint32_t b)
{
	a = root(parent, a);
	b = root(parent, b);
	if (a < b)
		parent[b] = a;
	else
		parent[a] = b;
}

static void
relate_record(const struct record_name *name, void *ctx)
{
	static struct buf text;
	struct relating *r = ctx;
	size_t known = r->records.n;
	uint32_t record;

	buf_reset(&text);
	if (name->source != NULL)
		buf_addf(&text, "%u", intern(&r->sources, name->source,
		    name->nsource));
	buf_addc(&text, ':');
	buf_add(&text, name->key, name->nkey);
	record = intern(&r->records, text.p, strlen(text.p));
	if (r->records.n == known) {
		join(r->parent, r->paper, r->owner[record]);
		return;
	}
	grow(&r->owner, &r->cap, r->records.n, sizeof(*r->owner));
	r->owner[record] = r->paper;
}

/* The root of each of the papers. */
static uint32_t *
relate(const struct holding **papers, size_t n)
{
	struct relating r = { .parent = xreallocarray(NULL, n,
	    sizeof(*r.parent)) };
	struct arena arena = { 0 };
	uint32_t i;

	for (i = 0; i < n; i++)
		r.parent[i] = i;
	for (i = 0; i < n; i++) {
		r.paper = i;
		arena_reset(&arena);
		holding_records(holding_read(papers[i], &arena),
		    relate_record, &r);
	}
	for (i = 0; i < n; i++)
		r.parent[i] = root(r.parent, i);
	arena_free(&arena);
	intern_free(&r.sources);
	intern_free(&r.records);
	free(r.owner);
	return r.parent;
}

struct member {
	uint32_t	 root, number;
};

static int
compare(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* The papers by their roots, and the kin that they make. */
static void
gather(struct kinship *k, const struct holding **papers, size_t n,
    size_t nnow)
{
	uint32_t *roots = relate(papers, n);
	struct member *m = xreallocarray(NULL, n, sizeof(*m));
	size_t i;

	for (i = 0; i < n; i++)
		m[i] = (struct member){ roots[i], (uint32_t)i };
	sort_array(m, n, sizeof(*m), compare);
	for (i = 0; i < n; i++) {
		if (i == 0 || m[i].root != m[i - 1].root) {
			grow(&k->v, &k->cap, k->n + 1, sizeof(*k->v));
			k->v[k->n++] = (struct kin){ .v = &k->papers[i] };
		}
		k->papers[i] = papers[m[i].number];
		k->v[k->n - 1].n[m[i].number < nnow ? NOW : BEFORE]++;
	}
	free(m);
	free(roots);
}

void
kinship_find(struct kinship *k, const struct holdings *now, const bool *stays,
    const struct holdings *before)
{
	const struct holding **papers = xreallocarray(NULL,
	    now->n + before->n, sizeof(*papers));
	size_t i, n = 0, nnow;

	for (i = 0; i < now->n; i++)
		if (!stays[i])
			papers[n++] = &now->v[i];
	nnow = n;
	for (i = 0; i < before->n; i++)
		papers[n++] = &before->v[i];
	*k = (struct kinship){ .papers = xreallocarray(NULL, n,
	    sizeof(*k->papers)) };
	gather(k, papers, n, nnow);
	free(papers);
}

void
kinship_free(struct kinship *k)
{
	free(k->papers);
	free(k->v);
}

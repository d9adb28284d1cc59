/* certain - which mentions of a name are one person's beyond doubt, and which two's */
#include <stdlib.h>
#include <string.h>

#include "cluster/certain.h"
#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/parts.h"
#include "cluster/persons.h"
#include "lib/buf.h"

/* Two mentions with one identifier. */
struct shared {
	uint32_t	 kind, value, mention;
};

static int
compare_shared(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->mention > y->mention) - (x->mention < y->mention);
}

static bool
on_one_paper(const struct parts *p, uint32_t a, uint32_t b)
{
	uint32_t i, k;

	/* mentions of one paper stand side by side */
	for (i = p->v[a].first; i != UINT32_MAX; i = p->next[i]) {
		for (k = i; k > 0 && p->m[k - 1].paper == p->m[i].paper; k--)
			;
		for (; k < p->n && p->m[k].paper == p->m[i].paper; k++)
			if (parts_of((struct parts *)p, k) == b)
				return true;
	}
	return false;
}

/* Whether they have different identifiers of a kind that a person has one of. */
static bool
ids_differ(const struct parts *p, const struct list *a, const struct list *b)
{
	const uint8_t *kind = p->e->names->claim_kind;
	bool has, differs;
	uint32_t i, k;
	int one;

	for (one = 0; one < CLAIM_ONE; one++) {
		has = false;
		differs = false;
		for (i = 0; i < a->n; i++)
			for (k = 0; k < b->n; k++) {
				if (kind[a->v[i]] != one || kind[b->v[k]] != one)
					continue;
				if (a->v[i] == b->v[k])
					has = true;
				else
					differs = true;
			}
		if (differs && !has)
			return true;
	}
	return false;
}

static bool
line_parts(struct parts *p, uint32_t a, uint32_t b)
{
	const struct bond *l;
	uint32_t x, y;

	for (l = p->bonds; l < p->bonds + p->nbonds; l++) {
		if (l->same)
			continue;
		x = parts_of(p, l->a);
		y = parts_of(p, l->b);
		if ((x == a && y == b) || (x == b && y == a))
			return true;
	}
	return false;
}

bool
certain_two(struct parts *p, uint32_t a, uint32_t b)
{
	return ids_differ(p, &p->v[a].ids, &p->v[b].ids) ||
	    on_one_paper(p, a, b) || line_parts(p, a, b);
}

/* The first stays what the part is known by. */
static void
join_two(struct parts *p, uint32_t i, uint32_t k)
{
	uint32_t a = parts_of(p, i), b = parts_of(p, k);

	if (a != b && !certain_two(p, a, b))
		parts_merge(p, a < b ? a : b, a < b ? b : a, PERSON_CERTAIN);
}

static bool
has_number(const char *key)
{
	size_t n = strlen(key);

	return n > 5 && key[n - 5] == ' ' &&
	    strspn(key + n - 4, "0123456789") == 4;
}

/* The identifiers of all mentions, those of one value side by side. */
static struct shared *
gather(const struct parts *p, size_t *count)
{
	const struct names *n = p->e->names;
	struct shared *v = NULL;
	size_t cap = 0;
	uint32_t i, k;

	*count = 0;
	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->v[i].ids.n; k++) {
			grow(&v, &cap, *count + 1, sizeof(*v));
			v[(*count)++] = (struct shared){
			    n->claim_kind[p->v[i].ids.v[k]],
			    p->v[i].ids.v[k], i };
		}
	sort_array(v, *count, sizeof(*v), compare_shared);
	return v;
}

void
certain_join(struct parts *p)
{
	const struct bond *l;
	struct shared *v;
	size_t n, i, first;

	for (l = p->bonds; l < p->bonds + p->nbonds; l++)
		if (l->same)
			join_two(p, l->a, l->b);
	v = gather(p, &n);
	for (i = first = 0; i < n; i++) {
		if (v[i].kind != v[first].kind || v[i].value != v[first].value)
			first = i;
		if (i != first)
			join_two(p, v[first].mention, v[i].mention);
	}
	free(v);
	if (has_number(p->e->names->keys.v[p->m[0].author]))
		for (i = 1; i < p->n; i++)
			join_two(p, 0, (uint32_t)i);
}

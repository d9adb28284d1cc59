/* parts - mentions of a name put together by what they have in common */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/certain.h"
#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/parts.h"
#include "cluster/persons.h"
#include "lib/buf.h"
#include "lib/numbers.h"

#define LIVE		3000	/* parts that are compared, each with each */
#define LINK		6.f	/* a coauthor that joins, where there are more */

uint32_t
parts_of(struct parts *p, uint32_t i)
{
	while (p->root[i] != i)
		i = p->root[i] = p->root[p->root[i]];
	return i;
}

static struct list
list_of(struct parts *p, const uint32_t *v, uint32_t n)
{
	struct list l = { arena_alloc(&p->arena, (n + 1) * sizeof(*v)), 0 };

	if (n > 0)
		memcpy(l.v, v, n * sizeof(*v));
	l.n = (uint32_t)numbers_distinct(l.v, n);
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

void
parts_merge(struct parts *p, uint32_t a, uint32_t b, double odds)
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
			parts_merge(p, a < b ? a : b, a < b ? b : a,
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

	p->e = e;
	p->m = e->names->by_author + e->names->first[author];
	p->n = e->names->first[author + 1] - e->names->first[author];
	p->bonds = bonds;
	p->nbonds = nbonds;
	reserve(p);
	arena_reset(&p->arena);
	for (i = 0; i < p->n; i++)
		add_mention(p, i);
	certain_join(p);
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

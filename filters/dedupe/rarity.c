/* rarity - how common the words of the records and their titles are */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/evidence.h"
#include "dedupe/origins.h"
#include "dedupe/rarity.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "dedupe/words.h"
#include "lib/buf.h"

#define FEW_ISSUES	3	/* under that a paper may have been dated twice */

static const struct traits	*traits;	/* for the comparisons */

static int
compare_titles(const void *a, const void *b)
{
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	uint64_t x = traits[i].title, y = traits[k].title;

	if (x != y)
		return x < y ? -1 : 1;
	return (i > k) - (i < k);
}

static void
count_words(const struct records *r, const struct traits *t)
{
	const uint32_t *w = title_words(r, t);
	int i, k;

	for (i = 0; i < t->nwords; i++) {
		for (k = 0; k < i && WORD_OF(w[k]) != WORD_OF(w[i]); k++)
			;
		if (k == i)
			word_count(WORD_OF(w[i]), IN_TITLES);
	}
	w = name_words(r, t);
	for (i = 0; i < t->nnames; i++)
		if (i == 0 || WORD_OF(w[i]) != WORD_OF(w[i - 1]))
			word_count(WORD_OF(w[i]), IN_NAMES);
}

#define LOOKED_AT	24	/* records of one title whose authors are compared */

/*
 * How many sets of authors the records have: Simpson's effective number, from
 * the share of the pairs that go together.  Names must be weighed before that.
 */
static size_t
count_authors(const struct records *r, const uint32_t *member, size_t n)
{
	const struct traits *t[LOOKED_AT];
	struct evidence e;
	size_t i, k, m = 0, pairs = 0, alike = 0;

	/* in even steps, for they stand in the order of trust and key */
	for (i = 0; i < n && m < LOOKED_AT; i++)
		if (i * LOOKED_AT >= m * n && r->v[member[i]].nnames > 0)
			t[m++] = &r->v[member[i]];
	for (i = 0; i < m; i++)
		for (k = i + 1; k < m; k++) {
			evidence_names(&e, r, t[i], t[k]);
			pairs++;
			alike += e.names <= NAMES_PART;
		}
	if (pairs == 0)
		return m;
	return (size_t)((double)m / (1 + (double)alike / (double)pairs *
	    (double)(m - 1)) + .5);
}

/* Fewer words of a title are those of two papers by chance. */
#define TELLING		4

static void
count_strangers(struct rarity *c, const struct records *r,
    const struct traits *a, const struct traits *b)
{
	struct evidence e;

	if (a->nwords < TELLING || (a->year != b->year && a->year != 0 &&
	    b->year != 0) || origin_of(r, a)->source == origin_of(r, b)->source)
		return;
	evidence_names(&e, r, a, b);
	c->pairs += e.names != NAMES_UNKNOWN;
	c->strangers += e.names == NAMES_STRANGERS;
}

struct issue {
	uint32_t	 source, list;
	int16_t		 year;
	uint32_t	 volume, number, page;
	bool		 anonymous;	/* nobody is said to have written it */
};

static int
compare_issues(const void *a, const void *b)
{
	const struct issue *x = a, *y = b;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->year != y->year)
		return x->year < y->year ? -1 : 1;
	if (x->volume != y->volume)
		return x->volume < y->volume ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Whether an issue is one more behind another: what is not told is not. */
static bool
is_another(const struct issue *a, const struct issue *b)
{
	return a->year != b->year ||
	    (a->volume != 0 && a->volume != b->volume) ||
	    (a->number != 0 && a->number != b->number) ||
	    (a->anonymous && b->anonymous && a->list == b->list &&
	    (a->page == 0 || a->page != b->page));
}

/* The most issues that one source names. */
static size_t
count_issues(const struct records *r, const uint32_t *member, size_t n)
{
	static struct issue *v;
	static size_t cap;
	size_t i, k, nv = 0, here, most = 0;

	grow(&v, &cap, n, sizeof(*v));
	for (i = 0; i < n; i++) {
		const struct traits *t = &r->v[member[i]];

		if (t->year != 0 || t->volume != 0)
			v[nv++] = (struct issue){ origin_of(r, t)->source,
			    origin_of(r, t)->list, t->year, t->volume,
			    t->number, t->page, t->nnames == 0 };
	}
	sort_array(v, nv, sizeof(*v), compare_issues);
	for (i = 0; i < nv; i = k) {
		here = 1;
		for (k = i + 1; k < nv && v[k].source == v[i].source; k++)
			here += is_another(&v[k - 1], &v[k]);
		if (here >= FEW_ISSUES && here * 10 >= (k - i) * 3 && here > most)
			most = here;
	}
	return most;
}

static void
set_generic(struct records *r, const uint32_t *member, size_t n)
{
	size_t g = count_authors(r, member, n), issues, i;

	issues = n >= FEW_ISSUES ? count_issues(r, member, n) : 0;
	if (issues > g)
		g = issues;
	for (i = 0; i < n; i++)
		r->v[member[i]].generic = g > UINT16_MAX ? UINT16_MAX :
		    (uint16_t)g;
}

static int
compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/*
 * Issues have several papers each: a source in which hardly two records have
 * one number has put something else there.
 */
static void
drop_counters(struct records *r)
{
	uint64_t *v = xreallocarray(NULL, r->n, sizeof(*v));
	bool *drop = xcalloc(sources_total(), sizeof(*drop));
	size_t i, k, n = 0, different;

	for (i = 0; i < r->n; i++)
		if (r->v[i].number != 0)
			v[n++] = (uint64_t)origin_of(r, &r->v[i])->source << 32 |
			    r->v[i].number;
	sort_array(v, n, sizeof(*v), compare_numbers);
	for (i = 0; i < n; i = k) {
		different = 1;
		for (k = i + 1; k < n && v[k] >> 32 == v[i] >> 32; k++)
			different += v[k] != v[k - 1];
		drop[v[i] >> 32] = k - i > 50 && different * 10 > (k - i) * 9;
	}
	for (i = 0; i < r->n; i++)
		if (drop[origin_of(r, &r->v[i])->source])
			r->v[i].number = 0;
	free(v);
	free(drop);
}

/* Where the records with the title of the i-th in order end. */
static size_t
end_of_title(const struct records *r, const uint32_t *order, size_t i,
    size_t n)
{
	uint64_t title = r->v[order[i]].title;

	for (i++; i < n && title != 0 && r->v[order[i]].title == title; i++)
		;
	return i;
}

void
rarity_count(struct rarity *c, struct records *r)
{
	uint32_t *order = xreallocarray(NULL, r->n, sizeof(*order));
	uint32_t *to;
	size_t i, k, n = 0;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < r->n; i++)
		if ((r->v[i].flags & IS_REPEATED) == 0)
			order[n++] = (uint32_t)i;
	drop_counters(r);
	traits = r->v;
	words_start_count();
	sort_array(order, n, sizeof(*order), compare_titles);
	for (i = 0; i < n; i = k) {
		k = end_of_title(r, order, i, n);
		count_words(r, &r->v[order[i]]);
		c->titles++;
	}
	venues_count();
	to = words_order();
	records_renumber(r, to);
	words_weigh(IN_TITLES, c->titles);
	words_weigh(IN_NAMES, c->titles);
	venues_weigh(to);
	free(to);
	for (i = 0; i < n; i = k) {
		k = end_of_title(r, order, i, n);
		if (k - i > 1)
			set_generic(r, order + i, k - i);
		if (k - i == 2)
			count_strangers(c, r, &r->v[order[i]],
			    &r->v[order[i + 1]]);
	}
	free(order);
}

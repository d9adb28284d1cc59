/* versions - the forms of one work: preprint, workshop, conference, journal */
#include <stdlib.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "dedupe/pairs.h"
#include "lib/buf.h"

/* Which form of two groups is to be shown: the more final, more trusted one. */
static bool
is_shown_before(const uint8_t *form, uint32_t a, uint32_t b)
{
	return form[a] != form[b] ? form[a] > form[b] : a < b;
}

/*
 * By the first record of a group: how final its form is, which the most trusted
 * record tells that tells it, as for the paper.
 */
static uint8_t *
make_forms(const struct groups *g)
{
	uint8_t *form = xcalloc(g->r.n, sizeof(*form));
	uint32_t first;
	size_t i;

	for (i = 0; i < g->r.n; i++) {
		first = groups_first(g, (uint32_t)i);
		if (form[first] == 0)
			form[first] = g->r.v[i].form;
	}
	return form;
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct version_pair *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/*
 * Each group points at the most final form that it was paired with, if that is
 * more final than itself; a form that is itself another's points at that.
 */
void
versions_make(struct groups *g, struct version_pair *v, size_t n)
{
	uint8_t *form = make_forms(g);
	uint32_t a, b, t;
	size_t i;

	g->version_of = xreallocarray(NULL, g->r.n, sizeof(*g->version_of));
	g->versions = xreallocarray(NULL, g->r.n, sizeof(*g->versions));
	for (i = 0; i < g->r.n; i++)
		g->version_of[i] = g->versions[i] = NO_RECORD;
	for (i = 0; i < n; i++) {
		v[i].a = groups_first(g, v[i].a);
		v[i].b = groups_first(g, v[i].b);
	}
	sort_array(v, n, sizeof(*v), compare_pairs);
	for (i = 0; i < n; i++) {
		a = v[i].a;
		b = v[i].b;
		if (a == b || form[a] == 0 || form[b] == 0 ||
		    form[a] == form[b] ||
		    corrections_forbid(a, b))
			continue;
		if (!is_shown_before(form, a, b)) {
			t = a;
			a = b;
			b = t;
		}
		if (g->version_of[b] == NO_RECORD ||
		    is_shown_before(form, a, g->version_of[b]))
			g->version_of[b] = a;
	}
	/* forms only grow more final along the way, so it ends */
	for (i = 0; i < g->r.n; i++)
		while ((a = g->version_of[i]) != NO_RECORD &&
		    (b = g->version_of[a]) != NO_RECORD)
			g->version_of[i] = b;
	for (i = g->r.n; i-- > 0; )
		if ((a = g->version_of[i]) != NO_RECORD) {
			g->versions[i] = g->versions[a];
			g->versions[a] = (uint32_t)i;
		}
	free(form);
}

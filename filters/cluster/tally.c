/* tally - counts of distinct papers by number */
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "lib/buf.h"

void
tally_init(struct tally *t, size_t numbers)
{
	memset(t, 0, sizeof(*t));
	t->place = xcalloc(numbers, sizeof(*t->place));
	t->last = xcalloc(numbers, sizeof(*t->last));
}

void
tally_reset(struct tally *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		t->place[t->v[i].what] = t->last[t->v[i].what] = 0;
	t->n = 0;
}

void
tally_add(struct tally *t, uint32_t what, uint32_t paper)
{
	if (t->last[what] == paper + 1)
		return;
	t->last[what] = paper + 1;
	if (t->place[what] == 0) {
		grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v));
		t->v[t->n++] = (struct tally_entry){ what, 0 };
		t->place[what] = (uint32_t)t->n;
	}
	t->v[t->place[what] - 1].papers++;
}

static int
compare(const void *a, const void *b)
{
	const struct tally_entry *x = a, *y = b;

	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	return (x->what > y->what) - (x->what < y->what);
}

void
tally_sort(struct tally *t)
{
	size_t i;

	sort_array(t->v, t->n, sizeof(*t->v), compare);
	for (i = 0; i < t->n; i++)
		t->place[t->v[i].what] = (uint32_t)i + 1;
}

void
tally_free(struct tally *t)
{
	free(t->v);
	free(t->place);
	free(t->last);
}

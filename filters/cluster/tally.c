/* tally - counts of distinct papers by number */
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "lib/buf.h"

void
tally_init(struct tally *t, size_t numbers)
{
	memset(t, 0, sizeof(*t));
	t->slots = xcalloc(numbers, sizeof(*t->slots));
}

void
tally_reset(struct tally *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		t->slots[t->v[i].what] = (struct tally_slot){ 0, 0 };
	t->n = 0;
}

void
tally_add(struct tally *t, uint32_t what, uint32_t paper)
{
	struct tally_slot *slot = &t->slots[what];

	if (slot->last == paper + 1)
		return;
	slot->last = paper + 1;
	if (slot->place == 0) {
		grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v));
		t->v[t->n++] = (struct tally_entry){ what, 0 };
		slot->place = (uint32_t)t->n;
	}
	t->v[slot->place - 1].papers++;
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
		t->slots[t->v[i].what].place = (uint32_t)i + 1;
}

uint32_t
tally_place(const struct tally *t, uint32_t what)
{
	return t->slots[what].place - 1;
}

void
tally_free(struct tally *t)
{
	free(t->v);
	free(t->slots);
}

/* people_index - people of a list found by a key, such as a name */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/people_index.h"

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int d = strcmp(x->key, y->key);

	return d != 0 ? d : (x->at > y->at) - (x->at < y->at);
}

void
people_index(struct people_index *index, struct json *first,
    const char *(*key)(const struct json *))
{
	struct json *p;

	index->n = 0;
	index->v = arena_alloc(entry_arena(), (json_count(first) + 1) *
	    sizeof(*index->v));
	for (p = first; p != NULL; p = p->next) {
		index->v[index->n] = (struct keyed){ key(p), index->n, p };
		index->n++;
	}
	sort_array(index->v, index->n, sizeof(*index->v), by_key);
}

struct keyed *
people_find(const struct people_index *index, const char *key)
{
	size_t lo = 0, hi = index->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(index->v[mid].key, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < index->n && strcmp(index->v[lo].key, key) == 0 ?
	    &index->v[lo] : NULL;
}

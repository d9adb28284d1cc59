/* names - author names that only one of two runs has */
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"

/* A name on a paper. */
struct mention {
	const char	*key, *spelling;
	uint32_t	 group;
};

static struct mention	*mentions;
static size_t		 nmentions, cap;
static struct intern	 spellings;

void
names_add(const char *name)
{
	uint32_t group = groups_author(name), spelling;
	const char *kind;
	size_t n;

	if (group == NO_GROUP || (groups_held(group, BEFORE) > 0 &&
	    groups_held(group, NOW) > 0))
		return;
	grow(&mentions, &cap, nmentions + 1, sizeof(*mentions));
	spelling = intern(&spellings, name, strlen(name));
	mentions[nmentions++] = (struct mention){ groups_name(group, &kind,
	    &n), spellings.v[spelling], group };
}

static int
compare(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	int c = x->group != y->group ? strcmp(x->key, y->key) : 0;

	return c != 0 ? c : strcmp(x->spelling, y->spelling);
}

/* The spelling of most of the mentions, the first in byte order of several. */
static const char *
most_frequent(const struct mention *m, const struct mention *end)
{
	const struct mention *first, *best = m;
	ptrdiff_t most = 0;

	while (m < end) {
		for (first = m; m < end && m->spelling == first->spelling; m++)
			;
		if (m - first > most) {
			most = m - first;
			best = first;
		}
	}
	return best->spelling;
}

static void
write_name(const char *change, enum side side, const struct mention *m,
    const char *name)
{
	static struct arena arena;
	struct json *c;

	arena_reset(&arena);
	c = json_object(&arena);
	json_set(&arena, c, "kind", json_str(&arena, "change"));
	json_set(&arena, c, "change", json_str(&arena, change));
	json_set(&arena, c, "key", json_str(&arena, m->key));
	json_set(&arena, c, "name", json_str(&arena, name));
	json_set(&arena, c, "papers", json_int(&arena,
	    groups_held(m->group, side)));
	filter_make(c);
}

static void
write_side(const char *change, enum side side)
{
	const struct mention *m = mentions, *end = m + nmentions, *first;

	while (m < end) {
		for (first = m; m < end && m->group == first->group; m++)
			;
		if (groups_held(first->group, side) > 0)
			write_name(change, side, first,
			    most_frequent(first, m));
	}
}

void
names_write(void)
{
	sort_array(mentions, nmentions, sizeof(*mentions), compare);
	write_side("name-lost", BEFORE);
	write_side("name-gained", NOW);
	free(mentions);
	intern_free(&spellings);
}

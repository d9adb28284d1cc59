/* previous - the numbers that persons had in an earlier run */
#define XXH_INLINE_ALL
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "cluster/cluster.h"
#include "cluster/persons.h"
#include "cluster/previous.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/input.h"
#include "lib/json.h"

#define MAX_AUTHOR	((size_t)1 << 30)	/* bytes of a record */

#define MAX_PERSONS	(1 << 24)	/* a higher number is none of ours */

/* A mention of then: a hash of name, paper and position. */
struct then {
	uint64_t	 mention;
	uint32_t	 person;
};

/* How many mentions a person has now of one then. */
struct overlap {
	uint32_t	 now, then, mentions;
};

/* The highest number that a name had. */
struct highest {
	uint64_t	 name;
	uint32_t	 person;
};

static struct then	*then;
static struct highest	*highest;
static size_t		 nthen, then_cap, nhighest, highest_cap;

static uint64_t
hash_mention(const char *key, const char *id, uint32_t position)
{
	return XXH3_64bits_withSeed(id, strlen(id),
	    XXH3_64bits(key, strlen(key)) + position);
}

static int
compare_then(const void *a, const void *b)
{
	const struct then *x = a, *y = b;

	if (x->mention != y->mention)
		return x->mention < y->mention ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

static int
compare_highest(const void *a, const void *b)
{
	const struct highest *x = a, *y = b;

	return (x->name > y->name) - (x->name < y->name);
}

static void
add_author(const struct json *author)
{
	const char *key = json_get_str(author, "key"), *id;
	const struct json *p;
	uint32_t person, most = 0;
	int64_t n;

	if (key == NULL)
		return;
	for (p = json_first(author, "papers"); p != NULL; p = p->next) {
		n = json_get_int(p, "person", 0);
		if ((id = json_get_str(p, "id")) == NULL || n < 1 ||
		    n > MAX_PERSONS)
			continue;
		person = (uint32_t)n;
		if (person > most)
			most = person;
		grow(&then, &then_cap, nthen + 1, sizeof(*then));
		then[nthen++] = (struct then){ hash_mention(key, id,
		    (uint32_t)json_get_int(p, "position", 0)), person };
	}
	grow(&highest, &highest_cap, nhighest + 1, sizeof(*highest));
	highest[nhighest++] = (struct highest){ XXH3_64bits(key, strlen(key)),
	    most };
}

void
previous_load(const char *file)
{
	static const char author[] = "{\"kind\":\"author\"";
	struct arena arena = { 0 };
	struct input in;
	struct json *j;
	enum reject_code code;
	const char *line, *detail, *kind;
	uint64_t at, number;
	size_t len;
	int got;

	if (!input_open(&in, file))
		err(failure_status(errno, EX_NOINPUT), "%s", file);
	while ((got = input_line(&in, MAX_AUTHOR, &line, &len, &at,
	    &number)) > 0) {
		/* papers are most of it */
		if (len < sizeof(author) - 1 ||
		    memcmp(line, author, sizeof(author) - 1) != 0)
			continue;
		arena_reset(&arena);
		if ((j = json_parse(&arena, line, len, &code, &detail)) == NULL)
			errx(EX_DATAERR, "%s:%llu: %s", file,
			    (unsigned long long)number, detail);
		if ((kind = json_get_str(j, "kind")) != NULL &&
		    strcmp(kind, "author") == 0)
			add_author(j);
	}
	if (got < 0)
		errx(EX_DATAERR, "%s:%llu: an author of over %zu bytes", file,
		    (unsigned long long)number, MAX_AUTHOR);
	if (in.error != NULL)
		errx(in.corrupt ? EX_DATAERR : EX_IOERR, "%s:%llu: %s", file,
		    (unsigned long long)in.line, in.error);
	input_close(&in);
	arena_free(&arena);
	sort_array(then, nthen, sizeof(*then), compare_then);
	sort_array(highest, nhighest, sizeof(*highest), compare_highest);
}

/* The number that a mention had, or 0. */
static uint32_t
find_then(uint64_t mention)
{
	struct then key = { mention, 0 };
	size_t from = 0, to = nthen, middle;

	while (from < to) {
		middle = from + (to - from) / 2;
		if (compare_then(&then[middle], &key) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return to < nthen && then[to].mention == mention ? then[to].person : 0;
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct overlap *x = a, *y = b;

	if (x->now != y->now)
		return x->now < y->now ? -1 : 1;
	return (x->then > y->then) - (x->then < y->then);
}

/* The largest first, then the lower numbers. */
static int
compare_overlaps(const void *a, const void *b)
{
	const struct overlap *x = a, *y = b;

	if (x->mentions != y->mentions)
		return x->mentions > y->mentions ? -1 : 1;
	if (x->then != y->then)
		return x->then < y->then ? -1 : 1;
	return (x->now > y->now) - (x->now < y->now);
}

static size_t
count_overlaps(const struct names *n, uint32_t author,
    const struct persons *p, struct overlap *v)
{
	const struct mention *m = n->by_author + n->first[author];
	uint32_t i, count = n->first[author + 1] - n->first[author], had;
	size_t all = 0, k, kept = 0;

	for (i = 0; i < count; i++)
		if ((had = find_then(hash_mention(n->keys.v[author],
		    n->papers[m[i].paper].id, m[i].position))) != 0)
			v[all++] = (struct overlap){ p->of[i], had, 1 };
	sort_array(v, all, sizeof(*v), compare_pairs);
	for (k = 0; k < all; k++)
		if (kept > 0 && compare_pairs(&v[kept - 1], &v[k]) == 0)
			v[kept - 1].mentions++;
		else
			v[kept++] = v[k];
	sort_array(v, kept, sizeof(*v), compare_overlaps);
	return kept;
}

void
previous_number(const struct names *n, uint32_t author, struct persons *p)
{
	const char *key = n->keys.v[author];
	struct highest name = { XXH3_64bits(key, strlen(key)), 0 }, *had;
	struct overlap *v;
	uint32_t next, i;
	uint8_t *given;
	size_t overlaps, k;

	if (nhighest == 0 || (had = bsearch(&name, highest, nhighest,
	    sizeof(*highest), compare_highest)) == NULL)
		return;
	next = had->person;
	given = xcalloc((size_t)next + 1, 1);
	v = xreallocarray(NULL, n->first[author + 1] - n->first[author],
	    sizeof(*v));
	overlaps = count_overlaps(n, author, p, v);
	for (i = 0; i < p->n; i++)
		p->v[i].number = 0;
	for (k = 0; k < overlaps; k++)
		if (p->v[v[k].now].number == 0 && given[v[k].then] == 0) {
			p->v[v[k].now].number = v[k].then;
			given[v[k].then] = 1;
		}
	for (i = 0; i < p->n; i++)
		if (p->v[i].number == 0)
			p->v[i].number = ++next;
	free(given);
	free(v);
}

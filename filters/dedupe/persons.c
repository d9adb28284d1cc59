/* persons - records of persons: the copies of each, by its id */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/source.h"
#include "lib/spill.h"

/* What is kept of a record; the rest is in the spill file. */
struct person {
	const char	*id;
	int64_t		 trust;
	const char	*source, *key;	/* of the most trusted record */
	uint64_t	 hash;		/* of the line */
	uint64_t	 at;
	uint32_t	 len;
	bool		 verbatim;
};

static struct arena	 texts;
static struct person	*persons;
static size_t		 n, cap;

static const char *
keep(const char *s, size_t len)
{
	return arena_strndup(&texts, s, len);
}

void
persons_add(const struct record *r, struct spill *spill)
{
	const struct json *first = json_first(r->json, "sources");
	const struct json *id = json_get(r->json, "id");
	const char *source = json_get_str(first, "source"), *key;
	size_t len = source_of_id(id->text, id->len, &key);

	if (source == NULL)
		source = id->text;
	else {
		len = strlen(source);
		key = json_get_str(first, "key");
	}
	grow(&persons, &cap, n + 1, sizeof(*persons));
	persons[n++] = (struct person){
		.id = keep(id->text, id->len),
		.trust = json_get_int(first, "trust", TRUST_NONE),
		.source = keep(source, len),
		.key = keep(key, strlen(key)),
		.hash = XXH3_64bits(r->line, r->len),
		.at = spill_add(spill, r->line, r->len),
		.len = (uint32_t)r->len,
		.verbatim = filter_is_verbatim(r),
	};
}

/* Canonical order, in which those of one id follow one another. */
static int
compare(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	if (c == 0 && x->trust != y->trust)
		return x->trust < y->trust ? -1 : 1;
	if (c == 0)
		c = strcmp(x->source, y->source);
	if (c == 0)
		c = strcmp(x->key, y->key);
	return c != 0 ? c : (x->hash > y->hash) - (x->hash < y->hash);
}

static bool
is_equal(const struct json *x, const struct json *y)
{
	static struct buf a, b;

	buf_reset(&a);
	json_write(&a, x);
	buf_reset(&b);
	json_write(&b, y);
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

/* Append what is news to the list. */
static void
join_lists(struct json *list, struct json *other)
{
	struct json *e, *next, *had;

	for (e = other->child; e != NULL; e = next) {
		next = e->next;
		for (had = list->child; had != NULL && !is_equal(had, e); )
			had = had->next;
		if (had == NULL)
			json_append(list, e);
	}
}

/* A name that the source has in one record only is another spelling. */
static void
join_names(struct arena *a, struct json *person, struct json *other)
{
	struct json *mine = json_get(person, "name");
	struct json *theirs = json_get(other, "name"), *list;

	if (mine == NULL || theirs == NULL || is_equal(mine, theirs))
		return;
	list = json_array(a);
	json_append(list, json_copy(a, theirs));
	if (json_get(person, "names") == NULL)
		json_set(a, person, "names", list);
	else
		join_lists(json_get(person, "names"), list);
}

static void
join(struct arena *a, struct json *person, struct json *other)
{
	struct json *m, *next, *mine;

	join_names(a, person, other);
	for (m = other->child; m != NULL; m = next) {
		next = m->next;
		mine = json_get(person, m->name);
		if (mine == NULL)
			json_add(a, person, m->name, m->namelen, m);
		else if (strcmp(m->name, "sources") == 0)
			merge_sources(mine, m);
		else if (strcmp(m->name, "ids") == 0)
			merge_missing(a, mine, m);
		else if (mine->type == JSON_ARRAY && m->type == JSON_ARRAY)
			join_lists(mine, m);
	}
}

static void
write_one(const struct person *p, size_t copies, struct spill *spill)
{
	static struct arena a;
	static struct buf line;
	struct json *person;
	size_t i;

	if (copies == 1 && p->verbatim) {
		spill_get(spill, p->at, p->len, &line);
		filter_emit_text(line.p, line.len);
		return;
	}
	arena_reset(&a);
	person = read_again(spill, &a, p->at, p->len);
	for (i = 1; i < copies; i++)
		join(&a, person, read_again(spill, &a, p[i].at,
		    p[i].len));
	filter_emit(person);
}

void
persons_write(struct spill *spill)
{
	size_t i, copies;

	sort_array(persons, n, sizeof(*persons), compare);
	for (i = 0; i < n; i++)
		shares_add(persons[i].source, false);
	for (i = 0; i < n; i += copies) {
		for (copies = 1; i + copies < n && strcmp(persons[i].id,
		    persons[i + copies].id) == 0; )
			copies++;
		write_one(&persons[i], copies, spill);
		filter_merged(copies - 1);
	}
	free(persons);
	arena_free(&texts);
}

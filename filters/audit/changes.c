/* changes - what differs between the papers of before and now, as records */
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"

/* In the order in which they are written. */
enum { LOST, GAINED, SPLIT, MERGED, REGROUPED, CHANGED, NAMES, RECORDS, KINDS };

static const char *const kinds[KINDS] = {
	"lost", "gained", "split", "merged", "regrouped", "changed", "names",
	"records"
};

static const char *const fields[] = { "id", "type", "title", "venue", "year" };
#define NFIELDS	(sizeof(fields) / sizeof(fields[0]))

static struct arena arena;

/* A change of that paper, whose tree is in the arena. */
static struct json *
change(const char *kind, const struct json *paper)
{
	struct json *c = json_object(&arena), *title = json_get(paper, "title");

	json_set(&arena, c, "kind", json_str(&arena, "change"));
	json_set(&arena, c, "change", json_str(&arena, kind));
	json_set(&arena, c, "id", json_copy(&arena, json_get(paper, "id")));
	if (title != NULL)
		json_set(&arena, c, "title", json_copy(&arena, title));
	return c;
}

/* Give the change a member of a paper under that name. */
static void
give(struct json *c, const char *name, const struct json *paper,
    const char *member)
{
	const struct json *v = json_get(paper, member);

	if (v != NULL)
		json_set(&arena, c, name, json_copy(&arena, v));
}

static bool
same(const struct json *a, const struct json *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	if (a->type != b->type || a->len != b->len ||
	    (a->len > 0 && memcmp(a->text, b->text, a->len) != 0))
		return false;
	for (a = a->child, b = b->child; a != NULL && b != NULL;
	    a = a->next, b = b->next)
		if (!same(a, b))
			return false;
	return a == b;
}

static bool
has(const struct json *records, const struct json *record)
{
	for (; records != NULL; records = records->next)
		if (same(records, record))
			return true;
	return false;
}

/* The records of one that the other has not, or NULL. */
static struct json *
missing(const struct json *one, const struct json *other)
{
	struct json *list = NULL;
	const struct json *r;

	for (r = json_first(one, "sources"); r != NULL; r = r->next) {
		if (has(json_first(other, "sources"), r))
			continue;
		if (list == NULL)
			list = json_array(&arena);
		json_append(list, json_copy(&arena, r));
	}
	return list;
}

/* What differs between two forms of a paper, as bits. */
static unsigned
compare(const struct json *before, const struct json *now)
{
	unsigned bits = 0;
	size_t i;

	for (i = 0; i < NFIELDS; i++)
		if (!same(json_get(before, fields[i]), json_get(now, fields[i])))
			bits |= 1u << CHANGED;
	if (!same(json_get(before, "authors"), json_get(now, "authors")))
		bits |= 1u << NAMES;
	if (missing(before, now) != NULL || missing(now, before) != NULL)
		bits |= 1u << RECORDS;
	return bits;
}

/* What happened to some kin; tell of every name on them. */
static unsigned
classify(const struct kin *k, void (*name)(const char *))
{
	const struct json *paper[2] = { NULL, NULL }, *a;
	uint32_t i;

	arena_reset(&arena);
	for (i = 0; i < k->n[NOW] + k->n[BEFORE]; i++) {
		/* two are enough to compare; more may be many */
		if (i > 1)
			arena_reset(&arena);
		paper[i & 1] = holding_read(k->v[i], &arena);
		for (a = json_first(paper[i & 1], "authors"); a != NULL;
		    a = a->next)
			name(holding_author(a));
	}
	if (k->n[NOW] == 0)
		return 1u << LOST;
	if (k->n[BEFORE] == 0)
		return 1u << GAINED;
	if (k->n[BEFORE] == 1 && k->n[NOW] == 1)
		return compare(paper[1], paper[0]);
	return 1u << (k->n[BEFORE] == 1 ? SPLIT : k->n[NOW] == 1 ? MERGED :
	    REGROUPED);
}

/* Papers that only one side has: each by itself. */
static void
write_single(const struct kin *k, const char *kind)
{
	const struct json *paper;
	struct json *c;
	uint32_t i;

	for (i = 0; i < k->n[NOW] + k->n[BEFORE]; i++) {
		arena_reset(&arena);
		paper = holding_read(k->v[i], &arena);
		c = change(kind, paper);
		give(c, "venue", paper, "venue");
		give(c, "year", paper, "year");
		give(c, "sources", paper, "sources");
		filter_make(c);
	}
}

static struct json *
id_list(const struct holding *const *v, uint32_t n)
{
	struct json *list = json_array(&arena);
	uint32_t i;

	for (i = 0; i < n; i++)
		json_append(list, json_str(&arena, v[i]->id));
	return list;
}

static void
write_regrouped(const struct kin *k, const char *kind)
{
	struct json *c;

	arena_reset(&arena);
	c = change(kind, holding_read(k->v[0], &arena));
	json_set(&arena, c, "before", id_list(k->v + k->n[NOW], k->n[BEFORE]));
	json_set(&arena, c, "now", id_list(k->v, k->n[NOW]));
	filter_make(c);
}

static void
write_field(const struct json *before, const struct json *now,
    const char *kind, const char *field)
{
	struct json *c = change(kind, now);

	if (strcmp(kind, kinds[CHANGED]) == 0)
		json_set(&arena, c, "field", json_str(&arena, field));
	give(c, "before", before, field);
	give(c, "now", now, field);
	filter_make(c);
}

static void
write_records(const struct json *before, const struct json *now,
    const char *kind)
{
	struct json *c = change(kind, now), *list;

	if ((list = missing(before, now)) != NULL)
		json_set(&arena, c, "lost", list);
	if ((list = missing(now, before)) != NULL)
		json_set(&arena, c, "gained", list);
	filter_make(c);
}

/* A paper that stays. */
static void
write_pair(const struct kin *k, int kind)
{
	const struct json *before, *now;
	size_t i;

	arena_reset(&arena);
	now = holding_read(k->v[0], &arena);
	before = holding_read(k->v[1], &arena);
	if (kind == NAMES)
		write_field(before, now, kinds[kind], "authors");
	else if (kind == RECORDS)
		write_records(before, now, kinds[kind]);
	else
		for (i = 0; i < NFIELDS; i++)
			if (!same(json_get(before, fields[i]),
			    json_get(now, fields[i])))
				write_field(before, now, kinds[kind],
				    fields[i]);
}

void
changes_write(struct kinship *k, void (*name)(const char *))
{
	struct kin *p, *end = k->v + k->n;
	int kind;

	for (p = k->v; p < end; p++)
		p->changes = classify(p, name);
	for (kind = 0; kind < KINDS; kind++)
		for (p = k->v; p < end; p++) {
			if ((p->changes & 1u << kind) == 0)
				continue;
			if (kind == LOST || kind == GAINED)
				write_single(p, kinds[kind]);
			else if (kind <= REGROUPED)
				write_regrouped(p, kinds[kind]);
			else
				write_pair(p, kind);
		}
	arena_free(&arena);
}

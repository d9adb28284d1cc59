/* author - the record of one exact name */
#include <string.h>

#include "cluster/cluster.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/slug.h"

static struct arena	 arena;
static struct tally	 rows, people, places;

static struct json *
count_json(const char *key, const char *name, uint32_t n)
{
	struct json *o = json_object(&arena);

	if (key != NULL)
		json_add(&arena, o, "key", 3, json_str(&arena, key));
	json_add(&arena, o, "name", 4, json_str(&arena, name));
	json_add(&arena, o, "papers", 6, json_int(&arena, n));
	return o;
}

/* Set a member to a list, or leave it out where that is empty. */
static void
set_list(struct json *o, const char *member, struct json *list)
{
	if (list->child != NULL)
		json_add(&arena, o, member, strlen(member), list);
}

/* Set a member to the names of a tally with their counts; keys may be NULL. */
static void
set_tally(struct json *o, const char *member, struct tally *t,
    const char *const *keys, const char *const *names)
{
	struct json *list = json_array(&arena);
	size_t i;

	tally_sort(t);
	for (i = 0; i < t->n; i++)
		json_append(list, count_json(keys != NULL ?
		    keys[t->v[i].what] : NULL, names[t->v[i].what],
		    t->v[i].papers));
	set_list(o, member, list);
}

/* Whether mention i is the first of the author's on its paper. */
static bool
is_new_paper(const struct names *n, uint32_t author, uint32_t i)
{
	return i == n->first[author] ||
	    n->by_author[i - 1].paper != n->by_author[i].paper;
}

static void
add_rows(const struct names *n, uint32_t author, struct json *o)
{
	uint32_t i;

	tally_reset(&rows);
	for (i = n->first[author]; i < n->first[author + 1]; i++)
		tally_add(&rows, n->by_author[i].spelling,
		    n->by_author[i].paper);
	set_tally(o, "rows", &rows, NULL, n->spellings.v);
}

static void
add_papers(const struct names *n, uint32_t author, struct json *o)
{
	struct json *list = json_array(&arena), *e;
	const struct mention *m;
	uint32_t i, count = 0;

	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		m = &n->by_author[i];
		e = json_object(&arena);
		json_add(&arena, e, "id", 2, json_str(&arena,
		    n->papers[m->paper].id));
		json_add(&arena, e, "position", 8, json_int(&arena,
		    m->position));
		json_add(&arena, e, "row", 3, json_int(&arena,
		    rows.place[m->spelling] - 1));
		json_add(&arena, e, "person", 6, json_int(&arena, 1));
		json_append(list, e);
		count += is_new_paper(n, author, i);
	}
	set_list(o, "papers", list);

	/* one person a name, for now */
	list = json_array(&arena);
	e = json_object(&arena);
	json_add(&arena, e, "person", 6, json_int(&arena, 1));
	json_add(&arena, e, "papers", 6, json_int(&arena, count));
	json_append(list, e);
	set_list(o, "persons", list);
}

static void
add_coauthors(const struct names *n, uint32_t author, struct json *o)
{
	const struct paper *p;
	uint32_t i, k;

	tally_reset(&people);
	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		p = &n->papers[n->by_author[i].paper];
		for (k = p->first; k < p->first + p->count; k++)
			if (n->mentions[k].author != author)
				tally_add(&people, n->mentions[k].author,
				    n->by_author[i].paper);
	}
	set_tally(o, "coauthors", &people, n->keys.v, n->name);
}

static void
add_venues(const struct names *n, uint32_t author, struct json *o)
{
	uint32_t i, venue;

	tally_reset(&places);
	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		venue = n->papers[n->by_author[i].paper].venue;
		if (venue != 0)
			tally_add(&places, venue - 1, n->by_author[i].paper);
	}
	set_tally(o, "venues", &places, NULL, n->venues.v);
}

/* The papers come by year already. */
static void
add_years(const struct names *n, uint32_t author, struct json *o)
{
	struct json *list = json_array(&arena), *e;
	uint32_t i, end = n->first[author + 1], count = 0;
	int32_t year;

	for (i = n->first[author]; i < end; i++) {
		year = n->papers[n->by_author[i].paper].year;
		count += is_new_paper(n, author, i);
		if (i + 1 < end &&
		    n->papers[n->by_author[i + 1].paper].year == year)
			continue;
		if (year != 0) {
			e = json_object(&arena);
			json_add(&arena, e, "year", 4, json_int(&arena, year));
			json_add(&arena, e, "papers", 6,
			    json_int(&arena, count));
			json_append(list, e);
		}
		count = 0;
	}
	set_list(o, "years", list);
}

struct found {
	const struct names	*names;
	struct json		*list;
};

static void
add_similar(uint32_t author, void *ctx)
{
	struct found *f = ctx;

	if (f->names->first[author] < f->names->first[author + 1])
		json_append(f->list, json_str(&arena,
		    f->names->keys.v[author]));
}

struct json *
author_make(const struct names *n, struct similar *similar, uint32_t author)
{
	const char *key = n->keys.v[author];
	struct buf slug = { 0 };
	struct found f = { n, NULL };
	struct json *o;

	if (n->first[author] == n->first[author + 1])
		return NULL;
	if (rows.place == NULL) {
		tally_init(&rows, n->spellings.n);
		tally_init(&people, n->keys.n);
		tally_init(&places, n->venues.n);
	}
	arena_reset(&arena);
	o = json_object(&arena);
	slug_make(&slug, key, strlen(key));
	json_add(&arena, o, "kind", 4, json_str(&arena, "author"));
	json_add(&arena, o, "key", 3, json_str(&arena, key));
	json_add(&arena, o, "name", 4, json_str(&arena, n->name[author]));
	json_add(&arena, o, "slug", 4, json_str(&arena, slug.p));
	add_rows(n, author, o);
	add_papers(n, author, o);
	add_coauthors(n, author, o);
	add_venues(n, author, o);
	add_years(n, author, o);
	f.list = json_array(&arena);
	similar_find(similar, author, add_similar, &f);
	set_list(o, "similar", f.list);
	buf_free(&slug);
	return o;
}

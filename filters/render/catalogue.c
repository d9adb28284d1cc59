/* catalogue - the papers and authors of a clustered stream, for the views */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/catalogue.h"
#include "render/recipe.h"

#define NO_ROW	UINT32_MAX

void
catalogue_init(struct catalogue *c)
{
	memset(c, 0, sizeof(*c));
	c->papers = store_new(filter_tmpdir());
	c->authors = store_new(filter_tmpdir());
}

/* The number of a text + 1, 0 where there is none. */
static uint32_t
number(struct intern *texts, const struct json *paper, const char *member)
{
	const char *s = json_get_str(paper, member);

	return s != NULL ? intern(texts, s, strlen(s)) + 1 : 0;
}

static int
compare_numbers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The sources of a paper's records, each once. */
static void
add_sources(struct catalogue *c, struct paper *p, const struct json *paper)
{
	const struct json *s;
	const char *name;
	uint32_t *v, i;

	p->first_source = c->nsource_of;
	for (s = json_first(paper, "sources"); s != NULL; s = s->next) {
		name = json_get_str(s, "source");
		grow(&c->source_of, &c->sourcecap, c->nsource_of + 1,
		    sizeof(*c->source_of));
		c->source_of[c->nsource_of++] = intern(&c->sources, name,
		    strlen(name));
	}
	v = c->source_of + p->first_source;
	sort_array(v, c->nsource_of - p->first_source, sizeof(*v),
	    compare_numbers);
	p->nsources = 0;
	for (i = 0; i < c->nsource_of - p->first_source; i++)
		if (i == 0 || v[i] != v[i - 1])
			v[p->nsources++] = v[i];
	c->nsource_of = p->first_source + p->nsources;
}

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
add_person(struct catalogue *c, const char *key)
{
	grow(&c->people, &c->peoplecap, c->npeople + 1, sizeof(*c->people));
	c->people[c->npeople++] = XXH3_64bits(key, strlen(key));
}

/* The names on a paper; returns how many. */
static uint32_t
add_people(struct catalogue *c, const struct json *paper, const char *member)
{
	static struct buf key;
	const struct json *a;
	const char *name;
	uint32_t n = 0;

	for (a = json_first(paper, member); a != NULL; a = a->next, n++) {
		name = json_get_str(a, "name");
		buf_reset(&key);
		text_key(&key, name, strlen(name));
		add_person(c, key.p);
	}
	return n;
}

/* How many different ones the last n people are that have a name. */
static uint32_t
count_names(const struct catalogue *c, uint32_t n)
{
	static uint64_t *v;
	static size_t cap;
	const uint64_t none = XXH3_64bits("", 0);
	uint32_t names = 0, i;

	if (n == 0)
		return 0;
	grow(&v, &cap, n, sizeof(*v));
	memcpy(v, c->people + c->npeople - n, n * sizeof(*v));
	sort_array(v, n, sizeof(*v), compare_hashes);
	for (i = 0; i < n; i++)
		names += v[i] != none && (i == 0 || v[i] != v[i - 1]);
	return names;
}

uint32_t
catalogue_add_paper(struct catalogue *c, const struct record *r)
{
	const char *title = json_get_str(r->json, "title");
	struct paper *p;

	grow(&c->paper, &c->papercap, c->npapers + 1, sizeof(*c->paper));
	p = &c->paper[c->npapers];
	p->year = (int32_t)json_get_int(r->json, "year", 0);
	p->venue = number(&c->venues, r->json, "venue");
	p->kind = number(&c->kinds, r->json, "venue_kind");
	p->full_name = number(&c->full_names, r->json, "venue_name");
	p->shown = status_shows(r->json);
	p->title = title == NULL ? NULL :
	    arena_strndup(&c->texts, title, strlen(title));
	p->recipe = recipe_paper(r->json);
	p->item = recipe_item(r->json);
	p->first_person = c->npeople;
	p->npeople = add_people(c, r->json, "authors");
	p->names = count_names(c, p->npeople);
	p->npeople += add_people(c, r->json, "editors");
	add_sources(c, p, r->json);
	store_add(c->papers, r, json_get_str(r->json, "id"),
	    (uint32_t)c->npapers);
	return (uint32_t)c->npapers++;
}

static void
add_work(struct catalogue *c, const struct json *e, uint32_t nrows)
{
	int64_t row = json_get_int(e, "row", -1);
	const char *id = json_get_str(e, "id");
	struct work *w;

	grow(&c->works, &c->workcap, c->nworks + 1, sizeof(*c->works));
	w = &c->works[c->nworks++];
	w->paper = intern(&c->ids, id, strlen(id));
	w->row = row >= 0 && row < nrows ? (uint32_t)row : NO_ROW;
}

/* The names and venues that an author's page links, where they have pages. */
static void
add_mentions(struct catalogue *c, struct author *a, const struct json *author)
{
	const struct json *e;
	const char *s;

	a->first_name = c->npeople;
	for (e = json_first(author, "coauthors"); e != NULL; e = e->next) {
		s = json_get_str(e, "key");
		add_person(c, s != NULL ? s : "");
	}
	a->ncoauthors = (uint32_t)(c->npeople - a->first_name);
	for (e = json_first(author, "similar"); e != NULL; e = e->next)
		add_person(c, json_get_str(e, "key"));
	a->nnames = (uint32_t)(c->npeople - a->first_name);
	a->first_venue = c->nvenue_of;
	for (e = json_first(author, "venues"); e != NULL; e = e->next) {
		if ((s = json_get_str(e, "name")) == NULL)
			continue;
		grow(&c->venue_of, &c->venuecap, c->nvenue_of + 1,
		    sizeof(*c->venue_of));
		c->venue_of[c->nvenue_of++] = intern(&c->venues, s, strlen(s));
	}
	a->nvenues = (uint32_t)(c->nvenue_of - a->first_venue);
}

uint32_t
catalogue_add_author(struct catalogue *c, const struct record *r)
{
	const char *name = json_get_str(r->json, "name");
	const struct json *e;
	struct author *a;
	uint32_t nrows = 0;

	grow(&c->author, &c->authorcap, c->nauthors + 1, sizeof(*c->author));
	a = &c->author[c->nauthors];
	memset(a, 0, sizeof(*a));
	a->name = arena_strndup(&c->texts, name, strlen(name));
	a->first = c->nworks;
	for (e = json_first(r->json, "rows"); e != NULL; e = e->next)
		nrows++;
	if (nrows > c->maxrows)
		c->maxrows = nrows;
	for (e = json_first(r->json, "papers"); e != NULL; e = e->next) {
		add_work(c, e, nrows);
		a->papers++;
	}
	add_mentions(c, a, r->json);
	store_add(c->authors, r, json_get_str(r->json, "key"),
	    (uint32_t)c->nauthors);
	return (uint32_t)c->nauthors++;
}

/* Of each id that works name, the place in the store + 1, 0: it is not there. */
static uint32_t *
find_places(const struct catalogue *c)
{
	uint32_t *place = xcalloc(c->ids.n, sizeof(*place));
	const struct stored *first = store_count(c->papers) > 0 ?
	    store_at(c->papers, 0) : NULL, *s;
	size_t i;

	for (i = 0; i < c->ids.n; i++)
		if ((s = store_find(c->papers, c->ids.v[i])) != NULL)
			place[i] = (uint32_t)(s - first) + 1;
	return place;
}

/* Whether all papers of an author are there, whether they are shown or not. */
static bool
is_whole(struct catalogue *c, const struct stored *s, const uint32_t *place)
{
	const struct author *a = &c->author[s->user];
	const struct work *w;

	for (w = c->works + a->first; w < c->works + a->first + a->papers; w++)
		if (place[w->paper] == 0) {
			store_reject(c->authors, s, REJECT_MISSING_PAPER,
			    c->ids.v[w->paper]);
			return false;
		}
	return true;
}

/* Leave the works that are shown, each paper once, and count their rows. */
static void
keep_shown(struct catalogue *c, struct author *a, const uint32_t *place,
    uint32_t *seen, uint32_t *rows, uint32_t stamp)
{
	struct work *w = c->works + a->first, *to = w, *end = w + a->papers;
	uint32_t paper;

	for (; w < end; w++) {
		paper = place[w->paper] - 1;
		if (!catalogue_paper(c, paper)->shown) {
			c->works_hidden++;
			continue;
		}
		if (w->row != NO_ROW && rows[w->row] != stamp) {
			rows[w->row] = stamp;
			a->rows++;
		}
		if (seen[paper] == stamp)
			continue;
		seen[paper] = stamp;
		*to++ = (struct work){ paper, w->row };
	}
	a->papers = (uint32_t)(to - (c->works + a->first));
	c->names_held += a->papers;
}

/* The slot of a key, or that it is to be put in. */
static struct known *
find_known(const struct catalogue *c, uint64_t key)
{
	size_t k = key & c->mask;

	while (c->known[k].place != 0 && c->known[k].key != key)
		k = (k + 1) & c->mask;
	return &c->known[k];
}

static void
make_known(struct catalogue *c)
{
	const struct stored *s;
	const struct author *a;
	struct known *known;
	uint64_t key;
	size_t i;

	for (c->mask = 1; c->mask < c->nauthors * 2; c->mask = c->mask * 2 + 1)
		;
	c->known = xcalloc(c->mask + 1, sizeof(*c->known));
	for (i = 0; i < store_count(c->authors); i++) {
		s = store_at(c->authors, i);
		a = &c->author[s->user];
		if (a->papers == 0)
			continue;
		key = XXH3_64bits(s->id, strlen(s->id));
		known = find_known(c, key);
		known->key = key;
		known->name = recipe_text(0, a->name);
		known->place = (uint32_t)i + 1;
	}
}

const struct known *
catalogue_known_hash(const struct catalogue *c, uint64_t key)
{
	const struct known *known = find_known(c, key);

	return known->place != 0 ? known : NULL;
}

const struct known *
catalogue_known(const struct catalogue *c, const char *key)
{
	return catalogue_known_hash(c, XXH3_64bits(key, strlen(key)));
}

void
catalogue_sort(struct catalogue *c)
{
	uint32_t *place, *seen, *rows;
	const struct stored *s;
	size_t i;

	store_sort(c->papers, NULL);
	store_sort(c->authors, NULL);
	place = find_places(c);
	seen = xcalloc(store_count(c->papers), sizeof(*seen));
	rows = xcalloc(c->maxrows, sizeof(*rows));
	for (i = 0; i < store_count(c->authors); i++) {
		s = store_at(c->authors, i);
		if (is_whole(c, s, place))
			keep_shown(c, &c->author[s->user], place, seen, rows,
			    (uint32_t)i + 1);
		else
			c->author[s->user].papers = 0;
	}
	for (i = 0; i < store_count(c->papers); i++) {
		if (catalogue_paper(c, i)->shown) {
			c->names_shown += catalogue_paper(c, i)->names;
			continue;
		}
		c->npapers_hidden++;
		filter_passed("papers not shown");
	}
	make_known(c);
	free(place);
	free(seen);
	free(rows);
	intern_free(&c->ids);
}

const struct paper *
catalogue_paper(const struct catalogue *c, size_t i)
{
	return &c->paper[store_at(c->papers, i)->user];
}

const struct author *
catalogue_author(const struct catalogue *c, size_t i)
{
	return &c->author[store_at(c->authors, i)->user];
}

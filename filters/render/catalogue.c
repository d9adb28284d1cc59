/* catalogue - the papers and authors of a clustered stream, for the views */
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/store.h"
#include "render/catalogue.h"

#define NO_ROW	UINT32_MAX

void
catalogue_init(struct catalogue *c)
{
	memset(c, 0, sizeof(*c));
	c->papers = store_new(filter_tmpdir());
	c->authors = store_new(filter_tmpdir());
}

static uint32_t
venue_of(struct catalogue *c, const struct json *paper)
{
	static struct buf b;
	const char *venue = json_get_str(paper, "venue");
	const char *kind = json_get_str(paper, "venue_kind");
	const char *name = json_get_str(paper, "venue_name");

	if (venue == NULL)
		return 0;
	buf_reset(&b);
	buf_addf(&b, "%s\t%s\t%s", venue, kind != NULL ? kind : "",
	    name != NULL ? name : "");
	return intern(&c->venues, b.p, b.len) + 1;
}

/* The names of a paper's sources, each once. */
static uint32_t
sources_of(struct catalogue *c, const struct json *paper)
{
	static struct buf b;
	const struct json *s, *t, *first = json_first(paper, "sources");

	buf_reset(&b);
	for (s = first; s != NULL; s = s->next) {
		for (t = first; t != s; t = t->next)
			if (strcmp(json_get_str(s, "source"),
			    json_get_str(t, "source")) == 0)
				break;
		if (t == s)
			buf_addf(&b, "%s%s", b.len > 0 ? "\t" : "",
			    json_get_str(s, "source"));
	}
	return intern(&c->sources, b.p, b.len);
}

uint32_t
catalogue_add_paper(struct catalogue *c, const struct record *r)
{
	struct paper *p;

	grow(&c->paper, &c->papercap, c->npapers + 1, sizeof(*c->paper));
	p = &c->paper[c->npapers];
	p->year = (int32_t)json_get_int(r->json, "year", 0);
	p->venue = venue_of(c, r->json);
	p->sources = sources_of(c, r->json);
	p->shown = status_shows(r->json);
	store_add(c->papers, r, json_get_str(r->json, "id"),
	    (uint32_t)c->npapers);
	return (uint32_t)c->npapers++;
}

static uint32_t
add_work(struct catalogue *c, const struct json *e, uint32_t nrows)
{
	int64_t row = json_get_int(e, "row", -1);
	const char *id = json_get_str(e, "id");
	struct work *w;

	grow(&c->works, &c->workcap, c->nworks + 1, sizeof(*c->works));
	w = &c->works[c->nworks++];
	w->paper = intern(&c->ids, id, strlen(id));
	w->row = row >= 0 && row < nrows ? (uint32_t)row : NO_ROW;
	return 1;
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
	a->name = arena_strndup(&c->names, name, strlen(name));
	a->first = c->nworks;
	for (e = json_first(r->json, "rows"); e != NULL; e = e->next)
		nrows++;
	if (nrows > c->maxrows)
		c->maxrows = nrows;
	for (e = json_first(r->json, "papers"); e != NULL; e = e->next)
		a->papers += add_work(c, e, nrows);
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
		if (!catalogue_paper(c, paper)->shown)
			continue;
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

/* html_venue - venues and years of the html view */
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/html.h"

static struct intern	 keys;		/* of venues, whatever their case */
static uint32_t		*key_of;	/* by number of the spelling */

/* That a paper says so of its venue: name, kind or full name. */
struct vote {
	uint32_t	 venue;
	uint32_t	 text;		/* number */
};

static const char *const *voted;	/* texts, for compare_votes */

static int
compare_votes(const void *a, const void *b)
{
	const struct vote *x = a, *y = b;

	if (x->venue != y->venue)
		return x->venue < y->venue ? -1 : 1;
	return x->text == y->text ? 0 :
	    strcmp(voted[x->text], voted[y->text]);
}

/*
 * Give each venue the text that most of its papers have, the first by bytes of
 * several; set is told a venue and its text.
 */
static void
elect(struct vote *votes, size_t n, const char *const *texts,
    void (*set)(struct venue *, const char *))
{
	size_t i, k, best = 0;

	voted = texts;
	sort_array(votes, n, sizeof(*votes), compare_votes);
	for (i = 0; i < n; i = k) {
		for (k = i; k < n && compare_votes(&votes[i], &votes[k]) == 0;
		    k++)
			;
		if (i == 0 || votes[i - 1].venue != votes[i].venue)
			best = 0;
		if (k - i > best) {
			best = k - i;
			set(&html.venues[votes[i].venue],
			    texts[votes[i].text]);
		}
	}
}

static void
set_name(struct venue *v, const char *text)
{
	v->name = text;
}

static void
set_kind(struct venue *v, const char *text)
{
	v->kind = text;
}

static void
set_full(struct venue *v, const char *text)
{
	if (strcmp(text, v->name) != 0)
		v->full = text;
}

static uint32_t
venue_of(const struct paper *p)
{
	return p->venue > 0 ? key_of[p->venue - 1] :
	    (uint32_t)html.nvenues - 1;
}

/* The votes of all papers that are shown, by one of their numbers. */
static size_t
gather(const struct catalogue *c, struct vote *votes, size_t member)
{
	const struct paper *p;
	uint32_t number;
	size_t i, n = 0;

	for (i = 0; i < store_count(c->papers); i++) {
		p = catalogue_paper(c, i);
		memcpy(&number, (const char *)p + member, sizeof(number));
		if (p->shown && p->venue > 0 && number > 0)
			votes[n++] = (struct vote){ venue_of(p), number - 1 };
	}
	return n;
}

/* Number the venues in the order of their keys. */
static void
number_venues(const struct catalogue *c)
{
	struct buf key = { 0 };
	uint32_t *place;
	size_t i;

	key_of = xcalloc(c->venues.n, sizeof(*key_of));
	for (i = 0; i < c->venues.n; i++) {
		buf_reset(&key);
		text_key(&key, c->venues.v[i], strlen(c->venues.v[i]));
		key_of[i] = intern(&keys, key.p, key.len);
	}
	place = xcalloc(keys.n, sizeof(*place));
	if (keys.n > 0)
		intern_sort(&keys, place);
	for (i = 0; i < c->venues.n; i++)
		key_of[i] = place[key_of[i]];
	free(place);
	buf_free(&key);
}

static void
make_venues(const struct catalogue *c)
{
	struct vote *votes = xcalloc(store_count(c->papers), sizeof(*votes));
	size_t i;

	number_venues(c);
	/* one more for those that have none */
	html.nvenues = keys.n + 1;
	html.venues = xcalloc(html.nvenues, sizeof(*html.venues));
	for (i = 0; i < html.nvenues; i++)
		html.venues[i] = (struct venue){ .name = "No venue",
		    .kind = "", .full = "",
		    .key = i < keys.n ? keys.v[i] : NULL };
	elect(votes, gather(c, votes, offsetof(struct paper, venue)),
	    c->venues.v, set_name);
	elect(votes, gather(c, votes, offsetof(struct paper, kind)),
	    c->kinds.v, set_kind);
	elect(votes, gather(c, votes, offsetof(struct paper, full_name)),
	    c->full_names.v, set_full);
	free(votes);
}

static int
compare_papers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	const struct paper *p = catalogue_paper(html.catalogue, *x);
	const struct paper *q = catalogue_paper(html.catalogue, *y);
	uint32_t v = venue_of(p), w = venue_of(q);

	if (v != w)
		return v < w ? -1 : 1;
	if (p->year != q->year)
		return p->year > q->year ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

static int
compare_years(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	return (x->venue > y->venue) - (x->venue < y->venue);
}

static void
make_groups(const struct catalogue *c)
{
	size_t i, n = 0, cap = 0;
	const struct paper *p;
	struct group *g = NULL;
	struct venue *v;

	html.order = xcalloc(store_count(c->papers), sizeof(*html.order));
	for (i = 0; i < store_count(c->papers); i++)
		if (catalogue_paper(c, i)->shown)
			html.order[n++] = (uint32_t)i;
	html.papers = n;
	sort_array(html.order, n, sizeof(*html.order), compare_papers);
	for (i = 0; i < n; i++) {
		p = catalogue_paper(c, html.order[i]);
		v = &html.venues[venue_of(p)];
		if (g == NULL || g->venue != venue_of(p) ||
		    g->year != p->year) {
			grow(&html.groups, &cap, html.ngroups + 1, sizeof(*g));
			g = &html.groups[html.ngroups];
			*g = (struct group){ venue_of(p), p->year, i, 0 };
			if (v->ngroups++ == 0)
				v->first = html.ngroups;
			html.ngroups++;
		}
		g->papers++;
		v->papers++;
	}
}

/* The groups again, year by year. */
static void
make_years(void)
{
	const struct group *g;
	struct year *y = NULL;
	size_t i, cap = 0;

	html.by_year = xcalloc(html.ngroups, sizeof(*g));
	if (html.ngroups > 0)
		memcpy(html.by_year, html.groups, html.ngroups * sizeof(*g));
	sort_array(html.by_year, html.ngroups, sizeof(*g), compare_years);
	for (i = 0; i < html.ngroups; i++) {
		g = &html.by_year[i];
		if (y == NULL || y->year != g->year) {
			grow(&html.years, &cap, html.nyears + 1, sizeof(*y));
			y = &html.years[html.nyears++];
			*y = (struct year){ .year = g->year, .first = i };
		}
		y->ngroups++;
		y->papers += g->papers;
	}
}

static int
compare_venue(const void *key, const void *elem)
{
	return strcmp(key, ((const struct venue *)elem)->key);
}

const struct venue *
html_venue_at(uint32_t number)
{
	const struct venue *v = &html.venues[key_of[number]];

	return v->papers > 0 ? v : NULL;
}

const struct venue *
html_venue(const char *name)
{
	static struct buf key;
	const struct venue *v;

	if (name == NULL)
		return NULL;
	buf_reset(&key);
	text_key(&key, name, strlen(name));
	v = bsearch(key.p, html.venues, html.nvenues - 1, sizeof(*v),
	    compare_venue);
	return v != NULL && v->papers > 0 ? v : NULL;
}

void
html_venues(void)
{
	make_venues(html.catalogue);
	make_groups(html.catalogue);
	make_years();
}

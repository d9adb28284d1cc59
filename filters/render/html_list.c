/* html_list - pages of venues, years and names of the html view */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/html.h"
#include "render/label.h"
#include "render/page.h"
#include "render/path.h"

#define PAPERS	250	/* on a page; a venue with no more is a single page */
#define NAMES	500
#define VENUES	1000

/* A part of a list: years as in addresses and anchors. */
static const char *
part_of(int32_t year)
{
	static char text[16];

	if (year == 0)
		return "none";
	snprintf(text, sizeof(text), "%d", (int)year);
	return text;
}

static void
set_year(struct json *o, int32_t year)
{
	page_set(o, "year", year != 0 ? part_of(year) : "No year");
	page_set(o, "anchor", part_of(year));
}

void
html_link_venue(struct json *o, const struct venue *v)
{
	page_link(o, "href", path_list("v", v->key, "", 1));
}

void
html_link_group(struct json *o, const struct group *g)
{
	const struct venue *v = &html.venues[g->venue];
	struct buf b = { 0 };

	if (v->papers > PAPERS) {
		page_link(o, "href", path_list("v", v->key, part_of(g->year),
		    1));
		return;
	}
	buf_addf(&b, "%s#y%s", path_list("v", v->key, "", 1),
	    part_of(g->year));
	page_link(o, "href", b.p);
	buf_free(&b);
}

/* Where the pages of a list stand: page 1 may be elsewhere. */
struct pages {
	const char	*folder, *key, *part;
	const char	*first;		/* path of page 1, or NULL: as the others */
	size_t		 n;
};

static const char *
page_path(const struct pages *p, size_t page)
{
	return page == 1 && p->first != NULL ? p->first :
	    path_list(p->folder, p->key, p->part, page);
}

static void
add_pager(struct json *data, const struct pages *p, size_t page)
{
	struct json *o;

	if (p->n < 2)
		return;
	o = page_object(data, "pager");
	page_count(o, "page", page, NULL);
	page_count(o, "pages", p->n, NULL);
	if (page > 1) {
		page_link(o, "first", page_path(p, 1));
		page_link(o, "before", page_path(p, page - 1));
	}
	if (page < p->n)
		page_link(o, "after", page_path(p, page + 1));
}

static size_t
pages_of(size_t n, size_t size)
{
	return n == 0 ? 1 : (n + size - 1) / size;
}

/* Papers of a group by their titles. */

struct titled {
	const char	*title;		/* folded */
	uint32_t	 place;
};

static int
compare_titles(const void *a, const void *b)
{
	const struct titled *x = a, *y = b;
	int c = strcmp(x->title, y->title);

	return c != 0 ? c : (x->place > y->place) - (x->place < y->place);
}

static struct titled *
by_title(const struct group *g, struct arena *titles)
{
	static struct arena arena;
	static struct buf b;
	const struct catalogue *c = html.catalogue;
	struct titled *v = xcalloc(g->papers, sizeof(*v));
	const char *s;
	uint32_t i;

	for (i = 0; i < g->papers; i++) {
		v[i].place = html.order[g->first + i];
		arena_reset(&arena);
		s = json_get_str(store_read(c->papers,
		    store_at(c->papers, v[i].place), &arena), "title");
		buf_reset(&b);
		if (s != NULL)
			text_fold(&b, s, strlen(s), ' ');
		v[i].title = arena_strndup(titles, b.p, b.len);
	}
	sort_array(v, g->papers, sizeof(*v), compare_titles);
	return v;
}

static void
add_item(struct json *list, uint32_t place)
{
	static struct arena arena;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->papers, place);
	const struct json *paper, *a;
	struct json *o = page_item(list), *names;
	uint64_t n = 0;

	arena_reset(&arena);
	paper = store_read(c->papers, s, &arena);
	page_title(o, paper);
	page_link(o, "href", path_paper(s->id));
	names = page_list(o, "authors");
	for (a = json_first(paper, "authors"); a != NULL; a = a->next)
		if (n++ < SHOWN_AUTHORS)
			page_copy(page_item(names), "name", a, "name");
	if (n > SHOWN_AUTHORS)
		page_count(o, "more", n - SHOWN_AUTHORS, NULL);
}

static void
add_venue(struct json *data, const struct venue *v)
{
	struct buf b = { 0 };

	page_set(data, "venue", v->name);
	page_set(data, "full", v->full);
	if (*v->kind != '\0')
		label_add(&b, v->kind);
	page_set(data, "kind", b.p);
	buf_free(&b);
}

static struct json *
begin_group(struct json *sections, const struct group *g)
{
	struct json *o = page_item(sections);

	set_year(o, g->year);
	page_count(o, "count", g->papers, "paper");
	return page_list(o, "papers");
}

static void
write_group(const struct group *g)
{
	const struct venue *v = &html.venues[g->venue];
	char part[16];
	struct pages p = { "v", v->key, part, NULL,
	    pages_of(g->papers, PAPERS) };
	struct arena titles = { 0 };
	struct titled *papers = by_title(g, &titles);
	struct buf title = { 0 };
	struct json *data, *list;
	size_t page, i;

	snprintf(part, sizeof(part), "%s", part_of(g->year));
	buf_addf(&title, "%s, %s", v->name, g->year != 0 ? part : "no year");
	for (page = 1; page <= p.n; page++) {
		data = page_begin(page_path(&p, page), title.p);
		add_venue(data, v);
		html_link_venue(data, v);
		set_year(data, g->year);
		page_count(data, "count", g->papers, "paper");
		list = page_list(data, "papers");
		for (i = (page - 1) * PAPERS; i < g->papers &&
		    i < page * PAPERS; i++)
			add_item(list, papers[i].place);
		add_pager(data, &p, page);
		page_end(html.site, "group");
	}
	free(papers);
	arena_free(&titles);
	buf_free(&title);
}

static void
write_venue(const struct venue *v)
{
	struct json *data = page_begin(path_list("v", v->key, "", 1), v->name);
	struct json *list, *section;
	struct arena titles = { 0 };
	const struct group *g, *end = html.groups + v->first + v->ngroups;
	struct titled *papers;
	uint32_t i;

	add_venue(data, v);
	page_count(data, "count", v->papers, "paper");
	list = page_list(data, v->papers > PAPERS ? "years" : "sections");
	for (g = html.groups + v->first; g < end; g++) {
		if (v->papers > PAPERS) {
			section = page_item(list);
			set_year(section, g->year);
			page_count(section, "papers", g->papers, NULL);
			html_link_group(section, g);
			continue;
		}
		section = begin_group(list, g);
		papers = by_title(g, &titles);
		for (i = 0; i < g->papers; i++)
			add_item(section, papers[i].place);
		free(papers);
	}
	page_end(html.site, "venue");
	arena_free(&titles);
	if (v->papers > PAPERS)
		for (g = html.groups + v->first; g < end; g++)
			write_group(g);
}

/* Venues of a year. */
static void
write_year(const struct group *g, const struct group *end)
{
	char key[16];
	struct pages p = { "l", key, "", path_year(g->year),
	    pages_of((size_t)(end - g), VENUES) };
	struct json *data, *list, *o;
	const struct group *e;
	uint64_t papers = 0;
	char first[32];
	size_t page, i;

	snprintf(key, sizeof(key), "%s", part_of(g->year));
	snprintf(first, sizeof(first), "%s", p.first);
	p.first = first;
	for (e = g; e < end; e++)
		papers += e->papers;
	for (page = 1; page <= p.n; page++) {
		data = page_begin(page_path(&p, page), g->year != 0 ? key :
		    "No year");
		set_year(data, g->year);
		page_count(data, "count", papers, "paper");
		list = page_list(data, "venues");
		e = g + (page - 1) * VENUES;
		for (i = 0; e < end && i < VENUES; e++, i++) {
			o = page_item(list);
			page_set(o, "name", html.venues[e->venue].name);
			page_set(o, "full", html.venues[e->venue].full);
			page_count(o, "papers", e->papers, NULL);
			html_link_group(o, e);
		}
		add_pager(data, &p, page);
		page_end(html.site, "year");
	}
}

static const struct group *
end_of_year(const struct group *g)
{
	const struct group *e = g, *end = html.by_year + html.ngroups;

	while (e < end && e->year == g->year)
		e++;
	return e;
}

static void
write_years(void)
{
	struct json *data = page_begin("years.html", "Years"), *list, *o;
	const struct group *g, *e, *end = html.by_year + html.ngroups;
	uint64_t papers;

	list = page_list(data, "years");
	for (g = html.by_year; g < end; g = e) {
		e = end_of_year(g);
		o = page_item(list);
		set_year(o, g->year);
		page_link(o, "href", path_year(g->year));
		for (papers = 0; g < e; g++)
			papers += g->papers;
		page_count(o, "papers", papers, NULL);
	}
	page_end(html.site, "years");
}

static void
write_venues(void)
{
	struct pages p = { "l", "venues", "", "venues.html", 0 };
	const struct venue **v = xcalloc(html.nvenues, sizeof(*v));
	struct json *data, *list, *o;
	size_t n = 0, page, i;

	for (i = 0; i < html.nvenues; i++)
		if (html.venues[i].papers > 0)
			v[n++] = &html.venues[i];
	p.n = pages_of(n, VENUES);
	for (page = 1; page <= p.n; page++) {
		data = page_begin(page_path(&p, page), "Venues");
		list = page_list(data, "venues");
		for (i = (page - 1) * VENUES; i < n && i < page * VENUES; i++) {
			o = page_item(list);
			page_set(o, "name", v[i]->name);
			page_set(o, "full", v[i]->full);
			page_count(o, "papers", v[i]->papers, NULL);
			html_link_venue(o, v[i]);
		}
		add_pager(data, &p, page);
		page_end(html.site, "venues");
	}
	free(v);
}

/* Names */

static struct json *
add_name(struct json *list, size_t i)
{
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->authors, html.names[i]);
	struct json *o = page_item(list);

	page_set(o, "name", c->author[s->user].name);
	page_count(o, "papers", c->author[s->user].papers, NULL);
	return o;
}

/* The letters, the one at hand without a link. */
static void
add_letters(struct json *data, const struct letter *at)
{
	struct json *list = page_list(data, "letters"), *o;
	size_t i;

	for (i = 0; i < html.nletters; i++) {
		o = page_item(list);
		page_set(o, "label", html.letters[i].label);
		page_count(o, "count", html.letters[i].n, NULL);
		if (&html.letters[i] != at)
			page_link(o, "href", path_list("n",
			    html.letters[i].id, "", 1));
	}
}

/* The names with which the pages begin. */
static void
add_contents(struct json *data, const struct letter *l, const struct pages *p)
{
	struct json *list, *o;
	size_t page;

	if (p->n < 2)
		return;
	list = page_list(page_object(data, "contents"), "list");
	for (page = 1; page <= p->n; page++) {
		o = add_name(list, l->first + (page - 1) * NAMES);
		page_count(o, "page", page, NULL);
		page_link(o, "href", page_path(p, page));
	}
}

static void
write_letter(const struct letter *l)
{
	struct pages p = { "n", l->id, "", NULL, pages_of(l->n, NAMES) };
	struct buf title = { 0 };
	struct json *data, *list;
	size_t page, i, end;

	buf_addf(&title, "Authors: %s", l->label);
	for (page = 1; page <= p.n; page++) {
		data = page_begin(page_path(&p, page), title.p);
		page_set(data, "letter", l->label);
		page_count(data, "count", l->n, "name");
		add_letters(data, l);
		if (page == 1)
			add_contents(data, l, &p);
		list = page_list(data, "names");
		end = l->first + l->n;
		for (i = l->first + (page - 1) * NAMES; i < end &&
		    i < l->first + page * NAMES; i++)
			html_link_author(add_name(list, i), store_at(
			    html.catalogue->authors, html.names[i])->id);
		add_pager(data, &p, page);
		page_end(html.site, "letter");
	}
	buf_free(&title);
}

static void
write_names(void)
{
	struct json *data = page_begin("authors.html", "Authors");

	page_count(data, "count", html.authors, "name");
	add_letters(data, NULL);
	page_end(html.site, "authors");
}

void
html_lists(unsigned k, unsigned n)
{
	const struct group *g, *end = html.by_year + html.ngroups;
	size_t i;

	for (i = k; i < html.nvenues; i += n)
		if (html.venues[i].papers > 0)
			write_venue(&html.venues[i]);
	for (i = k; i < html.nletters; i += n)
		write_letter(&html.letters[i]);
	if (k != 0)
		return;
	for (g = html.by_year; g < end; g = end_of_year(g))
		write_year(g, end_of_year(g));
	write_years();
	write_venues();
	write_names();
}

/* html_list - pages of venues and years of the html view */
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
#include "render/pager.h"
#include "render/path.h"
#include "render/recipe.h"
#include "render/site.h"

#define PAPERS	250	/* on a page; a venue with no more is a single page */
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
	static struct buf b;
	struct titled *v = xcalloc(g->papers, sizeof(*v));
	const char *s;
	uint32_t i;

	for (i = 0; i < g->papers; i++) {
		v[i].place = html.order[g->first + i];
		s = catalogue_paper(html.catalogue, v[i].place)->title;
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
	const struct json *paper;
	struct json *o = page_item(list);

	arena_reset(&arena);
	paper = store_read(c->papers, s, &arena);
	page_title(o, paper);
	page_link(o, "href", path_paper(s->id));
	page_authors(o, paper);
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

/* What pages of a venue say of it. */
static uint64_t
recipe_of(const struct venue *v)
{
	uint64_t recipe = recipe_text(0, v->name);

	recipe = recipe_text(recipe, v->key);
	recipe = recipe_text(recipe, v->full);
	recipe = recipe_text(recipe, v->kind);
	return recipe_number(recipe, v->papers);
}

/* Some papers of a group, in order. */
static uint64_t
recipe_add(uint64_t recipe, const struct group *g, const struct titled *t,
    size_t from, size_t to)
{
	recipe = recipe_number(recipe, (uint64_t)g->year);
	recipe = recipe_number(recipe, g->papers);
	for (; from < to; from++)
		recipe = recipe_number(recipe, catalogue_paper(html.catalogue,
		    t[from].place)->item);
	return recipe;
}

static void
write_group_page(const struct group *g, const struct titled *papers,
    const struct pages *p, size_t page)
{
	const struct venue *v = &html.venues[g->venue];
	size_t i = (page - 1) * PAPERS;
	size_t end = page < p->n ? i + PAPERS : g->papers;
	uint64_t recipe = recipe_add(recipe_of(v), g, papers, i, end);
	struct buf title = { 0 };
	struct json *data, *list;

	if (site_keep(html.site, pager_path(p, page), recipe))
		return;
	buf_addf(&title, "%s, %s", v->name, g->year != 0 ? p->part :
	    "no year");
	data = page_begin(pager_path(p, page), title.p);
	add_venue(data, v);
	html_link_venue(data, v);
	set_year(data, g->year);
	page_count(data, "count", g->papers, "paper");
	list = page_list(data, "papers");
	for (; i < end; i++)
		add_item(list, papers[i].place);
	pager_add(data, p, page);
	page_end(html.site, "group", recipe);
	buf_free(&title);
}

static void
write_group(const struct group *g)
{
	char part[16];
	struct pages p = { "v", html.venues[g->venue].key, part, NULL,
	    pager_pages(g->papers, PAPERS) };
	struct arena titles = { 0 };
	struct titled *papers = by_title(g, &titles);
	size_t page;

	snprintf(part, sizeof(part), "%s", part_of(g->year));
	for (page = 1; page <= p.n; page++)
		write_group_page(g, papers, &p, page);
	free(papers);
	arena_free(&titles);
}

/* A venue whose papers stand on one page, under their years. */
static void
write_small_venue(const struct venue *v)
{
	const struct group *g = html.groups + v->first, *end = g + v->ngroups;
	const char *path = path_list("v", v->key, "", 1);
	struct titled **papers = xcalloc(v->ngroups, sizeof(*papers)), **t;
	uint64_t recipe = recipe_of(v);
	struct arena titles = { 0 };
	struct json *data, *list, *section;
	uint32_t i;

	for (t = papers; g < end; g++, t++) {
		*t = by_title(g, &titles);
		recipe = recipe_add(recipe, g, *t, 0, g->papers);
	}
	if (!site_keep(html.site, path, recipe)) {
		data = page_begin(path, v->name);
		add_venue(data, v);
		page_count(data, "count", v->papers, "paper");
		list = page_list(data, "sections");
		for (g = html.groups + v->first, t = papers; g < end; g++, t++) {
			section = begin_group(list, g);
			for (i = 0; i < g->papers; i++)
				add_item(section, (*t)[i].place);
		}
		page_end(html.site, "venue", recipe);
	}
	for (t = papers; t < papers + v->ngroups; t++)
		free(*t);
	free(papers);
	arena_free(&titles);
}

/* One whose years have pages of their own. */
static void
write_large_venue(const struct venue *v)
{
	const struct group *g = html.groups + v->first, *end = g + v->ngroups;
	struct json *data = page_begin(path_list("v", v->key, "", 1), v->name);
	struct json *list, *o;

	add_venue(data, v);
	page_count(data, "count", v->papers, "paper");
	list = page_list(data, "years");
	for (; g < end; g++) {
		o = page_item(list);
		set_year(o, g->year);
		page_count(o, "papers", g->papers, NULL);
		html_link_group(o, g);
	}
	page_end(html.site, "venue", 0);
	for (g = html.groups + v->first; g < end; g++)
		write_group(g);
}

static void
write_venue(const struct venue *v)
{
	if (v->papers > PAPERS)
		write_large_venue(v);
	else
		write_small_venue(v);
}

static struct json *
add_row(struct json *list, const struct venue *v, uint64_t papers)
{
	struct json *o = page_item(list);

	page_set(o, "name", v->name);
	page_set(o, "full", v->full);
	page_count(o, "papers", papers, NULL);
	return o;
}

/* Venues of a year. */
static void
write_year(const struct year *y)
{
	const struct group *g, *end = html.by_year + y->first + y->ngroups;
	char key[16], first[32];
	struct pages p = { "l", key, "", first,
	    pager_pages(y->ngroups, VENUES) };
	struct json *data, *list;
	size_t page, i;

	snprintf(key, sizeof(key), "%s", part_of(y->year));
	snprintf(first, sizeof(first), "%s", path_year(y->year));
	for (page = 1; page <= p.n; page++) {
		data = page_begin(pager_path(&p, page), y->year != 0 ? key :
		    "No year");
		set_year(data, y->year);
		page_count(data, "count", y->papers, "paper");
		list = page_list(data, "venues");
		g = html.by_year + y->first + (page - 1) * VENUES;
		for (i = 0; g < end && i < VENUES; g++, i++)
			html_link_group(add_row(list, &html.venues[g->venue],
			    g->papers), g);
		pager_add(data, &p, page);
		page_end(html.site, "year", 0);
	}
}

void
html_add_years(struct json *list, size_t n)
{
	const struct year *y;
	struct json *o;

	for (y = html.years; y < html.years + n; y++) {
		o = page_item(list);
		set_year(o, y->year);
		page_link(o, "href", path_year(y->year));
		page_count(o, "papers", y->papers, NULL);
	}
}

static void
write_years(void)
{
	struct json *data = page_begin("years.html", "Years");

	html_add_years(page_list(data, "years"), html.nyears);
	page_end(html.site, "years", 0);
}

static void
write_venues(void)
{
	struct pages p = { "l", "venues", "", "venues.html", 0 };
	const struct venue **v = xcalloc(html.nvenues, sizeof(*v));
	struct json *data, *list;
	size_t n = 0, page, i;

	for (i = 0; i < html.nvenues; i++)
		if (html.venues[i].papers > 0)
			v[n++] = &html.venues[i];
	p.n = pager_pages(n, VENUES);
	for (page = 1; page <= p.n; page++) {
		data = page_begin(pager_path(&p, page), "Venues");
		list = page_list(data, "venues");
		for (i = (page - 1) * VENUES; i < n && i < page * VENUES; i++)
			html_link_venue(add_row(list, v[i], v[i]->papers),
			    v[i]);
		pager_add(data, &p, page);
		page_end(html.site, "venues", 0);
	}
	free(v);
}

void
html_lists(unsigned k, unsigned n)
{
	size_t i;

	for (i = k; i < html.nvenues; i += n)
		if (html.venues[i].papers > 0)
			write_venue(&html.venues[i]);
	for (i = k; i < html.nyears; i += n)
		write_year(&html.years[i]);
	if (k != 0)
		return;
	write_years();
	write_venues();
}

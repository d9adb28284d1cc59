/* html_author - author name clusters of the html view */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/html.h"
#include "render/page.h"
#include "render/path.h"
#include "render/recipe.h"
#include "render/site.h"

#define OPEN	10	/* coauthors and venues that are not folded */
#define LINKED	60	/* coauthors up to which the folded ones are links; where
			 * there are more, all have a page of their own, and
			 * of so many those of two papers stand here without */
#define BAR	40	/* height of the highest bar of the chart */

bool
html_link_author(struct json *o, const char *key)
{
	if (catalogue_known(html.catalogue, key) == NULL)
		return false;
	page_link(o, "href", path_author(key, "", ".html"));
	return true;
}

/* A coauthor or venue with its count. */
static struct json *
add_counted(struct json *list, const struct json *e)
{
	struct json *o = page_item(list);

	page_copy(o, "name", e, "name");
	page_count(o, "papers", (uint64_t)json_get_int(e, "papers", 0), NULL);
	return o;
}

static void
add_coauthor(struct json *list, const struct json *e)
{
	const char *key = json_get_str(e, "key");
	struct json *o = add_counted(list, e);

	if (key != NULL)
		html_link_author(o, key);
}

static void
add_venue(struct json *list, const struct json *e)
{
	const char *name = json_get_str(e, "name");
	const struct venue *v = html_venue(name);
	struct json *o = add_counted(list, e);

	if (v != NULL)
		html_link_venue(o, v);
}

/* The next names of two papers or more, without links, by their number. */
static void
add_names(struct json *more, const struct json *e)
{
	struct json *groups = page_list(more, "groups"), *group, *list = NULL, *o;
	int64_t papers, last = -1;
	int n;

	for (n = OPEN; n < LINKED; n++, e = e->next) {
		papers = json_get_int(e, "papers", 0);
		if (papers < 2)
			break;
		if (papers != last) {
			group = page_item(groups);
			page_count(group, "papers", (uint64_t)papers, "paper");
			list = page_list(group, "list");
		}
		o = page_item(list);
		page_copy(o, "name", e, "name");
		if (n == LINKED - 1 ||
		    json_get_int(e->next, "papers", 0) != papers)
			page_flag(o, "last");
		last = papers;
	}
}

/*
 * A list of the author's record: its first ones open, the others, if there
 * are some, in "more".  Returns that where there are too many for links.
 */
static struct json *
add_list(struct json *data, const struct json *author, const char *member,
    void (*add)(struct json *, const struct json *))
{
	const struct json *e = json_first(author, member);
	uint64_t n = json_count(e), i;
	struct json *o, *list;

	if (n == 0)
		return NULL;
	o = page_object(data, member);
	list = page_list(o, "open");
	for (i = 0; e != NULL && i < OPEN; e = e->next, i++)
		add(list, e);
	if (e == NULL)
		return NULL;
	o = page_object(o, "more");
	page_count(o, "count", n - OPEN, NULL);
	if (add == add_coauthor && n > LINKED) {
		add_names(o, e);
		page_count(o, "total", n, NULL);
		return o;
	}
	list = page_list(page_object(o, "linked"), "list");
	for (; e != NULL; e = e->next)
		add(list, e);
	return NULL;
}

/* Bars of papers per year; the years come newest first. */
static void
add_chart(struct json *data, const struct json *author)
{
	const struct json *e, *first = json_first(author, "years"), *last = first;
	struct buf bars = { 0 }, text = { 0 };
	int64_t year, n, high = 1, from;
	struct json *o;

	for (e = first; e != NULL; last = e, e = e->next) {
		year = json_get_int(e, "year", 0);
		n = json_get_int(e, "papers", 0);
		if (year < 1000 || year > 9999 || n < 0 || n > UINT32_MAX)
			return;
		if (n > high)
			high = n;
	}
	if (last == first)
		return;
	from = json_get_int(last, "year", 0);
	for (e = first; e != NULL; e = e->next) {
		year = json_get_int(e, "year", 0);
		n = json_get_int(e, "papers", 0);
		buf_addf(&bars, "M%lld %dv-%lld", (long long)
		    (year - from) * 6 + 3, BAR,
		    (long long)(n * (BAR - 1) / high + 1));
		buf_addf(&text, "%s%lld: %lld", e != first ? ", " : "",
		    (long long)year, (long long)n);
	}
	o = page_object(data, "chart");
	page_set(o, "bars", bars.p);
	page_set(o, "text", text.p);
	page_copy(o, "first", last, "year");
	page_copy(o, "last", first, "year");
	buf_reset(&text);
	buf_addf(&text, "%lld", (long long)
	    (json_get_int(first, "year", 0) - from) * 6 + 6);
	page_set(o, "width", text.p);
	buf_free(&bars);
	buf_free(&text);
}

static void
add_rows(struct json *data, const struct json *author)
{
	const struct json *e = json_first(author, "rows");
	struct json *list;

	if (e == NULL || e->next == NULL)
		return;
	list = page_list(page_object(data, "spellings"), "list");
	for (; e != NULL; e = e->next)
		add_counted(list, e);
}

static void
add_cards(struct json *data, const struct json *author, const struct author *a)
{
	const struct catalogue *c = html.catalogue;
	const struct json *work = json_first(author, "papers");
	const struct work *w = c->works + a->first, *end = w + a->papers;
	static struct buf text;
	struct json *list = page_list(data, "cards"), *card;

	for (; w < end; w++) {
		if (html_card(w->paper, &text))
			page_math();
		card = page_item(list);
		page_set(card, "card", text.p);
		html_mark_card(card, &work, store_at(c->papers, w->paper)->id);
	}
}

/* BibTeX of all papers: a file, or for a single one the paper's page. */
static void
link_bibtex(struct json *data, const struct author *a, const char *key)
{
	const struct catalogue *c = html.catalogue;
	struct buf path = { 0 };

	if (a->papers > 1) {
		page_flag(data, "several");
		page_link(data, "bibtex", path_author(key, "", ".bib"));
		return;
	}
	buf_addf(&path, "%s#bibtex", path_paper(store_at(c->papers,
	    c->works[a->first].paper)->id));
	page_link(data, "bibtex", path.p);
	buf_free(&path);
}

static void
write_bibtex(const struct author *a, const char *key, uint64_t recipe)
{
	const struct work *w = html.catalogue->works + a->first;
	const struct work *end = w + a->papers;
	static struct buf text, entry;

	buf_reset(&text);
	for (; w < end; w++) {
		html_need_card(w->paper);
		html_bibtex(w->paper, &entry);
		buf_add(&text, entry.p, entry.len);
	}
	site_put(html.site, path_author(key, "", ".bib"), recipe, text.p,
	    text.len);
}

/* The coauthors with their links, where there are too many for the page. */
static void
write_coauthors(const struct json *author, const char *key, const char *name,
    uint64_t recipe)
{
	const struct json *e = json_first(author, "coauthors");
	struct json *data = page_begin(path_author(key, "co", ".html"),
	    name), *list;

	page_set(data, "author", name);
	page_link(data, "author_href", path_author(key, "", ".html"));
	page_count(data, "count", json_count(e), "coauthor");
	list = page_list(data, "coauthors");
	for (; e != NULL; e = e->next)
		add_coauthor(list, e);
	page_end(html.site, "coauthors", recipe);
}

static void
write_author(const struct json *author, const struct author *a,
    const char *key, uint64_t recipe)
{
	const struct work *w = html.catalogue->works + a->first;
	const struct work *end = w + a->papers;
	struct json *data, *more;

	for (; w < end; w++)
		html_need_card(w->paper);
	data = page_begin(path_author(key, "", ".html"), a->name);
	page_set(data, "author", a->name);
	page_count(data, "papers", a->papers, "paper");
	page_count(data, "rows", a->rows, "author row");
	page_count(data, "count", a->papers, NULL);
	html_read_persons(author);
	html_add_persons(data, author);
	add_cards(data, author, a);
	add_chart(data, author);
	add_rows(data, author);
	if ((more = add_list(data, author, "coauthors", add_coauthor)) != NULL)
		page_link(more, "href", path_author(key, "co", ".html"));
	add_list(data, author, "venues", add_venue);
	html_add_similar(data, author);
	if (json_get(data, "persons") != NULL ||
	    json_get(data, "published") != NULL ||
	    json_get(data, "similar") != NULL)
		html_add_fixes(data, author);
	link_bibtex(data, a, key);
	page_end(html.site, "author", recipe);
}

/* Its record, the papers that are shown, and which names and venues of the
 * record are links; of similar names also how they are spelt. */
static uint64_t
recipe_of(const struct stored *s, const struct author *a)
{
	const struct catalogue *c = html.catalogue;
	const struct known *known;
	uint64_t recipe = s->hash;
	uint32_t i;

	recipe = recipe_number(recipe, a->papers);
	for (i = 0; i < a->papers; i++)
		recipe = recipe_number(recipe, catalogue_paper(c,
		    c->works[a->first + i].paper)->recipe);
	for (i = 0; i < a->nnames; i++) {
		known = catalogue_known_hash(c, c->people[a->first_name + i]);
		recipe = recipe_number(recipe, known == NULL ? 0 :
		    i < a->ncoauthors ? 1 : known->name);
	}
	for (i = 0; i < a->nvenues; i++)
		recipe = recipe_number(recipe, html_venue_at(
		    c->venue_of[a->first_venue + i]) != NULL);
	return recipe;
}

void
html_author(size_t place)
{
	static struct arena arena;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->authors, place);
	const struct author *a = &c->author[s->user];
	const struct json *author;
	uint64_t recipe;
	bool page, coauthors;

	if (a->papers == 0)
		return;
	recipe = recipe_of(s, a);
	if (a->papers > 1 && !site_keep(html.site, path_author(s->id, "",
	    ".bib"), recipe))
		write_bibtex(a, s->id, recipe);
	page = !site_keep(html.site, path_author(s->id, "", ".html"), recipe);
	coauthors = a->ncoauthors > LINKED && !site_keep(html.site,
	    path_author(s->id, "co", ".html"), recipe);
	if (!page && !coauthors)
		return;
	arena_reset(&arena);
	author = store_read(c->authors, s, &arena);
	if (page)
		write_author(author, a, s->id, recipe);
	if (coauthors)
		write_coauthors(author, s->id, a->name, recipe);
}

/* html_author - author name clusters of the html view */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/store.h"
#include "render/assets.h"
#include "render/bibtex.h"
#include "render/html.h"
#include "render/label.h"
#include "render/page.h"
#include "render/path.h"
#include "render/site.h"

#define OPEN	10	/* coauthors and venues that are not folded */
#define LINKED	60	/* coauthors up to which the folded ones are links; over
			 * that the links have a page of their own */
#define BAR	40	/* height of the highest bar of the chart */

void
html_card(const struct json *paper, uint32_t number)
{
	static struct buf b;
	struct card *card = &html.cards[number];
	struct json *o;

	/* as seen from the page of any author */
	o = page_begin("a/0/0", NULL);
	buf_reset(&b);
	label_heading(&b, paper);
	page_set(o, "heading", b.p);
	page_title(o, paper);
	page_link(o, "href", path_paper(json_get_str(paper, "id")));
	page_authors(o, paper);
	page_copy(o, "abstract", paper, "abstract");
	card->tex = json_get(o, "tex") != NULL;
	buf_reset(&b);
	assets_render(&b, "card", o);
	card->at = spill_add(html.cards_text, b.p, b.len);
	card->len = (uint32_t)b.len;
}

bool
html_link_author(struct json *o, const char *key)
{
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_find(c->authors, key);

	if (s == NULL || c->author[s->user].papers == 0)
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

/* Names without links, by the number of papers. */
static void
add_names(struct json *more, const struct json *e)
{
	struct json *groups = page_list(more, "groups"), *group, *list = NULL, *o;
	int64_t papers, last = -1;

	for (; e != NULL; e = e->next) {
		papers = json_get_int(e, "papers", 0);
		if (papers != last) {
			group = page_item(groups);
			page_count(group, "papers", (uint64_t)papers, "paper");
			list = page_list(group, "list");
		}
		o = page_item(list);
		page_copy(o, "name", e, "name");
		if (e->next == NULL ||
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
add_similar(struct json *data, const struct json *author)
{
	const struct catalogue *c = html.catalogue;
	const struct json *e = json_first(author, "similar");
	struct json *o, *list = NULL;

	for (; e != NULL; e = e->next) {
		const struct stored *s = store_find(c->authors, e->text);

		if (s == NULL || c->author[s->user].papers == 0)
			continue;
		if (list == NULL)
			list = page_list(page_object(data, "similar"), "list");
		o = page_item(list);
		page_set(o, "name", c->author[s->user].name);
		html_link_author(o, e->text);
	}
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
add_cards(struct json *data, const struct author *a)
{
	const struct catalogue *c = html.catalogue;
	static struct buf text;
	struct json *list = page_list(data, "cards");
	const struct card *card;
	uint32_t i;

	for (i = 0; i < a->papers; i++) {
		card = &html.cards[store_at(c->papers,
		    c->works[a->first + i].paper)->user];
		spill_get(html.cards_text, card->at, card->len, &text);
		page_set(page_item(list), "card", text.p);
		if (card->tex)
			page_math();
	}
}

/* BibTeX of all papers: a file, or for a single one the paper's page. */
static void
add_bibtex(struct json *data, const struct author *a, const char *key)
{
	static struct arena arena;
	static struct buf text;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->papers, c->works[a->first].paper);
	uint32_t i;

	buf_reset(&text);
	if (a->papers == 1) {
		buf_addf(&text, "%s#bibtex", path_paper(s->id));
		page_link(data, "bibtex", text.p);
		return;
	}
	page_flag(data, "several");
	for (i = 0; i < a->papers; i++) {
		arena_reset(&arena);
		s = store_at(c->papers, c->works[a->first + i].paper);
		bibtex_add(&text, store_read(c->papers, s, &arena));
	}
	site_put(html.site, path_author(key, "", ".bib"), text.p, text.len);
	page_link(data, "bibtex", path_author(key, "", ".bib"));
}

/* The coauthors with their links, where there are too many for the page. */
static void
write_coauthors(const struct json *author, const char *key, const char *name)
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
	page_end(html.site, "coauthors");
}

void
html_author(size_t place)
{
	static struct arena arena;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->authors, place);
	const struct author *a = &c->author[s->user];
	const struct json *author;
	struct json *data, *more;

	if (a->papers == 0)
		return;
	arena_reset(&arena);
	author = store_read(c->authors, s, &arena);
	data = page_begin(path_author(s->id, "", ".html"), a->name);
	page_set(data, "author", a->name);
	page_count(data, "papers", a->papers, "paper");
	page_count(data, "rows", a->rows, "author row");
	page_count(data, "count", a->papers, NULL);
	add_cards(data, a);
	add_chart(data, author);
	add_rows(data, author);
	if ((more = add_list(data, author, "coauthors", add_coauthor)) != NULL)
		page_link(more, "href", path_author(s->id, "co", ".html"));
	add_list(data, author, "venues", add_venue);
	add_similar(data, author);
	add_bibtex(data, a, s->id);
	page_end(html.site, "author");
	if (more != NULL)
		write_coauthors(author, s->id, a->name);
}

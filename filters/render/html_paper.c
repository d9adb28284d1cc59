/* html_paper - pages of papers of the html view */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/bibtex.h"
#include "render/html.h"
#include "render/label.h"
#include "render/math.h"
#include "render/page.h"
#include "render/path.h"
#include "render/recipe.h"
#include "render/site.h"
#include "render/web.h"

static void
add_link(struct json *list, const char *text, const char *before,
    const char *rest)
{
	struct buf url = { 0 };
	struct json *o;

	if (rest == NULL)
		return;
	buf_addf(&url, "%s%s", before, rest);
	if (web_is_url(url.p)) {
		o = page_item(list);
		page_set(o, "text", text);
		page_set(o, "url", url.p);
	}
	buf_free(&url);
}

static void
add_doi(struct json *list, const char *doi)
{
	struct buf b = { 0 };

	if (doi == NULL)
		return;
	web_add_id(&b, doi);
	add_link(list, "DOI", "https://doi.org/", b.p);
	buf_free(&b);
}

static void
add_links(struct json *data, const struct json *paper)
{
	struct json *list = page_list(data, "links");

	add_doi(list, json_get_str(paper, "doi"));
	add_link(list, "arXiv", "https://arxiv.org/abs/",
	    json_get_str(paper, "arxiv"));
	add_link(list, "Web page", "", json_get_str(paper, "url"));
	add_link(list, "PDF", "", json_get_str(paper, "pdf"));
	add_link(list, "Code", "", json_get_str(paper, "code"));
}

static void
add_people(struct json *data, const struct json *paper, const char *member)
{
	static struct buf key;
	const struct json *a = json_first(paper, member), *et_al;
	struct json *list, *o;
	const char *name;

	if (a == NULL)
		return;
	list = page_list(page_object(data, member), "list");
	for (; a != NULL; a = a->next) {
		o = page_item(list);
		page_copy(o, "name", a, "name");
		page_copy(o, "affiliation", a, "affiliation");
		name = json_get_str(a, "name");
		buf_reset(&key);
		text_key(&key, name, strlen(name));
		html_link_author(o, key.p);
	}
	et_al = json_get(paper, "et_al");
	if (strcmp(member, "authors") == 0 && et_al != NULL &&
	    et_al->type == JSON_TRUE)
		page_flag(data, "et_al");
}

/* Venue and year, with their pages. */
static void
add_place(struct json *data, const struct json *paper)
{
	const char *venue = json_get_str(paper, "venue");
	const struct venue *v = html_venue(venue);
	int year = (int)json_get_int(paper, "year", 0);
	struct json *o;

	if (v != NULL && venue != NULL) {
		o = page_object(data, "venue");
		page_set(o, "text", venue);
		page_copy(o, "full", paper, "venue_name");
		html_link_venue(o, v);
	}
	if (year != 0) {
		o = page_object(data, "year");
		page_copy(o, "text", paper, "year");
		page_link(o, "href", path_year(year));
	}
}

static void
add_fact(struct json *list, const char *label, const struct json *paper,
    const char *member)
{
	const struct json *v = json_get(paper, member);
	struct json *o;

	if (v == NULL || (v->type != JSON_STRING && v->type != JSON_NUMBER))
		return;
	o = page_item(list);
	page_set(o, "label", label);
	page_copy(o, "text", paper, member);
}

static void
add_facts(struct json *data, const struct json *paper)
{
	static const char *const facts[][2] = {
		{ "Volume", "volume" }, { "Number", "number" },
		{ "Pages", "pages" }, { "Date", "date" },
		{ "Publisher", "publisher" }, { "ISBN", "isbn" },
		{ "DOI", "doi" }, { "arXiv", "arxiv" },
		{ "Language", "language" }, { "Status", "status" },
		{ "Identifier", "id" },
	};
	struct json *list = page_list(data, "facts");
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		add_fact(list, facts[i][0], paper, facts[i][1]);
}

static void
add_keywords(struct json *data, const struct json *paper)
{
	const struct json *k = json_first(paper, "keywords");
	struct json *list;

	if (k == NULL)
		return;
	list = page_list(page_object(data, "keywords"), "list");
	for (; k != NULL; k = k->next)
		page_set(page_item(list), "text", k->text);
}

static void
add_versions(struct json *data, const struct json *paper)
{
	const struct json *v = json_first(paper, "versions");
	static struct buf b;
	struct json *list, *o;

	if (v == NULL)
		return;
	list = page_list(page_object(data, "versions"), "list");
	for (; v != NULL; v = v->next) {
		o = page_item(list);
		buf_reset(&b);
		label_heading(&b, v);
		page_set(o, "text", b.len > 0 ? b.p : json_get_str(v, "id"));
		page_web(o, "url", json_get_str(v, "url"));
	}
}

static void
add_fields(struct json *o, const struct json *source)
{
	const struct json *f = json_first(source, "fields");
	static struct buf b;

	buf_reset(&b);
	for (; f != NULL; f = f->next)
		buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", f->text);
	page_set(o, "fields", b.p);
}

/* The records that were merged, and which of them gave what. */
static void
add_sources(struct json *data, const struct json *paper)
{
	const struct json *s = json_first(paper, "sources");
	struct json *list, *o;

	if (s == NULL)
		return;
	list = page_list(page_object(data, "sources"), "list");
	if (s->next == NULL)
		page_flag(data, "one_source");
	for (; s != NULL; s = s->next) {
		o = page_item(list);
		page_copy(o, "source", s, "source");
		page_copy(o, "key", s, "key");
		add_fields(o, s);
		page_web(o, "homepage", html_source(
		    json_get_str(s, "source"))->homepage);
	}
}

/* On its own page an abstract's TeX is typeset too. */
static void
add_abstract(struct json *data, const struct json *paper)
{
	const struct json *text = json_get(paper, "abstract");
	struct json *o;

	if (text == NULL)
		return;
	o = page_object(data, "abstract");
	page_copy(o, "text", paper, "abstract");
	if (math_is_in(text->text, text->len)) {
		page_flag(o, "tex");
		page_math();
	}
}

static void
add_label(struct json *data, const struct json *paper, const char *member)
{
	static struct buf b;
	const char *s = json_get_str(paper, member);

	buf_reset(&b);
	if (s != NULL)
		label_add(&b, s);
	page_set(data, member, b.p);
}

/* The record, which names are links, and the web pages of its sources. */
static uint64_t
recipe_of(const struct paper *p)
{
	const struct catalogue *c = html.catalogue;
	const struct source *source;
	uint64_t recipe = p->recipe;
	uint32_t i;

	for (i = 0; i < p->npeople; i++)
		recipe = recipe_number(recipe, catalogue_known_hash(c,
		    c->people[p->first_person + i]) != NULL);
	for (i = 0; i < p->nsources; i++) {
		source = html_source_at(c->source_of[p->first_source + i]);
		recipe = recipe_text(recipe, source->name);
		recipe = recipe_text(recipe, source->homepage);
	}
	return recipe;
}

void
html_paper(size_t place)
{
	static struct arena arena;
	static struct buf b;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->papers, place);
	const struct json *paper;
	const char *title;
	struct json *data;
	uint64_t recipe;

	if (!c->paper[s->user].shown)
		return;
	recipe = recipe_of(&c->paper[s->user]);
	if (site_keep(html.site, path_paper(s->id), recipe))
		return;
	arena_reset(&arena);
	paper = store_read(c->papers, s, &arena);
	title = json_get_str(paper, "title");
	data = page_begin(path_paper(s->id), title != NULL ? title :
	    "[no title]");
	page_title(page_object(data, "heading"), paper);
	add_place(data, paper);
	add_label(data, paper, "venue_kind");
	add_label(data, paper, "type");
	add_people(data, paper, "authors");
	add_people(data, paper, "editors");
	add_links(data, paper);
	add_abstract(data, paper);
	add_keywords(data, paper);
	add_facts(data, paper);
	add_versions(data, paper);
	add_sources(data, paper);
	buf_reset(&b);
	bibtex_add(&b, paper);
	page_set(data, "bibtex", b.p);
	page_end(html.site, "paper", recipe);
}

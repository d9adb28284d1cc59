/* html_name - lists of names of the html view */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/store.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "render/html.h"
#include "render/page.h"
#include "render/pager.h"
#include "render/path.h"
#include "render/recipe.h"
#include "render/site.h"

#define NAMES	500	/* on a page */

/* Scripts as the lists of names have them: the first letters of each block of
 * Unicode, to the last. */
static const struct {
	int32_t		 from, to;
	const char	*id, *label;
} scripts[] = {
	{ 0x0100, 0x024f, "latin", "Latin" },
	{ 0x0370, 0x03ff, "greek", "Greek" },
	{ 0x0400, 0x052f, "cyrillic", "Cyrillic" },
	{ 0x0530, 0x058f, "armenian", "Armenian" },
	{ 0x0590, 0x05ff, "hebrew", "Hebrew" },
	{ 0x0600, 0x077f, "arabic", "Arabic" },
	{ 0x0900, 0x0dff, "indic", "Indic" },
	{ 0x0e00, 0x0eff, "thai", "Thai and Lao" },
	{ 0x10a0, 0x10ff, "georgian", "Georgian" },
	{ 0x1100, 0x11ff, "hangul", "Hangul" },
	{ 0x1200, 0x137f, "ethiopic", "Ethiopic" },
	{ 0x3040, 0x30ff, "kana", "Kana" },
	{ 0x3400, 0x9fff, "han", "Han" },
	{ 0xac00, 0xd7af, "hangul", "Hangul" },
	{ 0xf900, 0xfaff, "han", "Han" },
	{ 0x20000, 0x3ffff, "han", "Han" },
};
#define NSCRIPTS	(sizeof(scripts) / sizeof(scripts[0]))

struct name {
	const char	*key;		/* family name first */
	uint32_t	 place;
	uint32_t	 letter;	/* in the order of the lists */
};

/* A to Z, then the scripts, then what is none of them. */
static uint32_t
letter_of(const char *key)
{
	int32_t c = *key != '\0' ? utf8_next(&key) : 0;
	uint32_t i, k;

	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a');
	for (i = 0; i < NSCRIPTS; i++)
		if (c >= scripts[i].from && c <= scripts[i].to) {
			for (k = 0; strcmp(scripts[k].id, scripts[i].id) != 0;
			    k++)
				;
			return 26 + k;
		}
	return 26 + NSCRIPTS;
}

static void
name_letter(struct letter *l, uint32_t letter)
{
	if (letter < 26) {
		snprintf(l->id, sizeof(l->id), "%c", (char)('a' + letter));
		snprintf(l->label, sizeof(l->label), "%c",
		    (char)('A' + letter));
	} else if (letter < 26 + NSCRIPTS) {
		snprintf(l->id, sizeof(l->id), "%s", scripts[letter - 26].id);
		snprintf(l->label, sizeof(l->label), "%s",
		    scripts[letter - 26].label);
	} else {
		snprintf(l->id, sizeof(l->id), "other");
		snprintf(l->label, sizeof(l->label), "Other");
	}
}

/* Lists go by the last word of a name, as far as that is no number or
 * "Jr.": which one is the family name, only some sources say. */
static const char *
name_key(const char *name)
{
	static struct buf folded, key;
	size_t n, from;
	const char *end;

	buf_reset(&folded);
	buf_reset(&key);
	text_fold(&folded, name, strlen(name), ' ');
	for (n = folded.len; n > 0; n = from > 0 ? from - 1 : 0) {
		for (from = n; from > 0 && folded.p[from - 1] != ' '; from--)
			;
		if (from == 0 || !(strspn(folded.p + from, "0123456789") >=
		    n - from || name_is_suffix(folded.p + from, n - from)))
			break;
	}
	if (n == 0)
		return name;
	end = folded.p + folded.len;
	buf_add(&key, folded.p + from, n - from);
	buf_addc(&key, ' ');
	buf_add(&key, folded.p, from);
	if (folded.p + n < end)
		buf_add(&key, folded.p + n, (size_t)(end - (folded.p + n)));
	return key.p;
}

static int
compare_names(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int c;

	if (x->letter != y->letter)
		return x->letter < y->letter ? -1 : 1;
	c = strcmp(x->key, y->key);
	return c != 0 ? c : (x->place > y->place) - (x->place < y->place);
}

void
html_names(void)
{
	const struct catalogue *c = html.catalogue;
	size_t n = store_count(c->authors), i, k = 0;
	struct name *names = xcalloc(n, sizeof(*names));
	struct arena keys = { 0 };
	struct letter *l = NULL;
	const char *key;

	for (i = 0; i < n; i++) {
		if (catalogue_author(c, i)->papers == 0)
			continue;
		key = name_key(catalogue_author(c, i)->name);
		names[k].letter = letter_of(key);
		names[k].key = arena_strndup(&keys, key, strlen(key));
		names[k++].place = (uint32_t)i;
	}
	html.authors = k;
	sort_array(names, k, sizeof(*names), compare_names);
	html.names = xcalloc(k, sizeof(*html.names));
	html.letters = xcalloc(26 + NSCRIPTS + 1, sizeof(*html.letters));
	for (i = 0; i < k; i++) {
		if (i == 0 || names[i].letter != names[i - 1].letter) {
			l = &html.letters[html.nletters++];
			l->first = i;
			name_letter(l, names[i].letter);
		}
		l->n++;
		html.names[i] = names[i].place;
	}
	free(names);
	arena_free(&keys);
}

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
		page_link(o, "href", pager_path(p, page));
	}
}

/* The letters, and the names of the page and those at which pages begin. */
static uint64_t
recipe_of(const struct letter *l, const struct pages *p, size_t page)
{
	uint64_t recipe = recipe_number(recipe_text(0, l->id), p->n);
	const struct catalogue *c = html.catalogue;
	const struct stored *s;
	size_t i;

	for (i = 0; i < html.nletters; i++)
		recipe = recipe_number(recipe_text(recipe, html.letters[i].id),
		    html.letters[i].n);
	for (i = 0; i < l->n; i++) {
		if (i / NAMES != page - 1 && (page > 1 || i % NAMES != 0))
			continue;
		s = store_at(c->authors, html.names[l->first + i]);
		recipe = recipe_text(recipe_text(recipe, s->id),
		    c->author[s->user].name);
		recipe = recipe_number(recipe, c->author[s->user].papers);
	}
	return recipe;
}

static void
write_page(const struct letter *l, const struct pages *p, size_t page)
{
	uint64_t recipe = recipe_of(l, p, page);
	struct buf title = { 0 };
	struct json *data, *list;
	size_t i = (page - 1) * NAMES, end = page < p->n ? i + NAMES : l->n;

	if (site_keep(html.site, pager_path(p, page), recipe))
		return;
	buf_addf(&title, "Authors: %s", l->label);
	data = page_begin(pager_path(p, page), title.p);
	page_set(data, "letter", l->label);
	page_count(data, "count", l->n, "name");
	add_letters(data, l);
	if (page == 1)
		add_contents(data, l, p);
	list = page_list(data, "names");
	for (; i < end; i++)
		html_link_author(add_name(list, l->first + i), store_at(
		    html.catalogue->authors, html.names[l->first + i])->id);
	pager_add(data, p, page);
	page_end(html.site, "letter", recipe);
	buf_free(&title);
}

void
html_letter(const struct letter *l)
{
	struct pages p = { "n", l->id, "", NULL, pager_pages(l->n, NAMES) };
	size_t page;

	for (page = 1; page <= p.n; page++)
		write_page(l, &p, page);
}

void
html_letters(void)
{
	struct json *data = page_begin("authors.html", "Authors");

	page_count(data, "count", html.authors, "name");
	add_letters(data, NULL);
	page_end(html.site, "authors", 0);
}

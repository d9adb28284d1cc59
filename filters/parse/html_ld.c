/* html_ld - papers in the JSON-LD of a page: schema.org */
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/table.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/format.h"
#include "parse/html.h"
#include "parse/html_ld.h"

#define MAX_LD		(1024 * 1024)	/* bytes in a page */
#define MAX_SCRIPTS	1000		/* likewise */
#define MAX_TITLE	4096		/* bytes, of one that is compared */

/* Reading values */

const char *
ld_text(const struct json *v)
{
	const struct json *e;
	const char *s = NULL;

	if (v == NULL)
		return NULL;
	if (v->type == JSON_STRING || v->type == JSON_NUMBER)
		return v->len > 0 ? v->text : NULL;
	if (v->type == JSON_OBJECT)
		return (s = json_get_str(v, "@value")) != NULL ? s :
		    ld_text(json_get(v, "name"));
	if (v->type == JSON_ARRAY)
		for (e = v->child; e != NULL && s == NULL; e = e->next)
			s = ld_text(e);
	return s;
}

struct json *
ld_first(struct json *v)
{
	return v != NULL && v->type == JSON_ARRAY ? v->child : v;
}

struct json *
ld_next(const struct json *list, const struct json *e)
{
	return list->type == JSON_ARRAY ? e->next : NULL;
}

bool
ld_is(const struct json *item, const char *type)
{
	struct json *list = json_get(item, "@type"), *e;
	const char *s;

	for (e = ld_first(list); e != NULL; e = ld_next(list, e)) {
		if (e->type != JSON_STRING)
			continue;
		s = strrchr(e->text, '/');
		s = s != NULL ? s + 1 : strncmp(e->text, "schema:", 7) == 0 ?
		    e->text + 7 : e->text;
		if (strcmp(s, type) == 0)
			return true;
	}
	return false;
}

const char *
ld_type(const struct json *item, const char *const *types)
{
	for (; *types != NULL; types++)
		if (ld_is(item, *types))
			return *types;
	return NULL;
}

static bool
is_in_publication(const struct json *item)
{
	static const char *const types[] = { "PublicationIssue",
	    "PublicationVolume", "Periodical", "Book", NULL };
	struct json *list = json_get(item, "isPartOf"), *e;

	for (e = ld_first(list); e != NULL; e = ld_next(list, e))
		if (ld_type(e, types) != NULL)
			return true;
	return false;
}

const char *
ld_title(const struct json *item)
{
	const char *s = ld_text(json_get(item, "name"));

	return s != NULL ? s : ld_text(json_get(item, "headline"));
}

/*
 * An article that is not scholarly may be anything, but what has authors and is
 * in a journal.
 */
const char *
ld_paper_type(const struct json *item)
{
	static const char *const scholarly[] = { "Thesis", "Report", "Chapter",
	    "Book", "Dataset", "MedicalScholarlyArticle", "ScholarlyArticle",
	    NULL };
	static const char *const others[] = { "TechArticle", "Article",
	    "CreativeWork", NULL };
	const char *type;

	if (ld_title(item) == NULL)
		return NULL;
	if ((type = ld_type(item, scholarly)) != NULL)
		return type;
	if ((type = ld_type(item, others)) != NULL &&
	    (json_get(item, "author") != NULL ||
	    json_get(item, "creator") != NULL) && is_in_publication(item))
		return type;
	return NULL;
}

/* Finding the papers */

/* A title as it is compared: letters and digits alone. */
static void
fold_title(struct buf *b, const char *s)
{
	static struct buf plain, text;

	buf_reset(&text);
	buf_reset(&plain);
	buf_reset(b);
	if (!utf8_valid(s, strlen(s)))
		return;
	markup_entities(&text, s, strlen(s));
	markup_untag(&plain, text.p, text.len);
	text_fold(b, plain.p, plain.len, 0);
}

static void
add_item(struct html_page *page, struct json *item)
{
	static struct buf key;

	if (page->titles == NULL)
		page->titles = dict_new();
	fold_title(&key, ld_title(item));
	page->ntitles += dict_put(page->titles, key.p, key.len, "");
	grow(&page->items, &page->capitems, page->nitems + 1,
	    sizeof(page->items[0]));
	page->items[page->nitems++] = item;
}

static size_t
text_size(const struct json *v)
{
	const struct json *e;
	size_t n = v->text != NULL ? v->len : 0;

	for (e = v->child; e != NULL; e = e->next)
		n += text_size(e);
	return n;
}

static void
add_node(struct html_page *page, struct json *v)
{
	grow(&page->nodes, &page->capnodes, page->nnodes + 1,
	    sizeof(page->nodes[0]));
	page->nodes[page->nnodes] = (struct html_node){
		json_get_str(v, "@id"), page->nnodes, v, text_size(v) };
	page->nnodes++;
}

/* Papers at the top, in graphs, in lists, and what a page is about. */
static void
collect(struct html_page *page, struct json *v)
{
	static const char *const inside[] = { "@graph", "mainEntity",
	    "itemListElement", "item", "hasPart", "dataFeedElement" };
	struct json *e;
	size_t i;

	if (v->type == JSON_ARRAY) {
		for (e = v->child; e != NULL; e = e->next)
			collect(page, e);
		return;
	}
	if (v->type != JSON_OBJECT)
		return;
	if (json_get_str(v, "@id") != NULL && v->child->next != NULL)
		add_node(page, v);
	if (ld_paper_type(v) != NULL) {
		add_item(page, v);
		return;
	}
	for (i = 0; i < sizeof(inside) / sizeof(inside[0]); i++)
		if ((e = json_get(v, inside[i])) != NULL)
			collect(page, e);
}

/*
 * The JSON in a script, which may stand in a comment or a CDATA section and
 * end with a semicolon.  Line breaks in strings are made spaces.
 */
static char *
unwrap(struct html_page *page, const char *s, size_t *n)
{
	static const char open[] = "<![CDATA[", close[] = "]]>";
	const char *end = s + *n, *p;
	char *text, *q;

	p = memmem(s, *n < 64 ? *n : 64, open, sizeof(open) - 1);
	if (p != NULL) {
		s = p + sizeof(open) - 1;
		for (p = end; p - s >= 3 && memcmp(p - 3, close, 3) != 0; p--)
			;
		if (p - s >= 3)
			end = p - 3;
	}
	while (s < end && *s != '{' && *s != '[')
		s++;
	while (end > s && end[-1] != '}' && end[-1] != ']')
		end--;
	*n = (size_t)(end - s);
	text = arena_strndup(&page->arena, s, *n);
	for (q = text; q < text + *n; q++)
		if ((unsigned char)*q < ' ')
			*q = ' ';
	return text;
}

/*
 * The same without the references to characters that a script has none of, but
 * some templates write; NULL: there are none.
 */
static char *
unescape(struct html_page *page, const char *s, size_t *n)
{
	struct buf b = { 0 };
	char *text;

	if (memmem(s, *n, "&quot;", 6) == NULL && memmem(s, *n, "&#34;",
	    5) == NULL)
		return NULL;
	buf_reset(&b);
	markup_entities(&b, s, *n);
	text = arena_strndup(&page->arena, b.p, b.len);
	*n = b.len;
	buf_free(&b);
	return text;
}

void
html_ld_add(struct html_page *page, const char *s, size_t n)
{
	enum reject_code code;
	const char *detail;
	struct json *v;
	size_t len;
	char *text;

	text_trim(&s, &n);
	len = n;
	if (n == 0 || page->ld > MAX_LD)
		return;
	if (page->ld + n > MAX_LD || page->nld++ == MAX_SCRIPTS) {
		page->ld = MAX_LD + 1;
		filter_note(REJECT_DROPPED_VALUE, "JSON-LD", s, n,
		    "over %d bytes or %d scripts in a page", MAX_LD,
		    MAX_SCRIPTS);
		return;
	}
	page->ld += n;
	text = unwrap(page, s, &len);
	v = json_parse(&page->arena, text, len, &code, &detail);
	if (v == NULL && (text = unescape(page, text, &len)) != NULL)
		v = json_parse(&page->arena, text, len, &code, &detail);
	if (v == NULL)
		filter_note(REJECT_DROPPED_VALUE, "JSON-LD", s, n, "%s: %s",
		    reject_name(code), detail);
	else
		collect(page, v);
}

bool
html_ld_is(const struct json *item, const struct json *paper)
{
	static struct buf a, b;
	struct json *other = json_object(entry_arena());
	const char *doi = json_get_str(paper, "doi"), *own;
	struct identifier x, y;
	const struct json *title;

	ld_take_identifiers(other, item);
	own = json_get_str(other, "doi");
	if (doi != NULL && own != NULL)
		return identifier_doi(&x, doi, strlen(doi)) &&
		    identifier_doi(&y, own, strlen(own)) && x.n == y.n &&
		    strncasecmp(x.s, y.s, x.n) == 0;
	title = json_get(paper, "title");
	if (title == NULL || title->len > MAX_TITLE)
		return false;
	fold_title(&a, title->text);
	fold_title(&b, ld_title(item));
	/* a headline may be cut to 110 characters */
	return a.len > 0 && b.len > 0 && (a.len == b.len ||
	    (b.len >= 40 && b.len < a.len)) && memcmp(a.p, b.p, b.len) == 0;
}

static int
compare_nodes(const void *a, const void *b)
{
	const struct html_node *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : x->seq < y->seq ? -1 : x->seq > y->seq;
}

struct json *
ld_resolve(struct html_page *page, struct json *v)
{
	const char *id = json_get_str(v, "@id");
	size_t from = 0, to = page->nnodes, i;

	if (id == NULL || v->child->next != NULL)
		return v;
	if (!page->sorted)
		sort_array(page->nodes, to, sizeof(page->nodes[0]),
		    compare_nodes);
	page->sorted = true;
	/* the first of several */
	while (from < to) {
		i = from + (to - from) / 2;
		if (strcmp(page->nodes[i].id, id) < 0)
			from = i + 1;
		else
			to = i;
	}
	if (from == page->nnodes || strcmp(page->nodes[from].id, id) != 0)
		return v;
	/* much can be said with little, but it must not be */
	page->resolved += page->nodes[from].size;
	return page->resolved <= MAX_LD ? page->nodes[from].v : v;
}

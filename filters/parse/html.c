/* html - a page about a paper: meta tags, JSON-LD, headings */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/input.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/table.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/html.h"
#include "parse/html_token.h"
#include "parse/sniff.h"

#define SHOWN	4096		/* bytes of a page that is too long */

static void
read_meta(struct html_page *page, const struct html_token *t)
{
	static struct buf name, value, scheme;
	const char *in;

	if (!html_attribute(t, "content", &value))
		return;
	in = html_attribute(t, "scheme", &scheme) ? scheme.p : NULL;
	if (html_attribute(t, "name", &name) &&
	    html_meta_add(page, name.p, value.p, in))
		return;
	if (html_attribute(t, "property", &name))
		html_meta_add(page, name.p, value.p, in);
}

static void
read_link(struct html_page *page, const struct html_token *t)
{
	static struct buf b;

	if (html_attribute(t, "rel", &b) && strcasecmp(b.p, "canonical") == 0 &&
	    html_attribute(t, "href", &b))
		html_meta_add(page, "link:canonical", b.p, NULL);
}

static bool
is_json_ld(const struct html_token *t)
{
	static const char type[] = "application/ld+json";
	static struct buf b;

	return html_is(t, "script") && html_attribute(t, "type", &b) &&
	    strncasecmp(b.p, type, sizeof(type) - 1) == 0;
}

/* Whether the page is still in its head, which need not be told of. */
static bool
stays_in_head(const struct html_token *t, bool in_head)
{
	static const char *const names[] = { "base", "basefont", "bgsound",
	    "head", "html", "link", "meta", "noscript", "script", "style",
	    "template", "title" };
	size_t i;

	if (t->type == HTML_TEXT)
		return in_head;
	if (t->type == HTML_END)
		return in_head && !html_is(t, "head") && !html_is(t, "body") &&
		    !html_is(t, "html");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (html_is(t, names[i]))
			return in_head || html_is(t, "head");
	return false;
}

static void
read_page(struct html_page *page, struct html_body *body, const char *s,
    size_t n)
{
	struct html_reader r = { .p = s, .end = s + n,
	    .xml = n > 5 && memcmp(s, "<?xml", 5) == 0 };
	enum { NOTHING, TITLE, JSON_LD } inside = NOTHING;
	struct html_token t;
	struct buf b = { 0 };
	bool in_head = false;

	while (html_next(&r, &t)) {
		in_head = stays_in_head(&t, in_head);
		if (t.type == HTML_TEXT && inside == TITLE) {
			markup_entities(&b, t.s, t.n);
			page->title = arena_strndup(&page->arena, b.p, b.len);
		} else if (t.type == HTML_TEXT && inside == JSON_LD)
			html_ld_add(page, t.s, t.n);
		inside = NOTHING;
		if (t.type == HTML_START) {
			page->tags = true;
			if (html_is(&t, "meta"))
				read_meta(page, &t);
			else if (html_is(&t, "link"))
				read_link(page, &t);
			else if (html_is(&t, "title") && page->title == NULL)
				inside = TITLE;
			else if (is_json_ld(&t))
				inside = JSON_LD;
		}
		if (body->abstract.len == 0 && !body->over)
			html_body_take(body, page, &t);
	}
	snprintf(page->cut, sizeof(page->cut), "%s", r.cut[0] != '\0' ||
	    !in_head ? r.cut : "<head>");
	buf_free(&b);
}

/* Making papers */

/* A publisher's own page for a DOI: ".../doi/abs/10.1145/3375627". */
static void
take_own_doi(struct json *paper, const char *url)
{
	static const char *const views[] = { "/full", "/abstract", "/pdf",
	    "/epdf", "/summary" };
	const char *p = url != NULL ? strstr(url, "/doi/") : NULL;
	struct identifier doi;
	size_t n, len, i;

	if (p == NULL)
		return;
	p += 5;
	if (!identifier_doi(&doi, p, strlen(p))) {
		p += strcspn(p, "/");
		p += *p == '/';
		if (!identifier_doi(&doi, p, strlen(p)))
			return;
	}
	n = strcspn(p, "?#");
	for (i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		len = strlen(views[i]);
		if (n > len && strncmp(p + n - len, views[i], len) == 0)
			n -= len;
	}
	entry_text(paper, "doi", p, n);
}

static bool
is_site(const struct html_page *page, const char *title)
{
	static struct buf a, b;

	if (page->og_site == NULL)
		return false;
	buf_reset(&a);
	buf_reset(&b);
	text_fold(&a, title, strlen(title), 0);
	text_fold(&b, page->og_site, strlen(page->og_site), 0);
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

/*
 * When nothing names a paper: what Open Graph calls an article, or a page that
 * has a DOI or authors; else the heading of such a page.
 */
static void
take_title(const struct html_page *page, struct json *paper)
{
	bool is_paper = json_get(paper, "doi") != NULL ||
	    json_get(paper, "arxiv") != NULL ||
	    json_first(paper, "authors") != NULL;
	bool is_article = page->og_type != NULL &&
	    strncasecmp(page->og_type, "article", 7) == 0;

	if (page->og_title != NULL && (is_article || is_paper) &&
	    !html_is_cut(page->og_title) && !is_site(page, page->og_title))
		entry_str(paper, "title", page->og_title);
	else if (page->heading != NULL && is_paper)
		entry_str(paper, "title", page->heading);
}

/* The page is about several papers, so its tags are of none of them. */
static void
take_list(struct document *doc, const struct input *in, size_t n,
    struct html_page *page)
{
	struct json *paper;
	size_t i;

	for (i = 0; i < page->nitems; i++) {
		paper = i == 0 ? json_object(entry_arena()) : entry_begin(doc,
		    in->offset, in->line, input_head(in), n);
		html_ld_take(page, paper, page->items[i]);
		entry_emit(doc, paper, NULL, 0);
	}
}

static void
take_page(struct document *doc, struct html_page *page,
    struct html_body *body, struct json *paper)
{
	size_t i;

	for (i = 0; i < page->nitems; i++)
		if (json_get(paper, "title") == NULL ||
		    html_ld_is(page->items[i], paper))
			html_ld_take(page, paper, page->items[i]);
	html_meta_take(page, paper, HTML_OG, HTML_OG);
	take_own_doi(paper, page->own_url);
	if (json_get(paper, "title") == NULL)
		take_title(page, paper);
	if (json_get(paper, "title") == NULL) {
		filter_reject(REJECT_NO_METADATA, NULL, NULL, 0,
		    "nothing in it names a paper");
		return;
	}
	if (json_get(paper, "arxiv") != NULL)
		entry_str(paper, "type", "preprint");
	if (json_get(paper, "abstract") == NULL)
		entry_str(paper, "abstract", html_body_end(body));
	html_meta_take_foreign(page, paper);
	entry_emit(doc, paper, NULL, 0);
}

/* NUL is not shown in HTML, and ends our strings. */
static void
drop_nul(const char **s, size_t *n)
{
	static struct buf b;
	const char *p = *s, *end = p + *n, *q;

	if (memchr(p, '\0', *n) == NULL)
		return;
	buf_reset(&b);
	for (; (q = memchr(p, '\0', (size_t)(end - p))) != NULL; p = q + 1)
		buf_add(&b, p, (size_t)(q - p));
	buf_add(&b, p, (size_t)(end - p));
	*s = b.p;
	*n = b.len;
}

static void
free_page(struct html_page *page)
{
	free(page->meta);
	free(page->items);
	free(page->nodes);
	if (page->titles != NULL)
		dict_free(page->titles);
	arena_free(&page->arena);
}

static void
parse_page(struct document *doc, const struct input *in, size_t n,
    struct json *paper)
{
	const char *s = input_head(in);
	size_t len = n;
	struct html_page page = { 0 };
	struct html_body *body = xcalloc(1, sizeof(*body));

	drop_nul(&s, &len);
	read_page(&page, body, s, len);
	html_meta_sort(&page);
	if (!page.tags)
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "there is no tag in it");
	else if (page.cut[0] != '\0')
		filter_reject(REJECT_CUT_SHORT, NULL, NULL, 0,
		    "the document ends inside %s", page.cut);
	else if (page.bad_utf8)
		entry_not_text(doc);
	else {
		html_meta_take(&page, paper, HTML_CITATION, HTML_DC);
		if (page.ntitles > 1 && json_get(paper, "title") == NULL)
			take_list(doc, in, n, &page);
		else
			take_page(doc, &page, body, paper);
	}
	html_body_free(body);
	free(body);
	free_page(&page);
}

void
parse_html(struct document *doc, struct input *in)
{
	size_t max = filter_max_record(), n = input_fill(in, max + 1);
	struct json *paper;

	if (n == 0)
		return;
	if (doc->encoding == NULL)
		doc->encoding = html_encoding(input_head(in), n);
	if (!document_text(doc, in))
		return;
	/* and as much of what is too long as a reject shows */
	n = input_fill(in, max + SHOWN);
	paper = entry_begin(doc, in->offset, in->line, input_head(in), n);
	if (n > max)
		filter_reject(REJECT_TOO_LONG, NULL, NULL, 0,
		    "over %zu bytes", max);
	else if (in->error != NULL)
		filter_reject(REJECT_CUT_SHORT, NULL, NULL, 0, "%s", in->error);
	else
		parse_page(doc, in, n, paper);
	while ((n = input_fill(in, 1)) > 0)
		input_skip(in, n);
}

const char *
sniff_html(const struct sniff *s)
{
	struct html_reader r = { .p = s->text, .end = s->text + s->len };
	struct html_token t;

	if (sniff_root(s, "html") || strncasecmp(s->header, "<!doctype html",
	    14) == 0)
		return "it is a page of HTML";
	while (html_next(&r, &t))
		if (t.type != HTML_TEXT)
			return html_is(&t, "html") || html_is(&t, "head") ||
			    html_is(&t, "meta") ? "its first tag is of HTML" :
			    NULL;
		else if (t.s[strspn(t.s, " \t\r\n\f")] != '<')
			return NULL;
	return NULL;
}

/* html_body - the abstract in the text of a page */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/markup.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/html.h"
#include "parse/html_token.h"

/* in bytes: less is a label or a link, more is no label */
#define MIN_ABSTRACT	40
#define MAX_LABEL	256
#define MAX_HEADING	(64 * 1024)
#define MAX_ABSTRACT	(1024 * 1024)

/* What is special about an element. */
#define BLOCK	1	/* it parts words, and ends a paragraph */
#define EMPTY	2	/* it has no end */
#define ITEM	4	/* it ends one of its own kind */
#define HEADING	8
#define LINE	16	/* it ends a line */
#define CELL	32	/* it parts words */

static const struct element {
	const char	*name;
	int		 kind;
} elements[] = {
	{ "article", BLOCK }, { "aside", BLOCK }, { "base", EMPTY },
	{ "blockquote", BLOCK }, { "br", EMPTY | LINE }, { "col", EMPTY },
	{ "dd", BLOCK | ITEM }, { "div", BLOCK }, { "dl", BLOCK },
	{ "dt", BLOCK | ITEM }, { "embed", EMPTY }, { "figure", BLOCK },
	{ "footer", BLOCK }, { "form", BLOCK }, { "h1", BLOCK | HEADING },
	{ "h2", BLOCK | HEADING }, { "h3", BLOCK | HEADING },
	{ "h4", BLOCK | HEADING }, { "h5", BLOCK | HEADING },
	{ "h6", BLOCK | HEADING }, { "header", BLOCK }, { "hr", BLOCK | EMPTY },
	{ "img", EMPTY }, { "input", EMPTY }, { "li", BLOCK | ITEM },
	{ "link", EMPTY }, { "main", BLOCK }, { "meta", EMPTY },
	{ "nav", BLOCK }, { "ol", BLOCK }, { "p", BLOCK }, { "pre", BLOCK },
	{ "section", BLOCK }, { "source", EMPTY }, { "table", BLOCK },
	{ "td", CELL | ITEM }, { "th", CELL | ITEM }, { "tr", CELL | ITEM },
	{ "track", EMPTY }, { "ul", BLOCK }, { "wbr", EMPTY },
};

static int
compare_element(const void *key, const void *elem)
{
	return strcmp(key, ((const struct element *)elem)->name);
}

static int
kind_of(const struct html_token *t)
{
	const struct element *e;
	char name[12];
	size_t i;

	if (t->n >= sizeof(name))
		return 0;
	for (i = 0; i < t->n; i++)
		name[i] = (char)tolower((unsigned char)t->s[i]);
	name[i] = '\0';
	e = bsearch(name, elements, sizeof(elements) / sizeof(elements[0]),
	    sizeof(elements[0]), compare_element);
	return e != NULL ? e->kind : 0;
}

static bool
is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Add text, with each run of white space one space, none in front. */
static void
add_words(struct buf *b, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_space(s[i]))
			buf_addc(b, s[i]);
		else if (b->len > 0 && !is_space(b->p[b->len - 1]))
			buf_addc(b, ' ');
}

static void
add_part(struct html_body *body, struct buf *b, const char *s, size_t n)
{
	static struct buf words;

	if (!body->script) {
		add_words(b, s, n);
		return;
	}
	buf_reset(&words);
	add_words(&words, s, n);
	markup_script(b, words.p, words.len, body->raised);
}

/* Add it to what is collected. */
static void
put(struct html_body *body, const char *s, size_t n)
{
	static struct buf b;

	if (body->marked == 0 && !body->in_heading && !body->follows)
		return;
	buf_reset(&b);
	markup_entities(&b, s, n);
	body->over = (body->marked > 0 && body->text.len + b.len >
	    MAX_ABSTRACT) || (body->follows && body->section.len + b.len >
	    MAX_ABSTRACT);
	if (body->over)
		return;
	if (body->marked > 0)
		add_part(body, &body->text, b.p, b.len);
	if (!body->in_heading && body->follows)
		add_part(body, &body->section, b.p, b.len);
	else if (body->in_heading && body->heading.len + b.len < MAX_HEADING)
		add_part(body, &body->heading, b.p, b.len);
	while (n > 0 && is_space(s[n - 1]))
		n--;
	if (n > 0)
		body->run_on = false;
}

/* What an element of this kind does between texts; from: the last begins. */
static void
part(struct buf *b, size_t from, int kind)
{
	while (kind & (BLOCK | LINE) && b->len > from &&
	    b->p[b->len - 1] == ' ')
		b->p[--b->len] = '\0';
	if (b->len <= from)
		return;
	if (kind & BLOCK && b->p[b->len - 1] != '\n')
		buf_adds(b, "\n\n");
	else if (kind & LINE)
		buf_addc(b, '\n');
	else if (!is_space(b->p[b->len - 1]))
		buf_addc(b, ' ');
}

static void
part_words(struct html_body *body, int kind)
{
	if (!(kind & (BLOCK | LINE | CELL)) || body->run_on)
		return;
	if (body->marked > 0)
		part(&body->text, body->from, kind);
	if (body->in_heading)
		part(&body->heading, 0, CELL);
	else if (body->follows)
		part(&body->section, 0, kind);
}

/* A heading in an abstract is the first word of the paragraph behind it. */
static void
end_heading(struct html_body *body)
{
	struct buf *b = &body->text;

	if (body->marked == 0 || b->len <= body->from)
		return;
	while (b->len > body->from && is_space(b->p[b->len - 1]))
		b->p[--b->len] = '\0';
	if (b->len == body->from)
		return;
	buf_adds(b, strchr(":.?!", b->p[b->len - 1]) != NULL ? " " : ": ");
	body->run_on = true;
}

static bool
is_blank(const struct buf *b)
{
	return b->len == 0 || b->p[strspn(b->p, " \t\r\n\f")] == '\0';
}

/* Whether it is "Abstract", with a colon or period or without. */
static bool
is_label(const char *s, size_t n)
{
	if (n > MAX_LABEL)
		return false;
	text_trim(&s, &n);
	return (n == 8 || (n == 9 && strchr(":.", s[8]) != NULL)) &&
	    strncasecmp(s, "abstract", 8) == 0;
}

/* What an element with such a class holds, when it ends. */
static void
end_marked(struct html_body *body, const struct html_open *o)
{
	const char *s = body->text.p + o->from;
	size_t n;

	body->marked--;
	s = html_without_label(s);
	n = body->text.len - (size_t)(s - body->text.p);
	text_trim(&s, &n);
	if (n >= MIN_ABSTRACT && body->abstract.len == 0)
		buf_add(&body->abstract, s, n);
	if (body->marked == 0)
		buf_reset(&body->text);
}

static void
close_elements(struct html_body *body, size_t depth)
{
	const struct html_open *o;

	while (body->depth > depth) {
		o = &body->open[--body->depth];
		if (o->marked)
			end_marked(body, o);
	}
	if (!body->follows || body->depth >= body->level)
		return;
	/* the heading may stand in an element of its own */
	body->level = body->depth;
	if (!is_blank(&body->section))
		body->follows = false;
}

static bool
has_class_abstract(const struct html_token *t)
{
	static struct buf b;

	return !html_is(t, "a") && !html_is(t, "body") && !html_is(t, "html") &&
	    html_attribute(t, "class", &b) &&
	    strcasestr(b.p, "abstract") != NULL;
}

/* Elements that end where another one begins. */
static void
end_implied(struct html_body *body, const struct html_token *t, int kind)
{
	const struct html_open *o;

	if (body->depth == 0)
		return;
	o = &body->open[body->depth - 1];
	if ((kind & BLOCK && o->n == 1 && (*o->name | 0x20) == 'p') ||
	    (kind & ITEM && o->n == t->n &&
	    strncasecmp(o->name, t->s, t->n) == 0))
		close_elements(body, body->depth - 1);
}

/* Of elements that are nested too deeply the outer ones are forgotten. */
static void
forget_outer(struct html_body *body)
{
	size_t half = HTML_DEPTH / 2, i;

	for (i = 0; i < half; i++)
		if (body->open[i].marked)
			end_marked(body, &body->open[i]);
	memmove(body->open, body->open + half, half * sizeof(body->open[0]));
	body->depth = half;
	body->level = body->level > half ? body->level - half : 0;
}

static void
start_element(struct html_body *body, const struct html_token *t, int kind)
{
	struct html_open *o;

	part_words(body, kind);
	end_implied(body, t, kind);
	if (kind & EMPTY)
		return;
	if (body->depth == HTML_DEPTH)
		forget_outer(body);
	o = &body->open[body->depth++];
	o->name = t->s;
	o->n = t->n;
	o->marked = has_class_abstract(t);
	if (o->marked && body->marked++ == 0)
		buf_reset(&body->text);
	o->from = body->text.len;
	if (o->marked)
		body->from = o->from;
}

static void
end_element(struct html_body *body, const struct html_token *t, int kind)
{
	const struct html_open *o;
	size_t i;

	if (kind & HEADING)
		end_heading(body);
	else
		part_words(body, kind);
	for (i = body->depth; i > 0; i--) {
		o = &body->open[i - 1];
		if (o->n == t->n && strncasecmp(o->name, t->s, t->n) == 0)
			break;
	}
	if (i > 0)
		close_elements(body, i - 1);
}

/* A label in an element of its own, at the beginning, is none of the text. */
static void
drop_label(struct html_body *body)
{
	size_t i, from;

	if (body->follows && is_label(body->section.p != NULL ?
	    body->section.p : "", body->section.len))
		buf_reset(&body->section);
	for (i = body->depth; body->marked > 0 && i > 0; i--) {
		if (!body->open[i - 1].marked)
			continue;
		from = body->open[i - 1].from;
		if (is_label(body->text.p + from, body->text.len - from)) {
			body->text.len = from;
			body->text.p[from] = '\0';
		}
		return;
	}
}

/* The heading with which the title of the page begins. */
static void
take_heading(struct html_body *body, struct html_page *page, bool first)
{
	static struct buf text;
	const char *s = body->heading.p != NULL ? body->heading.p : "";
	size_t n = body->heading.len;

	if (is_label(s, n)) {
		if (is_blank(&body->section)) {
			buf_reset(&body->section);
			body->follows = true;
			body->level = body->depth;
		}
		return;
	}
	text_trim(&s, &n);
	if (!first || page->heading != NULL || page->title == NULL ||
	    !utf8_valid(s, n))
		return;
	if (body->title.p == NULL) {
		buf_reset(&body->title);
		if (utf8_valid(page->title, strlen(page->title)))
			text_fold(&body->title, page->title,
			    strlen(page->title), 0);
	}
	buf_reset(&text);
	text_fold(&text, s, n, 0);
	if (text.len > 0 && text.len <= body->title.len &&
	    memcmp(text.p, body->title.p, text.len) == 0)
		page->heading = arena_strndup(&page->arena, s, n);
}

static bool
is_script(const struct html_token *t, bool *raised)
{
	*raised = html_is(t, "sup");
	return *raised || html_is(t, "sub");
}

void
html_body_take(struct html_body *body, struct html_page *page,
    const struct html_token *t)
{
	int kind;

	if (t->type == HTML_TEXT) {
		if (!t->raw)
			put(body, t->s, t->n);
		body->script = false;
		return;
	}
	body->script = t->type == HTML_START && is_script(t, &body->raised);
	kind = kind_of(t);
	if (kind & HEADING) {
		body->follows = false;
		body->in_heading = t->type == HTML_START;
	}
	if (t->type == HTML_START) {
		start_element(body, t, kind);
		return;
	}
	drop_label(body);
	end_element(body, t, kind);
	if (kind & HEADING) {
		take_heading(body, page, t->s[1] == '1');
		buf_reset(&body->heading);
	}
}

const char *
html_body_end(struct html_body *body)
{
	const char *s;

	if (body->over) {
		filter_note(REJECT_DROPPED_VALUE, "abstract", NULL, 0,
		    "over %d bytes in the text of a page", MAX_ABSTRACT);
		return NULL;
	}
	close_elements(body, 0);
	if (body->abstract.len > 0)
		return body->abstract.p;
	if (is_blank(&body->section))
		return NULL;
	s = html_without_label(body->section.p);
	return *s != '\0' ? s : NULL;
}

void
html_body_free(struct html_body *body)
{
	buf_free(&body->text);
	buf_free(&body->abstract);
	buf_free(&body->heading);
	buf_free(&body->section);
	buf_free(&body->title);
}

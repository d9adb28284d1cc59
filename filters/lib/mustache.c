/* mustache - sets of templates, and pages rendered from them */
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/mustache.h"
#include "lib/mustache_op.h"

struct mustache_set {
	const char	*(*load)(const char *, size_t *, void *);
	void		*ctx;
	struct arena	 arena;
	struct mustache	*first;
	struct mustache	**last;
	struct mustache	*unparsed;	/* from here on none is parsed */
};

/* A copy of the text with the indentation in front of every line. */
static char *
indent_lines(struct arena *a, const char *s, size_t *len, const char *indent,
    size_t n)
{
	const char *end = s + *len, *p;
	size_t lines = 0;
	char *text, *t;

	for (p = s; p < end; p++)
		lines += p == s || p[-1] == '\n';
	text = t = arena_alloc(a, *len + lines * n + 1);
	for (p = s; p < end; p++) {
		if (p == s || p[-1] == '\n') {
			memcpy(t, indent, n);
			t += n;
		}
		*t++ = *p;
	}
	*t = '\0';
	*len = (size_t)(t - text);
	return text;
}

struct mustache *
mustache_template(struct mustache_set *set, const char *name, size_t n,
    const char *indent, size_t nindent)
{
	struct mustache *m, *plain;

	for (m = set->first; m != NULL; m = m->next)
		if (m->nindent == nindent && strlen(m->name) == n &&
		    memcmp(m->name, name, n) == 0 &&
		    memcmp(m->indent, indent, nindent) == 0)
			return m;
	plain = nindent > 0 ? mustache_template(set, name, n, "", 0) : NULL;
	m = xcalloc(1, sizeof(*m));
	m->set = set;
	m->name = arena_strndup(&set->arena, name, n);
	m->indent = arena_strndup(&set->arena, indent, nindent);
	m->nindent = nindent;
	if (plain == NULL) {
		m->text = set->load(m->name, &m->len, set->ctx);
	} else if (plain->text != NULL) {
		m->len = plain->len;
		m->text = indent_lines(&set->arena, plain->text, &m->len,
		    indent, nindent);
	}
	*set->last = m;
	set->last = &m->next;
	if (set->unparsed == NULL)
		set->unparsed = m;
	return m;
}

/* Not within each other, so that a long chain of partials is no deep stack. */
static void
parse_all(struct mustache_set *set)
{
	for (; set->unparsed != NULL; set->unparsed = set->unparsed->next)
		if (set->unparsed->text != NULL)
			mustache_parse(set->unparsed);
}

struct mustache_set *
mustache_set_new(const char *(*load)(const char *, size_t *, void *), void *ctx)
{
	struct mustache_set *set = xcalloc(1, sizeof(*set));

	set->load = load;
	set->ctx = ctx;
	set->last = &set->first;
	return set;
}

const struct mustache *
mustache_get(struct mustache_set *set, const char *name)
{
	struct mustache *m = mustache_template(set, name, strlen(name), "", 0);

	parse_all(set);
	return m->text != NULL ? m : NULL;
}

void
mustache_set_free(struct mustache_set *set)
{
	struct mustache *m, *next;

	if (set == NULL)
		return;
	for (m = set->first; m != NULL; m = next) {
		next = m->next;
		free(m->op);
		free(m->part);
		free(m);
	}
	arena_free(&set->arena);
	free(set);
}

struct context {
	const struct json	*v;
	bool			 is_element;	/* its next is another turn */
};

struct page {
	struct buf	*out;
	struct context	 context[MUSTACHE_MAX_SECTIONS + 1];
	struct context	*top;
	int		 partials;
};

static const struct json *
member(const struct json *o, const struct part *name)
{
	return json_member(o, name->s, name->n);
}

static const struct json *
lookup(const struct page *page, const struct mustache *m, const struct op *op)
{
	const struct part *name = m->part + op->part;
	size_t i = (size_t)(page->top - page->context);
	const struct json *v;

	if (op->nparts == 0)
		return page->top->v;
	while ((v = member(page->context[i].v, name)) == NULL)
		if (i-- == 0)
			return NULL;
	for (i = 1; i < op->nparts && v != NULL; i++)
		v = member(v, name + i);
	return v;
}

static bool
is_true(const struct json *v)
{
	if (v == NULL)
		return false;
	switch (v->type) {
	case JSON_NULL:
	case JSON_FALSE:
		return false;
	case JSON_STRING:
		return v->len > 0;
	case JSON_ARRAY:
		return v->child != NULL;
	default:
		return true;
	}
}

static void
interpolate(struct buf *b, const struct json *v, bool escape)
{
	if (v == NULL)
		return;
	switch (v->type) {
	case JSON_STRING:
		if (escape)
			mustache_escape(b, v->text, v->len);
		else
			buf_add(b, v->text, v->len);
		break;
	case JSON_NUMBER:
		buf_add(b, v->text, v->len);
		break;
	case JSON_TRUE:
		buf_adds(b, "true");
		break;
	case JSON_FALSE:
		buf_adds(b, "false");
		break;
	default:
		break;
	}
}

static void
push(struct page *page, const struct mustache *m, const struct op *op,
    const struct json *v)
{
	if (page->top == page->context + MUSTACHE_MAX_SECTIONS)
		errx(EX_CONFIG, "%s:%zu: more than %d sections in each other",
		    m->name, op->line, MUSTACHE_MAX_SECTIONS);
	page->top++;
	page->top->is_element = v->type == JSON_ARRAY;
	page->top->v = v->type == JSON_ARRAY ? v->child : v;
}

static struct mustache *
indented(const struct mustache *m, const struct op *op)
{
	struct mustache *partial = mustache_template(m->set, op->s, op->n,
	    op->indent, op->nindent);

	parse_all(m->set);
	return partial;
}

static void
render(struct page *page, const struct mustache *m)
{
	const struct json *v;
	struct op *op;
	size_t i = 0;

	while (i < m->nops) {
		op = &m->op[i++];
		switch (op->type) {
		case OP_TEXT:
			buf_add(page->out, op->s, op->n);
			break;
		case OP_ESCAPED:
		case OP_RAW:
			interpolate(page->out, lookup(page, m, op),
			    op->type == OP_ESCAPED);
			break;
		case OP_SECTION:
			v = lookup(page, m, op);
			if (is_true(v))
				push(page, m, op, v);
			else
				i = op->jump;
			break;
		case OP_INVERTED:
			if (is_true(lookup(page, m, op)))
				i = op->jump;
			break;
		case OP_END:
			if (page->top->is_element &&
			    page->top->v->next != NULL) {
				page->top->v = page->top->v->next;
				i = op->jump;
			} else {
				page->top--;
			}
			break;
		case OP_PARTIAL:
			if (page->partials == MUSTACHE_MAX_PARTIALS)
				errx(EX_CONFIG, "%s:%zu: more than %d partials "
				    "in each other", m->name, op->line,
				    MUSTACHE_MAX_PARTIALS);
			if (op->partial == NULL)
				op->partial = indented(m, op);
			page->partials++;
			render(page, op->partial);
			page->partials--;
			break;
		}
	}
}

void
mustache_render(struct buf *b, const struct mustache *m,
    const struct json *data)
{
	static const struct json nothing = { .type = JSON_NULL };
	struct page page;

	page.out = b;
	page.partials = 0;
	page.top = page.context;
	page.top->v = data != NULL ? data : &nothing;
	render(&page, m);
}

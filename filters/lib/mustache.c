/* mustache - pages from templates without logic, and text made safe in HTML */
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/mustache.h"

#define MAX_DELIMITER	16

enum op_type {
	OP_TEXT, OP_ESCAPED, OP_RAW, OP_SECTION, OP_INVERTED, OP_END, OP_PARTIAL
};

/* A name between dots.  It points into the text of its template. */
struct part {
	const char	*s;
	size_t		 n;
};

struct op {
	enum op_type	 type;
	size_t		 line;
	const char	*s;		/* text, or the name of the tag */
	size_t		 n;
	size_t		 part;		/* index of the first part of the name */
	size_t		 nparts;	/* 0: the name is "." */
	/*
	 * Sections: the op behind the section.  Their ends: the first one in
	 * it.  While parsing, in open sections: the one around it, plus 1.
	 */
	size_t		 jump;
	const char	*indent;	/* of a partial */
	size_t		 nindent;
	struct mustache	*partial;	/* NULL until used, where indented */
};

struct mustache {
	struct mustache_set	*set;
	struct mustache		*next;
	const char		*name;
	const char		*indent;	/* in front of every line */
	size_t			 nindent;
	const char		*text;		/* NULL: there is no such name */
	size_t			 len;
	struct op		*op;
	size_t			 nops;
	size_t			 ops_cap;
	struct part		*part;
	size_t			 nparts;
	size_t			 parts_cap;
};

struct mustache_set {
	const char	*(*load)(const char *, size_t *, void *);
	void		*ctx;
	struct arena	 arena;
	struct mustache	*first;
	struct mustache	**last;
	struct mustache	*unparsed;	/* from here on none is parsed */
};

struct parser {
	struct mustache	*m;
	const char	*at;		/* behind the last tag */
	const char	*end;
	const char	*counted;	/* lines are counted up to here */
	size_t		 line;
	size_t		 open;		/* innermost open section, plus 1 */
	struct part	 left;		/* the delimiters */
	struct part	 right;
};

struct tag {
	char		 sigil;		/* 0 where there is none */
	const char	*s;		/* what is in it, trimmed */
	size_t		 n;
	const char	*start;
	const char	*end;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

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

/* The template as it is, or with every line indented: parsed or not yet. */
static struct mustache *
template(struct mustache_set *set, const char *name, const char *indent,
    size_t n)
{
	struct mustache *m, *plain;

	for (m = set->first; m != NULL; m = m->next)
		if (m->nindent == n && memcmp(m->indent, indent, n) == 0 &&
		    strcmp(m->name, name) == 0)
			return m;
	plain = n > 0 ? template(set, name, "", 0) : NULL;
	m = xcalloc(1, sizeof(*m));
	m->set = set;
	m->name = arena_strndup(&set->arena, name, strlen(name));
	m->indent = arena_strndup(&set->arena, indent, n);
	m->nindent = n;
	if (plain == NULL) {
		m->text = set->load(name, &m->len, set->ctx);
	} else if (plain->text != NULL) {
		m->len = plain->len;
		m->text = indent_lines(&set->arena, plain->text, &m->len,
		    indent, n);
	}
	*set->last = m;
	set->last = &m->next;
	if (set->unparsed == NULL)
		set->unparsed = m;
	return m;
}

static struct op *
add_op(struct parser *p, enum op_type type, const char *s, size_t n)
{
	struct mustache *m = p->m;
	struct op *op;

	grow(&m->op, &m->ops_cap, m->nops + 1, sizeof(*m->op));
	op = &m->op[m->nops++];
	memset(op, 0, sizeof(*op));
	op->type = type;
	op->line = p->line;
	op->s = s;
	op->n = n;
	return op;
}

static void
check_name(const struct parser *p, const struct tag *tag)
{
	size_t i;

	if (tag->n == 0)
		errx(EX_CONFIG, "%s:%zu: a tag without a name", p->m->name,
		    p->line);
	for (i = 0; i < tag->n; i++)
		if ((unsigned char)tag->s[i] <= ' ' || tag->s[i] == '\x7f')
			errx(EX_CONFIG, "%s:%zu: white space or a control "
			    "character in a name", p->m->name, p->line);
}

/* An op with the name of the tag. */
static struct op *
add_named(struct parser *p, enum op_type type, const struct tag *tag)
{
	struct mustache *m = p->m;
	struct op *op;
	const char *s = tag->s, *end = s + tag->n, *dot;

	check_name(p, tag);
	op = add_op(p, type, tag->s, tag->n);
	op->part = m->nparts;
	if (tag->n == 1 && *s == '.')
		return op;
	for (;; s = dot + 1) {
		dot = memchr(s, '.', (size_t)(end - s));
		if (dot == NULL)
			dot = end;
		if (dot == s)
			errx(EX_CONFIG, "%s:%zu: %.*s: nothing in front of or "
			    "behind a dot", m->name, p->line, (int)tag->n,
			    tag->s);
		grow(&m->part, &m->parts_cap, m->nparts + 1, sizeof(*m->part));
		m->part[m->nparts++] = (struct part){ s, (size_t)(dot - s) };
		op->nparts++;
		if (dot == end)
			return op;
	}
}

static void
open_section(struct parser *p, enum op_type type, const struct tag *tag)
{
	struct op *op = add_named(p, type, tag);

	op->jump = p->open;
	p->open = p->m->nops;
}

static void
close_section(struct parser *p, const struct tag *tag)
{
	struct op *op;
	size_t open = p->open;

	check_name(p, tag);
	if (open == 0)
		errx(EX_CONFIG, "%s:%zu: end of %.*s, but no section is open",
		    p->m->name, p->line, (int)tag->n, tag->s);
	op = &p->m->op[open - 1];
	if (op->n != tag->n || memcmp(op->s, tag->s, op->n) != 0)
		errx(EX_CONFIG, "%s:%zu: end of %.*s, but the section open "
		    "since line %zu is %.*s", p->m->name, p->line, (int)tag->n,
		    tag->s, op->line, (int)op->n, op->s);
	p->open = op->jump;
	/* what is inverted opens no context, so none is to be closed */
	if (op->type == OP_SECTION)
		add_op(p, OP_END, NULL, 0)->jump = open;
	p->m->op[open - 1].jump = p->m->nops;
}

static void
set_delimiters(struct parser *p, const struct tag *tag)
{
	const char *s = tag->s, *end = s + tag->n;
	struct part word[2];
	size_t i;

	for (i = 0; i < 2; i++) {
		while (s < end && is_space(*s))
			s++;
		for (word[i].s = s; s < end && !is_space(*s); s++)
			;
		word[i].n = (size_t)(s - word[i].s);
		if (word[i].n == 0 || word[i].n > MAX_DELIMITER ||
		    memchr(word[i].s, '=', word[i].n) != NULL)
			break;
	}
	if (i < 2 || s < end)
		errx(EX_CONFIG, "%s:%zu: not two delimiters of at most %d "
		    "bytes without =", p->m->name, p->line, MAX_DELIMITER);
	p->left = word[0];
	p->right = word[1];
}

static void
add_partial(struct parser *p, const struct tag *tag, const char *indent)
{
	struct mustache_set *set = p->m->set;
	struct mustache *plain;
	struct op *op;

	check_name(p, tag);
	/* wanted in any case: what is wrong in it is to be told of now */
	plain = template(set, arena_strndup(&set->arena, tag->s, tag->n), "",
	    0);
	op = add_op(p, OP_PARTIAL, plain->name, tag->n);
	op->indent = indent;
	op->nindent = (size_t)(tag->start - indent);
	/* indented ones may go on for ever in a recursion: made when used */
	op->partial = op->nindent == 0 ? plain : NULL;
}

static void
read_tag(struct parser *p, const char *start, struct tag *tag)
{
	static const char sigils[] = "#^/>&{=!";
	char end[MAX_DELIMITER + 1];
	const char *s, *e;
	size_t n = 0;

	for (; p->counted < start; p->counted++)
		p->line += *p->counted == '\n';
	for (s = start + p->left.n; s < p->end && is_space(*s); s++)
		;
	tag->sigil = 0;
	if (s < p->end && memchr(sigils, *s, sizeof(sigils) - 1) != NULL)
		tag->sigil = *s++;
	if (tag->sigil == '{')
		end[n++] = '}';
	else if (tag->sigil == '=')
		end[n++] = '=';
	memcpy(end + n, p->right.s, p->right.n);
	n += p->right.n;
	e = memmem(s, (size_t)(p->end - s), end, n);
	if (e == NULL)
		errx(EX_CONFIG, "%s:%zu: a tag is not closed", p->m->name,
		    p->line);
	tag->start = start;
	tag->end = e + n;
	while (s < e && is_space(*s))
		s++;
	while (s < e && is_space(e[-1]))
		e--;
	tag->s = s;
	tag->n = (size_t)(e - s);
}

/* Whether nothing else is on the line; if so, *from and *to are its ends. */
static bool
stands_alone(const struct parser *p, const struct tag *tag, const char **from,
    const char **to)
{
	const char *a = tag->start, *b = tag->end;

	if (memchr("&{", tag->sigil, 3) != NULL)
		return false;
	while (a > p->m->text && is_blank(a[-1]))
		a--;
	while (b < p->end && is_blank(*b))
		b++;
	if (p->end - b > 1 && b[0] == '\r' && b[1] == '\n')
		b++;
	if ((a > p->m->text && a[-1] != '\n') || (b < p->end && *b != '\n'))
		return false;
	*from = a;
	*to = b < p->end ? b + 1 : b;
	return true;
}

static void
parse_tag(struct parser *p, const char *start)
{
	const char *from, *to;
	struct tag tag;

	read_tag(p, start, &tag);
	if (!stands_alone(p, &tag, &from, &to)) {
		from = tag.start;
		to = tag.end;
	}
	if (from > p->at)
		add_op(p, OP_TEXT, p->at, (size_t)(from - p->at));
	p->at = to;
	switch (tag.sigil) {
	case '#':
		open_section(p, OP_SECTION, &tag);
		break;
	case '^':
		open_section(p, OP_INVERTED, &tag);
		break;
	case '/':
		close_section(p, &tag);
		break;
	case '>':
		add_partial(p, &tag, from);
		break;
	case '&':
	case '{':
		add_named(p, OP_RAW, &tag);
		break;
	case '=':
		set_delimiters(p, &tag);
		break;
	case '!':
		break;
	default:
		add_named(p, OP_ESCAPED, &tag);
		break;
	}
}

static void
parse(struct mustache *m)
{
	struct parser p = {
		.m = m, .at = m->text, .end = m->text + m->len,
		.counted = m->text, .line = 1,
		.left = { "{{", 2 }, .right = { "}}", 2 },
	};
	const struct op *op;
	const char *tag;

	while ((tag = memmem(p.at, (size_t)(p.end - p.at), p.left.s,
	    p.left.n)) != NULL)
		parse_tag(&p, tag);
	if (p.at < p.end)
		add_op(&p, OP_TEXT, p.at, (size_t)(p.end - p.at));
	if (p.open > 0) {
		op = &m->op[p.open - 1];
		errx(EX_CONFIG, "%s:%zu: section %.*s is not closed", m->name,
		    op->line, (int)op->n, op->s);
	}
}

/* Not within each other, so that a long chain of partials is no deep stack. */
static void
parse_all(struct mustache_set *set)
{
	for (; set->unparsed != NULL; set->unparsed = set->unparsed->next)
		if (set->unparsed->text != NULL)
			parse(set->unparsed);
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
	struct mustache *m = template(set, name, "", 0);

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

enum byte_class { PLAIN, SPECIAL };

#define FOUR(c)	[c] = SPECIAL, [(c) + 1] = SPECIAL, [(c) + 2] = SPECIAL, \
		[(c) + 3] = SPECIAL

/* The bytes replaced, and the first ones of characters that may be. */
static const unsigned char byte_class[256] = {
	FOUR(0x00), FOUR(0x04), [0x08] = SPECIAL, [0x0b] = SPECIAL,
	[0x0c] = SPECIAL, [0x0e] = SPECIAL, [0x0f] = SPECIAL, FOUR(0x10),
	FOUR(0x14), FOUR(0x18), FOUR(0x1c), ['"'] = SPECIAL, ['&'] = SPECIAL,
	['\''] = SPECIAL, ['<'] = SPECIAL, ['>'] = SPECIAL, [0x7f] = SPECIAL,
	[0xc2] = SPECIAL, [0xef] = SPECIAL, FOUR(0xf0), [0xf4] = SPECIAL,
};

/*
 * How many bytes at s, which begins with one that is special, are replaced,
 * and by what; 0: none.
 */
static size_t
replacement(const unsigned char *s, size_t n, const char **by)
{
	*by = "\xef\xbf\xbd";
	switch (*s) {
	case '&':
		*by = "&amp;";
		return 1;
	case '<':
		*by = "&lt;";
		return 1;
	case '>':
		*by = "&gt;";
		return 1;
	case '"':
		*by = "&quot;";
		return 1;
	case '\'':
		*by = "&#39;";
		return 1;
	case 0xc2:		/* U+0080 to U+009F */
		return n > 1 && s[1] < 0xa0 ? 2 : 0;
	case 0xef:		/* U+FDD0 to U+FDEF, U+FFFE, U+FFFF */
		return n > 2 && ((s[1] == 0xb7 && s[2] >= 0x90 &&
		    s[2] < 0xb0) || (s[1] == 0xbf && s[2] >= 0xbe)) ? 3 : 0;
	case 0xf0: case 0xf1: case 0xf2: case 0xf3: case 0xf4:
		/* the last two of each plane */
		return n > 3 && (s[1] & 0x0f) == 0x0f && s[2] == 0xbf &&
		    s[3] >= 0xbe ? 4 : 0;
	default:
		return 1;
	}
}

void
mustache_escape(struct buf *b, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	const unsigned char *run = p;
	const char *by;
	size_t len;

	while (p < end) {
		if (byte_class[*p] == PLAIN) {
			p++;
			continue;
		}
		len = replacement(p, (size_t)(end - p), &by);
		if (len == 0) {
			p++;
			continue;
		}
		buf_add(b, run, (size_t)(p - run));
		buf_adds(b, by);
		p += len;
		run = p;
	}
	buf_add(b, run, (size_t)(end - run));
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
	const struct json *v;

	if (o->type != JSON_OBJECT)
		return NULL;
	for (v = o->child; v != NULL; v = v->next)
		if (v->namelen == name->n &&
		    memcmp(v->name, name->s, name->n) == 0)
			return v;
	return NULL;
}

static const struct json *
lookup(const struct page *page, const struct mustache *m, const struct op *op)
{
	const struct part *name = m->part + op->part;
	const struct context *c = page->top;
	const struct json *v;
	size_t i;

	if (op->nparts == 0)
		return c->v;
	while ((v = member(c->v, name)) == NULL)
		if (c-- == page->context)
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
	struct mustache *partial = template(m->set, op->s, op->indent,
	    op->nindent);

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
	struct page page = { .out = b };

	page.top = page.context;
	page.top->v = data != NULL ? data : &nothing;
	render(&page, m);
}

/* bibtex_entry - the syntax of BibTeX's entries */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/table.h"
#include "parse/bibtex.h"
#include "parse/format.h"

#define FIELD_NAME	128	/* bytes; longer ones are no BibTeX */

/* White space, and the comments that btparse and biber know. */
static void
skip_space(struct cursor *c)
{
	while (c->p < c->end && (isspace((unsigned char)*c->p) ||
	    *c->p == '%')) {
		if (*c->p == '%')
			while (c->p < c->end && *c->p != '\n')
				c->p++;
		else
			c->p++;
	}
}

static bool
is_name_char(int c)
{
	return c > ' ' && c != 0x7f && strchr("\"#%'(),={}", c) == NULL;
}

/* Append a braced or quoted value without its delimiters. */
static bool
read_delimited(struct cursor *c, struct buf *b)
{
	int open = *c->p, close = open == '{' ? '}' : '"', depth = 0;
	const char *from = ++c->p;

	for (; c->p < c->end; c->p++) {
		if (*c->p == close && depth == 0) {
			buf_add(b, from, (size_t)(c->p++ - from));
			return true;
		}
		if (*c->p == '{')
			depth++;
		else if (*c->p == '}')
			depth--;
	}
	c->error = "a value that does not close";
	return false;
}

/* A value: pieces joined by "#". */
static bool
read_value(const struct dict *macros, struct cursor *c, struct buf *b)
{
	const char *from, *value;
	char *name;
	size_t n, i;

	for (;;) {
		skip_space(c);
		if (c->p == c->end) {
			c->error = "no value";
			return false;
		}
		if (*c->p == '{' || *c->p == '"') {
			if (!read_delimited(c, b))
				return false;
		} else {
			for (from = c->p; c->p < c->end &&
			    is_name_char((unsigned char)*c->p); )
				c->p++;
			n = (size_t)(c->p - from);
			if (n == 0) {
				c->error = "no value";
				return false;
			}
			name = arena_strndup(entry_arena(), from, n);
			for (i = 0; i < n; i++)
				name[i] = (char)tolower((unsigned char)name[i]);
			value = dict_get(macros, name, n);
			if (value == NULL && !isdigit((unsigned char)*name))
				filter_note(REJECT_UNKNOWN_STRING, NULL, name,
				    n, "no @string of this name");
			buf_adds(b, value != NULL ? value :
			    arena_strndup(entry_arena(), from, n));
		}
		skip_space(c);
		if (c->p == c->end || *c->p != '#')
			return true;
		c->p++;
	}
}

bool
entry_fields(struct entry *e, const struct dict *macros, struct fields *f)
{
	struct cursor *c = &e->body;
	struct buf b = { 0 };
	const char *from;
	char *name;
	size_t n, i;

	f->n = 0;
	for (;;) {
		skip_space(c);
		while (c->p < c->end && *c->p == ',') {
			c->p++;
			skip_space(c);
		}
		if (c->p == c->end)
			break;
		for (from = c->p; c->p < c->end &&
		    is_name_char((unsigned char)*c->p); )
			c->p++;
		n = (size_t)(c->p - from);
		skip_space(c);
		if (n == 0 || n > FIELD_NAME || c->p == c->end ||
		    *c->p != '=') {
			c->error = "no \"name = value\" where a field should be";
			break;
		}
		c->p++;
		buf_reset(&b);
		if (!read_value(macros, c, &b))
			break;
		name = arena_strndup(entry_arena(), from, n);
		for (i = 0; i < n; i++)
			name[i] = (char)tolower((unsigned char)name[i]);
		for (i = 0; i < f->n && strcmp(f->v[i].name, name) != 0; i++)
			;
		if (i < f->n) {
			filter_note(REJECT_REPEATED_FIELD, name, b.p, b.len,
			    "the first one was taken");
			continue;
		}
		if (f->n == sizeof(f->v) / sizeof(f->v[0])) {
			c->error = "too many fields";
			break;
		}
		f->v[f->n++] = (struct field){ name, arena_strndup(
		    entry_arena(), b.p != NULL ? b.p : "", b.len), b.len };
	}
	buf_free(&b);
	return c->error == NULL;
}

const struct field *
fields_find(const struct fields *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return &f->v[i];
	return NULL;
}

bool
entry_open(struct entry *e, const char *s, size_t n)
{
	const char *p = s + 1, *end = s + n;
	size_t i = 0;

	for (; p < end && isalpha((unsigned char)*p); p++)
		if (i < sizeof(e->type) - 1)
			e->type[i++] = (char)tolower((unsigned char)*p);
	e->type[i] = '\0';
	while (p < end && *p != '{' && *p != '(')
		p++;
	e->body = (struct cursor){ p < end ? p + 1 : end, end - 1, NULL };
	skip_space(&e->body);
	e->key = e->body.p;
	if (strcmp(e->type, "string") == 0)
		return true;
	while (e->body.p < e->body.end && *e->body.p != ',') {
		/* no key at all: "@misc{title = ..." */
		if (*e->body.p == '=') {
			e->body.p = e->key;
			e->keylen = 0;
			return true;
		}
		e->body.p++;
	}
	e->keylen = (size_t)(e->body.p - e->key);
	while (e->keylen > 0 && isspace((unsigned char)e->key[e->keylen - 1]))
		e->keylen--;
	return memchr(e->key, '{', e->keylen) == NULL;
}

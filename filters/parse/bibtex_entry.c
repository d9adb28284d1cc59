/* bibtex_entry - the syntax of BibTeX's entries */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
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
			while (c->p < c->end && *c->p != '\n' &&
			    *c->p != '\r')
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

/* A name, in lower case; NULL: there is none. */
static char *
read_name(struct cursor *c, size_t *len)
{
	const char *from = c->p;
	char *name;
	size_t i;

	while (c->p < c->end && is_name_char((unsigned char)*c->p))
		c->p++;
	*len = (size_t)(c->p - from);
	if (*len == 0)
		return NULL;
	name = arena_strndup(entry_arena(), from, *len);
	for (i = 0; i < *len; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	return name;
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

/* Append a number, or what a macro stands for; one not known is itself. */
static bool
read_word(struct entry *e, struct macros *macros, struct buf *b)
{
	struct cursor *c = &e->body;
	const char *from = c->p, *value;
	size_t n, len;
	char *name = read_name(c, &n);

	if (name == NULL) {
		c->error = "no value";
		return false;
	}
	value = macros_get(macros, name, n, e->offset, &len);
	if (value == NULL) {
		if (!isdigit((unsigned char)*name))
			filter_note(REJECT_UNKNOWN_STRING, NULL, name, n,
			    "no @string of this name");
		buf_add(b, from, n);
		return true;
	}
	if (len > filter_max_record() - b->len ||
	    !macros_afford(macros, len, e->offset)) {
		c->error = "@strings that make too much of it";
		c->too_long = true;
		return false;
	}
	buf_add(b, value, len);
	return true;
}

/* A value: pieces joined by "#".  One that is not there is empty. */
static bool
read_value(struct entry *e, struct macros *macros, struct buf *b)
{
	struct cursor *c = &e->body;

	skip_space(c);
	if (c->p == c->end || *c->p == ',')
		return true;
	for (;;) {
		skip_space(c);
		if (c->p == c->end) {
			c->error = "no value";
			return false;
		}
		if (*c->p == '{' || *c->p == '"') {
			if (!read_delimited(c, b))
				return false;
		} else if (!read_word(e, macros, b))
			return false;
		skip_space(c);
		if (c->p == c->end || *c->p != '#')
			return true;
		c->p++;
	}
}

/* Put a field behind the others, but for one that is there. */
static void
add_field(struct entry *e, struct fields *f, const char *name,
    const struct buf *b)
{
	const struct field *had = fields_find(f, name);
	const char *value = b->p != NULL ? b->p : "";

	/* CiteULike writes one keyword a field */
	if (had != NULL && strcmp(name, "keywords") != 0) {
		if (had->len != b->len || memcmp(had->value, value, b->len) != 0)
			filter_note(REJECT_REPEATED_FIELD, name, value, b->len,
			    "the first one was taken");
		return;
	}
	if (f->n == sizeof(f->v) / sizeof(f->v[0])) {
		e->body.error = "too many fields";
		return;
	}
	f->v[f->n++] = (struct field){ name, arena_strndup(entry_arena(),
	    value, b->len), b->len };
}

bool
entry_fields(struct entry *e, struct macros *macros, struct fields *f)
{
	struct cursor *c = &e->body;
	struct buf b = { 0 };
	const char *name;
	size_t n;

	f->n = 0;
	while (c->error == NULL) {
		skip_space(c);
		while (c->p < c->end && *c->p == ',') {
			c->p++;
			skip_space(c);
		}
		if (c->p == c->end)
			break;
		name = read_name(c, &n);
		skip_space(c);
		if (name == NULL || n > FIELD_NAME || c->p == c->end ||
		    *c->p != '=') {
			c->error = "no \"name = value\" where a field should be";
			break;
		}
		c->p++;
		buf_reset(&b);
		if (read_value(e, macros, &b))
			add_field(e, f, name, &b);
	}
	buf_free(&b);
	return c->error == NULL;
}

const struct field *
fields_find(const struct fields *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (*f->v[i].name == *name && strcmp(f->v[i].name, name) == 0)
			return &f->v[i];
	return NULL;
}

bool
entry_may_have(const char *s, size_t n, const char *name)
{
	const char *p = s, *end = s + n, *w;
	size_t len = strlen(name);

	while ((p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		for (w = p; w > s && isspace((unsigned char)w[-1]); w--)
			;
		if ((size_t)(w - s) > len &&
		    strncasecmp(w - len, name, len) == 0 &&
		    !is_name_char((unsigned char)w[-(ptrdiff_t)len - 1]))
			return true;
		p++;
	}
	return false;
}

bool
entry_open(struct entry *e, const char *s, size_t n, uint64_t offset)
{
	const char *p = s + 1, *end = s + n;
	size_t i = 0;

	while (p < end && isspace((unsigned char)*p))
		p++;
	for (; p < end && *p != '{' && *p != '('; p++)
		if (i < sizeof(e->type) - 1 && !isspace((unsigned char)*p))
			e->type[i++] = (char)tolower((unsigned char)*p);
	e->type[i] = '\0';
	e->keylen = 0;
	e->offset = offset;
	e->body = (struct cursor){ p < end ? p + 1 : end, end - 1, NULL, false };
	skip_space(&e->body);
	e->key = e->body.p;
	if (strcmp(e->type, "string") == 0)
		return true;
	while (e->body.p < e->body.end && *e->body.p != ',') {
		/* no key at all: "@misc{title = ..." */
		if (*e->body.p == '=') {
			e->body.p = e->key;
			return true;
		}
		e->body.p++;
	}
	e->keylen = (size_t)(e->body.p - e->key);
	while (e->keylen > 0 && isspace((unsigned char)e->key[e->keylen - 1]))
		e->keylen--;
	return memchr(e->key, '{', e->keylen) == NULL;
}

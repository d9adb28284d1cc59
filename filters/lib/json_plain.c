/* json_plain - JSON text without faults, read in place */
#include <string.h>
#include <utf8proc.h>

#include "lib/json_parts.h"

#define MANY	64	/* members of one object, all compared with each other */

/*
 * The text is copied once; strings stay where they are in the copy, their
 * escapes are resolved there, and the closing quote becomes their NUL.  All
 * loops end at the NUL behind the copy, which no token goes over.
 */
struct reader {
	struct arena	*arena;
	char		*p;
	char		*end;
	bool		 compact;
};

static struct json *read_value(struct reader *, int depth);

static char
skip_space(struct reader *r)
{
	/* mostly there is none, and one comparison says so */
	while ((unsigned char)*r->p <= ' ' && (*r->p == ' ' || *r->p == '\n' ||
	    *r->p == '\r' || *r->p == '\t')) {
		r->p++;
		r->compact = false;
	}
	return *r->p;
}

/* What stands behind \u at s, s going behind it, or -1. */
static utf8proc_int32_t
read_unit(struct reader *r, char **s)
{
	utf8proc_int32_t c = json_hex4(*s, r->end), low;

	if (c == -1)
		return -1;
	/* as it is written anew: \u only for what has no other spelling */
	if (c >= 0x20 || c == '\n' || c == '\r' || c == '\t' ||
	    ((*s)[3] >= 'A' && (*s)[3] <= 'F'))
		r->compact = false;
	*s += 4;
	if (c < 0xd800 || c > 0xdfff)
		return c;
	low = (*s)[0] == '\\' && (*s)[1] == 'u' ? json_hex4(*s + 2, r->end) : -1;
	if (c > 0xdbff || low < 0xdc00 || low > 0xdfff)
		return -1;
	*s += 6;
	return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
}

/* Resolve the escape at s to what it says at to, which is never longer. */
static bool
unescape(struct reader *r, char **s, char **to)
{
	static const char letters[] = "\"\\nrt/bf", says[] = "\"\\\n\r\t/\b\f";
	const char *l;
	utf8proc_int32_t c = (*s)[1];

	*s += 2;
	if (c == 'u') {
		if ((c = read_unit(r, s)) == -1)
			return false;
		*to += utf8proc_encode_char(c, (utf8proc_uint8_t *)*to);
		return true;
	}
	l = memchr(letters, c, sizeof(letters) - 1);
	if (l == NULL)
		return false;
	if (l - letters > 4)
		r->compact = false;
	*(*to)++ = says[l - letters];
	return true;
}

static const char *
read_string(struct reader *r, size_t *len)
{
	char *from = r->p + 1, *to, *s, *run;

	s = to = from + (json_special(from, r->end) - from);
	while (*s == '\\') {
		if (!unescape(r, &s, &to))
			return NULL;
		run = s;
		s += json_special(s, r->end) - s;
		memmove(to, run, (size_t)(s - run));
		to += s - run;
	}
	if (*s != '"')
		return NULL;
	*to = '\0';
	r->p = s + 1;
	*len = (size_t)(to - from);
	return from;
}

/* Go over digits, of which there must be one. */
static bool
skip_digits(char **p)
{
	char *from = *p;

	while (**p >= '0' && **p <= '9')
		(*p)++;
	return *p > from;
}

static bool
skip_number(char **p)
{
	if (**p == '-')
		(*p)++;
	if (**p == '0')
		(*p)++;
	else if (!skip_digits(p))
		return false;
	if (**p == '.') {
		(*p)++;
		if (!skip_digits(p))
			return false;
	}
	if (**p != 'e' && **p != 'E')
		return true;
	(*p)++;
	if (**p == '+' || **p == '-')
		(*p)++;
	return skip_digits(p);
}

/* The NUL behind it has to wait until the byte that stands there is read. */
static struct json *
read_number(struct reader *r)
{
	struct json *v = json_node(r->arena, JSON_NUMBER);

	v->text = r->p;
	if (!skip_number(&r->p))
		return NULL;
	v->len = (size_t)(r->p - v->text);
	return v;
}

static struct json *
read_word(struct reader *r, const char *word, enum json_type type)
{
	size_t n = strlen(word);

	if (strncmp(r->p, word, n) != 0)
		return NULL;
	r->p += n;
	return json_node(r->arena, type);
}

/* Whether the object has a member of the name of v, or too many to tell. */
static bool
is_taken(const struct json *o, const struct json *v)
{
	const struct json *m;
	size_t n = 0;

	if ((o->names & json_bit(v->look)) == 0)
		return false;
	for (m = o->child; m != NULL; m = m->next)
		if (++n == MANY || json_is_named(m, v->name, v->namelen,
		    v->look))
			return true;
	return false;
}

static struct json *
read_member(struct reader *r, const struct json *o, int depth)
{
	const char *name;
	struct json *v;
	size_t len;

	if (*r->p != '"' || (name = read_string(r, &len)) == NULL ||
	    skip_space(r) != ':')
		return NULL;
	r->p++;
	skip_space(r);
	if ((v = read_value(r, depth)) == NULL)
		return NULL;
	json_name(v, name, len);
	return is_taken(o, v) ? NULL : v;
}

static struct json *
read_container(struct reader *r, enum json_type type, int depth)
{
	struct json *c, *v;
	char shut = type == JSON_OBJECT ? '}' : ']', next;

	if (depth == JSON_MAX_DEPTH)
		return NULL;
	c = json_node(r->arena, type);
	r->p++;
	if (skip_space(r) == shut) {
		r->p++;
		return c;
	}
	do {
		skip_space(r);
		v = type == JSON_OBJECT ? read_member(r, c, depth + 1) :
		    read_value(r, depth + 1);
		if (v == NULL)
			return NULL;
		json_append(c, v);
		next = skip_space(r);
		if (v->type == JSON_NUMBER)
			*(char *)(v->text + v->len) = '\0';
		r->p++;
	} while (next == ',');
	return next == shut ? c : NULL;
}

static struct json *
read_value(struct reader *r, int depth)
{
	struct json *v;

	switch (*r->p) {
	case '"':
		v = json_node(r->arena, JSON_STRING);
		v->text = read_string(r, &v->len);
		return v->text != NULL ? v : NULL;
	case '{':
		return read_container(r, JSON_OBJECT, depth);
	case '[':
		return read_container(r, JSON_ARRAY, depth);
	case 't':
		return read_word(r, "true", JSON_TRUE);
	case 'f':
		return read_word(r, "false", JSON_FALSE);
	case 'n':
		return read_word(r, "null", JSON_NULL);
	default:
		return read_number(r);
	}
}

struct json *
json_read_plain(struct arena *a, const char *s, size_t n)
{
	struct reader r = { .arena = a, .compact = true };
	struct json *v;
	char c;

	r.p = arena_strndup(a, s, n);
	r.end = r.p + n;
	c = skip_space(&r);
	if (c != '{' && c != '[')
		return NULL;
	v = read_value(&r, 0);
	if (v == NULL)
		return NULL;
	skip_space(&r);
	if (r.p != r.end)
		return NULL;
	v->compact = r.compact;
	return v;
}

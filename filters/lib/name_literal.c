/* name_literal - lists of names as programs write them */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/utf8.h"

/* The number of so many hexadecimal digits at s, or -1. */
static int32_t
hex(const char *s, const char *end, int digits)
{
	int32_t c = 0;

	if (end - s < digits)
		return -1;
	for (; digits > 0; digits--, s++) {
		if (!isxdigit((unsigned char)*s))
			return -1;
		c = c * 16 + (isdigit((unsigned char)*s) ? *s - '0' :
		    (*s | 0x20) - 'a' + 10);
	}
	return c;
}

/* What is behind the backslash at *s, which moves to its last byte. */
static bool
add_escaped(struct buf *b, const char **s, const char *end)
{
	int digits;
	int32_t c;

	if (++*s == end)
		return false;
	digits = **s == 'x' ? 2 : **s == 'u' ? 4 : 0;
	if (digits > 0) {
		c = hex(*s + 1, end, digits);
		if (c <= 0 || (c >= 0xd800 && c < 0xe000))
			return false;
		utf8_add(b, c);
		*s += digits;
	} else if (strchr("nrt", **s) != NULL)
		buf_addc(b, ' ');
	else
		buf_addc(b, **s);
	return true;
}

/* The string at *s, behind whose quote *s moves. */
static bool
read_string(struct buf *b, const char **s, const char *end)
{
	char quote = **s;

	buf_reset(b);
	for (++*s; *s < end && **s != quote; ++*s)
		if (**s != '\\')
			buf_addc(b, **s);
		else if (!add_escaped(b, s, end))
			return false;
	if (*s == end)
		return false;
	++*s;
	return true;
}

static const char *
skip_spaces(const char *s, const char *end)
{
	while (s < end && isspace((unsigned char)*s))
		s++;
	return s;
}

static bool
read_list(struct arena *a, struct json *array, struct buf *b, const char *s,
    const char *end)
{
	struct json *o;

	for (s = skip_spaces(s, end); s < end; s = skip_spaces(s, end)) {
		if ((*s != '\'' && *s != '"') || !read_string(b, &s, end))
			return false;
		if (b->len > 0) {
			o = json_object(a);
			json_put(o, "name", json_string(a, b->p, b->len));
			json_append(array, o);
		}
		s = skip_spaces(s, end);
		/* numpy writes no commas */
		if (s < end && *s == ',')
			s++;
		else if (s < end && *s != '\'' && *s != '"')
			return false;
	}
	return true;
}

bool
name_literal(struct arena *a, struct json *array, const char *s, size_t n)
{
	static const char open[] = "[({", close[] = "])}";
	struct json *list, *e, *next;
	struct buf b = { 0 };
	const char *kind;
	bool read;

	if (n < 2 || (kind = strchr(open, *s)) == NULL || *kind == '\0' ||
	    s[n - 1] != close[kind - open])
		return false;
	list = json_array(a);
	read = read_list(a, list, &b, s + 1, s + n - 1);
	buf_free(&b);
	for (e = read ? list->child : NULL; e != NULL; e = next) {
		next = e->next;
		json_append(array, e);
	}
	return read;
}

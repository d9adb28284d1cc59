/* json_write - the compact spelling of a tree */
#include "lib/buf.h"
#include "lib/json_parts.h"

static void
add_escaped(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";

	buf_addc(b, '\\');
	switch (c) {
	case '"':
	case '\\':
		buf_addc(b, c);
		break;
	case '\n':
		buf_addc(b, 'n');
		break;
	case '\t':
		buf_addc(b, 't');
		break;
	case '\r':
		buf_addc(b, 'r');
		break;
	default:
		buf_adds(b, "u00");
		buf_addc(b, hex[c >> 4]);
		buf_addc(b, hex[c & 15]);
	}
}

void
json_write_string(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *stop;
	char *p;

	buf_reserve(b, n + 2);
	b->p[b->len++] = '"';
	while ((stop = json_special(s, end)) < end) {
		buf_add(b, s, (size_t)(stop - s));
		add_escaped(b, (unsigned char)*stop);
		s = stop + 1;
	}
	n = (size_t)(end - s);
	buf_reserve(b, n + 1);
	p = b->p + b->len;
	if (n > 0)
		memcpy(p, s, n);
	p[n] = '"';
	p[n + 1] = '\0';
	b->len += n + 1;
}

void
json_write(struct buf *b, const struct json *v)
{
	const struct json *c;

	switch (v->type) {
	case JSON_NULL:
		buf_add(b, "null", 4);
		return;
	case JSON_FALSE:
		buf_add(b, "false", 5);
		return;
	case JSON_TRUE:
		buf_add(b, "true", 4);
		return;
	case JSON_NUMBER:
		buf_add(b, v->text, v->len);
		return;
	case JSON_STRING:
		json_write_string(b, v->text, v->len);
		return;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	buf_addc(b, v->type == JSON_ARRAY ? '[' : '{');
	for (c = v->child; c != NULL; c = c->next) {
		if (c->name != NULL) {
			json_write_string(b, c->name, c->namelen);
			buf_addc(b, ':');
		}
		json_write(b, c);
		if (c->next != NULL)
			buf_addc(b, ',');
	}
	buf_addc(b, v->type == JSON_ARRAY ? ']' : '}');
}

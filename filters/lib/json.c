/* json - one JSON value as a tree in an arena */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/json_parts.h"
#include "lib/utf8.h"

struct json *
json_object(struct arena *a)
{
	return json_node(a, JSON_OBJECT);
}

struct json *
json_array(struct arena *a)
{
	return json_node(a, JSON_ARRAY);
}

struct json *
json_true(struct arena *a)
{
	return json_node(a, JSON_TRUE);
}

struct json *
json_null(struct arena *a)
{
	return json_node(a, JSON_NULL);
}

/* A value with its text behind it, for which more bytes are asked. */
static struct json *
text_node(struct arena *a, enum json_type type, const char *s, size_t n,
    size_t more)
{
	struct json *v = arena_alloc(a, sizeof(*v) + n + 1 + more);
	char *text = (char *)(v + 1);

	*v = (struct json){ .type = type, .text = text, .len = n };
	if (n > 0)
		memcpy(text, s, n);
	text[n] = '\0';
	return v;
}

struct json *
json_string(struct arena *a, const char *s, size_t n)
{
	return text_node(a, JSON_STRING, s, n, 0);
}

struct json *
json_str(struct arena *a, const char *s)
{
	return json_string(a, s, strlen(s));
}

struct json *
json_number(struct arena *a, const char *s)
{
	return text_node(a, JSON_NUMBER, s, strlen(s), 0);
}

struct json *
json_int(struct arena *a, int64_t i)
{
	char s[24], *p = s + sizeof(s);
	uint64_t u = i < 0 ? -(uint64_t)i : (uint64_t)i;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	if (i < 0)
		*--p = '-';
	return text_node(a, JSON_NUMBER, p, (size_t)(s + sizeof(s) - p), 0);
}

void
json_add(struct arena *a, struct json *o, const char *name, size_t namelen,
    struct json *v)
{
	json_name(v, arena_strndup(a, name, namelen), namelen);
	json_append(o, v);
}

void
json_add_string(struct arena *a, struct json *o, const char *name,
    size_t namelen, const char *s, size_t n)
{
	struct json *v = text_node(a, JSON_STRING, s, n, namelen + 1);
	char *copy = (char *)(v + 1) + n + 1;

	memcpy(copy, name, namelen);
	copy[namelen] = '\0';
	json_name(v, copy, namelen);
	json_append(o, v);
}

struct json *
json_find(const struct json *o, const char *name, size_t n, uint32_t look)
{
	struct json *m;

	for (m = o->child; m != NULL; m = m->next)
		if (m->look == look && json_is_named(m, name, n, look))
			return m;
	return NULL;
}

size_t
json_count(const struct json *first)
{
	size_t n = 0;

	for (; first != NULL; first = first->next)
		n++;
	return n;
}

int64_t
json_get_int(const struct json *o, const char *name, int64_t dflt)
{
	const struct json *m = json_get(o, name);
	char *end;
	int64_t i;

	if (m == NULL || m->type != JSON_NUMBER)
		return dflt;
	errno = 0;
	i = strtoll(m->text, &end, 10);
	return *end == '\0' && errno == 0 ? i : dflt;
}

void
json_set(struct arena *a, struct json *o, const char *name, struct json *v)
{
	struct json **pp, *m = json_get(o, name), *prev = NULL;

	if (m == NULL) {
		if (v != NULL)
			json_add(a, o, name, strlen(name), v);
		return;
	}
	for (pp = &o->child; *pp != m; pp = &prev->next)
		prev = *pp;
	if (v == NULL) {
		*pp = m->next;
		if (o->last == m)
			o->last = prev;
		return;
	}
	v->name = m->name;
	v->namelen = m->namelen;
	v->look = m->look;
	v->next = m->next;
	*pp = v;
	if (o->last == m)
		o->last = v;
}

void
json_keep_if(struct json *v, bool (*keep)(struct json *))
{
	struct json *c = v->child, *next;

	v->child = v->last = NULL;
	for (; c != NULL; c = next) {
		next = c->next;
		if (keep(c))
			json_append(v, c);
	}
}

struct json *
json_copy(struct arena *a, const struct json *v)
{
	struct json *c = json_node(a, v->type), *e;
	const struct json *k;

	if (v->text != NULL) {
		c->text = arena_strndup(a, v->text, v->len);
		c->len = v->len;
	}
	for (k = v->child; k != NULL; k = k->next) {
		e = json_copy(a, k);
		if (k->name != NULL)
			json_add(a, c, k->name, k->namelen, e);
		else
			json_append(c, e);
	}
	return c;
}

struct json *
json_parse(struct arena *a, const char *s, size_t n, enum reject_code *code,
    const char **detail)
{
	struct json *v;

	if (!utf8_valid(s, n)) {
		*code = REJECT_BAD_UTF8;
		*detail = "not UTF-8";
		return NULL;
	}
	v = json_read_plain(a, s, n);
	return v != NULL ? v : json_read_any(a, s, n, code, detail);
}

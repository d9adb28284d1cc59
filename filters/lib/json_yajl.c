/* json_yajl - any JSON text, or why it is none: yajl's events build the tree */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include <yajl/yajl_parse.h>

#include "lib/buf.h"
#include "lib/json_parts.h"

struct parser {
	struct arena	*arena;
	struct json	*stack[JSON_MAX_DEPTH];
	int		 depth;
	struct json	*root;
	const char	*name;
	size_t		 namelen;
	bool		 refused;	/* by us, not by yajl */
	enum reject_code code;
	const char	*detail;
};

static int
fail(struct parser *p, enum reject_code code, const char *detail)
{
	p->refused = true;
	p->code = code;
	p->detail = detail;
	return 0;
}

static int
place(struct parser *p, struct json *v)
{
	struct json *up;

	if (p->depth == 0) {
		p->root = v;
		return 1;
	}
	up = p->stack[p->depth - 1];
	if (up->type == JSON_OBJECT)
		json_name(v, p->name, p->namelen);
	json_append(up, v);
	return 1;
}

static int
open_container(struct parser *p, enum json_type type)
{
	struct json *v;

	if (p->depth == JSON_MAX_DEPTH)
		return fail(p, REJECT_TOO_DEEP, "nested too deeply");
	v = json_node(p->arena, type);
	place(p, v);
	p->stack[p->depth++] = v;
	return 1;
}

static int
on_null(void *ctx)
{
	struct parser *p = ctx;

	return place(p, json_node(p->arena, JSON_NULL));
}

static int
on_boolean(void *ctx, int b)
{
	struct parser *p = ctx;

	return place(p, json_node(p->arena, b ? JSON_TRUE : JSON_FALSE));
}

static int
on_number(void *ctx, const char *s, size_t n)
{
	struct parser *p = ctx;
	struct json *v = json_string(p->arena, s, n);

	v->type = JSON_NUMBER;
	return place(p, v);
}

static int
on_string(void *ctx, const unsigned char *s, size_t n)
{
	struct parser *p = ctx;

	return place(p, json_string(p->arena, (const char *)s, n));
}

static int
on_map_key(void *ctx, const unsigned char *s, size_t n)
{
	struct parser *p = ctx;

	p->name = arena_strndup(p->arena, (const char *)s, n);
	p->namelen = n;
	return 1;
}

static int
on_start_map(void *ctx)
{
	return open_container(ctx, JSON_OBJECT);
}

static int
on_start_array(void *ctx)
{
	return open_container(ctx, JSON_ARRAY);
}

static int
compare_names(const void *a, const void *b)
{
	const struct json *x = *(struct json *const *)a;
	const struct json *y = *(struct json *const *)b;
	size_t n = x->namelen < y->namelen ? x->namelen : y->namelen;
	int c = memcmp(x->name, y->name, n);

	return c != 0 ? c : (x->namelen > y->namelen) - (x->namelen < y->namelen);
}

#define FEW	128		/* at most half of 256 */

/* Of many: by sorting. */
static const struct json *
duplicate_of_many(struct arena *a, const struct json *o, size_t count)
{
	struct json *m, **v;
	size_t i;

	v = arena_alloc(a, count * sizeof(*v));
	for (i = 0, m = o->child; m != NULL; m = m->next)
		v[i++] = m;
	sort_array(v, count, sizeof(*v), compare_names);
	for (i = 1; i < count; i++)
		if (compare_names(&v[i - 1], &v[i]) == 0)
			return v[i];
	return NULL;
}

/* Whether two members have one name: of few by a table of their hashes. */
static const struct json *
duplicate_member(struct arena *a, const struct json *o)
{
	const struct json *slot[256], *m;
	size_t count = json_count(o->child);
	unsigned int i;

	if (count > FEW)
		return duplicate_of_many(a, o, count);
	if (count < 2)
		return NULL;
	memset(slot, 0, sizeof(slot));
	for (m = o->child; m != NULL; m = m->next) {
		i = XXH3_64bits(m->name, m->namelen) & 0xff;
		for (; slot[i] != NULL; i = (i + 1) & 0xff)
			if (compare_names(&slot[i], &m) == 0)
				return m;
		slot[i] = m;
	}
	return NULL;
}

static int
on_end_map(void *ctx)
{
	struct parser *p = ctx;
	const struct json *m;

	m = duplicate_member(p->arena, p->stack[--p->depth]);
	return m == NULL ? 1 : fail(p, REJECT_DUPLICATE_MEMBER, m->name);
}

static int
on_end_array(void *ctx)
{
	struct parser *p = ctx;

	p->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_start_map,
	.yajl_map_key = on_map_key,
	.yajl_end_map = on_end_map,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end_array,
};

/* yajl frees and grows its few buffers by size: each block is led by its own. */
static void *
yajl_arena_malloc(void *ctx, size_t n)
{
	max_align_t *p = arena_alloc(ctx, n + sizeof(*p));

	memcpy(p, &n, sizeof(n));
	return p + 1;
}

static void *
yajl_arena_realloc(void *ctx, void *old, size_t n)
{
	void *p = yajl_arena_malloc(ctx, n);
	size_t had = 0;

	if (old != NULL) {
		memcpy(&had, (max_align_t *)old - 1, sizeof(had));
		memcpy(p, old, had < n ? had : n);
	}
	return p;
}

static void
yajl_arena_free(void *ctx, void *p)
{
	(void)ctx;
	(void)p;
}

int
json_hex4(const char *s, const char *end)
{
	int i, v = 0;

	if (end - s < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		int c = s[i] | 0x20;

		if (c >= '0' && c <= '9')
			v = v << 4 | (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (c - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/*
 * What yajl does not see: it turns a lone surrogate into '?' and takes
 * vertical tab and form feed for white space.  Both are looked for in the
 * raw text, outside and inside strings alike: raw control characters are an
 * error in strings anyway.
 */
static const char *
check_raw(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	int u;

	if (memchr(s, '\f', n) != NULL || memchr(s, '\v', n) != NULL)
		return "control character";
	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (end - p < 2)
			break;
		if (p[1] != 'u') {
			p += 2;
			continue;
		}
		u = json_hex4(p + 2, end);
		p += 2;
		if (u < 0xd800 || u > 0xdfff)
			continue;
		if (u > 0xdbff || end - p < 10 || p[4] != '\\' || p[5] != 'u')
			return "lone surrogate";
		u = json_hex4(p + 6, end);
		if (u < 0xdc00 || u > 0xdfff)
			return "lone surrogate";
		p += 10;
	}
	return NULL;
}

/* yajl's message is several lines with a picture of the place: keep the first */
static const char *
yajl_message(struct arena *a, yajl_handle y)
{
	unsigned char *msg = yajl_get_error(y, 0, NULL, 0);
	const char *s = (const char *)msg;
	size_t n;

	if (strncmp(s, "parse error: ", 13) == 0)
		s += 13;
	else if (strncmp(s, "lexical error: ", 15) == 0)
		s += 15;
	n = strcspn(s, "\n");
	s = arena_strndup(a, s, n);
	yajl_free_error(y, msg);
	return s;
}

struct json *
json_read_any(struct arena *a, const char *s, size_t n, enum reject_code *code,
    const char **detail)
{
	struct parser p = { .arena = a };
	yajl_alloc_funcs mem = { yajl_arena_malloc, yajl_arena_realloc,
	    yajl_arena_free, a };
	yajl_handle y;
	yajl_status st;

	*code = REJECT_BAD_JSON;
	if ((*detail = check_raw(s, n)) != NULL)
		return NULL;
	y = yajl_alloc(&callbacks, &mem, &p);
	yajl_config(y, yajl_dont_validate_strings, 1);
	st = yajl_parse(y, (const unsigned char *)s, n);
	if (st == yajl_status_ok)
		st = yajl_complete_parse(y);
	if (st == yajl_status_ok && p.root != NULL)
		return p.root;
	if (p.refused) {
		*code = p.code;
		*detail = p.detail;
	} else if (st == yajl_status_error)
		*detail = yajl_message(a, y);
	else
		*detail = "premature end";
	return NULL;
}

/* schema_write - records written in the order of a schema */
#include <string.h>

#include "lib/schema.h"
#include "lib/schema_parts.h"

static void	write_value(struct buf *, const struct schema *,
		    const struct json *);

/* Most names are short, and a buf has more room than that. */
static void
add_name(struct buf *b, const struct buf *name)
{
	if (name->len > 16 || name->cap < 16) {
		buf_add(b, name->p, name->len);
		return;
	}
	buf_reserve(b, 16);
	memcpy(b->p + b->len, name->p, 16);
	b->len += name->len;
}

static void
write_object(struct buf *b, const struct schema *s, const struct json *o)
{
	const struct json *known[MAX_KNOWN], *m;
	const struct property *p;
	uint64_t have = 0;		/* a bit for each that is known */
	uint64_t others = 0;		/* and for each that is not, by its place */
	size_t i, n = 0;

	for (m = o->child; m != NULL; m = m->next, n++) {
		p = schema_expect(s, n, m);
		if (p != NULL) {
			i = (size_t)(p - s->property);
			known[i] = m;
			have |= 1ULL << i;
		} else
			others |= 1ULL << (n < LAST ? n : LAST);
	}
	buf_addc(b, '{');
	for (; have != 0; have &= have - 1) {
		i = (size_t)__builtin_ctzll(have);
		p = &s->property[i];
		add_name(b, &p->written);
		if (known[i]->type == JSON_STRING)
			json_write_string(b, known[i]->text, known[i]->len);
		else
			write_value(b, p->schema, known[i]);
		buf_addc(b, ',');
	}
	for (m = o->child, n = 0; m != NULL && others >> n != 0; m = m->next)
		if (n == LAST ? schema_find(s, m) == NULL :
		    (others >> n++ & 1) != 0) {
			json_write_string(b, m->name, m->namelen);
			buf_addc(b, ':');
			json_write(b, m);
			buf_addc(b, ',');
		}
	if (o->child != NULL)
		b->len--;	/* the last comma */
	buf_addc(b, '}');
}

static void
write_value(struct buf *b, const struct schema *s, const struct json *v)
{
	const struct json *e;

	if (s != NULL && v->type == JSON_OBJECT && s->nproperty > 0)
		write_object(b, s, v);
	else if (s != NULL && v->type == JSON_ARRAY && s->items != NULL) {
		buf_addc(b, '[');
		for (e = v->child; e != NULL; e = e->next) {
			write_value(b, s->items, e);
			if (e->next != NULL)
				buf_addc(b, ',');
		}
		buf_addc(b, ']');
	} else
		json_write(b, v);
}

void
schema_write(struct buf *b, const struct schema *s, const struct json *v)
{
	write_value(b, s, v);
}

bool
schema_is_ordered(const struct schema *s, const struct json *v)
{
	const struct json *c;
	const struct property *p;
	size_t at = 0, i;

	if (v->type == JSON_ARRAY && s->items != NULL) {
		for (c = v->child; c != NULL; c = c->next)
			if (!schema_is_ordered(s->items, c))
				return false;
		return true;
	}
	for (c = s->nproperty > 0 ? v->child : NULL; c != NULL; c = c->next) {
		p = schema_find(s, c);
		i = p != NULL ? (size_t)(p - s->property) : s->nproperty;
		if (i < at || (p != NULL && !schema_is_ordered(p->schema, c)))
			return false;
		at = i;
	}
	return true;
}

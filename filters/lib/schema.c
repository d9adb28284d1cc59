/* schema - records held against the JSON Schemas in schemas/ */
#include <string.h>

#include "lib/pattern.h"
#include "lib/schema.h"
#include "lib/schema_parts.h"

/* A number without a fraction: 1.0 and 1e3 are integers too (draft 2020-12). */
static bool
is_integer(const char *s)
{
	s += strspn(s, "-0123456789");
	if (*s == '.')
		s += 1 + strspn(s + 1, "0");
	return *s == '\0' || ((*s == 'e' || *s == 'E') && s[1] != '-');
}

static bool
is_value(const struct json *values, const struct json *v)
{
	for (; values != NULL; values = values->next)
		if (values->type == v->type && values->len == v->len &&
		    memcmp(values->text, v->text, v->len) == 0)
			return true;
	return false;
}

/* Records of one document all have its checksum: the last text is kept. */
static bool
matches(struct pattern *p, const char *s, size_t n)
{
	if (strlen(s) != n)
		return false;
	if (n > 0 && strcmp(s, p->last) == 0)
		return true;
	if (!pattern_matches(p->text, s))
		return false;
	if (n < sizeof(p->last))
		memcpy(p->last, s, n + 1);
	return true;
}

static bool
has_required(const struct schema *s, const struct json *o)
{
	const struct property *p;
	uint64_t left;

	for (left = s->required; left != 0; left &= left - 1) {
		p = &s->property[__builtin_ctzll(left)];
		if (json_find(o, p->name, p->namelen, p->look) == NULL)
			return false;
	}
	return true;
}

/* Whether the value has the type and keeps the rules of the schema. */
static bool
fits(const struct schema *s, const struct json *v)
{
	if (s->types != 0 && (s->types & TYPE(v->type)) == 0 &&
	    !(v->type == JSON_NUMBER && (s->types & INTEGER) != 0 &&
	    is_integer(v->text)))
		return false;
	if (s->values != NULL && !is_value(s->values, v))
		return false;
	if (s->pattern != NULL && v->type == JSON_STRING &&
	    !matches(s->pattern, v->text, v->len))
		return false;
	return v->type != JSON_OBJECT || has_required(s, v);
}

/*
 * Whether the schema allows the value, but for what is inside of it: of most
 * there is only the type to see.
 */
static inline bool
allowed(const struct schema *s, const struct json *v)
{
	return !(s->not_empty && json_is_empty(v)) &&
	    ((s->plain & TYPE(v->type)) != 0 || fits(s, v));
}

/* What is for the child number i, or NULL: anything may be there. */
static const struct schema *
schema_of(const struct schema *s, const struct json *container, size_t i,
    const struct json *c)
{
	const struct property *p;

	if (container->type == JSON_ARRAY)
		return s->items;
	if (s->nproperty == 0)
		return s->additional;
	p = schema_expect(s, i, c);
	return p != NULL ? p->schema : s->additional;
}

const struct json *
schema_check(const struct schema *s, const struct json *v)
{
	const struct json *c, *bad;
	const struct schema *cs;
	size_t i = 0;

	if (!allowed(s, v))
		return v;
	for (c = v->child; c != NULL; c = c->next) {
		cs = schema_of(s, v, i++, c);
		if (cs != NULL && (bad = schema_check(cs, c)) != NULL)
			return bad->name != NULL ? bad : c;
	}
	return NULL;
}

/* What is inside is not looked at where it is not to be. */
static void
mend(const struct schema *s, struct json *v, bool inside,
    void (*tell)(const char *, const struct json *))
{
	struct json **link = &v->child, *c;
	const struct schema *cs;
	size_t i = 0;

	for (v->last = NULL; (c = *link) != NULL; ) {
		cs = schema_of(s, v, i++, c);
		if (cs != NULL && inside && c->child != NULL)
			mend(cs, c, true, tell);
		if (cs == NULL || allowed(cs, c)) {
			v->last = c;
			link = &c->next;
			continue;
		}
		*link = c->next;
		if (!json_is_empty(c))
			tell(c->name != NULL ? c->name : v->name, c);
	}
}

void
schema_mend(const struct schema *s, struct json *v,
    void (*tell)(const char *, const struct json *))
{
	mend(s, v, true, tell);
}

void
schema_mend_members(const struct schema *s, struct json *v,
    void (*tell)(const char *, const struct json *))
{
	mend(s, v, false, tell);
}

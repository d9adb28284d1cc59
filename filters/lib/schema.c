/* schema - member order and types, as the JSON Schemas in schemas/ give them */
#include <err.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/pattern.h"
#include "lib/schema.h"
#include "lib/table.h"

#define TYPE(t)	(1u << (t))
#define INTEGER	(1u << 31)	/* beside the bits of enum json_type */

struct property {
	const char		*name;
	size_t			 namelen;
	uint32_t		 look;
	struct buf		 written;	/* the name with quotes and colon */
	struct schema		*schema;
	uint8_t			 next;		/* in the same place, see find */
};

#define LAST		63		/* bit, for all places behind it too */
#define GUESSES		16
#define PLACES		64
#define MAX_KNOWN	64		/* members of one schema */

struct pattern {
	const char		*text;
	char			 last[128];	/* text that matched */
};

struct schema {
	unsigned		 types;		/* TYPE() bits, 0: any */
	unsigned		 plain;		/* those with no more rules */
	bool			 not_empty;
	const struct json	*values;	/* of enum */
	struct pattern		*pattern;
	struct schema		*additional;	/* members not in property */
	struct property		*property;
	size_t			 nproperty;
	uint64_t		 required;	/* bits of the properties */
	size_t			 cap;
	uint8_t			 first[PLACES];	/* property + 1 by look */
	uint8_t			*guess;		/* GUESSES of them, see expect */
	struct schema		*items;
};

/* A file that was parsed, and the schema of its root. */
struct file {
	struct file		*next;
	const char		*name;
	struct json		*root;
	struct schema		*schema;
};

static struct arena arena;
static struct file *files;

static void	read_keywords(struct schema *, const struct json *,
		    const struct file *);

static struct file *
load(const char *name)
{
	struct file *f;
	const struct table_file *t;
	enum reject_code code;
	const char *detail;

	for (f = files; f != NULL; f = f->next)
		if (strcmp(f->name, name) == 0)
			return f;
	t = table_find(name);
	if (t == NULL)
		errx(EX_SOFTWARE, "schemas/%s is not built in", name);
	f = xcalloc(1, sizeof(*f));
	f->name = xstrdup(name);
	f->root = json_parse(&arena, t->data, t->len, &code, &detail);
	if (f->root == NULL)
		errx(EX_CONFIG, "schemas/%s: %s", name, detail);
	f->next = files;
	files = f;
	return f;
}

static unsigned
type_bit(const char *name)
{
	if (strcmp(name, "string") == 0)
		return TYPE(JSON_STRING);
	if (strcmp(name, "integer") == 0)
		return INTEGER;
	if (strcmp(name, "number") == 0)
		return TYPE(JSON_NUMBER);
	if (strcmp(name, "array") == 0)
		return TYPE(JSON_ARRAY);
	if (strcmp(name, "object") == 0)
		return TYPE(JSON_OBJECT);
	if (strcmp(name, "boolean") == 0)
		return TYPE(JSON_TRUE) | TYPE(JSON_FALSE);
	return TYPE(JSON_NULL);
}

/* "#/$defs/x", "file.json", "file.json#/$defs/x" */
static void
follow(struct schema *s, const char *ref, const struct file *f)
{
	const char *hash = strchr(ref, '#');
	const struct json *def;
	struct buf name = { 0 };

	if (hash != ref) {
		buf_add(&name, ref, hash != NULL ? (size_t)(hash - ref) :
		    strlen(ref));
		f = load(name.p);
		buf_free(&name);
	}
	def = f->root;
	if (hash != NULL && strncmp(hash, "#/$defs/", 8) == 0)
		def = json_get(json_get(def, "$defs"), hash + 8);
	if (def == NULL)
		errx(EX_CONFIG, "schemas/%s: no %s", f->name, ref);
	read_keywords(s, def, f);
}

static bool
is_named(const struct json *m, const struct property *p)
{
	return json_is_named(m, p->name, p->namelen, p->look);
}

static struct property *
find(const struct schema *s, const struct json *m)
{
	struct property *p;
	unsigned i;

	for (i = s->first[m->look % PLACES]; i > 0; i = p->next) {
		p = &s->property[i - 1];
		if (is_named(m, p))
			return p;
	}
	return NULL;
}

/* The same of the member number i, which is the guess for the next record. */
static struct property *
find_anew(const struct schema *s, size_t i, const struct json *m)
{
	struct property *p = find(s, m);

	if (p != NULL && i < GUESSES)
		s->guess[i] = (uint8_t)(p - s->property);
	return p;
}

/*
 * Records of one source have the same members in the same order: it is mostly
 * what it was in the last one.
 */
static inline struct property *
expect(const struct schema *s, size_t i, const struct json *m)
{
	struct property *p = &s->property[i < GUESSES ? s->guess[i] : 0];

	return is_named(m, p) ? p : find_anew(s, i, m);
}

static struct property *
add_property(struct schema *s, const struct json *m)
{
	struct property *p;
	uint8_t *first = &s->first[m->look % PLACES];

	if (s->nproperty == MAX_KNOWN)
		errx(EX_SOFTWARE, "schema with over %d members", MAX_KNOWN);
	if (s->guess == NULL)
		s->guess = xcalloc(GUESSES, sizeof(*s->guess));
	grow(&s->property, &s->cap, s->nproperty + 1, sizeof(*s->property));
	p = &s->property[s->nproperty++];
	*p = (struct property){ .name = m->name, .namelen = m->namelen,
	    .look = m->look, .next = *first };
	*first = (uint8_t)s->nproperty;
	json_write_string(&p->written, m->name, m->namelen);
	buf_addc(&p->written, ':');
	p->schema = xcalloc(1, sizeof(*p->schema));
	return p;
}

static void
read_sub(struct schema **s, const struct json *def, const struct file *f)
{
	if (def == NULL)
		return;
	if (*s == NULL)
		*s = xcalloc(1, sizeof(**s));
	read_keywords(*s, def, f);
}

static void
read_keywords(struct schema *s, const struct json *def, const struct file *f)
{
	const struct json *v;
	struct property *p;

	if (json_get_str(def, "$ref") != NULL)
		follow(s, json_get_str(def, "$ref"), f);
	if ((v = json_get(def, "type")) != NULL) {
		s->types = 0;
		for (v = v->type == JSON_ARRAY ? v->child : v; v != NULL;
		    v = v->type == JSON_STRING && v->name == NULL ? v->next :
		    NULL)
			s->types |= type_bit(v->text);
	}
	if ((v = json_get(def, "enum")) != NULL)
		s->values = v->child;
	if (json_get(def, "minLength") != NULL ||
	    json_get(def, "minItems") != NULL ||
	    json_get(def, "minProperties") != NULL)
		s->not_empty = true;
	if ((v = json_get(def, "pattern")) != NULL) {
		s->pattern = xcalloc(1, sizeof(*s->pattern));
		s->pattern->text = v->text;
		if (!pattern_is_known(v->text))
			errx(EX_CONFIG, "schemas/%s: bad pattern %s", f->name,
			    v->text);
	}
	read_sub(&s->items, json_get(def, "items"), f);
	v = json_get(def, "additionalProperties");
	if (v != NULL && v->type == JSON_OBJECT)
		read_sub(&s->additional, v, f);
	v = json_get(def, "properties");
	for (v = v != NULL ? v->child : NULL; v != NULL; v = v->next) {
		p = find(s, v);
		if (p == NULL)
			p = add_property(s, v);
		read_keywords(p->schema, v, f);
	}
	for (v = json_first(def, "required"); v != NULL; v = v->next) {
		struct json m = { .type = JSON_NULL };

		json_name(&m, v->text, v->len);
		if ((p = find(s, &m)) == NULL)
			errx(EX_CONFIG, "schemas/%s: no property %s", f->name,
			    v->text);
		s->required |= 1ULL << (p - s->property);
	}
	s->plain = s->types != 0 ? s->types : ~0U;
	if (s->required != 0)
		s->plain &= ~TYPE(JSON_OBJECT);
	if (s->values != NULL || s->pattern != NULL)
		s->plain = 0;
}

const struct schema *
schema_load(const char *name)
{
	size_t n = strlen(name);
	struct buf file = { 0 };
	struct file *f;

	for (f = files; f != NULL; f = f->next)
		if (f->schema != NULL && strncmp(f->name, name, n) == 0 &&
		    strcmp(f->name + n, ".json") == 0)
			return f->schema;
	buf_addf(&file, "%s.json", name);
	f = load(file.p);
	buf_free(&file);
	f->schema = xcalloc(1, sizeof(*f->schema));
	read_keywords(f->schema, f->root, f);
	return f->schema;
}

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
		p = expect(s, n, m);
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
		if (n == LAST ? find(s, m) == NULL :
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
		p = find(s, c);
		i = p != NULL ? (size_t)(p - s->property) : s->nproperty;
		if (i < at || (p != NULL && !schema_is_ordered(p->schema, c)))
			return false;
		at = i;
	}
	return true;
}

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
	p = expect(s, i, c);
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

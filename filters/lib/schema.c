/* schema - member order and types, as the JSON Schemas in schemas/ give them */
#include <err.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/table.h"

#define TYPE(t)	(1u << (t))

struct property {
	const char		*name;
	size_t			 namelen;
	struct schema		*schema;
};

struct schema {
	unsigned		 types;		/* TYPE() bits, 0: any */
	struct property		*property;
	size_t			 nproperty;
	size_t			 cap;
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
	if (strcmp(name, "integer") == 0 || strcmp(name, "number") == 0)
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

static struct property *
find(const struct schema *s, const char *name, size_t namelen, size_t *hint)
{
	size_t i, k;

	/* records mostly come in order: look from the last hit on */
	for (i = 0; i < s->nproperty; i++) {
		k = *hint + i < s->nproperty ? *hint + i :
		    *hint + i - s->nproperty;
		if (s->property[k].namelen == namelen &&
		    memcmp(s->property[k].name, name, namelen) == 0) {
			*hint = k;
			return &s->property[k];
		}
	}
	return NULL;
}

static void
read_keywords(struct schema *s, const struct json *def, const struct file *f)
{
	const struct json *v;
	struct property *p;
	size_t hint = 0;

	if (json_get_str(def, "$ref") != NULL)
		follow(s, json_get_str(def, "$ref"), f);
	if ((v = json_get(def, "type")) != NULL) {
		s->types = 0;
		if (v->type == JSON_STRING)
			s->types = type_bit(v->text);
		else
			for (v = v->child; v != NULL; v = v->next)
				s->types |= type_bit(v->text);
	}
	if ((v = json_get(def, "items")) != NULL) {
		if (s->items == NULL)
			s->items = xcalloc(1, sizeof(*s->items));
		read_keywords(s->items, v, f);
	}
	v = json_get(def, "properties");
	for (v = v != NULL ? v->child : NULL; v != NULL; v = v->next) {
		p = find(s, v->name, v->namelen, &hint);
		if (p == NULL) {
			grow(&s->property, &s->cap, s->nproperty + 1,
			    sizeof(*s->property));
			p = &s->property[s->nproperty++];
			p->name = v->name;
			p->namelen = v->namelen;
			p->schema = xcalloc(1, sizeof(*p->schema));
		}
		read_keywords(p->schema, v, f);
	}
}

const struct schema *
schema_load(const char *name)
{
	struct buf file = { 0 };
	struct file *f;

	buf_addf(&file, "%s.json", name);
	f = load(file.p);
	buf_free(&file);
	if (f->schema == NULL) {
		f->schema = xcalloc(1, sizeof(*f->schema));
		read_keywords(f->schema, f->root, f);
	}
	return f->schema;
}

#define MAX_KNOWN	64

static void	write_value(struct buf *, const struct schema *,
		    const struct json *);

static void
write_member(struct buf *b, const struct schema *s, const struct json *m,
    bool *first)
{
	if (!*first)
		buf_addc(b, ',');
	*first = false;
	json_write_string(b, m->name, m->namelen);
	buf_addc(b, ':');
	write_value(b, s, m);
}

static void
write_object(struct buf *b, const struct schema *s, const struct json *o)
{
	const struct json *known[MAX_KNOWN] = { NULL }, *m;
	const struct property *p;
	size_t hint = 0, i, unknown = 0;
	bool first = true;

	if (s->nproperty > MAX_KNOWN)
		errx(EX_SOFTWARE, "schema with over %d members", MAX_KNOWN);
	for (m = o->child; m != NULL; m = m->next) {
		p = find(s, m->name, m->namelen, &hint);
		if (p != NULL)
			known[p - s->property] = m;
		else
			unknown++;
	}
	buf_addc(b, '{');
	for (i = 0; i < s->nproperty; i++)
		if (known[i] != NULL)
			write_member(b, s->property[i].schema, known[i],
			    &first);
	for (m = unknown > 0 ? o->child : NULL; m != NULL; m = m->next)
		if (find(s, m->name, m->namelen, &hint) == NULL)
			write_member(b, NULL, m, &first);
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

static bool
allowed(const struct schema *s, const struct json *v)
{
	return s->types == 0 || (s->types & TYPE(v->type)) != 0;
}

static const struct schema *
schema_of(const struct schema *s, const struct json *container,
    const struct json *c, size_t *hint)
{
	const struct property *p;

	if (container->type == JSON_ARRAY)
		return s->items;
	p = find(s, c->name, c->namelen, hint);
	return p != NULL ? p->schema : NULL;
}

const struct json *
schema_check(const struct schema *s, const struct json *v)
{
	const struct json *c, *bad;
	const struct schema *cs;
	size_t hint = 0;

	for (c = v->child; c != NULL; c = c->next) {
		cs = schema_of(s, v, c, &hint);
		if (cs == NULL)
			continue;
		if (!allowed(cs, c))
			return c;
		if ((bad = schema_check(cs, c)) != NULL)
			return bad->name != NULL ? bad : c;
	}
	return NULL;
}

void
schema_mend(const struct schema *s, struct json *v,
    void (*tell)(const struct json *))
{
	struct json *c = v->child, *next;
	const struct schema *cs;
	size_t hint = 0;

	v->child = v->last = NULL;
	for (; c != NULL; c = next) {
		next = c->next;
		cs = schema_of(s, v, c, &hint);
		if (cs != NULL && !allowed(cs, c)) {
			tell(c);
			continue;
		}
		if (cs != NULL)
			schema_mend(cs, c, tell);
		json_append(v, c);
	}
}

/* schema_load - schemas read from the files of schemas/ */
#include <err.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/pattern.h"
#include "lib/schema.h"
#include "lib/schema_parts.h"
#include "lib/table.h"

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

struct property *
schema_find(const struct schema *s, const struct json *m)
{
	struct property *p;
	unsigned i;

	for (i = s->first[m->look % PLACES]; i > 0; i = p->next) {
		p = &s->property[i - 1];
		if (schema_is_named(m, p))
			return p;
	}
	return NULL;
}

struct property *
schema_find_anew(const struct schema *s, size_t i, const struct json *m)
{
	struct property *p = schema_find(s, m);

	if (p != NULL && i < GUESSES)
		s->guess[i] = (uint8_t)(p - s->property);
	return p;
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
		p = schema_find(s, v);
		if (p == NULL)
			p = add_property(s, v);
		read_keywords(p->schema, v, f);
	}
	for (v = json_first(def, "required"); v != NULL; v = v->next) {
		struct json m = { .type = JSON_NULL };

		json_name(&m, v->text, v->len);
		if ((p = schema_find(s, &m)) == NULL)
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

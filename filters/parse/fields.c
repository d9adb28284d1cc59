/* fields - members of the objects of a source that are ours by other names */
#include <string.h>

#include "lib/filter.h"
#include "lib/json.h"
#include "parse/fields.h"
#include "parse/format.h"

#define OTHER_TYPE	"of another type"

const struct json *
fields_value(const struct json *v)
{
	const struct json *e, *found;

	if (v == NULL || json_is_empty(v))
		return NULL;
	if (v->type == JSON_STRING || v->type == JSON_NUMBER)
		return v;
	for (e = v->type == JSON_ARRAY ? v->child : NULL; e != NULL;
	    e = e->next)
		if ((found = fields_value(e)) != NULL)
			return found;
	return NULL;
}

const char *
fields_text(const struct json *o, const char *name)
{
	const struct json *v = fields_value(json_get(o, name));

	return v != NULL ? v->text : NULL;
}

void
fields_set(struct json *paper, const char *member, const struct json *o,
    const char *name)
{
	const struct json *v = fields_value(json_get(o, name));

	if (v != NULL)
		entry_text(paper, member, v->text, v->len);
}

static void
add_words(struct json *paper, const struct json *v)
{
	const struct json *e;

	if (v->type == JSON_STRING)
		entry_keywords(paper, v->text, v->len);
	else if (v->type != JSON_ARRAY && !json_is_empty(v))
		filter_dropped("keywords", v, OTHER_TYPE);
	for (e = v->type == JSON_ARRAY ? v->child : NULL; e != NULL;
	    e = e->next)
		if (e->type == JSON_STRING)
			entry_word(paper, e->text, e->len);
		else if (!json_is_empty(e))
			filter_dropped("keywords", e, OTHER_TYPE);
}

static void
add_text(struct json *paper, const char *format, const struct field *f,
    const struct json *v)
{
	const struct json *text = fields_value(v);

	if (text == NULL) {
		if (!json_is_empty(v) && v->type != JSON_ARRAY)
			filter_dropped(f->member, v, OTHER_TYPE);
	} else if (f->use == FIELD_LINK)
		entry_link(paper, text->text, text->len);
	else if (f->use == FIELD_FOREIGN)
		entry_foreign(paper, format, f->member, strlen(f->member),
		    text->text, text->len);
	else
		entry_member(paper, format, f->member, text->text, text->len);
}

static const struct field *
find_field(struct fields *f, const struct json *m)
{
	const struct field *row;
	uint32_t i;

	if (f->names.n == 0)
		for (row = f->table; row->name != NULL; row++)
			intern(&f->names, row->name, strlen(row->name));
	i = memchr(m->name, '\0', m->namelen) == NULL ?
	    intern_find(&f->names, m->name, m->namelen) : UINT32_MAX;
	return i != UINT32_MAX ? &f->table[i] : NULL;
}

void
fields_read(struct fields *fields, struct json *paper, const char *format,
    struct json *object)
{
	struct json *rest = json_object(entry_arena()), *m, *next;
	const struct field *f;

	for (m = object->child; m != NULL; m = next) {
		next = m->next;
		if ((f = find_field(fields, m)) == NULL)
			json_append(rest, m);
		else if (f->use == FIELD_WORDS)
			add_words(paper, m);
		else if (f->use != FIELD_OUT)
			add_text(paper, format, f, m);
	}
	entry_foreign_members(paper, format, rest);
}

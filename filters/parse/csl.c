/* csl - titles, persons and dates as CSL-JSON has them, and Crossref */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
#include "parse/csl.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"

const char *
csl_line(const struct json *v)
{
	struct json *o = json_object(entry_arena());

	if ((v = fields_value(v)) != NULL)
		fragment_line(o, "line", v->text, v->len);
	return json_get_str(o, "line");
}

void
csl_title(struct json *paper, const struct json *o)
{
	const char *title = csl_line(json_get(o, "title"));
	const char *sub = csl_line(json_get(o, "subtitle"));

	if (title != NULL && sub != NULL &&
	    strncasecmp(title, sub, strlen(sub)) == 0)
		sub = NULL;
	parts_title(paper, title, sub);
}

/* Two parts of a name as one; each may be NULL. */
static const char *
join(const char *a, const char *b)
{
	struct buf both = { 0 };
	const char *s;

	if (a == NULL || b == NULL)
		return a != NULL ? a : b;
	/* "d'" is written together with what follows */
	buf_addf(&both, "%s%s%s", a, a[strlen(a) - 1] == '\'' ? "" : " ", b);
	s = arena_strndup(entry_arena(), both.p, both.len);
	buf_free(&both);
	return s;
}

static void
add_affiliations(struct json *person, const struct json *list)
{
	const struct json *e;
	struct buf b = { 0 };

	if (list == NULL)
		return;
	for (e = list->type == JSON_ARRAY ? list->child : list; e != NULL;
	    e = list->type == JSON_ARRAY ? e->next : NULL)
		parts_join(&b, e->type == JSON_STRING ? e->text :
		    fields_text(e, "name"));
	parts_set(person, "affiliation", &b);
}

/* "van" belongs to the family name where it is sorted, not where it is said. */
static struct json *
add_parts(struct json *people, const struct json *o)
{
	const char *family = fields_text(o, "family");
	const char *given = fields_text(o, "given");

	family = join(fields_text(o, "non-dropping-particle"), family);
	family = join(fields_text(o, "dropping-particle"), family);
	return parts_person(people, given, family, fields_text(o, "suffix"));
}

void
csl_people(struct json *paper, const char *member, const struct json *list)
{
	const struct json *o;
	struct json *people, *person;
	const char *name;

	if (list == NULL || list->type != JSON_ARRAY || list->child == NULL)
		return;
	people = entry_people(paper, member);
	for (o = list->child; o != NULL; o = o->next) {
		name = fields_text(o, "literal");
		if (name == NULL)
			name = fields_text(o, "name");
		if (o->type == JSON_STRING)
			person = entry_person(people, o->text, o->len);
		else if (name != NULL && fields_text(o, "family") == NULL) {
			person = entry_person(people, name, strlen(name));
			/* an organisation: one name as it stands */
			if (person != NULL)
				entry_str(person, "family", name);
		} else
			person = add_parts(people, o);
		if (person == NULL)
			continue;
		fields_set(person, "orcid", o, "ORCID");
		add_affiliations(person, json_get(o, "affiliation"));
	}
}

/* Parts in a list, [1999, 12]; they may be in one more, as a range has them. */
static struct date
date_in_list(const struct json *list)
{
	const char *text[3] = { NULL, NULL, NULL };
	const struct json *part;
	size_t i;

	for (part = list->child; part != NULL && part->type == JSON_ARRAY; )
		part = part->child;
	for (i = 0; i < 3 && part != NULL; i++, part = part->next)
		if (fields_value(part) == NULL)
			break;
		else
			text[i] = fields_value(part)->text;
	return date_of_parts(text[0], text[1], text[2]);
}

struct date
csl_date(const struct json *v)
{
	static const char *const words[] = { "raw", "literal", "date-time" };
	const struct json *list;
	struct date d = { 0 };
	size_t i;

	if (v != NULL && v->type == JSON_ARRAY && v->child != NULL &&
	    v->child->type == JSON_OBJECT)
		v = v->child;
	if (v == NULL)
		return d;
	if (v->type == JSON_ARRAY)
		return date_in_list(v);
	if (v->type != JSON_OBJECT)
		return fields_value(v) != NULL ?
		    date_read(fields_value(v)->text) : d;
	list = json_get(v, "date-parts");
	if (list != NULL && list->type == JSON_ARRAY)
		d = date_in_list(list);
	if (d.year == 0)
		d = date_of_parts(fields_text(v, "year"),
		    fields_text(v, "month"), fields_text(v, "day"));
	for (i = 0; d.year == 0 && i < sizeof(words) / sizeof(words[0]); i++)
		if (fields_text(v, words[i]) != NULL)
			d = date_read(fields_text(v, words[i]));
	return d;
}

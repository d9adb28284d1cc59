/* json - objects in a list, in a member of an object, or one a line */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/form.h"
#include "parse/format.h"
#include "parse/paths.h"
#include "parse/records.h"
#include "parse/sniff.h"

static struct paths paths;		/* of the document at hand */

/* What a member could not be made of: one note for all of it. */
static const struct json *lost;
static size_t nlost;

static void
lose(const struct json *v)
{
	if (nlost++ == 0)
		lost = v;
}

static void
tell_lost(const char *member)
{
	static struct buf b;

	if (nlost == 0)
		return;
	buf_reset(&b);
	json_write(&b, lost);
	filter_note(REJECT_DROPPED_VALUE, member, b.p, b.len,
	    "%zu of another type, or too many", nlost);
	nlost = 0;
}

/* "N/A" is nothing, where text of ours is looked for. */
static bool
is_nothing(const struct json *v)
{
	return json_is_empty(v) || (v->type == JSON_STRING && v->len == 3 &&
	    strcasecmp(v->text, "n/a") == 0);
}

static bool
is_text(const struct json *v)
{
	return v->type == JSON_STRING || v->type == JSON_NUMBER;
}

/* Where one text is wanted: of a list the first one. */
static const struct json *
text_of(const struct json *v)
{
	const struct json *e, *text = NULL;

	if (is_nothing(v))
		return NULL;
	if (is_text(v))
		return v;
	if (v->type != JSON_ARRAY) {
		lose(v);
		return NULL;
	}
	for (e = v->child; e != NULL; e = e->next)
		if (text == NULL)
			text = text_of(e);
		else if (!is_nothing(e))
			lose(e);
	return text;
}

/* Where one text is made of many: all of a list, parted by semicolons. */
static void
join(struct buf *b, const struct json *v)
{
	const struct json *e;

	if (v->type == JSON_ARRAY)
		for (e = v->child; e != NULL; e = e->next)
			join(b, e);
	else if (!is_nothing(v) && !is_text(v))
		lose(v);
	else if (!is_nothing(v)) {
		if (b->len > 0)
			buf_adds(b, "; ");
		buf_add(b, v->text, v->len);
	}
}

static void
add_joined(struct json *o, const char *member, const struct json *v)
{
	static struct buf b;

	buf_reset(&b);
	join(&b, v);
	entry_text(o, member, b.p, b.len);
}

static void
add_ids(struct json *person, const struct json *v)
{
	struct json *rest = json_object(entry_arena()), *ids;
	const struct json *m;

	ids = json_object(entry_arena());
	if (v->type != JSON_OBJECT && !is_nothing(v))
		lose(v);
	for (m = v->type == JSON_OBJECT ? v->child : NULL; m != NULL;
	    m = m->next)
		if (is_text(m) && !is_nothing(m))
			json_add(entry_arena(), rest, m->name, m->namelen,
			    json_string(entry_arena(), m->text, m->len));
		else if (!is_nothing(m))
			lose(m);
	entry_foreign_members(ids, "json", rest);
	if (ids->child != NULL)
		json_set(entry_arena(), person, "ids", ids);
}

/* A person as an object of ours. */
static void
add_parts(struct json *person, struct json *o)
{
	static const char *const texts[] = { "name", "given", "family",
	    "suffix", "orcid", "affiliation", "email" };
	struct json *rest = json_object(entry_arena()), *m, *next;
	size_t i;

	for (m = o->child; m != NULL; m = next) {
		next = m->next;
		for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			if (json_name_is(m, texts[i]))
				break;
		if (i < sizeof(texts) / sizeof(texts[0]))
			add_joined(person, m->name, m);
		else if (json_name_is(m, "ids"))
			add_ids(person, m);
		else
			json_append(rest, m);
	}
	entry_foreign_members(person, "json", rest);
}

/* One without a name stays for now, so that others keep their place. */
static void
add_people(struct json *paper, const struct path_row *row)
{
	struct json *people, *person, *e, *v = row->value;
	const char *member = row->to;

	if (is_nothing(v) || json_get(paper, member) != NULL)
		return;
	if (v->type == JSON_STRING && row->form != NULL) {
		form_names(paper, member, row->form, v->text, v->len);
		return;
	}
	if (v->type == JSON_STRING) {
		entry_names(paper, member, v->text, v->len);
		return;
	}
	if (v->type != JSON_ARRAY && v->type != JSON_OBJECT) {
		lose(v);
		return;
	}
	people = entry_people(paper, member);
	for (e = v->type == JSON_ARRAY ? v->child : v; e != NULL; e = e->next) {
		person = json_object(entry_arena());
		json_append(people, person);
		if (e->type == JSON_OBJECT)
			add_parts(person, e);
		else
			add_joined(person, "name", e);
	}
}

static void
add_facts(struct json *paper, const struct path_row *row)
{
	struct json *list = json_array(entry_arena());
	const struct json *e, *v = row->value;
	const char *people, *fact;
	struct buf b = { 0 };

	people = entry_beside(row->to, &fact);
	if (v->type == JSON_STRING) {
		if (!is_nothing(v) && row->form != NULL)
			form_facts(paper, people, fact, row->form, v->text,
			    v->len);
		else if (!is_nothing(v))
			entry_facts(paper, people, fact, v);
		return;
	}
	if (v->type != JSON_ARRAY && !is_nothing(v))
		lose(v);
	for (e = v->type == JSON_ARRAY ? v->child : NULL; e != NULL;
	    e = e->next) {
		buf_reset(&b);
		join(&b, e);
		json_append(list, json_string(entry_arena(), b.p, b.len));
	}
	entry_facts(paper, people, fact, list);
	buf_free(&b);
}

static void
add_keywords(struct json *paper, const struct json *v, const struct form *form)
{
	const struct json *e;

	if (v->type == JSON_ARRAY)
		for (e = v->child; e != NULL; e = e->next)
			add_keywords(paper, e, form);
	else if (is_text(v) && !is_nothing(v) && form != NULL)
		form_keywords(paper, form, v->text, v->len);
	else if (is_text(v) && !is_nothing(v))
		entry_keywords(paper, v->text, v->len);
	else if (!is_nothing(v))
		lose(v);
}

/* The text of the row's value, in its form; NULL where it has none. */
static const struct json *
formed_text(const struct path_row *row)
{
	const struct json *text = text_of(row->value);
	const char *s;
	size_t n;

	if (text == NULL || row->form == NULL)
		return text;
	s = text->text;
	n = text->len;
	form_cut(row->form, &s, &n);
	return json_string(entry_arena(), s, n);
}

static void
add_value(struct json *paper, const struct path_row *row)
{
	struct json *v = row->value, *rest;
	const struct json *text;

	switch (row->use) {
	case MAP_PEOPLE:
		add_people(paper, row);
		break;
	case MAP_KEYWORDS:
		add_keywords(paper, v, row->form);
		break;
	case MAP_TEXT:
		if (json_get(paper, row->to) == NULL &&
		    (text = formed_text(row)) != NULL)
			entry_text(paper, row->to, text->text, text->len);
		break;
	case MAP_PAGE:
	case MAP_LINK:
	case MAP_ID:
	case MAP_IDS:
		if ((text = formed_text(row)) != NULL)
			entry_member(paper, "json", row->to, text->text,
			    text->len);
		break;
	case MAP_FOREIGN:
		rest = json_object(entry_arena());
		json_add(entry_arena(), rest, row->to, strlen(row->to), v);
		entry_foreign_members(paper, "json", rest);
		break;
	case MAP_LEFT_OUT:
	case MAP_KEY:
	case MAP_BESIDE_PEOPLE:
		break;
	}
	tell_lost(row->to);
}

/* The facts beside the names, which are known now. */
static void
add_all_facts(struct json *paper, struct paths *p)
{
	struct path_row *row;

	for (row = p->row; row < p->row + p->n; row++)
		if (row->value != NULL && row->use == MAP_BESIDE_PEOPLE) {
			add_facts(paper, row);
			tell_lost(row->to);
		}
	entry_people_done(paper, "authors");
	entry_people_done(paper, "editors");
}

/*
 * Whether a member that the map does not name has one before it, which the map
 * does; of keywords both count.
 */
static bool
is_again(const struct json *paper, const struct path_row *row)
{
	return row >= paths.row + paths.mapped && row->use != MAP_KEYWORDS &&
	    json_get(paper, row->to) != NULL;
}

static void
take_object(struct document *doc, struct json *paper, struct json *o)
{
	const struct json *key = NULL;
	struct path_row *row;

	paths_read(&paths, o);
	for (row = paths.row; row < paths.row + paths.n; row++) {
		if (row->value == NULL)
			continue;
		if (row->use == MAP_KEY && key == NULL)
			key = formed_text(row);
		if (is_again(paper, row))
			json_add(entry_arena(), paths.rest, row->to,
			    strlen(row->to), row->value);
		else
			add_value(paper, row);
	}
	add_all_facts(paper, &paths);
	if (!entry_is_paper(paper)) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0, "neither a "
		    "title, people nor an identifier; a map may name them");
		return;
	}
	entry_foreign_members(paper, "json", paths.rest);
	entry_emit(doc, paper, key != NULL ? key->text : NULL,
	    key != NULL ? key->len : 0);
}

void
parse_json(struct document *doc, struct input *in)
{
	struct records_format format = { .take = take_object };

	paths_init(&paths, doc->map);
	format.paths = paths.list;
	records_read(doc, in, &format);
	paths_free(&paths);
	document_untitled(doc);
}

const char *
sniff_json(const struct sniff *s)
{
	return sniff_has(s, "title") || sniff_has(s, "papers.title") ?
	    "its objects have a title" : NULL;
}

/* dblpsearch - JSON of dblp's search for publications */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "parse/dblp.h"
#include "parse/fields.h"
#include "parse/format.h"
#include "parse/records.h"
#include "parse/sniff.h"

static const struct field table[] = {
	{ "type", FIELD_TEXT, "type" },
	{ "year", FIELD_TEXT, "year" },
	{ "volume", FIELD_TEXT, "volume" },
	{ "number", FIELD_TEXT, "number" },
	{ "pages", FIELD_TEXT, "pages" },
	{ "isbn", FIELD_TEXT, "isbn" },
	{ "doi", FIELD_TEXT, "doi" },
	/* read apart */
	{ "authors", FIELD_OUT, NULL },
	{ "editors", FIELD_OUT, NULL },
	{ "ee", FIELD_OUT, NULL },
	{ "key", FIELD_OUT, NULL },
	{ "publisher", FIELD_OUT, NULL },
	{ "title", FIELD_OUT, NULL },
	{ "venue", FIELD_OUT, NULL },
	/* dblp's own page, and what is open today */
	{ "access", FIELD_OUT, NULL },
	{ "url", FIELD_OUT, NULL },
	{ NULL, FIELD_OUT, NULL },
};

static struct fields fields = { .table = table };

/* The text of an element of XML, with its characters spelt as there. */
static void
set_text(struct json *o, const char *member, const char *s, size_t n)
{
	struct buf b = { 0 };

	markup_entities(&b, s, n);
	entry_text(o, member, b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
}

static void
set_member(struct json *paper, const char *member, const struct json *info)
{
	const struct json *v = fields_value(json_get(info, member));

	if (v != NULL)
		set_text(paper, member, v->text, v->len);
}

static void
add_title(struct json *paper, const struct json *info)
{
	const struct json *v = fields_value(json_get(info, "title"));
	struct buf b = { 0 };

	if (v == NULL)
		return;
	markup_entities(&b, v->text, v->len);
	entry_text(paper, "title", b.p, dblp_without_period(b.p, b.len));
	buf_free(&b);
}

/* {"@pid": "d/BoDai", "text": "Bo Dai 0001"}; in older answers the text. */
static void
add_person(struct json *people, const struct json *a)
{
	const struct json *name = a->type == JSON_OBJECT ?
	    json_get(a, "text") : a;
	struct json *person = json_object(entry_arena());
	const char *pid = fields_text(a, "@pid");

	if (name == NULL || name->type != JSON_STRING)
		return;
	set_text(person, "name", name->text, name->len);
	if (person->child == NULL)
		return;
	json_append(people, person);
	if (pid != NULL)
		entry_person_id(person, "dblp", pid, strlen(pid));
}

/* What there is one of is no list. */
static void
add_people(struct json *paper, const char *member, const struct json *list)
{
	const struct json *a;

	if (list == NULL)
		return;
	if (list->type != JSON_ARRAY)
		add_person(entry_people(paper, member), list);
	for (a = list->type == JSON_ARRAY ? list->child : NULL; a != NULL;
	    a = a->next)
		add_person(entry_people(paper, member), a);
}

static void
add_links(struct json *paper, const struct json *info)
{
	const struct json *ee = json_get(info, "ee"), *e;

	for (e = ee != NULL && ee->type == JSON_ARRAY ? ee->child : NULL;
	    e != NULL; e = e->next)
		if (e->type == JSON_STRING)
			entry_link(paper, e->text, e->len);
	if (ee != NULL && ee->type == JSON_STRING)
		entry_link(paper, ee->text, ee->len);
}

static bool
is_entry(const struct json *o)
{
	const char *total = json_get_str(json_get(json_get(o, "result"),
	    "hits"), "@total");

	if (total == NULL || strcmp(total, "0") != 0)
		return true;
	filter_passed("searches without a result");
	return false;
}

/* What the search says went wrong, or NULL. */
static const char *
error_of(const struct json *answer)
{
	const struct json *status = json_get(json_get(answer, "result"),
	    "status");
	const char *code = json_get_str(status, "@code");

	if (code == NULL || strcmp(code, "200") == 0)
		return NULL;
	return json_get_str(status, "text") != NULL ? json_get_str(status,
	    "text") : code;
}

/* A hit of a search for authors or venues has neither a title nor a key. */
static void
take_hit(struct document *doc, struct json *paper, struct json *hit)
{
	struct json *info = json_get(hit, "info");
	const char *key = json_get_str(info, "key"), *type, *error;

	if ((error = error_of(hit)) != NULL) {
		filter_reject(REJECT_ERROR_ANSWER, NULL, error, strlen(error),
		    "the source answered: %s", error);
		return;
	}
	if (info == NULL || (key == NULL && json_get_str(info, "title") ==
	    NULL)) {
		records_refuse(hit, "info", "no hit of a search for "
		    "publications");
		return;
	}
	add_title(paper, info);
	add_people(paper, "authors", json_get(json_get(info, "authors"),
	    "author"));
	add_people(paper, "editors", json_get(json_get(info, "editors"),
	    "editor"));
	set_member(paper, "venue", info);
	set_member(paper, "publisher", info);
	add_links(paper, info);
	if (key != NULL)
		entry_id(paper, "dblp", key, strlen(key));
	if ((type = json_get_str(info, "type")) != NULL &&
	    strcmp(type, "Withdrawn Items") == 0)
		entry_str(paper, "status", "withdrawn");
	fields_read(&fields, paper, "dblpsearch", info);
	dblp_corr(paper);
	entry_emit(doc, paper, key, key != NULL ? strlen(key) : 0);
}

void
parse_dblpsearch(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "result.hits.hit",
	    "result.hits.hit{}", NULL };
	static const struct records_format format = { .paths = paths,
	    .is_entry = is_entry, .take = take_hit, .answers = true };

	records_read(doc, in, &format);
}

const char *
sniff_dblpsearch(const struct sniff *s)
{
	return sniff_has(s, "result.hits.hit.info") ?
	    "it has hits of dblp's search" : NULL;
}

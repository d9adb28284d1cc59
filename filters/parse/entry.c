/* entry - how the formats of parse make papers of entries */
#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/entry_parts.h"
#include "parse/format.h"

static struct arena arena;
static struct where where;

struct arena *
entry_arena(void)
{
	return &arena;
}

void
entry_at(struct document *doc, uint64_t offset, uint64_t line,
    const char *input, size_t len)
{
	where = (struct where){ doc->file, doc->source, doc->sha256, doc->url,
	    line, document_place(doc, offset), input, len };
	filter_at(&where);
}

struct json *
entry_begin(struct document *doc, uint64_t offset, uint64_t line,
    const char *input, size_t len)
{
	return entry_begin_at(doc, document_place(doc, offset), line, input,
	    len);
}

struct json *
entry_begin_at(struct document *doc, uint64_t place, uint64_t line,
    const char *input, size_t len)
{
	struct json *paper;

	arena_reset(&arena);
	paper = json_object(&arena);
	entry_members_begin();
	entry_foreign_begin(paper);
	where = (struct where){ doc->file, doc->source, doc->sha256, doc->url,
	    line, place, input, len };
	filter_entry(&where);
	doc->entries++;
	return paper;
}

void
entry_input(const char *input, size_t len)
{
	where.input = input;
	where.len = len;
	filter_at(&where);
}

void
entry_refuse(struct document *doc, uint64_t offset, uint64_t line,
    const char *input, size_t len, enum reject_code code, const char *detail)
{
	entry_begin(doc, offset, line, input, len);
	filter_reject(code, NULL, NULL, 0, "%s", detail);
}

/* A member of the record's source, in static memory. */
static void
add_fact(struct json *o, struct json *m, enum json_type type,
    const char *name, const char *s)
{
	*m = (struct json){ .type = type, .text = s, .len = strlen(s) };
	json_put(o, name, m);
}

static const char *
decimal(char out[24], uint64_t n)
{
	char *p = out + 23;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return p;
}

/*
 * One for each record that is written, with what does not change of a document:
 * there is only one of them at a time, which is not made of an arena.
 */
static void
add_source(struct document *doc, struct json *paper, const char *key)
{
	static struct json list, o, m[6];
	static char offset[24], line[24];
	const struct json *trust = json_get(doc->record, "trust");

	list = (struct json){ .type = JSON_ARRAY };
	o = (struct json){ .type = JSON_OBJECT };
	add_fact(&o, &m[0], JSON_STRING, "source", doc->source);
	add_fact(&o, &m[1], JSON_STRING, "key", key);
	if (trust != NULL)
		json_set(&arena, &o, "trust", json_copy(&arena, trust));
	if (doc->url != NULL)
		add_fact(&o, &m[2], JSON_STRING, "url", doc->url);
	if (doc->sha256 != NULL)
		add_fact(&o, &m[3], JSON_STRING, "sha256", doc->sha256);
	add_fact(&o, &m[4], JSON_NUMBER, "offset", decimal(offset,
	    where.offset));
	add_fact(&o, &m[5], JSON_NUMBER, "line", decimal(line, where.line));
	json_append(&list, &o);
	json_set(&arena, paper, "sources", &list);
}

/* Columns of sources.tsv that stand for a member of every paper of the row. */
static const char *const defaults[] = { "type", "language", "venue", "year",
    "publisher", "status" };

static bool
not_empty(struct json *v)
{
	return !json_is_empty(v);
}

/* Add what every record has but its defaults. */
static void
add_identity(struct document *doc, struct json *o, const char *kind,
    const char *key, size_t keylen)
{
	static struct buf id;
	size_t from;

	if (key != NULL)
		text_trim(&key, &keylen);
	buf_reset(&id);
	buf_adds(&id, doc->source);
	buf_addc(&id, ':');
	from = id.len;
	if (key != NULL && keylen > 0)
		buf_add(&id, key, keylen);
	else {
		buf_adds(&id, doc->name);
		buf_addc(&id, '#');
		buf_addu(&id, doc->entries);
	}
	json_set(&arena, o, "kind", json_str(&arena, kind));
	json_set(&arena, o, "id", json_string(&arena, id.p, id.len));
	add_source(doc, o, id.p + from);
}

bool
entry_is_paper(const struct json *paper)
{
	static const char *const members[] = { "title", "authors", "editors",
	    "doi", "arxiv", "isbn", "ids" };
	const struct json *v;
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if ((v = json_get(paper, members[i])) != NULL &&
		    !json_is_empty(v))
			return true;
	return false;
}

void
entry_emit(struct document *doc, struct json *paper, const char *key,
    size_t keylen)
{
	const struct json *v;
	size_t i;

	entry_members_end(paper);
	add_identity(doc, paper, "paper", key, keylen);
	doc->papers++;
	doc->titled = doc->titled || json_get(paper, "title") != NULL;
	for (i = 0; doc->record != NULL && i < sizeof(defaults) /
	    sizeof(defaults[0]); i++) {
		v = json_get(doc->record, defaults[i]);
		if (v != NULL && json_get(paper, defaults[i]) == NULL)
			json_set(&arena, paper, defaults[i],
			    json_copy(&arena, v));
	}
	json_keep_if(paper, not_empty);
	filter_emit(paper);
}

void
entry_emit_known(struct document *doc, struct json *paper, const char *key)
{
	size_t n = key != NULL ? strlen(key) : 0;

	if (n > 0 || entry_is_paper(paper))
		entry_emit(doc, paper, key, n);
	else
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "neither a title, people nor an identifier");
}

void
entry_emit_person(struct document *doc, struct json *person, const char *key,
    size_t keylen)
{
	add_identity(doc, person, "person", key, keylen);
	json_keep_if(person, not_empty);
	filter_emit(person);
}

void
document_untitled(const struct document *doc)
{
	if (doc->papers == 0 || doc->titled)
		return;
	filter_warn(EX_OK, "%s: none of its papers has a title: a map may "
	    "name it", doc->file);
	filter_at(&(struct where){ doc->file, doc->source, doc->sha256,
	    doc->url, 1, doc->begin, NULL, 0 });
	filter_note(REJECT_NO_TITLE, "title", NULL, 0, "none of %" PRIu64
	    " papers has one: a map may name it", doc->papers);
}

bool
document_text(struct document *doc, struct input *in)
{
	doc->text = in;
	if (input_text(in, doc->encoding)) {
		doc->begin = document_place(doc, in->offset);
		return true;
	}
	entry_refuse(doc, 0, 1, NULL, 0, REJECT_BAD_ENCODING,
	    "no such encoding");
	return false;
}

uint64_t
document_place(const struct document *doc, uint64_t offset)
{
	return doc->text != NULL ? input_place(doc->text, offset) : offset;
}

bool
entry_is_text(const struct document *doc, const char *s, size_t n)
{
	if (utf8_valid(s, n))
		return true;
	entry_not_text(doc);
	return false;
}

void
entry_not_text(const struct document *doc)
{
	const char *encoding = doc->text != NULL ? input_encoding(doc->text) :
	    "UTF-8";

	if (doc->encoding == NULL && strcmp(encoding, "UTF-8") == 0)
		filter_reject(REJECT_BAD_UTF8, NULL, NULL, 0,
		    "not UTF-8; name the encoding");
	else
		filter_reject(REJECT_BAD_UTF8, NULL, NULL, 0, "not in %s",
		    encoding);
}

/* entry - how the formats of parse make papers of entries */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/form.h"
#include "parse/format.h"

#define FOREIGN	4096	/* members of foreign names: hostile ones have more */

static struct arena arena;
static struct where where;
static const char *pages[2];	/* of the entry: the first and the last one */
static size_t foreign;		/* of the entry at hand, so far */

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
	arena_reset(&arena);
	pages[0] = pages[1] = NULL;
	foreign = 0;
	where = (struct where){ doc->file, doc->source, doc->sha256, doc->url,
	    line, place, input, len };
	filter_entry(&where);
	doc->entries++;
	return json_object(&arena);
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

void
entry_text(struct json *o, const char *member, const char *s, size_t n)
{
	size_t len = strlen(member);

	text_trim(&s, &n);
	if (n == 0 || json_member(o, member, len) != NULL)
		return;
	if (!utf8_valid(s, n))
		filter_note(REJECT_DROPPED_VALUE, member, s, n, "not UTF-8");
	else
		json_add_string(&arena, o, member, len, s, n);
}

void
entry_utf8(struct json *o, const char *member, const char *s, size_t n)
{
	size_t len = strlen(member);

	text_trim(&s, &n);
	if (n > 0 && json_member(o, member, len) == NULL)
		json_add_string(&arena, o, member, len, s, n);
}

void
entry_first(struct json *o, const char *member, const char *s, size_t n)
{
	text_trim(&s, &n);
	if (n > 0)
		json_add_string(&arena, o, member, strlen(member), s, n);
}

void
entry_str(struct json *o, const char *member, const char *s)
{
	if (s != NULL)
		entry_text(o, member, s, strlen(s));
}

void
entry_append(struct json *o, const char *member, const char *s, size_t n)
{
	struct json *list = json_get(o, member);

	text_trim(&s, &n);
	if (n == 0)
		return;
	if (!utf8_valid(s, n)) {
		filter_note(REJECT_DROPPED_VALUE, member, s, n, "not UTF-8");
		return;
	}
	if (list == NULL) {
		list = json_array(&arena);
		json_set(&arena, o, member, list);
	}
	json_append(list, json_string(&arena, s, n));
}

/* Ours, but no text: a foreign column of that name means something else. */
static bool
is_reserved(const char *name)
{
	static const char *const reserved[] = { "kind", "id", "sources", "authors",
	    "editors", "et_al", "ids", "keywords", "versions", "version_of" };
	size_t i;

	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(reserved[i], name) == 0)
			return true;
	return false;
}

const char *
entry_foreign_name(const char *format, const char *name, size_t n)
{
	struct buf b = { 0 };

	if (!utf8_valid(name, n) || memchr(name, '\0', n) != NULL) {
		filter_note(REJECT_DROPPED_VALUE, NULL, name, n,
		    "no name for a member");
		return NULL;
	}
	name = arena_strndup(&arena, name, n);
	if (!is_reserved(name))
		return name;
	buf_addf(&b, "%s_%s", format, name);
	name = arena_strndup(&arena, b.p, b.len);
	buf_free(&b);
	return name;
}

/* Each is looked up among those before it. */
static bool
has_room(const char *name, size_t namelen)
{
	if (foreign == FOREIGN)
		filter_note(REJECT_DROPPED_VALUE, NULL, name, namelen,
		    "behind %d foreign fields", FOREIGN);
	return foreign++ < FOREIGN;
}

void
entry_foreign(struct json *o, const char *format, const char *name,
    size_t namelen, const char *s, size_t n)
{
	if (has_room(name, namelen) &&
	    (name = entry_foreign_name(format, name, namelen)) != NULL)
		entry_text(o, name, s, n);
}

void
entry_foreign_again(struct json *o, const char *format, const char *name,
    size_t namelen, const char *s, size_t n)
{
	struct json *had, *list;

	if ((name = entry_foreign_name(format, name, namelen)) == NULL)
		return;
	had = json_get(o, name);
	if (had == NULL || entry_own(name, strlen(name)) != NULL) {
		if (had == NULL && has_room(name, namelen))
			entry_text(o, name, s, n);
		return;
	}
	if (had->type != JSON_ARRAY) {
		list = json_array(&arena);
		json_set(&arena, o, name, list);
		had->name = NULL;
		json_append(list, had);
	}
	entry_append(o, name, s, n);
}

/* Whether another member may have been given the name by entry_foreign_name. */
static bool
may_be_taken(const char *format, const char *name)
{
	size_t n = strlen(format);

	return strncmp(name, format, n) == 0 && name[n] == '_' &&
	    is_reserved(name + n + 1);
}

void
entry_foreign_members(struct json *o, const char *format, struct json *rest)
{
	struct json *more = json_object(&arena), *m, *next;
	const char *name, *s;
	size_t n;

	for (m = rest->child; m != NULL; m = next) {
		next = m->next;
		if (json_is_empty(m))
			continue;
		name = entry_foreign_name(format, m->name, m->namelen);
		if (name == NULL || json_get(o, name) != NULL ||
		    (may_be_taken(format, name) && json_get(more, name) != NULL))
			continue;
		if (m->type == JSON_STRING) {
			s = m->text;
			n = m->len;
			text_trim(&s, &n);
			if (n == 0)
				continue;
			if (n < m->len)
				m = json_string(&arena, s, n);
		}
		json_add(&arena, more, name, strlen(name), m);
	}
	for (m = more->child; m != NULL; m = next) {
		next = m->next;
		json_append(o, m);
	}
}

/* Names that are ours in whatever case they are written. */
static const char *const own[] = { "id", "type", "title", "authors", "editors",
    "abstract", "keywords", "language", "venue", "year", "date", "volume",
    "number", "pages", "publisher", "doi", "arxiv", "isbn", "url", "pdf",
    "code", "status", NULL };

const char *const *
entry_own_names(void)
{
	return own;
}

const char *
entry_own(const char *name, size_t n)
{
	size_t i;

	for (i = 0; n > 0 && own[i] != NULL; i++)
		if ((*name | 0x20) == *own[i] && strlen(own[i]) == n &&
		    strncasecmp(own[i], name, n) == 0)
			return own[i];
	return NULL;
}

void
entry_keywords(struct json *paper, const char *s, size_t n)
{
	int sep = memchr(s, ';', n) != NULL ? ';' : ',';
	const char *end = s + n, *word;
	struct json *list = json_get(paper, "keywords");
	size_t len;

	for (; s < end; s++) {
		word = s;
		s = memchr(s, sep, (size_t)(end - s));
		if (s == NULL)
			s = end;
		len = (size_t)(s - word);
		text_trim(&word, &len);
		if (len == 0)
			continue;
		if (list == NULL) {
			list = json_array(&arena);
			json_set(&arena, paper, "keywords", list);
		}
		json_append(list, json_string(&arena, word, len));
	}
}

static void
set_id(struct json *paper, const char *registry, const char *s, size_t n)
{
	struct json *ids = json_get(paper, "ids");

	if (n == 0)
		return;
	if (ids == NULL) {
		ids = json_object(&arena);
		json_set(&arena, paper, "ids", ids);
	}
	entry_text(ids, registry, s, n);
}

static void
set_page(bool last, const char *s, size_t n)
{
	text_trim(&s, &n);
	if (n > 0 && pages[last] == NULL)
		pages[last] = arena_strndup(&arena, s, n);
}

/* Make the pages of the first and the last one, where they came alone. */
static void
add_pages(struct json *paper)
{
	struct buf b = { 0 };

	if (pages[0] == NULL && pages[1] == NULL)
		return;
	if (pages[0] == NULL || pages[1] == NULL ||
	    strcmp(pages[0], pages[1]) == 0)
		buf_adds(&b, pages[pages[0] == NULL]);
	else
		buf_addf(&b, "%s-%s", pages[0], pages[1]);
	entry_text(paper, "pages", b.p, b.len);
	buf_free(&b);
}

void
entry_member(struct json *paper, const char *format, const char *member,
    const char *s, size_t n)
{
	if (n == 0)
		return;
	if (strcmp(member, "authors") == 0 || strcmp(member, "editors") == 0)
		entry_names(paper, member, s, n);
	else if (strcmp(member, "keywords") == 0)
		entry_keywords(paper, s, n);
	else if (strcmp(member, "url") == 0)
		entry_link(paper, s, n);
	else if (strcmp(member, "ids") == 0)
		form_ids(paper, s, n);
	else if (strncmp(member, "pages.", 6) == 0)
		set_page(strcmp(member, "pages.last") == 0, s, n);
	else if (strncmp(member, "ids.", 4) == 0)
		set_id(paper, member + 4, s, n);
	else
		entry_foreign(paper, format, member, strlen(member), s, n);
}

/* The host of a URL and what follows, without "www.", or NULL. */
static const char *
web(const char *url)
{
	size_t scheme = strncasecmp(url, "http", 4) != 0 ? 0 :
	    url[4] == 's' || url[4] == 'S' ? 5 : 4;

	if (scheme == 0 || strncmp(url + scheme, "://", 3) != 0)
		return NULL;
	url += scheme + 3;
	return strncasecmp(url, "www.", 4) == 0 ? url + 4 : url;
}

/* Where s goes on behind the prefix, or NULL. */
static const char *
behind(const char *s, const char *prefix)
{
	return strncasecmp(s, prefix, strlen(prefix)) == 0 ?
	    s + strlen(prefix) : NULL;
}

/* The identifier with which s begins, "P19-1001" or "2020.acl-main.1". */
static size_t
acl_length(const char *s)
{
	size_t n = strcspn(s, "/?#");

	if (n > 4 && strncmp(s + n - 4, ".pdf", 4) == 0)
		n -= 4;
	return strspn(s, "0123456789") == 4 ? n :
	    isalpha((unsigned char)*s) && isdigit((unsigned char)s[1]) ? n : 0;
}

/* What the links of a site say besides. */
static void
add_linked(struct json *paper, const char *s)
{
	static const char *const resolvers[] = { "doi.org/", "dx.doi.org/",
	    "doi.acm.org/", "doi.ieeecomputersociety.org/" };
	const char *rest;
	size_t i;

	if (*s == 'd' || *s == 'D')
		for (i = 0; i < sizeof(resolvers) / sizeof(resolvers[0]); i++)
			if ((rest = behind(s, resolvers[i])) != NULL)
				entry_str(paper, "doi", rest);
	if ((rest = behind(s, "arxiv.org/abs/")) != NULL)
		entry_str(paper, "arxiv", rest);
	if ((rest = behind(s, "aclanthology.org/")) != NULL ||
	    (rest = behind(s, "aclweb.org/anthology/")) != NULL)
		set_id(paper, "acl", rest, acl_length(rest));
	if ((rest = behind(s, "openreview.net/forum?id=")) != NULL)
		set_id(paper, "openreview", rest, strcspn(rest, "&#"));
}

void
entry_link(struct json *paper, const char *s, size_t n)
{
	const char *url, *site;

	text_trim(&s, &n);
	url = arena_strndup(&arena, s, n);
	if ((site = web(url)) != NULL)
		add_linked(paper, site);
	if (n > 4 && strcasecmp(url + n - 4, ".pdf") == 0)
		entry_str(paper, "pdf", url);
	else
		entry_str(paper, "url", url);
}

/* A member of the record's source, in static memory. */
static void
add_fact(struct json *o, struct json *m, enum json_type type,
    const char *name, const char *s)
{
	*m = (struct json){ .type = type, .name = name,
	    .namelen = strlen(name), .text = s, .len = strlen(s) };
	json_append(o, m);
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

void
entry_emit(struct document *doc, struct json *paper, const char *key,
    size_t keylen)
{
	const struct json *v;
	size_t i;

	add_pages(paper);
	add_identity(doc, paper, "paper", key, keylen);
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
entry_emit_person(struct document *doc, struct json *person, const char *key,
    size_t keylen)
{
	add_identity(doc, person, "person", key, keylen);
	json_keep_if(person, not_empty);
	filter_emit(person);
}

bool
document_text(struct document *doc, struct input *in)
{
	doc->text = in;
	if (input_text(in, doc->encoding))
		return true;
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

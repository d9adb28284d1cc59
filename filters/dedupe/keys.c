/* keys - what dedupe keeps of a record in memory */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/source.h"
#include "lib/text.h"
#include "lib/utf8.h"

static uint64_t
hash(const char *s, size_t n)
{
	uint64_t h = XXH3_64bits(s, n);

	return h != 0 ? h : 1;
}

static uint32_t
hash32(const char *s, size_t n)
{
	uint32_t h = (uint32_t)hash(s, n);

	return h != 0 ? h : 1;
}

static uint32_t
hash_member(const struct json *paper, const char *member)
{
	static struct buf b;
	const char *s = json_get_str(paper, member);

	if (s == NULL)
		return 0;
	buf_reset(&b);
	text_fold(&b, s, strlen(s), ' ');
	return b.len > 0 ? hash32(b.p, b.len) : 0;
}

/* "0001": what dblp puts behind a name that several people have. */
static bool
is_homonym_number(const char *w, size_t n)
{
	return n == 4 && strspn(w, "0123456789") >= 4;
}

#define MAX_WORDS	32

struct author
author_make(const char *name, size_t n)
{
	static struct buf b;
	const char *word[MAX_WORDS], *p, *end, *q;
	size_t len[MAX_WORDS], words = 0, i;
	struct author a = { 0 };

	buf_reset(&b);
	text_fold(&b, name, n, ' ');
	end = b.p + b.len;
	for (p = b.p; p < end && words < MAX_WORDS; p += len[words++] + 1) {
		q = memchr(p, ' ', (size_t)(end - p));
		word[words] = p;
		len[words] = (size_t)((q != NULL ? q : end) - p);
	}
	if (words > 1 && is_homonym_number(word[words - 1], len[words - 1]))
		words--;
	if (words > 1 && name_is_suffix(word[words - 1], len[words - 1]))
		words--;
	if (words == 0)
		return a;
	for (i = 0; i < words; i++)
		a.whole += hash32(word[i], len[i]);
	a.family = hash32(word[words - 1], len[words - 1]);
	if (words > 1) {
		p = word[0];
		a.initial = (uint32_t)utf8_next(&p);
		a.given = hash32(word[0], len[0]);
		a.is_initial = (size_t)(p - word[0]) == len[0];
	}
	return a;
}

bool
author_matches(const struct author *a, const struct author *b)
{
	if (a->whole == b->whole)
		return true;
	if (a->family != b->family)
		return false;
	if (a->given == 0 || b->given == 0)
		return true;
	return a->is_initial || b->is_initial ? a->initial == b->initial :
	    a->given == b->given;
}

static void
add_identifier(struct identifiers *ids, uint32_t record, const char *kind,
    const char *name, const char *value)
{
	static struct buf b;

	buf_reset(&b);
	buf_addf(&b, "%s:%s:%s", kind, name, value);
	grow(&ids->v, &ids->cap, ids->n + 1, sizeof(*ids->v));
	ids->v[ids->n++] = (struct identifier){ hash(b.p, b.len), record, kind };
}

static void
add_identifiers(struct identifiers *ids, uint32_t record,
    const struct json *paper)
{
	const char *doi = json_get_str(paper, "doi");
	const char *arxiv = json_get_str(paper, "arxiv");
	const struct json *v = json_get(paper, "ids");

	if (doi != NULL)
		add_identifier(ids, record, "doi", "", doi);
	if (arxiv != NULL)
		add_identifier(ids, record, "arxiv", "", arxiv);
	for (v = v != NULL ? v->child : NULL; v != NULL; v = v->next)
		if (v->type == JSON_STRING)
			add_identifier(ids, record, "ids", v->name, v->text);
}

/* Where the record is from: its first source, else what its id says. */
static void
set_origin(struct record_keys *k, struct arena *a, const struct json *paper,
    uint32_t record, struct identifiers *ids)
{
	const struct json *s = json_first(paper, "sources");
	const char *id = json_get_str(paper, "id"), *key;
	size_t n;

	k->trust = TRUST_NONE;
	if (s == NULL) {
		n = source_of_id(id, strlen(id), &key);
		k->source = arena_strndup(a, id, n);
		k->key = arena_strndup(a, key, strlen(key));
		add_identifier(ids, record, "key", k->source, k->key);
		return;
	}
	k->trust = json_get_int(s, "trust", TRUST_NONE);
	k->source = json_get_str(s, "source");
	k->source = arena_strndup(a, k->source, strlen(k->source));
	k->key = json_get_str(s, "key");
	k->key = arena_strndup(a, k->key, strlen(k->key));
	for (; s != NULL; s = s->next)
		add_identifier(ids, record, "key", json_get_str(s, "source"),
		    json_get_str(s, "key"));
}

/*
 * Types of which one publication has only one, whoever tells: a preprint is
 * no chapter.  Conference papers, articles and the like are told apart by
 * their venues, for sources mix them up.
 */
static char
type_letter(const char *type)
{
	if (type == NULL || strcmp(type, "other") == 0)
		return 0;
	if (strcmp(type, "conference-paper") == 0 ||
	    strcmp(type, "journal-article") == 0 ||
	    strcmp(type, "workshop-paper") == 0 || strcmp(type, "chapter") == 0)
		return 'a';
	if (strcmp(type, "book") == 0 || strcmp(type, "proceedings") == 0)
		return 'b';
	return strcmp(type, "preprint") == 0 ? 'p' :
	    strcmp(type, "thesis") == 0 ? 't' :
	    strcmp(type, "report") == 0 ? 'r' : 'd';
}

static void
set_title(struct record_keys *k, const char *title)
{
	static struct buf b;
	size_t i;

	if (title == NULL)
		return;
	buf_reset(&b);
	text_fold(&b, title, strlen(title), ' ');
	if (b.len == 0)
		return;
	k->title_words = 1;
	for (i = 0; i < b.len; i++)
		k->title_words += b.p[i] == ' ';
	buf_reset(&b);
	text_fold(&b, title, strlen(title), 0);
	k->title = hash(b.p, b.len);
}

void
keys_make(struct record_keys *k, struct arena *a, const struct json *paper,
    uint32_t record, struct identifiers *ids)
{
	const char *s, *status = json_get_str(paper, "status");
	const struct json *p;
	size_t n;

	set_origin(k, a, paper, record, ids);
	add_identifiers(ids, record, paper);
	set_title(k, json_get_str(paper, "title"));
	if ((s = json_get_str(paper, "doi")) != NULL) {
		k->doi = hash(s, strlen(s));
		k->doi_text = arena_strndup(a, s, strlen(s));
	}
	if ((s = json_get_str(paper, "arxiv")) != NULL)
		k->arxiv = hash(s, strlen(s));
	k->venue = hash_member(paper, "venue");
	k->volume = hash_member(paper, "volume");
	k->number = hash_member(paper, "number");
	if ((s = json_get_str(paper, "pages")) != NULL)
		k->page = hash32(s, strcspn(s, "-,"));
	k->year = (int16_t)json_get_int(paper, "year", 0);
	k->type = type_letter(json_get_str(paper, "type"));
	k->open_status = status != NULL && strcmp(status, "accepted") != 0;
	for (n = 0, p = json_first(paper, "authors"); p != NULL; p = p->next)
		n++;
	k->authors = arena_alloc(a, n * sizeof(*k->authors));
	for (p = json_first(paper, "authors"); p != NULL; p = p->next) {
		s = json_get_str(p, "name");
		k->authors[k->nauthors] = author_make(s, strlen(s));
		/* a name without a letter, "?", is no author */
		k->nauthors += k->authors[k->nauthors].whole != 0;
	}
}

int
keys_compare(const struct record_keys *a, const struct record_keys *b)
{
	int c;

	if (a->trust != b->trust)
		return a->trust < b->trust ? -1 : 1;
	if ((c = strcmp(a->source, b->source)) != 0 ||
	    (c = strcmp(a->key, b->key)) != 0)
		return c;
	return (a->hash > b->hash) - (a->hash < b->hash);
}

/* bibtex - BibTeX and BibLaTeX */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/table.h"
#include "lib/tex.h"
#include "parse/format.h"

#define FIELD_NAME	128	/* bytes; longer ones are no BibTeX */

/* How the value of a field is read. */
enum reading { TEXT, VERBATIM, RAW, NAMES, WORDS, LINK, SKIP };

/* Fields of ours under their BibTeX and BibLaTeX names. */
static const struct field_map {
	const char	*name;
	const char	*member;
	enum reading	 reading;
	bool		 inherited;	/* by an entry from its crossref */
} field_maps[] = {
	{ "title", "title", TEXT, false },
	{ "author", "authors", NAMES, false },
	{ "editor", "editors", NAMES, true },
	{ "abstract", "abstract", RAW, false },
	{ "keywords", "keywords", WORDS, false },
	{ "keyword", "keywords", WORDS, false },
	{ "language", "language", TEXT, true },
	{ "booktitle", "venue", TEXT, true },
	{ "journal", "venue", TEXT, true },
	{ "journaltitle", "venue", TEXT, true },
	{ "year", "year", TEXT, true },
	{ "date", "date", TEXT, true },
	{ "volume", "volume", TEXT, true },
	{ "number", "number", TEXT, true },
	{ "issue", "number", TEXT, true },
	{ "pages", "pages", VERBATIM, false },
	{ "publisher", "publisher", TEXT, true },
	{ "school", "publisher", TEXT, true },
	{ "institution", "publisher", TEXT, true },
	{ "organization", "publisher", TEXT, true },
	{ "doi", "doi", VERBATIM, false },
	{ "isbn", "isbn", VERBATIM, true },
	{ "url", "url", LINK, false },
	{ "series", "series", TEXT, true },
	{ "address", "address", TEXT, true },
	{ "ids", NULL, SKIP, false },
	/* names that mean something else with us */
	{ "type", "bibtex_type", TEXT, false },
	{ "status", "bibtex_status", TEXT, false },
	{ "venue", "bibtex_venue", TEXT, false },
};

struct field {
	char		*name;		/* lower case */
	const char	*value;		/* raw, macros expanded */
	size_t		 len;
};

struct fields {
	struct field	 v[256];
	size_t		 n;
};

struct bib {
	struct document	*doc;
	struct input	*in;
	struct dict	*strings;
	struct spill	*spill;		/* entries that wait, and their parents */
	struct wait {
		uint64_t	 at;	/* in the spill */
		size_t		 len;
		uint64_t	 offset, line;
	}		*waiting;
	size_t		 nwaiting;
	size_t		 waitcap;
	struct dict	*parents;	/* key to "AT LEN" in the spill */
	struct open {
		uint64_t	 offset;
		size_t		 depth;	/* of braces before it */
	}		*open;		/* entries begun inside the one at hand */
	size_t		 nopen;
	size_t		 opencap;
	size_t		 known;		/* first of open that does not close */
};

/* Where reading an entry's text stands. */
struct cursor {
	const char	*p;
	const char	*end;
	const char	*error;
};

/* White space, and the comments that btparse and biber know. */
static void
skip_space(struct cursor *c)
{
	while (c->p < c->end && (isspace((unsigned char)*c->p) ||
	    *c->p == '%')) {
		if (*c->p == '%')
			while (c->p < c->end && *c->p != '\n')
				c->p++;
		else
			c->p++;
	}
}

static bool
is_name_char(int c)
{
	return c > ' ' && c != 0x7f && strchr("\"#%'(),={}", c) == NULL;
}

/* Append a braced or quoted value without its delimiters. */
static bool
read_delimited(struct cursor *c, struct buf *b)
{
	int open = *c->p, close = open == '{' ? '}' : '"', depth = 0;
	const char *from = ++c->p;

	for (; c->p < c->end; c->p++) {
		if (*c->p == close && depth == 0) {
			buf_add(b, from, (size_t)(c->p++ - from));
			return true;
		}
		if (*c->p == '{')
			depth++;
		else if (*c->p == '}')
			depth--;
	}
	c->error = "a value that does not close";
	return false;
}

/* A value: pieces joined by "#". */
static bool
read_value(struct bib *bib, struct cursor *c, struct buf *b)
{
	const char *from, *value;
	char *name;
	size_t n, i;

	for (;;) {
		skip_space(c);
		if (c->p == c->end) {
			c->error = "no value";
			return false;
		}
		if (*c->p == '{' || *c->p == '"') {
			if (!read_delimited(c, b))
				return false;
		} else {
			for (from = c->p; c->p < c->end &&
			    is_name_char((unsigned char)*c->p); )
				c->p++;
			n = (size_t)(c->p - from);
			if (n == 0) {
				c->error = "no value";
				return false;
			}
			name = arena_strndup(entry_arena(), from, n);
			for (i = 0; i < n; i++)
				name[i] = (char)tolower((unsigned char)name[i]);
			value = dict_get(bib->strings, name, n);
			if (value == NULL && !isdigit((unsigned char)*name))
				filter_note(REJECT_UNKNOWN_STRING, NULL, name,
				    n, "no @string of this name");
			buf_adds(b, value != NULL ? value :
			    arena_strndup(entry_arena(), from, n));
		}
		skip_space(c);
		if (c->p == c->end || *c->p != '#')
			return true;
		c->p++;
	}
}

/* "name = value" pairs up to the end of the text. */
static bool
read_fields(struct bib *bib, struct cursor *c, struct fields *f)
{
	struct buf b = { 0 };
	const char *from;
	char *name;
	size_t n, i;

	for (;;) {
		skip_space(c);
		while (c->p < c->end && *c->p == ',') {
			c->p++;
			skip_space(c);
		}
		if (c->p == c->end)
			break;
		for (from = c->p; c->p < c->end &&
		    is_name_char((unsigned char)*c->p); )
			c->p++;
		n = (size_t)(c->p - from);
		skip_space(c);
		if (n == 0 || n > FIELD_NAME || c->p == c->end ||
		    *c->p != '=') {
			c->error = "no \"name = value\" where a field should be";
			break;
		}
		c->p++;
		buf_reset(&b);
		if (!read_value(bib, c, &b))
			break;
		name = arena_strndup(entry_arena(), from, n);
		for (i = 0; i < n; i++)
			name[i] = (char)tolower((unsigned char)name[i]);
		for (i = 0; i < f->n && strcmp(f->v[i].name, name) != 0; i++)
			;
		if (i < f->n) {
			filter_note(REJECT_REPEATED_FIELD, name, b.p, b.len,
			    "the first one was taken");
			continue;
		}
		if (f->n == sizeof(f->v) / sizeof(f->v[0])) {
			c->error = "too many fields";
			break;
		}
		f->v[f->n++] = (struct field){ name, arena_strndup(
		    entry_arena(), b.p != NULL ? b.p : "", b.len), b.len };
	}
	buf_free(&b);
	return c->error == NULL;
}

static const struct field *
find_field(const struct fields *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return &f->v[i];
	return NULL;
}

static const struct field_map *
find_map(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(field_maps) / sizeof(field_maps[0]); i++)
		if (strcmp(field_maps[i].name, name) == 0)
			return &field_maps[i];
	return NULL;
}

/* Names (BibTeX's own rules: Patashnik, "BibTeXing", section 4) */

static void
set_part(struct json *person, const char *member, const char *s, size_t n)
{
	struct buf b = { 0 };

	tex_decode(&b, s, n, TEX_BIBTEX);
	entry_text(person, member, b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
}

/* One name: "First von Last", "von Last, First", "von Last, Jr, First". */
static void
add_name(struct json *people, const char *s, size_t n)
{
	const char *part[3] = { s, NULL, NULL }, *p, *end = s + n;
	size_t len[3] = { n, 0, 0 }, parts = 1;
	struct json *person = json_object(entry_arena());
	struct buf whole = { 0 };
	int depth = 0;

	for (p = s; p < end; p++) {
		if (*p == '{')
			depth++;
		else if (*p == '}')
			depth--;
		else if (*p == ',' && depth == 0 && parts < 3) {
			len[parts - 1] = (size_t)(p - part[parts - 1]);
			part[parts] = p + 1;
			len[parts] = (size_t)(end - p - 1);
			parts++;
		}
	}
	if (parts > 1) {
		const char *given = part[parts - 1];
		size_t glen = len[parts - 1];

		/* "Smith, Jr." leaves no given name */
		buf_add(&whole, given, glen);
		buf_addc(&whole, ' ');
		buf_add(&whole, part[0], len[0]);
		if (parts == 3) {
			buf_addc(&whole, ' ');
			buf_add(&whole, part[1], len[1]);
		}
		set_part(person, "name", whole.p, whole.len);
		set_part(person, "given", given, glen);
		set_part(person, "family", part[0], len[0]);
		if (parts == 3)
			set_part(person, "suffix", part[1], len[1]);
	} else {
		set_part(person, "name", s, n);
		/* braces all around: an organisation, one name as it stands */
		if (n > 2 && *s == '{' && end[-1] == '}' &&
		    memchr(s + 1, '{', n - 1) == NULL)
			set_part(person, "family", s, n);
	}
	buf_free(&whole);
	if (json_get(person, "name") != NULL)
		json_append(people, person);
}

static void
add_names(struct json *paper, const char *member, const char *s, size_t n)
{
	const char *p, *from, *end = s + n;
	struct json *people = entry_people(paper, member);
	struct json *yes;
	int depth = 0;

	if (people->child != NULL)
		return;
	for (p = from = s; p <= end; p++) {
		bool and = p < end && depth == 0 && end - p >= 5 &&
		    isspace((unsigned char)p[0]) &&
		    strncasecmp(p + 1, "and", 3) == 0 &&
		    isspace((unsigned char)p[4]);

		if (p < end && !and) {
			depth += (*p == '{') - (*p == '}');
			continue;
		}
		while (from < p && isspace((unsigned char)*from))
			from++;
		if (p - from == 6 && strncmp(from, "others", 6) == 0) {
			yes = json_object(entry_arena());
			yes->type = JSON_TRUE;
			json_set(entry_arena(), paper, "et_al", yes);
		} else if (p > from) {
			size_t len = (size_t)(p - from);

			while (len > 0 && isspace((unsigned char)from[len - 1]))
				len--;
			add_name(people, from, len);
		}
		from = p + 4;
		p += and ? 3 : 0;
	}
}

/* One field of the entry, or of its parent. */
static void
add_field(struct json *paper, const struct field *f, const char *member,
    enum reading reading)
{
	struct buf b = { 0 };

	switch (reading) {
	case SKIP:
		return;
	case NAMES:
		add_names(paper, member, f->value, f->len);
		return;
	case RAW:
		entry_text(paper, member, f->value, f->len);
		return;
	case VERBATIM:
	case LINK:
		tex_decode(&b, f->value, f->len, TEX_TEXT);
		break;
	case TEXT:
	case WORDS:
		tex_decode(&b, f->value, f->len, TEX_BIBTEX);
		break;
	}
	if (b.len > 0 && reading == LINK)
		entry_link(paper, b.p, b.len);
	else if (b.len > 0 && reading == WORDS)
		entry_keywords(paper, b.p, b.len);
	else if (b.len > 0)
		entry_text(paper, member, b.p, b.len);
	buf_free(&b);
}

static void
add_eprint(struct json *paper, const struct fields *f)
{
	const struct field *id = find_field(f, "eprint");
	const struct field *type = find_field(f, "eprinttype");

	if (type == NULL)
		type = find_field(f, "archiveprefix");
	if (id == NULL)
		return;
	if (type == NULL || strncasecmp(type->value, "arxiv", 5) == 0) {
		add_field(paper, id, "arxiv", VERBATIM);
		return;
	}
	add_field(paper, id, "eprint", VERBATIM);
	add_field(paper, type, type->name, VERBATIM);
}

/* An entry's title and subtitle are one title. */
static void
add_title(struct json *paper, const struct fields *f)
{
	const struct field *title = find_field(f, "title");
	const struct field *sub = find_field(f, "subtitle");
	struct buf b = { 0 };
	struct field whole;

	if (title == NULL)
		return;
	buf_add(&b, title->value, title->len);
	if (sub != NULL && sub->len > 0) {
		buf_adds(&b, ": ");
		buf_add(&b, sub->value, sub->len);
	}
	whole = (struct field){ title->name, b.p, b.len };
	add_field(paper, &whole, "title", TEXT);
	buf_free(&b);
}

static bool
is_consumed(const char *name)
{
	static const char *const names[] = { "subtitle", "eprint", "eprinttype",
	    "archiveprefix", "primaryclass", "eprintclass", "crossref" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
add_fields(struct json *paper, const struct fields *f)
{
	const struct field_map *m;
	struct buf b = { 0 };
	size_t i;

	add_title(paper, f);
	add_eprint(paper, f);
	for (i = 0; i < f->n; i++) {
		if (is_consumed(f->v[i].name))
			continue;
		if ((m = find_map(f->v[i].name)) != NULL) {
			add_field(paper, &f->v[i], m->member, m->reading);
			continue;
		}
		buf_reset(&b);
		tex_decode(&b, f->v[i].value, f->v[i].len, TEX_TEXT);
		entry_foreign(paper, "bibtex", f->v[i].name,
		    strlen(f->v[i].name), b.p != NULL ? b.p : "", b.len);
	}
	buf_free(&b);
}

/* What an entry takes from the one its crossref names. */
static void
inherit(struct json *paper, const struct fields *f, const struct fields *parent)
{
	const struct field_map *m;
	const struct field *title;
	size_t i;

	/* the parent's booktitle, else its title, is where the child stands */
	if (json_get(paper, "venue") == NULL &&
	    find_field(parent, "booktitle") == NULL &&
	    (title = find_field(parent, "title")) != NULL)
		add_field(paper, title, "venue", TEXT);
	for (i = 0; i < parent->n; i++) {
		m = find_map(parent->v[i].name);
		if (m != NULL && m->inherited &&
		    find_field(f, parent->v[i].name) == NULL)
			add_field(paper, &parent->v[i], m->member, m->reading);
	}
}

/* The entry's text cut up: type, key, and where its fields are. */
struct entry {
	char		 type[32];	/* lower case */
	const char	*key;
	size_t		 keylen;
	struct cursor	 body;
};

static bool
open_entry(struct entry *e, const char *s, size_t n)
{
	const char *p = s + 1, *end = s + n;
	size_t i = 0;

	for (; p < end && isalpha((unsigned char)*p); p++)
		if (i < sizeof(e->type) - 1)
			e->type[i++] = (char)tolower((unsigned char)*p);
	e->type[i] = '\0';
	while (p < end && *p != '{' && *p != '(')
		p++;
	e->body = (struct cursor){ p < end ? p + 1 : end, end - 1, NULL };
	skip_space(&e->body);
	e->key = e->body.p;
	if (strcmp(e->type, "string") == 0)
		return true;
	while (e->body.p < e->body.end && *e->body.p != ',') {
		/* no key at all: "@misc{title = ..." */
		if (*e->body.p == '=') {
			e->body.p = e->key;
			e->keylen = 0;
			return true;
		}
		e->body.p++;
	}
	e->keylen = (size_t)(e->body.p - e->key);
	while (e->keylen > 0 && isspace((unsigned char)e->key[e->keylen - 1]))
		e->keylen--;
	return memchr(e->key, '{', e->keylen) == NULL;
}

/* The fields of the entry that stands in the spill as parent of key. */
static bool
read_parent(struct bib *bib, const char *key, size_t n, struct fields *f)
{
	const char *place = dict_get(bib->parents, key, n);
	struct buf b = { 0 };
	struct entry e;
	char *end;
	uint64_t at;
	bool ok;

	f->n = 0;
	if (place == NULL)
		return false;
	at = strtoull(place, &end, 10);
	spill_get(bib->spill, at, strtoull(end, NULL, 10), &b);
	ok = open_entry(&e, b.p, b.len) && read_fields(bib, &e.body, f);
	buf_free(&b);
	return ok && f->n > 0;
}

/* Make the paper of an entry whose parent, if any, can be looked up. */
static void
make_paper(struct bib *bib, struct entry *e, const struct fields *f,
    struct json *paper)
{
	const struct field *ref = find_field(f, "crossref");
	static struct fields parent;

	entry_str(paper, "type", e->type);
	add_fields(paper, f);
	if (ref != NULL && read_parent(bib, ref->value, ref->len, &parent))
		inherit(paper, f, &parent);
	else if (ref != NULL)
		filter_note(REJECT_DROPPED_VALUE, "crossref", ref->value,
		    ref->len, "no such entry in the document");
	entry_emit(bib->doc, paper, e->key, e->keylen);
}

static void
keep_parent(struct bib *bib, const struct entry *e, const char *s, size_t n)
{
	static const char *const types[] = { "proceedings", "mvproceedings",
	    "book", "mvbook", "collection", "mvcollection", "reference",
	    "periodical", "conference", "xdata", "misc" };
	struct buf place = { 0 };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i], e->type) == 0)
			break;
	if (i == sizeof(types) / sizeof(types[0]) || e->keylen == 0)
		return;
	buf_addf(&place, "%llu %zu", (unsigned long long)spill_add(bib->spill,
	    s, n), n);
	dict_put(bib->parents, e->key, e->keylen, place.p);
	buf_free(&place);
}

/* Whether the text has a field crossref: "=" behind that word. */
static bool
has_crossref(const char *s, size_t n)
{
	const char *p = s, *end = s + n, *w;

	while ((p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		for (w = p; w > s && isspace((unsigned char)w[-1]); w--)
			;
		if (w - s >= 8 && strncasecmp(w - 8, "crossref", 8) == 0)
			return true;
		p++;
	}
	return false;
}

static void
define_strings(struct bib *bib, struct entry *e)
{
	static struct fields f;
	size_t i;

	f.n = 0;
	arena_reset(entry_arena());
	read_fields(bib, &e->body, &f);
	for (i = 0; i < f.n; i++)
		dict_put(bib->strings, f.v[i].name, strlen(f.v[i].name),
		    f.v[i].value);
}

/* The paper or the reject of an entry; raw is its text before decoding. */
static void
finish_entry(struct bib *bib, struct entry *e, bool has_key, const char *raw,
    size_t rawlen, uint64_t offset, uint64_t line)
{
	static struct fields f;
	struct json *paper;

	paper = entry_begin(bib->doc, offset, line, raw, rawlen);
	f.n = 0;
	if (!has_key)
		filter_reject(REJECT_BAD_BIBTEX, NULL, NULL, 0,
		    "a brace where the key should be");
	else if (!read_fields(bib, &e->body, &f))
		filter_reject(REJECT_BAD_BIBTEX, NULL, NULL, 0, "%s",
		    e->body.error);
	else
		make_paper(bib, e, &f, paper);
}

/*
 * A whole entry at the head of the input, n bytes: a macro, a paper, a
 * reject.  One with a crossref waits for the end of the document, for its
 * parent stands behind it.
 */
static void
take_entry(struct bib *bib, size_t n)
{
	uint64_t offset = bib->in->offset, line = bib->in->line;
	const char *raw = input_head(bib->in), *s = raw;
	struct entry e;
	size_t len = n;
	bool has_key;

	if (!document_decode(bib->doc, &s, &len)) {
		entry_refuse(bib->doc, offset, line, raw, n, REJECT_BAD_UTF8,
		    bib->doc->encoding != NULL ? "not in the encoding named" :
		    "not UTF-8; name the encoding");
		return;
	}
	has_key = open_entry(&e, s, len);
	if (strcmp(e.type, "comment") == 0 || strcmp(e.type, "preamble") == 0)
		return;
	if (strcmp(e.type, "string") == 0) {
		define_strings(bib, &e);
		return;
	}
	if (has_key)
		keep_parent(bib, &e, s, len);
	if (has_key && has_crossref(s, len)) {
		grow(&bib->waiting, &bib->waitcap, bib->nwaiting + 1,
		    sizeof(*bib->waiting));
		bib->waiting[bib->nwaiting++] = (struct wait){
		    spill_add(bib->spill, s, len), len, offset, line };
		return;
	}
	finish_entry(bib, &e, has_key, raw, n, offset, line);
}

static void
take_waiting(struct bib *bib)
{
	struct buf b = { 0 };
	struct entry e;
	size_t i;

	for (i = 0; i < bib->nwaiting; i++) {
		struct wait *w = &bib->waiting[i];

		spill_get(bib->spill, w->at, w->len, &b);
		open_entry(&e, b.p, b.len);
		finish_entry(bib, &e, true, b.p, b.len, w->offset, w->line);
	}
	buf_free(&b);
}

/* The length of "@type {" at p, or 0. */
static size_t
opening(const char *p, const char *end)
{
	const char *s = p + 1;

	while (s < end && isalpha((unsigned char)*s))
		s++;
	if (s == p + 1 || s - p > 64)
		return 0;
	while (s < end && isspace((unsigned char)*s))
		s++;
	return s < end && (*s == '{' || *s == '(') ? (size_t)(s + 1 - p) : 0;
}

/*
 * Move to the next "@type {", at the front of a line only where told so.
 * Returns how long the opening is, 0 at the end.
 */
static size_t
find_entry(struct input *in, bool line_start)
{
	bool at_start = true;
	const char *p, *at, *q;
	size_t have, n;

	while ((have = input_fill(in, 1)) > 0) {
		p = input_head(in);
		at = memchr(p, '@', have);
		if (at == NULL || at > p) {
			n = at == NULL ? have : (size_t)(at - p);
			for (q = p + n; q > p && (q[-1] == ' ' ||
			    q[-1] == '\t'); q--)
				;
			at_start = q > p ? q[-1] == '\n' : at_start;
			input_skip(in, n);
			continue;
		}
		have = input_fill(in, 256);
		p = input_head(in);
		n = opening(p, p + have);
		if (n > 0 && (at_start || !line_start))
			return n;
		input_skip(in, 1);
		at_start = false;
	}
	return 0;
}

/*
 * The length of the entry at the head of the input whose opening is n bytes,
 * or 0 where it does not close before the end or the limit of a record.  Then
 * the entries that begin inside of it and do not close either are left in
 * bib->open, so that no text is read twice for them.  With the limit, those of
 * the second half have had too little room to tell.
 */
static size_t
measure(struct bib *bib, size_t n)
{
	size_t max = filter_max_record(), have, i = n, depth = 1;
	struct input *in = bib->in;
	bool paren = input_head(in)[n - 1] == '(', quoted = false;
	const char *p;

	bib->nopen = bib->known = 0;
	for (; i <= max && i < (have = input_fill(in, i + 1)); i++) {
		p = input_head(in);
		switch (p[i]) {
		case '{':
			depth++;
			break;
		case '}':
			if (depth > (paren ? 1 : 0))
				depth--;
			while (bib->nopen > 0 &&
			    bib->open[bib->nopen - 1].depth >= depth)
				bib->nopen--;
			if (depth == 0)
				return i + 1;
			break;
		case '"':
			quoted ^= depth == 1;
			break;
		case ')':
			if (paren && depth == 1 && !quoted)
				return i + 1;
			break;
		case '@':
			if (p[i - 1] != '\n' || opening(p + i, p + have) == 0)
				break;
			grow(&bib->open, &bib->opencap, bib->nopen + 1,
			    sizeof(*bib->open));
			bib->open[bib->nopen++] = (struct open){
			    in->offset + i, depth };
			break;
		}
	}
	while (i > max && bib->nopen > 0 &&
	    bib->open[bib->nopen - 1].offset > in->offset + max / 2)
		bib->nopen--;
	return 0;
}

/* Whether the entry at the head was seen not to close. */
static bool
is_known_open(struct bib *bib)
{
	while (bib->known < bib->nopen &&
	    bib->open[bib->known].offset < bib->in->offset)
		bib->known++;
	return bib->known < bib->nopen &&
	    bib->open[bib->known].offset == bib->in->offset;
}

static void
refuse_open(struct bib *bib)
{
	size_t have = input_fill(bib->in, 4096), n;
	const char *p = input_head(bib->in), *next;

	if (have > 4096)
		have = 4096;
	next = memmem(p, have, "\n@", 2);
	n = next != NULL ? (size_t)(next + 1 - p) : have;
	entry_refuse(bib->doc, bib->in->offset, bib->in->line, p, n,
	    REJECT_OPEN_ENTRY, "an entry that never closes");
}

void
parse_bibtex(struct document *doc, struct input *in)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
	    "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	struct bib bib = { .doc = doc, .in = in };
	bool line_start = false;
	size_t n, i;

	if (!document_check_encoding(doc))
		return;
	bib.strings = dict_new();
	bib.parents = dict_new();
	bib.spill = spill_new(filter_tmpdir());
	for (i = 0; i < sizeof(months) / sizeof(months[0]); i++)
		dict_put(bib.strings, months[i], 3, months[i]);
	while ((n = find_entry(in, line_start)) > 0) {
		n = is_known_open(&bib) ? 0 : measure(&bib, n);
		line_start = n == 0;
		if (n > 0)
			take_entry(&bib, n);
		else
			refuse_open(&bib);
		input_skip(in, n > 0 ? n : 1);
	}
	take_waiting(&bib);
	dict_free(bib.strings);
	dict_free(bib.parents);
	spill_free(bib.spill);
	free(bib.waiting);
	free(bib.open);
}

/* bibtex_paper - a paper of an entry's fields */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "parse/bibtex.h"
#include "parse/format.h"

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

/* Whether one pair of braces is around all of a name. */
static bool
is_braced(const char *s, size_t n)
{
	const char *p, *last = s + n - 1;
	int depth = 0;

	if (n < 3 || *s != '{' || *last != '}')
		return false;
	for (p = s; p < last; p++) {
		depth += (*p == '{') - (*p == '}');
		if (depth == 0)
			return false;
	}
	return depth == 1;
}

/* One name: "First von Last", "von Last, First", "von Last, Jr, First". */
static void
add_name(struct json *people, const char *s, size_t n)
{
	const char *part[3] = { s, NULL, NULL }, *p, *end = s + n;
	size_t len[3] = { n, 0, 0 }, parts = 1;
	struct json *person = json_object(entry_arena());
	struct buf whole = { 0 };
	size_t i;
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
	for (i = 0; i < parts; i++)
		text_trim(&part[i], &len[i]);
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
		/* an organisation: one name as it stands */
		if (is_braced(s, n))
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
			json_set(entry_arena(), paper, "et_al",
			    json_true(entry_arena()));
		} else if (p > from) {
			size_t len = (size_t)(p - from);

			text_trim(&from, &len);
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
	const struct field *id = fields_find(f, "eprint");
	const struct field *type = fields_find(f, "eprinttype");

	if (type == NULL)
		type = fields_find(f, "archiveprefix");
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
	const struct field *title = fields_find(f, "title");
	const struct field *sub = fields_find(f, "subtitle");
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

void
fields_add(struct json *paper, const struct fields *f)
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
		    strlen(f->v[i].name), b.p, b.len);
	}
	buf_free(&b);
}

void
fields_inherit(struct json *paper, const struct fields *f,
    const struct fields *parent)
{
	const struct field_map *m;
	const struct field *title;
	size_t i;

	/* the parent's booktitle, else its title, is where the child stands */
	if (json_get(paper, "venue") == NULL &&
	    fields_find(parent, "booktitle") == NULL &&
	    (title = fields_find(parent, "title")) != NULL)
		add_field(paper, title, "venue", TEXT);
	for (i = 0; i < parent->n; i++) {
		m = find_map(parent->v[i].name);
		if (m != NULL && m->inherited &&
		    fields_find(f, parent->v[i].name) == NULL)
			add_field(paper, &parent->v[i], m->member, m->reading);
	}
}

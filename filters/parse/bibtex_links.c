/* bibtex_links - links and identifiers of an entry of BibTeX */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/tex.h"
#include "parse/bibtex.h"
#include "parse/format.h"

/* The length of mathematics at s that stands for a tilde, or 0. */
static size_t
tilde_length(const char *s, const char *end)
{
	static const char *const tildes[] = { "{$\\sim$}", "$\\sim$" };
	size_t i, n;

	for (i = 0; i < 2; i++) {
		n = strlen(tildes[i]);
		if ((size_t)(end - s) >= n && memcmp(s, tildes[i], n) == 0)
			return n;
	}
	return 0;
}

void
link_add(struct json *paper, const char *s, size_t n)
{
	const char *end = s + n, *rest;
	struct buf b = { 0 };

	for (; s < end; s++) {
		if ((n = tilde_length(s, end)) > 0) {
			buf_addc(&b, '~');
			s += n - 1;
			continue;
		}
		if (!isspace((unsigned char)*s)) {
			buf_addc(&b, *s);
			continue;
		}
		for (rest = s; rest < end && isspace((unsigned char)*rest);
		    rest++)
			;
		if (b.len > 0 && (entry_is_url(rest) ||
		    strchr(";,", b.p[b.len - 1]) != NULL))
			break;
		if (b.len > 0 && (!entry_is_url(b.p) || memchr(s, '\n',
		    (size_t)(rest - s)) == NULL))
			buf_addc(&b, ' ');
		s = rest - 1;
	}
	while (b.len > 0 && strchr(";, ", b.p[b.len - 1]) != NULL)
		b.p[--b.len] = '\0';
	if (b.len > 0)
		entry_link(paper, b.p, b.len);
	buf_free(&b);
}

/* "arXiv preprint arXiv:1412.6980", "arXiv:1412.6980 [cs]", "abs/1412.6980" */
static void
find_arxiv(struct reader *r, const char *name)
{
	const struct field *f = fields_find(r->fields, name);
	const char *p;
	size_t n;

	if (f == NULL)
		return;
	for (p = f->value; (p = strcasestr(p, "arxiv:")) != NULL; ) {
		for (p += 6; *p == ' '; p++)
			;
		if ((n = identifier_arxiv(p, strlen(p), NULL)) > 0) {
			entry_text(r->paper, "arxiv", p, n);
			return;
		}
	}
	if (strncmp(f->value, "abs/", 4) == 0 &&
	    (n = identifier_arxiv(f->value + 4, f->len - 4, NULL)) > 0)
		entry_text(r->paper, "arxiv", f->value + 4, n);
}

/* Entries that are nowhere else, when they are on a server. */
static bool
is_loose(const char *type)
{
	static const char *const types[] = { "article", "electronic", "eprint",
	    "misc", "online", "preprint", "techreport", "report",
	    "unpublished" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
}

static bool
is_arxiv(const char *s, size_t n)
{
	struct identifier id;

	return identifier_arxiv(s, n, NULL) > 0 || (identifier_is(&id, s, n) &&
	    strcmp(id.registry, "arxiv") == 0);
}

static void
add_eprint(struct reader *r)
{
	const struct field *id = fields_find(r->fields, "eprint");
	const struct field *type = fields_find(r->fields, "eprinttype");
	const char *s;

	if (type == NULL)
		type = fields_find(r->fields, "archiveprefix");
	if (id == NULL) {
		if (type != NULL)
			reader_foreign(r, type);
		return;
	}
	reader_decode(r, id, TEX_TEXT);
	s = r->b.p;
	if (entry_is_url(s))
		link_add(r->paper, s, r->b.len);
	else if (type == NULL && !is_arxiv(s, r->b.len))
		reader_foreign(r, id);
	else if (type == NULL || strncasecmp(type->value, "arxiv", 5) == 0) {
		entry_text(r->paper, "arxiv", s, r->b.len);
		if (type != NULL && is_loose(r->entry->type))
			entry_str(r->paper, "venue", "arXiv");
	} else if (!entry_typed_id(r->paper, type->value, s, r->b.len)) {
		reader_foreign(r, id);
		reader_foreign(r, type);
	}
}

/* A field that may be nothing but a link is one where there is no other. */
static void
add_likely_link(struct reader *r, const char *name)
{
	const struct field *f = fields_find(r->fields, name);

	if (f == NULL)
		return;
	reader_decode(r, f, TEX_TEXT);
	if (entry_is_url(r->b.p) && strpbrk(r->b.p, " \t\n") == NULL &&
	    json_get(r->paper, "url") == NULL &&
	    json_get(r->paper, "pdf") == NULL)
		link_add(r->paper, r->b.p, r->b.len);
	else
		reader_foreign(r, f);
}

/* dblp names its records in the key, or in a link to this very entry. */
static void
add_dblp(struct reader *r)
{
	const struct field *link = fields_find(r->fields, "biburl");
	const char *s = r->entry->key, *end;
	size_t n = r->entry->keylen;

	if (n > 5 && strncasecmp(s, "DBLP:", 5) == 0) {
		entry_id(r->paper, "dblp", s + 5, n - 5);
		return;
	}
	if (link == NULL || strstr(link->value, "dblp") == NULL ||
	    (s = strstr(link->value, "/rec/")) == NULL)
		return;
	s += strncmp(s + 5, "bib/", 4) == 0 ? 9 : 5;
	end = strstr(s, ".bib");
	entry_id(r->paper, "dblp", s, end != NULL ?
	    (size_t)(end - s) : strlen(s));
}

void
links_add(struct reader *r)
{
	static const char *const loose[] = { "journal", "journaltitle",
	    "howpublished", "number", "note", "volume" };
	size_t i;

	add_eprint(r);
	add_likely_link(r, "howpublished");
	add_likely_link(r, "note");
	for (i = 0; i < sizeof(loose) / sizeof(loose[0]); i++)
		if (json_get(r->paper, "arxiv") == NULL)
			find_arxiv(r, loose[i]);
	add_dblp(r);
}

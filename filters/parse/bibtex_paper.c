/* bibtex_paper - a paper of an entry's fields */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "parse/bibtex.h"
#include "parse/format.h"

/* How the value of a field is read. */
enum reading {
	TEXT_VALUE, VERBATIM, RAW, NAMES, WORDS,
	LINK,				/* with a scheme, else it is dropped */
	ELSEWHERE,			/* not in the order of the rows */
	DROPPED				/* bulk, or a program's own affairs */
};

/*
 * Fields of ours under their BibTeX and BibLaTeX names.  Of several that are
 * one member the first one here counts.
 */
static const struct row {
	const char	*name;
	const char	*member;
	enum reading	 reading;
} rows[] = {
	{ "title", "title", ELSEWHERE },
	{ "subtitle", "title", ELSEWHERE },
	{ "author", "authors", NAMES },
	{ "editor", "editors", NAMES },
	{ "abstract", "abstract", RAW },
	{ "keywords", "keywords", WORDS },
	{ "keyword", "keywords", WORDS },
	{ "language", "language", TEXT_VALUE },
	{ "langid", "language", TEXT_VALUE },
	{ "booktitle", "venue", TEXT_VALUE },
	{ "journaltitle", "venue", TEXT_VALUE },
	{ "journal", "venue", TEXT_VALUE },
	{ "eventtitle", "venue", TEXT_VALUE },
	{ "year", "year", TEXT_VALUE },
	{ "date", "date", VERBATIM },
	{ "volume", "volume", TEXT_VALUE },
	{ "number", "number", TEXT_VALUE },
	{ "issue", "number", TEXT_VALUE },
	{ "pages", "pages", VERBATIM },
	{ "publisher", "publisher", TEXT_VALUE },
	{ "school", "publisher", TEXT_VALUE },
	{ "institution", "publisher", TEXT_VALUE },
	{ "organization", "publisher", TEXT_VALUE },
	{ "series", "series", TEXT_VALUE },
	{ "address", "address", TEXT_VALUE },
	{ "doi", "doi", VERBATIM },
	{ "isbn", "isbn", VERBATIM },
	{ "arxivid", "arxiv", VERBATIM },
	{ "arxiv", "arxiv", VERBATIM },
	{ "pmid", "ids.pmid", VERBATIM },
	{ "pubmedid", "ids.pmid", VERBATIM },
	{ "pmcid", "ids.pmcid", VERBATIM },
	{ "pmc", "ids.pmcid", VERBATIM },
	{ "openreview", "ids.openreview", VERBATIM },
	{ "url", "url", VERBATIM },
	{ "pdf", "pdf", LINK },
	{ "code", "code", LINK },
	{ "software", "code", LINK },
	{ "ee", "url", LINK },
	{ "uri", "url", LINK },
	{ "bdsk-url-1", "url", LINK },
	{ "adsurl", "url", LINK },
	/* names that mean something else with us */
	{ "type", "bibtex_type", TEXT_VALUE },
	{ "status", "bibtex_status", TEXT_VALUE },
	{ "venue", "bibtex_venue", TEXT_VALUE },
	{ "eprint", NULL, ELSEWHERE },
	{ "eprinttype", NULL, ELSEWHERE },
	{ "archiveprefix", NULL, ELSEWHERE },
	{ "howpublished", NULL, ELSEWHERE },
	{ "note", NULL, ELSEWHERE },
	{ "month", NULL, ELSEWHERE },
	{ "day", NULL, ELSEWHERE },
	{ "author+an:orcid", NULL, ELSEWHERE },
	{ "editor+an:orcid", NULL, ELSEWHERE },
	/* seen by others, or nothing behind the entry */
	{ "crossref", NULL, DROPPED }, { "xdata", NULL, DROPPED },
	{ "ids", NULL, DROPPED }, { "eprintclass", NULL, DROPPED },
	{ "primaryclass", NULL, DROPPED }, { "biburl", NULL, DROPPED },
	/* of typesetting */
	{ "execute", NULL, DROPPED }, { "indexsorttitle", NULL, DROPPED },
	{ "indextitle", NULL, DROPPED }, { "langidopts", NULL, DROPPED },
	{ "options", NULL, DROPPED }, { "presort", NULL, DROPPED },
	{ "sortkey", NULL, DROPPED }, { "sortname", NULL, DROPPED },
	{ "sortshorthand", NULL, DROPPED }, { "sorttitle", NULL, DROPPED },
	{ "sortyear", NULL, DROPPED },
	/* of reference managers: files of their users, marks, times */
	{ "__markedentry", NULL, DROPPED }, { "added-at", NULL, DROPPED },
	{ "adsnote", NULL, DROPPED }, { "bdsk-file-1", NULL, DROPPED },
	{ "bdsk-file-2", NULL, DROPPED }, { "bdsk-file-3", NULL, DROPPED },
	{ "bibsource", NULL, DROPPED }, { "cited-references", NULL, DROPPED },
	{ "creationdate", NULL, DROPPED }, { "date-added", NULL, DROPPED },
	{ "date-created", NULL, DROPPED }, { "date-modified", NULL, DROPPED },
	{ "dateadded", NULL, DROPPED }, { "datemodified", NULL, DROPPED },
	{ "file", NULL, DROPPED }, { "groups", NULL, DROPPED },
	{ "interhash", NULL, DROPPED }, { "intrahash", NULL, DROPPED },
	{ "local-url", NULL, DROPPED }, { "mendeley-groups", NULL, DROPPED },
	{ "modificationdate", NULL, DROPPED }, { "owner", NULL, DROPPED },
	{ "rating", NULL, DROPPED }, { "read", NULL, DROPPED },
	{ "timestamp", NULL, DROPPED }, { "urldate", NULL, DROPPED },
};
#define ROWS	(sizeof(rows) / sizeof(rows[0]))

static int
compare_rows(const void *a, const void *b)
{
	const struct row *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int
compare_name(const void *name, const void *row)
{
	return strcmp(name, (*(const struct row *const *)row)->name);
}

static const struct row *
find_row(const char *name)
{
	static const struct row *sorted[ROWS];
	const struct row **found;
	size_t i;

	if (sorted[0] == NULL) {
		for (i = 0; i < ROWS; i++)
			sorted[i] = &rows[i];
		qsort(sorted, ROWS, sizeof(*sorted), compare_rows);
	}
	found = bsearch(name, sorted, ROWS, sizeof(*sorted), compare_name);
	return found != NULL ? *found : NULL;
}

/* An entry on its way to a paper. */
struct reader {
	struct json		*paper;
	const struct entry	*entry;
	const struct fields	*fields;
	struct buf		 b;	/* of the value at hand */
};

static void
decode(struct reader *r, const struct field *f, enum tex_mode mode)
{
	buf_reset(&r->b);
	tex_decode(&r->b, f->value, f->len, mode);
}

static void
add_foreign(struct reader *r, const struct field *f)
{
	decode(r, f, TEX_TEXT);
	entry_foreign(r->paper, "bibtex", f->name, strlen(f->name), r->b.p,
	    r->b.len);
}

static bool
is_url(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 ||
	    strncasecmp(s, "https://", 8) == 0;
}

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

/* A link that may be broken by line ends; of several the first one. */
static void
add_url(struct json *paper, const char *s, size_t n)
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
		if (b.len > 0 && (is_url(rest) ||
		    strchr(";,", b.p[b.len - 1]) != NULL))
			break;
		if (b.len > 0 && (!is_url(b.p) || memchr(s, '\n',
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

static void
add_known(struct reader *r, const struct row *row, const struct field *f)
{
	const struct json *had = row->member == NULL ? NULL :
	    json_get(r->paper, row->member);

	switch (row->reading) {
	case ELSEWHERE:
	case DROPPED:
		return;
	case NAMES:
		names_add(r->paper, row->member, f->value, f->len);
		return;
	case RAW:
		entry_text(r->paper, row->member, f->value, f->len);
		return;
	case WORDS:
		decode(r, f, TEX_BIBTEX);
		entry_keywords(r->paper, r->b.p, r->b.len);
		return;
	case LINK:
		decode(r, f, TEX_TEXT);
		if (had != NULL || !is_url(r->b.p))
			return;
		if (strcmp(row->member, "url") == 0)
			add_url(r->paper, r->b.p, r->b.len);
		else
			entry_text(r->paper, row->member, r->b.p, r->b.len);
		return;
	case VERBATIM:
	case TEXT_VALUE:
		if (had != NULL && strcmp(row->member, f->name) != 0) {
			add_foreign(r, f);
			return;
		}
		decode(r, f, row->reading == VERBATIM ? TEX_TEXT : TEX_BIBTEX);
		if (strcmp(row->member, "url") == 0)
			add_url(r->paper, r->b.p, r->b.len);
		else
			entry_member(r->paper, "bibtex", row->member, r->b.p,
			    r->b.len);
	}
}

/* An entry's title and subtitle are one title. */
static void
add_title(struct reader *r)
{
	static const char *const wholes[] = { "proceedings", "book",
	    "collection" };
	const struct field *title = fields_find(r->fields, "title");
	const struct field *sub = fields_find(r->fields, "subtitle");
	struct buf b = { 0 };
	size_t i;

	/* as PMLR has them */
	for (i = 0; i < sizeof(wholes) / sizeof(wholes[0]); i++)
		if (title == NULL && strcmp(r->entry->type, wholes[i]) == 0)
			title = fields_find(r->fields, "booktitle");
	if (title == NULL)
		return;
	decode(r, title, TEX_BIBTEX);
	buf_add(&b, r->b.p, r->b.len);
	while (b.len > 0 && isspace((unsigned char)b.p[b.len - 1]))
		b.p[--b.len] = '\0';
	if (sub != NULL && sub->len > 0) {
		decode(r, sub, TEX_BIBTEX);
		if (b.len > 0)
			buf_adds(&b, strchr(":?!.", b.p[b.len - 1]) != NULL ?
			    " " : ": ");
		buf_add(&b, r->b.p, r->b.len);
	}
	if (b.len > 0)
		entry_text(r->paper, "title", b.p, b.len);
	buf_free(&b);
}

/*
 * The length of the identifier of arXiv with which s begins, "1706.03762v5" or
 * "hep-th/9901001", or 0.
 */
static size_t
arxiv_length(const char *s)
{
	size_t n = strspn(s, "0123456789"), m;

	if (n == 4 && s[4] == '.') {
		n = 5 + strspn(s + 5, "0123456789");
		if (n != 9 && n != 10)
			return 0;
	} else {
		for (n = 0; isalpha((unsigned char)s[n]) || s[n] == '-' ||
		    s[n] == '.'; n++)
			;
		if (n == 0 || s[n] != '/' ||
		    strspn(s + n + 1, "0123456789") != 7)
			return 0;
		n += 8;
	}
	if (s[n] == 'v' && (m = strspn(s + n + 1, "0123456789")) > 0)
		n += m + 1;
	return n;
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
		if ((n = arxiv_length(p)) > 0) {
			entry_text(r->paper, "arxiv", p, n);
			return;
		}
	}
	if (strncmp(f->value, "abs/", 4) == 0 &&
	    (n = arxiv_length(f->value + 4)) > 0)
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
			add_foreign(r, type);
		return;
	}
	decode(r, id, TEX_TEXT);
	s = r->b.p;
	if (is_url(s))
		add_url(r->paper, s, r->b.len);
	else if (type == NULL && arxiv_length(strncasecmp(s, "arxiv:", 6) == 0 ?
	    s + 6 : s) == 0)
		add_foreign(r, id);
	else if (type == NULL || strncasecmp(type->value, "arxiv", 5) == 0) {
		entry_text(r->paper, "arxiv", s, r->b.len);
		if (type != NULL && is_loose(r->entry->type))
			entry_str(r->paper, "venue", "arXiv");
	} else if (strcasecmp(type->value, "pubmed") == 0)
		entry_member(r->paper, "bibtex", "ids.pmid", s, r->b.len);
	else if (strcasecmp(type->value, "pmc") == 0)
		entry_member(r->paper, "bibtex", "ids.pmcid", s, r->b.len);
	else {
		add_foreign(r, id);
		add_foreign(r, type);
	}
}

/* A field that may be nothing but a link is one where there is no other. */
static void
add_likely_link(struct reader *r, const char *name)
{
	const struct field *f = fields_find(r->fields, name);

	if (f == NULL)
		return;
	decode(r, f, TEX_TEXT);
	if (is_url(r->b.p) && strpbrk(r->b.p, " \t\n") == NULL &&
	    json_get(r->paper, "url") == NULL &&
	    json_get(r->paper, "pdf") == NULL)
		add_url(r->paper, r->b.p, r->b.len);
	else
		add_foreign(r, f);
}

/* dblp names its records in the key, or in a link to this very entry. */
static void
add_dblp(struct reader *r)
{
	const struct field *link = fields_find(r->fields, "biburl");
	const char *s = r->entry->key, *end;
	size_t n = r->entry->keylen;

	if (n > 5 && strncasecmp(s, "DBLP:", 5) == 0) {
		entry_member(r->paper, "bibtex", "ids.dblp", s + 5, n - 5);
		return;
	}
	if (link == NULL || strstr(link->value, "dblp") == NULL ||
	    (s = strstr(link->value, "/rec/")) == NULL)
		return;
	s += strncmp(s + 5, "bib/", 4) == 0 ? 9 : 5;
	end = strstr(s, ".bib");
	entry_member(r->paper, "bibtex", "ids.dblp", s, end != NULL ?
	    (size_t)(end - s) : strlen(s));
}

static void
add_orcids(struct reader *r, const char *name, const char *member)
{
	const struct field *f = fields_find(r->fields, name);

	if (f != NULL)
		names_annotate(r->paper, member, "orcid", f->value, f->len);
}

/* The rows in their order; of an article its journal is first. */
static void
add_rows(struct reader *r, const struct field *const *of)
{
	bool article = strcmp(r->entry->type, "article") == 0;
	size_t i;

	for (i = 0; article && i < ROWS; i++)
		if (of[i] != NULL && strncmp(rows[i].name, "journal", 7) == 0)
			add_known(r, &rows[i], of[i]);
	for (i = 0; i < ROWS; i++)
		if (of[i] != NULL && !(article &&
		    strncmp(rows[i].name, "journal", 7) == 0))
			add_known(r, &rows[i], of[i]);
}

void
fields_add(struct json *paper, const struct entry *e, const struct fields *f)
{
	static const char *const loose[] = { "journal", "journaltitle",
	    "howpublished", "number", "note", "volume" };
	struct reader r = { paper, e, f, { 0 } };
	const struct field *of[ROWS] = { NULL };
	const struct row *row;
	size_t i;
	bool dated;

	entry_str(paper, "type", e->type);
	add_title(&r);
	for (i = 0; i < f->n; i++) {
		row = find_row(f->v[i].name);
		if (row == NULL)
			add_foreign(&r, &f->v[i]);
		else if (of[row - rows] == NULL)
			of[row - rows] = &f->v[i];
		else
			add_known(&r, row, &f->v[i]);
	}
	add_rows(&r, of);
	add_eprint(&r);
	add_likely_link(&r, "howpublished");
	add_likely_link(&r, "note");
	for (i = 0; i < sizeof(loose) / sizeof(loose[0]); i++)
		if (json_get(paper, "arxiv") == NULL)
			find_arxiv(&r, loose[i]);
	add_dblp(&r);
	add_orcids(&r, "author+an:orcid", "authors");
	add_orcids(&r, "editor+an:orcid", "editors");
	dated = date_add(paper, f);
	for (i = 0; i < f->n; i++)
		if (!dated && (strcmp(f->v[i].name, "month") == 0 ||
		    strcmp(f->v[i].name, "day") == 0))
			add_foreign(&r, &f->v[i]);
	buf_free(&r.b);
}

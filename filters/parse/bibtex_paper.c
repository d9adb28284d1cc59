/* bibtex_paper - a paper of an entry's fields */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "parse/bibtex.h"
#include "parse/format.h"

#define BRACES	8		/* pairs around a text that are syntax */

/* How the value of a field is read. */
enum reading {
	TEXT_VALUE, VERBATIM, RAW, NAMES, WORDS,
	KNOWN,				/* an identifier that shows that it is one */
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
	{ "author_keywords", "keywords", WORDS },
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
	{ "unique-id", NULL, KNOWN },
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

/* Whether one pair of braces is around all of a text. */
static bool
is_braced(const char *s, size_t n)
{
	const char *last = s + n - 1;
	int depth = 0;

	if (n < 2 || *s != '{' || *last != '}')
		return false;
	for (; s < last; s++) {
		depth += (*s == '{') - (*s == '}');
		if (depth == 0)
			return false;
	}
	return depth == 1;
}

bool
braces_off(const char **s, size_t *n)
{
	int pairs;

	/* each is looked for from end to end: hostile texts have thousands */
	for (pairs = 0; pairs < BRACES && is_braced(*s, *n); pairs++) {
		*s += 1;
		*n -= 2;
		text_trim(s, n);
	}
	return pairs > 0;
}

void
reader_decode(struct reader *r, const struct field *f, enum tex_mode mode)
{
	const char *s = f->value;
	size_t n = f->len;

	braces_off(&s, &n);
	buf_reset(&r->b);
	tex_decode(&r->b, s, n, mode);
}

void
reader_foreign(struct reader *r, const struct field *f)
{
	reader_decode(r, f, TEX_TEXT);
	entry_foreign(r->paper, "bibtex", f->name, strlen(f->name), r->b.p,
	    r->b.len);
}

static void
add_known(struct reader *r, const struct row *row, const struct field *f)
{
	const struct json *had = row->member == NULL ? NULL :
	    json_get(r->paper, row->member);
	const char *s = f->value;
	size_t n = f->len;

	switch (row->reading) {
	case ELSEWHERE:
	case DROPPED:
		return;
	case NAMES:
		names_add(r->paper, row->member, f->value, f->len);
		return;
	case RAW:
		braces_off(&s, &n);
		entry_text(r->paper, row->member, s, n);
		return;
	case WORDS:
		reader_decode(r, f, TEX_BIBTEX);
		entry_keywords(r->paper, r->b.p, r->b.len);
		return;
	case KNOWN:
		reader_decode(r, f, TEX_TEXT);
		if (!entry_known_id(r->paper, r->b.p, r->b.len))
			reader_foreign(r, f);
		return;
	case LINK:
		reader_decode(r, f, TEX_TEXT);
		if (had != NULL || !entry_is_url(r->b.p))
			return;
		if (strcmp(row->member, "url") == 0)
			link_add(r->paper, r->b.p, r->b.len);
		else
			entry_text(r->paper, row->member, r->b.p, r->b.len);
		return;
	case VERBATIM:
	case TEXT_VALUE:
		if (had != NULL && strcmp(row->member, f->name) != 0) {
			reader_foreign(r, f);
			return;
		}
		reader_decode(r, f, row->reading == VERBATIM ? TEX_TEXT : TEX_BIBTEX);
		if (strcmp(row->member, "url") == 0)
			link_add(r->paper, r->b.p, r->b.len);
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
	reader_decode(r, title, TEX_BIBTEX);
	buf_add(&b, r->b.p, r->b.len);
	while (b.len > 0 && isspace((unsigned char)b.p[b.len - 1]))
		b.p[--b.len] = '\0';
	if (sub != NULL && sub->len > 0) {
		reader_decode(r, sub, TEX_BIBTEX);
		if (b.len > 0)
			buf_adds(&b, strchr(":?!.", b.p[b.len - 1]) != NULL ?
			    " " : ": ");
		buf_add(&b, r->b.p, r->b.len);
	}
	if (b.len > 0)
		entry_text(r->paper, "title", b.p, b.len);
	buf_free(&b);
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
			reader_foreign(&r, &f->v[i]);
		else if (of[row - rows] == NULL)
			of[row - rows] = &f->v[i];
		else
			add_known(&r, row, &f->v[i]);
	}
	add_rows(&r, of);
	links_add(&r);
	add_orcids(&r, "author+an:orcid", "authors");
	add_orcids(&r, "editor+an:orcid", "editors");
	dated = date_add(paper, f);
	for (i = 0; i < f->n; i++)
		if (!dated && (strcmp(f->v[i].name, "month") == 0 ||
		    strcmp(f->v[i].name, "day") == 0))
			reader_foreign(&r, &f->v[i]);
	buf_free(&r.b);
}

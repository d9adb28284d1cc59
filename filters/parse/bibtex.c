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
#include "lib/utf8.h"
#include "parse/bibtex.h"
#include "parse/format.h"
#include "parse/sniff.h"

struct bib {
	struct document	*doc;
	struct input	*in;
	struct dict	*strings;
	struct spill	*spill;		/* entries that wait, and their parents */
	struct wait {
		uint64_t	 at;	/* in the spill */
		size_t		 len;
		uint64_t	 place, line;
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
	ok = entry_open(&e, b.p, b.len) && entry_fields(&e, bib->strings, f);
	buf_free(&b);
	return ok && f->n > 0;
}

/* Make the paper of an entry whose parent, if any, can be looked up. */
static void
make_paper(struct bib *bib, struct entry *e, const struct fields *f,
    struct json *paper)
{
	const struct field *ref = fields_find(f, "crossref");
	static struct fields parent;

	entry_str(paper, "type", e->type);
	fields_add(paper, f);
	if (ref != NULL && read_parent(bib, ref->value, ref->len, &parent))
		fields_inherit(paper, f, &parent);
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

	arena_reset(entry_arena());
	entry_fields(e, bib->strings, &f);
	for (i = 0; i < f.n; i++)
		dict_put(bib->strings, f.v[i].name, strlen(f.v[i].name),
		    f.v[i].value);
}

/* The paper or the reject of an entry. */
static void
finish_entry(struct bib *bib, struct entry *e, bool has_key, const char *text,
    size_t len, uint64_t place, uint64_t line)
{
	static struct fields f;
	struct json *paper;

	paper = entry_begin_at(bib->doc, place, line, text, len);
	if (!has_key)
		filter_reject(REJECT_BAD_BIBTEX, NULL, NULL, 0,
		    "a brace where the key should be");
	else if (!entry_fields(e, bib->strings, &f))
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
	uint64_t place = document_place(bib->doc, bib->in->offset);
	uint64_t line = bib->in->line;
	const char *s = input_head(bib->in);
	struct entry e;
	bool has_key;

	if (!utf8_valid(s, n)) {
		entry_begin_at(bib->doc, place, line, s, n);
		entry_not_text(bib->doc);
		return;
	}
	has_key = entry_open(&e, s, n);
	if (strcmp(e.type, "comment") == 0 || strcmp(e.type, "preamble") == 0)
		return;
	if (strcmp(e.type, "string") == 0) {
		entry_at(bib->doc, bib->in->offset, line, s, n);
		define_strings(bib, &e);
		return;
	}
	if (has_key)
		keep_parent(bib, &e, s, n);
	if (has_key && has_crossref(s, n)) {
		grow(&bib->waiting, &bib->waitcap, bib->nwaiting + 1,
		    sizeof(*bib->waiting));
		bib->waiting[bib->nwaiting++] = (struct wait){
		    spill_add(bib->spill, s, n), n, place, line };
		return;
	}
	finish_entry(bib, &e, has_key, s, n, place, line);
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
		entry_open(&e, b.p, b.len);
		finish_entry(bib, &e, true, b.p, b.len, w->place, w->line);
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
find_entry(struct input *in, bool line_start, bool *text)
{
	bool at_start = true;
	const char *p, *at, *q;
	size_t have, n;

	while ((have = input_fill(in, 1)) > 0) {
		p = input_head(in);
		at = memchr(p, '@', have);
		if (at == NULL || at > p) {
			n = at == NULL ? have : (size_t)(at - p);
			for (q = p; !*text && q < p + n; q++)
				*text = !isspace((unsigned char)*q);
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
	bool line_start = false, text = false, entries = false;
	uint64_t place, line = in->line;
	size_t n, i;

	if (!document_text(doc, in))
		return;
	place = document_place(doc, in->offset);
	bib.strings = dict_new();
	bib.parents = dict_new();
	bib.spill = spill_new(filter_tmpdir());
	for (i = 0; i < sizeof(months) / sizeof(months[0]); i++)
		dict_put(bib.strings, months[i], 3, months[i]);
	while ((n = find_entry(in, line_start, &text)) > 0) {
		entries = true;
		n = is_known_open(&bib) ? 0 : measure(&bib, n);
		line_start = n == 0;
		if (n > 0)
			take_entry(&bib, n);
		else
			refuse_open(&bib);
		input_skip(in, n > 0 ? n : 1);
	}
	take_waiting(&bib);
	if (text && !entries && in->error == NULL) {
		entry_begin_at(doc, place, line, NULL, 0);
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "no entry of BibTeX");
	}
	dict_free(bib.strings);
	dict_free(bib.parents);
	spill_free(bib.spill);
	free(bib.waiting);
	free(bib.open);
}

/* Whether an entry begins at p, the place of an @. */
static bool
is_entry(const char *text, const char *p)
{
	if (p > text && strchr(" \t\r\n}", p[-1]) == NULL)
		return false;
	for (text = ++p; isalpha((unsigned char)*p); p++)
		;
	return p > text && p[strspn(p, " \t")] == '{';
}

const char *
sniff_bibtex(const struct sniff *s)
{
	const char *p;

	if (s->paths != NULL || *s->header == '<')
		return NULL;
	for (p = s->text; (p = strchr(p, '@')) != NULL; p++)
		if (is_entry(s->text, p))
			return "it has an entry of BibTeX";
	return NULL;
}

/* bibtex - BibTeX and BibLaTeX */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/encoding.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/utf8.h"
#include "parse/bibtex.h"
#include "parse/format.h"

#define SHOWN	4096		/* bytes of an entry that a reject shows */

struct bib {
	struct document	*doc;
	struct bib_scan	 scan;
	struct macros	*macros;
	struct parents	*parents;
	struct spill	*spill;		/* entries that wait */
	uint64_t	 waiting;	/* bytes of them */
};

/* Where an entry is; also what is in front of the text of one that waits. */
struct wait {
	uint64_t	 offset;	/* in the text */
	uint64_t	 place;		/* in the document */
	uint64_t	 line;
	uint64_t	 number;	/* of the entry */
	size_t		 n;
	bool		 torn;		/* fields stand behind it */
};

static void
define_macros(struct bib *bib, struct entry *e, const char *s, size_t n,
    uint64_t line)
{
	static struct fields f;
	size_t i;

	arena_reset(entry_arena());
	entry_at(bib->doc, e->offset, line, s, n);
	if (!entry_fields(e, bib->macros, &f))
		entry_refuse(bib->doc, e->offset, line, s, n, e->body.too_long ?
		    REJECT_TOO_LONG : REJECT_BAD_BIBTEX, e->body.error);
	else
		for (i = 0; i < f.n; i++)
			if (!macros_define(bib->macros, f.v[i].name,
			    strlen(f.v[i].name), f.v[i].value, f.v[i].len,
			    e->offset)) {
				entry_refuse(bib->doc, e->offset, line, s, n,
				    REJECT_TOO_LONG, "more @strings than are "
				    "kept");
				break;
			}
}

/* The paper or the reject of an entry. */
static void
finish_entry(struct bib *bib, struct entry *e, bool has_key, const char *s,
    const struct wait *w)
{
	static struct fields f;
	struct json *paper = entry_begin_at(bib->doc, w->place, w->line, s,
	    w->n);

	if (!has_key)
		filter_reject(REJECT_BAD_BIBTEX, NULL, NULL, 0,
		    "a brace where the key should be");
	else if (!entry_fields(e, bib->macros, &f))
		filter_reject(e->body.too_long ? REJECT_TOO_LONG :
		    REJECT_BAD_BIBTEX, NULL, NULL, 0, "%s", e->body.error);
	else if (!parents_resolve(bib->parents, bib->macros, e, &f))
		filter_reject(REJECT_TOO_LONG, NULL, NULL, 0,
		    "crossrefs that make too much of it");
	else {
		if (w->torn)
			filter_note(REJECT_DROPPED_VALUE, NULL, NULL, 0,
			    "fields behind a brace that ends the entry");
		fields_add(paper, e, &f);
		entry_emit(bib->doc, paper, e->key, e->keylen);
	}
}

/* For what it refers to may stand behind it. */
static void
let_wait(struct bib *bib, const char *s, struct wait *w)
{
	w->number = ++bib->doc->entries;
	if (bib->spill == NULL)
		bib->spill = spill_new(filter_tmpdir());
	spill_add(bib->spill, w, sizeof(*w));
	spill_add(bib->spill, s, w->n);
	bib->waiting += sizeof(*w) + w->n;
}

/*
 * A whole entry of n bytes at the head of the input: a macro, a paper, a
 * reject.
 */
static void
take_entry(struct bib *bib, size_t n)
{
	struct input *in = bib->scan.in;
	struct wait w = { .offset = in->offset, .line = in->line, .n = n,
	    .place = document_place(bib->doc, in->offset),
	    .torn = bib_is_torn(&bib->scan, n) };
	const char *s = input_head(in);
	struct entry e;
	bool has_key = entry_open(&e, s, n, in->offset);

	if (strcmp(e.type, "comment") == 0 || strcmp(e.type, "preamble") == 0)
		return;
	if (!utf8_valid(s, n)) {
		entry_begin_at(bib->doc, w.place, w.line, s, n);
		entry_not_text(bib->doc);
		return;
	}
	if (strcmp(e.type, "string") == 0) {
		define_macros(bib, &e, s, n, w.line);
		return;
	}
	if (has_key)
		parents_add(bib->parents, &e, s, n, bib->doc->entries == 0);
	if (strcmp(e.type, "xdata") == 0)
		filter_passed("entries of type xdata");
	else if (strcmp(e.type, "set") == 0 && entry_may_have(s, n, "entryset"))
		filter_passed("entries of type set");
	else if (has_key && (entry_may_have(s, n, "crossref") ||
	    entry_may_have(s, n, "xdata")))
		let_wait(bib, s, &w);
	else
		finish_entry(bib, &e, has_key, s, &w);
}

static void
take_waiting(struct bib *bib)
{
	uint64_t entries = bib->doc->entries, at = 0;
	struct buf b = { 0 };
	struct entry e;
	struct wait w;

	while (at < bib->waiting) {
		spill_get(bib->spill, at, sizeof(w), &b);
		memcpy(&w, b.p, sizeof(w));
		spill_get(bib->spill, at + sizeof(w), w.n, &b);
		entry_open(&e, b.p, b.len, w.offset);
		bib->doc->entries = w.number - 1;
		finish_entry(bib, &e, true, b.p, &w);
		at += sizeof(w) + w.n;
	}
	bib->doc->entries = entries;
	buf_free(&b);
}

static void
refuse_open(struct bib *bib, size_t n)
{
	struct input *in = bib->scan.in;

	entry_refuse(bib->doc, in->offset, in->line, input_head(in),
	    n < SHOWN ? n : SHOWN, REJECT_OPEN_ENTRY,
	    "an entry that never closes");
}

/*
 * The name of the encoding in the first lines, "% Encoding: Cp1252" as JabRef
 * writes it and "-*- coding: latin-1 -*-" as Emacs reads it, if there is one
 * of this name and it is not the one that is meant without.
 */
static bool
find_encoding(struct input *in, char *name, size_t size)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:";
	size_t have = input_fill(in, SHOWN), n;
	struct encoding *encoding;
	struct buf b = { 0 };
	const char *p;

	buf_reset(&b);
	buf_add(&b, input_head(in), have < SHOWN ? have : SHOWN);
	if ((p = strchr(b.p, '@')) != NULL)
		b.p[p - b.p] = '\0';
	if ((p = strstr(b.p, "Encoding:")) != NULL)
		p += strlen("Encoding:");
	else if ((p = strstr(b.p, "-*-")) != NULL &&
	    (p = strstr(p, "coding:")) != NULL)
		p += strlen("coding:");
	n = p != NULL ? strspn(p += strspn(p, " "), letters) : 0;
	if (n >= size)
		n = 0;
	memcpy(name, p != NULL ? p : "", n);
	name[n] = '\0';
	buf_free(&b);
	/* Java's ISO8859_1 */
	for (; n > 0; n--)
		if (name[n - 1] == '_')
			name[n - 1] = '-';
	if (*name == '\0' || strncasecmp(name, "utf", 3) == 0 ||
	    strcasecmp(name, "US-ASCII") == 0 ||
	    (encoding = encoding_new(name)) == NULL)
		return false;
	encoding_free(encoding);
	return true;
}

static void
read_entries(struct bib *bib)
{
	struct bib_scan *scan = &bib->scan;
	struct input *in = scan->in;
	uint64_t place = document_place(bib->doc, in->offset), line = in->line;
	size_t n, len, behind;
	bool entries = false;

	while ((n = bib_next(scan)) > 0) {
		entries = true;
		len = bib_measure(scan, n, &behind);
		if (len > 0)
			take_entry(bib, len);
		else
			refuse_open(bib, behind);
		bib_skip(scan, len > 0 ? len : behind);
	}
	take_waiting(bib);
	if (scan->text && !entries && in->error == NULL) {
		entry_begin_at(bib->doc, place, line, NULL, 0);
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "no entry of BibTeX");
	}
}

void
parse_bibtex(struct document *doc, struct input *in)
{
	struct bib bib = { .doc = doc };
	const char *given = doc->encoding;
	char encoding[64];

	if (given == NULL && find_encoding(in, encoding, sizeof(encoding)))
		doc->encoding = encoding;
	if (document_text(doc, in)) {
		bib.macros = macros_new();
		bib.parents = parents_new();
		bib_begin(&bib.scan, in);
		read_entries(&bib);
		spill_free(bib.spill);
		parents_free(bib.parents);
		macros_free(bib.macros);
	}
	doc->encoding = given;
}

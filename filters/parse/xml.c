/* xml - an XML document as tags and texts, its records mended or rejected */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/xml_parts.h"

#define SNIFF	1024		/* bytes in which the declaration stands */

/* The window */

void
xml_drop(struct xml *x)
{
	input_skip(x->in, x->at);
	x->next = x->next > x->at ? x->next - x->at : 0;
	x->at = 0;
}

bool
xml_fill(struct xml *x)
{
	size_t had;

	if (x->kept == 0)
		xml_drop(x);
	had = x->in->tail - x->in->head;
	x->ended = input_fill(x->in, had + 1) == had;
	return !x->ended;
}

/* Entries */

void
xml_keep(struct xml *x)
{
	xml_drop(x);
	x->kept = x->depth;
}

struct json *
xml_begin_entry(struct xml *x)
{
	x->begun = true;
	return entry_begin(x->doc, x->in->offset, x->in->line, NULL, 0);
}

static void
forget_defects(struct xml *x)
{
	size_t d;

	for (d = 0; d < XML_DEFECTS; d++)
		x->defect[d].n = 0;
	x->mended = false;
	x->entity[0] = '\0';
}

void
xml_release(struct xml *x)
{
	x->kept = 0;
	x->begun = false;
	x->damaged = false;
	forget_defects(x);
}

static void
note_defects(struct xml *x)
{
	static const char *const what[XML_DEFECTS] = {
		"an & that begins no reference is taken as itself",
		"an entity that is not declared is left as it is written",
		"a character that XML does not allow is replaced",
		"a byte that is not UTF-8 is taken as ISO-8859-1 or replaced",
		"an attribute that is there again is left out",
	};
	size_t d;

	for (d = 0; d < XML_DEFECTS; d++)
		if (x->defect[d].n == 1)
			filter_note(REJECT_MENDED, NULL, x->defect[d].got,
			    x->defect[d].len, "%s", what[d]);
		else if (x->defect[d].n > 1)
			filter_note(REJECT_MENDED, NULL, x->defect[d].got,
			    x->defect[d].len, "%s, %zu times", what[d],
			    x->defect[d].n);
}

void
xml_note_mended(struct xml *x)
{
	if (!x->mended)
		return;
	entry_at(x->doc, x->in->offset, x->in->line, NULL, 0);
	note_defects(x);
	forget_defects(x);
}

void
xml_show_input(struct xml *x)
{
	entry_input(input_head(x->in), x->next);
}

bool
xml_end_entry(struct xml *x)
{
	xml_show_input(x);
	if (x->entity[0] != '\0') {
		filter_reject(REJECT_BAD_ENTITY, NULL, x->entity,
		    strlen(x->entity), "&%s; is declared by the document",
		    x->entity);
		return false;
	}
	if (x->mended)
		note_defects(x);
	return true;
}

const char *
xml_attribute(const struct xml_tag *tag, const char *name, size_t *len)
{
	size_t i, n = strlen(name);

	for (i = 0; i < tag->nattr; i++)
		if (tag->attr[i].namelen == n &&
		    memcmp(tag->attr[i].name, name, n) == 0) {
			*len = tag->attr[i].len;
			return tag->attr[i].value;
		}
	*len = 0;
	return "";
}

/* Reading */

static void
begin(struct xml *x)
{
	x->max = filter_max_record();
	buf_reset(&x->error);
	buf_reset(&x->names);
	buf_reset(&x->declared);
	grow(&x->attr, &x->attrcap, 1, sizeof(*x->attr));
}

static void
end(struct xml *x)
{
	buf_free(&x->names);
	buf_free(&x->values);
	buf_free(&x->declared);
	buf_free(&x->error);
	free(x->attr);
}

/* At the end of the data: whether all is well, else why not. */
static bool
is_whole(struct xml *x)
{
	if (x->kept == 0 && (x->depth == 0 || x->damaged ||
	    x->in->error != NULL))
		return true;
	xml_bad(x, REJECT_CUT_SHORT, "the document ends inside <%s>",
	    x->names.p + x->name[x->depth - 1]);
	return false;
}

/* The token at p, or as much of it as can be told. */
static enum xml_token
read_token(struct xml *x, const char *p, const char *end)
{
	enum xml_token got = *p == '<' ? xml_markup(x, p, end) :
	    xml_text(x, p, end);

	if (got != XML_MORE)
		return got;
	if (x->ended)
		return xml_bad(x, REJECT_CUT_SHORT,
		    "the document ends inside a tag");
	if (x->kept == 0)
		xml_drop(x);
	if (x->in->tail - x->in->head > x->max)
		return xml_bad(x, REJECT_TOO_LONG,
		    "over the limit of a record");
	xml_fill(x);
	return XML_MORE;
}

static void
read_all(struct xml *x)
{
	const char *p, *end;
	enum xml_token got;

	for (;;) {
		p = input_head(x->in) + x->at;
		end = x->in->window + x->in->tail;
		if (p == end && xml_fill(x))
			continue;
		if (p == end && is_whole(x))
			return;
		got = p == end ? XML_BAD : read_token(x, p, end);
		if (got == XML_BAD && !xml_recover(x))
			return;
		if (got != XML_DONE)
			continue;
		/* outside of all entries it has a place of its own */
		if (x->mended && x->kept == 0) {
			xml_drop(x);
			xml_note_mended(x);
		}
		x->at = x->next;
		if (x->kept == 0 && x->at > XML_DROPPED)
			xml_drop(x);
	}
}

/* The encoding that the XML declaration names, in *name; false: none. */
static bool
declared_encoding(struct xml *x, struct buf *name)
{
	size_t n = input_fill(x->in, SNIFF);
	const char *p = input_head(x->in), *end, *e;

	n = n < SNIFF ? n : SNIFF;
	if (n <= 5 || memcmp(p, "<?xml", 5) != 0 ||
	    (end = memmem(p, n, "?>", 2)) == NULL ||
	    (e = memmem(p, (size_t)(end - p), "encoding", 8)) == NULL)
		return false;
	e += 8 + strspn(e + 8, " \t\r\n=\"'");
	buf_reset(name);
	buf_add(name, e, strcspn(e, " \t\r\n\"'?"));
	return name->len > 0;
}

/*
 * The declaration was read as ASCII: it is none of what is said to have more
 * bytes, and UTF-8 has all of it.
 */
static bool
is_of_ascii(const char *encoding)
{
	static const char *const not[] = { "UTF-16", "UTF16", "UTF-32", "UTF32",
	    "UCS-2", "UCS2", "UCS-4", "UCS4", "ISO-10646-UCS", "US-ASCII",
	    "ASCII", "ISO646-US" };
	size_t i;

	for (i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (strncasecmp(encoding, not[i], strlen(not[i])) == 0)
			return false;
	return true;
}

/* Read it as text in the encoding that it has. */
static bool
open_text(struct xml *x)
{
	const char *given = x->doc->encoding;
	struct buf name = { 0 };
	bool known;

	if (given == NULL && declared_encoding(x, &name) &&
	    is_of_ascii(name.p))
		x->doc->encoding = name.p;
	known = document_text(x->doc, x->in);
	x->doc->encoding = given;
	buf_free(&name);
	return known;
}

void
xml_read(struct xml *x)
{
	uint64_t before = x->doc->entries, place;
	bool some;

	if (!open_text(x))
		return;
	some = input_fill(x->in, 1) > 0;
	place = document_place(x->doc, x->in->offset);
	begin(x);
	read_all(x);
	end(x);
	if (some && x->doc->entries == before && !x->known_root) {
		entry_begin_at(x->doc, place, 1, NULL, 0);
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "its root is none of this format");
	}
}

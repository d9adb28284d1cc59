/* xml - an XML document as tags and texts, its records mended or rejected */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/xml_parts.h"

#define SNIFF	1024		/* bytes in which the declaration stands */
#define SHOWN	4096		/* bytes of an entry whose end is not found */
#define NAME	64		/* bytes of a name at which reading resumes */
#define DROPPED	(64 * 1024)	/* bytes, when there is nothing to keep */

/* The window */

/* Forget what is in front of the token at hand. */
static void
drop(struct xml *x)
{
	input_skip(x->in, x->at);
	x->next = x->next > x->at ? x->next - x->at : 0;
	x->at = 0;
}

/* Have more bytes at hand; false: there are none. */
static bool
fill(struct xml *x)
{
	size_t had;

	if (x->kept == 0)
		drop(x);
	had = x->in->tail - x->in->head;
	x->ended = input_fill(x->in, had + 1) == had;
	return !x->ended;
}

/* Entries */

void
xml_keep(struct xml *x)
{
	drop(x);
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

/* What is not well-formed */

static void
set_error(struct xml *x, enum reject_code code, const char *fmt, va_list ap)
{
	x->code = code;
	buf_reset(&x->error);
	buf_vaddf(&x->error, fmt, ap);
}

enum xml_token
xml_bad(struct xml *x, enum reject_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_error(x, code, fmt, ap);
	va_end(ap);
	return XML_BAD;
}

void
xml_fail(struct xml *x, enum reject_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_error(x, code, fmt, ap);
	va_end(ap);
}

bool
xml_is_too_long(struct xml *x)
{
	if (x->next - (x->kept > 0 ? 0 : x->at) <= x->max)
		return false;
	xml_bad(x, REJECT_TOO_LONG, "over the limit of a record");
	return true;
}

/* The text of what is not well-formed, to the end of its element or tag. */
static void
show(struct xml *x)
{
	/* what is shown must not depend on what was read at a time */
	size_t n = input_fill(x->in, SHOWN);
	const char *p = input_head(x->in), *name = p + 1, *end;
	struct buf tag = { 0 };

	n = n < SHOWN ? n : SHOWN;
	if (n > 0)
		buf_addf(&tag, "</%.*s>", (int)(xml_name(name, p + n) - name),
		    name);
	end = tag.len > 3 ? memmem(p, n, tag.p, tag.len) : NULL;
	if (end != NULL)
		n = (size_t)(end - p) + tag.len;
	else if (x->kept == 0 && (end = memchr(p, '>', n)) != NULL)
		n = (size_t)(end - p) + 1;
	entry_input(p, n);
	buf_free(&tag);
}

/* Whether to go on at the tag at p. */
static bool
resumes(struct xml *x, const char *p, const char *end)
{
	bool ends = p + 1 < end && p[1] == '/';
	const char *name = p + 1 + ends, *name_end, *colon;
	char local[NAME + 1];
	size_t depth, n;

	if (end - name > NAME + 1)
		end = name + NAME + 1;
	name_end = xml_name(name, end);
	if (name_end == name || name_end == end ||
	    strchr(" \t\r\n/>", *name_end) == NULL)
		return false;
	depth = xml_open_depth(x, name, name_end);
	if (ends)
		return depth > 0;
	if (depth > 0) {
		while (x->depth >= depth)
			xml_pop(x);
		return true;
	}
	colon = memchr(name, ':', (size_t)(name_end - name));
	if (colon != NULL)
		name = colon + 1;
	n = (size_t)(name_end - name);
	memcpy(local, name, n);
	local[n] = '\0';
	return x->format->is_record(x, local, x->where == XML_INSIDE);
}

/* Follow the text from p to end, which holds no '<', to know what it is in. */
static void
follow(struct xml *x, const char *p, const char *end)
{
	const char *close;

	if (p == end)
		return;
	if (x->where == XML_IN_START) {
		if ((close = memchr(p, '>', (size_t)(end - p))) == NULL) {
			x->slash = end[-1] == '/';
			return;
		}
		if (close > p)
			x->slash = close[-1] == '/';
		x->where = x->slash ? XML_ANYWHERE : XML_INSIDE;
		p = close + 1;
	}
	if (x->where == XML_INSIDE)
		for (; p < end; p++)
			if (strchr(" \t\r\n", *p) == NULL)
				x->where = XML_ANYWHERE;
}

/* Move to the next tag at which to go on; false: there is none. */
static bool
resync(struct xml *x)
{
	const char *from, *p, *end;

	for (;;) {
		from = input_head(x->in) + x->at;
		end = x->in->window + x->in->tail;
		p = from < end ? memchr(from, '<', (size_t)(end - from)) : NULL;
		follow(x, from, p != NULL ? p : end);
		x->at = (size_t)((p != NULL ? p : end) - input_head(x->in));
		if (p == NULL || (!x->ended && end - p < NAME + 4)) {
			if (!fill(x) && p == NULL)
				return false;
			continue;
		}
		if (resumes(x, p, end))
			return true;
		x->where = p + 1 < end && strchr("/!?", p[1]) == NULL ?
		    XML_IN_START : XML_ANYWHERE;
		x->slash = false;
		x->at++;
		if (x->at > DROPPED)
			drop(x);
	}
}

/* Say where it is, if that is not where the entry begins. */
static void
add_line(struct xml *x)
{
	const char *p = input_head(x->in), *end = p + x->at;
	uint64_t line = x->in->line;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		line++;
		p++;
	}
	if (line > x->in->line && x->code == REJECT_BAD_XML)
		buf_addf(&x->error, ", in line %" PRIu64, line);
}

/* Reject what is at hand, alone; false: nothing follows. */
static bool
fail(struct xml *x)
{
	size_t behind = x->lost > 0 ? x->next - x->at : 1;

	if (x->kept == 0)
		drop(x);
	if (!x->begun)
		xml_begin_entry(x);
	add_line(x);
	show(x);
	filter_reject(x->code, NULL, NULL, 0, "%s", x->error.p);
	x->format->failed(x);
	x->where = x->kept > 0 ? XML_IN_START : XML_ANYWHERE;
	x->slash = false;
	if (x->kept > 0) {
		x->depth = x->kept - 1;
		x->names.len = x->name[x->depth];
	}
	xml_release(x);
	while (x->lost > 0 && x->depth >= x->lost)
		xml_pop(x);
	buf_reset(&x->error);
	x->lost = 0;
	x->damaged = true;
	x->at = behind;
	return resync(x);
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
		drop(x);
	if (x->in->tail - x->in->head > x->max)
		return xml_bad(x, REJECT_TOO_LONG,
		    "over the limit of a record");
	fill(x);
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
		if (p == end && fill(x))
			continue;
		if (p == end && is_whole(x))
			return;
		got = p == end ? XML_BAD : read_token(x, p, end);
		if (got == XML_BAD && !fail(x))
			return;
		if (got != XML_DONE)
			continue;
		/* outside of all entries it has a place of its own */
		if (x->mended && x->kept == 0) {
			drop(x);
			xml_note_mended(x);
		}
		x->at = x->next;
		if (x->kept == 0 && x->at > DROPPED)
			drop(x);
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

/* xml_error - what is not well-formed in XML, and where to go on behind it */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "lib/filter.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/xml_parts.h"

#define SHOWN	4096		/* bytes of an entry whose end is not found */
#define NAME	64		/* bytes of a name at which reading resumes */

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
			if (!xml_fill(x) && p == NULL)
				return false;
			continue;
		}
		if (resumes(x, p, end))
			return true;
		x->where = p + 1 < end && strchr("/!?", p[1]) == NULL ?
		    XML_IN_START : XML_ANYWHERE;
		x->slash = false;
		x->at++;
		if (x->at > XML_DROPPED)
			xml_drop(x);
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

bool
xml_recover(struct xml *x)
{
	size_t behind = x->lost > 0 ? x->next - x->at : 1;

	if (x->kept == 0)
		xml_drop(x);
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

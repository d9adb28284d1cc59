/* xml_markup - tags of XML, comments, sections */
#include <string.h>

#include "lib/input.h"
#include "parse/xml_parts.h"

#define ATTRIBUTES	1024	/* of one tag, at most */
#define DOCTYPES	16	/* without an end, in one document */
#define SHOWN		64	/* bytes of a name in a message */

static bool
begins_name(int c)
{
	return (c & 0x80) != 0 || (unsigned)((c | 0x20) - 'a') < 26 ||
	    c == '_' || c == ':';
}

static int
shown(const char *name, const char *end)
{
	return end - name < SHOWN ? (int)(end - name) : SHOWN;
}

static enum xml_token
done(struct xml *x, const char *p, const char *behind)
{
	x->next = x->at + (size_t)(behind - p);
	return x->next > x->max && xml_is_too_long(x) ? XML_BAD : XML_DONE;
}

/* Start tags */

/* Behind the prefix of a name. */
static const char *
local_name(const char *name, const char *end)
{
	const char *p;

	for (p = name; p < end && *p != ':'; p++)
		;
	return p < end ? p + 1 : name;
}

static bool
is_declaration(const char *name, const char *end)
{
	return end - name >= 5 && memcmp(name, "xmlns", 5) == 0 &&
	    (end - name == 5 || name[5] == ':');
}

static void
add_attribute(struct xml *x, struct xml_tag *tag, const char *name,
    const char *name_end, const char *value, const char *end)
{
	grow(&x->attr, &x->attrcap, tag->nattr + 1, sizeof(*x->attr));
	x->attr[tag->nattr++] = (struct xml_attr){ name,
	    (size_t)(name_end - name), value, (size_t)(end - value) };
}

/* The attributes at *p, as they are written; *p is then at the tag's end. */
static enum xml_token
attributes(struct xml *x, struct xml_tag *tag, const char **p,
    const char *end)
{
	const char *from, *name, *name_end, *q = *p, *value;

	for (;;) {
		from = q;
		if ((q = xml_space(q, end)) == end)
			return XML_MORE;
		*p = q;
		if (*q == '>' || *q == '/')
			return XML_DONE;
		name = q;
		name_end = q = xml_name(q, end);
		if (q == name || q == from || !begins_name(*name))
			return q == end ? XML_MORE : xml_bad(x, REJECT_BAD_XML,
			    "a tag that holds what is no attribute");
		if ((q = xml_space(q, end)) == end)
			return XML_MORE;
		if (*q != '=')
			return xml_bad(x, REJECT_BAD_XML,
			    "attribute %.*s has no value",
			    shown(name, name_end), name);
		if ((q = xml_space(q + 1, end)) == end)
			return XML_MORE;
		if (*q != '"' && *q != '\'')
			return xml_bad(x, REJECT_BAD_XML,
			    "the value of attribute %.*s is not quoted",
			    shown(name, name_end), name);
		value = q + 1;
		q = memchr(value, *q, (size_t)(end - value));
		if (memchr(value, '<', (size_t)((q != NULL ? q : end) -
		    value)) != NULL)
			return xml_bad(x, REJECT_BAD_XML,
			    "a < in the value of attribute %.*s",
			    shown(name, name_end), name);
		if (q == NULL)
			return XML_MORE;
		if (tag->nattr == ATTRIBUTES)
			return xml_bad(x, REJECT_BAD_XML,
			    "over %d attributes", ATTRIBUTES);
		add_attribute(x, tag, name, name_end, value, q++);
	}
}

/* Replace the values that are not text as they are written. */
static void
resolve(struct xml *x, struct xml_tag *tag)
{
	struct xml_attr *a;
	size_t room = 0;

	for (a = x->attr; a < x->attr + tag->nattr; a++)
		if (xml_plain(a->value, a->value + a->len) !=
		    a->value + a->len)
			room += 3 * a->len;	/* a byte becomes U+FFFD */
	if (room == 0)
		return;
	buf_reset(&x->values);
	buf_reserve(&x->values, room);
	for (a = x->attr; a < x->attr + tag->nattr; a++) {
		if (xml_plain(a->value, a->value + a->len) ==
		    a->value + a->len)
			continue;
		room = x->values.len;
		xml_value(x, &x->values, a->value, a->value + a->len);
		a->value = x->values.p + room;
		a->len = x->values.len - room;
	}
}

static bool
is_in(const struct xml_attr *from, const struct xml_attr *to,
    const struct xml_attr *a)
{
	size_t last = a->namelen - 1;

	/* there may be many, and their ends differ before their beginnings */
	for (; from < to; from++)
		if (from->namelen == a->namelen &&
		    from->name[last] == a->name[last] &&
		    memcmp(from->name, a->name, last) == 0)
			return true;
	return false;
}

/* Of several attributes of one name the first one counts. */
static void
leave_out_repeated(struct xml *x, struct xml_tag *tag, const char *end)
{
	struct xml_attr *a, *to = x->attr;

	for (a = x->attr; a < x->attr + tag->nattr; a++)
		if (is_in(x->attr, to, a))
			xml_mend(x, XML_ATTRIBUTE, a->name, end);
		else
			*to++ = *a;
	tag->nattr = (size_t)(to - x->attr);
}

/* Declarations of prefixes were looked at for what could be mended only. */
static void
leave_out_prefixes(struct xml *x, struct xml_tag *tag)
{
	struct xml_attr *a, *to = x->attr;
	const char *end;

	for (a = x->attr; a < x->attr + tag->nattr; a++) {
		end = a->name + a->namelen;
		if (is_declaration(a->name, end))
			continue;
		*to = *a;
		to->name = local_name(a->name, end);
		to->namelen = (size_t)(end - to->name);
		to++;
	}
	tag->nattr = (size_t)(to - x->attr);
}

static enum xml_token
start_tag(struct xml *x, const char *p, const char *end)
{
	const char *name = p + 1, *q = xml_name(name, end), *name_end = q;
	const char *local;
	struct xml_tag tag = { 0 };
	enum xml_token got = XML_DONE;
	bool empty;

	if (q == end || *q != '>')
		got = attributes(x, &tag, &q, end);
	if (got != XML_DONE)
		return got;
	empty = *q == '/';
	if (empty && ++q == end)
		return XML_MORE;
	if (*q != '>')
		return xml_bad(x, REJECT_BAD_XML, "a / in tag <%.*s>",
		    shown(name, name_end), name);
	if (x->depth == XML_DEPTH)
		return xml_bad(x, REJECT_TOO_DEEP, "over %d elements deep",
		    XML_DEPTH);
	if (done(x, p, q + 1) != XML_DONE)
		return XML_BAD;
	resolve(x, &tag);
	if (tag.nattr > 1)
		leave_out_repeated(x, &tag, end);
	if (tag.nattr > 0)
		leave_out_prefixes(x, &tag);
	x->name[x->depth++] = x->names.len;
	buf_add(&x->names, name, (size_t)(name_end - name));
	buf_addc(&x->names, '\0');
	tag.attr = x->attr;
	local = local_name(name, name_end);
	tag.name = x->names.p + x->name[x->depth - 1] + (local - name);
	tag.len = (size_t)(name_end - local);
	x->format->start(x, &tag);
	if (x->error.len > 0)
		return XML_BAD;
	if (empty)
		xml_pop(x);
	return XML_DONE;
}

/* End tags */

void
xml_pop(struct xml *x)
{
	x->format->end(x);
	x->depth--;
	x->names.len = x->name[x->depth];
	if (x->kept > x->depth)
		xml_release(x);
}

size_t
xml_open_depth(const struct xml *x, const char *name, const char *end)
{
	size_t i, n = (size_t)(end - name);
	const char *open;

	for (i = x->depth; i > 0; i--) {
		open = x->names.p + x->name[i - 1];
		if (strlen(open) == n && memcmp(open, name, n) == 0)
			break;
	}
	return i;
}

static enum xml_token
end_tag(struct xml *x, const char *p, const char *end)
{
	const char *name = p + 2, *name_end, *q;
	const char *open = "";
	size_t n = 0, depth = x->depth;

	if (depth > 0) {
		open = x->names.p + x->name[depth - 1];
		n = x->names.len - x->name[depth - 1] - 1;
		if ((size_t)(end - name) > n && name[n] == '>' &&
		    memcmp(name, open, n) == 0) {
			if (done(x, p, name + n + 1) != XML_DONE)
				return XML_BAD;
			xml_pop(x);
			return XML_DONE;
		}
	}
	name_end = xml_name(name, end);
	n = (size_t)(name_end - name);
	if ((q = xml_space(name_end, end)) == end)
		return XML_MORE;
	if (*q != '>' || n == 0)
		return xml_bad(x, REJECT_BAD_XML,
		    "an end tag that does not hold just a name");
	if (done(x, p, q + 1) != XML_DONE)
		return XML_BAD;
	if (depth == 0 || strncmp(open, name, n) != 0 || open[n] != '\0') {
		depth = xml_open_depth(x, name, name_end);
		x->lost = x->kept > 0 ? 0 : depth;
		if (x->depth == 0)
			return xml_bad(x, REJECT_BAD_XML,
			    "</%.*s> ends nothing",
			    shown(name, name_end), name);
		if (x->kept > 0 || !x->damaged || depth == 0)
			return xml_bad(x, REJECT_BAD_XML,
			    "</%.*s> where <%.*s> should end",
			    shown(name, name_end), name,
			    shown(open, open + strlen(open)), open);
	}
	/* several where the ends of those in it may be lost */
	for (x->lost = 0; x->depth >= depth; )
		xml_pop(x);
	return XML_DONE;
}

/* Comments, instructions, sections */

/*
 * Where the mark is that ends the token at p, from a place in it on, or NULL.
 * Bytes that were searched in vain are not searched again: an error may lead
 * back in front of them.
 */
static const char *
find_mark(struct xml *x, enum xml_ending e, const char *p, const char *from,
    const char *end)
{
	static const char *const marks[] = { "-->", "]]>", "?>" };
	uint64_t at = x->in->offset + x->at;
	struct xml_search *s = &x->search[e];
	size_t len = strlen(marks[e]);
	const char *found;

	if (at < s->from || at >= s->to)
		s->from = s->to = at;
	if (p + (s->to - at) > from)
		from = p + (s->to - at);
	if ((size_t)(end - from) < len)
		return NULL;
	found = memmem(from, (size_t)(end - from), marks[e], len);
	if (found == NULL)
		s->to = at + (uint64_t)(end - p) - (len - 1);
	return found;
}

static enum xml_token
skip_to(struct xml *x, enum xml_ending e, const char *p, size_t begins,
    const char *end)
{
	const char *q = find_mark(x, e, p, p + begins, end);

	return q == NULL ? XML_MORE :
	    done(x, p, q + (e == XML_COMMENT ? 3 : 2));
}

static enum xml_token
cdata(struct xml *x, const char *p, const char *end)
{
	const char *q = find_mark(x, XML_CDATA, p, p + 9, end);

	if (q == NULL)
		return XML_MORE;
	if (!x->skips)
		xml_run(x, p + 9, q, true, true);
	return done(x, p, q + 3);
}

/* Those that have no end are looked at so often, for each may be long. */
static enum xml_token
doctype(struct xml *x, const char *p, const char *end)
{
	uint64_t at = x->in->offset + x->at + 1;

	if (x->doctype != at && x->doctypes == DOCTYPES)
		return xml_bad(x, REJECT_BAD_XML,
		    "behind %d document types that do not end", DOCTYPES);
	if (x->doctype != at)
		x->doctypes++;
	x->doctype = at;
	if ((end = xml_skip_doctype(x, p, end)) == NULL)
		return x->error.len > 0 ? XML_BAD : XML_MORE;
	x->doctypes--;
	x->doctype = 0;
	return done(x, p, end);
}

static enum xml_token
declaration(struct xml *x, const char *p, const char *end)
{
	size_t n = (size_t)(end - p);

	if (n >= 4 && memcmp(p, "<!--", 4) == 0)
		return skip_to(x, XML_COMMENT, p, 4, end);
	if (n < 9)
		return XML_MORE;
	if (memcmp(p, "<![CDATA[", 9) == 0)
		return cdata(x, p, end);
	if (x->kept == 0 && memcmp(p, "<!DOCTYPE", 9) == 0)
		return doctype(x, p, end);
	return xml_bad(x, REJECT_BAD_XML, "a declaration where none may be");
}

enum xml_token
xml_markup(struct xml *x, const char *p, const char *end)
{
	if (end - p < 2)
		return XML_MORE;
	if (p[1] == '/')
		return end_tag(x, p, end);
	if (p[1] == '!')
		return declaration(x, p, end);
	if (p[1] == '?')
		return skip_to(x, XML_INSTRUCTION, p, 2, end);
	if (begins_name(p[1]))
		return start_tag(x, p, end);
	return xml_bad(x, REJECT_BAD_XML, "a < that begins no tag");
}

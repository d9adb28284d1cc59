/* xml - records of an XML document, pulled through libxml2's SAX2 parser */
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/entity.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/xml.h"

#define TRIM	(512 * 1024)	/* bytes kept in vain before they are moved */
#define CHUNK	(16 * 1024)	/* bytes read at a time */
#define SNIFF	1024		/* bytes in which the declaration stands */
#define SHOWN	4096		/* bytes of an entry whose end is not found */
#define NAME	64		/* bytes of an element's name */

/* Pulling */

/* Read on; returns how many bytes, 0 at the end. */
static size_t
keep_more(struct xml *x)
{
	size_t n = input_fill(x->in, 1);

	if (n > CHUNK)
		n = CHUNK;
	buf_add(&x->kept, input_head(x->in), n);
	input_skip(x->in, n);
	return n;
}

static int
give_latin1(struct xml *x, char *out, size_t room)
{
	char *p = out;
	size_t i;

	for (i = x->given; i < x->kept.len && room - (size_t)(p - out) >= 2;
	    i++) {
		unsigned char c = (unsigned char)x->kept.p[i];

		if (c < 0x80)
			*p++ = (char)c;
		else {
			*p++ = (char)(0xc0 | c >> 6);
			*p++ = (char)(0x80 | (c & 0x3f));
		}
	}
	x->given = i;
	return (int)(p - out);
}

static int
pull(void *ctx, char *out, int room)
{
	struct xml *x = ctx;
	size_t n;

	if (x->lead) {
		x->lead = false;
		n = strlen(x->root);
		memcpy(out, x->root, n);
		return (int)n;
	}
	if (x->given == x->kept.len) {
		if (x->kept.len - x->skipped > filter_max_record()) {
			x->code = REJECT_TOO_LONG;
			snprintf(x->error, sizeof(x->error),
			    "over the limit of a record");
			return -1;
		}
		keep_more(x);
	}
	if (x->latin1)
		return give_latin1(x, out, (size_t)room);
	n = x->kept.len - x->given;
	if (n > (size_t)room)
		n = (size_t)room;
	memcpy(out, x->kept.p + x->given, n);
	x->given += n;
	return (int)n;
}

/* Places */

/* The place in kept of what the parser knows as byte utf8. */
static size_t
raw_place(const struct xml *x, uint64_t utf8)
{
	uint64_t at = x->utf8_at;
	size_t i = x->raw_at;

	if (!x->latin1)
		return i + (size_t)(utf8 - at);
	for (; at < utf8 && i < x->kept.len; i++)
		at += 1 + ((x->kept.p[i] & 0x80) != 0);
	return i;
}

static uint64_t
count_lines(const char *p, const char *end)
{
	uint64_t n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* Forget what is in front of place i of kept. */
static void
forget(struct xml *x, size_t i)
{
	x->kept_line += count_lines(x->kept.p + x->skipped, x->kept.p + i);
	x->kept_at += i - x->skipped;
	x->skipped = i;
	if (i < TRIM)
		return;
	memmove(x->kept.p, x->kept.p + i, x->kept.len - i);
	x->kept.len -= i;
	x->given -= i;
	x->raw_at -= i;
	x->skipped = 0;
}

void
xml_forget(struct xml *x)
{
	xmlParserInputPtr in = x->parser->input;
	const xmlChar *p = in->cur;
	uint64_t at = (uint64_t)xmlByteConsumed(x->parser);

	while (p > in->base && *p != '<') {
		p--;
		at--;
	}
	x->raw_at = raw_place(x, at);
	x->utf8_at = at;
	forget(x, x->raw_at);
}

struct json *
xml_begin_entry(struct xml *x)
{
	xml_forget(x);
	return entry_begin(x->doc, x->kept_at, x->kept_line, NULL, 0);
}

struct json *
xml_begin_entry_at_error(struct xml *x)
{
	size_t i = x->error_at < x->kept.len ? x->error_at : x->kept.len;

	/* the tag that the error is in, if the data goes on there */
	while (x->code != REJECT_CUT_SHORT && i > x->skipped &&
	    (i == x->kept.len || x->kept.p[i] != '<'))
		i--;
	forget(x, i);
	return entry_begin(x->doc, x->kept_at, x->kept_line, NULL, 0);
}

void
xml_show_input(struct xml *x, const char *name)
{
	const char *p, *end;
	char tag[NAME + 4];
	size_t n;

	/* what is shown must not depend on what was read at a time */
	while ((n = x->kept.len - x->skipped) < SHOWN && keep_more(x) > 0)
		;
	p = x->kept.p + x->skipped;
	n = n < SHOWN ? n : SHOWN;
	snprintf(tag, sizeof(tag), "</%.*s>", NAME, name);
	if ((end = memmem(p, n, tag, strlen(tag))) != NULL)
		n = (size_t)(end - p) + strlen(tag);
	entry_input(p, n);
}

/* SAX */

/*
 * HTML's entities are known beforehand, no DTD is read, none is expanded.  What
 * was looked up once is kept, for the parser holds on to it.
 */
static xmlEntityPtr
known_entity(const char *name)
{
	static struct {
		xmlEntity	 entity;
		char		 text[ENTITY_MAX];
	} known[4096];
	size_t n = strlen(name), i = 0, k, len;
	char text[ENTITY_MAX];
	xmlEntityPtr e;

	for (k = 0; k < n; k++)
		i = i * 31 + (unsigned char)name[k];
	for (i %= 4096; known[i].entity.name != NULL; i = (i + 1) % 4096)
		if (strcmp((const char *)known[i].entity.name, name) == 0)
			return &known[i].entity;
	if ((len = entity_characters(name, n, text)) == 0)
		return NULL;
	memcpy(known[i].text, text, len + 1);
	e = &known[i].entity;
	e->type = XML_ENTITY_DECL;
	e->name = BAD_CAST xstrdup(name);
	e->etype = XML_INTERNAL_PREDEFINED_ENTITY;
	e->content = e->orig = BAD_CAST known[i].text;
	e->length = (int)len;
	return e;
}

static xmlEntityPtr
get_entity(void *ctx, const xmlChar *name)
{
	static xmlEntity unknown;
	struct xml *x = ctx;
	xmlEntityPtr e = xmlGetPredefinedEntity(name);

	if (e == NULL)
		e = known_entity((const char *)name);
	if (e != NULL)
		return e;
	/* in front of the root it is only looked at */
	if (x->entity[0] == '\0' && x->depth > 0)
		snprintf(x->entity, sizeof(x->entity), "%s",
		    (const char *)name);
	unknown.type = XML_ENTITY_DECL;
	unknown.name = BAD_CAST "unknown";
	unknown.etype = XML_INTERNAL_PREDEFINED_ENTITY;
	unknown.content = unknown.orig = BAD_CAST "?";
	unknown.length = 1;
	return &unknown;
}

/* The first error ends the parser; what follows is another one's. */
static void
on_error(void *ctx, xmlErrorPtr e)
{
	struct xml *x = ctx;
	xmlParserInputPtr in = x->parser->input;
	char *line;

	if (e->level < XML_ERR_FATAL || x->stopped)
		return;
	x->stopped = true;
	x->error_at = raw_place(x, (uint64_t)xmlByteConsumed(x->parser));
	if (x->error[0] == '\0') {
		x->code = x->in->eof && x->given == x->kept.len &&
		    in != NULL && in->cur >= in->end ? REJECT_CUT_SHORT :
		    REJECT_BAD_XML;
		snprintf(x->error, sizeof(x->error), "%.*s",
		    (int)strcspn(e->message, "\n"), e->message);
	}
	/* it counts lines from where it was begun */
	if ((line = strstr(x->error, " line ")) != NULL &&
	    line[6 + strspn(line + 6, "0123456789")] == '\0')
		*line = '\0';
	xmlStopParser(x->parser);
}

void
xml_handler(xmlSAXHandler *h)
{
	h->initialized = XML_SAX2_MAGIC;
	h->getEntity = get_entity;
	h->serror = (xmlStructuredErrorFunc)on_error;
}

const char *
xml_attribute(const xmlChar **attr, int n, const char *name, size_t *len)
{
	int i;

	for (i = 0; i < n; i++, attr += 5)
		if (strcmp((const char *)attr[0], name) == 0) {
			*len = (size_t)(attr[4] - attr[3]);
			return (const char *)attr[3];
		}
	*len = 0;
	return "";
}

/* Reading */

/* One parser from what is kept on; false after an error. */
static bool
run(struct xml *x)
{
	xmlSAXHandler sax = *x->sax;

	x->stopped = false;
	x->error[0] = '\0';
	x->depth = 0;
	x->entity[0] = '\0';
	x->given = x->raw_at = x->skipped;
	x->utf8_at = x->lead ? strlen(x->root) : 0;
	x->parser = xmlCreateIOParserCtxt(&sax, x, pull, NULL, x,
	    XML_CHAR_ENCODING_NONE);
	if (x->parser == NULL)
		abort();
	/* NOENT: "&amp;" in attributes too; get_entity expands nothing */
	xmlCtxtUseOptions(x->parser, XML_PARSE_IGNORE_ENC | XML_PARSE_NONET |
	    XML_PARSE_NOENT);
	xmlParseDocument(x->parser);
	/* made for what a DTD declares, though nobody asked for it */
	xmlFreeDoc(x->parser->myDoc);
	xmlFreeParserCtxt(x->parser);
	return !x->stopped;
}

/* Whether to go on at the tag at p, n bytes of which are there. */
static bool
resumes(struct xml *x, const char *p, size_t n)
{
	char name[NAME];
	size_t len = 0;

	while (len + 1 < n && len < sizeof(name) &&
	    strchr(len == 0 ? " \t\r\n>" : " \t\r\n/>", p[len + 1]) ==
	    NULL) {
		name[len] = p[len + 1];
		len++;
	}
	if (len == 0 || len == sizeof(name) || len + 1 == n)
		return false;
	name[len] = '\0';
	return x->resumes(x, name);
}

/*
 * After an error: move to the next tag of a record behind the place where the
 * last entry began, reading on where needed.  False: there is none.
 */
static bool
resync(struct xml *x)
{
	size_t i = x->skipped + 1;
	const char *p;

	for (;;) {
		/* a tag's name must be there as a whole */
		while (x->kept.len < i + NAME + 2) {
			forget(x, i < x->kept.len ? i : x->kept.len);
			i = x->skipped;
			if (keep_more(x) == 0)
				break;
		}
		p = i < x->kept.len ? memchr(x->kept.p + i, '<',
		    x->kept.len - i) : NULL;
		if (p == NULL) {
			i = x->kept.len;
			if (x->in->eof)
				return false;
			continue;
		}
		i = (size_t)(p - x->kept.p);
		if (x->kept.len < i + NAME + 2 && !x->in->eof)
			continue;
		if (resumes(x, p, x->kept.len - i)) {
			forget(x, i);
			return true;
		}
		i++;
	}
}

/* US-ASCII is a part of both that can be read. */
static bool
find_encoding(struct xml *x)
{
	static const char *const latin1[] = { "ISO-8859-1", "latin1",
	    "US-ASCII", "ASCII", "ISO646-US" };
	size_t n = input_fill(x->in, SNIFF), i;
	const char *p = input_head(x->in), *e = x->doc->encoding, *end;
	char name[32] = "UTF-8";

	if (n > SNIFF)
		n = SNIFF;
	if (n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0))
		return false;
	if (e != NULL)
		snprintf(name, sizeof(name), "%s", e);
	else if (n > 5 && memcmp(p, "<?xml", 5) == 0 &&
	    (end = memmem(p, n, "?>", 2)) != NULL &&
	    (e = memmem(p, (size_t)(end - p), "encoding=", 9)) != NULL)
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(e + 10,
		    "\"'"), e + 10);
	for (i = 0; i < sizeof(latin1) / sizeof(latin1[0]); i++)
		if (strcasecmp(name, latin1[i]) == 0)
			x->latin1 = true;
	return x->latin1 || strcasecmp(name, "UTF-8") == 0 ||
	    strcasecmp(name, "UTF8") == 0;
}

void
xml_read(struct xml *x)
{
	bool more = input_fill(x->in, 1) > 0;

	x->kept_at = x->in->offset;
	x->kept_line = x->in->line;
	if (more && !find_encoding(x)) {
		entry_refuse(x->doc, 0, 1, NULL, 0, REJECT_BAD_ENCODING,
		    "neither UTF-8 nor ISO-8859-1; convert the document with "
		    "iconv(1) first");
		return;
	}
	while (more && !run(x)) {
		x->failed(x);
		more = resync(x);
		x->lead = true;
	}
	buf_free(&x->kept);
}

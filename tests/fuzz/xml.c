/*
 * xml - the reader of XML held against libxml2, under libFuzzer or over files
 *
 * What libxml2 takes for well-formed must come out the same, with nothing
 * rejected or mended; what it does not must not pass without a word.
 */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "lib/buf.h"
#include "lib/filter_parts.h"
#include "lib/input.h"
#include "lib/utf8.h"
#include "parse/format.h"
#include "parse/xml.h"

/* What a reader tells, as text. */
struct told {
	struct buf	 text;
	bool		 in_text;
	bool		 bad;
	bool		 apart;		/* not for us to compare */
};

static const char *
local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static void
tell(struct told *t, const char *what, const char *s, size_t n)
{
	t->in_text = false;
	buf_addf(&t->text, "\n%s ", what);
	buf_add(&t->text, s, n);
}

static void
tell_text(struct told *t, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (!t->in_text)
		tell(t, "text", "", 0);
	t->in_text = true;
	buf_add(&t->text, s, n);
}

/* libxml2 */

static void
on_start(void *ctx, const xmlChar *name, const xmlChar **attr)
{
	struct told *t = ctx;
	const char *s = (const char *)name;

	if (strchr(s, ':') != strrchr(s, ':') || *s == ':')
		t->apart = true;
	tell(t, "start", local(s), strlen(local(s)));
	for (; attr != NULL && *attr != NULL; attr += 2) {
		s = (const char *)attr[0];
		if (strchr(s, ':') != strrchr(s, ':') || *s == ':')
			t->apart = true;
		if (strcmp(s, "xmlns") == 0 || strncmp(s, "xmlns:", 6) == 0)
			continue;
		tell(t, "attribute", local(s), strlen(local(s)));
		tell(t, "value", (const char *)attr[1],
		    strlen((const char *)attr[1]));
	}
}

static void
on_end(void *ctx, const xmlChar *name)
{
	(void)name;
	tell(ctx, "end", "", 0);
}

static void
on_text(void *ctx, const xmlChar *s, int n)
{
	tell_text(ctx, (const char *)s, (size_t)n);
}

/* Entities that it does not know, and declarations, which we do not read. */
static void
on_reference(void *ctx, const xmlChar *name)
{
	struct told *t = ctx;

	(void)name;
	t->apart = true;
}

static void
on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *id,
    const xmlChar *uri, xmlChar *content)
{
	(void)type, (void)id, (void)uri, (void)content;
	on_reference(ctx, name);
}

static void
on_attribute(void *ctx, const xmlChar *element, const xmlChar *name, int type,
    int def, const xmlChar *value, xmlEnumerationPtr tree)
{
	(void)element, (void)type, (void)def, (void)value;
	xmlFreeEnumeration(tree);
	on_reference(ctx, name);
}

/* Errors of what a reader of records may pass over. */
static void
on_error(void *ctx, xmlErrorPtr e)
{
	struct told *t = ctx;

	if (e->level < XML_ERR_FATAL)
		return;
	t->bad = true;
	switch (e->code) {
	case XML_ERR_DOCUMENT_EMPTY:	/* text in front of the root */
	case XML_ERR_DOCUMENT_END:	/* and behind it */
	case XML_ERR_UNDECLARED_ENTITY:	/* HTML's */
	case XML_ERR_NO_MEMORY:
	case XML_ERR_UNSUPPORTED_ENCODING:
	case XML_ERR_RESERVED_XML_NAME:	/* a declaration that is not in front */
	case XML_ERR_VERSION_MISSING:
	case XML_ERR_UNKNOWN_VERSION:
	case XML_ERR_XMLDECL_NOT_FINISHED:
	case XML_ERR_STANDALONE_VALUE:
	case XML_ERR_STRING_NOT_CLOSED:	/* of such a declaration */
	case XML_ERR_STRING_NOT_STARTED:
	case XML_ERR_SPACE_REQUIRED:	/* between attributes */
	case XML_ERR_HYPHEN_IN_COMMENT:
	case XML_ERR_INVALID_ENCODING:
	case XML_ERR_ENCODING_NAME:
	case XML_ERR_PI_NOT_STARTED:
	case XML_ERR_INVALID_CHAR:	/* in what is not read */
		t->apart = true;
	}
}

static void
read_libxml2(struct told *t, const char *s, size_t n)
{
	xmlSAXHandler sax = {
		.initialized = 1,
		.reference = on_reference,
		.entityDecl = on_entity,
		.attributeDecl = on_attribute,
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};
	/* its push parser leaves line ends in CDATA as they are */
	xmlParserCtxtPtr p = xmlCreateMemoryParserCtxt(s, (int)n);

	if (p == NULL)
		abort();
	*p->sax = sax;
	p->userData = t;
	xmlSetStructuredErrorFunc(t, (xmlStructuredErrorFunc)on_error);
	xmlCtxtUseOptions(p, XML_PARSE_NONET | XML_PARSE_SAX1 |
	    XML_PARSE_NOENT);
	xmlParseDocument(p);
	xmlFreeDoc(p->myDoc);
	xmlFreeParserCtxt(p);
	xmlSetStructuredErrorFunc(NULL, NULL);
}

/* Our own */

struct reader {
	struct xml	 xml;		/* first: it is given to the format */
	struct told	*told;
};

static void
start(struct xml *x, const struct xml_tag *tag)
{
	struct told *t = ((struct reader *)x)->told;
	size_t i;

	tell(t, "start", tag->name, strlen(tag->name));
	for (i = 0; i < tag->nattr; i++) {
		tell(t, "attribute", tag->attr[i].name, tag->attr[i].namelen);
		tell(t, "value", tag->attr[i].value, tag->attr[i].len);
	}
}

static void
text(struct xml *x, const char *s, size_t n)
{
	if (x->depth > 0)
		tell_text(((struct reader *)x)->told, s, n);
}

static void
end(struct xml *x)
{
	tell(((struct reader *)x)->told, "end", "", 0);
}

static void
failed(struct xml *x)
{
	(void)x;
}

static bool
is_record(struct xml *x, const char *name, bool inside)
{
	(void)x, (void)name, (void)inside;
	return false;
}

static void
read_ours(struct told *t, const char *s, size_t n)
{
	static const struct xml_format format = { start, text, end, failed,
	    is_record };
	struct document doc = { .source = "fuzz", .name = "fuzz",
	    .file = "fuzz" };
	uint64_t before = filter_count.notes + filter_count.rejected;
	struct input in;
	struct reader r = { .told = t, .xml = { .doc = &doc, .in = &in,
	    .format = &format, .known_root = true } };

	fuzz_open(&in, s, n);
	filter_track(&in);
	xml_read(&r.xml);
	filter_input_done(&in);
	t->bad = filter_count.notes + filter_count.rejected > before;
}

void
fuzz_begin(void)
{
}

/*
 * What is in another encoding is converted by other means, and bytes that are
 * not UTF-8 are mended only in what is read.
 */
static bool
is_utf8(const char *s, size_t n)
{
	const char *end = n > 5 && memcmp(s, "<?xml", 5) == 0 ?
	    memmem(s, n, "?>", 2) : NULL, *e;

	if (n < 4 || memchr(s, '\0', n) != NULL || !utf8_valid(s, n) || s[0] == '\xfe' ||
	    s[0] == '\xff' || memcmp(s, "\x1f\x8b", 2) == 0 ||
	    memcmp(s, "\x28\xb5\x2f\xfd", 4) == 0)
		return false;
	if (end == NULL ||
	    (e = memmem(s, (size_t)(end - s), "encoding", 8)) == NULL)
		return true;
	e += 8 + strspn(e + 8, " \t\r\n=\"'");
	return strncasecmp(e, "utf-8", 5) == 0;
}

void
fuzz_try(const char *s, size_t n)
{
	struct told theirs = { 0 }, ours = { 0 };

	if (!is_utf8(s, n)) {
		fuzz_skips();
		return;
	}
	read_libxml2(&theirs, s, n);
	read_ours(&ours, s, n);
	/*
	 * A document without an element is refused as one of no format, and
	 * what declares a prefix is not read.
	 */
	if (theirs.apart || ours.text.len == 0 || (theirs.bad && memmem(s, n, "xmlns", 5) != NULL))
		fuzz_skips();
	else if (theirs.bad != ours.bad || (!ours.bad &&
	    (theirs.text.len != ours.text.len || memcmp(theirs.text.p,
	    ours.text.p, ours.text.len) != 0))) {
		fprintf(stderr, "libxml2: %s%s\nours: %s%s\n", theirs.bad ?
		    "not well-formed" : "", theirs.text.p, ours.bad ?
		    "rejected or mended" : "", ours.text.p);
		fuzz_differs();
	}
	buf_free(&theirs.text);
	buf_free(&ours.text);
}

/* sniff - what the beginning of a document shows of its format */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yajl/yajl_parse.h>

#include "lib/buf.h"
#include "lib/encoding.h"
#include "lib/input.h"
#include "lib/table.h"
#include "parse/sniff.h"

#define LOOKED	(64 * 1024)	/* bytes */
#define LINES	16		/* among which the header of rows is */
#define DEPTH	16		/* of members that are looked at */

/* XML */

/* Attributes are given as name, prefix, URI, value and end of the value. */
static void
copy_key(struct sniff *s, int nattr, const xmlChar **attr)
{
	for (; nattr > 0; nattr--, attr += 5)
		if (strcmp((const char *)attr[0], "key") == 0)
			snprintf(s->key, sizeof(s->key), "%.*s",
			    (int)(attr[4] - attr[3]), (const char *)attr[3]);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nns, const xmlChar **ns, int nattr, int ndefault,
    const xmlChar **attr)
{
	xmlParserCtxtPtr parser = ctx;
	struct sniff *s = parser->_private;

	(void)prefix, (void)nns, (void)ns, (void)ndefault;
	if (s->root[0] == '\0') {
		snprintf(s->root, sizeof(s->root), "%s", (const char *)name);
		snprintf(s->ns, sizeof(s->ns), "%s", uri != NULL ?
		    (const char *)uri : "");
		copy_key(s, nattr, attr);
		return;
	}
	snprintf(s->inside, sizeof(s->inside), "%s", (const char *)name);
	xmlStopParser(parser);
}

static xmlEntityPtr
no_entity(void *ctx, const xmlChar *name)
{
	(void)ctx;
	return xmlGetPredefinedEntity(name);
}

static void
ignore(void *ctx, xmlErrorPtr e)
{
	(void)ctx, (void)e;
}

static void
look_at_xml(struct sniff *s)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.getEntity = no_entity,
		.serror = (xmlStructuredErrorFunc)ignore,
	};
	xmlParserCtxtPtr p;

	p = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
	if (p == NULL)
		abort();
	p->_private = s;
	p->userData = p;
	xmlCtxtUseOptions(p, XML_PARSE_IGNORE_ENC | XML_PARSE_NONET);
	xmlParseChunk(p, s->text, (int)s->len, 0);
	xmlFreeDoc(p->myDoc);
	xmlFreeParserCtxt(p);
}

/* JSON */

struct walk {
	struct dict	*paths;
	struct buf	 path;
	size_t		 end[DEPTH];	/* of the path of each object around */
	bool		 object[DEPTH];
	int		 depth;
};

static int
on_open(struct walk *w, bool object)
{
	if (w->depth == DEPTH)
		return 0;
	w->end[w->depth] = w->path.len;
	w->object[w->depth++] = object;
	return 1;
}

static int
on_object(void *ctx)
{
	return on_open(ctx, true);
}

static int
on_array(void *ctx)
{
	return on_open(ctx, false);
}

static int
on_close(void *ctx)
{
	struct walk *w = ctx;

	w->path.len = w->end[--w->depth];
	return 1;
}

static int
on_key(void *ctx, const unsigned char *s, size_t n)
{
	struct walk *w = ctx;

	w->path.len = w->end[w->depth - 1];
	if (w->path.len > 0)
		buf_addc(&w->path, '.');
	buf_add(&w->path, s, n);
	dict_put(w->paths, w->path.p != NULL ? w->path.p : "", w->path.len,
	    "");
	return 1;
}

static void
look_at_json(struct sniff *s)
{
	static const yajl_callbacks callbacks = {
		.yajl_start_map = on_object,
		.yajl_map_key = on_key,
		.yajl_end_map = on_close,
		.yajl_start_array = on_array,
		.yajl_end_array = on_close,
	};
	struct walk w = { .paths = dict_new() };
	yajl_handle y = yajl_alloc(&callbacks, NULL, &w);

	if (y == NULL)
		abort();
	yajl_config(y, yajl_allow_multiple_values, 1);
	yajl_config(y, yajl_dont_validate_strings, 1);
	/* it may well be cut: what was seen until then counts */
	yajl_parse(y, (const unsigned char *)s->text, s->len);
	yajl_free(y);
	buf_free(&w.path);
	s->paths = w.paths;
}

/* All of it */

/* The text of n bytes; false where they are UTF-8, or nobody knows. */
static bool
convert(struct buf *text, const char *encoding, const char *s, size_t n)
{
	struct encoding *e;
	char piece[4096];
	size_t room;

	encoding = encoding_choose(encoding, s, n);
	if (encoding == NULL || (e = encoding_new(encoding)) == NULL)
		return false;
	memcpy(encoding_room(e, n, &room), s, n);
	encoding_give(e, n);
	while ((n = encoding_take(e, piece, sizeof(piece), false)) > 0)
		buf_add(text, piece, n);
	encoding_free(e);
	if (text->len >= 3 && memcmp(text->p, "\xef\xbb\xbf", 3) == 0) {
		memmove(text->p, text->p + 3, text->len - 3 + 1);
		text->len -= 3;
	}
	return true;
}

void
sniff_look(struct sniff *s, struct input *in, const char *encoding)
{
	size_t n = input_fill(in, LOOKED);
	struct buf text = { 0 };
	const char *p;

	memset(s, 0, sizeof(*s));
	n = n < LOOKED ? n : LOOKED;
	buf_reset(&text);
	if (in->offset > 0 || !convert(&text, encoding, input_head(in), n))
		buf_add(&text, input_head(in), n);
	s->text = text.p;
	s->len = text.len;
	p = text.p + strspn(text.p, " \t\r\n");
	s->header = p;
	s->header_len = strcspn(p, "\r\n");
	s->nlines = 1;
	if (*p == '<')
		look_at_xml(s);
	else if (*p == '{' || *p == '[')
		look_at_json(s);
}

void
sniff_free(struct sniff *s)
{
	free((void *)(uintptr_t)s->text);
	if (s->paths != NULL)
		dict_free(s->paths);
}

bool
sniff_has(const struct sniff *s, const char *path)
{
	return s->paths != NULL &&
	    dict_get(s->paths, path, strlen(path)) != NULL;
}

bool
sniff_root(const struct sniff *s, const char *name)
{
	return strcmp(s->root, name) == 0;
}

bool
sniff_line(const struct sniff *s, const char *prefix)
{
	size_t n = strlen(prefix);
	const char *p = s->text;

	while (strncmp(p, prefix, n) != 0) {
		p += strcspn(p, "\r\n");
		if (*p == '\0')
			return false;
		p++;
	}
	return true;
}

bool
sniff_next_line(struct sniff *s)
{
	s->header += s->header_len;
	s->header += strspn(s->header, "\r\n");
	s->header_len = strcspn(s->header, "\r\n");
	return s->header_len > 0 && ++s->nlines <= LINES;
}

bool
sniff_column(const struct sniff *s, const char *name)
{
	static const char around[] = "\",;\t|";
	size_t n = strlen(name), i;

	for (i = 0; i + n <= s->header_len; i++)
		if (strncasecmp(s->header + i, name, n) == 0 &&
		    (i == 0 || strchr(around, s->header[i - 1]) != NULL) &&
		    (i + n == s->header_len ||
		    strchr(around, s->header[i + n]) != NULL))
			return true;
	return false;
}

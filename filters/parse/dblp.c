/* dblp - XML of dblp */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "parse/format.h"

/*
 * libxml2's SAX2 parser pulls the document through a callback that turns
 * Latin-1 into UTF-8 itself: the parser's own conversion costs half the speed
 * and loses the byte offsets.  What was pulled since the record at hand began
 * is kept, so that after an error in it a new parser goes on at the next
 * record.
 */
#define TRIM	(512 * 1024)	/* bytes kept in vain before they are moved */
#define SNIFF	1024
#define SHOWN	4096

/* Elements that are records, and the type that they tell. */
static const struct element {
	const char	*name;
	const char	*type;
} elements[] = {
	{ "article", "article" },
	{ "inproceedings", "inproceedings" },
	{ "incollection", "incollection" },
	{ "proceedings", "proceedings" },
	{ "book", "book" },
	{ "phdthesis", "phdthesis" },
	{ "mastersthesis", "mastersthesis" },
	{ "www", "other" },
	{ "data", "dataset" },
	{ "person", NULL },		/* not a paper */
};

/* Fields that are a member of ours; NULL: not kept. */
static const struct member {
	const char	*element;
	const char	*name;
} members[] = {
	{ "title", "title" }, { "booktitle", "venue" }, { "journal", "venue" },
	{ "year", "year" }, { "volume", "volume" }, { "number", "number" },
	{ "pages", "pages" }, { "publisher", "publisher" },
	{ "school", "publisher" }, { "isbn", "isbn" }, { "cite", NULL },
	{ "cdrom", NULL }, { "url", NULL },
};

struct dblp {
	struct document		*doc;
	struct input		*in;
	xmlParserCtxtPtr	 parser;
	bool			 latin1;
	bool			 lead;		/* a root was put in front */

	struct buf		 kept;		/* raw bytes */
	uint64_t		 kept_at;	/* offset of the first one */
	uint64_t		 kept_line;
	size_t			 given;		/* of these to the parser */
	size_t			 skipped;	/* in front of kept, not moved yet */

	/* a place known both ways: in what the parser got and in kept */
	uint64_t		 utf8_at;
	size_t			 raw_at;

	int			 depth;
	const struct element	*record;
	int			 record_depth;
	struct json		*paper;
	struct buf		 key;
	const char		*publtype;
	bool			 is_person;
	char			 field[32];
	struct buf		 text;
	struct buf		 orcid;
	bool			 failed;
	bool			 too_long;
	bool			 cut;		/* the error is the data's end */
	char			 error[256];
	const char		*entity;
};

static const char root[] = "<dblp>";

/* Pulling */

static int
pull(void *ctx, char *out, int room)
{
	struct dblp *d = ctx;
	size_t n, i;
	char *p = out;

	if (d->lead) {
		memcpy(out, root, sizeof(root) - 1);
		d->lead = false;
		return sizeof(root) - 1;
	}
	if (d->given == d->kept.len) {
		/* what is one record must not be kept without bound */
		if (d->kept.len - d->skipped > filter_max_record()) {
			snprintf(d->error, sizeof(d->error),
			    "over the limit of a record");
			d->too_long = true;
			return -1;
		}
		n = input_fill(d->in, 1);
		if (n > 16 * 1024)
			n = 16 * 1024;
		buf_add(&d->kept, input_head(d->in), n);
		input_skip(d->in, n);
	}
	n = d->kept.len - d->given;
	if (!d->latin1) {
		n = n < (size_t)room ? n : (size_t)room;
		memcpy(out, d->kept.p + d->given, n);
		d->given += n;
		return (int)n;
	}
	for (i = d->given; i < d->kept.len && room - (p - out) >= 2; i++) {
		unsigned char c = (unsigned char)d->kept.p[i];

		if (c < 0x80)
			*p++ = (char)c;
		else {
			*p++ = (char)(0xc0 | c >> 6);
			*p++ = (char)(0x80 | (c & 0x3f));
		}
	}
	d->given = i;
	return (int)(p - out);
}

/* The place in kept of what the parser knows as byte utf8. */
static size_t
raw_place(struct dblp *d, uint64_t utf8)
{
	uint64_t at = d->utf8_at;
	size_t i = d->raw_at;

	if (!d->latin1)
		return i + (size_t)(utf8 - at);
	for (; at < utf8 && i < d->kept.len; i++)
		at += 1 + ((d->kept.p[i] & 0x80) != 0);
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
forget(struct dblp *d, size_t i)
{
	d->kept_line += count_lines(d->kept.p + d->skipped, d->kept.p + i);
	d->kept_at += i - d->skipped;
	d->skipped = i;
	if (i < TRIM)
		return;
	memmove(d->kept.p, d->kept.p + i, d->kept.len - i);
	d->kept.len -= i;
	d->given -= i;
	d->raw_at -= i;
	d->skipped = 0;
}

/* Entities: those of HTML are known beforehand, no DTD is read. */

static xmlEntityPtr
get_entity(void *ctx, const xmlChar *name)
{
	static xmlEntity known[256], dummy;
	static xmlChar utf8[256][8];
	struct dblp *d = ctx;
	xmlEntityPtr e = xmlGetPredefinedEntity(name);
	const htmlEntityDesc *desc;
	size_t i;
	int n;

	if (e != NULL)
		return e;
	desc = htmlEntityLookup(name);
	if (desc == NULL) {
		/* not expanded, whatever it was declared as */
		if (d->entity == NULL)
			d->entity = arena_strndup(entry_arena(),
			    (const char *)name, strlen((const char *)name));
		dummy.type = XML_ENTITY_DECL;
		dummy.name = BAD_CAST "unknown";
		dummy.etype = XML_INTERNAL_PREDEFINED_ENTITY;
		dummy.content = dummy.orig = BAD_CAST "";
		return &dummy;
	}
	for (i = desc->value % 256; known[i].name != NULL; i = (i + 1) % 256)
		if (xmlStrEqual(known[i].name, name))
			return &known[i];
	e = &known[i];
	n = xmlCopyChar(0, utf8[i], (int)desc->value);
	utf8[i][n] = '\0';
	e->type = XML_ENTITY_DECL;
	e->name = BAD_CAST desc->name;
	e->etype = XML_INTERNAL_PREDEFINED_ENTITY;
	e->content = e->orig = utf8[i];
	e->length = n;
	return e;
}

/* Records */

static const struct element *
find_element(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (strcmp(elements[i].name, name) == 0)
			return &elements[i];
	return NULL;
}

/* The value of an attribute: five pointers each, by SAX2. */
static const char *
attribute(const xmlChar **v, int n, const char *name, size_t *len)
{
	int i;

	for (i = 0; i < n; i++, v += 5)
		if (strcmp((const char *)v[0], name) == 0) {
			*len = (size_t)(v[4] - v[3]);
			return (const char *)v[3];
		}
	*len = 0;
	return "";
}

/*
 * The place in kept of the '<' of the tag that the parser is at.  From here on
 * the other places are reckoned.
 */
static size_t
tag_place(struct dblp *d)
{
	xmlParserInputPtr in = d->parser->input;
	const xmlChar *p = in->cur;
	uint64_t at = (uint64_t)xmlByteConsumed(d->parser);

	while (p > in->base && *p != '<') {
		p--;
		at--;
	}
	d->raw_at = raw_place(d, at);
	d->utf8_at = at;
	return d->raw_at;
}

/* Show the text of what begins at the front of kept, which may have moved. */
static void
show_input(struct dblp *d)
{
	const char *p = d->kept.p + d->skipped, *end;
	size_t n = d->kept.len - d->skipped;
	char tag[40];

	n = n < SHOWN ? n : SHOWN;
	snprintf(tag, sizeof(tag), "</%s>", d->record != NULL ?
	    d->record->name : "");
	if ((end = memmem(p, n, tag, strlen(tag))) != NULL)
		n = (size_t)(end - p) + strlen(tag);
	entry_input(p, n);
}

/* An entry that begins at the tag the parser is at. */
static struct json *
begin_entry(struct dblp *d)
{
	forget(d, tag_place(d));
	return entry_begin(d->doc, d->kept_at, d->kept_line, NULL, 0);
}

static void
begin_record(struct dblp *d, const struct element *e, const xmlChar **v, int nv)
{
	const char *s;
	size_t n;

	d->record = e;
	d->record_depth = d->depth;
	d->entity = NULL;
	d->field[0] = '\0';
	s = attribute(v, nv, "key", &n);
	buf_reset(&d->key);
	buf_add(&d->key, s, n);
	d->is_person = e->type == NULL ||
	    strncmp(d->key.p, "homepages/", 10) == 0;
	if (d->is_person) {
		forget(d, tag_place(d));
		return;
	}
	d->paper = begin_entry(d);
	s = attribute(v, nv, "publtype", &n);
	d->publtype = arena_strndup(entry_arena(), s, n);
	entry_str(d->paper, "type", e->type);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nns, const xmlChar **ns, int nattr, int ndefault,
    const xmlChar **attr)
{
	struct dblp *d = ctx;
	const struct element *e;
	const char *s;
	size_t n;

	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefault;
	d->depth++;
	if (d->record == NULL) {
		e = find_element((const char *)name);
		if (e != NULL)
			begin_record(d, e, attr, nattr);
		else if (d->depth == 2 && strcmp((const char *)name, "r") != 0) {
			begin_entry(d);
			show_input(d);
			filter_reject(REJECT_UNKNOWN_ELEMENT, NULL,
			    (const char *)name, strlen((const char *)name),
			    "<%s> is no record of dblp", (const char *)name);
		}
		return;
	}
	if (d->depth != d->record_depth + 1)
		return;
	snprintf(d->field, sizeof(d->field), "%s", (const char *)name);
	buf_reset(&d->text);
	s = attribute(attr, nattr, "orcid", &n);
	buf_reset(&d->orcid);
	buf_add(&d->orcid, s, n);
}

static void
on_text(void *ctx, const xmlChar *s, int n)
{
	struct dblp *d = ctx;

	if (d->record != NULL && d->field[0] != '\0')
		buf_add(&d->text, s, (size_t)n);
}

/* dblp ends every title with a period that is not the title's. */
static size_t
without_period(const char *s, size_t n)
{
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		n--;
	if (n < 2 || s[n - 1] != '.' || s[n - 2] == '.' ||
	    (n > 3 && memcmp(s + n - 4, ". .", 3) == 0))
		return n;
	return n - 1;
}

static void
end_field(struct dblp *d)
{
	const char *s = d->text.p != NULL ? d->text.p : "";
	size_t n = d->text.len, i;
	struct json *person;
	bool author = strcmp(d->field, "author") == 0;

	if (author || strcmp(d->field, "editor") == 0) {
		person = entry_person(entry_people(d->paper, author ?
		    "authors" : "editors"), s, n);
		if (person != NULL && d->orcid.len > 0)
			entry_text(person, "orcid", d->orcid.p, d->orcid.len);
		return;
	}
	if (strcmp(d->field, "ee") == 0) {
		entry_link(d->paper, s, n);
		return;
	}
	if (strcmp(d->field, "title") == 0)
		n = without_period(s, n);
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (strcmp(members[i].element, d->field) == 0) {
			if (members[i].name != NULL)
				entry_text(d->paper, members[i].name, s, n);
			return;
		}
	entry_foreign(d->paper, "dblp", d->field, strlen(d->field), s, n);
}

static void
end_record(struct dblp *d)
{
	const char *venue, *volume;

	if (d->entity != NULL)
		show_input(d);
	d->record = NULL;
	if (d->is_person) {
		filter_passed("person records");
		return;
	}
	if (d->entity != NULL) {
		filter_reject(REJECT_BAD_ENTITY, NULL, d->entity,
		    strlen(d->entity), "&%s; is no character of HTML's",
		    d->entity);
		return;
	}
	venue = json_get_str(d->paper, "venue");
	volume = json_get_str(d->paper, "volume");
	if (venue != NULL && strcmp(venue, "CoRR") == 0) {
		json_set(entry_arena(), d->paper, "type",
		    json_str(entry_arena(), "preprint"));
		if (volume != NULL && strncmp(volume, "abs/", 4) == 0)
			entry_str(d->paper, "arxiv", volume + 4);
	}
	if (strstr(d->publtype, "withdrawn") != NULL)
		entry_str(d->paper, "status", "withdrawn");
	entry_emit(d->doc, d->paper, d->key.p, d->key.len);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct dblp *d = ctx;

	(void)name, (void)prefix, (void)uri;
	if (d->record != NULL && d->depth == d->record_depth + 1) {
		if (!d->is_person)
			end_field(d);
		d->field[0] = '\0';
	} else if (d->record != NULL && d->depth == d->record_depth)
		end_record(d);
	d->depth--;
}

/* The first error ends the parser; what follows is another one's. */
static void
on_error(void *ctx, xmlErrorPtr e)
{
	struct dblp *d = ctx;
	char *line;

	if (e->level < XML_ERR_FATAL || d->failed)
		return;
	d->failed = true;
	d->cut = d->in->eof && d->given == d->kept.len &&
	    d->parser->input != NULL &&
	    d->parser->input->cur >= d->parser->input->end;
	if (d->error[0] == '\0')
		snprintf(d->error, sizeof(d->error), "%.*s",
		    (int)strcspn(e->message, "\n"), e->message);
	/* it counts lines from where it was begun */
	if ((line = strstr(d->error, " line ")) != NULL &&
	    line[6 + strspn(line + 6, "0123456789")] == '\0')
		*line = '\0';
	xmlStopParser(d->parser);
}

/*
 * After an error: move to the next tag of a record behind place from, reading
 * on where needed.  False: there is none.
 */
static bool
resync(struct dblp *d, size_t from)
{
	size_t i = from, n, k, len;
	const char *p;

	for (;;) {
		if (d->kept.len < i + 32) {
			/* nothing before i is needed any more */
			forget(d, i < d->kept.len ? i : d->kept.len);
			i = d->skipped;
			n = input_fill(d->in, 1);
			if (n > 16 * 1024)
				n = 16 * 1024;
			buf_add(&d->kept, input_head(d->in), n);
			input_skip(d->in, n);
			if (d->kept.len <= i + 1)
				return false;
			if (n == 0 && d->kept.len < i + 32 &&
			    memchr(d->kept.p + i, '<', d->kept.len - i) == NULL)
				return false;
		}
		p = memchr(d->kept.p + i, '<', d->kept.len - i);
		if (p == NULL) {
			i = d->kept.len;
			continue;
		}
		i = (size_t)(p - d->kept.p);
		for (k = 0; k < sizeof(elements) / sizeof(elements[0]); k++) {
			len = strlen(elements[k].name);
			if (d->kept.len - i > len + 1 && strncmp(p + 1,
			    elements[k].name, len) == 0 &&
			    strchr(" \t\r\n", p[1 + len]) != NULL) {
				forget(d, i);
				return true;
			}
		}
		if (d->kept.len < i + 32 && input_fill(d->in, 1) > 0)
			continue;
		i++;
	}
}

static xmlSAXHandler handler = {
	.initialized = XML_SAX2_MAGIC,
	.getEntity = get_entity,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_text,
	.serror = (xmlStructuredErrorFunc)on_error,
};

/* One parser from what is kept on; false after an error. */
static bool
run(struct dblp *d)
{
	d->failed = d->too_long = false;
	d->error[0] = '\0';
	d->depth = 0;
	d->record = NULL;
	d->entity = NULL;
	d->given = d->skipped;
	d->raw_at = d->skipped;
	d->utf8_at = d->lead ? sizeof(root) - 1 : 0;
	d->parser = xmlCreateIOParserCtxt(&handler, d, pull, NULL, d,
	    XML_CHAR_ENCODING_NONE);
	if (d->parser == NULL)
		abort();
	xmlCtxtUseOptions(d->parser, XML_PARSE_IGNORE_ENC | XML_PARSE_NONET);
	xmlParseDocument(d->parser);
	xmlFreeParserCtxt(d->parser);
	return !d->failed;
}

/* US-ASCII is Latin-1's half; another encoding than these two is refused. */
static bool
find_encoding(struct dblp *d)
{
	size_t n = input_fill(d->in, SNIFF);
	const char *p = input_head(d->in), *e = d->doc->encoding, *end;
	char name[32] = "UTF-8";

	if (n > SNIFF)
		n = SNIFF;
	if (e == NULL && n > 5 && memcmp(p, "<?xml", 5) == 0 &&
	    (end = memmem(p, n, "?>", 2)) != NULL &&
	    (e = memmem(p, (size_t)(end - p), "encoding=", 9)) != NULL)
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(e + 10,
		    "\"'"), e + 10);
	else if (e != NULL)
		snprintf(name, sizeof(name), "%s", e);
	d->latin1 = strcasecmp(name, "ISO-8859-1") == 0 ||
	    strcasecmp(name, "US-ASCII") == 0 ||
	    strcasecmp(name, "ASCII") == 0 || strcasecmp(name, "latin1") == 0;
	if (d->latin1 || strcasecmp(name, "UTF-8") == 0 ||
	    strcasecmp(name, "UTF8") == 0)
		return n < 2 || (memcmp(p, "\xff\xfe", 2) != 0 &&
		    memcmp(p, "\xfe\xff", 2) != 0);
	return false;
}

static void
refuse(struct dblp *d)
{
	if (d->record == NULL || d->is_person)
		entry_begin(d->doc, d->kept_at, d->kept_line, NULL, 0);
	show_input(d);
	filter_reject(d->too_long ? REJECT_TOO_LONG : d->cut ? REJECT_CUT_SHORT :
	    REJECT_BAD_XML, NULL, NULL, 0, "%s", d->error);
}

void
parse_dblp(struct document *doc, struct input *in)
{
	struct dblp d = { .doc = doc, .in = in };
	bool more = input_fill(in, 1) > 0;

	d.kept_at = in->offset;
	d.kept_line = in->line;
	if (more && !find_encoding(&d)) {
		entry_refuse(doc, 0, 1, NULL, 0, REJECT_BAD_ENCODING,
		    "neither UTF-8 nor ISO-8859-1; convert the document with "
		    "iconv(1) first");
		return;
	}
	while (more && !run(&d)) {
		refuse(&d);
		more = resync(&d, d.skipped + 1);
		d.lead = true;
	}
	buf_free(&d.kept);
	buf_free(&d.key);
	buf_free(&d.text);
	buf_free(&d.orcid);
}

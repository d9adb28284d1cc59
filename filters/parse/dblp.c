/* dblp - XML of dblp */
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "parse/dblp_parts.h"
#include "parse/format.h"
#include "parse/sniff.h"

/* Those that are records, and fields of these. */
static const struct dblp_element elements[] = {
	{ "article",		DBLP_RECORD,	"article", 0 },
	{ "inproceedings",	DBLP_RECORD,	"inproceedings", 0 },
	{ "incollection",	DBLP_RECORD,	"incollection", 0 },
	{ "proceedings",	DBLP_RECORD,	"proceedings", 0 },
	{ "book",		DBLP_RECORD,	"book", 0 },
	{ "phdthesis",		DBLP_RECORD,	"phdthesis", 0 },
	{ "mastersthesis",	DBLP_RECORD,	"mastersthesis", 0 },
	{ "www",		DBLP_RECORD,	"other", 0 },
	{ "data",		DBLP_RECORD,	"dataset", 0 },
	{ "person",		DBLP_RECORD,	NULL, 0 },
	{ "author",		DBLP_PEOPLE,	"authors", 0 },
	{ "editor",		DBLP_PEOPLE,	"editors", 0 },
	{ "title",		DBLP_TITLE,	"title", DBLP_NAMED },
	{ "booktitle",		DBLP_TEXT,	"venue", DBLP_VENUE },
	{ "journal",		DBLP_TEXT,	"venue", DBLP_VENUE },
	{ "year",		DBLP_TEXT,	"year", DBLP_YEAR },
	{ "volume",		DBLP_TEXT,	"volume", DBLP_VOLUME },
	{ "number",		DBLP_TEXT,	"number", DBLP_NUMBER },
	{ "pages",		DBLP_TEXT,	"pages", DBLP_PAGES },
	{ "publisher",		DBLP_TEXT,	"publisher", DBLP_PUBLISHER },
	{ "school",		DBLP_TEXT,	"publisher", DBLP_PUBLISHER },
	{ "isbn",		DBLP_TEXT,	"isbn", DBLP_ISBN },
	{ "crossref",		DBLP_OTHER,	"crossref", DBLP_CROSSREF },
	{ "ee",			DBLP_LINK,	NULL, 0 },
	{ "url",		DBLP_PLACE,	NULL, 0 },
	{ "note",		DBLP_NOTE,	"note", 0 },
	{ "stream",		DBLP_LIST,	"stream", 0 },
	{ "rel",		DBLP_RELATION,	"rel", 0 },
	{ "cite",		DBLP_LEFT_OUT,	NULL, 0 },
	{ "cdrom",		DBLP_LEFT_OUT,	NULL, 0 },
};
#define NELEMENTS	(sizeof(elements) / sizeof(elements[0]))
#define LOOKS		128

static uint8_t	 first[LOOKS];		/* element + 1 of a look, or 0 */
static uint8_t	 next[NELEMENTS];

/* A hash of few bytes, which parts all of these names. */
static size_t
look(const char *name, size_t n)
{
	return ((unsigned char)name[0] * 4u + (unsigned char)name[n / 2] * 4u +
	    n * 3) % LOOKS;
}

static void
index_elements(void)
{
	uint8_t i, *p;

	memset(first, 0, sizeof(first));
	for (i = 0; i < NELEMENTS; i++) {
		p = &first[look(elements[i].name, strlen(elements[i].name))];
		next[i] = *p;
		*p = (uint8_t)(i + 1);
	}
}

static const struct dblp_element *
find_element(const struct xml_tag *tag)
{
	uint8_t i;

	for (i = first[look(tag->name, tag->len)]; i > 0; i = next[i - 1])
		if (strcmp(elements[i - 1].name, tag->name) == 0)
			return &elements[i - 1];
	return NULL;
}

/* Reading */

static bool
is_root(const char *name)
{
	return strcmp(name, "dblp") == 0 || strcmp(name, "dblpperson") == 0;
}

static void
begin_record(struct dblp *d, const struct dblp_element *e,
    const struct xml_tag *tag)
{
	const char *s;
	size_t n;

	d->record = e;
	d->record_depth = d->xml.depth;
	d->field = NULL;
	d->people[0] = d->people[1] = NULL;
	d->seen = 0;
	s = xml_attribute(tag, "key", &n);
	buf_reset(&d->key);
	buf_add(&d->key, s, n);
	d->is_person = e->member == NULL ||
	    strncmp(d->key.p, "homepages/", 10) == 0;
	xml_keep(&d->xml);
	d->entry = xml_begin_entry(&d->xml);
	s = xml_attribute(tag, "publtype", &n);
	d->publtype = arena_strndup(entry_arena(), s, n);
	if (!d->is_person)
		entry_first(d->entry, "type", e->member, strlen(e->member));
}

/* An element where a record should stand, when it ends or a record is in it. */
static void
refuse_unknown(struct dblp *d)
{
	const char *name = d->key.p;

	d->unknown_depth = 0;
	xml_begin_entry(&d->xml);
	xml_show_input(&d->xml);
	filter_reject(REJECT_UNKNOWN_ELEMENT, NULL, name, strlen(name),
	    "<%s> is no record of dblp", name);
}

static void
start_around(struct dblp *d, const struct dblp_element *e,
    const struct xml_tag *tag)
{
	if (e != NULL && e->use == DBLP_RECORD) {
		if (d->unknown_depth > 0)
			refuse_unknown(d);
		begin_record(d, e, tag);
	} else if (d->xml.depth == 1) {
		d->person_page = strcmp(tag->name, "dblpperson") == 0;
		d->xml.known_root |= is_root(tag->name);
	} else if (d->xml.depth == 2 && d->xml.known_root && !d->person_page) {
		d->unknown_depth = d->xml.depth;
		buf_reset(&d->key);
		buf_adds(&d->key, tag->name);
		xml_keep(&d->xml);
	}
}

/* The tag's strings are gone when this one's text comes. */
static void
keep_attributes(struct dblp *d, const struct xml_tag *tag)
{
	struct xml_attr *attr;
	size_t i;

	d->tag.nattr = tag->nattr;
	if (tag->nattr == 0)
		return;
	d->tag.attr = attr = arena_alloc(entry_arena(),
	    tag->nattr * sizeof(*attr));
	for (i = 0; i < tag->nattr; i++) {
		attr[i] = tag->attr[i];
		attr[i].name = arena_strndup(entry_arena(), attr[i].name,
		    attr[i].namelen);
		attr[i].value = arena_strndup(entry_arena(), attr[i].value,
		    attr[i].len);
	}
}

static void
start(struct xml *x, const struct xml_tag *tag)
{
	struct dblp *d = (struct dblp *)x;
	const struct dblp_element *e = find_element(tag);

	if (d->record == NULL)
		start_around(d, e, tag);
	else if (e != NULL && e->use == DBLP_RECORD)
		xml_fail(x, REJECT_BAD_XML, "<%s> inside of <%s>", tag->name,
		    d->record->name);
	else if (x->depth == d->record_depth + 1) {
		if (e == NULL) {
			d->other.name = d->other.member =
			    arena_strndup(entry_arena(), tag->name, tag->len);
			e = &d->other;
		}
		d->field = e;
		keep_attributes(d, tag);
		d->text.len = 0;
		d->script = 0;
	} else if (d->field != NULL && markup_is_script(tag->name, &d->raised))
		d->script = d->text.len + 1;
}

static void
text(struct xml *x, const char *s, size_t n)
{
	struct dblp *d = (struct dblp *)x;

	if (d->record != NULL && d->field != NULL)
		buf_add(&d->text, s, n);
}

/* The text of an index or exponent in a field ends. */
static void
end_script(struct dblp *d)
{
	size_t from = d->script - 1, n = d->text.len - from;
	const char *s = arena_strndup(entry_arena(), d->text.p + from, n);

	d->text.len = from;
	markup_script(&d->text, s, n, d->raised);
	d->script = 0;
}

static void
end_record(struct dblp *d)
{
	d->record = NULL;
	if (!xml_end_entry(&d->xml))
		return;
	if (d->is_person)
		dblp_person_emit(d);
	else
		dblp_paper_emit(d);
}

static void
end(struct xml *x)
{
	struct dblp *d = (struct dblp *)x;
	const char *s = d->text.p != NULL ? d->text.p : "";

	if (d->record != NULL && x->depth == d->record_depth + 1) {
		if (d->is_person)
			dblp_person_field(d, s, d->text.len);
		else
			dblp_paper_field(d, s, d->text.len);
		d->field = NULL;
	} else if (d->record != NULL && x->depth == d->record_depth)
		end_record(d);
	else if (d->record != NULL && d->script > 0)
		end_script(d);
	else if (d->unknown_depth > 0 && x->depth == d->unknown_depth)
		refuse_unknown(d);
}

static void
failed(struct xml *x)
{
	struct dblp *d = (struct dblp *)x;

	d->broken = d->record != NULL;
	d->record = NULL;
	d->unknown_depth = 0;
}

static bool
is_record(struct xml *x, const char *name, bool inside)
{
	struct xml_tag tag = { .name = name, .len = strlen(name) };
	const struct dblp_element *e = find_element(&tag);

	(void)inside;
	if (!((struct dblp *)x)->broken && is_root(name))
		return true;
	return e != NULL && e->use == DBLP_RECORD;
}

void
parse_dblp(struct document *doc, struct input *in)
{
	static const struct xml_format format = { start, text, end, failed,
	    is_record };
	struct dblp d = {
		.xml = { .doc = doc, .in = in, .format = &format },
		.other = { .use = DBLP_OTHER },
	};

	index_elements();
	xml_read(&d.xml);
	buf_free(&d.key);
	buf_free(&d.text);
}

/*
 * A slice of it has no root around its records, and these have keys such as
 * "journals/acta/Saxena96", by which they are told from other articles.
 */
static bool
begins_with_record(const struct sniff *s)
{
	struct xml_tag tag = { .name = s->root, .len = strlen(s->root) };
	const struct dblp_element *e;

	if (tag.len == 0 || strchr(s->key, '/') == NULL)
		return false;
	index_elements();
	e = find_element(&tag);
	return e != NULL && e->use == DBLP_RECORD;
}

const char *
sniff_dblp(const struct sniff *s)
{
	if (sniff_root(s, "dblp") || sniff_root(s, "dblpperson"))
		return "its root is that of dblp";
	return begins_with_record(s) ? "it begins with a record of dblp" : NULL;
}

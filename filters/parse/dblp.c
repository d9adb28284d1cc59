/* dblp - XML of dblp */
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/dblp.h"
#include "parse/dblp_parts.h"
#include "parse/format.h"
#include "parse/sniff.h"

/* Those that are records, and fields of these. */
static const struct dblp_element elements[] = {
	{ "article",		DBLP_RECORD,	"article" },
	{ "inproceedings",	DBLP_RECORD,	"inproceedings" },
	{ "incollection",	DBLP_RECORD,	"incollection" },
	{ "proceedings",	DBLP_RECORD,	"proceedings" },
	{ "book",		DBLP_RECORD,	"book" },
	{ "phdthesis",		DBLP_RECORD,	"phdthesis" },
	{ "mastersthesis",	DBLP_RECORD,	"mastersthesis" },
	{ "www",		DBLP_RECORD,	"other" },
	{ "data",		DBLP_RECORD,	"dataset" },
	{ "person",		DBLP_RECORD,	NULL },
	{ "author",		DBLP_PEOPLE,	"authors" },
	{ "editor",		DBLP_PEOPLE,	"editors" },
	{ "title",		DBLP_TITLE,	"title" },
	{ "booktitle",		DBLP_TEXT,	"venue" },
	{ "journal",		DBLP_TEXT,	"venue" },
	{ "year",		DBLP_TEXT,	"year" },
	{ "volume",		DBLP_TEXT,	"volume" },
	{ "number",		DBLP_TEXT,	"number" },
	{ "pages",		DBLP_TEXT,	"pages" },
	{ "publisher",		DBLP_TEXT,	"publisher" },
	{ "school",		DBLP_TEXT,	"publisher" },
	{ "isbn",		DBLP_TEXT,	"isbn" },
	{ "crossref",		DBLP_OTHER,	"crossref" },
	{ "ee",			DBLP_LINK,	NULL },
	{ "url",		DBLP_PLACE,	NULL },
	{ "note",		DBLP_NOTE,	"note" },
	{ "stream",		DBLP_LIST,	"stream" },
	{ "rel",		DBLP_RELATION,	"rel" },
	{ "cite",		DBLP_LEFT_OUT,	NULL },
	{ "cdrom",		DBLP_LEFT_OUT,	NULL },
};
#define NELEMENTS	(sizeof(elements) / sizeof(elements[0]))
#define LOOKS		128

static uint8_t	 first[LOOKS];		/* element + 1 of a look, or 0 */
static uint8_t	 next[NELEMENTS];
static uint8_t	 alike[NELEMENTS];	/* the first with the same member */

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
		for (alike[i] = 0; alike[i] < i; alike[i]++)
			if (elements[i].member != NULL &&
			    elements[alike[i]].member != NULL &&
			    strcmp(elements[i].member,
			    elements[alike[i]].member) == 0)
				break;
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

/* Papers */

/*
 * Set the member of the field at hand; the first value stays.  false: there was
 * one.
 */
static bool
set_member(struct dblp *d, const char *s, size_t n)
{
	uint32_t bit = 1u << alike[d->field - elements];
	const struct json *last = d->entry->last;

	if ((d->seen & bit) != 0)
		return false;
	entry_first(d->entry, d->field->member, s, n);
	if (d->entry->last != last)
		d->seen |= bit;
	return true;
}

size_t
dblp_without_period(const char *s, size_t n)
{
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		n--;
	if (n < 2 || s[n - 1] != '.' || s[n - 2] == '.' ||
	    (n > 3 && memcmp(s + n - 4, ". .", 3) == 0))
		return n;
	return n - 1;
}

static void
add_person(struct dblp *d, const char *s, size_t n)
{
	static const char *const kept[] = { "orcid", "aux", "bibtex" };
	struct json *person = json_object(entry_arena()), **people;
	const char *v;
	size_t i, len;

	entry_first(person, "name", s, n);
	if (person->child == NULL)
		return;
	people = &d->people[d->field->member[0] == 'e'];
	if (*people == NULL)
		*people = entry_people(d->entry, d->field->member);
	json_append(*people, person);
	if (d->tag.nattr == 0)
		return;
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		v = xml_attribute(&d->tag, kept[i], &len);
		entry_text(person, kept[i], v, len);
	}
	v = xml_attribute(&d->tag, "pid", &len);
	if (len > 0)
		entry_person_id(person, "dblp", v, len);
}

/* Under the name of the element, or with the type that an attribute says. */
static void
add_typed(struct dblp *d, const char *s, size_t n, bool untyped)
{
	struct buf b = { 0 };
	const char *type;
	size_t len;

	type = xml_attribute(&d->tag, "type", &len);
	if (len > 0) {
		buf_addf(&b, "%s_%.*s", d->field->name, (int)len, type);
		entry_foreign_again(d->entry, "dblp", b.p, b.len, s, n);
		buf_free(&b);
	} else if (untyped)
		entry_foreign_again(d->entry, "dblp", d->field->name,
		    strlen(d->field->name), s, n);
}

/* What the attributes say, and the text. */
static void
add_relation(struct dblp *d, const char *s, size_t n)
{
	static const char *const kept[] = { "type", "uri", "label", "sort" };
	struct json *o = json_object(entry_arena());
	const char *v;
	size_t i, len;

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		v = xml_attribute(&d->tag, kept[i], &len);
		entry_text(o, kept[i], v, len);
	}
	entry_text(o, "text", s, n);
	if (o->child == NULL)
		return;
	if (json_get(d->entry, "rel") == NULL)
		json_set(entry_arena(), d->entry, "rel",
		    json_array(entry_arena()));
	json_append(json_get(d->entry, "rel"), o);
}

static void
add_title(struct dblp *d, const char *s, size_t n)
{
	const char *v;
	size_t len;

	set_member(d, s, dblp_without_period(s, n));
	if (d->tag.nattr == 0)
		return;
	v = xml_attribute(&d->tag, "bibtex", &len);
	entry_text(d->entry, "title_bibtex", v, len);
}

static void
add_field(struct dblp *d, const char *s, size_t n)
{
	switch (d->field->use) {
	case DBLP_PEOPLE:
		add_person(d, s, n);
		break;
	case DBLP_TITLE:
		add_title(d, s, n);
		break;
	case DBLP_TEXT:
		set_member(d, s, n);
		break;
	case DBLP_LINK:
		entry_link(d->entry, s, n);
		if (d->tag.nattr > 0)
			add_typed(d, s, n, false);
		break;
	case DBLP_PLACE:
		/* a whole one only in older dumps */
		if (n > 4 && strncmp(s, "http", 4) == 0)
			entry_link(d->entry, s, n);
		break;
	case DBLP_NOTE:
		add_typed(d, s, n, true);
		break;
	case DBLP_LIST:
		entry_append(d->entry, d->field->member, s, n);
		break;
	case DBLP_RELATION:
		add_relation(d, s, n);
		break;
	case DBLP_OTHER:
		if (d->field != &d->other && set_member(d, s, n))
			break;
		entry_foreign_again(d->entry, "dblp", d->field->member,
		    strlen(d->field->member), s, n);
		break;
	case DBLP_RECORD:
	case DBLP_LEFT_OUT:
		break;
	}
}

void
dblp_corr(struct json *paper)
{
	const char *venue = json_get_str(paper, "venue");
	const char *volume = json_get_str(paper, "volume");

	if (venue == NULL || strcmp(venue, "CoRR") != 0)
		return;
	json_set(entry_arena(), paper, "type",
	    json_str(entry_arena(), "preprint"));
	if (volume != NULL && strncmp(volume, "abs/", 4) == 0)
		entry_str(paper, "arxiv", volume + 4);
}

static void
emit_paper(struct dblp *d)
{
	dblp_corr(d->entry);
	if (strstr(d->publtype, "withdrawn") != NULL)
		entry_str(d->entry, "status", "withdrawn");
	entry_str(d->entry, "publtype", d->publtype);
	entry_emit(d->xml.doc, d->entry, d->key.p, d->key.len);
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
	} else if (d->xml.depth == 2 && !d->person_page) {
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
	}
}

static void
text(struct xml *x, const char *s, size_t n)
{
	struct dblp *d = (struct dblp *)x;

	if (d->record != NULL && d->field != NULL)
		buf_add(&d->text, s, n);
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
		emit_paper(d);
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
			add_field(d, s, d->text.len);
		d->field = NULL;
	} else if (d->record != NULL && x->depth == d->record_depth)
		end_record(d);
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

const char *
sniff_dblp(const struct sniff *s)
{
	if (sniff_root(s, "dblp") || sniff_root(s, "dblpperson"))
		return "its root is that of dblp";
	return NULL;
}

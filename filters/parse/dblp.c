/* dblp - XML of dblp */
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/dblp.h"
#include "parse/format.h"
#include "parse/sniff.h"
#include "parse/xml.h"

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
	struct xml		 xml;		/* first: it is given to us */
	const struct element	*record;	/* the one at hand, or NULL */
	size_t			 record_depth;
	struct json		*paper;
	struct buf		 key;
	const char		*publtype;
	bool			 is_person;
	size_t			 unknown_depth;	/* of what is no record, or 0 */
	bool			 person_page;	/* the root is dblpperson */
	char			 field[32];	/* the element in the record */
	struct buf		 text;
	struct buf		 orcid;
};

static const struct element *
find_element(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (strcmp(elements[i].name, name) == 0)
			return &elements[i];
	return NULL;
}

static void
begin_record(struct dblp *d, const struct element *e, const struct xml_tag *tag)
{
	const char *s;
	size_t n;

	d->record = e;
	d->record_depth = d->xml.depth;
	d->field[0] = '\0';
	s = xml_attribute(tag, "key", &n);
	buf_reset(&d->key);
	buf_add(&d->key, s, n);
	d->is_person = e->type == NULL ||
	    strncmp(d->key.p, "homepages/", 10) == 0;
	xml_keep(&d->xml);
	if (d->is_person)
		return;
	d->paper = xml_begin_entry(&d->xml);
	s = xml_attribute(tag, "publtype", &n);
	d->publtype = arena_strndup(entry_arena(), s, n);
	entry_str(d->paper, "type", e->type);
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
start_around(struct dblp *d, const struct xml_tag *tag)
{
	const struct element *e = find_element(tag->name);

	if (e != NULL) {
		if (d->unknown_depth > 0)
			refuse_unknown(d);
		begin_record(d, e, tag);
	} else if (d->xml.depth == 1) {
		d->person_page = strcmp(tag->name, "dblpperson") == 0;
		d->xml.known_root |= d->person_page ||
		    strcmp(tag->name, "dblp") == 0;
	} else if (d->xml.depth == 2 && !d->person_page) {
		d->unknown_depth = d->xml.depth;
		buf_reset(&d->key);
		buf_adds(&d->key, tag->name);
		xml_keep(&d->xml);
	}
}

static void
start(struct xml *x, const struct xml_tag *tag)
{
	struct dblp *d = (struct dblp *)x;
	const char *s;
	size_t n;

	if (d->record == NULL)
		start_around(d, tag);
	else if (find_element(tag->name) != NULL)
		xml_fail(x, REJECT_BAD_XML, "<%s> inside of <%s>", tag->name,
		    d->record->name);
	else if (x->depth == d->record_depth + 1) {
		snprintf(d->field, sizeof(d->field), "%s", tag->name);
		buf_reset(&d->text);
		s = xml_attribute(tag, "orcid", &n);
		buf_reset(&d->orcid);
		buf_add(&d->orcid, s, n);
	}
}

static void
text(struct xml *x, const char *s, size_t n)
{
	struct dblp *d = (struct dblp *)x;

	if (d->record != NULL && d->field[0] != '\0')
		buf_add(&d->text, s, n);
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
	/* "url" is a place on dblp's own site, but in older dumps */
	if (strcmp(d->field, "ee") == 0 || (strcmp(d->field, "url") == 0 &&
	    n > 4 && strncmp(s, "http", 4) == 0)) {
		entry_link(d->paper, s, n);
		return;
	}
	if (strcmp(d->field, "title") == 0)
		n = dblp_without_period(s, n);
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (strcmp(members[i].element, d->field) == 0) {
			if (members[i].name != NULL)
				entry_text(d->paper, members[i].name, s, n);
			return;
		}
	entry_foreign(d->paper, "dblp", d->field, strlen(d->field), s, n);
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
end_record(struct dblp *d)
{
	d->record = NULL;
	if (d->is_person) {
		filter_passed("person records");
		return;
	}
	if (!xml_end_entry(&d->xml))
		return;
	dblp_corr(d->paper);
	if (strstr(d->publtype, "withdrawn") != NULL)
		entry_str(d->paper, "status", "withdrawn");
	entry_emit(d->xml.doc, d->paper, d->key.p, d->key.len);
}

static void
end(struct xml *x)
{
	struct dblp *d = (struct dblp *)x;

	if (d->record != NULL && x->depth == d->record_depth + 1) {
		if (!d->is_person)
			end_field(d);
		d->field[0] = '\0';
	} else if (d->record != NULL && x->depth == d->record_depth)
		end_record(d);
	else if (d->unknown_depth > 0 && x->depth == d->unknown_depth)
		refuse_unknown(d);
}

static void
failed(struct xml *x)
{
	struct dblp *d = (struct dblp *)x;

	d->record = NULL;
	d->unknown_depth = 0;
}

static bool
is_record(struct xml *x, const char *name, bool inside)
{
	(void)x, (void)inside;
	return find_element(name) != NULL;
}

void
parse_dblp(struct document *doc, struct input *in)
{
	static const struct xml_format format = { start, text, end, failed,
	    is_record };
	struct dblp d = { .xml = { .doc = doc, .in = in, .format = &format } };

	xml_read(&d.xml);
	buf_free(&d.key);
	buf_free(&d.text);
	buf_free(&d.orcid);
}

const char *
sniff_dblp(const struct sniff *s)
{
	if (sniff_root(s, "dblp") || sniff_root(s, "dblpperson"))
		return "its root is that of dblp";
	return NULL;
}

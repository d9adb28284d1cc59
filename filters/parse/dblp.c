/* dblp - XML of dblp */
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
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
	struct xml		 xml;		/* first: it is given to SAX */
	const struct element	*record;	/* the one at hand */
	int			 record_depth;
	struct json		*paper;
	struct buf		 key;
	const char		*publtype;
	bool			 is_person;
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

static bool
resumes(struct xml *x, const char *name)
{
	(void)x;
	return find_element(name) != NULL;
}

static void
begin_record(struct dblp *d, const struct element *e, const xmlChar **attr,
    int nattr)
{
	const char *s;
	size_t n;

	d->record = e;
	d->record_depth = d->xml.depth;
	d->field[0] = '\0';
	s = xml_attribute(attr, nattr, "key", &n);
	buf_reset(&d->key);
	buf_add(&d->key, s, n);
	d->is_person = e->type == NULL ||
	    strncmp(d->key.p, "homepages/", 10) == 0;
	if (d->is_person) {
		xml_forget(&d->xml);
		return;
	}
	d->paper = xml_begin_entry(&d->xml);
	s = xml_attribute(attr, nattr, "publtype", &n);
	d->publtype = arena_strndup(entry_arena(), s, n);
	entry_str(d->paper, "type", e->type);
}

static void
refuse_element(struct dblp *d, const char *name)
{
	xml_begin_entry(&d->xml);
	xml_show_input(&d->xml, name);
	filter_reject(REJECT_UNKNOWN_ELEMENT, NULL, name, strlen(name),
	    "<%s> is no record of dblp", name);
}

static void
on_start(void *ctx, const xmlChar *xname, const xmlChar *prefix,
    const xmlChar *uri, int nns, const xmlChar **ns, int nattr, int ndefault,
    const xmlChar **attr)
{
	struct dblp *d = ctx;
	const char *name = (const char *)xname, *s;
	const struct element *e;
	size_t n;

	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefault;
	d->xml.depth++;
	if (d->record == NULL) {
		if ((e = find_element(name)) != NULL)
			begin_record(d, e, attr, nattr);
		else if (d->xml.depth == 1)
			d->person_page = strcmp(name, "dblpperson") == 0;
		else if (d->xml.depth == 2 && !d->person_page)
			refuse_element(d, name);
	} else if (d->xml.depth == d->record_depth + 1) {
		snprintf(d->field, sizeof(d->field), "%s", name);
		buf_reset(&d->text);
		s = xml_attribute(attr, nattr, "orcid", &n);
		buf_reset(&d->orcid);
		buf_add(&d->orcid, s, n);
	}
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
	/* "url" is a place on dblp's own site, but in older dumps */
	if (strcmp(d->field, "ee") == 0 || (strcmp(d->field, "url") == 0 &&
	    n > 4 && strncmp(s, "http", 4) == 0)) {
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

/* CoRR is arXiv: its volumes are the identifiers there. */
static void
add_corr(struct json *paper)
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
	const struct element *e = d->record;
	char entity[sizeof(d->xml.entity)];

	memcpy(entity, d->xml.entity, sizeof(entity));
	d->xml.entity[0] = '\0';
	d->record = NULL;
	if (d->is_person) {
		filter_passed("person records");
		return;
	}
	if (entity[0] != '\0') {
		xml_show_input(&d->xml, e->name);
		filter_reject(REJECT_BAD_ENTITY, NULL, entity, strlen(entity),
		    "&%s; is no character of HTML's", entity);
		return;
	}
	add_corr(d->paper);
	if (strstr(d->publtype, "withdrawn") != NULL)
		entry_str(d->paper, "status", "withdrawn");
	entry_emit(d->xml.doc, d->paper, d->key.p, d->key.len);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct dblp *d = ctx;

	(void)name, (void)prefix, (void)uri;
	if (d->record != NULL && d->xml.depth == d->record_depth + 1) {
		if (!d->is_person)
			end_field(d);
		d->field[0] = '\0';
	} else if (d->record != NULL && d->xml.depth == d->record_depth)
		end_record(d);
	d->xml.depth--;
}

/* The record at hand is lost; an error between two records is one of its own. */
static void
failed(struct xml *x)
{
	struct dblp *d = (struct dblp *)x;

	if (d->record == NULL || d->is_person)
		xml_begin_entry_at_error(x);
	xml_show_input(x, d->record != NULL ? d->record->name : "");
	filter_reject(x->code, NULL, NULL, 0, "%s", x->error);
	d->record = NULL;
}

void
parse_dblp(struct document *doc, struct input *in)
{
	xmlSAXHandler sax = {
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};
	struct dblp d = {
		.xml = { .doc = doc, .in = in, .sax = &sax, .root = "<dblp>",
		    .resumes = resumes, .failed = failed },
	};

	xml_handler(&sax);
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

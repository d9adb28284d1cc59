/* dblp_person - person records of dblp: who stands behind a name */
#include <string.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/dblp_parts.h"
#include "parse/format.h"

#define PREFIX	"homepages/"

/* A text with the attribute that says more of it, such as "former". */
static void
add_labelled(struct dblp *d, const char *member, const char *s, size_t n)
{
	struct json *list = json_get(d->entry, member), *o;
	const char *label;
	size_t len;

	label = xml_attribute(&d->tag, "label", &len);
	o = json_object(entry_arena());
	entry_text(o, "name", s, n);
	if (o->child == NULL)
		return;
	entry_text(o, "label", label, len);
	if (list == NULL) {
		list = json_array(entry_arena());
		json_set(entry_arena(), d->entry, member, list);
	}
	json_append(list, o);
}

static bool
is(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* The first name is the one by which dblp knows the person. */
static void
add_name(struct dblp *d, const char *s, size_t n)
{
	const char *v;
	size_t len;

	if (json_get(d->entry, "name") == NULL)
		entry_text(d->entry, "name", s, n);
	else
		entry_append(d->entry, "names", s, n);
	v = xml_attribute(&d->tag, "orcid", &len);
	entry_text(d->entry, "orcid", v, len);
}

static void
add_note(struct dblp *d, const char *s, size_t n)
{
	const char *type;
	size_t len;

	type = xml_attribute(&d->tag, "type", &len);
	if (is(type, len, "affiliation"))
		add_labelled(d, "affiliations", s, n);
	else if (is(type, len, "award"))
		add_labelled(d, "awards", s, n);
	else if (is(type, len, "uname"))
		entry_append(d->entry, "variants", s, n);
	else if (is(type, len, "isnot"))
		entry_append(d->entry, "distinct", s, n);
	else
		entry_append(d->entry, "notes", s, n);
}

/* Where s goes on behind a part of it, or NULL. */
static const char *
behind(const char *s, size_t n, const char *part)
{
	const char *p = memmem(s, n, part, strlen(part));

	return p != NULL ? p + strlen(part) : NULL;
}

static void
add_url(struct dblp *d, const char *s, size_t n)
{
	const char *end, *p, *had = json_get_str(d->entry, "orcid");

	text_trim(&s, &n);
	for (end = s + n; end > s && end[-1] == '/'; )
		end--;
	if ((p = behind(s, n, "orcid.org/")) != NULL && p < end &&
	    (had == NULL || is(p, (size_t)(end - p), had)))
		entry_text(d->entry, "orcid", p, (size_t)(end - p));
	else if ((p = behind(s, n, "openreview.net/profile?id=")) != NULL &&
	    p < end)
		entry_person_id(d->entry, "openreview", p, (size_t)(end - p));
	else
		entry_append(d->entry, "urls", s, n);
}

/* The identifier that the person would have from here with this key. */
static void
add_same(struct dblp *d, const char *s, size_t n)
{
	struct buf b = { 0 };

	text_trim(&s, &n);
	if (n == 0)
		return;
	buf_addf(&b, "%s:%.*s", d->xml.doc->source, (int)n, s);
	entry_text(d->entry, "same_as", b.p, b.len);
	buf_free(&b);
}

void
dblp_person_field(struct dblp *d, const char *s, size_t n)
{
	const char *name = d->field->name;

	if (strcmp(name, "author") == 0)
		add_name(d, s, n);
	else if (strcmp(name, "note") == 0)
		add_note(d, s, n);
	else if (strcmp(name, "url") == 0)
		add_url(d, s, n);
	else if (strcmp(name, "crossref") == 0)
		add_same(d, s, n);
	else if (strcmp(name, "title") == 0) {
		/* mostly "Home Page" */
		if (behind(s, n, "was never a person") != NULL)
			json_set(entry_arena(), d->entry, "never",
			    json_true(entry_arena()));
	} else if (strcmp(name, "cite") != 0)
		entry_foreign_again(d->entry, "dblp", name, strlen(name), s,
		    n);
}

void
dblp_person_emit(struct dblp *d)
{
	static const char *const types[] = { "disambiguation", "group",
	    "noshow" };
	size_t i;

	if (strncmp(d->key.p, PREFIX, strlen(PREFIX)) == 0)
		entry_person_id(d->entry, "dblp", d->key.p + strlen(PREFIX),
		    d->key.len - strlen(PREFIX));
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strstr(d->publtype, types[i]) != NULL)
			json_set(entry_arena(), d->entry, types[i],
			    json_true(entry_arena()));
	entry_emit_person(d->xml.doc, d->entry, d->key.p, d->key.len);
}

/* dblp_paper - papers of dblp */
#include <limits.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/dblp.h"
#include "parse/dblp_parts.h"
#include "parse/format.h"

/*
 * Set the member of the field at hand; the first value stays.  false: there was
 * one.
 */
static bool
set_member(struct dblp *d, const char *s, size_t n)
{
	_Static_assert(DBLP_SLOTS <= sizeof(d->seen) * CHAR_BIT,
	    "each member has a bit");
	unsigned bit = 1u << d->field->slot;
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

void
dblp_paper_field(struct dblp *d, const char *s, size_t n)
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

/*
 * The key is an identifier that other sources have, too.  Every paper has one,
 * and is written before the next, so that none is made of an arena.
 */
static void
add_key(struct dblp *d)
{
	static struct json ids, key;
	const char *s = d->key.p;
	size_t n = d->key.len;

	text_trim(&s, &n);
	if (n == 0)
		return;
	ids = (struct json){ .type = JSON_OBJECT };
	key = (struct json){ .type = JSON_STRING, .text = s, .len = n };
	json_put(&ids, "dblp", &key);
	json_put(d->entry, "ids", &ids);
}

void
dblp_paper_emit(struct dblp *d)
{
	dblp_corr(d->entry);
	if (strstr(d->publtype, "withdrawn") != NULL)
		entry_str(d->entry, "status", "withdrawn");
	add_key(d);
	entry_str(d->entry, "publtype", d->publtype);
	entry_emit_known(d->xml.doc, d->entry, d->key.p);
}

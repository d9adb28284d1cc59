/* bibtex_parents - what entries of BibTeX take from others */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <xxhash.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/spill.h"
#include "lib/text.h"
#include "parse/bibtex.h"
#include "parse/format.h"

/*
 * Of the entries that others may name the texts are in a file, the places in
 * memory, of the first PARENTS of them.
 */
#define PARENTS		(512 * 1024)
#define GENERATIONS	8		/* from an entry back to the last one */

struct parents {
	struct spill	*spill;
	struct place {
		uint64_t	 hash;	/* of the key; 0: none here */
		uint64_t	 at;	/* in the spill */
		uint64_t	 offset; /* in the document */
		size_t		 n;
	}		*slot;
	size_t		 mask;
	size_t		 count;
	struct buf	 volume;	/* the key of PMLR's, in front of all */
	struct buf	 text;		/* of the one read last */
	uint64_t	 at;		/* where it was; UINT64_MAX: nowhere */
};

struct parents *
parents_new(void)
{
	struct parents *p = xcalloc(1, sizeof(*p));

	p->mask = 255;
	p->slot = xcalloc(p->mask + 1, sizeof(*p->slot));
	p->at = UINT64_MAX;
	return p;
}

void
parents_free(struct parents *p)
{
	spill_free(p->spill);
	free(p->slot);
	buf_free(&p->volume);
	buf_free(&p->text);
	free(p);
}

static uint64_t
hash_key(const char *key, size_t n)
{
	return XXH3_64bits(key, n) | 1;
}

static struct place *
find(const struct parents *p, uint64_t hash)
{
	size_t i = (hash >> 1) & p->mask;

	while (p->slot[i].hash != 0 && p->slot[i].hash != hash)
		i = (i + 1) & p->mask;
	return &p->slot[i];
}

static void
double_slots(struct parents *p)
{
	struct place *old = p->slot;
	size_t had = p->mask + 1, i;

	p->mask = had * 2 - 1;
	p->slot = xcalloc(had * 2, sizeof(*p->slot));
	for (i = 0; i < had; i++)
		if (old[i].hash != 0)
			*find(p, old[i].hash) = old[i];
	free(old);
}

static bool
is_parent(const char *type)
{
	static const char *const types[] = { "book", "booklet", "collection",
	    "conference", "dataset", "manual", "misc", "mvbook", "mvcollection",
	    "mvproceedings", "mvreference", "online", "periodical",
	    "proceedings", "reference", "report", "software",
	    "softwareversion", "techreport", "xdata" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
}

void
parents_add(struct parents *p, const struct entry *e, const char *s, size_t n,
    bool first)
{
	uint64_t hash = hash_key(e->key, e->keylen);
	struct place *place;

	if (e->keylen == 0 || !is_parent(e->type) || p->count == PARENTS)
		return;
	if (p->count * 2 > p->mask)
		double_slots(p);
	place = find(p, hash);
	if (place->hash != 0)
		return;
	if (p->spill == NULL)
		p->spill = spill_new(filter_tmpdir());
	*place = (struct place){ hash, spill_add(p->spill, s, n), e->offset,
	    n };
	p->count++;
	/* only their volumes say when they were published */
	if (first && strcmp(e->type, "proceedings") == 0 &&
	    entry_may_have(s, n, "published"))
		buf_add(&p->volume, e->key, e->keylen);
}

/* Resolving one entry. */
struct kin {
	struct parents	*parents;
	struct macros	*macros;
	bool		 too_much;
};

static bool	resolve(struct kin *, const struct entry *, struct fields *, int);

/*
 * The fields of the entry of this key, with those that it takes from others
 * itself; false: there are none.
 */
static bool
read_parent(struct kin *k, const char *key, size_t n, struct entry *e,
    struct fields *f, int generations)
{
	struct parents *p = k->parents;
	struct place *place = find(p, hash_key(key, n));

	f->n = 0;
	if (place->hash == 0)
		return false;
	if (!macros_afford(k->macros, place->n, 0)) {
		k->too_much = true;
		return false;
	}
	if (p->at != place->at) {
		spill_get(p->spill, place->at, place->n, &p->text);
		p->at = place->at;
	}
	return entry_open(e, p->text.p, p->text.len, place->offset) &&
	    entry_fields(e, k->macros, f) && resolve(k, e, f, generations - 1);
}

static bool
has_any(const struct fields *f, const char *const *names)
{
	for (; *names != NULL; names++)
		if (fields_find(f, *names) != NULL)
			return true;
	return false;
}

static void
add(struct fields *f, const char *name, const struct field *v)
{
	if (fields_find(f, name) == NULL &&
	    f->n < sizeof(f->v) / sizeof(f->v[0]))
		f->v[f->n++] = (struct field){ name, v->value, v->len };
}

static bool
is_one_of(const char *s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(s, *words) == 0)
			return true;
	return false;
}

/* Where an entry has one of a group it takes none of it. */
static const char *const years[] = { "year", "date", NULL };
static const char *const venues[] = { "booktitle", "journal", "journaltitle",
    "eventtitle", NULL };
static const char *const languages[] = { "language", "langid", NULL };
static const char *const publishers[] = { "publisher", "institution", "school",
    "organization", NULL };
static const char *const numbers[] = { "number", "issue", NULL };
static const char *const places[] = { "address", "location", NULL };
static const char *const *const groups[] = { years, venues, languages,
    publishers, numbers, places };
static const char *const alone[] = { "editor", "volume", "isbn", "series" };

/* The title of what it is in, under the name that it has in the entry. */
static void
inherit_title(const struct entry *e, struct fields *f,
    const struct fields *parent)
{
	static const char *const wholes[] = { "book", "collection",
	    "proceedings", "reference", NULL };
	static const char *const parts[] = { "softwareversion",
	    "softwaremodule", "codefragment", NULL };
	const struct field *title = fields_find(parent, "title");

	if (title == NULL)
		return;
	if (is_one_of(e->type, wholes))
		add(f, "maintitle", title);
	else if (is_one_of(e->type, parts))
		add(f, "title", title);
	else if (!has_any(f, venues) && !has_any(parent, venues))
		add(f, "booktitle", title);
}

static void
inherit_one(struct fields *f, const struct fields *parent, const char *name)
{
	const struct field *v = fields_find(parent, name);

	if (v != NULL)
		add(f, name, v);
}

/* What an entry takes from the one in which it stands, its crossref. */
static void
inherit(const struct entry *e, struct fields *f, const struct fields *parent)
{
	static const char *const parts[] = { "inbook", "bookinbook", "suppbook",
	    "softwareversion", "softwaremodule", "codefragment", NULL };
	const char *const *name;
	size_t i;

	inherit_title(e, f, parent);
	if (is_one_of(e->type, parts))
		inherit_one(f, parent, "author");
	if (!has_any(f, years)) {
		inherit_one(f, parent, "month");
		inherit_one(f, parent, "day");
	}
	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (!has_any(f, groups[i]))
			for (name = groups[i]; *name != NULL; name++)
				inherit_one(f, parent, *name);
	for (i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		inherit_one(f, parent, alone[i]);
}

static void
note_missing(const struct field *f, const char *key, size_t n, const char *why)
{
	filter_note(REJECT_DROPPED_VALUE, f->name, key, n, "%s", why);
}

/* Take all that the entries of the keys in a list have. */
static void
take_xdata(struct kin *k, struct fields *f, const struct field *list,
    int generations)
{
	const char *s = list->value, *end = s + list->len, *key;
	struct fields parent;
	struct entry e;
	size_t n, i;

	for (; s < end && !k->too_much; s++) {
		key = s;
		s = memchr(s, ',', (size_t)(end - s));
		if (s == NULL)
			s = end;
		n = (size_t)(s - key);
		text_trim(&key, &n);
		if (n == 0)
			continue;
		if (!read_parent(k, key, n, &e, &parent, generations))
			note_missing(list, key, n,
			    "no such entry in the document");
		for (i = 0; i < parent.n; i++)
			add(f, parent.v[i].name, &parent.v[i]);
	}
}

/* The key of the entry that this one stands in. */
static const char *
parent_key(const struct kin *k, const struct entry *e, const struct fields *f,
    size_t *n)
{
	static const char *const own[] = { "booktitle", "journal",
	    "journaltitle", "crossref", NULL };
	const struct field *ref = fields_find(f, "crossref");
	const char *key;

	if (ref != NULL) {
		key = ref->value;
		*n = ref->len;
		text_trim(&key, n);
		return key;
	}
	/* entries of PMLR say nothing of their volume, which is in front */
	*n = k->parents->volume.len;
	return strcmp(e->type, "inproceedings") == 0 && !has_any(f, own) ?
	    k->parents->volume.p : NULL;
}

static bool
resolve(struct kin *k, const struct entry *e, struct fields *f,
    int generations)
{
	const struct field *list = fields_find(f, "xdata"), *ref;
	struct fields parent;
	struct entry of;
	const char *key;
	size_t n;

	ref = fields_find(f, "crossref");
	if (generations == 0) {
		if (list != NULL || ref != NULL)
			note_missing(list != NULL ? list : ref, NULL, 0,
			    "a circle, or too many generations");
		return true;
	}
	if (list != NULL)
		take_xdata(k, f, list, generations);
	if ((key = parent_key(k, e, f, &n)) == NULL || n == 0)
		return !k->too_much;
	if (read_parent(k, key, n, &of, &parent, generations))
		inherit(e, f, &parent);
	else if (ref != NULL && !k->too_much)
		note_missing(ref, key, n, "no such entry in the document");
	return !k->too_much;
}

bool
parents_resolve(struct parents *p, struct macros *m, const struct entry *e,
    struct fields *f)
{
	struct kin k = { p, m, false };

	return resolve(&k, e, f, GENERATIONS);
}

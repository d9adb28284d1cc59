/* html_index - what the html view knows before it makes the first page */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/html.h"
#include "render/view.h"

static struct arena	 arena;		/* of all texts here */

/* Venues */

/* A spelling of a venue, with its kind and full name. */
struct spelling {
	const char	*key;
	const char	*name, *kind, *full;
	uint32_t	 papers;
	uint32_t	 venue;		/* number of the key */
};

static struct spelling	*spellings;	/* by number in the catalogue */

static void
split_spelling(struct spelling *s, const char *text)
{
	char *copy = arena_strndup(&arena, text, strlen(text));
	struct buf key = { 0 };

	s->name = copy;
	copy = strchr(copy, '\t');
	*copy++ = '\0';
	s->kind = copy;
	copy = strchr(copy, '\t');
	*copy++ = '\0';
	s->full = copy;
	buf_adds(&key, "");
	text_key(&key, s->name, strlen(s->name));
	s->key = arena_strndup(&arena, key.p, key.len);
	buf_free(&key);
}

/* By key, the most frequent first, then by bytes. */
static int
compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = &spellings[*(const uint32_t *)a];
	const struct spelling *y = &spellings[*(const uint32_t *)b];
	int c = strcmp(x->key, y->key);

	if (c != 0)
		return c;
	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	if ((c = strcmp(x->name, y->name)) != 0)
		return c;
	if ((c = strcmp(x->kind, y->kind)) != 0)
		return c;
	return strcmp(x->full, y->full);
}

static void
make_venues(const struct catalogue *c)
{
	size_t n = c->venues.n, i;
	uint32_t *order = xcalloc(n, sizeof(*order));
	const struct spelling *s;
	struct venue *v = NULL;

	spellings = xcalloc(n, sizeof(*spellings));
	for (i = 0; i < n; i++) {
		split_spelling(&spellings[i], c->venues.v[i]);
		order[i] = (uint32_t)i;
	}
	for (i = 0; i < store_count(c->papers); i++)
		if (catalogue_paper(c, i)->shown &&
		    catalogue_paper(c, i)->venue > 0)
			spellings[catalogue_paper(c, i)->venue - 1].papers++;
	sort_array(order, n, sizeof(*order), compare_spellings);
	/* one more for those that have none */
	html.venues = xcalloc(n + 1, sizeof(*html.venues));
	for (i = 0; i < n; i++) {
		s = &spellings[order[i]];
		if (v == NULL || strcmp(v->key, s->key) != 0) {
			v = &html.venues[html.nvenues++];
			*v = (struct venue){ .key = s->key, .name = s->name,
			    .kind = s->kind, .full = s->full };
		}
		spellings[order[i]].venue = (uint32_t)(html.nvenues - 1);
	}
	html.venues[html.nvenues++] = (struct venue){ .name = "No venue",
	    .kind = "", .full = "" };
	free(order);
}

static uint32_t
venue_of(const struct paper *p)
{
	return p->venue > 0 ? spellings[p->venue - 1].venue :
	    (uint32_t)html.nvenues - 1;
}

static int
compare_papers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	const struct paper *p = catalogue_paper(html.catalogue, *x);
	const struct paper *q = catalogue_paper(html.catalogue, *y);
	uint32_t v = venue_of(p), w = venue_of(q);

	if (v != w)
		return v < w ? -1 : 1;
	if (p->year != q->year)
		return p->year > q->year ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

static int
compare_years(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	return (x->venue > y->venue) - (x->venue < y->venue);
}

static void
make_groups(const struct catalogue *c)
{
	size_t i, n = 0, cap = 0;
	const struct paper *p;
	struct group *g = NULL;
	struct venue *v;

	html.order = xcalloc(store_count(c->papers), sizeof(*html.order));
	for (i = 0; i < store_count(c->papers); i++)
		if (catalogue_paper(c, i)->shown)
			html.order[n++] = (uint32_t)i;
	html.papers = n;
	sort_array(html.order, n, sizeof(*html.order), compare_papers);
	for (i = 0; i < n; i++) {
		p = catalogue_paper(c, html.order[i]);
		v = &html.venues[venue_of(p)];
		if (g == NULL || g->venue != venue_of(p) ||
		    g->year != p->year) {
			grow(&html.groups, &cap, html.ngroups + 1, sizeof(*g));
			g = &html.groups[html.ngroups];
			*g = (struct group){ venue_of(p), p->year, i, 0 };
			if (v->ngroups++ == 0)
				v->first = html.ngroups;
			html.ngroups++;
		}
		g->papers++;
		v->papers++;
	}
	html.by_year = xcalloc(html.ngroups, sizeof(*g));
	if (html.ngroups > 0)
		memcpy(html.by_year, html.groups, html.ngroups * sizeof(*g));
	sort_array(html.by_year, html.ngroups, sizeof(*g), compare_years);
}

static int
compare_venue(const void *key, const void *elem)
{
	return strcmp(key, ((const struct venue *)elem)->key);
}

const struct venue *
html_venue(const char *name)
{
	static struct buf key;
	const struct venue *v;

	if (name == NULL)
		return NULL;
	buf_reset(&key);
	text_key(&key, name, strlen(name));
	v = bsearch(key.p, html.venues, html.nvenues - 1, sizeof(*v),
	    compare_venue);
	return v != NULL && v->papers > 0 ? v : NULL;
}

/* Names */

/* Scripts as the lists of names have them: the first letters of each block of
 * Unicode, to the last. */
static const struct {
	int32_t		 from, to;
	const char	*id, *label;
} scripts[] = {
	{ 0x0100, 0x024f, "latin", "Latin" },
	{ 0x0370, 0x03ff, "greek", "Greek" },
	{ 0x0400, 0x052f, "cyrillic", "Cyrillic" },
	{ 0x0530, 0x058f, "armenian", "Armenian" },
	{ 0x0590, 0x05ff, "hebrew", "Hebrew" },
	{ 0x0600, 0x077f, "arabic", "Arabic" },
	{ 0x0900, 0x0dff, "indic", "Indic" },
	{ 0x0e00, 0x0eff, "thai", "Thai and Lao" },
	{ 0x10a0, 0x10ff, "georgian", "Georgian" },
	{ 0x1100, 0x11ff, "hangul", "Hangul" },
	{ 0x1200, 0x137f, "ethiopic", "Ethiopic" },
	{ 0x3040, 0x30ff, "kana", "Kana" },
	{ 0x3400, 0x9fff, "han", "Han" },
	{ 0xac00, 0xd7af, "hangul", "Hangul" },
	{ 0xf900, 0xfaff, "han", "Han" },
	{ 0x20000, 0x3ffff, "han", "Han" },
};
#define NSCRIPTS	(sizeof(scripts) / sizeof(scripts[0]))

struct name {
	const char	*key;		/* family name first */
	uint32_t	 place;
	uint32_t	 letter;	/* in the order of the lists */
};

/* A to Z, then the scripts, then what is none of them. */
static uint32_t
letter_of(const char *key)
{
	int32_t c = *key != '\0' ? utf8_next(&key) : 0;
	uint32_t i, k;

	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a');
	for (i = 0; i < NSCRIPTS; i++)
		if (c >= scripts[i].from && c <= scripts[i].to) {
			for (k = 0; strcmp(scripts[k].id, scripts[i].id) != 0;
			    k++)
				;
			return 26 + k;
		}
	return 26 + NSCRIPTS;
}

static void
name_letter(struct letter *l, uint32_t letter)
{
	if (letter < 26) {
		snprintf(l->id, sizeof(l->id), "%c", (char)('a' + letter));
		snprintf(l->label, sizeof(l->label), "%c",
		    (char)('A' + letter));
	} else if (letter < 26 + NSCRIPTS) {
		snprintf(l->id, sizeof(l->id), "%s", scripts[letter - 26].id);
		snprintf(l->label, sizeof(l->label), "%s",
		    scripts[letter - 26].label);
	} else {
		snprintf(l->id, sizeof(l->id), "other");
		snprintf(l->label, sizeof(l->label), "Other");
	}
}

/* Lists go by the last word of a name, as far as that is no number or
 * "Jr.": which one is the family name, only some sources say. */
static const char *
name_key(const char *name)
{
	static struct buf folded, key;
	size_t n, from;
	const char *end;

	buf_reset(&folded);
	buf_reset(&key);
	text_fold(&folded, name, strlen(name), ' ');
	for (n = folded.len; n > 0; n = from > 0 ? from - 1 : 0) {
		for (from = n; from > 0 && folded.p[from - 1] != ' '; from--)
			;
		if (from == 0 || !(strspn(folded.p + from, "0123456789") >=
		    n - from || name_is_suffix(folded.p + from, n - from)))
			break;
	}
	if (n == 0)
		return name;
	end = folded.p + folded.len;
	buf_add(&key, folded.p + from, n - from);
	buf_addc(&key, ' ');
	buf_add(&key, folded.p, from);
	if (folded.p + n < end)
		buf_add(&key, folded.p + n, (size_t)(end - (folded.p + n)));
	return key.p;
}

static int
compare_names(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int c;

	if (x->letter != y->letter)
		return x->letter < y->letter ? -1 : 1;
	c = strcmp(x->key, y->key);
	return c != 0 ? c : (x->place > y->place) - (x->place < y->place);
}

static void
make_names(const struct catalogue *c)
{
	size_t n = store_count(c->authors), i, k = 0;
	struct name *names = xcalloc(n, sizeof(*names));
	struct arena keys = { 0 };
	struct letter *l = NULL;
	const char *key;

	for (i = 0; i < n; i++) {
		if (catalogue_author(c, i)->papers == 0)
			continue;
		key = name_key(catalogue_author(c, i)->name);
		names[k].letter = letter_of(key);
		names[k].key = arena_strndup(&keys, key, strlen(key));
		names[k++].place = (uint32_t)i;
	}
	html.authors = k;
	sort_array(names, k, sizeof(*names), compare_names);
	html.names = xcalloc(k, sizeof(*html.names));
	html.letters = xcalloc(26 + NSCRIPTS + 1, sizeof(*html.letters));
	for (i = 0; i < k; i++) {
		if (i == 0 || names[i].letter != names[i - 1].letter) {
			l = &html.letters[html.nletters++];
			l->first = i;
			name_letter(l, names[i].letter);
		}
		l->n++;
		html.names[i] = names[i].place;
	}
	free(names);
	arena_free(&keys);
}

/* Sources */

static struct source *
find_source(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < html.nsources; i++)
		if (strlen(html.sources[i].name) == n &&
		    memcmp(html.sources[i].name, name, n) == 0)
			return &html.sources[i];
	return NULL;
}

const struct source *
html_source(const char *name)
{
	return find_source(name, strlen(name));
}

static struct source *
add_source(const char *name, size_t n)
{
	static size_t cap;
	struct source *s = find_source(name, n);

	if (s == NULL) {
		grow(&html.sources, &cap, html.nsources + 1, sizeof(*s));
		s = &html.sources[html.nsources++];
		*s = (struct source){ .name = arena_strndup(&arena, name, n) };
	}
	return s;
}

static const char *
keep_text(const char *old, const struct json *document, const char *member)
{
	const char *s = json_get_str(document, member);

	return old != NULL || s == NULL ? old :
	    arena_strndup(&arena, s, strlen(s));
}

static void
take_document(const struct json *document)
{
	const char *name = json_get_str(document, "source");
	const char *fetched = json_get_str(document, "fetched");
	struct source *s;

	if (name == NULL)
		return;
	s = add_source(name, strlen(name));
	s->licence = keep_text(s->licence, document, "licence");
	s->homepage = keep_text(s->homepage, document, "homepage");
	/* dates sort as text */
	if (fetched != NULL && (s->fetched == NULL ||
	    strcmp(fetched, s->fetched) > 0))
		s->fetched = arena_strndup(&arena, fetched, strlen(fetched));
}

/* The documents of fetch: they are in the order of the table. */
static void
read_documents(const char *path)
{
	struct arena a = { 0 };
	struct input in;
	const char *line, *detail;
	enum reject_code code;
	struct json *v;
	uint64_t at, number;
	size_t n;
	int got;

	if (!input_open(&in, path))
		err(EX_NOINPUT, "%s", path);
	while ((got = input_line(&in, filter_max_record(), &line, &n, &at,
	    &number)) != 0) {
		arena_reset(&a);
		v = got == 1 ? json_parse(&a, line, n, &code, &detail) : NULL;
		if (v == NULL)
			errx(EX_DATAERR, "%s:%llu: not a document of fetch",
			    path, (unsigned long long)number);
		take_document(v);
	}
	if (in.error != NULL)
		errx(EX_IOERR, "%s: %s", path, in.error);
	input_close(&in);
	arena_free(&a);
}

/* Count papers by source; a paper's sources are a text parted by tabs. */
static void
count_sources(const struct catalogue *c)
{
	const char *p;
	size_t i, n;

	for (i = 0; i < store_count(c->papers); i++) {
		if (!catalogue_paper(c, i)->shown)
			continue;
		p = c->sources.v[catalogue_paper(c, i)->sources];
		for (; *p != '\0'; p += n + (p[n] == '\t')) {
			n = strcspn(p, "\t");
			add_source(p, n)->papers++;
		}
	}
}

void
html_index(void)
{
	const struct catalogue *c = html.catalogue;

	make_venues(c);
	make_groups(c);
	make_names(c);
	if (settings.sources != NULL)
		read_documents(settings.sources);
	count_sources(c);
}

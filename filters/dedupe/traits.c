/* traits - what is kept of a record in memory, to compare it by */
#include <err.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/fold.h"
#include "dedupe/hash.h"
#include "dedupe/identifiers.h"
#include "dedupe/origins.h"
#include "dedupe/places.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "dedupe/words.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/source.h"
#include "lib/text.h"
#include "lib/utf8.h"

void
records_put(struct records *r, uint32_t v)
{
	if (r->npool == UINT32_MAX)
		errx(EX_SOFTWARE, "over %u words", UINT32_MAX);
	grow(&r->pool, &r->pool_cap, r->npool + 1, sizeof(*r->pool));
	r->pool[r->npool++] = v;
}

uint32_t
records_put_text(struct records *r, const char *s)
{
	size_t at = r->ntexts, len = strlen(s) + 1;

	if (at + len > UINT32_MAX)
		errx(EX_SOFTWARE, "keys of over 4 GiB");
	grow(&r->texts, &r->texts_cap, at + len, 1);
	memcpy(r->texts + at, s, len);
	r->ntexts += len;
	return (uint32_t)at;
}

/*
 * Types of which one publication has only one, whoever tells.  Conference
 * papers, articles and the like are told apart by their venues, for sources
 * mix them up.
 */
static char
type_letter(const char *type)
{
	if (type == NULL || strcmp(type, "other") == 0)
		return 0;
	if (strcmp(type, "book") == 0 || strcmp(type, "proceedings") == 0)
		return 'b';
	return strcmp(type, "preprint") == 0 ? 'p' :
	    strcmp(type, "thesis") == 0 ? 't' :
	    strcmp(type, "report") == 0 ? 'r' :
	    strcmp(type, "dataset") == 0 ? 'd' : 'a';
}

/* Words whose numbers will be looked up. */
struct batch {
	struct {
		const char	*s;
		size_t		 n;
		uint64_t	 hash;
	} v[TRAITS_WORDS];
	int		 n;
	struct buf	*letters;	/* of all of them */
};

static void
add_to_batch(void *arg, const char *s, size_t n)
{
	struct batch *b = arg;

	buf_add(b->letters, s, n);
	if (b->n == TRAITS_WORDS)
		return;
	b->v[b->n].s = s;
	b->v[b->n].n = n;
	b->v[b->n++].hash = word_hash(s, n);
}

static void
add_title_words(struct records *r, struct traits *t, const struct batch *b,
    uint32_t mark)
{
	int i;

	for (i = 0; i < b->n && t->nwords < TRAITS_WORDS; i++, t->nwords++)
		records_put(r, word_add(b->v[i].s, b->v[i].n, b->v[i].hash) | mark);
}

static void
set_title(struct records *r, struct traits *t, const char *s)
{
	static struct buf b, letters;
	struct batch batch = { .letters = &letters };
	uint32_t mark;
	size_t n, len;
	const char *p;

	if (s == NULL)
		return;
	buf_reset(&letters);
	n = strlen(s);
	fold_cut(&s, &n);
	/* the parts outside and inside of parentheses in turn */
	for (; n > 0; s += len, n -= len) {
		if (*s == '(' && (p = memchr(s, ')', n)) != NULL) {
			mark = BRACKETED;
			len = (size_t)(p - s) + 1;
		} else {
			mark = 0;
			p = memchr(s + 1, '(', n - 1);
			len = p != NULL ? (size_t)(p - s) : n;
		}
		fold_text(&b, s, len);
		batch.n = 0;
		fold_words(b.p, b.len, add_to_batch, &batch);
		add_title_words(r, t, &batch, mark);
	}
	if (t->nwords > 0)
		t->title = hash(letters.p, letters.len) | 1;
}

static bool
is_homonym_number(const char *w, size_t n)
{
	return n == 4 && strspn(w, "0123456789") >= 4;
}

static uint32_t
letter_bit(const char *s)
{
	int32_t c = utf8_next(&s);

	return 1u << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + c % 6);
}

static bool
is_letter(const char *s, size_t n)
{
	const char *p = s;

	if (n > 4)
		return false;
	utf8_next(&p);
	return (size_t)(p - s) == n;
}

static void
add_name_word(struct records *r, struct traits *t, const char *s, size_t n,
    bool family)
{
	uint32_t w;

	if (is_homonym_number(s, n))
		return;
	if (is_letter(s, n)) {
		t->initials |= letter_bit(s);
		return;
	}
	w = word_add(s, n, word_hash(s, n));
	if ((word_kind(w) & WORD_NO_NAME) != 0 || t->nnames == TRAITS_WORDS)
		return;
	records_put(r, w | (family ? FAMILY : 0));
	t->nnames++;
}

/* Whether a text of folded words has that one. */
static bool
has_word(const struct buf *b, const char *s, size_t n)
{
	const char *p = b->p, *end = b->p + b->len, *q;

	for (; p < end; p = q + 1) {
		if ((q = memchr(p, ' ', (size_t)(end - p))) == NULL)
			q = end;
		if ((size_t)(q - p) == n && memcmp(p, s, n) == 0)
			return true;
	}
	return false;
}

static void
add_name(struct records *r, struct traits *t, const struct json *author)
{
	static struct buf name, family;
	const char *s, *q, *end;
	bool last;

	if ((s = json_get_str(author, "name")) == NULL)
		return;
	fold_text(&name, s, strlen(s));
	buf_reset(&family);
	if ((s = json_get_str(author, "family")) != NULL)
		fold_text(&family, s, strlen(s));
	for (s = name.p, end = name.p + name.len; s < end; s = q + 1) {
		if ((q = memchr(s, ' ', (size_t)(end - s))) == NULL)
			q = end;
		last = q == end || is_homonym_number(q + 1, (size_t)(end - q - 1));
		add_name_word(r, t, s, (size_t)(q - s), family.len > 0 ?
		    has_word(&family, s, (size_t)(q - s)) : last);
	}
}

/* In the order of their numbers; equal ones as they stood. */
static void
sort_words(uint32_t *v, int n)
{
	uint32_t w;
	int i, k;

	for (i = 1; i < n; i++) {
		w = v[i];
		for (k = i; k > 0 && WORD_OF(v[k - 1]) > WORD_OF(w); k--)
			v[k] = v[k - 1];
		v[k] = w;
	}
}

/* The words of all names, and the initials. */
static void
set_authors(struct records *r, struct traits *t, const struct json *paper)
{
	const struct json *p = json_first(paper, "authors");

	if (json_get(paper, "et_al") != NULL)
		t->flags |= IS_CUT;
	for (; p != NULL; p = p->next)
		add_name(r, t, p);
	sort_words(r->pool + r->npool - t->nnames, t->nnames);
}

struct sketch {
	uint32_t	v[SKETCH];
	uint8_t		n;
};

/* The smallest hashes of the words: Broder's sketch of a set. */
static void
add_to_sketch(void *arg, const char *s, size_t n)
{
	struct sketch *k = arg;
	uint32_t h = hash32(s, n);
	int i;

	if (k->n == SKETCH && h >= k->v[SKETCH - 1])
		return;
	for (i = k->n; i > 0 && k->v[i - 1] > h; i--)
		;
	if (i > 0 && k->v[i - 1] == h)
		return;
	if (k->n < SKETCH)
		k->n++;
	memmove(k->v + i + 1, k->v + i, (size_t)(k->n - 1 - i) * sizeof(*k->v));
	k->v[i] = h;
}

static void
set_abstract(struct records *r, struct traits *t, const char *s)
{
	static struct buf b;
	struct sketch k = { .n = 0 };
	int i;

	if (s == NULL)
		return;
	buf_reset(&b);
	text_fold(&b, s, strlen(s), ' ');
	fold_words(b.p, b.len, add_to_sketch, &k);
	if (k.n < SKETCH)
		return;
	t->nsketch = k.n;
	for (i = 0; i < k.n; i++)
		records_put(r, k.v[i]);
}

static void
set_venue(struct traits *t, const struct json *paper)
{
	static const char *const members[] = { "venue", "booktitle",
	    "institution", "school", NULL };
	const char *s = NULL, *kind, *track;
	int i;

	for (i = 0; s == NULL && members[i] != NULL; i++)
		s = json_get_str(paper, members[i]);
	if (s != NULL)
		t->venue = venue_add(s, i == 1 ?
		    json_get_str(paper, "venue_name") : NULL);
	kind = json_get_str(paper, "venue_kind");
	if (t->type == 'p' ||
	    (kind != NULL && strcmp(kind, "preprint-server") == 0))
		t->flags |= IS_PREPRINT;
	track = json_get_str(paper, "track");
	s = json_get_str(paper, "type");
	if ((s != NULL && strcmp(s, "workshop-paper") == 0) ||
	    (kind != NULL && strcmp(kind, "workshop") == 0) ||
	    (track != NULL && strcmp(track, "workshop") == 0))
		t->flags |= IS_WORKSHOP;
}

static enum form
form_of(const struct traits *t, const char *type)
{
	if ((t->flags & IS_OPEN) != 0)
		return FORM_OPEN;
	if (type == NULL || t->type == 0)
		return FORM_UNKNOWN;
	if ((t->flags & IS_PREPRINT) != 0)
		return FORM_PREPRINT;
	if (t->type == 'r' || t->type == 't')
		return FORM_REPORT;
	if ((t->flags & IS_WORKSHOP) != 0)
		return FORM_WORKSHOP;
	return strcmp(type, "conference-paper") == 0 ||
	    strcmp(type, "chapter") == 0 ? FORM_CONFERENCE :
	    strcmp(type, "journal-article") == 0 ? FORM_JOURNAL : FORM_UNKNOWN;
}

struct traits *
records_add(struct records *r, const struct json *paper, const char *line,
    size_t len)
{
	const char *status = json_get_str(paper, "status");
	struct traits *t;

	if (r->n == UINT32_MAX)
		errx(EX_SOFTWARE, "over %u records", UINT32_MAX);
	grow(&r->v, &r->cap, r->n + 1, sizeof(*r->v));
	t = &r->v[r->n];
	memset(t, 0, sizeof(*t));
	t->len = (uint32_t)len;
	t->hash = hash32(line, len);
	t->year = (int16_t)json_get_int(paper, "year", 0);
	t->type = type_letter(json_get_str(paper, "type"));
	if (status != NULL && strcmp(status, "accepted") != 0)
		t->flags |= IS_OPEN;
	if (json_get(paper, "version_of") != NULL)
		t->flags |= IS_VERSION;
	origins_set(r, t, paper);
	t->words = (uint32_t)r->npool;
	set_title(r, t, json_get_str(paper, "title"));
	set_authors(r, t, paper);
	set_abstract(r, t, json_get_str(paper, "abstract"));
	identifiers_set(r, t, paper);
	places_set_pages(t, json_get_str(paper, "pages"));
	places_set_volume(t, json_get_str(paper, "volume"),
	    json_get_str(paper, "number"));
	places_set_extent(t, json_get_str(paper, "extent"));
	set_venue(t, paper);
	t->form = (uint8_t)form_of(t, json_get_str(paper, "type"));
	r->n++;
	return t;
}

void
records_renumber(struct records *r, const uint32_t *to)
{
	struct traits *t;
	uint32_t *w;
	size_t i;
	int k;

	for (i = 0; i < r->n; i++) {
		t = &r->v[i];
		w = r->pool + t->words;
		for (k = 0; k < t->nwords + t->nnames; k++)
			w[k] = to[WORD_OF(w[k])] | (w[k] & BRACKETED);
		sort_words(w + t->nwords, t->nnames);
	}
}

static const struct records	*sorted;	/* for compare_records */

static int
compare_records(const void *a, const void *b)
{
	const struct traits *x = &sorted->v[*(const uint32_t *)a];
	const struct traits *y = &sorted->v[*(const uint32_t *)b];
	const struct origin *p = origin_of(sorted, x), *q = origin_of(sorted, y);
	int c;

	if (p->trust != q->trust)
		return p->trust < q->trust ? -1 : 1;
	if (p->source != q->source)
		return strcmp(source_name(sorted, x), source_name(sorted, y));
	if ((c = strcmp(source_key(sorted, x), source_key(sorted, y))) != 0)
		return c;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return x->title != y->title ? (x->title < y->title ? -1 : 1) :
	    x->year - y->year;
}

/* Of many records with one key some lines have one hash by chance. */
static bool
is_repeated(const struct records *r, const struct traits *x,
    const struct traits *y)
{
	return x->hash == y->hash && x->len == y->len &&
	    x->title == y->title && x->year == y->year &&
	    x->page == y->page && x->volume == y->volume &&
	    x->origin == y->origin &&
	    strcmp(source_key(r, x), source_key(r, y)) == 0;
}

void
records_sort(struct records *r)
{
	uint32_t *order = xreallocarray(NULL, r->n, sizeof(*order));
	uint32_t *place = xreallocarray(NULL, r->n, sizeof(*place));
	struct traits t, *v = r->v;
	size_t i;
	uint32_t from, to;

	for (i = 0; i < r->n; i++)
		order[i] = (uint32_t)i;
	sorted = r;
	sort_array(order, r->n, sizeof(*order), compare_records);
	for (i = 0; i < r->n; i++)
		place[order[i]] = (uint32_t)i;
	for (i = 0; i < r->nidentifiers; i++)
		r->identifiers[i].record = place[r->identifiers[i].record];
	/* along the cycles of the permutation, in place */
	for (i = 0; i < r->n; i++) {
		if (order[i] == i)
			continue;
		t = v[i];
		for (to = (uint32_t)i; (from = order[to]) != i; to = from) {
			v[to] = v[from];
			order[to] = to;
		}
		v[to] = t;
		order[to] = to;
	}
	free(order);
	free(place);
	for (i = 1; i < r->n; i++)
		if (is_repeated(r, &v[i - 1], &v[i]))
			v[i].flags |= IS_REPEATED;
}

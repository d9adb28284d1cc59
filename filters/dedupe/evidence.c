/* evidence - what two records say for and against being copies */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/evidence.h"
#include "dedupe/identifiers.h"
#include "dedupe/traits.h"
#include "dedupe/venues.h"
#include "dedupe/words.h"
#include "lib/buf.h"

#define GIVEN .5f

static int8_t
same(uint64_t a, uint64_t b)
{
	return a == 0 || b == 0 ? UNKNOWN : a != b;
}

static int8_t
compare_years(const struct traits *a, const struct traits *b)
{
	int d = abs(a->year - b->year);

	if (a->year == 0 || b->year == 0)
		return UNKNOWN;
	return d <= 1 ? (int8_t)d : d <= 3 ? 2 : 3;
}

/* Whether two numbers of as many digits differ in one of them. */
static bool
is_near(uint32_t a, uint32_t b)
{
	int n = 0;

	if (PAGE_LETTERS(a) != PAGE_LETTERS(b) || a >= PAGE_HASHED)
		return false;
	for (; a != 0 && b != 0; a /= 10, b /= 10)
		n += a % 10 != b % 10;
	return a == b && n == 1;
}

/* "S108" and "108": one lost the letters. */
static bool
lacks_letters(uint32_t a, uint32_t b)
{
	return PAGE_NUMBER(a) == PAGE_NUMBER(b) && (a | b) < PAGE_HASHED &&
	    (PAGE_LETTERS(a) == 0 || PAGE_LETTERS(b) == 0);
}

/* Pages from 1 on of as many as the other: a reprint or what came ahead of print. */
static bool
counts_from_one(const struct traits *a, const struct traits *b)
{
	return a->page == 1 && a->last_page > 1 &&
	    a->last_page - a->page == b->last_page - b->page;
}

/*
 * How many pages there are, or 0: it does not tell.  A page with letters, and
 * no other, is the number of an article.
 */
static uint32_t
count_pages(const struct traits *t)
{
	if (t->page == 0)
		return t->last_page;
	if (t->page >= PAGE_HASHED || t->last_page < t->page ||
	    PAGE_LETTERS(t->page) != PAGE_LETTERS(t->last_page) ||
	    (t->page == t->last_page && PAGE_LETTERS(t->page) != 0))
		return 0;
	return t->last_page - t->page + 1;
}

/*
 * Of as many pages are many papers, which tells nothing; but 62 are not one,
 * give or take a fifth for covers and what has Roman numbers.
 */
static int8_t
compare_extents(const struct traits *a, const struct traits *b)
{
	uint32_t x = count_pages(a), y = count_pages(b);
	uint32_t more = x > y ? x : y, less = x > y ? y : x;

	return less == 0 || more >= PAGE_HASHED ||
	    (more - less) * 5 <= more ? UNKNOWN : PAGES_DIFFER;
}

/* Pages from 1 on, as many, of both: of a paper at a conference no place. */
static bool
tells_length(const struct traits *a, const struct traits *b)
{
	return a->page == 1 && b->page == 1 && a->last_page == b->last_page &&
	    (a->form == FORM_CONFERENCE || b->form == FORM_CONFERENCE);
}

static int8_t
compare_pages(const struct traits *a, const struct traits *b)
{
	if (a->page == 0 || b->page == 0)
		return compare_extents(a, b);
	if (tells_length(a, b))
		return UNKNOWN;
	if (a->page == b->page)
		return a->last_page != b->last_page;
	if (counts_from_one(a, b) || counts_from_one(b, a))
		return UNKNOWN;
	if (lacks_letters(a->page, b->page))
		return 1;
	return a->last_page == b->last_page && is_near(a->page, b->page) ? 2 :
	    PAGES_DIFFER;
}

/* Of the smallest hashes of both, the share that is in both. */
static int8_t
compare_abstracts(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	const uint32_t *x = sketch_of(r, a), *y = sketch_of(r, b);
	int i = 0, k = 0, n = 0, both = 0;

	if (a->nsketch == 0 || b->nsketch == 0)
		return UNKNOWN;
	for (; i < a->nsketch && k < b->nsketch && n < a->nsketch; n++) {
		if (x[i] == y[k]) {
			both++;
			i++;
			k++;
		} else if (x[i] < y[k])
			i++;
		else
			k++;
	}
	return both * 2 > n ? 0 : both * 6 > n ? 1 : 2;
}

static int8_t
compare_identifiers(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	int8_t doi = same(doi_of(r, a), doi_of(r, b));
	int8_t arxiv = same(arxiv_of(r, a), arxiv_of(r, b));

	if (doi == 0 || arxiv == 0)
		return 0;
	return doi == 1 || arxiv == 1 ? 1 : UNKNOWN;
}

struct names {
	const uint32_t	*word;
	int		 n;
	bool		 used[TRAITS_WORDS];
	uint32_t	 initials;	/* also of short words left over: "RT" */
	uint32_t	 firsts;	/* letters of words left over */
	float		 left;
};

/* Given names tell less: many people share one. */
static float
name_weight(uint32_t w)
{
	float v = word_weight(WORD_OF(w), IN_NAMES);

	return (w & FAMILY) != 0 ? v : GIVEN * v;
}

/* Both are in the order of their numbers. */
static void
match_equal(struct names *a, struct names *b, float *matched)
{
	uint32_t x, y;
	int i = 0, k = 0;

	while (i < a->n && k < b->n) {
		x = WORD_OF(a->word[i]);
		y = WORD_OF(b->word[k]);
		if (x == y) {
			*matched += name_weight(a->word[i] | b->word[k]);
			a->used[i++] = b->used[k++] = true;
		} else if (x < y)
			i++;
		else
			k++;
	}
}

static void
match_mistyped(struct names *a, struct names *b, float *matched)
{
	float x, y;
	int i, k;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n && !a->used[i]; k++) {
			if (b->used[k] || !word_is_typo(WORD_OF(a->word[i]),
			    WORD_OF(b->word[k]), IN_NAMES))
				continue;
			a->used[i] = b->used[k] = true;
			x = name_weight(a->word[i]);
			y = name_weight(b->word[k]);
			*matched += x < y ? x : y;
		}
}

static uint32_t
letter(char c)
{
	return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 0;
}

static uint32_t
letters(const char *s)
{
	uint32_t v = 0;

	for (; *s != '\0'; s++)
		v |= letter(*s);
	return v;
}

#define INITIALS	3	/* a word of so many letters may be "J. F. K." */

static void
gather_letters(struct names *v)
{
	const char *s;
	int i;

	for (i = 0; i < v->n; i++) {
		if (v->used[i])
			continue;
		s = word_text(WORD_OF(v->word[i]));
		v->firsts |= letter(*s);
		if (strlen(s) <= INITIALS)
			v->initials |= letters(s);
	}
}

/*
 * What is left of a for which b has no initial, or which are no initials of
 * what is left of b.
 */
static void
weigh_left(struct names *a, const struct names *b, uint32_t own)
{
	uint32_t freely = b->initials & ~own, all = b->initials | b->firsts, v;
	const char *s;
	int i;

	for (i = 0; i < a->n; i++) {
		if (a->used[i])
			continue;
		s = word_text(WORD_OF(a->word[i]));
		v = letters(s);
		if ((letter(*s) & freely) != 0 ||
		    (strlen(s) <= INITIALS && v != 0 && (v & ~all) == 0))
			continue;
		a->left += name_weight(a->word[i]);
	}
}

/* "Roy Goldman" and "G. Roy" agree in nothing else. */
static uint32_t
first_letters(const struct records *r, const struct traits *t)
{
	uint32_t v = t->initials;
	int i;

	for (i = 0; i < t->nnames; i++)
		v |= letter(*word_text(WORD_OF(name_words(r, t)[i])));
	return v;
}

static enum names_level
share_no_name(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	uint32_t x = first_letters(r, a), y = first_letters(r, b);

	if (x == y && __builtin_popcount(x) >= 3)
		return NAMES_PART;
	/* one person has a name in each alphabet */
	return ((a->flags | b->flags) & IS_CUT) != 0 || (x == 0) != (y == 0) ?
	    NAMES_NONE : NAMES_STRANGERS;
}

void
evidence_names(struct evidence *e, const struct records *r,
    const struct traits *a, const struct traits *b)
{
	struct names x = { .word = name_words(r, a), .n = a->nnames,
	    .initials = a->initials };
	struct names y = { .word = name_words(r, b), .n = b->nnames,
	    .initials = b->initials };
	float m = 0, least, most;

	e->names_matched = 0;
	e->names = NAMES_UNKNOWN;
	if (x.n == 0 || y.n == 0)
		return;
	match_equal(&x, &y, &m);
	match_mistyped(&x, &y, &m);
	gather_letters(&x);
	gather_letters(&y);
	weigh_left(&x, &y, a->initials);
	weigh_left(&y, &x, b->initials);
	least = x.left < y.left ? x.left : y.left;
	most = x.left < y.left ? y.left : x.left;
	e->names_matched = m;
	if (m <= 0)
		e->names = share_no_name(r, a, b);
	else if (m >= .85f * (m + most))
		e->names = NAMES_FULL;
	else if (m >= .85f * (m + least))
		e->names = NAMES_SUB;
	else
		e->names = m >= .45f * (m + least) ? NAMES_PART : NAMES_LITTLE;
}

void
evidence_fields(struct evidence *e, const struct records *r,
    const struct traits *a, const struct traits *b)
{
	const struct origin *p = origin_of(r, a), *q = origin_of(r, b);
	uint16_t g = a->generic > b->generic ? a->generic : b->generic;

	e->level[YEAR] = compare_years(a, b);
	e->level[VOLUME] = same(a->volume, b->volume);
	e->level[NUMBER] = same(a->number, b->number);
	e->level[PAGES] = compare_pages(a, b);
	e->ranges = a->page != a->last_page && b->page != b->last_page;
	e->level[IDENTIFIER] = compare_identifiers(r, a, b);
	e->level[VENUE] = !venue_tells(a->venue) || !venue_tells(b->venue) ?
	    UNKNOWN :
	    (int8_t)venue_compare(a->venue, b->venue);
	e->level[ABSTRACT] = compare_abstracts(r, a, b);
	e->sources[0] = p->source < q->source ? p->source : q->source;
	e->sources[1] = p->source < q->source ? q->source : p->source;
	e->one_source = p->source == q->source;
	e->one_list = e->one_source && p->list == q->list;
	e->odd_venue = e->level[VENUE] == VENUE_OTHER && evidence_is_bare(e) &&
	    (venue_is_odd(a->venue) || venue_is_odd(b->venue));
	e->generic = g > 2 ? logf(g) : 0;
}

void
evidence_make(struct evidence *e, const struct records *r,
    const struct traits *a, const struct traits *b)
{
	evidence_fields(e, r, a, b);
	evidence_names(e, r, a, b);
	evidence_titles(e, r, a, b);
}

float
evidence_left(const struct evidence *e)
{
	float more = e->left_a, less = e->left_b, left;

	if (more < less) {
		more = e->left_b;
		less = e->left_a;
	}
	left = more + .5f * less;
	return left < MOST_LEFT ? left : MOST_LEFT;
}

float
evidence_likeness(const struct evidence *e)
{
	float left = e->left_a > e->left_b ? e->left_a : e->left_b;

	return e->matched > 0 ? e->matched / (e->matched + left) : 0;
}

bool
evidence_is_bare(const struct evidence *e)
{
	return e->level[VOLUME] == UNKNOWN && e->level[NUMBER] == UNKNOWN &&
	    e->level[PAGES] == UNKNOWN && e->level[IDENTIFIER] == UNKNOWN;
}

static void
add_member(struct buf *b, size_t from, const char *name)
{
	buf_addf(b, "%s%s", b->len > from ? ", " : "", name);
}

void
evidence_members(struct buf *b, const struct evidence *e, bool against)
{
	static const char *const names[NFIELDS] = { "year", "volume", "number",
	    "pages", "identifier", "venue", "abstract" };
	float likeness = evidence_likeness(e);
	size_t from = b->len;
	int f, level;

	if (against ? likeness < .95f || e->part != PART_SAME :
	    likeness >= .8f && e->part == PART_SAME)
		add_member(b, from, "title");
	if (against ? e->names >= NAMES_PART && e->names <= NAMES_STRANGERS :
	    e->names <= NAMES_SUB)
		add_member(b, from, "authors");
	for (f = 0; f < NFIELDS; f++) {
		level = e->level[f];
		if (level != UNKNOWN && (level == 0 ||
		    (level == 1 && (f == PAGES || f == VENUE))) != against)
			add_member(b, from, names[f]);
	}
}

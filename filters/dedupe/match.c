/* match - whether two records are copies of one paper */
#include <stdlib.h>
#include <string.h>

#include "dedupe/dedupe.h"

#define MAX_AUTHORS	4096	/* looked at; lists of experiments are longer */

/*
 * Two author lists are compatible if every name of the shorter one, or two in
 * three where it has three or more, matches another name of the longer one:
 * order does not count, lists are cut short.
 */
static bool
authors_match(const struct record_keys *a, const struct record_keys *b)
{
	const struct record_keys *s = a->nauthors <= b->nauthors ? a : b;
	const struct record_keys *l = s == a ? b : a;
	bool used[MAX_AUTHORS] = { false };
	uint32_t i, j, n = 0, ns = s->nauthors, nl = l->nauthors;

	if (ns > MAX_AUTHORS)
		ns = MAX_AUTHORS;
	if (nl > MAX_AUTHORS)
		nl = MAX_AUTHORS;
	for (i = 0; i < ns; i++)
		for (j = 0; j < nl; j++)
			if (!used[j] &&
			    author_matches(&s->authors[i], &l->authors[j])) {
				used[j] = true;
				n++;
				break;
			}
	return n > 0 && (ns < 3 ? n == ns : n * 3 >= ns * 2);
}

static bool
differ(uint64_t a, uint64_t b)
{
	return a != 0 && b != 0 && a != b;
}

static bool
same(uint64_t a, uint64_t b)
{
	return a != 0 && a == b;
}

/*
 * An identifier that two records share is theirs unless both title and
 * authors speak against it: identifiers are mistyped, and given to a volume
 * and its parts alike.  A key is a source's own and may be used twice: it
 * takes the same title.
 */
const char *
match_identifier(const struct record_keys *a, const struct record_keys *b,
    const char *kind)
{
	if (strcmp(kind, "key") == 0)
		return differ(a->title, b->title) ? NULL : kind;
	if (differ(a->title, b->title) && a->nauthors > 0 && b->nauthors > 0 &&
	    !authors_match(a, b))
		return NULL;
	return kind;
}

/* Whether the records stand in different places of their venue. */
static bool
places_differ(const struct record_keys *a, const struct record_keys *b)
{
	return differ(a->volume, b->volume) || differ(a->number, b->number) ||
	    differ(a->page, b->page);
}

/* The same page of the same volume, however the venue is written. */
static bool
places_agree(const struct record_keys *a, const struct record_keys *b)
{
	return same(a->volume, b->volume) && same(a->page, b->page);
}

bool
match_excluded(const struct record_keys *a, const struct record_keys *b)
{
	if (differ(a->doi, b->doi) || differ(a->arxiv, b->arxiv))
		return true;
	if (differ((uint64_t)a->type, (uint64_t)b->type))
		return true;
	/* what was not accepted somewhere may stand elsewhere */
	return a->open_status != b->open_status &&
	    !(same((uint64_t)a->year, (uint64_t)b->year) &&
	    same(a->venue, b->venue));
}

const char *
match_title(const struct record_keys *a, const struct record_keys *b, bool near)
{
	bool one_source = strcmp(a->source, b->source) == 0;
	bool same_year = same((uint64_t)a->year, (uint64_t)b->year);

	if (match_excluded(a, b))
		return NULL;
	if (!same_year && (!near || one_source))
		return NULL;
	if (a->year != 0 && b->year != 0 && abs(a->year - b->year) > 1)
		return NULL;
	/* one source lists two places: it means two papers */
	if (one_source && differ(a->venue, b->venue) && !places_agree(a, b))
		return NULL;
	if ((one_source || same(a->venue, b->venue)) && places_differ(a, b))
		return NULL;
	if (a->nauthors > 0 && b->nauthors > 0)
		return authors_match(a, b) ? "title, authors, year" : NULL;
	/* without authors on a side it takes the place in the venue */
	if (!same_year || !same(a->venue, b->venue))
		return NULL;
	if (same(a->page, b->page))
		return "title, venue, year, page";
	return a->nauthors + b->nauthors > 0 && a->title_words >= 4 ?
	    "title, venue, year" : NULL;
}

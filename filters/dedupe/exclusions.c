/* exclusions - what two records say that makes them two publications */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "dedupe/exclusions.h"
#include "dedupe/identifiers.h"
#include "dedupe/traits.h"

/* Whether a registry gave each an identifier, and not the same one. */
static bool
have_two_ids(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	const uint32_t *x, *y;
	int i, k;

	if (a->nids == 0 || b->nids == 0)
		return false;
	x = ids_of(r, a);
	y = ids_of(r, b);
	for (i = 0; i < a->nids; i++)
		for (k = 0; k < b->nids; k++)
			if (x[2 * i] == y[2 * k] && x[2 * i + 1] != y[2 * k + 1])
				return true;
	return false;
}

const char *
pair_conflict(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	int both = a->flags & b->flags, either = a->flags ^ b->flags;

	if ((both & HAS_DOI) != 0 && doi_of(r, a) != doi_of(r, b))
		return "two DOIs";
	if ((both & HAS_ARXIV) != 0 && arxiv_of(r, a) != arxiv_of(r, b))
		return "two arXiv identifiers";
	if (have_two_ids(r, a, b))
		return "two identifiers of one registry";
	if (a->type == 0 || b->type == 0)
		return NULL;
	if ((either & IS_PREPRINT) != 0)
		return "one is a preprint";
	return a->type != b->type && (strchr("db", a->type) != NULL ||
	    strchr("db", b->type) != NULL) ?
	    "one is a book or a dataset" : NULL;
}

static bool
is_one_text(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	return a->title == b->title && (a->nsketch == 0 || b->nsketch == 0 ||
	    memcmp(sketch_of(r, a), sketch_of(r, b),
	    SKETCH * sizeof(*sketch_of(r, a))) == 0);
}

/*
 * Whether one source has a page of one host about each: the paper, and the video
 * at the same conference, unless the one text is listed twice.
 */
static bool
have_two_addresses(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	const uint32_t *x, *y;

	if ((a->flags & b->flags & HAS_ADDRESS) == 0 ||
	    origin_of(r, a)->source != origin_of(r, b)->source)
		return false;
	x = address_of(r, a);
	y = address_of(r, b);
	return x[0] == y[0] && x[1] != y[1] && !is_one_text(r, a, b);
}

#define GAP	2	/* pages that may be empty between two papers */

/*
 * Whether the pages of one begin where those of the other end, in one volume:
 * two papers that follow one another.
 */
static bool
follows(const struct traits *a, const struct traits *b)
{
	const struct traits *first = a->page < b->page ? a : b;
	const struct traits *next = first == a ? b : a;

	return a->volume != 0 && a->volume == b->volume && a->year == b->year &&
	    first->page != 0 && first->page != next->page &&
	    next->page < PAGE_HASHED && first->last_page < PAGE_HASHED &&
	    next->page >= first->last_page &&
	    next->page <= first->last_page + GAP;
}

const char *
pair_exclusion(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	bool same_place = a->year != 0 && a->year == b->year &&
	    a->venue != 0 && a->venue == b->venue;
	const char *conflict = pair_conflict(r, a, b);
	int either = a->flags ^ b->flags;

	if (conflict != NULL)
		return conflict;
	if ((either & IS_VERSION) != 0)
		return "one is a version of another paper";
	if (((a->flags | b->flags) & IS_OPEN) != 0 && !same_place)
		return "one was not accepted there";
	if (follows(a, b))
		return "one stands behind the other";
	if (have_two_addresses(r, a, b))
		return "two addresses";
	return (either & IS_WORKSHOP) != 0 && !same_place ?
	    "one is of a workshop" : NULL;
}

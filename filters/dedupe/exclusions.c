/* exclusions - what two records say that makes them two publications */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "dedupe/exclusions.h"
#include "dedupe/identifiers.h"
#include "dedupe/traits.h"

const char *
pair_conflict(const struct records *r, const struct traits *a,
    const struct traits *b)
{
	int both = a->flags & b->flags, either = a->flags ^ b->flags;

	if ((both & HAS_DOI) != 0 && doi_of(r, a) != doi_of(r, b))
		return "two DOIs";
	if ((both & HAS_ARXIV) != 0 && arxiv_of(r, a) != arxiv_of(r, b))
		return "two arXiv identifiers";
	if (a->type == 0 || b->type == 0)
		return NULL;
	if ((either & IS_PREPRINT) != 0)
		return "one is a preprint";
	return a->type != b->type && (strchr("db", a->type) != NULL ||
	    strchr("db", b->type) != NULL) ?
	    "one is a book or a dataset" : NULL;
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
	if ((either & IS_OPEN) != 0 && !same_place)
		return "one was not accepted there";
	return (either & IS_WORKSHOP) != 0 && !same_place ?
	    "one is of a workshop" : NULL;
}

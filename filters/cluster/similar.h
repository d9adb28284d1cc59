/* similar - names that may be the same person's */
#ifndef CLUSTER_SIMILAR_H
#define CLUSTER_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What two names differ by. */
enum similar_reason {
	SIMILAR_SPELLING,	/* diacritics, hyphens, spaces, punctuation */
	SIMILAR_ORDER,		/* of the words */
	SIMILAR_NUMBER,		/* a homonym number */
	SIMILAR_SUFFIX,		/* "Jr." */
	SIMILAR_PARTICLE,	/* "van" */
	SIMILAR_MIDDLE,		/* a middle name */
	SIMILAR_INITIALS,	/* initials for given names */
	SIMILAR_REASONS
};

/* For n keys sorted by byte order, which must stay. */
struct similar	*similar_new(const char *const *keys, size_t n);
/*
 * The places of the names similar to that of place i, in rising order; good
 * until the next call.  The relation is symmetric.
 */
size_t		 similar_find(struct similar *, uint32_t i,
		    const uint32_t **found);
/* What two names differ by that were found similar. */
enum similar_reason similar_reason(const struct similar *, uint32_t,
		    uint32_t);
/* Whether there is a homonym number in the name. */
bool		 similar_has_number(const struct similar *, uint32_t);
void		 similar_free(struct similar *);

#endif

/* conflicts - the values that a merged paper does not have */
#ifndef DEDUPE_CONFLICTS_H
#define DEDUPE_CONFLICTS_H

#include <stddef.h>

struct arena;
struct json;

/*
 * Put into the member conflicts of a paper what n records, as they were before
 * they were merged into it, have otherwise, white space aside.
 */
void	 conflicts_keep(struct arena *, struct json *paper,
	    struct json *const *records, size_t n);

#endif

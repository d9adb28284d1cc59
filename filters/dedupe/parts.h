/* parts - whether two titles name two parts of one thing */
#ifndef DEDUPE_PARTS_H
#define DEDUPE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "dedupe/evidence.h"
#include "dedupe/traits.h"

/* A title and which of its words are in the other one. */
struct side {
	const struct traits	*t;
	const uint32_t		*word;
	int			 n;
	bool			 used[TRAITS_WORDS];
	float			 left;
};

/* Of what only one of the titles has. */
enum part	 parts_compare(const struct side *, const struct side *);

#endif

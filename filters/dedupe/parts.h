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

/*
 * "Asthma in adults" and "Asthma in infants": whether all that tells them apart
 * is that in one place stand two words, both known from other titles, and
 * neither the other spelt otherwise or in another form.
 */
bool		 parts_one_word(const struct side *, const struct side *);
/* Of what only one of the titles has. */
enum part	 parts_compare(const struct side *, const struct side *);

#endif

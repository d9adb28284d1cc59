/* author - the record of one exact name */
#ifndef CLUSTER_AUTHOR_H
#define CLUSTER_AUTHOR_H

#include <stdbool.h>
#include <stdint.h>

#include "cluster/persons.h"

struct buf;
struct evidence;
struct names;
struct similar;

/* What is known of all authors. */
struct authors {
	const struct names	*names;
	struct evidence		*evidence;
	struct similar		*similar;
	struct persons		 persons;	/* of the author at hand */
};

/*
 * Append the record of an author (schemas/author.json); false: there is none,
 * for the name is on no paper that is shown.
 */
bool	 author_write(struct buf *, struct authors *, uint32_t author);
/* Its member persons. */
void	 author_add_persons(struct buf *, const struct authors *,
	    uint32_t author);

#endif

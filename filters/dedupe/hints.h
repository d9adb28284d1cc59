/* hints - whether two records may have anything in common */
#ifndef DEDUPE_HINTS_H
#define DEDUPE_HINTS_H

#include <stdbool.h>
#include <stdint.h>

struct records;

/*
 * What is looked at first of a record, for most pairs have nothing in common:
 * the telling words of its title and those of its authors' names, a bit each.
 */
struct hint {
	uint32_t	 title[4], names[4];	/* half of a line of the cache */
};

/* One of each record; the caller frees them. */
struct hint	*hints_make(const struct records *);
/*
 * Whether most words of the shorter title seem to be in the other one; nearly
 * all, where most words of the authors are not.
 */
bool		 hints_agree(const struct hint *, const struct hint *);

#endif

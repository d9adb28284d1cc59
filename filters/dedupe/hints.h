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
	uint64_t	 title[2], names[2];	/* half of a line of the cache */
};

/* One of each record; the caller frees them. */
struct hint	*hints_make(const struct records *);
/* How many bits the title has. */
int		 hints_count(const struct hint *);
/*
 * Whether most words of the shorter title, of x and y bits, seem to be in the
 * other one; nearly all, where most words of the authors are not.
 */
bool		 hints_agree(const struct hint *, int x, const struct hint *, int y);

#endif

/* member - the members of a record as text */
#ifndef CLUSTER_MEMBER_H
#define CLUSTER_MEMBER_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Members stand in the order of schemas/author.json.  Each element of a list
 * is written with a comma behind it; the last comma becomes the end, and a list
 * without elements is left out.
 */
size_t	 list_begin(struct buf *, const char *member);
void	 list_end(struct buf *, size_t from);

void	 add_number(struct buf *, const char *before, uint32_t);
void	 add_string(struct buf *, const char *before, const char *);
/* The member confidence, from the logarithm of odds, rounded down. */
void	 add_confidence(struct buf *, double odds);

#endif

/* certain - which mentions of a name are one person's beyond doubt, and which two's */
#ifndef CLUSTER_CERTAIN_H
#define CLUSTER_CERTAIN_H

#include <stdbool.h>
#include <stdint.h>

struct parts;

/*
 * Join the mentions that a correction, a homonym number in the name or an
 * identifier says are one person's, in this order, unless something as certain
 * says that they are two's.
 */
void	 certain_join(struct parts *);
/*
 * Whether two parts are two persons': a correction says so, they stand on one
 * paper, or have different identifiers where a person has one.
 */
bool	 certain_two(struct parts *, uint32_t a, uint32_t b);

#endif

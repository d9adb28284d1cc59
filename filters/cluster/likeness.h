/* likeness - whether two similar names are one person's */
#ifndef CLUSTER_LIKENESS_H
#define CLUSTER_LIKENESS_H

#include <stdint.h>

struct evidence;
struct similar;

/*
 * The odds, as a logarithm, that a person has both names: by what they differ
 * by, how many have such names, and what their papers have in common.
 */
double	 likeness(struct evidence *, const struct similar *, uint32_t,
	    uint32_t);

#endif

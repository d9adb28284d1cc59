/* rarity - how much is learnt where two papers share a name, a venue, a word */
#ifndef CLUSTER_RARITY_H
#define CLUSTER_RARITY_H

#include <stdint.h>

struct names;

/*
 * In nats: the logarithm of one over the share of the papers that have it.
 * By the numbers of struct names; the papers that have it beside.
 */
struct rarity {
	double		 papers;	/* all that are shown */
	float		*word, *venue, *name, *claim;
	uint32_t	*word_papers, *venue_papers;
	/*
	 * How many persons of this name chance alone would put among the authors:
	 * how often its first and its last word stand in other names.
	 */
	float		*namesakes;
	double		 names;		/* different ones */
};

/* Count; after names_group. */
void	 rarity_count(struct rarity *, const struct names *);
void	 rarity_free(struct rarity *);

#endif

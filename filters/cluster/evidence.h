/* evidence - what speaks for and against two papers being one author's */
#ifndef CLUSTER_EVIDENCE_H
#define CLUSTER_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "cluster/rarity.h"
#include "cluster/topics.h"

struct names;
struct paper;

enum { VENUE_BINS = 12, TOPIC_BINS = 8 };

/*
 * All of it is in nats, and learnt from the corpus at hand without labels:
 * pairs of papers of different names show what two persons' papers have in
 * common, papers that rare coauthors link over others' what one person's have.
 */
struct evidence {
	const struct names	*names;
	struct rarity		 rarity;
	struct topics		*topics;
	float			 venue[VENUE_BINS], topic[TOPIC_BINS];
	float			*coauthor;	/* by key; at least 0 */
	double			 same;		/* share of the pairs of papers of
						 * a name that are one person's */
	uint8_t			*marks;		/* by key; all 0 between calls */
};

/* After names_group. */
void	 evidence_learn(struct evidence *, const struct names *);
void	 evidence_free(struct evidence *);

/* What the venues and titles of two papers say. */
double	 evidence_of_pair(const struct evidence *, const struct paper *,
	    const struct topic *, const struct paper *, const struct topic *);
/*
 * The odds, as a logarithm, that two papers of a name are one person's before
 * anything of the two is known.  same: the share of such pairs, or
 * evidence.same.
 */
double	 evidence_prior(const struct evidence *, uint32_t author, double same);

/* sigmoid: a probability from the logarithm of odds. */
double	 evidence_probability(double odds);

#endif

/* persons - who the mentions of one name most likely are */
#ifndef CLUSTER_PERSONS_H
#define CLUSTER_PERSONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct evidence;

/* What is certain of two mentions of a name, by their places in it. */
struct bond {
	uint32_t	 a, b;
	bool		 same;		/* one person, else two */
};

struct person {
	uint32_t	 number;	/* from 1 */
	uint32_t	 papers;
	double		 odds;		/* the logarithm of the odds that all are
					 * one person's, of the weakest link */
};

struct persons {
	struct person	*v;		/* most papers first */
	uint32_t	 n;
	uint32_t	*of;		/* of each mention, its place in v */
	size_t		 cap, ofcap;
};

#define PERSON_CERTAIN	20.	/* odds of what an identifier or a line says */

/*
 * Part the mentions of an author.  Mentions with one identifier are joined,
 * those with two of a registry that gives each person one, or on one paper, are
 * not.  All others are put together by agglomeration, those with the best odds
 * first, until no two parts are more likely one person than two.  The result
 * is good until the next call.
 */
void	 persons_part(struct persons *, struct evidence *, uint32_t author,
	    const struct bond *, size_t nbonds);
void	 persons_free(struct persons *);

#endif

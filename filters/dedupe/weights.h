/* weights - how much each piece of evidence counts, learnt from the records */
#ifndef DEDUPE_WEIGHTS_H
#define DEDUPE_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dedupe/evidence.h"

struct buf;
struct hint;
struct rarity;
struct records;

#define MOST_PRICE	.9f
#define CLEAN		(-2)	/* weight of a list that has hardly a copy */

struct price {
	uint64_t	 sources;	/* the lesser above the other one */
	float		 nat;
};

/*
 * Fellegi and Sunter's: for each level of each field the logarithms of how
 * often copies have it against records that have nothing to do with each
 * other, and against two publications of one work.
 */
struct weights {
	float	 unrelated[NFIELDS][MAX_LEVELS];
	float	 sibling[NFIELDS][MAX_LEVELS];
	/* years of copies of which nothing but the year tells */
	float	 bare_year[MAX_LEVELS];
	/*
	 * Of two records of one source, by its number: of one list of it, and of
	 * two.  0 where there are many copies, less where hardly any.
	 */
	float	*same_list, *same_source;
	/*
	 * What a nat of words costs that only one title has: by the two sources,
	 * sorted, MOST_PRICE where there is none, and in one list of a source.
	 * Lists of references are put down by heart.
	 */
	struct price *prices;
	size_t	 nprices;
	float	*price_in_list;
	size_t	 nsources;
	float	 titles;	/* logarithm of their number */
	float	 strangers;	/* two lists of authors, both whole: share nobody */
};

/*
 * Learn from what copies must be, since titles and authors are the same, and
 * from what cannot be copies.
 */
void	 weights_learn(struct weights *, const struct records *,
	    const struct hint *);

/* How often those share no author that must be copies for their title. */
void	 weights_learn_strangers(struct weights *, const struct rarity *);

/* A case for two records being copies, in nats; over 0: they are. */
struct verdict {
	float	 unrelated;	/* rather than two papers */
	float	 sibling;	/* rather than two publications of one work */
	float	 score;		/* the lesser */
	bool	 bare;		/* nothing of the place could be compared */
};

void	 judge(struct verdict *, const struct weights *,
	    const struct evidence *);
/* The most that the score can be, before the titles are compared. */
float	 judge_bound(const struct weights *, struct evidence *);
/* The same in words, for people: "title 4.0, authors +3.0, ...". */
void	 judge_tell(struct buf *, const struct weights *,
	    const struct evidence *);

#endif

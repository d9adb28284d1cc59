/* rarity - how common the words of the records and their titles are */
#ifndef DEDUPE_RARITY_H
#define DEDUPE_RARITY_H

#include <stdint.h>

struct records;

/* What was counted over all records. */
struct rarity {
	uint64_t	 titles;	/* different ones */
	/*
	 * Pairs of records of two sources that alone have a title of several
	 * words, in one year, and those of them that share no author.
	 */
	uint64_t	 pairs, strangers;
};

/*
 * Count words over different titles, so that the copies of a paper do not make
 * its words common, and papers over equal titles: "Editorial" is the title of
 * as many as have authors who never wrote together, or as one source has
 * issues with it, or without authors places in one list.  Numbers of issues
 * that are none, for a source counts its records in them, are dropped.
 */
void	 rarity_count(struct rarity *, struct records *);

#endif

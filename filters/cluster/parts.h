/* parts - mentions of a name put together by what they have in common */
#ifndef CLUSTER_PARTS_H
#define CLUSTER_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

struct bond;
struct evidence;
struct mention;
struct topic;

/* Numbers, each once, rising. */
struct list {
	uint32_t	*v;
	uint32_t	 n;
};

enum trait { COAUTHORS, VENUES, WORDS, AFFILIATIONS, TRAITS };

/* Mentions that are taken for one person. */
struct part {
	uint32_t	 first, last;	/* of its mentions, chained by next */
	uint32_t	 size;		/* mentions; 0: joined to another */
	struct list	 trait[TRAITS];
	struct list	 ids;		/* numbers of claim values */
	int32_t		 from, to;	/* years, 0: none is known */
	double		 weakest;	/* odds of the weakest link */
};

/* The mentions of one name; as each part is known by one of them. */
struct parts {
	struct evidence		*e;
	const struct mention	*m;
	uint32_t		 n;
	struct part		*v;	/* by mention */
	uint32_t		*next;	/* mention of the part, or UINT32_MAX */
	uint32_t		*root;	/* union-find */
	uint32_t		*live;	/* all parts, those in the matrix first */
	uint32_t		 nlive, nparts;
	struct topic		*topic;	/* of each mention */
	uint8_t			*marks[TRAITS];
	float			*sum;	/* of each two live parts: what pairs say */
	float			*score;	/* odds that they are one person's */
	uint32_t		*best;	/* of each live part: the likeliest other */
	double			 prior;
	const struct bond	*bonds;
	size_t			 nbonds;
	size_t			 cap, matrixcap;
	struct arena		 arena;
};

/* Begin with the mentions of a name, joined where that is certain. */
void	 parts_begin(struct parts *, struct evidence *, uint32_t author,
	    const struct bond *, size_t nbonds);
/* All of part b to part a, by a link of these odds. */
void	 parts_merge(struct parts *, uint32_t a, uint32_t b, double odds);
/* Join parts, the likeliest first, until no two are likely one person's. */
void	 parts_join(struct parts *);
/* The mention that the part of mention i is known by. */
uint32_t parts_of(struct parts *, uint32_t i);
void	 parts_free(struct parts *);

#endif

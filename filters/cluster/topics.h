/* topics - what papers and venues are about, as directions */
#ifndef CLUSTER_TOPICS_H
#define CLUSTER_TOPICS_H

#include <stdbool.h>
#include <stdint.h>

struct names;
struct paper;
struct rarity;

#define TOPIC_DIMS	64

/* A direction: of length TOPIC_UNIT, or zero where nothing is known. */
#define TOPIC_UNIT	4096
struct topic {
	int16_t	 v[TOPIC_DIMS];
};

struct topics;

/*
 * Learn from all papers which words and venues are of one subject: random
 * indexing (Sahlgren, An Introduction to Random Indexing, 2005) over words of
 * titles in common and venues, less what is common to all.
 */
struct topics	*topics_new(const struct names *, const struct rarity *);
void		 topics_free(struct topics *);
/* What a paper's title is about. */
void		 topics_of_paper(const struct topics *, const struct paper *,
		    struct topic *);
/* What the papers of a venue are about. */
const struct topic *topics_of_venue(const struct topics *, uint32_t venue);

/* The cosine of the angle between two directions; 0 where one is zero. */
double	 topic_cosine(const struct topic *, const struct topic *);
bool	 topic_is_zero(const struct topic *);

#endif

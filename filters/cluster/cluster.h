/* cluster - the parts of cluster: who stands on which paper, pages, similar names */
#ifndef CLUSTER_H
#define CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/intern.h"

struct buf;
struct json;

/* A name on a paper. */
struct mention {
	uint32_t	 author;	/* number of its key */
	uint32_t	 spelling;
	uint32_t	 paper;
	uint32_t	 position;	/* in the author list, from 0 */
};

struct paper {
	const char	*id;
	const char	*title;		/* case folded; until they are ranked */
	uint32_t	 venue;		/* number + 1, 0: none */
	uint32_t	 first;		/* of its mentions */
	uint32_t	 count;
	uint32_t	 rank;		/* in the order of author pages */
	int32_t		 year;		/* 0: none */
	bool		 dropped;	/* not in the output */
};

/* All papers and names of the stream, and who wrote what. */
struct names {
	struct intern	 keys, spellings, venues;
	struct paper	*papers;
	size_t		 npapers, papercap;
	struct mention	*mentions;	/* by paper */
	size_t		 nmentions, mentioncap;
	struct arena	 titles;

	/* behind names_group: */
	struct mention	*by_author;	/* by author, rank, position */
	uint32_t	*first;		/* of each author's; one more at the end */
	const char	**name;		/* of each author: the most frequent */
};

/* Add a paper with its names; those that are not shown have none. */
void	 names_add(struct names *, const struct json *paper);
/*
 * Rank the papers (newest year first, without one last, then title, id),
 * number keys, spellings and venues in their byte order and gather the
 * mentions of each author.
 */
void	 names_group(struct names *);

/* Counts of distinct papers by number. */
struct tally {
	struct tally_entry {
		uint32_t	 what;
		uint32_t	 papers;
	}		*v;
	size_t		 n;
	size_t		 cap;
	uint32_t	*place;		/* of each number + 1 in v */
	uint32_t	*last;		/* paper + 1 that counted it */
};

void	 tally_init(struct tally *, size_t numbers);
void	 tally_reset(struct tally *);
void	 tally_add(struct tally *, uint32_t what, uint32_t paper);
/* Most papers first, ties by number. */
void	 tally_sort(struct tally *);
void	 tally_free(struct tally *);

/* The record of an author (schemas/author.json), in an arena of its own that
 * the next call resets; NULL for one without papers. */
struct similar;
struct json	*author_make(const struct names *, struct similar *,
		    uint32_t author);

/*
 * Names that may be the same person's, for n keys sorted by byte order:
 * without diacritics, hyphens and homonym numbers, words in any order; and
 * initials for given names.  similar_find calls back with the places of the
 * names similar to that of place i, in rising order.
 */
struct similar	*similar_new(const char *const *keys, size_t n);
void		 similar_find(struct similar *, uint32_t i,
		    void (*found)(uint32_t, void *), void *ctx);
void		 similar_free(struct similar *);

#endif

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
	const char	*title;		/* case folded; until they are sorted */
	uint32_t	 venue;		/* number + 1, 0: none */
	uint32_t	 first;		/* of its mentions */
	uint32_t	 count;
	int32_t		 year;		/* 0: none */
	bool		 dropped;	/* not in the output */
};

/* All papers and names of the stream, and who wrote what. */
struct names {
	struct intern	 keys, spellings, venues;
	uint32_t	*key_of;	/* of each spelling, until names_group */
	size_t		 nkeyed, keycap;
	struct paper	*papers;
	size_t		 npapers, papercap;
	struct mention	*mentions;	/* by paper */
	size_t		 nmentions, mentioncap;
	struct arena	 titles;

	/* behind names_group: */
	struct mention	*by_author;	/* by author, paper, position */
	uint32_t	*first;		/* of each author's; one more at the end */
	struct arena	 texts;
	const char	**who;		/* of each author, as JSON: its key and
					 * its most frequent name */
};

/* Add a paper with its names; those that are not shown have none. */
void	 names_add(struct names *, const struct json *paper);
/*
 * Number keys, spellings and venues in their byte order and gather the
 * mentions of each author, papers of the newest year first, those without one
 * last, then by title and id.
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
	struct tally_slot {
		uint32_t	 place;	/* in v, + 1 */
		uint32_t	 last;	/* paper + 1 that counted it */
	}		*slots;		/* by number */
};

void	 tally_init(struct tally *, size_t numbers);
void	 tally_reset(struct tally *);
void	 tally_add(struct tally *, uint32_t what, uint32_t paper);
/* Most papers first, ties by number. */
void	 tally_sort(struct tally *);
/* Where a number that was counted stands in v. */
uint32_t tally_place(const struct tally *, uint32_t what);
void	 tally_free(struct tally *);

/*
 * Append the record of an author (schemas/author.json); false: there is none,
 * for the name is on no paper that is shown.
 */
struct similar;
bool	 author_write(struct buf *, const struct names *, struct similar *,
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

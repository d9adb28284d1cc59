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
	uint32_t	 claims;	/* the first of its claims + 1, 0: none */
};

/* What a paper says of one of its authors, besides the name. */
enum claim_kind {
	CLAIM_ORCID, CLAIM_OPENREVIEW, CLAIM_DBLP,
	CLAIM_ONE,		/* of those above a person has one */
	CLAIM_EMAIL = CLAIM_ONE,
	CLAIM_ID,		/* of another registry; may have several */
	CLAIM_AFFILIATION,
};

struct claim {
	uint32_t	 mention;	/* place in mentions; in a row */
	uint32_t	 kind;
	uint32_t	 value;		/* in claim_values; of an id with its
					 * registry in front, "acl:" */
};

struct paper {
	const char	*id;
	const char	*title;		/* case folded; until they are sorted */
	uint32_t	 venue;		/* number + 1, 0: none */
	uint32_t	 first;		/* of its mentions */
	uint32_t	 count;
	uint32_t	 first_word;	/* in words_of */
	int32_t		 year;		/* 0: none */
	uint16_t	 nwords;	/* of the title, each once, rising */
	bool		 dropped;	/* not in the output */
};

/* All papers and names of the stream, and who wrote what. */
struct names {
	struct intern	 keys, spellings, venues, words, claim_values;
	uint32_t	*key_of;	/* of each spelling, until names_group */
	size_t		 nkeyed, keycap;
	struct paper	*papers;
	size_t		 npapers, papercap;
	struct mention	*mentions;	/* by paper */
	size_t		 nmentions, mentioncap;
	struct arena	 titles;
	uint32_t	*words_of;	/* of titles, by paper */
	size_t		 nwords, wordcap;
	struct claim	*claims;	/* by mention */
	size_t		 nclaims, claimcap;

	/* behind names_group: */
	struct mention	*by_author;	/* by author, paper, position */
	uint32_t	*first;		/* of each author's; one more at the end */
	struct arena	 texts;
	uint8_t		*claim_kind;	/* of each value */
	const char	**name;		/* of each author, the most frequent */
	const char	**who;		/* that and its key, as JSON */
};

/* Add a paper with its names; those that are not shown have none. */
void	 names_add(struct names *, const struct json *paper);
/*
 * Number keys, spellings, venues and words in their byte order, forget words of
 * one title or of very many, and gather the
 * mentions of each author, papers of the newest year first, those without one
 * last, then by title and id.
 */
void	 names_group(struct names *);
/* Spell an author's name so, after names_group. */
void	 names_rename(struct names *, uint32_t author, const char *name);

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

#endif

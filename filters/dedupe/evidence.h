/* evidence - what two records say for and against being copies */
#ifndef DEDUPE_EVIDENCE_H
#define DEDUPE_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct records;
struct traits;

enum field { YEAR, VOLUME, NUMBER, PAGES, IDENTIFIER, VENUE, ABSTRACT,
    NFIELDS };
#define MAX_LEVELS	4
#define UNKNOWN		(-1)		/* level: a side does not say */
#define PAGES_DIFFER	3		/* level of PAGES */

/*
 * How two lists of authors go together, best first.  Strangers: they share
 * nobody, and both are whole.
 */
enum names_level { NAMES_FULL, NAMES_SUB, NAMES_PART, NAMES_LITTLE,
    NAMES_NONE, NAMES_STRANGERS, NAMES_UNKNOWN, NAMES_LEVELS };

/* Whether the titles name two parts of one thing, or one a paper about another. */
enum part { PART_SAME, PART_EXTRA, PART_OTHER, PART_NOTICE };

struct evidence {
	int8_t		 level[NFIELDS];
	enum names_level names;
	enum part	 part;
	bool		 affix;		/* one title is the other, longer on one end */
	bool		 equal;		/* titles */
	bool		 one_word;	/* is all that tells them apart, see titles.c */
	uint32_t	 sources[2];	/* of each, the lesser first */
	bool		 one_source, one_list;
	bool		 ranges;	/* both name several pages */
	bool		 odd_venue;	/* one is put down by heart */
	/* in nats: what the words that both titles have weigh, and the others */
	float		 matched, left_a, left_b;
	float		 names_matched;
	float		 generic;	/* logarithm of how many such titles there are */
};

/* In this order, for each is dearer than the one before. */
void	 evidence_fields(struct evidence *, const struct records *,
	    const struct traits *, const struct traits *);
void	 evidence_names(struct evidence *, const struct records *,
	    const struct traits *, const struct traits *);
void	 evidence_titles(struct evidence *, const struct records *,
	    const struct traits *, const struct traits *);
/* All of it. */
void	 evidence_make(struct evidence *, const struct records *,
	    const struct traits *, const struct traits *);
/* Whether nothing of the place in a venue can be compared. */
bool	 evidence_is_bare(const struct evidence *);
/*
 * Append the names of what speaks for the two being copies, or against:
 * "title, authors, year".
 */
void	 evidence_members(struct buf *, const struct evidence *, bool against);
/*
 * What the words weigh that only one title has: those of the longer rest count
 * more.  At most MOST_LEFT nats.
 */
#define MOST_LEFT	33
float	 evidence_left(const struct evidence *);
/* The share of the titles' words that they have in common, by weight. */
float	 evidence_likeness(const struct evidence *);

#endif

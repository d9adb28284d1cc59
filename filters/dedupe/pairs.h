/* pairs - which pairs of records are linked, and how strongly */
#ifndef DEDUPE_PAIRS_H
#define DEDUPE_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dedupe/weights.h"

struct buf;
struct evidence;
struct groups;
struct records;

#define CLOSE		(-3)	/* pairs of a higher score are worth a look */
#define CERTAIN		6	/* the least score of an identifier in common */

/* Two records, a < b, that may be copies. */
struct link {
	float		 score;
	uint32_t	 a, b;
	char		 kind;	/* of an identifier, see traits.h, or 0 */
};

/* Two forms of one work as far as titles and authors tell. */
struct version_pair {
	uint32_t	 a, b;
};

struct links {
	struct link		*v;	/* once each, by a, then b */
	size_t			 n, cap;
	struct version_pair	*versions;
	size_t			 nversions, versions_cap;
};

/*
 * Learn from the records, which are sorted, what tells copies, then find the
 * pairs that are.
 * close: also those with a score over CLOSE.
 */
void	 links_make(struct links *, struct records *, bool close);
void	 links_free(struct links *);

/* The case for any two records; weights are learnt by links_make. */
struct verdict	 pair_judge(const struct records *, uint32_t, uint32_t);
/* Whether a list that hardly has a copy has both. */
bool	 pair_in_clean_list(const struct records *, uint32_t, uint32_t);
/*
 * Whether hardly more than a title agrees, and that is one that many papers have:
 * neither authors nor place, abstract or identifier.
 */
bool	 pair_is_generic(const struct records *, uint32_t, uint32_t);
/* Append the evidence in words, two lines. */
void	 pair_tell(struct buf *, const struct records *, uint32_t, uint32_t);
/* Append the members that speak for it, or against: "title, authors, year". */
void	 pair_members(struct buf *, const struct records *, uint32_t, uint32_t,
	    bool against);

#endif

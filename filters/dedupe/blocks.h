/* blocks - which pairs of records are compared */
#ifndef DEDUPE_BLOCKS_H
#define DEDUPE_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

struct records;

/*
 * What is looked at first of a record, for most pairs have nothing in common:
 * the telling words of its title and those of its authors' names, a bit each.
 */
struct hint {
	uint32_t	 title[4], names[4];
	uint32_t	 hash;	/* of the title */
};

/* One of each record; the caller frees them. */
struct hint	*hints_make(const struct records *);
/*
 * Whether two records may be copies at all: most words of the shorter title are
 * in the other one; nearly all, where most words of the authors are not.
 */
bool		 hints_agree(const struct hint *, const struct hint *);

/*
 * Call visit for pairs, a < b, that share a key: a title, its beginning or
 * end, two of its rare words, an author's word and the year or a rare word of
 * the title, volume and page.  place: the key is one of a place, whatever the
 * titles.  A pair may come several times.  Of keys that many records have
 * only neighbours in the order of title, author, year are compared, so that
 * the number of pairs grows with that of the records.
 *
 * sample: only records whose title's hash it divides, 1: all.
 */
typedef void	 pair_visitor(void *, uint32_t a, uint32_t b, bool place);

void	 blocks_visit(const struct records *, uint64_t sample, pair_visitor *,
	    void *);

#endif

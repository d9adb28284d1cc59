/* blocks - which pairs of records are compared */
#ifndef DEDUPE_BLOCKS_H
#define DEDUPE_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

struct records;

/*
 * What is looked at first of a record, for most pairs have nothing in common:
 * the words of its title and of its authors' names, a bit each.
 */
struct hint {
	uint64_t	 title;
	uint64_t	 names;
	uint64_t	 hash;	/* of the title */
};

/* One of each record; the caller frees them. */
struct hint	*hints_make(const struct records *);

/*
 * Whether two records may be copies at all: most words of the shorter title are
 * in the other one; nearly all, where the authors share no word.
 */
static inline bool
hints_agree(const struct hint *a, const struct hint *b)
{
	int x = __builtin_popcountll(a->title), y = __builtin_popcountll(b->title);
	int both = __builtin_popcountll(a->title & b->title);

	if (a->hash == b->hash)
		return true;
	if ((a->names & b->names) == 0 && a->names != 0 && b->names != 0)
		return both * 4 >= 3 * (x > y ? x : y);
	return both * 5 >= 2 * (x < y ? x : y);
}

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

/* blocks - which pairs of records are compared */
#ifndef DEDUPE_BLOCKS_H
#define DEDUPE_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

struct hint;
struct records;

/*
 * How a pair came.  PAIR_ALIKE: see hints_agree.  PAIR_PLACED: the titles are
 * not alike, but year, volume and both pages are the same.
 */
enum pair { PAIR_ALIKE, PAIR_PLACED, PAIR_OTHER };
typedef void	 pair_visitor(void *, uint32_t a, uint32_t b, enum pair);

/*
 * Call visit for pairs, a < b, that share a key: a title, its beginning or
 * end, two of its rare words, an author's word and the year or a rare word of
 * the title, year, volume and pages.  A pair may come several times.  Of keys
 * that many records have only neighbours in the order of rarest word and author
 * are compared, or none, so that the number of pairs grows with that of the
 * records.
 *
 * sample: only records whose title's hash it divides, and PAIR_OTHER too;
 * 0: all records.
 */
void	 blocks_visit(const struct records *, const struct hint *,
	    uint64_t sample, pair_visitor *, void *);

#endif

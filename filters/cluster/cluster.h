/* cluster - the parts of cluster: URL parts, names that may be the same */
#ifndef CLUSTER_H
#define CLUSTER_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Append the URL part of an exact name's key: lower-case letters, digits,
 * "_" for the space, "-" and "." as they are.  Where that loses something, a
 * "~" and the hash of the whole key follow (XXH3, 64 bits, in hex), so that
 * no two keys share one.  At most 200 bytes.
 */
void	 slug_make(struct buf *, const char *key, size_t n);

/*
 * Names that may be the same person's, for n keys sorted by byte order:
 * without diacritics, hyphens and homonym numbers, words in any order; and
 * initials for given names.  similar_find calls back with the places of the
 * names similar to that of place i, in rising order.
 */
struct similar;

struct similar	*similar_new(const char *const *keys, size_t n);
void		 similar_find(struct similar *, uint32_t i,
		    void (*found)(uint32_t, void *), void *ctx);
void		 similar_free(struct similar *);

#endif

/* slug - the URL part of a name */
#ifndef SLUG_H
#define SLUG_H

#include <stddef.h>

struct buf;

/*
 * Append the URL part of an exact name's key: lower-case letters, digits,
 * "_" for the space, "-" and "." as they are.  Where that loses something, a
 * "~" and the hash of the whole key follow (XXH3, 64 bits, in hex), so that
 * no two keys share one.  At most 200 bytes, none of them a slash; a letter or
 * digit first, no period last.
 */
void	 slug_make(struct buf *, const char *key, size_t n);

#endif

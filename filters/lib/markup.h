/* markup - what HTML, MathML and JATS add to text */
#ifndef MARKUP_H
#define MARKUP_H

#include <stddef.h>

struct buf;

/* Both append what they make of the valid UTF-8 text s, n to the buffer. */

/* HTML character references, once; what is none stays as it is. */
void	 markup_entities(struct buf *, const char *s, size_t n);

/*
 * Without HTML, MathML and JATS inline tags; what looks like a tag but has
 * no such name ("a <b c") stays.
 */
void	 markup_untag(struct buf *, const char *s, size_t n);

#endif

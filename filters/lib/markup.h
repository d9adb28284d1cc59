/* markup - what HTML, MathML and JATS add to text */
#ifndef MARKUP_H
#define MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* These append what they make of the valid UTF-8 text s, n to the buffer. */

/* HTML character references, once; what is none stays as it is. */
void	 markup_entities(struct buf *, const char *s, size_t n);

/*
 * Without HTML, MathML and JATS inline tags; what looks like a tag but has
 * no such name ("a <b c") stays.
 */
void	 markup_untag(struct buf *, const char *s, size_t n);

/* Whether a tag of this name, in small letters, is taken off. */
bool	 markup_is_tag(const char *name);

#endif

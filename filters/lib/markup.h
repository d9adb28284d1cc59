/* markup - what HTML, MathML and JATS add to text */
#ifndef MARKUP_H
#define MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* These append what they make of the valid UTF-8 text s, n to the buffer. */

/*
 * HTML character references, once; what is none stays as it is.  An accent by
 * its name directly behind a letter that can have it is put on it
 * ("Pad&eacute;" and "Pade&acute;"), but for an apostrophe ("it&acute;s").
 */
void	 markup_entities(struct buf *, const char *s, size_t n);

/*
 * Without HTML, MathML and JATS inline tags; what looks like a tag but has
 * no such name ("a <b c"), or is not closed ("List<i>"), stays.  The text in
 * <sup> and <sub> is as of markup_script.
 */
void	 markup_untag(struct buf *, const char *s, size_t n);

/*
 * Without the signs between slashes of Inspec and IEEE: "/spl mu/" is a sign by
 * its name (an accent stands behind its letter), "/sup 2/" and "/sub i/" are
 * scripts.
 */
void	 markup_inspec(struct buf *, const char *s, size_t n);

/*
 * What stands raised, or else lowered, behind what is in the buffer.  It is text
 * as any other, but for a number, or a raised letter that is no ordinal's,
 * directly behind a digit: 10<sup>3</sup> is not 103, and 2<sup>n</sup> not 2n.
 * That is in the superscripts or subscripts of Unicode or, where it is not just
 * digits and a sign, has a "^" or "_" in front.
 */
void	 markup_script(struct buf *, const char *s, size_t n, bool raised);
/* Whether an element of this name holds such a text, and then in *raised. */
bool	 markup_is_script(const char *name, bool *raised);

/* Whether a tag of this name, in small letters, is taken off. */
bool	 markup_is_tag(const char *name);

#endif

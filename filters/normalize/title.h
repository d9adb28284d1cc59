/* title - the parts of what normalize makes of a title */
#ifndef TITLE_H
#define TITLE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* These append what they make of the text, resolved and clean, to the buffer. */

/*
 * Display math as math in the line, once where a publisher puts it in TeX and
 * in plain characters; what is no math without its dollars.
 */
void	 title_math(struct buf *, const char *s, size_t n);
/* The quotes of TeX, and apostrophes doubled for SQL, as quotes. */
void	 title_quotes(struct buf *, const char *s, size_t n);
/*
 * Words broken at the end of a line ("represen- tation") whole, or with their
 * hyphen, where just one of the two stands in the title or in the text beside;
 * both end with NUL.
 */
void	 title_words(struct buf *, const char *s, size_t n, const char *beside);
/*
 * The length of the title without a full stop, comma or footnote mark at its
 * end that can be nothing else.
 */
size_t	 title_length(const char *s, size_t n);
/* Whether it is three words or more, and all in capitals. */
bool	 title_is_shouted(const char *s, size_t n);

#endif

/* name_marks - signs and numbers beside a name; name_strip.c's own parts */
#ifndef NORMALIZE_NAME_MARKS_H
#define NORMALIZE_NAME_MARKS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Take n bytes at one place out of a name. */
void	 name_cut_out(struct buf *, size_t at, size_t n);
/* Take spaces, commas and semicolons off both ends. */
void	 name_trim(struct buf *);
bool	 name_has_digit(const char *s, size_t n);
/* Nothing, signs and numbers: "(*)", "[1]", "( )"; no year. */
bool	 name_is_mark(const char *s, size_t n);

/*
 * Take off: signs and brackets without a partner at both ends; the numbers of
 * affiliations there; what TeX raises or notes, "$^{1,2}$".  All return whether
 * there were any.  part: it is a given or a family name, of one word.
 */
bool	 name_strip_signs(struct buf *);
bool	 name_strip_numbers(struct buf *, bool part);
bool	 name_strip_tex(struct buf *);

#endif

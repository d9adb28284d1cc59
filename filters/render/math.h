/* math - TeX between dollars in text */
#ifndef MATH_H
#define MATH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * As pandoc tells TeX from prices (its manual, "Math"): no white space inside
 * of the dollars, no digit behind them, a backslash in front takes a dollar
 * for a dollar.  assets/math.js has the same rule.
 */

/*
 * The first mathematics from s on, its dollars included, and its bytes in
 * *len; NULL: there is none up to the end.  Going on behind it, all of a text
 * is read once.
 */
const char	*math_next(const char *s, const char *end, size_t *len);

bool		 math_is_in(const char *s, size_t n);

#endif

/* words - words that are known */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether s is in a list that ends with NULL, in any case; NULL is in none. */
bool	 words_have(const char *const *list, const char *s);
/*
 * The number of the month whose English name begins with the n letters at s,
 * three at least, in any case, or 0.
 */
int	 words_month(const char *s, size_t n);

#endif

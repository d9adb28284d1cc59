/* words - words that are known */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether s is in a list that ends with NULL, in any case; NULL is in none. */
bool	 words_have(const char *const *list, const char *s);

#endif

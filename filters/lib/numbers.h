/* numbers - lists of numbers */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* Sort n numbers, the lowest first, and keep each once; returns how many. */
size_t	 numbers_distinct(uint32_t *, size_t n);

#endif

/* accent - marks on letters */
#ifndef ACCENT_H
#define ACCENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Put the combining mark on the letter that the buffer ends with, where Unicode
 * has a character for the two; else the buffer stays as it is.  Returns whether
 * it did.
 */
bool	 accent_add(struct buf *, int32_t mark);

/* The combining mark for an accent that is a character of its own, or 0. */
int32_t	 accent_mark(const char *s, size_t n);

#endif

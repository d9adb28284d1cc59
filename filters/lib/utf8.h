/* utf8 - code points in bytes */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* The length of the run of ASCII at s. */
size_t	 ascii_run(const char *s, size_t n);
/* Whether the bytes are UTF-8 (Unicode 15, table 3-7: no surrogates, no
 * overlong forms). */
bool	 utf8_valid(const char *, size_t);
/* The code point at *s, which moves behind it.  The text must be valid. */
int32_t	 utf8_next(const char **s);
void	 utf8_add(struct buf *, int32_t);
/* The same to out, at most four bytes; returns how many. */
size_t	 utf8_put(char *out, int32_t);
/* The longest length of at most n bytes that cuts no character in two. */
size_t	 utf8_cut(const char *, size_t len, size_t n);

#endif

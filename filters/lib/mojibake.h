/* mojibake - text that was read in an encoding that is not its own */
#ifndef MOJIBAKE_H
#define MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* What the byte 0x80 to 0x9f is in windows-1252, 0 where it is nothing. */
int32_t	 mojibake_cp1252(int byte);

/*
 * Append the valid UTF-8 text s, n with what was UTF-8 and read as Latin-1 or
 * windows-1252, once or more often, as it was meant: only those runs where the
 * characters that stand there can be nothing else.  Of the controls U+0080 to
 * U+009F that are left, those become characters of windows-1252 that fit in
 * their place; between two letters others become U+FFFD.  Returns whether
 * anything was changed.
 */
bool	 mojibake_mend(struct buf *, const char *s, size_t n);

#endif

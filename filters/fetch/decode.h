/* decode - a body that was compressed for its way */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stdint.h>

/* What a request says it takes. */
#define DECODE_ACCEPTS	"gzip, zstd"

/* Whether a Content-Encoding is one of these. */
bool	 decode_knows(const char *encoding);

enum decoded { DECODE_OK, DECODE_CORRUPT, DECODE_TOO_LARGE };

/*
 * Decompress a file into another one, of at most max bytes.  The process ends
 * where a file cannot be read or written.
 */
enum decoded	 decode_file(const char *from, const char *to, uint64_t max);

#endif

/* digest - SHA-256 of files and texts */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#define DIGEST_HEX	65	/* 64 digits and a NUL */

/* The digest in hex and the size of a file; errno is set where it fails. */
bool	 digest_file(const char *path, char hex[DIGEST_HEX], uint64_t *bytes);
void	 digest_text(const char *, char hex[DIGEST_HEX]);
/* Whether a text is such a digest, in lower case. */
bool	 digest_is_hex(const char *);

#endif

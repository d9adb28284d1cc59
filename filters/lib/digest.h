/* digest - SHA-256 of files, texts and streams */
#ifndef DIGEST_H
#define DIGEST_H

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_HEX	65	/* 64 digits and a NUL */

/* Of bytes that come piece by piece. */
struct digest {
	struct sha256_ctx	 sha;
	uint64_t		 bytes;		/* so far */
};

void	 digest_begin(struct digest *);
void	 digest_add(struct digest *, const void *, size_t n);
void	 digest_end(struct digest *, char hex[DIGEST_HEX]);

/* The digest in hex and the size of a file; errno is set where it fails. */
bool	 digest_file(const char *path, char hex[DIGEST_HEX], uint64_t *bytes);
void	 digest_text(const char *, char hex[DIGEST_HEX]);
/* Whether a text is such a digest, in lower case. */
bool	 digest_is_hex(const char *);

#endif

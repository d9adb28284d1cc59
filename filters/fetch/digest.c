/* digest - SHA-256 of files and texts */
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fetch/digest.h"

static void
finish(struct sha256_ctx *sha, char hex[DIGEST_HEX])
{
	uint8_t sum[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(sha, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
}

bool
digest_file(const char *path, char hex[DIGEST_HEX], uint64_t *bytes)
{
	static uint8_t chunk[1024 * 1024];
	struct sha256_ctx sha;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return false;
	sha256_init(&sha);
	*bytes = 0;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			int e = errno;

			close(fd);
			errno = e;
			return false;
		}
		sha256_update(&sha, (size_t)n, chunk);
		*bytes += (uint64_t)n;
	}
	close(fd);
	finish(&sha, hex);
	return true;
}

void
digest_text(const char *s, char hex[DIGEST_HEX])
{
	struct sha256_ctx sha;

	sha256_init(&sha);
	sha256_update(&sha, strlen(s), (const uint8_t *)s);
	finish(&sha, hex);
}

bool
digest_is_hex(const char *s)
{
	return strlen(s) == DIGEST_HEX - 1 &&
	    strspn(s, "0123456789abcdef") == DIGEST_HEX - 1;
}

/* digest - SHA-256 of files, texts and streams */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/digest.h"

void
digest_begin(struct digest *d)
{
	sha256_init(&d->sha);
	d->bytes = 0;
}

void
digest_add(struct digest *d, const void *p, size_t n)
{
	sha256_update(&d->sha, n, p);
	d->bytes += n;
}

void
digest_end(struct digest *d, char hex[DIGEST_HEX])
{
	uint8_t sum[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(&d->sha, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
}

bool
digest_file(const char *path, char hex[DIGEST_HEX], uint64_t *bytes)
{
	static uint8_t chunk[1024 * 1024];
	struct digest d;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return false;
	digest_begin(&d);
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			int e = errno;

			close(fd);
			errno = e;
			return false;
		}
		digest_add(&d, chunk, (size_t)n);
	}
	close(fd);
	*bytes = d.bytes;
	digest_end(&d, hex);
	return true;
}

void
digest_text(const char *s, char hex[DIGEST_HEX])
{
	struct digest d;

	digest_begin(&d);
	digest_add(&d, s, strlen(s));
	digest_end(&d, hex);
}

bool
digest_is_hex(const char *s)
{
	return strlen(s) == DIGEST_HEX - 1 &&
	    strspn(s, "0123456789abcdef") == DIGEST_HEX - 1;
}

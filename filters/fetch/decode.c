/* decode - a body that was compressed for its way */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "fetch/decode.h"
#include "fetch/files.h"
#include "lib/input.h"

bool
decode_knows(const char *encoding)
{
	return strcmp(encoding, "gzip") == 0 ||
	    strcmp(encoding, "x-gzip") == 0 || strcmp(encoding, "zstd") == 0;
}

enum decoded
decode_file(const char *from, const char *to, uint64_t max)
{
	enum decoded result = DECODE_OK;
	struct input in = { 0 };
	uint64_t made = 0;
	size_t n;
	int fd;

	if (!input_open(&in, from))
		files_fail(from);
	fd = files_make(to, O_WRONLY | O_TRUNC);
	/* what was not recognized is not compressed, whatever the server says */
	if (in.codec == NULL)
		result = DECODE_CORRUPT;
	while (result == DECODE_OK && (n = input_fill(&in, 1)) > 0) {
		if (n > max - made)
			result = DECODE_TOO_LARGE;
		else
			files_append(fd, to, input_head(&in), n);
		made += n;
		input_skip(&in, n);
	}
	if (in.error != NULL && !in.corrupt) {
		errno = EIO;
		files_fail(from);
	}
	if (in.error != NULL && result == DECODE_OK)
		result = DECODE_CORRUPT;
	input_close(&in);
	if (close(fd) == -1)
		files_fail(to);
	return result;
}

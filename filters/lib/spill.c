/* spill - what does not fit into memory, in a temporary file */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/spill.h"

#define PENDING	(1024 * 1024)

struct spill {
	int		 fd;
	uint64_t	 written;	/* bytes in the file */
	struct buf	 pending;	/* bytes that follow them */
};

struct spill *
spill_new(const char *dir)
{
	struct spill *s = xcalloc(1, sizeof(*s));
	struct buf path = { 0 };

	if (dir == NULL)
		dir = getenv("TMPDIR");
	if (dir == NULL || *dir == '\0')
		dir = "/tmp";
	buf_addf(&path, "%s/arrow.XXXXXXXXXX", dir);
	if ((s->fd = mkstemp(path.p)) == -1)
		err(failure_status(errno, EX_CANTCREAT), "%s", path.p);
	if (unlink(path.p) == -1)
		err(failure_status(errno, EX_CANTCREAT), "%s", path.p);
	buf_free(&path);
	return s;
}

void
spill_flush(struct spill *s)
{
	size_t done = 0;
	ssize_t n;

	while (done < s->pending.len) {
		n = write(s->fd, s->pending.p + done, s->pending.len - done);
		if (n == -1) {
			if (errno == EINTR)
				continue;
			err(EX_IOERR, "spill file");
		}
		done += (size_t)n;
	}
	s->written += done;
	buf_reset(&s->pending);
}

uint64_t
spill_add(struct spill *s, const void *p, size_t n)
{
	uint64_t at = s->written + s->pending.len;

	buf_add(&s->pending, p, n);
	if (s->pending.len >= PENDING)
		spill_flush(s);
	return at;
}

void
spill_get(struct spill *s, uint64_t at, size_t n, struct buf *b)
{
	size_t done = 0;
	ssize_t got;

	if (s->pending.len > 0)
		spill_flush(s);
	buf_reset(b);
	buf_reserve(b, n);
	while (done < n) {
		got = pread(s->fd, b->p + done, n - done, (off_t)(at + done));
		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			err(EX_IOERR, "spill file");
		if (got == 0)
			errx(EX_IOERR, "spill file: cut short");
		done += (size_t)got;
	}
	b->len = n;
	b->p[n] = '\0';
}

void
spill_free(struct spill *s)
{
	if (s == NULL)
		return;
	close(s->fd);
	buf_free(&s->pending);
	free(s);
}

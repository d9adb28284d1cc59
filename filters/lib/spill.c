/* spill - what does not fit into memory, in a temporary file */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/spill.h"

#define PENDING	(1024 * 1024)
#define AHEAD	(64 * 1024)	/* read at once of what is read in turn */

struct spill {
	int		 fd;
	uint64_t	 written;	/* bytes in the file */
	struct buf	 pending;	/* bytes that follow them */
	struct buf	 ahead;		/* bytes at that place */
	uint64_t	 ahead_at;
	uint64_t	 last;		/* end of what was read last */
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

/* Read n bytes, or what there is of them beyond least. */
static void
read_at(struct spill *s, uint64_t at, size_t n, size_t least, struct buf *b)
{
	ssize_t got;

	buf_reset(b);
	buf_reserve(b, n);
	while (b->len < least) {
		got = pread(s->fd, b->p + b->len, n - b->len,
		    (off_t)(at + b->len));
		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			err(EX_IOERR, "spill file");
		if (got == 0)
			errx(EX_IOERR, "spill file: cut short");
		b->len += (size_t)got;
	}
	b->p[b->len] = '\0';
}

void
spill_get(struct spill *s, uint64_t at, size_t n, struct buf *b)
{
	bool in_turn = at >= s->last && at - s->last < AHEAD && n <= AHEAD;

	if (s->pending.len > 0)
		spill_flush(s);
	s->last = at + n;
	if (at < s->ahead_at || at + n > s->ahead_at + s->ahead.len) {
		if (!in_turn) {
			read_at(s, at, n, n, b);
			return;
		}
		read_at(s, at, AHEAD, n, &s->ahead);
		s->ahead_at = at;
	}
	buf_reset(b);
	buf_add(b, s->ahead.p + (at - s->ahead_at), n);
}

void
spill_free(struct spill *s)
{
	if (s == NULL)
		return;
	close(s->fd);
	buf_free(&s->pending);
	buf_free(&s->ahead);
	free(s);
}

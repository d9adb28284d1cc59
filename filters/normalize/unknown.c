/* unknown - the venues that the vocabulary does not hold, by frequency */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/message.h"
#include "normalize/venue_parts.h"

/* Distinct venues that are counted; those that come later are not. */
#define MOST	1000000

struct unknown {
	const char	*venue;
	const char	*id;		/* of the first paper */
	uint64_t	 n;
};

static const char	*path;
static struct intern	 venues;
static struct unknown	*unknown;
static size_t		 cap;
static uint64_t		 left_out;

void
unknown_open(const char *file)
{
	path = file;
}

void
unknown_count(const char *venue, const char *id)
{
	size_t n = strlen(venue), had = venues.n;
	uint32_t i;

	if (path == NULL)
		return;
	if (had == MOST && intern_find(&venues, venue, n) == UINT32_MAX) {
		left_out++;
		return;
	}
	i = intern(&venues, venue, n);
	grow(&unknown, &cap, venues.n, sizeof(*unknown));
	if (i == had) {
		unknown[i].venue = venues.v[i];
		unknown[i].id = arena_strndup(&venues.arena, id, strlen(id));
		unknown[i].n = 0;
	}
	unknown[i].n++;
}

static int
by_frequency(const void *a, const void *b)
{
	const struct unknown *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->venue, y->venue);
}

static void
fail(int status, const char *file, const char *tmp)
{
	status = failure_status(errno, status);
	message(file, 0, NULL, strerror(errno));
	if (tmp != NULL)
		unlink(tmp);
	exit(status);
}

void
unknown_close(void)
{
	struct stat st;
	struct buf tmp = { 0 };
	bool file, failed = false;
	size_t i;
	FILE *f;

	if (path == NULL)
		return;
	sort_array(unknown, venues.n, sizeof(*unknown), by_frequency);
	/* a pipe, or a link such as /dev/stderr, must not be replaced */
	file = lstat(path, &st) == -1 || S_ISREG(st.st_mode);
	/* other jobs may have the same file, and one of them the last word */
	buf_adds(&tmp, path);
	if (file)
		buf_addf(&tmp, ".%ld.tmp", (long)getpid());
	if ((f = fopen(tmp.p, "we")) == NULL)
		fail(EX_CANTCREAT, tmp.p, NULL);
	for (i = 0; i < venues.n && !failed; i++)
		failed = fprintf(f, "%" PRIu64 "\t%s\t%s\n", unknown[i].n,
		    unknown[i].venue, unknown[i].id) < 0;
	if (failed || fflush(f) == EOF || (file && fsync(fileno(f)) == -1) ||
	    fclose(f) == EOF)
		fail(EX_IOERR, tmp.p, file ? tmp.p : NULL);
	if (file && rename(tmp.p, path) == -1)
		fail(EX_CANTCREAT, path, tmp.p);
	if (left_out > 0)
		filter_tell("%" PRIu64 " papers with more unknown venues than "
		    "%d not counted", left_out, MOST);
	buf_free(&tmp);
}

/*
 * unknown - the venues that the vocabulary does not hold, by frequency
 *
 * Each with the alias that would make it known.
 */
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

/* Distinct spellings that are counted; those that come later are not. */
#define MOST	1000000

/* By the number of the spelling in venues. */
struct spelling {
	uint32_t	 group;
	uint64_t	 n;
};

/* Spellings that the lookup takes for one, by the number of their key. */
struct group {
	const char	*key, *venue;	/* the most frequent one */
	const char	*id;		/* of the first paper */
	uint64_t	 n, most;	/* of that one */
};

static const char	*path;
static struct intern	 venues, keys;
static struct spelling	*spellings;
static struct group	*groups;
static size_t		 spellings_cap, groups_cap;
static uint64_t		 left_out;

void
unknown_open(const char *file)
{
	path = file;
}

static uint32_t
group_of(const char *venue, const char *id)
{
	static struct buf key;
	size_t had = keys.n;
	uint32_t i;

	buf_reset(&key);
	words_key(&key, venue, strlen(venue));
	i = intern(&keys, key.p, key.len);
	grow(&groups, &groups_cap, keys.n, sizeof(*groups));
	if (i == had)
		groups[i] = (struct group){ .key = keys.v[i],
		    .id = arena_strndup(&keys.arena, id, strlen(id)) };
	return i;
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
	grow(&spellings, &spellings_cap, venues.n, sizeof(*spellings));
	if (i == had)
		spellings[i] = (struct spelling){ group_of(venue, id), 0 };
	spellings[i].n++;
}

static void
sum_up(void)
{
	const struct spelling *s;
	struct group *g;
	size_t i;

	for (i = 0; i < venues.n; i++) {
		s = &spellings[i];
		g = &groups[s->group];
		g->n += s->n;
		if (s->n > g->most || (s->n == g->most &&
		    strcmp(venues.v[i], g->venue) < 0)) {
			g->most = s->n;
			g->venue = venues.v[i];
		}
	}
}

static int
by_frequency(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

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
	sum_up();
	sort_array(groups, keys.n, sizeof(*groups), by_frequency);
	/* a pipe, or a link such as /dev/stderr, must not be replaced */
	file = lstat(path, &st) == -1 || S_ISREG(st.st_mode);
	/* other jobs may have the same file, and one of them the last word */
	buf_adds(&tmp, path);
	if (file)
		buf_addf(&tmp, ".%ld.tmp", (long)getpid());
	if ((f = fopen(tmp.p, "we")) == NULL)
		fail(EX_CANTCREAT, tmp.p, NULL);
	for (i = 0; i < keys.n && !failed; i++)
		failed = fprintf(f, "%" PRIu64 "\t%s\t%s\t%s\n", groups[i].n,
		    groups[i].venue, groups[i].id, groups[i].key) < 0;
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

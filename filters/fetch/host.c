/* host - how fast and how often one host is asked, by all who share a store */
#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fetch/files.h"
#include "fetch/host.h"
#include "fetch/url.h"
#include "lib/buf.h"

#define DAY	UINT64_C(86400000000)	/* in microseconds */

struct host {
	struct host	*next;
	char		*name;
	uint64_t	 blocked;	/* the last round in which it was */
	double		 connected;
};

/* What the file of a host holds: microseconds since 1970. */
struct times {
	uint64_t	 next;		/* the next free turn */
	uint64_t	 pause;		/* no requests before */
	uint64_t	 written;
};

static struct host	*hosts;
static const char	*folder;
static unsigned		 connections;
static uint64_t		 interval;

void
host_limits(const char *where, unsigned n, uint64_t us)
{
	folder = where;
	connections = n;
	interval = us;
}

struct host *
host_of(const char *url)
{
	char *name = url_host(url);
	struct host *h;

	for (h = hosts; h != NULL; h = h->next)
		if (strcmp(h->name, name) == 0) {
			free(name);
			return h;
		}
	h = xcalloc(1, sizeof(*h));
	h->name = name;
	h->next = hosts;
	return hosts = h;
}

const char *
host_name(const struct host *h)
{
	return h->name;
}

int
host_connect(struct host *h, double when)
{
	struct buf path = { 0 };
	unsigned i;
	int fd = -1;

	for (i = 1; i <= connections && fd == -1; i++) {
		buf_reset(&path);
		/* a "#" is in no name of a host */
		buf_addf(&path, "%s/%s#%u", folder, h->name, i);
		fd = files_lock(path.p);
	}
	if (fd != -1)
		h->connected = when;
	buf_free(&path);
	return fd;
}

double
host_connected(const struct host *h)
{
	return h->connected;
}

static uint64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* Open and lock the file, and read it; what is no such file is no limit. */
static int
times_open(const struct host *h, struct buf *path, struct times *t)
{
	char text[128];
	size_t have = 0;
	ssize_t n;
	int fd;

	buf_addf(path, "%s/%s", folder, h->name);
	fd = open(path->p, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd == -1)
		files_fail(path->p);
	while (flock(fd, LOCK_EX) == -1)
		if (errno != EINTR)
			files_fail(path->p);
	while ((n = read(fd, text + have, sizeof(text) - 1 - have)) != 0)
		if (n > 0)
			have += (size_t)n;
		else if (errno != EINTR)
			files_fail(path->p);
	text[have] = '\0';
	memset(t, 0, sizeof(*t));
	/* a clock that was set back makes old times worthless */
	if (sscanf(text, "%" SCNu64 " %" SCNu64 " %" SCNu64, &t->next,
	    &t->pause, &t->written) != 3 || t->written > now() ||
	    t->next > now() + DAY || t->pause > now() + DAY)
		memset(t, 0, sizeof(*t));
	return fd;
}

static void
times_close(int fd, struct buf *path, struct times *t)
{
	char text[128];
	int n;

	t->written = now();
	n = snprintf(text, sizeof(text), "%20" PRIu64 " %20" PRIu64 " %20"
	    PRIu64 "\n", t->next, t->pause, t->written);
	if (lseek(fd, 0, SEEK_SET) == -1)
		files_fail(path->p);
	files_append(fd, path->p, text, (size_t)n);
	close(fd);
	buf_free(path);
}

bool
host_turn(struct host *h, double max, double *wait)
{
	struct buf path = { 0 };
	struct times t;
	uint64_t from, at;
	bool taken;
	int fd = times_open(h, &path, &t);

	from = at = now();
	if (t.pause > at)
		at = t.pause;
	if ((taken = (double)(at - from) / 1e6 <= max)) {
		if (t.next > at)
			at = t.next;
		t.next = at + interval;
	}
	times_close(fd, &path, &t);
	*wait = (double)(at - from) / 1e6;
	return taken;
}

void
host_pause(struct host *h, double seconds)
{
	struct buf path = { 0 };
	struct times t;
	uint64_t until;
	int fd = times_open(h, &path, &t);

	until = now() + (seconds * 1e6 < (double)DAY / 2 ?
	    (uint64_t)(seconds * 1e6) : DAY / 2);
	if (until > t.pause)
		t.pause = until;
	times_close(fd, &path, &t);
}

bool
host_is_blocked(const struct host *h, uint64_t round)
{
	return h->blocked == round;
}

void
host_block(struct host *h, uint64_t round)
{
	h->blocked = round;
}

void
host_free(void)
{
	struct host *h;

	while ((h = hosts) != NULL) {
		hosts = h->next;
		free(h->name);
		free(h);
	}
}

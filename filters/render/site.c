/* site - a tree of files, built beside the one that readers see */
#define XXH_INLINE_ALL
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "render/builds.h"
#include "render/manifest.h"
#include "render/site.h"

struct site {
	struct builds	 builds;
	bool		 held;
	int		 shown_fd;	/* folders of the two */
	int		 made_fd;
	bool		 clean;		/* the made one's list still stands */
	struct manifest	 before;	/* of the shown one */
	struct manifest	 old;		/* of the made one, as it was */
	struct manifest	 now;		/* what this process put */
};

static const char *
made_path(const struct site *s, const char *behind)
{
	return builds_path(&s->builds, s->builds.made, behind);
}

static int
open_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		err(EX_CANTCREAT, "%s", path);
	return fd;
}

struct site *
site_open(const char *dir, bool held, uint64_t keep)
{
	struct site *s = xcalloc(1, sizeof(*s));
	struct builds *b = &s->builds;

	s->held = held;
	builds_open(b, dir, keep);
	if (b->shown != 0) {
		manifest_read(&s->before, builds_path(b, b->shown, ".tsv"));
		s->shown_fd = open_folder(builds_path(b, b->shown, ""));
	}
	manifest_read(&s->old, made_path(s, ".tsv"));
	s->clean = s->old.n > 0;
	s->made_fd = open_folder(made_path(s, ""));
	return s;
}

/*
 * The list of the tree that is made is true no more: that must be on the disk
 * before anything that makes it so.
 */
static void
soil(struct site *s)
{
	if (!s->clean)
		return;
	builds_soil(&s->builds);
	s->clean = false;
}

static void
make_folders(const struct site *s, const char *path)
{
	char *copy = xstrdup(path), *p = copy;

	while ((p = strchr(p, '/')) != NULL) {
		*p = '\0';
		if (mkdirat(s->made_fd, copy, 0777) == -1 && errno != EEXIST)
			err(EX_CANTCREAT, "%s/%s",
			    made_path(s, ""), copy);
		*p++ = '/';
	}
	free(copy);
}

/* What was there may be a second name of a file that readers see. */
static int
create(const struct site *s, const char *path)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, fd;

	fd = openat(s->made_fd, path, flags, 0666);
	if (fd == -1 && errno == EEXIST) {
		unlinkat(s->made_fd, path, 0);
		fd = openat(s->made_fd, path, flags, 0666);
	} else if (fd == -1 && errno == ENOENT) {
		make_folders(s, path);
		fd = openat(s->made_fd, path, flags, 0666);
	}
	if (fd == -1)
		err(EX_CANTCREAT, "%s/%s", made_path(s, ""), path);
	return fd;
}

static void
write_file(struct site *s, struct file *f, const char *p)
{
	size_t done = 0;
	struct stat st;
	ssize_t n = 0;
	int fd;

	soil(s);
	fd = create(s, f->path);
	while (done < f->size && n != -1) {
		n = write(fd, p + done, f->size - done);
		if (n > 0)
			done += (size_t)n;
		else if (n == -1 && errno == EINTR)
			n = 0;
	}
	if (n == -1 || fstat(fd, &st) == -1 || close(fd) == -1)
		err(EX_IOERR, "%s/%s", made_path(s, ""), f->path);
	f->mtime = file_mtime(&st);
}

/* Whether nothing in a path leads out of the tree. */
static bool
is_safe(const char *path)
{
	const char *p;

	for (p = path; *p != '\0'; p++) {
		if ((p == path || p[-1] == '/') && (*p == '.' || *p == '/'))
			return false;
		if (!(*p >= 'a' && *p <= 'z') && !(*p >= 'A' && *p <= 'Z') &&
		    !(*p >= '0' && *p <= '9') && strchr("/._~-", *p) == NULL)
			return false;
	}
	return p > path && p[-1] != '/';
}

void
site_put(struct site *s, const char *path, const void *p, size_t n)
{
	XXH128_hash_t hash = XXH3_128bits(p, n);
	struct file f = { .path = path, .hash = { hash.high64, hash.low64 },
	    .size = n };
	const struct file *was = manifest_find(&s->before, path);
	struct stat st;

	if (!is_safe(path))
		errx(EX_SOFTWARE, "%s: not a path for a site", path);
	if (was != NULL) {
		f.mtime = was->mtime;
		f.kept = file_same(&f, was) && fstatat(s->shown_fd, path, &st,
		    AT_SYMLINK_NOFOLLOW) == 0 && file_matches(was, &st);
	}
	if (!f.kept)
		write_file(s, &f, p);
	manifest_add(&s->now, &f);
}

/* A process's list goes to its parent as its files, each with its path. */
static void
send_list(const struct site *s, int fd)
{
	struct buf b = { 0 };
	const struct file *f;
	size_t done = 0;
	ssize_t n;

	for (f = s->now.v; f < s->now.v + s->now.n; f++) {
		buf_add(&b, f, sizeof(*f));
		buf_add(&b, f->path, strlen(f->path) + 1);
	}
	while (done < b.len) {
		n = write(fd, b.p + done, b.len - done);
		if (n == -1 && errno != EINTR)
			err(EX_IOERR, "pipe");
		if (n > 0)
			done += (size_t)n;
	}
	buf_free(&b);
}

static void
receive_list(struct site *s, int fd)
{
	struct buf b = { 0 };
	struct file f;
	size_t at = 0;
	ssize_t n;

	do {
		buf_reserve(&b, 1024 * 1024);
		n = read(fd, b.p + b.len, 1024 * 1024);
		if (n == -1 && errno != EINTR)
			err(EX_IOERR, "pipe");
		if (n > 0)
			b.len += (size_t)n;
	} while (n != 0);
	/* one that was killed sends no end, and its status tells */
	while (at + sizeof(f) < b.len &&
	    memchr(b.p + at + sizeof(f), '\0', b.len - at - sizeof(f)) != NULL) {
		memcpy(&f, b.p + at, sizeof(f));
		f.path = b.p + at + sizeof(f);
		manifest_add(&s->now, &f);
		at += sizeof(f) + strlen(f.path) + 1;
	}
	buf_free(&b);
}

struct worker {
	pid_t	 pid;
	int	 fd;
};

static struct worker
start(struct site *s, unsigned k, unsigned n,
    void (*work)(void *, unsigned, unsigned), void *ctx)
{
	struct worker w;
	int fd[2];

	if (pipe(fd) == -1 || (w.pid = fork()) == -1)
		err(EX_OSERR, "fork");
	if (w.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(fd[0]);
		s->now.n = 0;
		work(ctx, k, n);
		send_list(s, fd[1]);
		_exit(0);
	}
	close(fd[1]);
	w.fd = fd[0];
	return w;
}

static int
finish(struct site *s, const struct worker *w)
{
	int status;

	receive_list(s, w->fd);
	close(w->fd);
	while (waitpid(w->pid, &status, 0) == -1)
		if (errno != EINTR)
			err(EX_OSERR, "waitpid");
	if (WIFSIGNALED(status))
		warnx("a process of the work was ended by signal %d",
		    WTERMSIG(status));
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_OSERR;
}

void
site_run(struct site *s, unsigned n, void (*work)(void *, unsigned, unsigned),
    void *ctx)
{
	struct worker *w = xcalloc(n, sizeof(*w));
	int failed = 0, status;
	unsigned k;

	/* what stdio holds would be written by each of them */
	fflush(NULL);
	for (k = 0; k < n; k++)
		w[k] = start(s, k, n, work, ctx);
	for (k = 0; k < n; k++)
		if ((status = finish(s, &w[k])) != 0 && failed == 0)
			failed = status;
	free(w);
	if (s->now.n > 0)
		s->clean = access(made_path(s, ".tsv"), F_OK) == 0;
	if (failed != 0)
		exit(failed);
}

/* Give the made tree a file that readers see already. */
static void
link_file(struct site *s, const char *path)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (linkat(s->shown_fd, path, s->made_fd, path, 0) == 0)
			return;
		if (errno == EEXIST)
			unlinkat(s->made_fd, path, 0);
		else if (errno == ENOENT)
			make_folders(s, path);
		else
			break;
	}
	err(EX_CANTCREAT, "%s/%s", made_path(s, ""), path);
}

static void
remove_file(struct site *s, const char *path)
{
	char *copy = xstrdup(path), *p;

	unlinkat(s->made_fd, path, 0);
	/* folders that are empty now */
	while ((p = strrchr(copy, '/')) != NULL) {
		*p = '\0';
		if (unlinkat(s->made_fd, copy, AT_REMOVEDIR) == -1)
			break;
	}
	free(copy);
}

/* How many files of the first list the second one lacks. */
static uint64_t
count_missing(const struct manifest *m, const struct manifest *in)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < m->n; i++)
		n += manifest_find(in, m->v[i].path) == NULL;
	return n;
}

/* What is kept, from the tree that readers see; nothing of before besides. */
static void
complete(struct site *s)
{
	const struct file *f, *old;
	struct stat st;

	soil(s);
	for (f = s->now.v; f < s->now.v + s->now.n; f++) {
		if (!f->kept)
			continue;
		old = manifest_find(&s->old, f->path);
		if (old == NULL || !file_same(old, f) || fstatat(s->made_fd,
		    f->path, &st, AT_SYMLINK_NOFOLLOW) == -1 ||
		    !file_matches(old, &st))
			link_file(s, f->path);
	}
	for (f = s->old.v; f < s->old.v + s->old.n; f++)
		if (manifest_find(&s->now, f->path) == NULL)
			remove_file(s, f->path);
}

void
site_each(struct site *s, void (*tell)(const char *, void *), void *ctx)
{
	size_t i, n = s->now.n;

	manifest_sort(&s->now);
	for (i = 0; i < n; i++)
		tell(s->now.v[i].path, ctx);
}

void
site_close(struct site *s, struct site_counts *count)
{
	const char *twice = manifest_sort(&s->now);
	size_t i;

	if (twice != NULL)
		errx(EX_SOFTWARE, "%s: two pages have this path", twice);
	*count = (struct site_counts){ .files = s->now.n };
	for (i = 0; i < s->now.n; i++)
		count->written += !s->now.v[i].kept;
	count->removed = count_missing(&s->before, &s->now);
	if (s->builds.shown == 0 || count->written + count->removed > 0) {
		complete(s);
		if (syncfs(s->made_fd) == -1 || manifest_write(&s->now,
		    made_path(s, ".tsv")) == -1)
			err(EX_IOERR, "%s", made_path(s, ".tsv"));
		builds_show(&s->builds, s->held);
		if (syncfs(s->made_fd) == -1)
			err(EX_IOERR, "%s", s->builds.dir);
	}
	builds_close(&s->builds);
}

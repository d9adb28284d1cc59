/* site - a tree of files, built beside the one that readers see */
#define XXH_INLINE_ALL
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "render/manifest.h"
#include "render/site.h"

struct site {
	const char	*dir;
	char		*builds;	/* dir.builds */
	const char	*name;		/* the last part of that */
	char		 shown;		/* 'a', 'b', or 0: nothing yet */
	char		 built;
	int		 builds_fd;
	int		 lock;
	int		 shown_fd;	/* folders of the two */
	int		 built_fd;
	bool		 clean;		/* the built one's list still stands */
	struct manifest	 before;	/* of the shown one */
	struct manifest	 old;		/* of the built one, as it was */
	struct manifest	 now;		/* what this process put */
};

/* A path of a build: "dir.builds/a", with something behind it. */
static const char *
build_path(const struct site *s, char build, const char *behind)
{
	static struct buf b;

	buf_reset(&b);
	buf_addf(&b, "%s/%c%s", s->builds, build, behind);
	return b.p;
}

static int
open_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		err(EX_CANTCREAT, "%s", path);
	return fd;
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static void
lock(struct site *s)
{
	struct buf path = { 0 };

	buf_addf(&path, "%s/lock", s->builds);
	s->lock = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (s->lock == -1)
		err(EX_CANTCREAT, "%s", path.p);
	if (flock(s->lock, LOCK_EX | LOCK_NB) == -1)
		errx(EX_TEMPFAIL, "%s: another process builds there", s->dir);
	buf_free(&path);
}

/* Which build dir shows; what is no link of ours is left alone. */
static char
find_shown(const struct site *s)
{
	char target[4096];
	ssize_t n = readlink(s->dir, target, sizeof(target) - 1);
	size_t len = strlen(s->name);

	if (n == -1 && errno == ENOENT)
		return 0;
	if (n == -1)
		errx(EX_CANTCREAT, "%s: is there, and no site of render's",
		    s->dir);
	target[n] = '\0';
	if (strncmp(target, s->name, len) != 0 ||
	    (strcmp(target + len, "/a") != 0 &&
	    strcmp(target + len, "/b") != 0))
		errx(EX_CANTCREAT, "%s: is a link to something else", s->dir);
	/* somebody removed what it leads to */
	return access(s->dir, F_OK) == 0 ? target[n - 1] : 0;
}

struct site *
site_open(const char *dir)
{
	struct site *s = xcalloc(1, sizeof(*s));
	struct buf b = { 0 };
	size_t n = strlen(dir);
	const char *slash;

	while (n > 1 && dir[n - 1] == '/')
		n--;
	buf_add(&b, dir, n);
	s->dir = xstrdup(b.p);
	buf_adds(&b, ".builds");
	s->builds = b.p;
	slash = strrchr(s->builds, '/');
	s->name = slash != NULL ? slash + 1 : s->builds;
	find_shown(s);
	if (mkdir(s->builds, 0777) == -1 && errno != EEXIST)
		err(EX_CANTCREAT, "%s", s->builds);
	s->builds_fd = open_folder(s->builds);
	lock(s);
	/* again: another process may have shown its own before the lock */
	s->shown = find_shown(s);
	s->built = s->shown == 'a' ? 'b' : 'a';
	if (s->shown != 0) {
		manifest_read(&s->before, build_path(s, s->shown, ".tsv"));
		s->shown_fd = open_folder(build_path(s, s->shown, ""));
	}
	manifest_read(&s->old, build_path(s, s->built, ".tsv"));
	s->clean = s->old.n > 0;
	if (!s->clean && access(build_path(s, s->built, ""), F_OK) == 0 &&
	    nftw(build_path(s, s->built, ""), remove_entry, 16,
	    FTW_DEPTH | FTW_PHYS) != 0)
		err(EX_CANTCREAT, "%s", build_path(s, s->built, ""));
	if (mkdir(build_path(s, s->built, ""), 0777) == -1 && errno != EEXIST)
		err(EX_CANTCREAT, "%s", build_path(s, s->built, ""));
	s->built_fd = open_folder(build_path(s, s->built, ""));
	return s;
}

/*
 * The list of the built tree is true no more: that must be on the disk before
 * anything that makes it so.
 */
static void
soil(struct site *s)
{
	const char *list = build_path(s, s->built, ".tsv");

	if (!s->clean)
		return;
	if (unlink(list) == -1 && errno != ENOENT)
		err(EX_CANTCREAT, "%s", list);
	if (fsync(s->builds_fd) == -1)
		err(EX_IOERR, "%s", s->builds);
	s->clean = false;
}

static void
make_folders(const struct site *s, const char *path)
{
	char *copy = xstrdup(path), *p = copy;

	while ((p = strchr(p, '/')) != NULL) {
		*p = '\0';
		if (mkdirat(s->built_fd, copy, 0777) == -1 && errno != EEXIST)
			err(EX_CANTCREAT, "%s/%s",
			    build_path(s, s->built, ""), copy);
		*p++ = '/';
	}
	free(copy);
}

/* What was there may be a second name of a file that readers see. */
static int
create(const struct site *s, const char *path)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, fd;

	fd = openat(s->built_fd, path, flags, 0666);
	if (fd == -1 && errno == EEXIST) {
		unlinkat(s->built_fd, path, 0);
		fd = openat(s->built_fd, path, flags, 0666);
	} else if (fd == -1 && errno == ENOENT) {
		make_folders(s, path);
		fd = openat(s->built_fd, path, flags, 0666);
	}
	if (fd == -1)
		err(EX_CANTCREAT, "%s/%s", build_path(s, s->built, ""), path);
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
		err(EX_IOERR, "%s/%s", build_path(s, s->built, ""), f->path);
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
	for (; done < b.len; done += (size_t)n)
		if ((n = write(fd, b.p + done, b.len - done)) == -1)
			err(EX_OSERR, "pipe");
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
			err(EX_OSERR, "pipe");
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
		s->clean = access(build_path(s, s->built, ".tsv"), F_OK) == 0;
	if (failed != 0)
		exit(failed);
}

/* Give the built tree a file that readers see already. */
static void
link_file(struct site *s, const char *path)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (linkat(s->shown_fd, path, s->built_fd, path, 0) == 0)
			return;
		if (errno == EEXIST)
			unlinkat(s->built_fd, path, 0);
		else if (errno == ENOENT)
			make_folders(s, path);
		else
			break;
	}
	err(EX_CANTCREAT, "%s/%s", build_path(s, s->built, ""), path);
}

static void
remove_file(struct site *s, const char *path)
{
	char *copy = xstrdup(path), *p;

	unlinkat(s->built_fd, path, 0);
	/* folders that are empty now */
	while ((p = strrchr(copy, '/')) != NULL) {
		*p = '\0';
		if (unlinkat(s->built_fd, copy, AT_REMOVEDIR) == -1)
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
		if (old == NULL || !file_same(old, f) || fstatat(s->built_fd,
		    f->path, &st, AT_SYMLINK_NOFOLLOW) == -1 ||
		    !file_matches(old, &st))
			link_file(s, f->path);
	}
	for (f = s->old.v; f < s->old.v + s->old.n; f++)
		if (manifest_find(&s->now, f->path) == NULL)
			remove_file(s, f->path);
}

static void
show(struct site *s)
{
	struct buf link = { 0 }, target = { 0 };

	buf_addf(&link, "%s.link", s->dir);
	buf_addf(&target, "%s/%c", s->name, s->built);
	unlink(link.p);
	if (symlink(target.p, link.p) == -1 || rename(link.p, s->dir) == -1)
		err(EX_CANTCREAT, "%s", s->dir);
	buf_free(&link);
	buf_free(&target);
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
	if (s->shown == 0 || count->written + count->removed > 0) {
		complete(s);
		if (syncfs(s->built_fd) == -1 || manifest_write(&s->now,
		    build_path(s, s->built, ".tsv")) == -1)
			err(EX_IOERR, "%s", build_path(s, s->built, ".tsv"));
		show(s);
		if (syncfs(s->built_fd) == -1)
			err(EX_IOERR, "%s", s->dir);
	}
	close(s->lock);
}

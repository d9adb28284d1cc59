/* site - a tree of files, built beside the one that readers see */
#define XXH_INLINE_ALL
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "render/builds.h"
#include "render/crew.h"
#include "render/look.h"
#include "render/manifest.h"
#include "render/path.h"
#include "render/site.h"

/* What there is to know of a file that readers see. */
enum { KEPT = 1,	/* it stays, as its line in the list has it */
    AGAIN = 2,		/* it was put, as a line of its own */
    THERE = 4,		/* it is still the one of the list */
    MADE_HAS = 8,	/* the made tree has one at its path, */
    MADE_SAME = 16 };	/* and it is the same */

struct site {
	struct builds	 builds;
	bool		 held;
	uint64_t	 maker;
	int		 shown_fd;	/* folders of the two */
	int		 made_fd;
	bool		 clean;		/* the made one's list still stands */
	struct manifest	 before;	/* of the shown one */
	unsigned char	*state;		/* of each of these; all processes' */
	struct manifest	 extra;		/* that only the made one had, as it was */
	struct manifest	 now;		/* what this process put */
	const struct file	**files;	/* all of them, by path, see merge */
	size_t		 nfiles;
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
		err(failure_status(errno, EX_CANTCREAT), "%s", path);
	return fd;
}

/* Read the list of the made tree, as it was, beside that of the shown one. */
static void
read_made(struct site *s)
{
	const struct file *f, *end, *b = s->before.v;
	const struct file *bend = b + s->before.n;
	struct manifest old;
	int c;

	manifest_read(&old, made_path(s, ".tsv"));
	s->clean = old.n > 0;
	for (f = old.v, end = f + old.n; f < end; f++) {
		for (c = -1; b < bend && (c = strcmp(b->path, f->path)) < 0;
		    b++)
			;
		if (b < bend && c == 0)
			s->state[b - s->before.v] |= MADE_HAS |
			    (file_same(b, f) ? MADE_SAME : 0);
		else
			manifest_add(&s->extra, f);
	}
	manifest_free(&old);
}

struct site *
site_open(const char *dir, uint64_t maker, bool held, uint64_t keep)
{
	struct site *s = xcalloc(1, sizeof(*s));
	struct builds *b = &s->builds;

	s->held = held;
	s->maker = maker;
	builds_open(b, dir, keep);
	if (b->shown != 0) {
		manifest_read(&s->before, builds_path(b, b->shown, ".tsv"));
		s->shown_fd = open_folder(builds_path(b, b->shown, ""));
	}
	s->state = mmap(NULL, s->before.n + 1, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->state == MAP_FAILED)
		err(EX_OSERR, "mmap");
	read_made(s);
	/* nobody knows what is in it */
	if (!s->clean)
		builds_empty(b);
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
			err(failure_status(errno, EX_CANTCREAT), "%s/%s",
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
		err(failure_status(errno, EX_CANTCREAT),
		    "%s/%s", made_path(s, ""), path);
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

/* Keep the file that readers see, if it is still the one of the list. */
static bool
keep(struct site *s, const struct file *f)
{
	unsigned char *state = &s->state[f - s->before.v];

	if ((*state & THERE) == 0)
		return false;
	if ((*state & (KEPT | AGAIN)) != 0)
		errx(EX_SOFTWARE, "%s: two pages have this path", f->path);
	*state |= KEPT;
	return true;
}

bool
site_keep(struct site *s, const char *path, uint64_t recipe)
{
	const struct file *f;

	if (recipe == 0 || s->maker == 0 || s->before.maker != s->maker)
		return false;
	f = manifest_find(&s->before, path);
	return f != NULL && f->recipe == recipe && keep(s, f);
}

void
site_put(struct site *s, const char *path, uint64_t recipe, const void *p,
    size_t n)
{
	XXH128_hash_t hash = XXH3_128bits(p, n);
	struct file f = { .path = path, .hash = { hash.high64, hash.low64 },
	    .recipe = recipe, .size = n };
	const struct file *was = manifest_find(&s->before, path);
	unsigned char *state;

	if (!path_is_safe(path))
		errx(EX_SOFTWARE, "%s: not a path for a site", path);
	if (was != NULL) {
		f.mtime = was->mtime;
		f.kept = file_same(&f, was);
		if (f.kept && recipe == was->recipe && keep(s, was))
			return;
		state = &s->state[was - s->before.v];
		f.kept = f.kept && (*state & THERE) != 0;
		*state |= AGAIN;
	}
	if (!f.kept)
		write_file(s, &f, p);
	manifest_add(&s->now, &f);
}

/* Look for the files of the list in both trees. */
static void
find_files(void *ctx, unsigned k, unsigned n, struct buf *b)
{
	struct site *s = ctx;
	size_t i = s->before.n * k / n, end = s->before.n * (k + 1) / n;
	struct look shown = { .tree = s->shown_fd };
	struct look made = { .tree = s->made_fd };
	const struct file *f;

	(void)b;
	for (; i < end; i++) {
		f = &s->before.v[i];
		if (look_for(&shown, f))
			s->state[i] |= THERE;
		if ((s->state[i] & MADE_SAME) != 0 &&
		    !look_for(&made, f))
			s->state[i] &= (unsigned char)~MADE_SAME;
	}
	look_close(&shown);
	look_close(&made);
}

static void
take_nothing(void *ctx, const struct buf *b)
{
	(void)ctx;
	(void)b;
}

/* What the workers of site_run do. */
struct job {
	struct site	*site;
	void		(*work)(void *, unsigned, unsigned);
	void		*ctx;
};

/* A process's list goes to its parent as its files, each with its path. */
static void
work_and_list(void *ctx, unsigned k, unsigned n, struct buf *b)
{
	const struct job *job = ctx;
	struct site *s = job->site;
	const struct file *f;

	s->now.n = 0;
	job->work(job->ctx, k, n);
	for (f = s->now.v; f < s->now.v + s->now.n; f++) {
		buf_add(b, f, sizeof(*f));
		buf_add(b, f->path, strlen(f->path) + 1);
	}
}

static void
take_list(void *ctx, const struct buf *b)
{
	const struct job *job = ctx;
	struct file f;
	size_t at = 0;

	/* one that was killed sends no end, and its status tells */
	while (at + sizeof(f) < b->len && memchr(b->p + at + sizeof(f), '\0',
	    b->len - at - sizeof(f)) != NULL) {
		memcpy(&f, b->p + at, sizeof(f));
		f.path = b->p + at + sizeof(f);
		manifest_add(&job->site->now, &f);
		at += sizeof(f) + strlen(f.path) + 1;
	}
}

void
site_run(struct site *s, unsigned n, void (*work)(void *, unsigned, unsigned),
    void *ctx)
{
	struct job job = { s, work, ctx };
	int failed = 0;

	if (s->before.n > 0)
		failed = crew_run(n, find_files, take_nothing, s);
	if (failed == 0)
		failed = crew_run(n, work_and_list, take_list, &job);
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
	err(failure_status(errno, EX_CANTCREAT),
	    "%s/%s", made_path(s, ""), path);
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

/* All files of the tree: those that are kept, and those that were put. */
static void
merge(struct site *s)
{
	const struct file *f = s->before.v, *end = f + s->before.n;
	const struct file *now = s->now.v, *nend = now + s->now.n;
	const char *twice = manifest_sort(&s->now);
	const struct file **to;
	int c = 0;

	free(s->files);
	s->files = to = xcalloc(s->before.n + s->now.n, sizeof(*to));
	while (twice == NULL && (f < end || now < nend)) {
		if (f < end && (s->state[f - s->before.v] & KEPT) == 0) {
			f++;
			continue;
		}
		if (f < end && now < nend)
			c = strcmp(f->path, now->path);
		if (f < end && now < nend && c == 0)
			twice = f->path;
		*to++ = now == nend || (f < end && c < 0) ? f++ : now++;
	}
	if (twice != NULL)
		errx(EX_SOFTWARE, "%s: two pages have this path", twice);
	s->nfiles = (size_t)(to - s->files);
}

/* A file of the made tree, as it was, that is not to be there. */
static void
remove_others(struct site *s)
{
	struct manifest *m = &s->extra;
	size_t i, k = 0;

	for (i = 0; i < s->before.n; i++)
		if ((s->state[i] & (KEPT | AGAIN)) == 0 &&
		    (s->state[i] & MADE_HAS) != 0)
			remove_file(s, s->before.v[i].path);
	/* both are sorted */
	for (i = 0; i < m->n; i++) {
		while (k < s->now.n &&
		    strcmp(s->now.v[k].path, m->v[i].path) < 0)
			k++;
		if (k == s->now.n ||
		    strcmp(s->now.v[k].path, m->v[i].path) != 0)
			remove_file(s, m->v[i].path);
	}
}

/* What is kept, from the tree that readers see; nothing of before besides. */
static void
complete(struct site *s)
{
	const struct file *f;
	size_t i;

	soil(s);
	for (i = 0; i < s->before.n; i++)
		if ((s->state[i] & (KEPT | MADE_SAME)) == KEPT)
			link_file(s, s->before.v[i].path);
	for (f = s->now.v; f < s->now.v + s->now.n; f++)
		if (f->kept)
			link_file(s, f->path);
	remove_others(s);
}

void
site_each(struct site *s, void (*tell)(const char *, void *), void *ctx)
{
	size_t i;

	merge(s);
	for (i = 0; i < s->nfiles; i++)
		tell(s->files[i]->path, ctx);
}

static void
count_files(const struct site *s, struct site_counts *count)
{
	size_t i;

	*count = (struct site_counts){ .files = s->nfiles };
	for (i = 0; i < s->now.n; i++)
		count->written += !s->now.v[i].kept;
	for (i = 0; i < s->before.n; i++)
		count->removed += (s->state[i] & (KEPT | AGAIN)) == 0;
}

static void
write_list(const struct site *s, uint32_t number)
{
	const char *list = builds_path(&s->builds, number, ".tsv");

	if (manifest_write(list, s->files, s->nfiles, s->maker) == -1)
		err(EX_IOERR, "%s", list);
}

void
site_close(struct site *s, struct site_counts *count)
{
	struct builds *b = &s->builds;

	merge(s);
	count_files(s, count);
	if (b->shown == 0 || count->written + count->removed > 0) {
		complete(s);
		if (syncfs(s->made_fd) == -1)
			err(EX_IOERR, "%s", made_path(s, ""));
		write_list(s, b->made);
		builds_show(b, s->held);
	} else if (s->now.n > 0 || s->before.maker != s->maker)
		/* the same files, of other recipes */
		write_list(s, b->shown);
	builds_close(b);
}

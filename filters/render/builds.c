/* builds - the numbered trees of a site, one of which readers see */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "render/builds.h"

#define DIGITS	9	/* of a number: one more can still be added to it */

struct numbers {
	uint32_t	*v;
	size_t		 n;
	size_t		 cap;
};

const char *
builds_path(const struct builds *b, uint32_t number, const char *behind)
{
	static struct buf path;

	buf_reset(&path);
	buf_addf(&path, "%s/%" PRIu32 "%s", b->folder, number, behind);
	return path.p;
}

/* "dir.next" */
static const char *
beside(const struct builds *b, const char *suffix)
{
	static struct buf path;

	buf_reset(&path);
	buf_addf(&path, "%s%s", b->dir, suffix);
	return path.p;
}

/* The number that a name begins with, or 0; end is set behind it. */
static uint32_t
number_of(const char *name, const char **end)
{
	size_t n = strspn(name, "0123456789");

	*end = name + n;
	return n > DIGITS || *name == '0' ? 0 :
	    (uint32_t)strtoul(name, NULL, 10);
}

/* The tree that a link leads to, or 0; what is no link of ours is left alone. */
static uint32_t
find_target(const struct builds *b, const char *link)
{
	char target[4096];
	ssize_t n = readlink(link, target, sizeof(target) - 1);
	size_t len = strlen(b->name);
	uint32_t number = 0;
	const char *end;

	if (n == -1 && errno == ENOENT)
		return 0;
	if (n == -1)
		errx(EX_CANTCREAT, "%s: is there, and no site of render's",
		    link);
	target[n] = '\0';
	if (strncmp(target, b->name, len) == 0 && target[len] == '/')
		number = number_of(target + len + 1, &end);
	if (number == 0 || *end != '\0')
		errx(EX_CANTCREAT, "%s: is a link to something else", link);
	return number;
}

/* 0 also where somebody removed what the link leads to. */
static uint32_t
find_shown(const struct builds *b)
{
	uint32_t number = find_target(b, b->dir);

	return access(b->dir, F_OK) == 0 ? number : 0;
}

static void
take_lock(struct builds *b)
{
	struct buf path = { 0 };

	buf_addf(&path, "%s/lock", b->folder);
	b->lock = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (b->lock == -1)
		err(failure_status(errno, EX_CANTCREAT), "%s", path.p);
	if (flock(b->lock, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK)
			err(EX_OSERR, "%s", path.p);
		errx(EX_TEMPFAIL, "%s: another process builds there", b->dir);
	}
	buf_free(&path);
}

/* What the folder of dir says is on the disk. */
static void
sync_links(const struct builds *b)
{
	struct buf above = { 0 };
	int fd;

	buf_add(&above, b->folder, (size_t)(b->name - b->folder));
	fd = open(above.len > 0 ? above.p : ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fsync(fd) == -1)
		err(EX_IOERR, "%s", b->dir);
	close(fd);
	buf_free(&above);
}

/* A tree that will change must not be shown by whoever renames dir.next. */
static void
remove_links(const struct builds *b)
{
	if (unlink(beside(b, ".link")) == -1 && errno != ENOENT)
		err(failure_status(errno, EX_CANTCREAT),
		    "%s", beside(b, ".link"));
	if (find_target(b, beside(b, ".next")) == 0)
		return;
	if (unlink(beside(b, ".next")) == -1)
		err(failure_status(errno, EX_CANTCREAT),
		    "%s", beside(b, ".next"));
	sync_links(b);
}

static void
remove_list(const struct builds *b, uint32_t number)
{
	const char *list = builds_path(b, number, ".tsv");

	if (unlink(list) == 0) {
		if (fsync(b->fd) == -1)
			err(EX_IOERR, "%s", b->folder);
	} else if (errno != ENOENT)
		err(failure_status(errno, EX_CANTCREAT), "%s", list);
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
remove_tree(const struct builds *b, uint32_t number)
{
	remove_list(b, number);
	if (nftw(builds_path(b, number, ""), remove_entry, 16,
	    FTW_DEPTH | FTW_PHYS) == -1)
		err(failure_status(errno, EX_CANTCREAT),
		    "%s", builds_path(b, number, ""));
}

static bool
has(const struct builds *b, uint32_t number, const char *suffix)
{
	return access(builds_path(b, number, suffix), F_OK) == 0;
}

static int
compare(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* All trees; lists without one, and parts of lists, go. */
static void
find_trees(const struct builds *b, struct numbers *trees)
{
	DIR *folder = opendir(b->folder);
	const struct dirent *e;
	const char *end;
	uint32_t number;

	if (folder == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s", b->folder);
	while ((e = readdir(folder)) != NULL) {
		if ((number = number_of(e->d_name, &end)) == 0)
			continue;
		if (*end == '\0') {
			grow(&trees->v, &trees->cap, trees->n + 1,
			    sizeof(*trees->v));
			trees->v[trees->n++] = number;
		} else if (strcmp(end, ".tsv.tmp") == 0)
			unlink(builds_path(b, number, end));
		else if (strcmp(end, ".tsv") == 0 && !has(b, number, ""))
			remove_list(b, number);
	}
	closedir(folder);
	sort_array(trees->v, trees->n, sizeof(*trees->v), compare);
}

/* The tree first: a list without one is seen to be none. */
static void
take_tree(const struct builds *b, uint32_t number)
{
	struct buf from = { 0 };
	size_t i;

	for (i = 0; number != b->made && i < 2; i++) {
		const char *suffix = i == 0 ? "" : ".tsv";

		buf_reset(&from);
		buf_adds(&from, builds_path(b, number, suffix));
		if (rename(from.p, builds_path(b, b->made, suffix)) == -1)
			err(failure_status(errno, EX_CANTCREAT), "%s", from.p);
	}
	buf_free(&from);
}

/*
 * Choose the tree to be made, from those that nobody turns back to: the first
 * above the one shown, else the lowest, and remove the others of these.
 */
static void
choose(const struct builds *b, const struct numbers *trees, uint64_t keep)
{
	size_t i, below = 0;
	uint32_t taken = 0, number;

	for (i = 0; i < trees->n; i++) {
		number = trees->v[i];
		if (number != b->shown && !has(b, number, ".tsv"))
			remove_tree(b, number);
		else if (number > b->shown && taken == 0)
			taken = number;
		else if (number > b->shown)
			remove_tree(b, number);
		else if (number < b->shown)
			trees->v[below++] = number;
	}
	for (i = 0; below - i > keep; i++)
		if (taken == 0)
			taken = trees->v[i];
		else
			remove_tree(b, trees->v[i]);
	if (taken != 0)
		take_tree(b, taken);
	else if (mkdir(builds_path(b, b->made, ""), 0777) == -1)
		err(failure_status(errno, EX_CANTCREAT),
		    "%s", builds_path(b, b->made, ""));
}

void
builds_open(struct builds *b, const char *dir, uint64_t keep)
{
	struct numbers trees = { 0 };
	struct buf folder = { 0 };
	size_t n = strlen(dir);
	const char *slash;

	while (n > 1 && dir[n - 1] == '/')
		n--;
	buf_add(&folder, dir, n);
	b->dir = xstrdup(folder.p);
	buf_adds(&folder, ".builds");
	b->folder = folder.p;
	slash = strrchr(b->folder, '/');
	b->name = slash != NULL ? slash + 1 : b->folder;
	find_shown(b);
	if (mkdir(b->folder, 0777) == -1 && errno != EEXIST)
		err(failure_status(errno, EX_CANTCREAT), "%s", b->folder);
	b->fd = open(b->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b->fd == -1)
		err(failure_status(errno, EX_CANTCREAT), "%s", b->folder);
	take_lock(b);
	/* again: another process may have shown its own before the lock */
	b->shown = find_shown(b);
	b->made = b->shown + 1;
	remove_links(b);
	find_trees(b, &trees);
	choose(b, &trees, keep);
	free(trees.v);
}

void
builds_empty(const struct builds *b)
{
	remove_tree(b, b->made);
	if (mkdir(builds_path(b, b->made, ""), 0777) == -1)
		err(failure_status(errno, EX_CANTCREAT),
		    "%s", builds_path(b, b->made, ""));
}

void
builds_soil(const struct builds *b)
{
	remove_list(b, b->made);
}

void
builds_show(const struct builds *b, bool held)
{
	struct buf target = { 0 }, link = { 0 };
	const char *to;

	buf_adds(&link, beside(b, ".link"));
	buf_addf(&target, "%s/%" PRIu32, b->name, b->made);
	to = held ? beside(b, ".next") : b->dir;
	if (fsync(b->fd) == -1)
		err(EX_IOERR, "%s", b->folder);
	if (symlink(target.p, link.p) == -1 || rename(link.p, to) == -1)
		err(failure_status(errno, EX_CANTCREAT), "%s", to);
	sync_links(b);
	buf_free(&link);
	buf_free(&target);
}

void
builds_close(struct builds *b)
{
	rmdir(builds_path(b, b->made, ""));
	close(b->lock);
}

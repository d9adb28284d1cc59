/* files - files that are there whole or not at all, and locks on them */
#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fetch/files.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/message.h"

#define READ_MAX	(1024 * 1024)

void
files_fail(const char *path)
{
	int e = errno;

	message(path, 0, NULL, strerror(e));
	exit(failure_status(e, EX_CANTCREAT));
}

bool
files_read(const char *path, struct buf *b)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	buf_reset(b);
	if (fd == -1)
		return false;
	do {
		buf_reserve(b, 4096);
		n = read(fd, b->p + b->len, 4096);
		if (n > 0)
			b->len += (size_t)n;
	} while ((n > 0 && b->len <= READ_MAX) || (n == -1 && errno == EINTR));
	close(fd);
	b->p[b->len] = '\0';
	return n == 0;
}

int
files_make(const char *path, int flags)
{
	int fd;

	flags |= O_CREAT | O_CLOEXEC;
	fd = open(path, flags, 0666);
	if (fd == -1 && errno == EACCES && unlink(path) == 0)
		fd = open(path, flags, 0666);
	if (fd == -1)
		files_fail(path);
	return fd;
}

void
files_append(int fd, const char *path, const void *p, size_t n)
{
	const char *s = p;
	ssize_t w;

	while (n > 0) {
		w = write(fd, s, n);
		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1)
			files_fail(path);
		s += w;
		n -= (size_t)w;
	}
}

/* The folder that a path is in. */
static void
sync_folder(const char *path)
{
	char *folder = xstrdup(path), *slash = strrchr(folder, '/');
	int fd;

	if (slash != NULL)
		*slash = '\0';
	fd = open(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC);
	if (fd == -1 || (fsync(fd) == -1 && errno != EINVAL))
		files_fail(folder);
	close(fd);
	free(folder);
}

void
files_folder(const char *path)
{
	if (mkdir(path, 0777) == 0)
		sync_folder(path);
	else if (errno != EEXIST)
		files_fail(path);
}

void
files_rename(const char *from, const char *to)
{
	if (rename(from, to) == -1)
		files_fail(to);
	sync_folder(to);
}

void
files_write(const char *path, const char *other, const void *p, size_t n,
    bool synced)
{
	int fd = files_make(other, O_WRONLY | O_TRUNC);

	files_append(fd, other, p, n);
	if ((synced && fsync(fd) == -1) || close(fd) == -1)
		files_fail(other);
	if (synced)
		files_rename(other, path);
	else if (rename(other, path) == -1)
		files_fail(path);
}

int
files_lock(const char *path)
{
	struct stat mine, there;
	int fd;

	for (;;) {
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (fd == -1)
			files_fail(path);
		if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
			if (errno != EWOULDBLOCK && errno != EINTR)
				files_fail(path);
			close(fd);
			return -1;
		}
		/* the one who held it may have removed it meanwhile */
		if (fstat(fd, &mine) == 0 && stat(path, &there) == 0 &&
		    mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
			return fd;
		close(fd);
	}
}

void
files_unlock(int fd, const char *path)
{
	/*
	 * While it is still locked: whoever opened it before finds in
	 * files_lock that it is not the one there.  Removed behind the close,
	 * it could be one that another holds by then.
	 */
	if (path != NULL)
		unlink(path);
	close(fd);
}

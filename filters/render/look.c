/* look - whether the files of a list are there */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/buf.h"
#include "render/look.h"
#include "render/manifest.h"

void
look_close(struct look *l)
{
	if (l->path != NULL && l->fd != -1)
		close(l->fd);
	l->path = NULL;
}

static void
enter(struct look *l, const char *path, size_t len)
{
	struct buf folder = { 0 };

	look_close(l);
	buf_adds(&folder, len == 0 ? "." : "");
	buf_add(&folder, path, len);
	l->fd = openat(l->tree, folder.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
	l->path = path;
	l->len = len;
	buf_free(&folder);
}

bool
look_for(struct look *l, const struct file *f)
{
	const char *slash = strrchr(f->path, '/');
	const char *name = slash != NULL ? slash + 1 : f->path;
	size_t len = slash != NULL ? (size_t)(slash - f->path) : 0;
	struct stat st;

	if (l->path == NULL || len != l->len ||
	    memcmp(l->path, f->path, len) != 0)
		enter(l, f->path, len);
	return l->fd != -1 && fstatat(l->fd, name, &st,
	    AT_SYMLINK_NOFOLLOW) == 0 && file_matches(f, &st);
}

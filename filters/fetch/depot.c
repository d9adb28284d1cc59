/* depot - the folder of the bodies that came from elsewhere */
#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/depot.h"
#include "lib/digest.h"
#include "fetch/files.h"
#include "fetch/state.h"
#include "lib/buf.h"

static const char *top;

void
depot_at(const char *dir)
{
	top = dir;
}

void
depot_open(const char *dir)
{
	static const char *const folders[] = { "body", "state", "part",
	    "host" };
	struct buf b = { 0 };
	size_t i;

	depot_at(dir);
	files_folder(top);
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		buf_reset(&b);
		buf_addf(&b, "%s/%s", top, folders[i]);
		files_folder(b.p);
	}
	buf_free(&b);
}

char *
depot_path(const char *folder, const char *name, const char *suffix)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s/%s/%s%s%s", top, folder, name,
	    *suffix != '\0' ? "." : "", suffix);
	return b.p;
}

char *
depot_body(const char *hex)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s/body/%.2s/%s", top, hex, hex);
	return b.p;
}

bool
depot_holds(const struct state *s)
{
	char hex[DIGEST_HEX], *path;
	struct stat st;
	uint64_t bytes;
	bool good;

	if (s->sha256 == NULL || s->bytes < 0)
		return false;
	path = depot_body(s->sha256);
	good = stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == s->bytes && digest_file(path, hex, &bytes) &&
	    strcmp(hex, s->sha256) == 0;
	free(path);
	return good;
}

void
depot_take(const char *path, const char *hex)
{
	char *body = depot_body(hex), *slash = strrchr(body, '/');
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd == -1 || fstat(fd, &st) == -1 || fsync(fd) == -1)
		files_fail(path);
	*slash = '\0';
	files_folder(body);
	*slash = '/';
	/* over one that may be damaged */
	files_rename(path, body);
	/* not before: who is killed in between would leave a part that the
	 * next run cannot write to */
	if (fchmod(fd, st.st_mode & 0444) == -1)
		files_fail(body);
	close(fd);
	free(body);
}

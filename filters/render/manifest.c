/* manifest - the list of the files of a tree */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/buf.h"
#include "render/manifest.h"

/* The last line: a list that was cut short has none. */
#define END	"end"

void
manifest_add(struct manifest *m, const struct file *f)
{
	grow(&m->v, &m->cap, m->n + 1, sizeof(*m->v));
	m->v[m->n] = *f;
	m->v[m->n++].path = arena_strndup(&m->paths, f->path, strlen(f->path));
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path,
	    ((const struct file *)b)->path);
}

const char *
manifest_sort(struct manifest *m)
{
	size_t i;

	sort_array(m->v, m->n, sizeof(*m->v), compare);
	for (i = 1; i < m->n; i++)
		if (strcmp(m->v[i - 1].path, m->v[i].path) == 0)
			return m->v[i].path;
	return NULL;
}

static int
compare_path(const void *key, const void *elem)
{
	return strcmp(key, ((const struct file *)elem)->path);
}

const struct file *
manifest_find(const struct manifest *m, const char *path)
{
	return m->n == 0 ? NULL :
	    bsearch(path, m->v, m->n, sizeof(*m->v), compare_path);
}

static void
clear(struct manifest *m)
{
	arena_free(&m->paths);
	free(m->v);
	memset(m, 0, sizeof(*m));
}

static bool
read_line(struct manifest *m, char *line, size_t len)
{
	struct file f = { 0 };
	int at = 0;

	if (len == 0 || line[len - 1] != '\n')
		return false;
	line[len - 1] = '\0';
	if (sscanf(line, "%16" SCNx64 "%16" SCNx64 " %" SCNu64 " %" SCNd64
	    " %n", &f.hash[0], &f.hash[1], &f.size, &f.mtime, &at) != 4 ||
	    line[at] == '\0')
		return false;
	f.path = line + at;
	manifest_add(m, &f);
	return true;
}

void
manifest_read(struct manifest *m, const char *path)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	bool whole = false;

	memset(m, 0, sizeof(*m));
	if (f == NULL)
		return;
	while ((n = getline(&line, &cap, f)) > 0) {
		whole = strcmp(line, END "\n") == 0;
		if (whole || !read_line(m, line, (size_t)n))
			break;
	}
	if (!whole || manifest_sort(m) != NULL)
		clear(m);
	free(line);
	fclose(f);
}

int
manifest_write(const struct manifest *m, const char *path)
{
	struct buf tmp = { 0 };
	const struct file *p;
	int result = -1;
	FILE *f;

	buf_addf(&tmp, "%s.tmp", path);
	if ((f = fopen(tmp.p, "we")) != NULL) {
		for (p = m->v; p < m->v + m->n; p++)
			fprintf(f, "%016" PRIx64 "%016" PRIx64 "\t%" PRIu64
			    "\t%" PRId64 "\t%s\n", p->hash[0], p->hash[1],
			    p->size, p->mtime, p->path);
		fputs(END "\n", f);
		result = ferror(f) | fflush(f) | fsync(fileno(f));
		result |= fclose(f);
		if (result == 0)
			result = rename(tmp.p, path);
	}
	buf_free(&tmp);
	return result == 0 ? 0 : -1;
}

bool
file_same(const struct file *a, const struct file *b)
{
	return a->hash[0] == b->hash[0] && a->hash[1] == b->hash[1] &&
	    a->size == b->size && a->mtime == b->mtime;
}

int64_t
file_mtime(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

bool
file_matches(const struct file *f, const struct stat *st)
{
	return S_ISREG(st->st_mode) && (uint64_t)st->st_size == f->size &&
	    file_mtime(st) == f->mtime;
}

/* manifest - the list of the files of a tree */
#define XXH_INLINE_ALL
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "render/manifest.h"

/* Begins the last line: a list that was cut short has none. */
#define END	"end\t"

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

/* The slot that a path is in, or is to be put in. */
static uint32_t *
find_slot(const struct manifest *m, const char *path)
{
	size_t k = XXH3_64bits(path, strlen(path)) & m->mask;

	while (m->slot[k] != 0 && strcmp(m->v[m->slot[k] - 1].path, path) != 0)
		k = (k + 1) & m->mask;
	return &m->slot[k];
}

const struct file *
manifest_find(const struct manifest *m, const char *path)
{
	uint32_t slot = m->n == 0 ? 0 : *find_slot(m, path);

	return slot == 0 ? NULL : &m->v[slot - 1];
}

void
manifest_free(struct manifest *m)
{
	arena_free(&m->paths);
	free(m->v);
	free(m->text);
	free(m->slot);
	memset(m, 0, sizeof(*m));
}

/* n digits in hex; false: they are none. */
static bool
read_hex(const char **s, int n, uint64_t *v)
{
	const char *p = *s;
	unsigned digit;

	for (*v = 0; n > 0; n--, p++) {
		if (*p >= '0' && *p <= '9')
			digit = (unsigned)(*p - '0');
		else if (*p >= 'a' && *p <= 'f')
			digit = (unsigned)(*p - 'a' + 10);
		else
			return false;
		*v = *v << 4 | digit;
	}
	*s = p;
	return true;
}

/* A number with a tab behind it. */
static bool
read_number(const char **s, uint64_t *v)
{
	const char *p = *s;

	for (*v = 0; *p >= '0' && *p <= '9'; p++)
		*v = *v * 10 + (uint64_t)(*p - '0');
	*s = p + 1;
	return *p == '\t';
}

static bool
read_line(struct manifest *m, const char *line)
{
	struct file f = { .line = line };
	const char *p = line;
	uint64_t mtime;

	if (!read_hex(&p, 16, &f.hash[0]) || !read_hex(&p, 16, &f.hash[1]) ||
	    *p++ != '\t' || !read_hex(&p, 16, &f.recipe) || *p++ != '\t' ||
	    !read_number(&p, &f.size) || !read_number(&p, &mtime) ||
	    (m->n > 0 && strcmp(m->v[m->n - 1].path, p) >= 0))
		return false;
	f.mtime = (int64_t)mtime;
	f.path = p;
	grow(&m->v, &m->cap, m->n + 1, sizeof(*m->v));
	m->v[m->n++] = f;
	return true;
}

/* Whether all lines up to the last one were what they should be. */
static bool
read_lines(struct manifest *m, char *p)
{
	const char *s;
	char *end;

	for (; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		*end = '\0';
		if (strncmp(p, END, strlen(END)) == 0) {
			s = p + strlen(END);
			return read_hex(&s, 16, &m->maker) && s == end &&
			    end[1] == '\0';
		}
		if (!read_line(m, p))
			break;
	}
	return false;
}

/* The whole file, or NULL. */
static char *
read_text(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *text = NULL;
	ssize_t n = 1;
	size_t len = 0;

	if (fd == -1)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		text = xmalloc((size_t)st.st_size + 1);
		while (n > 0 && len < (size_t)st.st_size) {
			n = read(fd, text + len, (size_t)st.st_size - len);
			len += n > 0 ? (size_t)n : 0;
		}
		text[len] = '\0';
	}
	close(fd);
	return text;
}

void
manifest_read(struct manifest *m, const char *path)
{
	size_t i;

	memset(m, 0, sizeof(*m));
	m->text = read_text(path);
	if (m->text == NULL || !read_lines(m, m->text)) {
		manifest_free(m);
		return;
	}
	for (m->mask = 1; m->mask < m->n * 2; m->mask = m->mask * 2 + 1)
		;
	m->slot = xcalloc(m->mask + 1, sizeof(*m->slot));
	for (i = 0; i < m->n; i++)
		*find_slot(m, m->v[i].path) = (uint32_t)i + 1;
}

static void
write_line(FILE *out, const struct file *f)
{
	if (f->line != NULL) {
		fputs(f->line, out);
		putc('\n', out);
	} else
		fprintf(out, "%016" PRIx64 "%016" PRIx64 "\t%016" PRIx64
		    "\t%" PRIu64 "\t%" PRId64 "\t%s\n", f->hash[0], f->hash[1],
		    f->recipe, f->size, f->mtime, f->path);
}

int
manifest_write(const char *path, const struct file *const *files, size_t n,
    uint64_t maker)
{
	struct buf tmp = { 0 };
	int result = -1;
	size_t i;
	FILE *f;

	buf_addf(&tmp, "%s.tmp", path);
	if ((f = fopen(tmp.p, "we")) != NULL) {
		for (i = 0; i < n; i++)
			write_line(f, files[i]);
		fprintf(f, END "%016" PRIx64 "\n", maker);
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

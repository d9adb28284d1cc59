/* fetch - find the bodies of the sources in a table, write documents */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fetch/path.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/source.h"
#include "lib/table.h"

static const struct filter filter = {
	.name = "fetch",
	.synopsis = "fetch [-S source] [options] [sources.tsv ...]",
	.options = "S:",
};

/* Columns that a table may have: what a document has before it is fetched. */
static const char *const columns[] = { "source", "trust", "format", "map",
    "encoding", "licence", "homepage", "type", "language", "venue", "year",
    "publisher", "status", "url" };
#define NCOLUMNS	(sizeof(columns) / sizeof(columns[0]))

struct rows {
	struct table	 table;
	const char	*file;
	char		*folder;	/* of the table, "" for the working one */
	int		 column[NCOLUMNS];
	struct intern	 sources;	/* in the order in which they are named */
};

static struct arena arena;

static const char *
cell(const struct rows *t, size_t row, const char *name)
{
	const char *s;
	size_t i;

	for (i = 0; strcmp(columns[i], name) != 0; i++)
		;
	if (t->column[i] == -1)
		return NULL;
	s = table_cell(&t->table, row, (size_t)t->column[i]);
	return *s != '\0' ? s : NULL;
}

static void
find_columns(struct rows *t)
{
	static const char *const required[] = { "source", "format", "url" };
	size_t i, k;

	for (i = 0; i < t->table.ncol; i++) {
		for (k = 0; k < NCOLUMNS; k++)
			if (strcmp(columns[k], table_cell(&t->table, 0, i)) == 0)
				break;
		if (k == NCOLUMNS)
			errx(EX_CONFIG, "%s:%zu: unknown column: %s", t->file,
			    t->table.line[0], table_cell(&t->table, 0, i));
	}
	for (k = 0; k < NCOLUMNS; k++)
		t->column[k] = table_column(&t->table, columns[k]);
	for (i = 0; i < 3; i++)
		if (table_column(&t->table, required[i]) == -1)
			errx(EX_CONFIG, "%s:%zu: no column %s", t->file,
			    t->table.line[0], required[i]);
}

/* The digest in hex and the size of a file; errno is set where it fails. */
static bool
digest(const char *path, char hex[65], uint64_t *bytes)
{
	static uint8_t chunk[1024 * 1024];
	struct sha256_ctx sha;
	uint8_t sum[SHA256_DIGEST_SIZE];
	ssize_t n;
	size_t i;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return false;
	sha256_init(&sha);
	*bytes = 0;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			int e = errno;

			close(fd);
			errno = e;
			return false;
		}
		sha256_update(&sha, (size_t)n, chunk);
		*bytes += (uint64_t)n;
	}
	close(fd);
	sha256_digest(&sha, sizeof(sum), sum);
	for (i = 0; i < sizeof(sum); i++)
		snprintf(hex + 2 * i, 3, "%02x", sum[i]);
	return true;
}

static bool
is_number(const char *s)
{
	return *s >= '1' && *s <= '9' && strlen(s) < 10 &&
	    strspn(s, "0123456789") == strlen(s);
}

/* A map beside the table is found from everywhere: it becomes a path. */
static char *
map_path(const struct rows *t, const char *map)
{
	struct buf b = { 0 };
	char *path;

	if (strchr(map, '/') == NULL && strchr(map, '.') == NULL)
		return xstrdup(map);
	buf_addf(&b, "%s%s", *map == '/' ? "" : t->folder, map);
	path = path_relative(b.p);
	buf_free(&b);
	return path != NULL ? path : xstrdup(map);
}

/* A source is trusted by its place among the sources that are named. */
static int64_t
trust_of(struct rows *t, size_t row)
{
	const char *source = cell(t, row, "source");

	return intern(&t->sources, source, strlen(source)) + 1;
}

static void
write_document(struct rows *t, size_t row, const char *path,
    const char *hex, uint64_t bytes)
{
	struct json *o = json_object(&arena);
	const char *s;
	char *map;
	size_t i;

	json_set(&arena, o, "kind", json_str(&arena, "document"));
	for (i = 0; i < NCOLUMNS; i++) {
		s = cell(t, row, columns[i]);
		if (strcmp(columns[i], "trust") == 0)
			json_set(&arena, o, "trust", json_int(&arena, s != NULL
			    ? atol(s) : trust_of(t, row)));
		else if (s != NULL && strcmp(columns[i], "map") == 0) {
			map = map_path(t, s);
			json_set(&arena, o, "map", json_str(&arena, map));
			free(map);
		} else if (s != NULL)
			json_set(&arena, o, columns[i], json_str(&arena, s));
	}
	json_set(&arena, o, "path", json_str(&arena, path));
	json_set(&arena, o, "sha256", json_str(&arena, hex));
	json_set(&arena, o, "bytes", json_int(&arena, (int64_t)bytes));
	filter_emit(o);
}

static void
fetch_row(struct rows *t, size_t row)
{
	const char *url = cell(t, row, "url"), *trust = cell(t, row, "trust");
	char hex[65], *path, *shown;
	uint64_t bytes;

	if (cell(t, row, "source") == NULL || cell(t, row, "format") == NULL ||
	    url == NULL) {
		filter_reject(REJECT_BAD_ROW, NULL, NULL, 0,
		    "a row needs source, format and url");
		return;
	}
	if (!source_is_name(cell(t, row, "source"))) {
		filter_reject(REJECT_BAD_ROW, "source", cell(t, row, "source"),
		    strlen(cell(t, row, "source")), "a source is named by "
		    "letters, digits, \".\", \"_\" and \"-\"");
		return;
	}
	if (trust != NULL && !is_number(trust)) {
		filter_reject(REJECT_BAD_ROW, "trust", trust, strlen(trust),
		    "not a number from 1 on");
		return;
	}
	if ((path = path_of_url(t->folder, url)) == NULL) {
		filter_reject(REJECT_BAD_URL, "url", url, strlen(url),
		    "only files are fetched: %s", url);
		filter_fail(EX_UNAVAILABLE);
		return;
	}
	if (!digest(path, hex, &bytes) || (shown = path_relative(path)) == NULL) {
		filter_fail(errno == EIO ? EX_IOERR : EX_NOINPUT);
		filter_reject(REJECT_NO_INPUT, "url", url, strlen(url),
		    "%s: %s", path, strerror(errno));
	} else {
		write_document(t, row, shown, hex, bytes);
		free(shown);
	}
	free(path);
}

static void
fetch_table(struct input *in, const char *source)
{
	struct rows t = { 0 };
	const char *slash = strrchr(in->path, '/');
	struct where w = { 0 };
	struct buf data = { 0 }, line = { 0 };
	size_t n, row, i;
	bool found = false;

	t.file = strcmp(in->path, "-") == 0 ? "stdin" : in->path;
	t.folder = xstrdup(slash != NULL ? in->path : "");
	if (slash != NULL)
		t.folder[slash + 1 - in->path] = '\0';
	while ((n = input_fill(in, 1)) > 0) {
		buf_add(&data, input_head(in), n);
		input_skip(in, n);
	}
	table_parse(&t.table, t.file, data.p != NULL ? data.p : "", data.len);
	find_columns(&t);
	for (row = 1; row < t.table.nrow; row++)
		if (cell(&t, row, "source") != NULL)
			trust_of(&t, row);
	for (row = 1; row < t.table.nrow; row++) {
		if (source != NULL && (cell(&t, row, "source") == NULL ||
		    strcmp(cell(&t, row, "source"), source) != 0))
			continue;
		buf_reset(&line);
		for (i = 0; i < t.table.ncol; i++)
			buf_addf(&line, "%s%s", i > 0 ? "\t" : "",
			    table_cell(&t.table, row, i));
		arena_reset(&arena);
		w.file = t.file;
		w.line = t.table.line[row];
		w.offset = t.table.offset[row];
		w.input = line.p;
		w.len = line.len;
		filter_entry(&w);
		fetch_row(&t, row);
		found = true;
	}
	if (source != NULL && !found)
		filter_warn(EX_NOINPUT, "%s: no source %s", t.file, source);
	table_free(&t.table);
	intern_free(&t.sources);
	free(t.folder);
	buf_free(&data);
	buf_free(&line);
}

int
main(int argc, char *argv[])
{
	const char *source = NULL;
	struct input *in;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == 'S')
			source = optarg;
	filter_operands(argv + optind);
	while ((in = filter_input()) != NULL) {
		fetch_table(in, source);
		filter_input_done(in);
	}
	return filter_close();
}

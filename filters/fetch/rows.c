/* rows - a table of sources, row by row */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/digest.h"
#include "fetch/path.h"
#include "fetch/rows.h"
#include "fetch/url.h"
#include "lib/buf.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/source.h"

/* Columns that a table may have: what a document has before it is fetched. */
static const char *const columns[ROWS_COLUMNS] = { "source", "trust", "format",
    "map", "encoding", "delimiter", "licence", "homepage", "type", "language", "venue",
    "year", "publisher", "status", "url", "sha256" };

const char *
rows_cell(const struct rows *t, size_t row, const char *name)
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
		for (k = 0; k < ROWS_COLUMNS; k++)
			if (strcmp(columns[k], table_cell(&t->table, 0, i)) == 0)
				break;
		if (k == ROWS_COLUMNS)
			errx(EX_CONFIG, "%s:%zu: unknown column: %s", t->file,
			    t->table.line[0], table_cell(&t->table, 0, i));
	}
	for (k = 0; k < ROWS_COLUMNS; k++)
		t->column[k] = table_column(&t->table, columns[k]);
	for (i = 0; i < 3; i++)
		if (table_column(&t->table, required[i]) == -1)
			errx(EX_CONFIG, "%s:%zu: no column %s", t->file,
			    t->table.line[0], required[i]);
}

/* A source is trusted by its place among the sources that are named. */
static int64_t
trust_of(struct rows *t, size_t row)
{
	const char *source = rows_cell(t, row, "source");

	return intern(&t->sources, source, strlen(source)) + 1;
}

void
rows_read(struct rows *t, struct input *in)
{
	const char *slash = strrchr(in->path, '/');
	struct buf data = { 0 };
	size_t row;

	memset(t, 0, sizeof(*t));
	t->file = strcmp(in->path, "-") == 0 ? "stdin" : in->path;
	t->folder = xstrdup(slash != NULL ? in->path : "");
	if (slash != NULL)
		t->folder[slash + 1 - in->path] = '\0';
	input_all(in, &data);
	if (in->error != NULL && !in->corrupt)
		errx(EX_IOERR, "%s: %s", t->file, in->error);
	table_parse(&t->table, t->file, data.p != NULL ? data.p : "", data.len);
	buf_free(&data);
	find_columns(t);
	for (row = 1; row < t->table.nrow; row++)
		if (rows_cell(t, row, "source") != NULL)
			trust_of(t, row);
}

void
rows_free(struct rows *t)
{
	table_free(&t->table);
	intern_free(&t->sources);
	free(t->folder);
}

static bool
is_number(const char *s)
{
	return *s >= '1' && *s <= '9' && strlen(s) < 10 &&
	    strspn(s, "0123456789") == strlen(s);
}

const char *
rows_fault(const struct rows *t, size_t row, const char **column)
{
	const char *source = rows_cell(t, row, "source");
	const char *trust = rows_cell(t, row, "trust");
	const char *sha256 = rows_cell(t, row, "sha256");

	*column = NULL;
	if (source == NULL || rows_cell(t, row, "format") == NULL ||
	    rows_cell(t, row, "url") == NULL)
		return "a row needs source, format and url";
	*column = "source";
	if (!source_is_name(source))
		return "a source is named by letters, digits, \".\", \"_\" "
		    "and \"-\"";
	*column = "trust";
	if (trust != NULL && !is_number(trust))
		return "not a number from 1 on";
	*column = "sha256";
	if (sha256 != NULL && !digest_is_hex(sha256))
		return "not 64 digits of 0 to 9 and a to f";
	return NULL;
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

struct json *
rows_document(struct rows *t, size_t row, struct arena *a)
{
	struct json *o = json_object(a);
	const char *s;
	char *made;
	size_t i;

	json_set(a, o, "kind", json_str(a, "document"));
	for (i = 0; i < ROWS_COLUMNS; i++) {
		s = rows_cell(t, row, columns[i]);
		if (strcmp(columns[i], "trust") == 0)
			json_set(a, o, "trust", json_int(a, s != NULL ?
			    atol(s) : trust_of(t, row)));
		else if (s != NULL && (strcmp(columns[i], "map") == 0 ||
		    strcmp(columns[i], "url") == 0)) {
			/* papers carry the url on: it holds no password */
			made = *columns[i] == 'm' ? map_path(t, s) :
			    url_shown(s);
			json_set(a, o, columns[i], json_str(a, made));
			free(made);
		} else if (s != NULL)
			json_set(a, o, columns[i], json_str(a, s));
	}
	return o;
}

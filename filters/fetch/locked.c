/* locked - the bodies that a run had, and no others */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "fetch/depot.h"
#include "fetch/locked.h"
#include "fetch/state.h"
#include "lib/buf.h"
#include "lib/digest.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/intern.h"
#include "lib/source.h"
#include "lib/table.h"

enum { SOURCE, URL, SHA256, BYTES, COLUMNS };

static const char *const columns[COLUMNS] = { "source", "url", "sha256",
    "bytes" };

static const char	*file;
static struct table	 table;
static size_t		 place[COLUMNS];
static struct intern	 pairs;		/* of a source and a url */
static size_t		*next;		/* row of a pair to take, 0: none */
static size_t		*then;		/* the one behind a row, 0: none */

static const char *
cell(size_t row, int column)
{
	return table_cell(&table, row, place[column]);
}

static void
read_table(void)
{
	struct buf data = { 0 };
	struct input in;

	if (!input_open(&in, file))
		err(EX_NOINPUT, "%s", file);
	input_all(&in, &data);
	if (in.error != NULL)
		errx(in.corrupt ? EX_CONFIG : EX_IOERR, "%s:%llu: %s", file,
		    (unsigned long long)in.line, in.error);
	table_parse(&table, file, data.p != NULL ? data.p : "", data.len);
	input_close(&in);
	buf_free(&data);
}

static void
find_columns(void)
{
	int i, at;

	for (i = 0; i < COLUMNS; i++) {
		if ((at = table_column(&table, columns[i])) == -1)
			errx(EX_CONFIG, "%s:%zu: no column %s", file,
			    table.line[0], columns[i]);
		place[i] = (size_t)at;
	}
	if (table.ncol > COLUMNS)
		errx(EX_CONFIG, "%s:%zu: more columns than source, url, "
		    "sha256, bytes", file, table.line[0]);
}

static bool
is_size(const char *s)
{
	return *s != '\0' && strlen(s) < 19 &&
	    strspn(s, "0123456789") == strlen(s);
}

static void
check_row(size_t row)
{
	const char *bad = NULL;

	if (!source_is_name(cell(row, SOURCE)))
		bad = "source";
	else if (*cell(row, URL) == '\0')
		bad = "url";
	else if (!digest_is_hex(cell(row, SHA256)))
		bad = "sha256";
	else if (!is_size(cell(row, BYTES)))
		bad = "bytes";
	if (bad != NULL)
		errx(EX_CONFIG, "%s:%zu: a %s that cannot be", file,
		    table.line[row], bad);
}

static void
pair(struct buf *b, const char *source, const char *url)
{
	buf_reset(b);
	buf_addf(b, "%s\t%s", source, url);
}

void
locked_open(const char *name)
{
	struct buf b = { 0 };
	size_t row, i;

	file = name;
	read_table();
	find_columns();
	next = xcalloc(table.nrow, sizeof(*next));
	then = xcalloc(table.nrow, sizeof(*then));
	/* backwards, so that the first of a pair comes first */
	for (row = table.nrow - 1; row > 0; row--) {
		check_row(row);
		pair(&b, cell(row, SOURCE), cell(row, URL));
		i = intern(&pairs, b.p, b.len);
		then[row] = next[i];
		next[i] = row;
	}
	buf_free(&b);
}

const struct locked *
locked_take(const char *source, const char *url)
{
	static struct locked l;
	struct buf b = { 0 };
	uint32_t i;
	size_t row;

	pair(&b, source, url);
	i = intern_find(&pairs, b.p, b.len);
	buf_free(&b);
	if (i == UINT32_MAX || (row = next[i]) == 0)
		return NULL;
	next[i] = then[row];
	l.line = table.line[row];
	l.sha256 = cell(row, SHA256);
	l.bytes = strtoull(cell(row, BYTES), NULL, 10);
	return &l;
}

const char *
locked_media_type(const struct locked *l, const char *url, struct arena *a)
{
	char key[DIGEST_HEX], *path;
	struct state s;
	bool same;

	digest_text(url, key);
	path = depot_path("state", key, "json");
	same = state_read(path, a, &s) && s.sha256 != NULL &&
	    strcmp(s.sha256, l->sha256) == 0;
	free(path);
	return same ? s.media_type : NULL;
}

void
locked_close(const char *source)
{
	size_t i, row, left = 0, first = 0;

	for (i = 0; i < pairs.n; i++)
		for (row = next[i]; row != 0; row = then[row]) {
			if (source != NULL &&
			    strcmp(cell(row, SOURCE), source) != 0)
				continue;
			if (left++ == 0 || row < first)
				first = row;
		}
	if (left > 0)
		filter_warn(EX_DATAERR, "%s:%zu: %s %s: no such row in the "
		    "table; %zu such lines in all", file, table.line[first],
		    cell(first, SOURCE), cell(first, URL), left);
	table_free(&table);
	intern_free(&pairs);
	free(next);
	free(then);
}

/* fetch - find the bodies of the sources in a table, write documents */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "fetch/depot.h"
#include "fetch/document.h"
#include "fetch/locked.h"
#include "fetch/options.h"
#include "fetch/remote.h"
#include "fetch/rows.h"
#include "fetch/url.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"

static const struct filter filter = {
	.name = "fetch",
	.synopsis = "fetch [-S source] [-o dir] [options] [sources.tsv ...]",
	.options = FETCH_OPTIONS,
	.longopts = fetch_longopts,
};

static struct fetch_options opt;

static bool
is_chosen(const struct rows *t, size_t row)
{
	const char *source = rows_cell(t, row, "source");

	return opt.source == NULL ||
	    (source != NULL && strcmp(source, opt.source) == 0);
}

/* The text of a row, for the record of its reject. */
static void
row_text(const struct rows *t, size_t row, struct buf *line)
{
	const char *cell;
	char *shown;
	size_t i;

	buf_reset(line);
	for (i = 0; i < t->table.ncol; i++) {
		cell = table_cell(&t->table, row, i);
		shown = url_shown(cell);
		buf_addf(line, "%s%s", i > 0 ? "\t" : "", shown);
		free(shown);
	}
}

static void
fetch_table(struct input *in)
{
	struct where w = { 0 };
	struct buf line = { 0 };
	bool found = false;
	struct rows t;
	size_t row;

	rows_read(&t, in);
	for (row = 1; row < t.table.nrow; row++)
		if (is_chosen(&t, row))
			document_of_row(&t, row, true);
	for (row = 1; row < t.table.nrow; row++) {
		if (!is_chosen(&t, row))
			continue;
		row_text(&t, row, &line);
		w.file = t.file;
		w.line = t.table.line[row];
		w.offset = t.table.offset[row];
		w.input = line.p;
		w.len = line.len;
		filter_entry(&w);
		document_of_row(&t, row, false);
		found = true;
	}
	if (opt.source != NULL && !found)
		filter_warn(EX_NOINPUT, "%s: no source %s", t.file, opt.source);
	rows_free(&t);
	buf_free(&line);
}

int
main(int argc, char *argv[])
{
	struct input *in;
	int ch;

	fetch_options_init(&opt);
	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		fetch_options_take(&opt, ch);
	fetch_options_check(&opt);
	document_options(&opt);
	filter_operands(argv + optind);
	remote_open(&opt.remote);
	if (opt.locked != NULL) {
		depot_at(opt.remote.dir);
		locked_open(opt.locked);
	}
	while ((in = filter_input()) != NULL) {
		fetch_table(in);
		filter_input_done(in);
	}
	remote_close();
	if (opt.locked != NULL)
		locked_close(opt.source);
	return filter_close();
}

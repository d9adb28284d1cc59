/*
 * vocab - hold the tables of vocab/ to the rules of their rows
 *
 * Without an argument those that are built in, before normalize is.  vocab fold
 * folds the first cell of each line of standard input.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/table.h"
#include "lib/text.h"
#include "normalize/venue_parts.h"

enum { SORTED = 1, FOLDED = 2, STARS = 4 };

/* What a cell holds: any text, a venue, or what paper.json has for a member. */
struct column {
	bool		 may_be_empty;
	const char	*venue;		/* "" where it is one */
	const char	*member;
};

#define TEXT	{ false, NULL, NULL }
#define VENUE	{ false, "", NULL }
#define NONE	{ true, NULL, NULL }
#define ANY	{ true, "", NULL }

static const struct file {
	const char	*name;
	int		 rules;
	/* columns that no two rows share; of two the third one changes one */
	size_t		 keys;
	struct column	 column[3];
} files[] = {
	{ "venues", SORTED, 1, { TEXT, { false, NULL, "venue_kind" }, TEXT } },
	{ "venue-aliases", SORTED | FOLDED, 1, { TEXT, ANY } },
	{ "acl-venues", SORTED, 1, { TEXT, VENUE } },
	{ "dblp-streams", SORTED, 2, { TEXT, VENUE, ANY } },
	{ "tracks", SORTED | FOLDED, 1, { TEXT, NONE } },
	{ "types", SORTED | FOLDED, 1, { TEXT, { false, NULL, "type" } } },
	/* the first row counts whose words are there */
	{ "statuses", FOLDED | STARS, 1, { TEXT, { false, NULL, "status" },
	    { true, NULL, "type" } } },
};

#define NFILES	(sizeof(files) / sizeof(files[0]))

static struct table	 tables[NFILES];
static size_t		 failed;

static void
wrong(const struct file *f, size_t row, const char *cell, const char *why)
{
	const struct table *t = &tables[f - files];

	fprintf(stderr, "schemas/vocab/%s.tsv:%zu: '%s': %s\n", f->name,
	    t->line[row], cell, why);
	failed++;
}

static bool
is_venue(const char *s)
{
	const struct table *t = &tables[0];
	size_t row;

	for (row = 1; row < t->nrow; row++)
		if (strcmp(table_cell(t, row, 0), s) == 0)
			return true;
	return false;
}

/* Whether a paper may have the value. */
static bool
is_allowed(const char *member, const char *value)
{
	struct arena a = { 0 };
	struct json *paper = json_object(&a);
	bool allowed;

	json_set(&a, paper, "kind", json_str(&a, "paper"));
	json_set(&a, paper, "id", json_str(&a, "x"));
	json_set(&a, paper, member, json_str(&a, value));
	allowed = schema_check(schema_load("paper"), paper) == NULL;
	arena_free(&a);
	return allowed;
}

static bool
is_made(void (*make)(struct buf *, const char *, size_t), const char *s)
{
	struct buf b = { 0 };
	bool same;

	buf_adds(&b, "");
	make(&b, s, strlen(s));
	same = strcmp(b.p, s) == 0;
	buf_free(&b);
	return same;
}

static void
fold(struct buf *b, const char *s, size_t n)
{
	text_fold(b, s, n, ' ');
}

static void
check_cells(const struct file *f, size_t row)
{
	const struct column *c;
	const char *cell;
	size_t i;

	for (i = 0; i < tables[f - files].ncol; i++) {
		c = &f->column[i];
		cell = table_cell(&tables[f - files], row, i);
		if (*cell == '\0') {
			if (!c->may_be_empty)
				wrong(f, row, table_cell(&tables[f - files],
				    row, 0), "a cell is empty: is there a tab?");
			continue;
		}
		if (!is_made(text_clean, cell))
			wrong(f, row, cell, "white space at its ends, twice, "
			    "or not NFC");
		if (c->venue != NULL && !is_venue(cell))
			wrong(f, row, cell, "no venue of venues.tsv");
		if (c->member != NULL && !is_allowed(c->member, cell))
			wrong(f, row, cell, "not what paper.json allows there");
	}
}

/* Of an empty cell at the end, too, the tab must be there. */
static void
check_tabs(const struct file *f, size_t row, const char *data)
{
	const struct table *t = &tables[f - files];
	const char *line = data + t->offset[row];
	size_t n = strcspn(line, "\n"), tabs = 0, i, last = t->ncol - 1;

	for (i = 0; i < n; i++)
		tabs += line[i] == '\t';
	/* statuses.tsv mostly has no type */
	if (tabs < last && !(tabs + 1 == last && f->column[last].may_be_empty &&
	    f->column[last].member != NULL))
		wrong(f, row, table_cell(t, row, 0), "a tab is missing");
}

static void
check_order(const struct file *f, size_t row)
{
	const struct table *t = &tables[f - files];
	const char *key = table_cell(t, row, 0);
	size_t i, other;
	int order;

	for (other = 1; other < row; other++) {
		for (order = 0, i = 0; i < f->keys && order == 0; i++)
			order = strcmp(table_cell(t, other, i),
			    table_cell(t, row, i));
		if (order == 0)
			wrong(f, row, key, "stands there before");
		else if (order > 0 && other + 1 == row && f->rules & SORTED)
			wrong(f, row, key, "not sorted: belongs above");
	}
}

/* Words of a status may end with a star. */
static bool
is_folded(const struct file *f, const char *cell)
{
	static struct buf b;

	buf_reset(&b);
	for (; *cell != '\0'; cell++)
		if (*cell != '*' || (f->rules & STARS) == 0)
			buf_addc(&b, *cell);
	return is_made(fold, b.p);
}

static void
check_file(const struct file *f)
{
	struct buf name = { 0 };
	const struct table_file *file;
	struct table *t = &tables[f - files];
	size_t row;

	buf_addf(&name, "vocab/%s.tsv", f->name);
	if ((file = table_find(name.p)) == NULL)
		errx(EX_SOFTWARE, "%s is not built in", name.p);
	buf_reset(&name);
	buf_addf(&name, "schemas/vocab/%s.tsv", f->name);
	table_parse(t, name.p, file->data, file->len);
	for (row = 1; row < t->nrow; row++) {
		if (f->keys == 2 && strcmp(table_cell(t, row, 1),
		    table_cell(t, row, 2)) == 0)
			wrong(f, row, table_cell(t, row, 0), "changes nothing");
		check_tabs(f, row, file->data);
		check_cells(f, row);
		check_order(f, row);
		if (f->rules & FOLDED && !is_folded(f, table_cell(t, row, 0)))
			wrong(f, row, table_cell(t, row, 0), "not folded");
	}
	buf_free(&name);
}

/* The row of a name that the vocabulary has without aliases. */
static size_t
row_of(const char *name)
{
	struct words v;

	words_of(&v, name, strlen(name));
	return vocabulary_name(&v);
}

/* What a name means must not depend on which row comes first. */
static void
check_names(void)
{
	const struct table *t = &tables[0];
	size_t row, col, found;

	for (row = 1; row < t->nrow; row++)
		for (col = 0; col <= 2; col += 2)
			if (row_of(table_cell(t, row, col)) != row)
				wrong(&files[0], row, table_cell(t, row, col),
				    "its name is another's, or too long");
	for (t = &tables[1], row = 1; row < t->nrow; row++) {
		found = row_of(table_cell(t, row, 0));
		if (found != 0 && *table_cell(t, row, 1) != '\0')
			wrong(&files[1], row, table_cell(t, row, 0),
			    "is a name in venues.tsv");
	}
}

static void
fold_lines(void)
{
	struct buf b = { 0 };
	char *line = NULL;
	size_t cap = 0, n;

	while (getline(&line, &cap, stdin) != -1) {
		n = strcspn(line, "\t\r\n");
		buf_reset(&b);
		fold(&b, line, n);
		printf("%s%s", b.p != NULL ? b.p : "", line + n);
	}
	free(line);
	buf_free(&b);
	if (ferror(stdin) || fflush(stdout) != 0)
		err(EX_IOERR, "fold");
}

int
main(int argc, char *argv[])
{
	size_t i;

	if (argc == 2 && strcmp(argv[1], "fold") == 0) {
		fold_lines();
		return 0;
	}
	if (argc != 1)
		errx(EX_USAGE, "usage: vocab [fold]");
	for (i = 0; i < NFILES; i++)
		check_file(&files[i]);
	vocabulary_no_aliases();
	if (failed == 0)
		check_names();
	for (i = 0; i < NFILES; i++)
		table_free(&tables[i]);
	return failed == 0 ? 0 : EX_CONFIG;
}

/* map - a table that translates the names of a source to ours */
#include <err.h>
#include <errno.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/input.h"
#include "lib/table.h"
#include "parse/map.h"

static void
read_file(const char *path, struct buf *b)
{
	struct input in;

	if (!input_open(&in, path))
		err(failure_status(errno, EX_CONFIG), "%s", path);
	input_all(&in, b);
	if (in.error != NULL)
		errx(EX_IOERR, "%s: %s", path, in.error);
	input_close(&in);
}

static void
read_rows(struct map *map, const char *name, const struct table *t)
{
	int from = table_column(t, "from"), to = table_column(t, "to");
	int sign = table_column(t, "sign");
	struct map_row *r;
	size_t row;

	if (from == -1 || to == -1)
		errx(EX_CONFIG, "%s: no columns from and to", name);
	map->rows = xcalloc(t->nrow, sizeof(*map->rows));
	map->names = dict_new();
	for (row = 1; row < t->nrow; row++) {
		r = &map->rows[map->n++];
		r->from = xstrdup(table_cell(t, row, (size_t)from));
		r->to = xstrdup(table_cell(t, row, (size_t)to));
		r->is_sign = sign != -1 &&
		    table_cell(t, row, (size_t)sign)[0] != '\0';
		if (!dict_put(map->names, r->from, strlen(r->from), r->to))
			errx(EX_CONFIG, "%s:%zu: %s: given twice", name,
			    t->line[row], r->from);
	}
}

const char *const *
map_names(void)
{
	static const char **names;
	const struct table_file *f;
	size_t n = 0, len;

	if (names != NULL)
		return names;
	for (f = table_files; f->name != NULL; f++)
		n++;
	names = xcalloc(n + 1, sizeof(*names));
	for (n = 0, f = table_files; f->name != NULL; f++) {
		len = strlen(f->name);
		if (strncmp(f->name, "maps/", 5) == 0) {
			char *name = xstrdup(f->name + 5);

			name[len - 5 - strlen(".tsv")] = '\0';
			names[n++] = name;
		}
	}
	return names;
}

const struct map *
map_find(const char *name)
{
	static struct loaded {
		struct loaded	*next;
		char		*name;
		struct map	 map;
	} *all;
	struct loaded *l;
	struct buf file = { 0 }, data = { 0 };
	const struct table_file *f;
	struct table t;

	for (l = all; l != NULL; l = l->next)
		if (strcmp(l->name, name) == 0)
			return &l->map;
	buf_addf(&file, "maps/%s.tsv", name);
	f = table_find(file.p);
	if (f != NULL)
		table_parse(&t, name, f->data, f->len);
	else {
		if (strchr(name, '/') == NULL && strchr(name, '.') == NULL)
			errx(EX_CONFIG, "%s: no such map in schemas/maps", name);
		read_file(name, &data);
		table_parse(&t, name, data.p != NULL ? data.p : "", data.len);
	}
	l = xcalloc(1, sizeof(*l));
	l->name = xstrdup(name);
	read_rows(&l->map, name, &t);
	l->next = all;
	all = l;
	table_free(&t);
	buf_free(&file);
	buf_free(&data);
	return &l->map;
}

const char *
map_get(const struct map *map, const char *name, size_t n)
{
	return dict_get(map->names, name, n);
}

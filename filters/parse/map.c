/* map - a table that translates the names of a source to ours */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/input.h"
#include "lib/intern.h"
#include "lib/table.h"
#include "parse/format.h"
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

enum map_use
map_use(const char *to)
{
	static const struct {
		const char	*to;
		enum map_use	 use;
	} uses[] = {
		{ "", MAP_LEFT_OUT }, { "id", MAP_KEY },
		{ "authors", MAP_PEOPLE }, { "editors", MAP_PEOPLE },
		{ "keywords", MAP_KEYWORDS }, { "url", MAP_LINK },
		{ "ids", MAP_IDS }, { "pages.first", MAP_PAGE },
		{ "pages.last", MAP_PAGE },
	};
	const char *fact;
	size_t i;

	for (i = 0; i < sizeof(uses) / sizeof(uses[0]); i++)
		if (strcmp(uses[i].to, to) == 0)
			return uses[i].use;
	if (entry_beside(to, &fact) != NULL)
		return MAP_BESIDE_PEOPLE;
	if (strncmp(to, "ids.", 4) == 0)
		return MAP_ID;
	return entry_own(to, strlen(to)) != NULL ? MAP_TEXT : MAP_FOREIGN;
}

/* Whether a form can be of what the row is about. */
static bool
form_fits(const struct map_row *r)
{
	const struct form *f = &r->form;

	if (f->joined)
		return r->use == MAP_PEOPLE;
	switch (r->use) {
	case MAP_PEOPLE:
		return f->mark[0] != '\0' && !f->named && !f->tail;
	case MAP_BESIDE_PEOPLE:
		return f->mark[0] != '\0' && f->open == '\0';
	case MAP_KEYWORDS:
		return f->mark[0] != '\0' && !f->named && f->inside[0] == '\0';
	case MAP_KEY:
	case MAP_ID:
	case MAP_TEXT:
	case MAP_LINK:
		return f->mark[0] == '\0' && !f->named && f->inside[0] == '\0';
	default:
		return false;
	}
}

/* The columns of the table. */
struct columns {
	int	 from, to, form, sign;
};

static const char *
cell(const struct table *t, size_t row, int column)
{
	return column == -1 ? "" : table_cell(t, row, (size_t)column);
}

/* A row that is about all of the document; false if it is not. */
static bool
read_directive(struct map *map, const char *name, const char *from,
    const char *to)
{
	if (strcmp(to, ".") == 0) {
		map->list = xstrdup(from);
		return true;
	}
	if (strcmp(to, "-d") != 0)
		return false;
	map->dialect = xcalloc(1, sizeof(*map->dialect));
	if (!dialect_parse(map->dialect, from))
		errx(EX_CONFIG, "%s: %s: not a delimiter", name, from);
	return true;
}

static void
read_row(struct map *map, const char *name, const struct table *t, size_t row,
    const struct columns *c)
{
	const char *from = cell(t, row, c->from), *to = cell(t, row, c->to);
	const char *form = cell(t, row, c->form);
	struct map_row *r = &map->rows[map->n];
	size_t i;

	if (read_directive(map, name, from, to))
		return;
	for (i = 0; i < map->n; i++)
		if (strcmp(map->rows[i].from, from) == 0 &&
		    strcmp(map->rows[i].to, to) == 0)
			errx(EX_CONFIG, "%s:%zu: %s: given twice", name,
			    t->line[row], from);
	r->from = xstrdup(from);
	r->to = xstrdup(to);
	r->use = map_use(to);
	r->is_sign = *cell(t, row, c->sign) != '\0';
	if (*form != '\0' && (!form_parse(&r->form, form) || !form_fits(r)))
		errx(EX_CONFIG, "%s:%zu: %s: no form of \"%s\"", name,
		    t->line[row], form, to);
	map->n++;
}

static void
read_rows(struct map *map, const char *name, const struct table *t)
{
	struct columns c = { table_column(t, "from"), table_column(t, "to"),
	    table_column(t, "form"), table_column(t, "sign") };
	size_t row;

	if (c.from == -1 || c.to == -1)
		errx(EX_CONFIG, "%s: no columns from and to", name);
	map->rows = xcalloc(t->nrow, sizeof(*map->rows));
	for (row = 1; row < t->nrow; row++)
		read_row(map, name, t, row, &c);
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

static _Noreturn void
no_map(const char *name)
{
	const char *const *known = map_names();
	struct buf b = { 0 };

	for (; *known != NULL; known++)
		buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", *known);
	errx(EX_CONFIG, "%s: no such map; there are: %s, and files, whose "
	    "names have a slash or a period", name, b.p);
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
			no_map(name);
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

/* "Key-words" is "keyword". */
static void
fold(struct buf *b, const char *s, size_t n)
{
	size_t i;

	buf_reset(b);
	for (i = 0; i < n; i++)
		if ((s[i] & 0x80) != 0 || isalnum((unsigned char)s[i]))
			buf_addc(b, (char)tolower((unsigned char)s[i]));
	if (b->len > 1 && b->p[b->len - 1] == 's')
		b->p[--b->len] = '\0';
}

const struct map_row *
map_general(const char *name, size_t n)
{
	static struct intern names;
	static struct buf b;
	const struct map *map = map_find("general");
	uint32_t i;

	for (i = (uint32_t)names.n; i < map->n; i++) {
		fold(&b, map->rows[i].from, strlen(map->rows[i].from));
		if (intern(&names, b.p, b.len) != i)
			errx(EX_CONFIG, "general: %s: given twice",
			    map->rows[i].from);
	}
	fold(&b, name, n);
	i = intern_find(&names, b.p, b.len);
	return i != UINT32_MAX ? &map->rows[i] : NULL;
}

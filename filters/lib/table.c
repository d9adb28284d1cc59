/* table - the files of schemas/, built into the programs */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/table.h"
#include "lib/utf8.h"

const struct table_file *
table_find(const char *name)
{
	const struct table_file *f;

	for (f = table_files; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

void
table_parse(struct table *t, const char *name, const char *data, size_t len)
{
	char *p, *line, *end;
	size_t cap = 0, lcap = 0, ocap = 0, lineno = 0, bom = 0, col;

	memset(t, 0, sizeof(*t));
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
		data += 3;
		len -= 3;
		bom = 3;
	}
	if (!utf8_valid(data, len))
		errx(EX_CONFIG, "%s: not UTF-8", name);
	if (memchr(data, '\0', len) != NULL)
		errx(EX_CONFIG, "%s: NUL byte", name);
	t->text = xmalloc(len + 1);
	memcpy(t->text, data, len);
	t->text[len] = '\0';
	end = t->text + len;
	for (line = t->text; line < end; line = p + 1) {
		char *cell, *tab;

		lineno++;
		p = memchr(line, '\n', (size_t)(end - line));
		if (p == NULL)
			p = end;
		*p = '\0';
		if (p > line && p[-1] == '\r')
			p[-1] = '\0';
		if (*line == '\0' || *line == '#')
			continue;
		col = 0;
		for (cell = line; cell != NULL; cell = tab) {
			tab = strchr(cell, '\t');
			if (tab != NULL)
				*tab++ = '\0';
			if (t->nrow > 0 && col == t->ncol)
				errx(EX_CONFIG, "%s:%zu: more cells than the "
				    "header has columns", name, lineno);
			grow(&t->cell, &cap, t->nrow * t->ncol + col + 1,
			    sizeof(*t->cell));
			t->cell[t->nrow * t->ncol + col++] = cell;
		}
		if (t->nrow == 0)
			t->ncol = col;
		while (col < t->ncol) {
			grow(&t->cell, &cap, t->nrow * t->ncol + col + 1,
			    sizeof(*t->cell));
			t->cell[t->nrow * t->ncol + col++] = p;
		}
		grow(&t->line, &lcap, t->nrow + 1, sizeof(*t->line));
		grow(&t->offset, &ocap, t->nrow + 1, sizeof(*t->offset));
		t->offset[t->nrow] = (size_t)(line - t->text) + bom;
		t->line[t->nrow++] = lineno;
	}
	if (t->nrow == 0)
		errx(EX_CONFIG, "%s: no header row", name);
}

void
table_free(struct table *t)
{
	free(t->text);
	free(t->cell);
	free(t->line);
	free(t->offset);
	memset(t, 0, sizeof(*t));
}

const char *
table_cell(const struct table *t, size_t row, size_t col)
{
	return t->cell[row * t->ncol + col];
}

int
table_column(const struct table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->ncol; i++)
		if (strcmp(t->cell[i], name) == 0)
			return (int)i;
	return -1;
}

struct entry {
	char	*key;		/* owned; the value stands behind its NUL */
	size_t	 n;
	size_t	 vlen;
};

struct dict {
	struct entry	*slot;
	size_t		 mask;
	size_t		 count;
};

static struct entry *
find(const struct dict *d, const char *key, size_t n)
{
	size_t i = XXH3_64bits(key, n) & d->mask;

	while (d->slot[i].key != NULL && (d->slot[i].n != n ||
	    memcmp(d->slot[i].key, key, n) != 0))
		i = (i + 1) & d->mask;
	return &d->slot[i];
}

struct dict *
dict_new(void)
{
	struct dict *d = xcalloc(1, sizeof(*d));

	d->mask = 255;
	d->slot = xcalloc(d->mask + 1, sizeof(*d->slot));
	return d;
}

bool
dict_put(struct dict *d, const char *key, size_t n, const char *value)
{
	struct entry *e, *old = d->slot;
	size_t i, had = d->mask + 1;

	if ((d->count + 1) * 2 > had) {
		d->mask = had * 2 - 1;
		d->slot = xcalloc(had * 2, sizeof(*d->slot));
		for (i = 0; i < had; i++)
			if (old[i].key != NULL)
				*find(d, old[i].key, old[i].n) = old[i];
		free(old);
	}
	e = find(d, key, n);
	if (e->key != NULL)
		return false;
	e->n = n;
	e->vlen = strlen(value);
	e->key = xmalloc(n + e->vlen + 2);
	memcpy(e->key, key, n);
	e->key[n] = '\0';
	memcpy(e->key + n + 1, value, e->vlen + 1);
	d->count++;
	return true;
}

const char *
dict_get(const struct dict *d, const char *key, size_t n)
{
	const struct entry *e = find(d, key, n);

	return e->key == NULL ? NULL : e->key + e->n + 1;
}

struct dict *
dict_load(const char *file)
{
	const struct table_file *f = table_find(file);
	struct dict *d = dict_new();
	struct table t;
	size_t row;

	if (f == NULL)
		errx(EX_SOFTWARE, "%s is not built in", file);
	table_parse(&t, file, f->data, f->len);
	for (row = 1; row < t.nrow; row++) {
		const char *key = table_cell(&t, row, 0);

		if (!dict_put(d, key, strlen(key), table_cell(&t, row, 1)))
			errx(EX_CONFIG, "%s:%zu: %s: given twice", file,
			    t.line[row], key);
	}
	table_free(&t);
	return d;
}

void
dict_free(struct dict *d)
{
	size_t i;

	if (d == NULL)
		return;
	for (i = 0; i <= d->mask; i++)
		free(d->slot[i].key);
	free(d->slot);
	free(d);
}

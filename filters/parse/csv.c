/* csv - rows with a header, parted by commas, semicolons, tabs or other signs */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/delimited.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/form.h"
#include "parse/format.h"
#include "parse/map.h"
#include "parse/sniff.h"

#define SNIFF	(64 * 1024)	/* bytes in which the first line ends */

/* What a field of each row becomes. */
struct column {
	size_t		 field;
	enum map_use	 use;
	const char	*to;
	struct form	 form;
};

struct csv {
	struct document	*doc;
	struct delimited	 rows;
	struct column	*column;	/* in the order in which they count */
	size_t		 ncolumn;
	size_t		 columncap;
	size_t		 width;		/* fields of the header */
	bool		 beside;	/* columns tell of the people besides */
};

/* The header */

static void
add_column(struct csv *c, size_t field, const char *to, enum map_use use,
    const struct form *form)
{
	grow(&c->column, &c->columncap, c->ncolumn + 1, sizeof(*c->column));
	c->column[c->ncolumn++] = (struct column){ field, use, xstrdup(to),
	    *form };
	c->beside = c->beside || use == MAP_BESIDE_PEOPLE ||
	    form->open != '\0';
}

/*
 * What a name becomes that no map tells of; false where it is not one of ours.
 * Names of foreign members are made here, once for all rows.
 */
static bool
add_by_name(struct csv *c, size_t field, const struct row_field *name)
{
	static const struct form none;
	const char *to = entry_own(name->s, name->len);

	if (to != NULL) {
		add_column(c, field, to, map_use(to), &none);
		return true;
	}
	to = entry_foreign_name("csv", name->s, name->len);
	if (to != NULL)
		add_column(c, field, to, MAP_FOREIGN, &none);
	return false;
}

/* The name in the header, or one made where it has none. */
static void
name_column(struct row_field *f, size_t i)
{
	struct buf b = { 0 };

	text_trim(&f->s, &f->len);
	if (f->len > 0)
		return;
	buf_addf(&b, "column_%zu", i + 1);
	f->s = arena_strndup(entry_arena(), b.p, b.len);
	f->len = b.len;
	buf_free(&b);
}

static bool
is_name(const struct row_field *f, const char *name)
{
	return f->len == strlen(name) && memcmp(f->s, name, f->len) == 0;
}

/* Returns whether any column is one of ours, or the map's. */
static bool
read_header(struct csv *c)
{
	const struct map *map = c->doc->map;
	size_t i, j, mapped = map != NULL ? map->n : 0;
	struct row_field *f = c->rows.field;
	const struct map_row *r;
	bool known = false;
	bool *told;

	c->width = c->rows.width = c->rows.n;
	told = xcalloc(c->width, sizeof(*told));
	for (i = 0; i < c->width; i++)
		name_column(&f[i], i);
	for (j = 0; j < mapped; j++)
		for (i = 0; i < c->width; i++) {
			r = &map->rows[j];
			if (!is_name(&f[i], r->from))
				continue;
			told[i] = true;
			if (r->use == MAP_LEFT_OUT)
				continue;
			known = true;
			add_column(c, i, r->to, r->use, &r->form);
		}
	for (i = 0; i < c->width; i++)
		if (!told[i] && add_by_name(c, i, &f[i]))
			known = true;
	free(told);
	return known;
}

/* The header is at the head of the input; false where it is none. */
static bool
take_header(struct csv *c, enum delimited_result result)
{
	struct input *in = c->rows.in;
	const char *s = input_head(in), *why = NULL;

	entry_at(c->doc, in->offset, in->line, s, c->rows.len);
	if (result == DELIMITED_ROW && memchr(s, '\r', c->rows.len) != NULL)
		why = "lines end with a carriage return alone";
	else if (result != DELIMITED_ROW || !utf8_valid(s, c->rows.len))
		why = "no header row";
	else if (!read_header(c))
		why = "no column is known; a map may name them";
	if (why != NULL)
		entry_refuse(c->doc, in->offset, in->line, s, c->rows.len,
		    REJECT_BAD_FORMAT, why);
	return why == NULL;
}

/* Rows */

/* Empty, or what R and others write where there is nothing. */
static bool
is_nothing(const struct row_field *f)
{
	return f->len == 0 || (f->len == 2 && memcmp(f->s, "NA", 2) == 0) ||
	    (f->len == 3 && memcmp(f->s, "N/A", 3) == 0);
}

static void
add_value(struct json *paper, const struct column *col, const char *s,
    size_t n)
{
	bool formed = form_is_set(&col->form);

	switch (col->use) {
	case MAP_PEOPLE:
		if (formed)
			form_names(paper, col->to, &col->form, s, n);
		else
			entry_names(paper, col->to, s, n);
		break;
	case MAP_KEYWORDS:
		if (formed)
			form_keywords(paper, &col->form, s, n);
		else
			entry_keywords(paper, s, n);
		break;
	case MAP_TEXT:
	case MAP_FOREIGN:
		if (formed)
			form_cut(&col->form, &s, &n);
		entry_utf8(paper, col->to, s, n);
		break;
	case MAP_PAGE:
	case MAP_LINK:
	case MAP_ID:
	case MAP_IDS:
		if (formed)
			form_cut(&col->form, &s, &n);
		entry_member(paper, "csv", col->to, s, n);
		break;
	case MAP_LEFT_OUT:
	case MAP_KEY:
	case MAP_BESIDE_PEOPLE:
		break;
	}
}

/*
 * The entry's own identifier, if it has one: of several identifiers in a text
 * the first.
 */
static struct row_field
key_of(const struct column *col, const struct row_field *f)
{
	struct row_field key = *f;
	const char *space;

	form_cut(&col->form, &key.s, &key.len);
	if (col->use == MAP_IDS && (space = memchr(key.s, ' ', key.len)) !=
	    NULL)
		key.len = (size_t)(space - key.s);
	return key;
}

/* What is told of the people, when these are known. */
static void
add_facts(struct csv *c, struct json *paper)
{
	const char *member, *fact;
	const struct row_field *f;
	const struct column *col;

	for (col = c->column; col < c->column + c->ncolumn; col++) {
		f = &c->rows.field[col->field];
		if (col->use != MAP_BESIDE_PEOPLE ||
		    col->field >= c->rows.n || is_nothing(f))
			continue;
		member = entry_beside(col->to, &fact);
		if (form_is_set(&col->form))
			form_facts(paper, member, fact, &col->form, f->s,
			    f->len);
		else
			entry_facts(paper, member, fact, json_string(
			    entry_arena(), f->s, f->len));
	}
	entry_people_done(paper, "authors");
	entry_people_done(paper, "editors");
}

static void
read_row(struct csv *c, struct json *paper)
{
	const struct row_field *f = c->rows.field;
	struct row_field key = { 0 };
	const struct column *col;
	size_t i;

	for (i = c->width; i < c->rows.n; i++)
		if (f[i].len > 0) {
			filter_reject(REJECT_EXTRA_FIELD, NULL, f[i].s,
			    f[i].len, "%zu fields, the header has %zu",
			    c->rows.n, c->width);
			return;
		}
	for (col = c->column; col < c->column + c->ncolumn; col++) {
		f = &c->rows.field[col->field];
		if (col->field >= c->rows.n || is_nothing(f))
			continue;
		if ((col->use == MAP_KEY || col->use == MAP_IDS) &&
		    key.len == 0)
			key = key_of(col, f);
		add_value(paper, col, f->s, f->len);
	}
	if (c->beside)
		add_facts(c, paper);
	if (c->rows.n < c->width)
		filter_note(REJECT_SHORT_ROW, NULL, NULL, 0,
		    "%zu fields, the header has %zu", c->rows.n, c->width);
	entry_emit(c->doc, paper, key.s, key.len);
}

/* A row in which there is nothing at all. */
static bool
is_blank(const struct delimited *r)
{
	struct row_field f;
	size_t i;

	for (i = 0; i < r->n; i++) {
		f = r->field[i];
		text_trim(&f.s, &f.len);
		if (!is_nothing(&f))
			return false;
	}
	return true;
}

/* The row at the head of the input: a paper or a reject. */
static void
take_row(struct csv *c, enum delimited_result result)
{
	static const struct {
		enum reject_code	 code;
		const char		*detail;
	} bad[] = {
		[DELIMITED_OPEN_QUOTE] = { REJECT_OPEN_QUOTE,
		    "a quote that never closes" },
		[DELIMITED_BAD_QUOTE] = { REJECT_BAD_QUOTE, "a quote inside a "
		    "field or text behind a closing quote" },
		[DELIMITED_TOO_LONG] = { REJECT_TOO_LONG,
		    "over the limit of a record, or of 65536 fields" },
	};
	struct input *in = c->rows.in;
	const char *s = input_head(in);
	struct json *paper;

	if (result == DELIMITED_ROW && is_blank(&c->rows)) {
		filter_passed("empty rows");
		return;
	}
	paper = entry_begin(c->doc, in->offset, in->line, s, c->rows.len);
	if (result != DELIMITED_ROW)
		filter_reject(bad[result].code, NULL, NULL, 0, "%s",
		    bad[result].detail);
	else if (entry_is_text(c->doc, s, c->rows.len))
		read_row(c, paper);
}

void
parse_csv(struct document *doc, struct input *in)
{
	struct csv c = { .doc = doc, .rows = { .in = in,
	    .max = filter_max_record() } };
	enum delimited_result result;
	size_t i, n;

	if (!document_text(doc, in))
		return;
	n = input_fill(in, SNIFF);
	if (doc->dialect != NULL)
		c.rows.dialect = *doc->dialect;
	else if (doc->map != NULL && doc->map->dialect != NULL)
		c.rows.dialect = *doc->map->dialect;
	else
		dialect_sniff(&c.rows.dialect, input_head(in), n);
	while ((result = delimited_next(&c.rows)) != DELIMITED_END)
		if (c.width > 0)
			take_row(&c, result);
		else if (result == DELIMITED_ROW && is_blank(&c.rows))
			filter_passed("empty rows");
		else if (!take_header(&c, result))
			break;
	for (i = 0; i < c.ncolumn; i++)
		free((void *)(uintptr_t)c.column[i].to);
	free(c.column);
	delimited_free(&c.rows);
}

const char *
sniff_csv(const struct sniff *s)
{
	return sniff_column(s, "title") && s->root[0] == '\0' &&
	    s->paths == NULL ? "its first line has a column title" : NULL;
}

/* csv - rows with a header, parted by commas, semicolons, tabs or other signs */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/delimited.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/columns.h"
#include "parse/form.h"
#include "parse/format.h"
#include "parse/map.h"
#include "parse/sniff.h"

#define LEAD	16		/* rows among which the header is */

struct csv {
	struct document	*doc;
	struct delimited	 rows;
	struct columns	 columns;
	struct buf	 header;	/* as it is written */
	size_t		 width;		/* fields of the header, 0 before it */
	bool		 sniffs;	/* nobody told the dialect */
	/* the rows in front of the header */
	struct lead {
		size_t		 n;
		size_t		 width;		/* filled fields, at most */
		uint64_t	 place, line;	/* of the first */
		struct buf	 text;
		const char	*why;		/* it is no header */
	}		 lead;
};

/* The header */

/* "sep=;", which Excel reads and writes in front of the header. */
static bool
take_sep(struct csv *c)
{
	static const char sep[] = "sep=";
	struct input *in = c->rows.in;
	char name[2] = "";
	const char *s;
	size_t n, i;

	n = input_fill(in, 16);
	s = input_head(in);
	i = n > 0 && *s == '"';
	if (n < i + 5 || strncasecmp(s + i, sep, 4) != 0)
		return false;
	name[0] = s[i + 4];
	i += 5;
	i += i < n && s[0] == '"' && s[i] == '"';
	i += i < n && s[i] == '\r';
	if ((i < n && s[i] != '\n') || !dialect_parse(&c->rows.dialect, name))
		return false;
	input_skip(in, i + (i < n));
	return true;
}

static void
choose_dialect(struct csv *c)
{
	const struct map *map = c->doc->map;
	bool sep = take_sep(c);

	if (c->doc->dialect != NULL)
		c->rows.dialect = *c->doc->dialect;
	else if (!sep && map != NULL && map->dialect != NULL)
		c->rows.dialect = *map->dialect;
	else if ((c->sniffs = !sep))
		delimited_sniff(&c->rows);
}

static size_t
count_filled(const struct delimited *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += r->field[i].len > 0;
	return n;
}

/*
 * Whether the row is the header.  Behind rows that were none it has to have a
 * title, something else, and more in it than these.
 */
static bool
is_header(struct csv *c, const char **why)
{
	columns_read(&c->columns, c->doc->map, c->rows.field, c->rows.n);
	if (c->lead.n == 0)
		*why = "no column is known; a map may name them";
	else
		*why = "no header row";
	return c->columns.known > 0 && (c->lead.n == 0 || (c->columns.title &&
	    c->columns.known > 1 && count_filled(&c->rows) > c->lead.width));
}

static void
add_lead(struct csv *c, enum delimited_result result, const char *why)
{
	struct input *in = c->rows.in;
	size_t n = result == DELIMITED_ROW ? count_filled(&c->rows) : 0;

	if (c->lead.n++ == 0) {
		c->lead.place = document_place(c->doc, in->offset);
		c->lead.line = in->line;
		c->lead.why = why;
		buf_add(&c->lead.text, input_head(in), c->rows.len);
	}
	if (n > c->lead.width)
		c->lead.width = n;
}

/* The row at the head of the input, before there was a header. */
static void
take_header(struct csv *c, enum delimited_result result)
{
	struct input *in = c->rows.in;
	const char *s = input_head(in), *why = "no header row";

	entry_at(c->doc, in->offset, in->line, s, c->rows.len);
	if (result == DELIMITED_ROW && utf8_valid(s, c->rows.len) &&
	    is_header(c, &why)) {
		c->width = c->rows.width = c->rows.n;
		buf_add(&c->header, s, c->rows.len);
		for (; c->lead.n > 0; c->lead.n--)
			filter_passed("rows in front of the header");
		if (c->columns.foreign.len > 0)
			filter_tell("%s: columns that are kept under their "
			    "own names: %s", c->doc->file,
			    c->columns.foreign.p);
		return;
	}
	columns_free(&c->columns);
	add_lead(c, result, why);
	if (c->sniffs)
		delimited_sniff(&c->rows);
}

static void
refuse(struct csv *c)
{
	entry_begin_at(c->doc, c->lead.place, c->lead.line, c->lead.text.p,
	    c->lead.text.len);
	filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0, "%s", c->lead.why);
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
		if (formed)
			form_cut(&col->form, &s, &n);
		entry_utf8(paper, col->to, s, n);
		break;
	case MAP_FOREIGN:
		entry_foreign_utf8(paper, col->to, s, n);
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

/* Keep a value whose member has one already; false if it has none yet. */
static bool
keep_again(struct json *paper, const struct column *col,
    const struct row_field *f, const struct row_field *key)
{
	const struct json *had = json_get(paper, col->to);

	if (col->use == MAP_KEY ? key->len == 0 : had == NULL)
		return false;
	if (col->other != NULL)
		entry_foreign_utf8(paper, col->other, f->s, f->len);
	else if (had == NULL || had->type != JSON_STRING ||
	    had->len != f->len || memcmp(had->text, f->s, f->len) != 0)
		filter_note(REJECT_REPEATED_FIELD, col->to, f->s, f->len,
		    "a second column");
	return true;
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

	for (col = c->columns.v; col < c->columns.v + c->columns.n; col++) {
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
	for (col = c->columns.v; col < c->columns.v + c->columns.n; col++) {
		f = &c->rows.field[col->field];
		if (col->field >= c->rows.n || is_nothing(f) ||
		    (col->repeats && keep_again(paper, col, f, &key)))
			continue;
		if ((col->use == MAP_KEY || col->use == MAP_IDS) &&
		    key.len == 0)
			key = key_of(col, f);
		add_value(paper, col, f->s, f->len);
	}
	if (c->columns.beside)
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
	if (c->rows.len == c->header.len &&
	    memcmp(s, c->header.p, c->rows.len) == 0) {
		filter_passed("headers again");
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

	if (!document_text(doc, in))
		return;
	input_lines(in);
	choose_dialect(&c);
	while (c.lead.n < LEAD &&
	    (result = delimited_next(&c.rows)) != DELIMITED_END)
		if (c.width > 0)
			take_row(&c, result);
		else if (result == DELIMITED_ROW && is_blank(&c.rows))
			filter_passed("empty rows");
		else
			take_header(&c, result);
	if (c.lead.n > 0)
		refuse(&c);
	document_untitled(doc);
	columns_free(&c.columns);
	buf_free(&c.header);
	buf_free(&c.lead.text);
	delimited_free(&c.rows);
}

const char *
sniff_csv(const struct sniff *s)
{
	return sniff_column(s, "title") && s->root[0] == '\0' &&
	    s->paths == NULL ? "it has a column title" : NULL;
}

/* csv - rows with a header, separated by comma, semicolon or tab */
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/utf8.h"
#include "parse/format.h"
#include "parse/map.h"
#include "parse/sniff.h"

/*
 * Rows are cut here, by the same rules as libcsv's strict ones, and handed to
 * it one by one: it knows neither where a row starts nor how to go on behind
 * a bad one.
 */
enum row_end { ROW_END, ROW_NONE, ROW_OPEN_QUOTE, ROW_BAD_QUOTE, ROW_TOO_LONG };

struct fields {
	struct buf	 text;		/* all fields, a NUL behind each */
	size_t		*at;		/* where each begins */
	size_t		 n;
	size_t		 cap;
};

struct csv {
	struct document	*doc;
	struct input	*in;
	int		 delim;
	struct fields	 row;
	struct fields	 header;	/* member names, "" what is left out */
	bool		 beside;	/* columns run beside the names */
};

/* What stands where in the row at the head of the input. */
enum state { START, PLAIN, QUOTED, QUOTE_SEEN };

/*
 * Find the end of the row: *len is its length without the line break, *skip
 * with it.  For a row that does not end well both are those of its first
 * line, as far as that was read.
 */
static enum row_end
cut(struct input *in, int delim, size_t *len, size_t *skip)
{
	size_t max = filter_max_record(), have, i = 0, line = 0;
	enum row_end result = ROW_END;
	enum state state = START;
	const char *p;
	int c;

	for (;;) {
		if (i > max) {
			result = state == QUOTED ? ROW_OPEN_QUOTE : ROW_TOO_LONG;
			break;
		}
		have = input_fill(in, i + 1);
		p = input_head(in);
		if (have == 0)
			return ROW_NONE;
		if (i == have) {
			/* what an error cut is no row: it is rejected as such */
			if (in->error != NULL) {
				input_skip(in, have);
				return ROW_NONE;
			}
			if (state == QUOTED)
				result = ROW_OPEN_QUOTE;
			break;
		}
		if (state == QUOTED) {
			const char *q = memchr(p + i, '"', have - i);

			if (line == 0) {
				const char *nl = memchr(p + i, '\n', have - i);

				if (nl != NULL && (q == NULL || nl < q))
					line = (size_t)(nl + 1 - p);
			}
			i = q != NULL ? (size_t)(q - p) + 1 : have;
			if (q != NULL)
				state = QUOTE_SEEN;
			continue;
		}
		c = (unsigned char)p[i];
		if (c == '\n' || (c == '\r' && i + 1 < input_fill(in, i + 2) &&
		    input_head(in)[i + 1] == '\n'))
			break;
		i++;
		if (c == delim)
			state = START;
		else if (c == '"' && state == QUOTE_SEEN && p[i - 2] == '"')
			state = QUOTED;
		else if (c == '"' && state == START)
			state = QUOTED;
		else if (c == '"' || (state == QUOTE_SEEN && c != ' ' &&
		    c != '\t')) {
			result = ROW_BAD_QUOTE;
			break;
		} else if (state == START && c != ' ' && c != '\t')
			state = PLAIN;
	}
	p = input_head(in);
	if (result == ROW_END) {
		*len = i;
		have = input_fill(in, i + 2);
		p = input_head(in);
		*skip = i + (i < have) + (i + 1 < have && p[i] == '\r');
		return result;
	}
	if (line == 0) {
		const char *nl;

		have = input_fill(in, i + 4096);
		p = input_head(in);
		nl = memchr(p, '\n', have);
		line = nl != NULL ? (size_t)(nl + 1 - p) : have;
	}
	*skip = *len = line;
	return result;
}

static void
on_field(void *s, size_t n, void *ctx)
{
	struct fields *f = ctx;

	grow(&f->at, &f->cap, f->n + 1, sizeof(*f->at));
	f->at[f->n++] = f->text.len;
	buf_add(&f->text, s, n);
	buf_addc(&f->text, '\0');
}

static const char *
field(const struct fields *f, size_t i, size_t *n)
{
	size_t end = i + 1 < f->n ? f->at[i + 1] : f->text.len;

	*n = end - f->at[i] - 1;
	return f->text.p + f->at[i];
}

/* Fields of one row by libcsv; false where it does not take the row. */
static bool
split(struct fields *f, int delim, const char *s, size_t n)
{
	struct csv_parser p;
	bool ok;

	f->n = 0;
	buf_reset(&f->text);
	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	csv_set_realloc_func(&p, xrealloc);
	csv_set_delim(&p, (unsigned char)delim);
	ok = csv_parse(&p, s, n, on_field, NULL, f) == n &&
	    csv_fini(&p, on_field, NULL, f) == 0;
	csv_free(&p);
	return ok;
}

/* The separator that the header row has most of, outside of quotes. */
static int
sniff_delim(const char *s, size_t n)
{
	static const char delims[] = ",;\t";
	size_t count[3] = { 0 }, i, best = 0;
	bool quoted = false;
	const char *d;

	for (i = 0; i < n; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] != '\0' &&
		    (d = strchr(delims, s[i])) != NULL)
			count[d - delims]++;
	}
	for (i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return delims[best];
}

/* Returns whether any column is one of ours. */
static bool
read_header(struct csv *c)
{
	const char *name, *mapped, *own;
	struct buf unique = { 0 };
	bool known = c->doc->map != NULL;
	size_t i, n;

	for (i = 0; i < c->row.n; i++) {
		name = field(&c->row, i, &n);
		mapped = c->doc->map != NULL ? map_get(c->doc->map, name, n) :
		    NULL;
		buf_reset(&unique);
		if (mapped != NULL) {
			name = mapped;
			n = strlen(name);
		}
		if ((own = entry_own(name, n)) != NULL) {
			buf_adds(&unique, own);
			known = true;
		} else if (mapped != NULL || n > 0)
			buf_add(&unique, name, n);
		else
			buf_addf(&unique, "column_%zu", i + 1);
		if (entry_beside(unique.p, &name) != NULL)
			c->beside = true;
		on_field(unique.p, unique.len, &c->header);
	}
	buf_free(&unique);
	return known;
}

/* Columns that run beside the names, when these are known. */
static void
add_facts(struct csv *c, struct json *paper)
{
	const char *member, *fact, *s;
	size_t i, n;

	for (i = 0; i < c->row.n; i++) {
		member = entry_beside(field(&c->header, i, &n), &fact);
		s = field(&c->row, i, &n);
		if (member != NULL)
			entry_facts(paper, member, fact,
			    json_string(entry_arena(), s, n));
	}
	entry_people_done(paper, "authors");
	entry_people_done(paper, "editors");
}

static void
read_row(struct csv *c, struct json *paper)
{
	const char *key = NULL, *member, *fact, *s;
	size_t keylen = 0, i, n, unused;

	for (i = 0; i < c->row.n; i++) {
		s = field(&c->row, i, &n);
		if (i >= c->header.n) {
			if (n == 0)
				continue;
			filter_reject(REJECT_EXTRA_FIELD, NULL, s, n,
			    "%zu fields, the header has %zu", c->row.n,
			    c->header.n);
			return;
		}
		member = field(&c->header, i, &unused);
		if (strcmp(member, "id") == 0) {
			key = s;
			keylen = n;
		} else if (*member != '\0' &&
		    entry_beside(member, &fact) == NULL)
			entry_member(paper, "csv", member, s, n);
	}
	if (c->beside)
		add_facts(c, paper);
	if (c->row.n < c->header.n)
		filter_note(REJECT_SHORT_ROW, NULL, NULL, 0,
		    "%zu fields, the header has %zu", c->row.n, c->header.n);
	entry_emit(c->doc, paper, key, keylen);
}

static const struct {
	enum reject_code	 code;
	const char		*detail;
} bad_end[] = {
	[ROW_OPEN_QUOTE] = { REJECT_OPEN_QUOTE, "a quote that never closes" },
	[ROW_BAD_QUOTE] = { REJECT_BAD_QUOTE,
	    "a quote inside a field or text behind a closing quote" },
	[ROW_TOO_LONG] = { REJECT_TOO_LONG, "over the limit of a record" },
};

static bool
take_header(struct csv *c, enum row_end end, size_t len)
{
	const char *raw = input_head(c->in);

	if (end == ROW_END && memchr(raw, '\r', len) != NULL) {
		entry_refuse(c->doc, c->in->offset, c->in->line, raw, len,
		    REJECT_BAD_FORMAT, "lines end with a carriage return alone");
		return false;
	}
	if (end == ROW_END && utf8_valid(raw, len) &&
	    split(&c->row, c->delim, raw, len)) {
		if (read_header(c))
			return true;
		entry_refuse(c->doc, c->in->offset, c->in->line, raw, len,
		    REJECT_BAD_FORMAT, "no column is known; a map may name them");
		return false;
	}
	entry_refuse(c->doc, c->in->offset, c->in->line, raw, len,
	    REJECT_BAD_FORMAT, "no header row");
	return false;
}

/* The row at the head of the input, len bytes: a paper or a reject. */
static void
take_row(struct csv *c, enum row_end end, size_t len)
{
	const char *raw = input_head(c->in);
	struct json *paper;

	paper = entry_begin(c->doc, c->in->offset, c->in->line, raw, len);
	if (end != ROW_END)
		filter_reject(bad_end[end].code, NULL, NULL, 0, "%s",
		    bad_end[end].detail);
	else if (!entry_is_text(c->doc, raw, len))
		return;
	else if (!split(&c->row, c->delim, raw, len))
		filter_reject(REJECT_BAD_QUOTE, NULL, NULL, 0,
		    "not taken by libcsv");
	else
		read_row(c, paper);
}

static bool
is_blank(const char *s, size_t n)
{
	while (n > 0 && strchr(" \t\r\n", *s) != NULL) {
		s++;
		n--;
	}
	return n == 0;
}

void
parse_csv(struct document *doc, struct input *in)
{
	struct csv c = { .doc = doc, .in = in };
	size_t len, skip;
	const char *nl;
	enum row_end end;

	if (!document_text(doc, in))
		return;
	len = input_fill(in, 64 * 1024);
	nl = len > 0 ? memchr(input_head(in), '\n', len) : NULL;
	c.delim = sniff_delim(input_head(in), nl != NULL ?
	    (size_t)(nl - input_head(in)) : len);
	while ((end = cut(in, c.delim, &len, &skip)) != ROW_NONE) {
		if (end != ROW_END || !is_blank(input_head(in), len)) {
			if (c.header.n > 0)
				take_row(&c, end, len);
			else if (!take_header(&c, end, len))
				break;
		}
		if (end != ROW_END && input_head(in)[skip - 1] != '\n')
			input_skip_line(in, skip);
		else
			input_skip(in, skip);
	}
	buf_free(&c.row.text);
	buf_free(&c.header.text);
	free(c.row.at);
	free(c.header.at);
}

const char *
sniff_csv(const struct sniff *s)
{
	return sniff_column(s, "title") && s->root[0] == '\0' &&
	    s->paths == NULL ? "its first line has a column title" : NULL;
}

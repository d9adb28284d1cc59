/* tagged - cut documents of tagged lines into records, and records into fields */
#include <string.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/tagged.h"

#define SHOWN	4096	/* bytes of what is no record, for the reject */

/* A line of the document; next is in bytes behind the head of the input. */
struct line {
	size_t	 next;			/* where the next one begins */
	enum { LINE_BLANK, LINE_TEXT, LINE_TAG } kind;
	char	 tag[TAG_MAX + 1];
	bool	 open;			/* its end was not found in time */
};

struct reader {
	const struct dialect	*d;
	struct document		*doc;
	struct input		*in;
	bool			 inside;	/* a line, not at its front */
	bool			 lost;		/* in a record over the limit */
	bool			 text;		/* seen: any text */
	bool			 known;		/* a tag that only this has */
	bool			 begun;		/* the tag that begins */
	struct stray {
		uint64_t	 place, line;
		struct buf	 text;
	}			 stray;		/* fields before any record */
};

/* Lines */

/* The length of the line at p without its end, n if that is not there. */
static size_t
line_length(const char *p, size_t n)
{
	const char *lf, *cr;
	size_t i, m;

	/* by pieces: there may be many CR and no LF */
	for (i = 0; i < n; i += m) {
		m = n - i < 512 ? n - i : 512;
		lf = memchr(p + i, '\n', m);
		cr = memchr(p + i, '\r', lf != NULL ? (size_t)(lf - p - i) : m);
		if (cr != NULL || lf != NULL)
			return (size_t)((cr != NULL ? cr : lf) - p);
	}
	return n;
}

/* The length of the end of line at p: LF, CR LF, CR CR LF, or CR alone. */
static size_t
end_length(const char *p, size_t n)
{
	if (n > 1 && p[0] == '\r' && p[1] == '\n')
		return 2;
	if (n > 2 && p[0] == '\r' && p[1] == '\r' && p[2] == '\n')
		return 3;
	return n > 0 ? 1 : 0;
}

/* The tag of a line, if it has one, and where its value begins; else 0. */
static size_t
read_tag(const struct dialect *d, const char *p, size_t n, char *tag)
{
	size_t bom = n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	size_t len = d->tag(p + bom, n - bom, tag);

	return len > 0 ? bom + len : 0;
}

/* Read the line at, of which no more than max bytes are wanted. */
static bool
read_line(struct reader *r, size_t at, size_t max, struct line *l)
{
	size_t have = input_fill(r->in, at + 1), len = 0, more;
	const char *p;

	if (have <= at)
		return false;
	for (;;) {
		len += line_length(input_head(r->in) + at + len,
		    have - at - len);
		if (at + len < have || len > max)
			break;
		if ((more = input_fill(r->in, have + 1)) == have)
			break;
		have = more;
	}
	/* as much, whatever was read at a time */
	if ((l->open = len > max))
		len = max + 1;
	have = input_fill(r->in, at + len + 3);
	p = input_head(r->in) + at;
	l->next = at + len;
	if (!l->open)
		l->next += end_length(p + len, have - at - len);
	if (read_tag(r->d, p, len, l->tag) > 0)
		l->kind = LINE_TAG;
	else {
		text_trim(&p, &len);
		l->kind = len > 0 ? LINE_TEXT : LINE_BLANK;
	}
	return true;
}

/* Records */

static bool
is_around(const struct dialect *d, const char *tag)
{
	const char *const *p;

	for (p = d->around; p != NULL && *p != NULL; p++)
		if (strcmp(*p, tag) == 0)
			return true;
	return false;
}

static bool
is_tag(const struct line *l, const char *tag)
{
	return l->kind == LINE_TAG && tag != NULL && strcmp(l->tag, tag) == 0;
}

/* Fields that belong to no record are of one that lacks its beginning. */
static void
refuse_stray(struct reader *r)
{
	struct stray *s = &r->stray;

	if (s->text.len == 0)
		return;
	entry_begin_at(r->doc, s->place, s->line, s->text.p, s->text.len);
	filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
	    "fields before the first %s", r->d->begin);
	buf_reset(&s->text);
}

static void
keep_stray(struct reader *r, const struct line *l)
{
	struct stray *s = &r->stray;

	if (s->text.len == 0) {
		s->place = document_place(r->doc, r->in->offset);
		s->line = r->in->line;
	}
	if (s->text.len < SHOWN)
		buf_add(&s->text, input_head(r->in), l->next);
}

/*
 * Whether the line begins a record.  One that is no beginning but by what it
 * follows does not in a record that was lost, nor before the document has
 * shown that it is of this dialect.
 */
static bool
begins(struct reader *r, const struct line *l, bool blank)
{
	if (l->kind != LINE_TAG || r->inside)
		return false;
	if (strcmp(l->tag, r->d->begin) == 0)
		return r->begun = true;
	if (is_tag(l, r->d->end) || is_around(r->d, l->tag))
		return false;
	if (r->lost)
		return r->d->blank != BLANK_IS_NOTHING && blank;
	return r->begun || r->d->loose;
}

/* Move to the line that begins the next record; false: there is none. */
static bool
find_record(struct reader *r)
{
	bool blank = false;
	struct line l;

	while (read_line(r, 0, SHOWN, &l)) {
		if (begins(r, &l, blank))
			return true;
		if (l.kind != LINE_BLANK)
			r->text = true;
		if (l.kind == LINE_TAG && !r->inside) {
			if (is_tag(&l, r->d->end))
				r->lost = false;
			else if (is_around(r->d, l.tag)) {
				r->known = true;
				r->lost = false;
			} else if (!r->lost)
				keep_stray(r, &l);
		}
		blank = l.kind == LINE_BLANK && !r->inside;
		r->inside = l.open;
		input_skip(r->in, l.next);
	}
	return false;
}

/* Whether the record that was read so far ends in front of the line. */
static bool
ends_before(const struct dialect *d, const struct line *l, bool blank)
{
	if (l->kind == LINE_BLANK)
		return d->blank == BLANK_ENDS;
	return l->kind == LINE_TAG && (strcmp(l->tag, d->begin) == 0 ||
	    is_around(d, l->tag) ||
	    (d->blank == BLANK_ENDS_BEFORE_TAG && blank));
}

enum ending { ENDS, ENDS_BY_NEXT, ENDS_BY_INPUT, ENDS_NOT };

/*
 * How the record at the head of the input ends; *n is how long it is.  Of one
 * over the limit that is what was looked at.
 */
static enum ending
measure(struct reader *r, size_t *n)
{
	size_t max = filter_max_record();
	bool blank = false;
	struct line l;

	for (*n = 0; *n <= max; *n = l.next) {
		if (!read_line(r, *n, max - *n, &l))
			return ENDS_BY_INPUT;
		if (*n > 0 && ends_before(r->d, &l, blank))
			return ENDS_BY_NEXT;
		r->inside = l.open;
		if (is_tag(&l, r->d->end)) {
			*n = l.next;
			return ENDS;
		}
		blank = l.kind == LINE_BLANK;
	}
	return ENDS_NOT;
}

/* Whether the record at the head, n bytes, is none for how it ends. */
static bool
refuse_record(struct reader *r, enum ending ending, size_t n)
{
	static struct buf detail;
	const char *raw = input_head(r->in);
	enum reject_code code = REJECT_CUT_SHORT;

	buf_reset(&detail);
	if (ending == ENDS_NOT) {
		code = REJECT_TOO_LONG;
		buf_adds(&detail, "over the limit of a record");
	} else if (ending == ENDS_BY_INPUT && r->d->end != NULL)
		buf_addf(&detail, "no %s before the end", r->d->end);
	else if (ending == ENDS_BY_INPUT && r->in->error != NULL)
		buf_adds(&detail, "the document is cut in it");
	else
		return false;
	text_trim(&raw, &n);
	entry_refuse(r->doc, r->in->offset, r->in->line, raw, n, code,
	    detail.p);
	return true;
}

static void
take_record(struct reader *r, enum ending ending, size_t n)
{
	const char *s = input_head(r->in), *key;
	bool in_line = n > 0 && s[n - 1] != '\n' && s[n - 1] != '\r';
	char tag[TAG_MAX + 1] = "";
	struct json *paper;

	if (refuse_record(r, ending, n)) {
		r->lost = ending == ENDS_NOT;
		return;
	}
	text_trim(&s, &n);
	paper = entry_begin(r->doc, r->in->offset, r->in->line, s, n);
	if (!entry_is_text(r->doc, s, n))
		return;
	read_tag(r->d, s, n, tag);
	if (r->begun && strcmp(tag, r->d->begin) != 0)
		filter_note(REJECT_OPEN_RECORD, r->d->begin, NULL, 0,
		    "a record that does not begin with %s", r->d->begin);
	if (ending == ENDS_BY_NEXT && r->d->end != NULL)
		filter_note(REJECT_OPEN_RECORD, r->d->end, NULL, 0,
		    "a record that does not end with %s", r->d->end);
	/* what has no last line may be cut anywhere */
	if (ending == ENDS_BY_INPUT && in_line)
		filter_note(REJECT_OPEN_RECORD, NULL, NULL, 0,
		    "the document ends in a line: it may be cut short");
	key = tagged_paper(r->d, paper, s, n);
	entry_emit(r->doc, paper, key, key != NULL ? strlen(key) : 0);
}

void
tagged_read(struct document *doc, struct input *in, const struct dialect *d)
{
	struct reader r = { .d = d, .doc = doc, .in = in };
	uint64_t place, line = in->line;
	bool records = false;
	enum ending ending;
	size_t n;

	if (!document_text(doc, in))
		return;
	place = document_place(doc, in->offset);
	while (find_record(&r)) {
		records = true;
		r.lost = false;
		refuse_stray(&r);
		ending = measure(&r, &n);
		take_record(&r, ending, n);
		input_skip(in, n);
	}
	if (records || r.known)
		refuse_stray(&r);
	else if (r.text && in->error == NULL) {
		entry_begin_at(doc, place, line, NULL, 0);
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "no record of %s", d->format);
	}
	buf_free(&r.stray.text);
}

/* Fields */

/* A further line of a value, behind that many empty ones. */
static void
add_line(struct tagged_field *f, struct buf *joined, size_t blanks,
    const char *s, size_t n)
{
	if (f->n == 0) {
		f->s = s;
		f->n = n;
		return;
	}
	if (f->s != joined->p) {
		buf_reset(joined);
		buf_add(joined, f->s, f->n);
	}
	for (blanks++; blanks > 0; blanks--)
		buf_addc(joined, '\n');
	buf_add(joined, s, n);
	f->s = joined->p;
	f->n = joined->len;
}

bool
tagged_next(const struct dialect *d, const char **s, const char *end,
    struct tagged_field *f)
{
	static struct buf joined;
	char tag[TAG_MAX + 1] = "";
	size_t n, len, at, blanks = 0;
	const char *p, *value;
	bool first = true;

	for (p = *s; p < end; p += n + end_length(p + n,
	    (size_t)(end - p) - n)) {
		n = line_length(p, (size_t)(end - p));
		at = read_tag(d, p, n, tag);
		if (at > 0 && !first)
			break;
		value = p + at;
		len = n - at;
		text_trim(&value, &len);
		if (first) {
			memcpy(f->tag, tag, sizeof(tag));
			f->s = value;
			f->n = len;
			first = false;
		} else if (len == 0)
			blanks++;
		else {
			add_line(f, &joined, blanks, value, len);
			blanks = 0;
		}
	}
	*s = p;
	return !first;
}

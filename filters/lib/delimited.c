/* delimited - rows of delimited text, cut from a stream */
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/delimited.h"
#include "lib/input.h"

#define LOOKED	(64 * 1024)	/* bytes in which a header ends */
#define SHOWN	4096		/* bytes looked at for the end of a bad line */

bool
dialect_parse(struct dialect *d, const char *name)
{
	static const struct {
		const char	*name;
		struct dialect	 dialect;
	} known[] = {
		{ "comma", { ',', true, false, false } },
		{ "semicolon", { ';', true, false, false } },
		{ "tab", { '\t', true, false, false } },
		{ "pipe", { '|', true, false, false } },
		{ "tsv", { '\t', false, true, false } },
		{ "tsv-lines", { '\t', false, true, true } },
	};
	bool bare = strncmp(name, "bare-", 5) == 0;
	size_t i;

	name += bare ? 5 : 0;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].name, name) == 0) {
			*d = known[i].dialect;
			d->bare |= bare;
			return d->quotes || !bare;
		}
	*d = (struct dialect){ *name, true, bare, false };
	return *name != '\0' && name[1] == '\0' && (ispunct(
	    (unsigned char)*name) || *name == '\t') && *name != '"';
}

void
dialect_sniff(struct dialect *d, const char *s, size_t n)
{
	static const char delims[] = ",;\t|";
	size_t count[4] = { 0 }, i, best = 0;
	bool quoted = false;
	const char *at;

	for (i = 0; i < n && (quoted || s[i] != '\n'); i++)
		if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] != '\0' &&
		    (at = strchr(delims, s[i])) != NULL)
			count[at - delims]++;
	for (i = 1; i < 4; i++)
		if (count[i] > count[best])
			best = i;
	*d = (struct dialect){ delims[best], true, false, false };
}

/* A field, in bytes from the head of the input, which may move. */
struct cut {
	size_t	 from;
	size_t	 to;
	bool	 doubled;	/* it has quotes that are written twice */
};

/* Where the scan of a row is. */
struct scan {
	struct input	*in;
	const char	*p;		/* the head */
	size_t		 i;		/* from there */
	size_t		 have;		/* not more than the limit and one */
	size_t		 max;
	size_t		 line;		/* behind the first line break, or 0 */
	bool		 bare;		/* a quote is in a field without quotes */
};

/* The first of three bytes from s on, or end. */
static const char *
find_any(const char *s, const char *end, char a, char b, char c)
{
#ifdef __SSE2__
	const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
	const __m128i vc = _mm_set1_epi8(c);

	for (; end - s >= 16; s += 16) {
		__m128i v = _mm_loadu_si128((const void *)s);
		int mask = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(
		    _mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)),
		    _mm_cmpeq_epi8(v, vc)));

		if (mask != 0)
			return s + __builtin_ctz((unsigned)mask);
	}
#endif
	while (s < end && *s != a && *s != b && *s != c)
		s++;
	return s;
}

/* Have a byte at i; false at the end of the data or of what a row may be. */
static bool
more(struct scan *t)
{
	if (t->i < t->have)
		return true;
	if (t->have > t->max)
		return false;
	t->have = input_fill(t->in, t->i + 1);
	t->p = input_head(t->in);
	if (t->have > t->max)
		t->have = t->max + 1;
	return t->i < t->have;
}

static bool
is_blank(char c, char delim)
{
	return (c == ' ' || c == '\t') && c != delim;
}

static void
skip_blanks(struct scan *t, char delim)
{
	while (more(t) && is_blank(t->p[t->i], delim))
		t->i++;
}

/* Whether what is at i ends a field. */
static bool
ends_field(struct scan *t, char delim)
{
	char c;

	if (!more(t))
		return true;
	c = t->p[t->i];
	if (c != '\r')
		return c == delim || c == '\n';
	t->i++;
	c = more(t) ? t->p[t->i] : '\0';
	t->i--;
	return c == '\n';
}

/* The field behind the quote at i. */
static enum delimited_result
quoted_field(struct scan *t, char delim, struct cut *c)
{
	const char *q, *nl;

	*c = (struct cut){ ++t->i, 0, false };
	for (;; t->i++) {
		do {
			if (!more(t))
				return DELIMITED_OPEN_QUOTE;
			q = memchr(t->p + t->i, '"', t->have - t->i);
			nl = t->line == 0 ? memchr(t->p + t->i, '\n', q != NULL ?
			    (size_t)(q - t->p) - t->i : t->have - t->i) : NULL;
			if (nl != NULL)
				t->line = (size_t)(nl + 1 - t->p);
			t->i = q != NULL ? (size_t)(q - t->p) : t->have;
		} while (q == NULL);
		c->to = t->i++;
		if (!more(t) || t->p[t->i] != '"')
			break;
		c->doubled = true;
	}
	skip_blanks(t, delim);
	return ends_field(t, delim) ? DELIMITED_ROW : DELIMITED_BAD_QUOTE;
}

/* The field at i up to its end, which is at i then. */
static void
plain_field(struct scan *t, const struct dialect *d, struct cut *c)
{
	char quote = d->bare ? '\n' : '"';

	*c = (struct cut){ t->i, 0, false };
	while (more(t)) {
		t->i = (size_t)(find_any(t->p + t->i, t->p + t->have, d->delim,
		    '\n', quote) - t->p);
		if (t->i == t->have)
			continue;
		if (t->p[t->i] != quote || quote == '\n')
			break;
		t->bare = true;
		quote = '\n';
	}
	c->to = t->i;
	if (t->i < t->have && t->p[t->i] == '\n' && c->to > c->from &&
	    t->p[c->to - 1] == '\r')
		c->to--;
}

static enum delimited_result
next_field(struct scan *t, const struct dialect *d, struct cut *c)
{
	size_t from = t->i;

	if (d->quotes && more(t) && (t->p[from] == '"' ||
	    is_blank(t->p[from], d->delim))) {
		skip_blanks(t, d->delim);
		if (more(t) && t->p[t->i] == '"')
			return quoted_field(t, d->delim, c);
		t->i = from;
	}
	plain_field(t, d, c);
	return DELIMITED_ROW;
}

/* Cut the fields of a line, behind the n that are there already. */
static enum delimited_result
cut_line(struct delimited *r, struct scan *t, size_t *n)
{
	enum delimited_result result;

	do {
		if (*n == DELIMITED_FIELDS)
			return DELIMITED_TOO_LONG;
		grow(&r->cut, &r->cutcap, *n + 1, sizeof(*r->cut));
		result = next_field(t, &r->dialect, &r->cut[(*n)++]);
	} while (result == DELIMITED_ROW && t->i < t->have &&
	    t->p[t->i] == r->dialect.delim && ++t->i > 0);
	return result;
}

/* Take the next lines for the rest of a row as long as they fit into it. */
static void
cut_more_lines(struct delimited *r, struct scan *t, size_t *n)
{
	struct scan next;
	size_t count, i;

	while (*n < r->width && t->i < t->have) {
		next = *t;
		next.i++;
		count = *n;
		if (!more(&next))
			break;
		if (cut_line(r, &next, &count) != DELIMITED_ROW)
			count = SIZE_MAX;
		/* it may have moved even if the line is not taken */
		t->p = next.p;
		t->have = next.have;
		if (count - 1 > r->width || next.i > r->max)
			break;
		/* the first field of the line is the rest of the last one */
		r->cut[*n - 1].to = r->cut[*n].to;
		for (i = *n; i + 1 < count; i++)
			r->cut[i] = r->cut[i + 1];
		*n = count - 1;
		t->i = next.i;
	}
}

/* Make the fields of what was cut, n of them. */
static void
set_fields(struct delimited *r, const char *p, size_t n)
{
	const char *s, *end, *q;
	struct row_field *f;
	size_t i;

	grow(&r->field, &r->cap, n, sizeof(*r->field));
	for (i = 0; i < n; i++) {
		f = &r->field[i];
		*f = (struct row_field){ p + r->cut[i].from,
		    r->cut[i].to - r->cut[i].from };
		if (!r->cut[i].doubled)
			continue;
		/* all of them have room in the length of the row */
		if (r->text.cap < r->len + 1)
			buf_reserve(&r->text, r->len + 1);
		s = f->s;
		end = s + f->len;
		f->s = r->text.p + r->text.len;
		for (; (q = memchr(s, '"', (size_t)(end - s))) != NULL;
		    s = q + 2)
			buf_add(&r->text, s, (size_t)(q + 1 - s));
		buf_add(&r->text, s, (size_t)(end - s));
		f->len = (size_t)(r->text.p + r->text.len - f->s);
	}
	r->n = n;
}

/* A row that did not end well is its first line, to be told of. */
static void
end_badly(struct delimited *r, struct scan *t)
{
	const char *nl;

	if (t->line == 0) {
		t->have = input_fill(r->in, t->i + SHOWN);
		t->p = input_head(r->in);
		nl = memchr(t->p, '\n', t->have);
		t->line = nl != NULL ? (size_t)(nl + 1 - t->p) : t->have;
	}
	r->len = r->skip = t->line;
	r->rest = t->line > 0 && input_head(r->in)[t->line - 1] != '\n';
}

enum delimited_result
delimited_next(struct delimited *r)
{
	struct scan t = { .in = r->in, .max = r->max };
	enum delimited_result result;
	size_t n = 0;

	if (r->rest)
		input_skip_line(r->in, r->skip);
	else if (r->skip > 0)
		input_skip(r->in, r->skip);
	r->skip = r->n = 0;
	r->rest = false;
	buf_reset(&r->text);
	if (!more(&t))
		return DELIMITED_END;
	result = cut_line(r, &t, &n);
	/* it is the field's own if the row has as many fields as it should */
	if (result == DELIMITED_ROW && t.bare && n != r->width)
		result = DELIMITED_BAD_QUOTE;
	/* an empty line begins no row */
	if (r->dialect.lines && result == DELIMITED_ROW &&
	    (n > 1 || r->cut[0].to > r->cut[0].from))
		cut_more_lines(r, &t, &n);
	if (t.i > r->max && result == DELIMITED_ROW)
		result = DELIMITED_TOO_LONG;
	/* what an error cut is no row: it is rejected as such */
	if (t.i == t.have && t.have <= r->max && r->in->error != NULL) {
		input_skip(r->in, t.have);
		return DELIMITED_END;
	}
	if (result != DELIMITED_ROW) {
		end_badly(r, &t);
		return result;
	}
	r->len = t.i;
	r->skip = t.i + (t.i < t.have);
	if (t.i < t.have && t.p[t.i] == '\r')
		r->skip++;
	else if (t.i < t.have && t.i > 0 && t.p[t.i - 1] == '\r')
		r->len--;
	set_fields(r, t.p, n);
	return DELIMITED_ROW;
}

void
delimited_sniff(struct delimited *r)
{
	size_t n = input_fill(r->in, r->skip + LOOKED);

	if (n > r->skip)
		dialect_sniff(&r->dialect, input_head(r->in) + r->skip,
		    n - r->skip);
}

void
delimited_free(struct delimited *r)
{
	buf_free(&r->text);
	free(r->field);
	free(r->cut);
}

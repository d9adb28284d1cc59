/* bibtex_scan - where the entries of BibTeX begin and end */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/input.h"
#include "parse/bibtex.h"
#include "parse/sniff.h"

#define OPENING		128	/* bytes of "@type {" at most */
#define LOOK		1024	/* and with a key behind it */

void
bib_begin(struct bib_scan *s, struct input *in)
{
	*s = (struct bib_scan){ .in = in, .line = BLANK, .before = '\n',
	    .comment = filter_max_record() };
}

static bool
is_space(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_break(int c)
{
	return c == '\n' || c == '\r';
}

/* The length of "@type {" at p, or 0. */
static size_t
opening(const char *p, const char *end)
{
	const char *s = p + 1;

	if (end - p > OPENING)
		end = p + OPENING;
	while (s < end && is_space((unsigned char)*s))
		s++;
	if (s == end || !isalpha((unsigned char)*s))
		return 0;
	while (s < end && (isalnum((unsigned char)*s) || *s == '_' ||
	    *s == '-'))
		s++;
	while (s < end && is_space((unsigned char)*s))
		s++;
	return s < end && (*s == '{' || *s == '(') ? (size_t)(s + 1 - p) : 0;
}

/* Whether the opening at p is of this type. */
static bool
is_type(const char *p, size_t n, const char *type)
{
	const char *end = p + n;
	size_t len = strlen(type);

	for (p++; is_space((unsigned char)*p); p++)
		;
	return (size_t)(end - p) > len && strncasecmp(p, type, len) == 0 &&
	    (is_space((unsigned char)p[len]) || p + len == end - 1);
}

/*
 * Whether the opening of n bytes is an entry's for sure, wherever it stands:
 * with a key and a comma, or the name of a field, or of a type that has none.
 */
static bool
is_sure(const char *p, size_t n, const char *end)
{
	static const char *const types[] = { "string", "comment", "preamble" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (is_type(p, n, types[i]))
			return true;
	if (end - p > LOOK)
		end = p + LOOK;
	for (p += n; p < end && is_space((unsigned char)*p); p++)
		;
	while (p < end && !is_break(*p) && strchr("{}\"=,", *p) == NULL)
		p++;
	while (p < end && is_space((unsigned char)*p))
		p++;
	return p < end && (*p == ',' || *p == '=');
}

/* The line behind one more byte. */
static enum bib_line
after(enum bib_line line, int c)
{
	if (is_break(c))
		return BLANK;
	if (is_space(c) || line == COMMENT || line == TEXT)
		return line;
	if (c == '%')
		return PERCENT;
	return line == PERCENT ? COMMENT : TEXT;
}

/* Look at what is passed by. */
static void
pass_by(struct bib_scan *s, const char *p, size_t n)
{
	const char *end = p + n, *last;

	if (n > 0)
		s->before = (unsigned char)end[-1];
	for (; p < end && !s->text; p++) {
		s->line = after(s->line, (unsigned char)*p);
		s->text = s->line == TEXT;
	}
	for (last = end; last > p && !is_break(last[-1]); last--)
		;
	if (last > p)
		s->line = BLANK;
	for (p = last; p < end && s->line != TEXT && s->line != COMMENT; p++)
		s->line = after(s->line, (unsigned char)*p);
}

/* Whether "name =" follows what is n bytes on: an entry has ended too early. */
bool
bib_is_torn(struct bib_scan *s, size_t n)
{
	size_t have = input_fill(s->in, n + LOOK);
	const char *p = input_head(s->in) + n, *end = input_head(s->in) + have;
	const char *name;

	while (p < end && (is_space((unsigned char)*p) || *p == ',' ||
	    *p == '}'))
		p++;
	for (name = p; p < end && (isalnum((unsigned char)*p) || *p == '-' ||
	    *p == '_'); p++)
		;
	if (p == name)
		return false;
	while (p < end && is_space((unsigned char)*p))
		p++;
	return p < end && *p == '=';
}

void
bib_skip(struct bib_scan *s, size_t n)
{
	pass_by(s, input_head(s->in), n);
	input_skip(s->in, n);
}

/* Whether the opening of n bytes at the head of the input begins an entry. */
static bool
begins(struct bib_scan *s, size_t n, const char *end)
{
	const char *p = input_head(s->in);

	if (s->line == PERCENT) {
		if (is_sure(p, n, end))
			filter_passed("entries commented out");
		return false;
	}
	if (s->strict)
		return s->line == BLANK && is_sure(p, n, end);
	/* "ley@host (Michael Ley)" is an address */
	return p[n - 1] == '{' || (!isalnum(s->before) && is_sure(p, n, end));
}

size_t
bib_next(struct bib_scan *s)
{
	const char *p, *at;
	size_t have, n;

	while ((have = input_fill(s->in, 1)) > 0) {
		p = input_head(s->in);
		at = memchr(p, '@', have);
		if (at == NULL || at > p) {
			bib_skip(s, at == NULL ? have : (size_t)(at - p));
			continue;
		}
		have = input_fill(s->in, LOOK);
		p = input_head(s->in);
		n = opening(p, p + have);
		if (n > 0 && begins(s, n, p + have))
			return n;
		bib_skip(s, 1);
	}
	return 0;
}

/* Whether nothing but spaces is in front of p on its line. */
static bool
is_line_start(const char *p, const char *begin)
{
	while (p > begin && is_space((unsigned char)p[-1]) && !is_break(p[-1]))
		p--;
	return p > begin && is_break(p[-1]);
}

/* Whether an entry for sure begins in the next line, i bytes on. */
static bool
is_next_entry(struct bib_scan *s, size_t i)
{
	const char *p = input_head(s->in), *end;
	size_t n;

	if (!is_line_start(p + i, p))
		return false;
	end = p + input_fill(s->in, i + LOOK);
	end = input_head(s->in) + (end - p);
	p = input_head(s->in) + i;
	return (n = opening(p, end)) > 0 && is_sure(p, n, end);
}

/*
 * Braces tell the end, but an entry that begins a line is one wherever it
 * stands: so one brace too few does not swallow what follows, up to one too
 * many.  In a comment it is part of it.
 */
size_t
bib_measure(struct bib_scan *s, size_t n, size_t *behind)
{
	static const char marks[256] = { ['{'] = 1, ['}'] = 1, ['"'] = 1,
	    [')'] = 1, ['@'] = 1 };
	const char *p = input_head(s->in);
	bool paren = p[n - 1] == '(', quoted = false;
	bool comment = is_type(p, n, "comment");
	size_t max = comment ? s->comment : filter_max_record();
	size_t have, i = n, depth = paren ? 0 : 1;

	s->strict = false;
	while (i < max && i < (have = input_fill(s->in, i + 1))) {
		p = input_head(s->in);
		while (i < have && marks[(unsigned char)p[i]] == 0)
			i++;
		if (i >= have || i >= max)
			continue;
		if (p[i] == '{')
			depth++;
		else if (p[i] == '}') {
			if (depth == 0)
				break;
			if (--depth == 0 && !paren)
				return i + 1;
		} else if (p[i] == '"')
			quoted ^= depth == 0;
		else if (p[i] == ')' && paren && depth == 0 && !quoted)
			return i + 1;
		else if (p[i] == '@' && !comment && is_next_entry(s, i))
			break;
		i++;
	}
	s->strict = true;
	*behind = i;
	if (comment) {
		/* so that comments in open ones are not all read to the end */
		s->comment /= 2;
		*behind = n;
	}
	return 0;
}

/* What is taken for an entry here must begin a word. */
const char *
sniff_bibtex(const struct sniff *s)
{
	const char *p, *end = s->text + s->len;
	size_t n;

	if (s->paths != NULL || *s->header == '<')
		return NULL;
	for (p = s->text; (p = strchr(p, '@')) != NULL; p++) {
		if (p > s->text && strchr(" \t\r\n}", p[-1]) == NULL)
			continue;
		n = opening(p, end);
		if (n > 0 && (p[n - 1] == '{' || is_sure(p, n, end)))
			return "it has an entry of BibTeX";
	}
	return NULL;
}

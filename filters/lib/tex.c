/* tex - TeX in bibliographic text to Unicode */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/markup.h"
#include "lib/tex.h"
#include "lib/tex_parts.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define MAX_NESTED	128
#define MAX_OPTION	256	/* bytes between brackets */

static void	decode(struct buf *, const char *, const char *, enum tex_mode,
		    int);

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *
tex_group_end(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		else if (*p == '{')
			depth++;
		else if (*p == '}' && --depth == 0)
			return p;
	}
	return NULL;
}

static const char *
skip_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

/* Put the mark on the first character of the text, behind those it has. */
static void
add_accented(struct buf *b, struct buf *base, int32_t mark)
{
	const char *p = base->p, *end, *q;
	struct buf pair = { 0 };
	int32_t c;

	if (base->len == 0) {
		/* "\~{}" is how TeX writes the sign itself */
		if (mark == 0x302 || mark == 0x303)
			buf_addc(b, mark == 0x302 ? '^' : '~');
		return;
	}
	end = base->p + base->len;
	c = utf8_next(&p);
	if (c == 0x131)
		c = 'i';
	else if (c == 0x237)
		c = 'j';
	utf8_add(&pair, c);
	for (q = p; q < end && (c = utf8_next(&q)) >= 0x300 && c <= 0x36f; p = q)
		utf8_add(&pair, c);
	utf8_add(&pair, mark);
	text_clean(b, pair.p, pair.len);
	buf_add(b, p, (size_t)(end - p));
	buf_free(&pair);
}

/*
 * The argument of an accent at p, behind its command, which is at start;
 * returns the place behind it.  What no accent can stand on stays as it is.
 */
static const char *
accent(struct buf *b, const char *start, const char *p, const char *end,
    int32_t mark, enum tex_mode mode, int nested)
{
	struct buf base = { 0 };
	const char *close, *from;

	p = skip_space(p, end);
	from = p;
	if (p < end && *p == '{' && (close = tex_group_end(p, end)) != NULL) {
		decode(&base, skip_space(p + 1, close), close, TEX_BIBTEX,
		    nested + 1);
		p = close + 1;
	} else if (p + 1 < end && *p == '\\' && is_letter(p[1])) {
		for (p++; p < end && is_letter(*p); p++)
			;
		decode(&base, from, p, mode, nested + 1);
		p = end - p >= 2 && p[0] == '{' && p[1] == '}' ? p + 2 :
		    skip_space(p, end);
	} else if (p < end && strchr("\\${}", *p) == NULL) {
		utf8_next(&p);
		buf_add(&base, from, (size_t)(p - from));
	}
	if (base.len > 0 ? strchr("\\$", *base.p) == NULL : p > from)
		add_accented(b, &base, mark);
	else
		buf_add(b, start, (size_t)(p - start));
	buf_free(&base);
	return p;
}

/* The "\)" that ends the math at p, behind "\(", or NULL. */
static const char *
paren_end(const char *p, const char *end)
{
	for (; p + 1 < end; p++)
		if (*p == '\\') {
			if (p[1] == '(' || p[1] == ')')
				return p[1] == ')' ? p : NULL;
			p++;
		}
	return NULL;
}

/* The command at p whose name is no letter; returns the place behind it. */
static const char *
sign_command(struct buf *b, const char *p, const char *end,
    enum tex_mode mode, int nested)
{
	const char *name = p + 1, *close;
	size_t n;

	if (name == end || *name == '\0') {
		buf_addc(b, '\\');
		return name;
	}
	if (strchr("`'^~=.\"", *name) != NULL && name + 1 < end)
		return accent(b, p, name + 1, end, tex_accent(name, 1), mode,
		    nested);
	if (strchr("&%$#_{}", *name) != NULL)
		buf_addc(b, *name);
	else if (mode == TEX_TEXT && (n = tex_plain_sign(b, name, end)) > 0)
		buf_add(b, name + 1 - n, n);
	else if (strchr(" \n\t\r\\,;:", *name) != NULL)
		buf_addc(b, ' ');
	else if (*name == '(' || *name == ')') {
		buf_addc(b, '$');
		close = *name == '(' ? paren_end(name + 1, end) : NULL;
		if (close != NULL) {
			buf_add(b, name + 1, (size_t)(close - name - 1));
			buf_addc(b, '$');
			return close + 2;
		}
	} else if (strchr("-/!@", *name) == NULL) {
		buf_addc(b, '\\');
		return name;
	}
	return name + 1;
}

/* An address: its signs may be escaped. */
static void
add_url(struct buf *b, const char *p, const char *end)
{
	for (; p < end; p++)
		if (*p != '\\' || p + 1 == end || strchr("_%#&{}~", p[1]) == NULL)
			buf_addc(b, *p);
}

/*
 * A command whose arguments are no plain text, n bytes long, with its argument
 * at q; returns the place behind it, or NULL where it is none of these.
 */
static const char *
special_command(struct buf *b, const char *name, size_t n, const char *q,
    const char *end, enum tex_mode mode, int nested)
{
	const char *close = q < end && *q == '{' ? tex_group_end(q, end) : NULL;
	const char *text;

	if (close == NULL)
		return NULL;
	if (tex_is_named("url", name, n) || tex_is_named("path", name, n)) {
		add_url(b, q + 1, close);
		return close + 1;
	}
	if (tex_is_named("ensuremath", name, n)) {
		buf_addc(b, '$');
		buf_add(b, q + 1, (size_t)(close - q - 1));
		buf_addc(b, '$');
		return close + 1;
	}
	if (!tex_is_named("href", name, n))
		return NULL;
	text = skip_space(close + 1, end);
	if (text == end || *text != '{' || (close = tex_group_end(text, end)) == NULL)
		return NULL;
	decode(b, text + 1, close, mode, nested + 1);
	return close + 1;
}

/* The arguments of an unknown command at q, which stay with it. */
static const char *
skip_arguments(const char *q, const char *end)
{
	const char *close;

	if (q < end && *q == '[' && (close = memchr(q, ']', (size_t)(end - q <
	    MAX_OPTION ? end - q : MAX_OPTION))) != NULL && close + 1 < end &&
	    close[1] == '{')
		q = close + 1;
	while (q < end && *q == '{' && (close = tex_group_end(q, end)) != NULL)
		q = close + 1;
	return q;
}

static bool
is_script(const char *name, size_t n, bool *raised)
{
	*raised = tex_is_named("textsuperscript", name, n);
	return *raised || tex_is_named("textsubscript", name, n);
}

static void
script(struct buf *b, const char *p, const char *close, enum tex_mode mode,
    int nested, bool raised)
{
	struct buf text = { 0 };

	buf_reset(&text);
	decode(&text, p, close, mode, nested + 1);
	markup_script(b, text.p, text.len, raised);
	buf_free(&text);
}

/* The command at p, which is at a backslash; returns the place behind it. */
static const char *
command(struct buf *b, const char *p, const char *end, enum tex_mode mode,
    int nested)
{
	const char *name = p + 1, *q = name, *close, *behind;
	const struct tex_command *c;
	bool raised;
	int32_t mark;
	size_t n;

	if (name == end || !is_letter(*name))
		return sign_command(b, p, end, mode, nested);
	while (q < end && is_letter(*q))
		q++;
	n = (size_t)(q - name);
	/* not "\u2019", which is JSON's */
	mark = tex_accent(name, n);
	if (mark != 0 && q < end &&
	    (strchr("{\\ \t\n\r", *q) != NULL || (*q & 0x80) != 0))
		return accent(b, p, q, end, mark, mode, nested);
	if ((behind = special_command(b, name, n, skip_space(q, end), end,
	    mode, nested)) != NULL)
		return behind;
	c = tex_find(name, n);
	close = skip_space(q, end);
	close = close < end && *close == '{' ? tex_group_end(close, end) : NULL;
	switch (c->kind) {
	case TEX_SIGN:
		buf_adds(b, c->text);
		break;
	case TEX_FONT:
		/* braces that were lost would say how far a switch goes */
		if (close == NULL && mode == TEX_TEXT && nested == 0 &&
		    !(q < end && *q == '$')) {
			buf_add(b, p, (size_t)(q - p));
			return q;
		}
		if (close != NULL && is_script(name, n, &raised))
			script(b, skip_space(q, end) + 1, close, mode, nested,
			    raised);
		else if (close != NULL)
			decode(b, skip_space(q, end) + 1, close, mode,
			    nested + 1);
		return close != NULL ? close + 1 : skip_space(q, end);
	case TEX_AROUND:
		if (close == NULL)
			return skip_space(q, end);
		buf_adds(b, c->text);
		decode(b, skip_space(q, end) + 1, close, mode, nested + 1);
		buf_adds(b, c->behind);
		return close + 1;
	case TEX_GONE:
		if (c->args > 0 && close != NULL)
			return close + 1;
		break;
	case TEX_UNKNOWN:
		q = skip_arguments(q, end);
		buf_add(b, p, (size_t)(q - p));
		return q;
	}
	if (end - q >= 2 && q[0] == '{' && q[1] == '}')
		return q + 2;
	return skip_space(q, end);
}

static const char *
group(struct buf *b, const char *p, const char *end, int nested)
{
	const char *close = tex_group_end(p, end);

	if (close == NULL) {
		buf_addc(b, '{');
		return p + 1;
	}
	if (tex_is_protective(b, p + 1, close))
		decode(b, p + 1, close, TEX_TEXT, nested + 1);
	else {
		buf_addc(b, '{');
		decode(b, p + 1, close, TEX_TEXT, nested + 1);
		buf_addc(b, '}');
	}
	return close + 1;
}

static void
decode(struct buf *b, const char *p, const char *end, enum tex_mode mode,
    int nested)
{
	/* what may be syntax */
	static const char marks[256] = { ['\\'] = 1, ['{'] = 1, ['}'] = 1,
	    ['$'] = 1, ['~'] = 1, ['-'] = 1, ['`'] = 1, ['\''] = 1 };
	const char *q;

	if (nested > MAX_NESTED) {
		buf_add(b, p, (size_t)(end - p));
		return;
	}
	while (p < end) {
		for (q = p; q < end && marks[(unsigned char)*q] == 0; q++)
			;
		if (q > p) {
			buf_add(b, p, (size_t)(q - p));
			p = q;
			continue;
		}
		switch (*p) {
		case '\\':
			p = command(b, p, end, mode, nested);
			continue;
		case '{':
			if (mode == TEX_BIBTEX)
				p++;
			else
				p = group(b, p, end, nested);
			continue;
		case '$':
			q = tex_math_end(p, end);
			if (q == NULL)
				q = p + 1;
			buf_add(b, p, (size_t)(q - p));
			p = q;
			continue;
		}
		if (mode == TEX_BIBTEX) {
			switch (*p) {
			case '}':
				p++;
				continue;
			case '~':
				buf_addc(b, ' ');
				p++;
				continue;
			case '-':
				for (q = p; q < end && *q == '-'; q++)
					;
				buf_adds(b, q - p == 2 ? "–" :
				    q - p == 3 ? "—" : "");
				if (q - p == 1 || q - p > 3)
					buf_add(b, p, (size_t)(q - p));
				p = q;
				continue;
			case '`':
			case '\'':
				if (p + 1 < end && p[1] == *p) {
					buf_adds(b, *p == '`' ? "“" : "”");
					p += 2;
					continue;
				}
				break;
			}
		}
		buf_addc(b, *p++);
	}
}

void
tex_decode(struct buf *b, const char *s, size_t n, enum tex_mode mode)
{
	const char **open = NULL, *p, *end = s + n;
	size_t cap = 0, nopen = 0, i;

	if (mode == TEX_TEXT && memchr(s, '\\', n) == NULL &&
	    memchr(s, '{', n) == NULL) {
		buf_add(b, s, n);
		return;
	}
	/* cut at braces that never close: no search for their ends */
	for (p = s; p < end; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		else if (*p == '{') {
			grow(&open, &cap, nopen + 1, sizeof(*open));
			open[nopen++] = p;
		} else if (*p == '}' && nopen > 0)
			nopen--;
	}
	for (i = 0; i < nopen; i++) {
		decode(b, s, open[i], mode, 0);
		if (mode == TEX_TEXT)
			buf_addc(b, '{');
		s = open[i] + 1;
	}
	decode(b, s, end, mode, 0);
	free(open);
}

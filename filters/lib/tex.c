/* tex - TeX in bibliographic text to Unicode */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/tex.h"
#include "lib/text.h"

#define MAX_NESTED	32

/* Accent commands and their combining marks (The TeXbook, chapter 9). */
static const struct {
	char	 name;
	int32_t	 mark;
} accents[] = {
	{ '`', 0x300 }, { '\'', 0x301 }, { '^', 0x302 }, { '~', 0x303 },
	{ '=', 0x304 }, { 'u', 0x306 }, { '.', 0x307 }, { '"', 0x308 },
	{ 'r', 0x30a }, { 'H', 0x30b }, { 'v', 0x30c }, { 'd', 0x323 },
	{ 'c', 0x327 }, { 'k', 0x328 }, { 'b', 0x331 }, { 't', 0x361 },
};

static const struct {
	const char	*name;
	const char	*text;
} symbols[] = {
	{ "AA", "Å" }, { "AE", "Æ" }, { "DH", "Ð" }, { "DJ", "Đ" },
	{ "L", "Ł" }, { "NG", "Ŋ" }, { "O", "Ø" }, { "OE", "Œ" }, { "P", "¶" },
	{ "S", "§" }, { "TH", "Þ" }, { "aa", "å" }, { "ae", "æ" },
	{ "copyright", "©" }, { "dag", "†" }, { "dh", "ð" }, { "dj", "đ" },
	{ "dots", "…" }, { "i", "ı" }, { "j", "ȷ" }, { "l", "ł" },
	{ "ldots", "…" }, { "ng", "ŋ" }, { "o", "ø" }, { "oe", "œ" },
	{ "pounds", "£" }, { "quad", " " }, { "qquad", " " }, { "ss", "ß" },
	{ "textasciitilde", "~" }, { "textbackslash", "\\" },
	{ "textbar", "|" }, { "textbullet", "•" }, { "textemdash", "—" },
	{ "textendash", "–" }, { "texteuro", "€" }, { "textgreater", ">" },
	{ "textless", "<" }, { "textquotedblleft", "“" },
	{ "textquotedblright", "”" }, { "textquoteleft", "‘" },
	{ "textquoteright", "’" }, { "textregistered", "®" },
	{ "texttrademark", "™" }, { "textunderscore", "_" }, { "th", "þ" },
	{ "TeX", "TeX" }, { "LaTeX", "LaTeX" }, { "BibTeX", "BibTeX" },
};

/* Commands that only change the look of what follows. */
static const char *const fonts[] = {
	"bf", "bfseries", "boldmath", "em", "emph", "enquote", "it", "itshape",
	"mbox", "mkbibemph", "mkbibquote", "rm", "sc", "scshape", "sf", "sl",
	"small", "text", "textbf", "textit", "textnormal", "textrm", "textsc",
	"textsf", "textsl", "texttt", "textup", "tt", "ttfamily", "underline",
	"uppercase",
};

static void	decode(struct buf *, const char *, const char *, enum tex_mode,
		    int);

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The brace that closes the one at p, or NULL. */
static const char *
closing(const char *p, const char *end)
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

static int32_t
accent_mark(int name)
{
	size_t i;

	for (i = 0; i < sizeof(accents) / sizeof(accents[0]); i++)
		if (accents[i].name == name)
			return accents[i].mark;
	return 0;
}

/* Put the mark on the first character of the text, composed. */
static void
add_accented(struct buf *b, struct buf *base, int32_t mark)
{
	const char *p = base->p, *end = base->p + base->len;
	struct buf pair = { 0 };
	int32_t c;

	if (base->len == 0)
		return;
	c = utf8_next(&p);
	if (c == 0x131)
		c = 'i';
	else if (c == 0x237)
		c = 'j';
	utf8_add(&pair, c);
	utf8_add(&pair, mark);
	text_clean(b, pair.p, pair.len);
	buf_add(b, p, (size_t)(end - p));
	buf_free(&pair);
}

/* The argument of an accent at p; returns the place behind it. */
static const char *
accent(struct buf *b, const char *p, const char *end, int32_t mark,
    enum tex_mode mode, int nested)
{
	struct buf base = { 0 };
	const char *close, *from;

	p = skip_space(p, end);
	from = p;
	if (p < end && *p == '{' && (close = closing(p, end)) != NULL) {
		decode(&base, p + 1, close, mode, nested + 1);
		p = close + 1;
	} else if (p + 1 < end && *p == '\\' && is_letter(p[1])) {
		for (p++; p < end && is_letter(*p); p++)
			;
		decode(&base, from, p, mode, nested + 1);
		p = skip_space(p, end);
	} else if (p < end && *p != '}') {
		utf8_next(&p);
		buf_add(&base, from, (size_t)(p - from));
	}
	add_accented(b, &base, mark);
	buf_free(&base);
	return p;
}

/* The command at p, which is at a backslash; returns the place behind it. */
static const char *
command(struct buf *b, const char *p, const char *end, enum tex_mode mode,
    int nested)
{
	const char *name = p + 1, *q, *close;
	size_t n, i;
	int32_t mark;

	if (name == end) {
		buf_addc(b, '\\');
		return end;
	}
	if (!is_letter(*name)) {
		if (strchr("`'^~=.\"", *name) != NULL && name + 1 < end)
			return accent(b, name + 1, end, accent_mark(*name),
			    mode, nested);
		if (strchr("&%$#_{}", *name) != NULL)
			buf_addc(b, *name);
		else if (strchr(" \n\t\r\\,;:", *name) != NULL)
			buf_addc(b, ' ');
		else if (*name == '(' || *name == ')')
			buf_addc(b, '$');
		else if (strchr("-/!@", *name) == NULL) {
			buf_addc(b, '\\');
			return name;
		}
		return name + 1;
	}
	for (q = name; q < end && is_letter(*q); q++)
		;
	n = (size_t)(q - name);
	if (n == 1 && (mark = accent_mark(*name)) != 0 &&
	    q < end && *q != '}')
		return accent(b, q, end, mark, mode, nested);
	for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		if (strlen(symbols[i].name) == n &&
		    memcmp(symbols[i].name, name, n) == 0) {
			buf_adds(b, symbols[i].text);
			if (end - q >= 2 && q[0] == '{' && q[1] == '}')
				return q + 2;
			return skip_space(q, end);
		}
	for (i = 0; i < sizeof(fonts) / sizeof(fonts[0]); i++)
		if (strlen(fonts[i]) == n && memcmp(fonts[i], name, n) == 0) {
			q = skip_space(q, end);
			if (q < end && *q == '{' &&
			    (close = closing(q, end)) != NULL) {
				decode(b, q + 1, close, mode, nested + 1);
				return close + 1;
			}
			return q;
		}
	while (q < end && *q == '{' && (close = closing(q, end)) != NULL)
		q = close + 1;
	buf_add(b, p, (size_t)(q - p));
	return q;
}

/* Where the math that begins at p, a dollar, ends, or NULL. */
static const char *
math_end(const char *p, const char *end)
{
	const char *q = p + 1;

	if (q < end && *q == '$')
		q++;
	for (; q < end; q++) {
		if (*q == '\\' && q + 1 < end)
			q++;
		else if (*q == '$') {
			q++;
			return q < end && p[1] == '$' && *q == '$' ? q + 1 : q;
		}
	}
	return NULL;
}

/* In TEX_TEXT: whether the group holds a command or protects a capital. */
static bool
is_protective(const char *p, const char *close)
{
	p = skip_space(p, close);
	return p < close && (*p == '\\' || *p == '{' ||
	    (*p >= 'A' && *p <= 'Z')) &&
	    memchr(p, ',', (size_t)(close - p)) == NULL;
}

static const char *
group(struct buf *b, const char *p, const char *end, enum tex_mode mode,
    int nested)
{
	const char *close = closing(p, end);

	if (close == NULL) {
		if (mode == TEX_TEXT)
			buf_addc(b, '{');
		return p + 1;
	}
	if (mode == TEX_BIBTEX || is_protective(p + 1, close))
		decode(b, p + 1, close, mode, nested + 1);
	else {
		buf_addc(b, '{');
		decode(b, p + 1, close, mode, nested + 1);
		buf_addc(b, '}');
	}
	return close + 1;
}

static void
decode(struct buf *b, const char *p, const char *end, enum tex_mode mode,
    int nested)
{
	const char *q;

	if (nested > MAX_NESTED) {
		buf_add(b, p, (size_t)(end - p));
		return;
	}
	while (p < end) {
		switch (*p) {
		case '\\':
			p = command(b, p, end, mode, nested);
			continue;
		case '{':
			p = group(b, p, end, mode, nested);
			continue;
		case '$':
			q = math_end(p, end);
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
	if (mode == TEX_TEXT && memchr(s, '\\', n) == NULL &&
	    memchr(s, '{', n) == NULL) {
		buf_add(b, s, n);
		return;
	}
	decode(b, s, s + n, mode, 0);
}

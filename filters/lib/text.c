/* text - Unicode text: cleaning, keys, folding */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define ONES	0x0101010101010101ULL
#define HIGHS	0x8080808080808080ULL

static bool
is_ascii_space(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
text_trim(const char **s, size_t *n)
{
	for (; *n > 0 && is_ascii_space(**s); ++*s)
		--*n;
	while (*n > 0 && is_ascii_space((*s)[*n - 1]))
		--*n;
}

static bool
is_space(int32_t c)
{
	if (c < 0x80)
		return c <= ' ' || c == 0x7f;
	if (c < 0xa1)
		return true;			/* C1 controls, NBSP */
	if (c < 0x1680)
		return false;
	return c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool
is_invisible(int32_t c)
{
	return c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b ||
	    c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x2069) || c == 0xfeff ||
	    (c >= 0xfff9 && c <= 0xfffb);
}

static bool
is_joiner(int32_t c)
{
	return c == 0x200c || c == 0x200d;
}

/*
 * Letters of the scripts in which joiners are spelling: Arabic to Khmer,
 * without the Hangul that NFC puts together.
 */
static bool
is_joining(int32_t c)
{
	return c >= 0x600 && c <= 0x18af && !(c >= 0x1100 && c <= 0x11ff) &&
	    !is_space(c) && !is_invisible(c);
}

/*
 * What NFC may move past another mark: it must not tell whether a joiner
 * stays.  The three are taken apart into such marks.
 */
static bool
is_mark(int32_t c)
{
	return c >= 0x300 && (c == 0xf73 || c == 0xf75 || c == 0xf81 ||
	    utf8proc_get_property(c)->combining_class != 0);
}

/* The high bit of each byte that is c, and perhaps of some behind one. */
static uint64_t
bytes_that_are(uint64_t w, unsigned char c)
{
	w ^= ONES * c;
	return (w - ONES) & ~w & HIGHS;
}

/* What the byte c, with the next one behind it, can be the begin of. */
static inline unsigned char
marks_of(unsigned char c, unsigned char next)
{
	return (unsigned char)(
	    (c < ' ' || c == 0x7f || (c == ' ' && next == ' ') ? TEXT_WHITE : 0) |
	    (c > 0x7f ? TEXT_HIGH : 0) |
	    (c == '&' ? TEXT_AMP : 0) |
	    (c == '?' ? TEXT_QUESTION : 0) |
	    (c == '<' || c == '\\' || c == '{' || (c == '/' && next == 's') ?
	    TEXT_MARKUP : 0) |
	    (c == '$' || ((c == '`' || c == '\'') && next == c) ?
	    TEXT_MATH : 0) |
	    (c == '(' && next == 'c' ? TEXT_CID : 0));
}

/* Of most bytes there is less to ask to see that they are no mark. */
static inline bool
is_quiet(unsigned char c, unsigned char next)
{
	return ((unsigned char)((c | 0x20) - 'a') < 26) |
	    (((unsigned char)(c - ')') <= ';' - ')') &
	    ((c != '/') | (next != 's'))) |
	    ((c == ' ') & (next != ' '));
}

#define BLOCK	16	/* bytes that compilers look at as one */

static unsigned
marks_in(const unsigned char *p)
{
	unsigned char quiet[BLOCK];
	uint64_t w[2];
	unsigned marks = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++)
		quiet[i] = is_quiet(p[i], p[i + 1]);
	memcpy(w, quiet, sizeof(w));
	if ((w[0] & w[1]) != ONES)
		for (i = 0; i < BLOCK; i++)
			marks |= marks_of(p[i], p[i + 1]);
	return marks;
}

unsigned
text_marks(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	unsigned char ends[BLOCK + 1] = { 0 };
	unsigned marks;

	if (n == 0)
		return 0;
	marks = p[0] == ' ' || end[-1] == ' ' ? TEXT_WHITE : 0;
	if (n < BLOCK / 2) {
		for (; p < end; p++)
			if (!is_quiet(p[0], p[1]))
				marks |= marks_of(p[0], p[1]);
		return marks;
	}
	if (n < BLOCK) {
		memcpy(ends, p, BLOCK / 2);
		memcpy(ends + BLOCK / 2, end - BLOCK / 2, BLOCK / 2);
		return marks | marks_in(ends);
	}
	for (; end - p > BLOCK; p += BLOCK)
		marks |= marks_in(p);
	return marks | marks_in(end - BLOCK);
}

/*
 * The length of the run of ASCII words with single spaces between them at s,
 * which is clean as it is.
 */
static size_t
clean_run(const char *s, const char *end)
{
	const char *p = s;
	uint64_t w, spaces;

	if (p == end || *p == ' ')
		return 0;
	for (; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		spaces = bytes_that_are(w, ' ');
		if (((w | (w - ONES * ' ')) & HIGHS) != 0 ||
		    (spaces & spaces >> 8) != 0 ||
		    bytes_that_are(w, 0x7f) != 0 ||
		    (*p == ' ' && p[-1] == ' '))
			break;
	}
	while (p < end && ((*p > ' ' && *p < 0x7f) ||
	    (*p == ' ' && p[-1] != ' ')))
		p++;
	return (size_t)(p - s) - (p > s && p[-1] == ' ');
}

#define MARKS	30	/* on one letter: no language has more (UAX 15, 13) */

/*
 * Append the text without the marks that are too many, or, where b is NULL,
 * only tell whether there are such: utf8proc sorts them in quadratic time.
 */
static bool
limit_marks(struct buf *b, const char *s, size_t n)
{
	const char *p, *end = s + n;
	size_t run = 0;
	int32_t c;

	while (s < end) {
		p = s;
		c = utf8_next(&s);
		run = is_mark(c) ? run + 1 : 0;
		if (b == NULL && run > MARKS)
			return true;
		if (b != NULL && run <= MARKS)
			buf_add(b, p, (size_t)(s - p));
	}
	return false;
}

/* Put what utf8proc makes of s at b->p + at; s may be part of b itself. */
static void
map(struct buf *b, const char *s, size_t n, size_t at, utf8proc_option_t options)
{
	struct buf limited = { 0 };
	utf8proc_uint8_t *out;
	utf8proc_ssize_t len;

	if (limit_marks(NULL, s, n)) {
		limit_marks(&limited, s, n);
		s = limited.p;
		n = limited.len;
	}
	len = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n,
	    &out, options);
	if (len < 0)
		errx(len == UTF8PROC_ERROR_NOMEM ? EX_OSERR : EX_SOFTWARE,
		    "utf8proc: %s", utf8proc_errmsg(len));
	b->len = at;
	buf_add(b, out, (size_t)len);
	free(out);
	buf_free(&limited);
}

/* A coarse and quick check: punctuation, Han and Hangul are in NFC as is. */
static bool
may_compose(int32_t c)
{
	return c >= 0x300 && !(c >= 0x2010 && c <= 0x20cf) &&
	    !(c >= 0x4e00 && c <= 0x9fff) && !(c >= 0xac00 && c <= 0xd7a3);
}

/* Whether white space and then more of the text follows. */
static bool
is_parted(const char *p, const char *end)
{
	const char *from = p, *next = p;

	while (p < end && is_space(utf8_next(&next)))
		p = next;
	return p > from && p < end;
}

static void
clean(struct buf *b, const char *s, size_t n, bool lines)
{
	size_t from = b->len, run;
	const char *p, *end = s + n;
	int32_t c, before = 0;
	bool nfc = true;
	int newlines = 0;
	bool space = false;

	buf_reserve(b, n);
	buf_adds(b, "");
	for (p = s; p < end; ) {
		run = clean_run(p, end);
		c = run > 0 ? p[run - 1] : utf8_next(&p);
		if (is_space(c)) {
			space = true;
			if (c == '\n' || c == 0x2029)
				newlines++;
			continue;
		}
		/* the soft hyphen that shows, at the end of a line or alone */
		if (c == 0xad && b->len > from && is_parted(p, end))
			c = '-';
		if (is_invisible(c))
			continue;
		if (is_joiner(c)) {
			const char *q = p;
			int32_t after = 0;

			while (q < end && is_mark(after = utf8_next(&q)))
				after = 0;
			if (space || !is_joining(before) || !is_joining(after))
				continue;
		}
		if (space && b->len > from)
			buf_adds(b, lines && newlines > 1 ? "\n\n" : " ");
		space = false;
		newlines = 0;
		if (may_compose(c))
			nfc = false;
		if (run > 0)
			buf_add(b, p, run);
		else
			utf8_add(b, c);
		p += run;
		if (!is_mark(c))
			before = c;
	}
	if (!nfc)
		map(b, b->p + from, b->len - from, from,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

void
text_clean(struct buf *b, const char *s, size_t n)
{
	clean(b, s, n, false);
}

void
text_clean_lines(struct buf *b, const char *s, size_t n)
{
	clean(b, s, n, true);
}

static void
lower_ascii(struct buf *b, size_t from)
{
	for (; from < b->len; from++)
		if (b->p[from] >= 'A' && b->p[from] <= 'Z')
			b->p[from] |= 0x20;
}

void
text_key(struct buf *b, const char *s, size_t n)
{
	size_t from = b->len;

	text_clean(b, s, n);
	if (ascii_run(b->p + from, b->len - from) == b->len - from) {
		lower_ascii(b, from);
		return;
	}
	map(b, b->p + from, b->len - from, from,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

/* Letters that no decomposition takes apart, lower case. */
static const struct {
	int32_t		 c;
	const char	*ascii;
} strokes[] = {
	{ 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" }, { 0xfe, "th" },
	{ 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" },
	{ 0x153, "oe" }, { 0x167, "t" }, { 0x180, "b" }, { 0x1b6, "z" },
	{ 0x1e5, "g" }, { 0x268, "i" },
};

static void
fold_char(struct buf *b, int32_t c)
{
	size_t i;

	if (c < 0x80) {
		buf_addc(b, c);
		return;
	}
	for (i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++)
		if (strokes[i].c == c) {
			buf_adds(b, strokes[i].ascii);
			return;
		}
	utf8_add(b, c);
}

static bool
is_alnum(int32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    (c >= 'A' && c <= 'Z');
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_MC:	/* vowel signs of Indic scripts */
		return true;
	default:
		return false;
	}
}

static void
fold_ascii(struct buf *b, const char *s, size_t n, int sep)
{
	size_t from = b->len;
	const char *end = s + n;
	bool gap = false;
	int c;

	for (; s < end; s++) {
		c = *s >= 'A' && *s <= 'Z' ? *s | 0x20 : *s;
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
			gap = true;
			continue;
		}
		if (gap && sep != 0 && b->len > from)
			b->p[b->len++] = (char)sep;
		gap = false;
		b->p[b->len++] = (char)c;
	}
	b->p[b->len] = '\0';
}

void
text_fold(struct buf *b, const char *s, size_t n, int sep)
{
	size_t from = b->len;
	struct buf out = { 0 };
	const char *p, *end;
	bool gap = false;
	int32_t c;

	buf_reserve(b, n);
	if (ascii_run(s, n) == n) {
		fold_ascii(b, s, n, sep);
		return;
	}
	map(&out, s, n, 0, UTF8PROC_STABLE | UTF8PROC_COMPAT |
	    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
	    UTF8PROC_IGNORE);
	p = out.p;
	end = p + out.len;
	while (p < end) {
		c = utf8_next(&p);
		if (!is_alnum(c)) {
			gap = true;
			continue;
		}
		if (gap && sep != 0 && b->len > from)
			buf_addc(b, sep);
		gap = false;
		fold_char(b, c);
	}
	buf_free(&out);
	lower_ascii(b, from);
}

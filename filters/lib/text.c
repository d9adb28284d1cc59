/* text - Unicode text: validity, cleaning, folding, HTML entities and tags */
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <err.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/text.h"

#define ONES	0x0101010101010101ULL
#define HIGHS	0x8080808080808080ULL

/* The length of the run of ASCII at s. */
static size_t
ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t w;

	for (; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, 8);
		if (w & HIGHS)
			break;
	}
	while (i < n && (s[i] & 0x80) == 0)
		i++;
	return i;
}

bool
utf8_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;

	for (;;) {
		unsigned char lo = 0x80, hi = 0xbf;
		int more;

		p += ascii_run((const char *)p, (size_t)(end - p));
		if (p == end)
			return true;
		if (*p >= 0xc2 && *p <= 0xdf)
			more = 1;
		else if (*p >= 0xe0 && *p <= 0xef) {
			more = 2;
			if (*p == 0xe0)
				lo = 0xa0;
			else if (*p == 0xed)
				hi = 0x9f;
		} else if (*p >= 0xf0 && *p <= 0xf4) {
			more = 3;
			if (*p == 0xf0)
				lo = 0x90;
			else if (*p == 0xf4)
				hi = 0x8f;
		} else
			return false;
		if (end - p <= more || p[1] < lo || p[1] > hi)
			return false;
		for (p += 2; --more > 0; p++)
			if (*p < 0x80 || *p > 0xbf)
				return false;
	}
}

int32_t
utf8_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int32_t c = *p++;

	if (c >= 0xf0) {
		c = (c & 7) << 18 | (p[0] & 63) << 12 | (p[1] & 63) << 6 |
		    (p[2] & 63);
		p += 3;
	} else if (c >= 0xe0) {
		c = (c & 15) << 12 | (p[0] & 63) << 6 | (p[1] & 63);
		p += 2;
	} else if (c >= 0xc0)
		c = (c & 31) << 6 | (*p++ & 63);
	*s = (const char *)p;
	return c;
}

void
utf8_add(struct buf *b, int32_t c)
{
	utf8proc_uint8_t u[4];

	buf_add(b, u, (size_t)utf8proc_encode_char(c, u));
}

size_t
utf8_cut(const char *s, size_t len, size_t n)
{
	if (len <= n)
		return len;
	while (n > 0 && (s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

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

void
text_fold(struct buf *b, const char *s, size_t n, int sep)
{
	size_t from = b->len;
	struct buf out = { 0 };
	const char *p = s, *end = s + n;
	bool gap = false;
	int32_t c;

	buf_reserve(b, n);
	if (ascii_run(s, n) != n) {
		map(&out, s, n, 0, UTF8PROC_STABLE | UTF8PROC_COMPAT |
		    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
		    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
		p = out.p;
		end = p + out.len;
	}
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

/*
 * A character reference at s (behind the ampersand): its code point and how
 * many bytes it takes, or 0.
 */
static int32_t
reference(const char *s, size_t n, size_t *used)
{
	const htmlEntityDesc *d;
	char name[16];
	size_t i;
	long c;
	char *e;

	if (n > 1 && s[0] == '#') {
		bool hex = s[1] == 'x' || s[1] == 'X';
		const char *digits = s + 1 + hex;

		for (i = (size_t)(digits - s); i < n && i < 10; i++)
			if (strchr(hex ? "0123456789abcdefABCDEF" :
			    "0123456789", s[i]) == NULL || s[i] == '\0')
				break;
		if (s + i == digits || i == n || s[i] != ';')
			return 0;
		c = strtol(digits, &e, hex ? 16 : 10);
		*used = i + 1;
		if (c >= 0x80 && c < 0xa0) {
			/* meant as windows-1252 (HTML standard, 13.2.5.80) */
			static const int32_t cp1252[32] = {
				0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026,
				0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
				0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c,
				0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122,
				0x161, 0x203a, 0x153, 0, 0x17e, 0x178
			};

			return cp1252[c - 0x80];
		}
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return 0;
		return c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 :
		    (int32_t)c;
	}
	for (i = 0; i < n && i < sizeof(name) - 1; i++) {
		if (s[i] == ';')
			break;
		if (!(s[i] >= 'a' && s[i] <= 'z') &&
		    !(s[i] >= 'A' && s[i] <= 'Z') &&
		    !(s[i] >= '0' && s[i] <= '9'))
			return 0;
		name[i] = s[i];
	}
	if (i == 0 || i == n || s[i] != ';')
		return 0;
	name[i] = '\0';
	*used = i + 1;
	if (strcmp(name, "apos") == 0)
		return '\'';
	d = htmlEntityLookup((const xmlChar *)name);
	return d == NULL ? 0 : (int32_t)d->value;
}

void
text_entities(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *amp;
	size_t used;
	int32_t c;

	while ((amp = memchr(s, '&', (size_t)(end - s))) != NULL) {
		buf_add(b, s, (size_t)(amp - s));
		s = amp + 1;
		c = reference(s, (size_t)(end - s), &used);
		if (c == 0) {
			buf_addc(b, '&');
			continue;
		}
		utf8_add(b, c);
		s += used;
	}
	buf_add(b, s, (size_t)(end - s));
}

static const char *const tags[] = {
	"a", "abbr", "b", "big", "bold", "br", "cite", "code", "div", "em",
	"font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "inf", "it", "italic",
	"li", "math", "mfenced", "mfrac", "mi", "mn", "mo", "monospace",
	"mover", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
	"mtext", "munder", "munderover", "ol", "p", "q", "s", "sc", "scp",
	"sec", "small", "span", "strike", "strong", "sub", "sup", "title", "tt",
	"u", "ul", "underline",
};

static int
compare_tag(const void *key, const void *elem)
{
	return strcmp(key, *(const char *const *)elem);
}

/* The length of the tag at s, which is at a '<', or 0. */
static size_t
tag_length(const char *s, const char *end)
{
	const char *p = s + 1, *close;
	char name[32];
	size_t n = 0;
	bool known;

	if (p < end && *p == '/')
		p++;
	for (; p < end && n < sizeof(name) - 1; p++) {
		int c = *p | 0x20;

		if (!(c >= 'a' && c <= 'z') && *p != ':' && *p != '-' &&
		    !(*p >= '0' && *p <= '9'))
			break;
		name[n++] = (char)c;
	}
	name[n] = '\0';
	if (n == 0 || p == end || strchr(" \t\n\r/>", *p) == NULL)
		return 0;
	known = strncmp(name, "jats:", 5) == 0 ||
	    strncmp(name, "mml:", 4) == 0 || bsearch(name, tags,
	    sizeof(tags) / sizeof(tags[0]), sizeof(tags[0]), compare_tag);
	if (!known)
		return 0;
	for (close = p; close < end && *close != '>'; close++)
		if (*close == '<')
			return 0;
	return close < end ? (size_t)(close + 1 - s) : 0;
}

/* What breaks a line also parts two words. */
static bool
parts_words(const char *tag)
{
	static const char *const blocks[] = { "<br", "</p>", "</li>", "</div>",
	    "</h1>", "</h2>", "</h3>", "</h4>", "</jats:p>", "</jats:title>",
	    "</jats:sec>" };
	size_t i;

	for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (strncasecmp(tag, blocks[i], strlen(blocks[i])) == 0)
			return true;
	return false;
}

void
text_untag(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *lt;
	size_t len;

	while ((lt = memchr(s, '<', (size_t)(end - s))) != NULL) {
		buf_add(b, s, (size_t)(lt - s));
		len = tag_length(lt, end);
		if (len == 0) {
			buf_addc(b, '<');
			s = lt + 1;
			continue;
		}
		if (parts_words(lt))
			buf_addc(b, ' ');
		s = lt + len;
	}
	buf_add(b, s, (size_t)(end - s));
}

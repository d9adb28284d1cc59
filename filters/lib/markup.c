/* markup - what HTML, MathML and JATS add to text */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/accent.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/markup.h"
#include "lib/mojibake.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define LONGEST	32	/* bytes of the name of a character */

/* A numeric reference at s (behind the ampersand and #); see reference. */
static int32_t
number(const char *s, size_t n, size_t *used)
{
	bool hex = s[0] == 'x' || s[0] == 'X';
	const char *digits = s + hex;
	size_t i;
	long c;
	char *e;

	for (i = hex; i < n && i < 9; i++)
		if (strchr(hex ? "0123456789abcdefABCDEF" : "0123456789",
		    s[i]) == NULL || s[i] == '\0')
			break;
	if (s + i == digits || i == n || s[i] != ';')
		return 0;
	c = strtol(digits, &e, hex ? 16 : 10);
	*used = i + 1;
	if (c >= 0x80 && c < 0xa0)
		/* meant as windows-1252 (HTML standard, 13.2.5.80) */
		return mojibake_cp1252((int)c);
	if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
		return 0;
	return c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : (int32_t)c;
}

/* Whether what follows an accent makes it an apostrophe. */
static bool
is_possessive(const char *s, size_t n)
{
	return n > 0 && *s == 's' && (n == 1 || !isalpha((unsigned char)s[1]));
}

/*
 * Append what the reference at s (behind the ampersand) stands for.  Returns
 * how many bytes it takes, 0 if it is none.
 */
static size_t
reference(struct buf *b, const char *s, size_t n)
{
	char text[ENTITY_MAX];
	size_t i, used, len;
	int32_t c, mark;

	if (n > 1 && s[0] == '#') {
		if ((c = number(s + 1, n - 1, &used)) == 0)
			return 0;
		utf8_add(b, c);
		return used + 1;
	}
	for (i = 0; i < n && i < LONGEST && isalnum((unsigned char)s[i]); i++)
		continue;
	if (i == 0 || i == n || s[i] != ';' ||
	    (len = entity_characters(s, i, text)) == 0)
		return 0;
	mark = accent_mark(text, len);
	if (mark == 0 || is_possessive(s + i + 1, n - i - 1) ||
	    !accent_add(b, mark))
		buf_add(b, text, len);
	return i + 1;
}

void
markup_entities(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *amp;
	size_t used;

	while ((amp = memchr(s, '&', (size_t)(end - s))) != NULL) {
		buf_add(b, s, (size_t)(amp - s));
		s = amp + 1;
		used = reference(b, s, (size_t)(end - s));
		if (used == 0)
			buf_addc(b, '&');
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

#define NTAGS	(sizeof(tags) / sizeof(tags[0]))

static int
compare_tag(const void *key, const void *elem)
{
	return strcmp(key, *(const char *const *)elem);
}

/* Its number, NTAGS: none of these. */
static size_t
find_tag(const char *name)
{
	const char *const *tag = bsearch(name, tags, NTAGS, sizeof(tags[0]),
	    compare_tag);

	return tag != NULL ? (size_t)(tag - tags) : NTAGS;
}

bool
markup_is_tag(const char *name)
{
	return strncmp(name, "jats:", 5) == 0 ||
	    strncmp(name, "mml:", 4) == 0 || find_tag(name) < NTAGS;
}

/* Digits and signs */

/* A sign at s: its length, 0 if it is none. */
static size_t
sign_length(const char *s, size_t n, bool *minus)
{
	static const char *const signs[] = { "-", "\xe2\x88\x92",
	    "\xe2\x80\x93", "+" };
	size_t i, len;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		len = strlen(signs[i]);
		*minus = i < 3;
		if (n >= len && memcmp(s, signs[i], len) == 0)
			return len;
	}
	return 0;
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* Whether it is digits with at most one sign, in front or behind. */
static bool
is_number(const char *s, size_t n)
{
	bool minus;
	size_t sign = sign_length(s, n, &minus), i;

	for (i = sign; i < n && is_digit(s[i]); i++)
		;
	if (i == sign)
		return false;
	return i == n || (sign == 0 &&
	    sign_length(s + i, n - i, &minus) == n - i);
}

static void
add_number(struct buf *b, const char *s, size_t n, bool raised)
{
	static const int32_t digits[10] = { 0x2070, 0xb9, 0xb2, 0xb3, 0x2074,
	    0x2075, 0x2076, 0x2077, 0x2078, 0x2079 };
	bool minus;
	size_t used;

	for (; n > 0; s += used, n -= used)
		if ((used = sign_length(s, n, &minus)) > 0)
			utf8_add(b, (raised ? 0x207a : 0x208a) + minus);
		else {
			used = 1;
			utf8_add(b, raised ? digits[*s - '0'] :
			    0x2080 + *s - '0');
		}
}

/* Whether the text ends with a digit, or with what add_number adds. */
static bool
ends_with_number(const struct buf *b)
{
	const char *end = b->p + b->len;

	if (b->len > 0 && is_digit(end[-1]))
		return true;
	if (b->len > 1 && end[-2] == '\xc2')
		return strchr("\xb2\xb3\xb9", end[-1]) != NULL;
	/* U+2070 to U+208B */
	return b->len > 2 && end[-3] == '\xe2' && ((end[-2] == '\x81' &&
	    (unsigned char)end[-1] >= 0xb0) || (end[-2] == '\x82' &&
	    (unsigned char)end[-1] <= 0x8b));
}

/* Whether it is a power: a letter, also with more behind that is no word. */
static bool
is_power(const char *s, size_t n)
{
	const char *end = s + n;
	bool minus;
	int32_t c;

	if (n == 0)
		return false;
	/* "2e", "1o" and "1a" are ordinal numbers in other languages */
	c = utf8_next(&s);
	if (c < 0x80 ? !isalpha((int)c) || strchr("aeoAEO", (int)c) != NULL :
	    c < 0x391 || c > 0x3c9)
		return false;
	return s == end || sign_length(s, (size_t)(end - s), &minus) > 0 ||
	    !((*s & 0x80) != 0 || isalpha((unsigned char)*s));
}

void
markup_script(struct buf *b, const char *s, size_t n, bool raised)
{
	const char *number = s;
	size_t len = n, sign;
	bool minus;

	text_trim(&number, &len);
	sign = sign_length(number, len, &minus);
	if (!ends_with_number(b) || (!(len > sign && is_digit(number[sign])) &&
	    !(raised && is_power(number + sign, len - sign))))
		buf_add(b, s, n);
	else if (is_number(number, len))
		add_number(b, number, len, raised);
	else {
		buf_addc(b, raised ? '^' : '_');
		buf_add(b, number, len);
	}
}

bool
markup_is_script(const char *name, bool *raised)
{
	if (strncmp(name, "jats:", 5) == 0)
		name += 5;
	*raised = strcmp(name, "sup") == 0;
	return *raised || strcmp(name, "sub") == 0 || strcmp(name, "inf") == 0;
}

/* Tags */

#define NAME	32	/* bytes of the longest name and its NUL */

/* Whether what stands behind the name of a tag are attributes, or nothing. */
static bool
has_attributes(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\n' ||
	    *s == '\r' || *s == '/'))
		s++;
	return s == end || memchr(s, '=', (size_t)(end - s)) != NULL;
}

/* The length of the tag at s, which is at a '<', or 0; its name. */
static size_t
tag_length(const char *s, const char *end, char *name)
{
	const char *p = s + 1, *close;
	size_t n = 0;

	if (p < end && *p == '/')
		p++;
	for (; p < end && n < NAME - 1; p++) {
		int c = *p | 0x20;

		if (!(c >= 'a' && c <= 'z') && *p != ':' && *p != '-' &&
		    !(*p >= '0' && *p <= '9'))
			break;
		name[n++] = (char)c;
	}
	name[n] = '\0';
	if (n == 0 || p == end || strchr(" \t\n\r/>", *p) == NULL)
		return 0;
	if (!markup_is_tag(name))
		return 0;
	for (close = p; close < end && *close != '>'; close++)
		if (*close == '<')
			return 0;
	if (close == end || !has_attributes(p, close))
		return 0;
	return (size_t)(close + 1 - s);
}

/* Where the next closing tag of each name is; NULL: not yet looked. */
struct closers {
	const char	*at[NTAGS];
};

/* The first closing tag of the name from s on, or the end. */
static const char *
find_closer(const char *s, const char *end, const char *name)
{
	size_t n = strlen(name);
	const char *p;

	for (; (s = memchr(s, '<', (size_t)(end - s))) != NULL; s++) {
		if ((size_t)(end - s) < n + 3 || s[1] != '/' ||
		    strncasecmp(s + 2, name, n) != 0)
			continue;
		for (p = s + 2 + n; p < end && isspace((unsigned char)*p); p++)
			;
		if (p < end && *p == '>')
			return s;
	}
	return end;
}

/*
 * Whether it is empty, often left open, or of MathML or JATS: titles are cut
 * within formulas, but none is about these.
 */
static bool
needs_no_closer(const char *name)
{
	static const char *const open[] = { "br", "li", "p" };
	size_t i;

	for (i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (strcmp(open[i], name) == 0)
			return true;
	return strchr(name, ':') != NULL ||
	    (*name == 'm' && strcmp(name, "monospace") != 0);
}

/*
 * Whether the tag at s, of a length, is one: "List<i>" without "</i>" is none.
 * What has attributes is one.
 */
static bool
is_closed(struct closers *c, const char *s, size_t len, const char *end,
    const char *name)
{
	const char **at;

	if (s[1] == '/' || s[len - 2] == '/' || needs_no_closer(name) ||
	    memchr(s, '=', len) != NULL)
		return true;
	at = &c->at[find_tag(name)];
	if (*at == NULL || *at < s)
		*at = find_closer(s + len, end, name);
	return *at < end;
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
markup_untag(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *lt;
	char name[NAME];
	struct closers closers = { { NULL } };
	bool script = false, raised = false, inner;
	size_t len;

	while ((lt = memchr(s, '<', (size_t)(end - s))) != NULL) {
		len = tag_length(lt, end, name);
		if (len > 0 && !is_closed(&closers, lt, len, end, name))
			len = 0;
		/* "2<sup><i>n</i></sup>" */
		if (script && len > 0 && lt == s && lt[1] != '/' &&
		    !markup_is_script(name, &inner)) {
			s += len;
			continue;
		}
		if (script && len > 0)
			markup_script(b, s, (size_t)(lt - s), raised);
		else
			buf_add(b, s, (size_t)(lt - s));
		script = len > 0 && lt[1] != '/' &&
		    markup_is_script(name, &raised);
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

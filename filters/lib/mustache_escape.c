/* mustache_escape - text made safe in HTML and XML */
#include <stddef.h>

#include "lib/buf.h"
#include "lib/mustache.h"

enum { PLAIN, SPECIAL };

#define FOUR(c)	[c] = SPECIAL, [(c) + 1] = SPECIAL, [(c) + 2] = SPECIAL, \
		[(c) + 3] = SPECIAL

/* The bytes replaced, and the first ones of characters that may be. */
static const unsigned char byte_class[256] = {
	FOUR(0x00), FOUR(0x04), [0x08] = SPECIAL, [0x0b] = SPECIAL,
	[0x0c] = SPECIAL, [0x0e] = SPECIAL, [0x0f] = SPECIAL, FOUR(0x10),
	FOUR(0x14), FOUR(0x18), FOUR(0x1c), ['"'] = SPECIAL, ['&'] = SPECIAL,
	['\''] = SPECIAL, ['<'] = SPECIAL, ['>'] = SPECIAL, [0x7f] = SPECIAL,
	[0xc2] = SPECIAL, [0xef] = SPECIAL, FOUR(0xf0), [0xf4] = SPECIAL,
};

/*
 * How many bytes at s, which begins with one that is special, are replaced,
 * and by what; 0: none.
 */
static size_t
replacement(const unsigned char *s, size_t n, const char **by)
{
	*by = "\xef\xbf\xbd";
	switch (*s) {
	case '&':
		*by = "&amp;";
		return 1;
	case '<':
		*by = "&lt;";
		return 1;
	case '>':
		*by = "&gt;";
		return 1;
	case '"':
		*by = "&quot;";
		return 1;
	case '\'':
		*by = "&#39;";
		return 1;
	case 0xc2:		/* U+0080 to U+009F */
		return n > 1 && s[1] < 0xa0 ? 2 : 0;
	case 0xef:		/* U+FDD0 to U+FDEF, U+FFFE, U+FFFF */
		return n > 2 && ((s[1] == 0xb7 && s[2] >= 0x90 &&
		    s[2] < 0xb0) || (s[1] == 0xbf && s[2] >= 0xbe)) ? 3 : 0;
	case 0xf0: case 0xf1: case 0xf2: case 0xf3: case 0xf4:
		/* the last two of each plane */
		return n > 3 && (s[1] & 0x0f) == 0x0f && s[2] == 0xbf &&
		    s[3] >= 0xbe ? 4 : 0;
	default:
		return 1;
	}
}

void
mustache_escape(struct buf *b, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	const unsigned char *run = p;
	const char *by;
	size_t len;

	while (p < end) {
		if (byte_class[*p] == PLAIN) {
			p++;
			continue;
		}
		len = replacement(p, (size_t)(end - p), &by);
		if (len == 0) {
			p++;
			continue;
		}
		buf_add(b, run, (size_t)(p - run));
		buf_adds(b, by);
		p += len;
		run = p;
	}
	buf_add(b, run, (size_t)(end - run));
}

/* utf8 - code points in bytes */
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <string.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/utf8.h"

#define HIGHS	0x8080808080808080ULL

size_t
ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t w;

#ifdef __SSE2__
	for (; i + 16 <= n; i += 16)
		if (_mm_movemask_epi8(_mm_loadu_si128((const void *)(s + i))) !=
		    0)
			break;
#endif
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

size_t
utf8_put(char *out, int32_t c)
{
	return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
}

void
utf8_add(struct buf *b, int32_t c)
{
	char u[4];

	buf_add(b, u, utf8_put(u, c));
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

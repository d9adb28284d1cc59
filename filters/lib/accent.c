/* accent - marks on letters */
#include <string.h>
#include <utf8proc.h>

#include "lib/accent.h"
#include "lib/buf.h"
#include "lib/utf8.h"

static const struct {
	int32_t	 alone;
	int32_t	 mark;
} accents[] = {
	{ '`', 0x300 }, { 0xb4, 0x301 }, { 0x2c6, 0x302 }, { 0x2dc, 0x303 },
	{ 0xaf, 0x304 }, { 0x2d8, 0x306 }, { 0x2d9, 0x307 }, { 0xa8, 0x308 },
	{ 0x2da, 0x30a }, { 0x2dd, 0x30b }, { 0x2c7, 0x30c }, { 0xb8, 0x327 },
	{ 0x2db, 0x328 },
};

int32_t
accent_mark(const char *s, size_t n)
{
	const char *end = s + n;
	int32_t c;
	size_t i;

	if (n == 0 || (c = utf8_next(&s), s != end))
		return 0;
	for (i = 0; i < sizeof(accents) / sizeof(accents[0]); i++)
		if (accents[i].alone == c)
			return accents[i].mark;
	return 0;
}

bool
accent_add(struct buf *b, int32_t mark)
{
	utf8proc_int32_t pair[2];
	const char *last;
	size_t at = b->len;

	if (at == 0)
		return false;
	for (at--; at > 0 && ((unsigned char)b->p[at] & 0xc0) == 0x80; at--)
		continue;
	last = b->p + at;
	pair[0] = utf8_next(&last);
	pair[1] = mark;
	if (utf8proc_normalize_utf32(pair, 2,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE) != 1)
		return false;
	b->len = at;
	utf8_add(b, pair[0]);
	return true;
}

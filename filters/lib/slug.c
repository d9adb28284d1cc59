/* slug - the URL part of a name */
#define XXH_INLINE_ALL
#include <inttypes.h>
#include <string.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/slug.h"
#include "lib/text.h"

#define LONGEST	160	/* bytes before the hash */

static int
is_plain(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void
slug_make(struct buf *b, const char *key, size_t n)
{
	struct buf s = { 0 }, folded = { 0 };
	int exact = 1;
	size_t i;

	buf_adds(&s, "");
	for (i = 0; i < n && exact; i++) {
		int c = (unsigned char)key[i];

		if (c == ' ')
			buf_addc(&s, '_');
		else if (is_plain(c) || c == '-' || c == '.')
			buf_addc(&s, c);
		else
			exact = 0;
	}
	/* no leading dot or option, no trailing dot, which Windows drops */
	if (exact && (s.len > LONGEST || !is_plain(s.p[0]) ||
	    s.p[s.len - 1] == '.'))
		exact = 0;
	if (!exact) {
		buf_reset(&s);
		text_fold(&folded, key, n, '_');
		for (i = 0; i < folded.len && s.len < LONGEST; i++) {
			int c = (unsigned char)folded.p[i];

			if (is_plain(c) || (c == '_' && s.len > 0 &&
			    s.p[s.len - 1] != '_'))
				buf_addc(&s, c);
		}
		if (s.len == 0)
			buf_adds(&s, "name");
		buf_addf(&s, "~%016" PRIx64, (uint64_t)XXH3_64bits(key, n));
	}
	buf_add(b, s.p, s.len);
	buf_free(&s);
	buf_free(&folded);
}

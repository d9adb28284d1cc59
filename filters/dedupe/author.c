/* author - whether two names can be one person's on one paper */
#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/buf.h"
#include "lib/name.h"
#include "lib/text.h"
#include "lib/utf8.h"

static uint32_t
hash32(const char *s, size_t n)
{
	uint32_t h = (uint32_t)XXH3_64bits(s, n);

	return h != 0 ? h : 1;
}

/* "0001": what dblp puts behind a name that several people have. */
static bool
is_homonym_number(const char *w, size_t n)
{
	return n == 4 && strspn(w, "0123456789") >= 4;
}

#define MAX_WORDS	32

struct author
author_make(const char *name, size_t n)
{
	static struct buf b;
	const char *word[MAX_WORDS], *p, *end, *q;
	size_t len[MAX_WORDS], words = 0, i;
	struct author a = { 0 };

	buf_reset(&b);
	text_fold(&b, name, n, ' ');
	end = b.p + b.len;
	for (p = b.p; p < end && words < MAX_WORDS; p += len[words++] + 1) {
		q = memchr(p, ' ', (size_t)(end - p));
		word[words] = p;
		len[words] = (size_t)((q != NULL ? q : end) - p);
	}
	if (words > 1 && is_homonym_number(word[words - 1], len[words - 1]))
		words--;
	if (words > 1 && name_is_suffix(word[words - 1], len[words - 1]))
		words--;
	if (words == 0)
		return a;
	for (i = 0; i < words; i++)
		a.whole += hash32(word[i], len[i]);
	a.family = hash32(word[words - 1], len[words - 1]);
	if (words > 1) {
		p = word[0];
		a.initial = (uint32_t)utf8_next(&p);
		a.given = hash32(word[0], len[0]);
		a.is_initial = (size_t)(p - word[0]) == len[0];
	}
	return a;
}

bool
author_matches(const struct author *a, const struct author *b)
{
	if (a->whole == b->whole)
		return true;
	if (a->family != b->family)
		return false;
	if (a->given == 0 || b->given == 0)
		return true;
	return a->is_initial || b->is_initial ? a->initial == b->initial :
	    a->given == b->given;
}

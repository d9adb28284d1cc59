/* markup_inspec - the signs that Inspec and IEEE spell between slashes */
#include <string.h>

#include "lib/accent.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/markup.h"

#define LONGEST	16	/* bytes between two slashes */

/*
 * What is between "/spl ", "/sub " or "/sup " at s and the slash that ends it:
 * its length, 0 if there is no such thing.
 */
static size_t
inside(const char *s, const char *end, const char *open)
{
	const char *close;
	size_t n = strlen(open), max;

	if ((size_t)(end - s) <= n || memcmp(s, open, n) != 0)
		return 0;
	s += n;
	max = (size_t)(end - s) < LONGEST ? (size_t)(end - s) : LONGEST;
	if ((close = memchr(s, '/', max)) == NULL ||
	    memchr(s, ' ', (size_t)(close - s)) != NULL)
		return 0;
	return (size_t)(close - s);
}

/* A sign by its name, an accent behind its letter. */
static bool
add_sign(struct buf *b, const char *name, size_t n)
{
	char text[ENTITY_MAX];
	size_t len = entity_characters(name, n, text);
	int32_t mark;

	if (len == 0)
		return false;
	mark = accent_mark(text, len);
	if (mark == 0 || !accent_add(b, mark))
		buf_add(b, text, len);
	return true;
}

static void
add_signs(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *slash;

	while ((slash = memchr(s, '/', (size_t)(end - s))) != NULL) {
		buf_add(b, s, (size_t)(slash - s));
		s = slash;
		if ((n = inside(s, end, "/spl ")) > 0 && add_sign(b, s + 5, n))
			s += 5 + n + 1;
		else
			buf_addc(b, *s++);
	}
	buf_add(b, s, (size_t)(end - s));
}

static void
add_scripts(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *slash;
	bool raised;

	while ((slash = memchr(s, '/', (size_t)(end - s))) != NULL) {
		buf_add(b, s, (size_t)(slash - s));
		s = slash;
		raised = (n = inside(s, end, "/sup ")) > 0;
		if (raised || (n = inside(s, end, "/sub ")) > 0) {
			markup_script(b, s + 5, n, raised);
			s += 5 + n + 1;
		} else
			buf_addc(b, *s++);
	}
	buf_add(b, s, (size_t)(end - s));
}

void
markup_inspec(struct buf *b, const char *s, size_t n)
{
	static struct buf signs;

	if (memmem(s, n, "/s", 2) == NULL) {
		buf_add(b, s, n);
		return;
	}
	buf_reset(&signs);
	add_signs(&signs, s, n);
	add_scripts(b, signs.p, signs.len);
}

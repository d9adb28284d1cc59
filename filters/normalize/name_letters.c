/* name_letters - letters in names that are surely others */
#include <ctype.h>
#include <string.h>

#include "lib/accent.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/name.h"

#define LATIN_END	0x180	/* behind Latin Extended-A */

/* What looks like a letter of the Latin script. */
static const struct {
	int32_t	c, latin;
} alike[] = {
	{ 0x3bf, 'o' }, { 0x3d5, 0xf8 }, { 0x406, 'I' }, { 0x410, 'A' },
	{ 0x412, 'B' }, { 0x415, 'E' }, { 0x41a, 'K' }, { 0x41c, 'M' },
	{ 0x41d, 'H' }, { 0x41e, 'O' }, { 0x420, 'P' }, { 0x421, 'C' },
	{ 0x422, 'T' }, { 0x425, 'X' }, { 0x430, 'a' }, { 0x435, 'e' },
	{ 0x43e, 'o' }, { 0x440, 'p' }, { 0x441, 'c' }, { 0x443, 'y' },
	{ 0x445, 'x' }, { 0x455, 's' }, { 0x456, 'i' }, { 0x458, 'j' },
	{ 0x4ab, 0xe7 }, { 0x2298, 0xf8 },
};

bool
name_is_plain(const char *s, size_t n)
{
	static bool plain[256];
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	int c;

	/* bytes of the Latin script, but for U+0080 to U+00BF */
	if (!plain['A'])
		for (c = 0; c < 256; c++)
			plain[c] = c < 0x80 ? isalpha(c) ||
			    (c != 0 && strchr(" -.'", c) != NULL) :
			    c != 0xc2 && c != 0xc4 && c <= 0xca;
	/* nor dotless i */
	while (p < end && (plain[*p] || (*p == 0xc4 && p[1] != 0xb1)))
		p++;
	return p == end;
}

static bool
is_latin(int32_t c)
{
	return c < 0x80 ? isalpha(c) : c >= 0xc0 && c < 0x250 && c != 0xd7 &&
	    c != 0xf7;
}

/* The letter with the mark on it, of Latin-1 or Extended-A, or 0. */
static int32_t
compose(int32_t letter, int32_t mark)
{
	char s[8];
	struct buf b = { 0 };
	const char *p;
	size_t n;
	int32_t c = 0;

	if (!is_latin(letter))
		return 0;
	n = utf8_put(s, letter);
	n += utf8_put(s + n, mark);
	text_clean(&b, s, n);
	p = b.p;
	c = utf8_next(&p);
	if (p != b.p + b.len || c >= LATIN_END)
		c = 0;
	buf_free(&b);
	return c;
}

/* "&uuml" in "B&uumllthoff": its length without the &, and the letter. */
static size_t
open_reference(const char *s, char out[ENTITY_MAX])
{
	static const char *const ends[] = { "uml", "acute", "grave", "circ",
	    "tilde", "cedil", "ring", "slash" };
	size_t i, n;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		n = strlen(ends[i]);
		if (isalpha((unsigned char)s[0]) &&
		    strncmp(s + 1, ends[i], n) == 0 && s[n + 1] != ';' &&
		    entity_characters(s, n + 1, out) > 0)
			return n + 1;
	}
	return 0;
}

/* The character at s, or 0 at the end. */
static int32_t
peek(const char *s)
{
	return *s == '\0' ? 0 : utf8_next(&s);
}

static int32_t
find_alike(int32_t c, int32_t before, int32_t next)
{
	size_t i;

	if ((!is_latin(before) && !is_latin(next)) ||
	    (before > 0x250 && before != ' ') || next > 0x250)
		return 0;
	for (i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if (alike[i].c == c)
			return alike[i].latin;
	return 0;
}

/*
 * The accent c between two letters belongs to the one that can have it; a new
 * letter for one of them.
 */
static bool
find_accent(int32_t c, int32_t *before, int32_t *next)
{
	char s[4];
	int32_t mark = accent_mark(s, utf8_put(s, c)), a, b;

	if (mark == 0 || !is_latin(*before))
		return false;
	a = compose(*before, mark);
	b = compose(*next, mark);
	/* behind a letter with an accent it may be damage of the text */
	if ((a != 0) == (b != 0) || (a == 0 && *before >= 0x80))
		return false;
	*before = a;
	*next = b;
	return true;
}

bool
name_letters(struct buf *name)
{
	static struct buf b;
	char out[ENTITY_MAX];
	const char *s = name->p;
	int32_t c, before = 0, x, y;
	bool changed = false;
	size_t last = 0, n;

	buf_reset(&b);
	while (*s != '\0') {
		c = utf8_next(&s);
		x = before;
		y = peek(s);
		if (c == '&' && (n = open_reference(s, out)) > 0) {
			changed = true;
			buf_adds(&b, out);
			s += n;
			before = 'e';
			continue;
		}
		if ((c == 0x131 || c == 0x237) && y >= 0x300 && y <= 0x314) {
			changed = true;
			c = c == 0x131 ? 'i' : 'j';
		} else if (find_accent(c, &x, &y)) {
			changed = true;
			if (x != 0)
				b.len = last;
			else
				utf8_next(&s);
			c = x != 0 ? x : y;
		} else if (c > 0x24f && (x = find_alike(c, before, y)) != 0) {
			changed = true;
			c = x;
		}
		last = b.len;
		utf8_add(&b, c);
		before = c;
	}
	if (changed) {
		buf_reset(name);
		text_clean(name, b.p, b.len);
	}
	return changed;
}

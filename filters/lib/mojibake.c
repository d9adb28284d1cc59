/* mojibake - text that was read in an encoding that is not its own */
#include <string.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/mojibake.h"
#include "lib/utf8.h"

#define ROUNDS	3	/* two wrong readings, and one to see the end */
#define LOST	0xfffd

static const int32_t cp1252[32] = {
	0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,
	0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0,
	0x17e, 0x178
};

int32_t
mojibake_cp1252(int byte)
{
	return byte >= 0x80 && byte < 0xa0 ? cp1252[byte - 0x80] : 0;
}

/* The byte that was read as the character in Latin-1 or windows-1252, or 0. */
static int
byte_of(int32_t c)
{
	int i;

	if (c >= 0x80 && c <= 0xff)
		return c;
	for (i = 0; c > 0xff && i < 32; i++)
		if (cp1252[i] == c)
			return 0x80 + i;
	return 0;
}

static bool
is_letter(int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

static bool
is_lower(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

static bool
is_upper(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}

/* One character of UTF-8 whose bytes stand there as characters. */
struct run {
	const char	*end;		/* behind it */
	int32_t		 meant;
	int32_t		 second;	/* what its second byte was read as */
	int		 lead;		/* its first byte */
};

static bool
find_run(const char *s, const char *end, struct run *r)
{
	static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	int32_t c;
	int more, i, byte;

	if (s == end || (*s & 0x80) == 0)
		return false;
	r->lead = byte_of(utf8_next(&s));
	if (r->lead < 0xc2 || r->lead > 0xf4)
		return false;
	more = r->lead < 0xe0 ? 1 : r->lead < 0xf0 ? 2 : 3;
	r->meant = r->lead & (0x3f >> more);
	for (i = 0; i < more; i++) {
		if (s == end || (*s & 0x80) == 0)
			return false;
		c = utf8_next(&s);
		byte = byte_of(c);
		if (byte < 0x80 || byte > 0xbf)
			return false;
		if (i == 0)
			r->second = c;
		r->meant = r->meant << 6 | (byte & 0x3f);
	}
	r->end = s;
	return r->meant >= least[more] && r->meant <= 0x10ffff &&
	    !(r->meant >= 0xd800 && r->meant < 0xe000);
}

static bool
is_one_of(int32_t c, const char *set)
{
	while (*set != '\0')
		if (utf8_next(&set) == c)
			return true;
	return false;
}

/* What may stand behind a word or a capital. */
static bool
is_punctuation(int32_t c)
{
	return is_one_of(c, "‘’“”«»‹›…–—™\u00a0");
}

static bool
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

/* Whether it can be the name of an operator with a sign: "the spectrum of Â²". */
static bool
is_operator(const struct run *r, int32_t before, int32_t after)
{
	if (!is_one_of(r->second, "±²³·¹¬") || is_letter(before))
		return false;
	return r->lead == 0xc2 ? !is_digit(before) && !is_digit(after) :
	    !is_letter(after);
}

/*
 * Whether two bytes can be nothing else: a capital with such a sign behind it is
 * in no language, but a quote may end behind one, and a square follows the
 * sign of the angstrom or an operator.  A letter of Hebrew is not alone, but a
 * times sign has all sorts of signs behind it, as has that of a diameter.
 */
static bool
is_certain_pair(const struct run *r, int32_t before, int32_t after)
{
	int32_t c = r->second;
	bool inside = is_lower(before) || (is_lower(after) &&
	    !is_upper(before) && c != 0x2019);
	bool strange = !is_one_of(c, "ŠšŽžŒœŸƒ") && !is_punctuation(c);

	if (r->meant < 0xa0)
		return false;
	switch (r->lead) {
	case 0xc2:
		return (strange || !is_upper(before)) &&
		    !is_operator(r, before, after);
	case 0xc3:
		if (is_operator(r, before, after))
			return false;
		if (c == 0xa0)
			return !is_upper(before);
		return inside || !is_punctuation(c);
	case 0xc4:
		return inside || !(is_punctuation(c) ||
		    is_operator(r, before, after));
	case 0xc5:
		return inside || !(is_punctuation(c) ||
		    is_one_of(c, "°±²³·¹º"));
	case 0xc8:
		/* the commas of Romanian */
		return inside && r->meant >= 0x218 && r->meant <= 0x21b;
	case 0xcc:
		return strange && is_letter(before);
	case 0xce: case 0xcf:
		return strange && !is_upper(before);
	case 0xd0: case 0xd1:
	case 0xd8: case 0xd9: case 0xda: case 0xdb:
		return strange && !is_letter(before) &&
		    !is_one_of(c, "°±²³·¹º®¡¼½¾");
	default:
		return false;
	}
}

static bool
is_certain(const struct run *r, int32_t before, int32_t after)
{
	int32_t c = r->meant;

	if (r->lead < 0xe0)
		return is_certain_pair(r, before, after);
	if (r->lead == 0xe2)
		return (c >= 0x2000 && c <= 0x23ff) ||
		    (c >= 0x2500 && c <= 0x27ff);
	if (r->lead == 0xef)
		return c >= 0xfb00 || c == 0xfeff;
	/* Latin letters with two marks, of Vietnamese */
	if (r->lead == 0xe1)
		return c >= 0x1e00 && c <= 0x1eff && after < 0x80 &&
		    is_letter(after);
	return c >= 0x1f000 && c <= 0x1faff;
}

/* Of two in a row none is chance, but where all are capitals of one word. */
static bool
is_one_of_two(const struct run *a, const struct run *b)
{
	return a->meant >= 0xa0 && !(is_upper(a->second) && is_upper(b->second));
}

/* The first two characters of a dash or quote: the third may be no character. */
#define HALF	"\xc3\xa2\xe2\x82\xac"

static bool
mend_once(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *p, *q;
	struct run r, next;
	int32_t before = 0, after, c;
	bool changed = false, mended = false, quoted = false, pair;

	for (p = s; p < end; p = q) {
		n = ascii_run(p, (size_t)(end - p));
		if (n > 0) {
			buf_add(b, p, n);
			q = p + n;
			/* "5 ±" is a number with a sign as "5±" is */
			before = q[-1] == ' ' && n > 1 && is_digit(q[-2]) ?
			    q[-2] : q[-1];
			mended = false;
			continue;
		}
		if (!find_run(p, end, &r)) {
			q = p;
			if (quoted && end - p >= 5 && memcmp(p, HALF, 5) == 0) {
				q += 5;
				before = 0x201d;
				utf8_add(b, before);
				quoted = false;
				continue;
			}
			before = utf8_next(&q);
			buf_add(b, p, (size_t)(q - p));
			mended = false;
			continue;
		}
		q = r.end;
		after = q < end ? utf8_next(&q) : 0;
		pair = find_run(r.end, end, &next);
		if (mended || is_certain(&r, before, after) ||
		    (pair && is_one_of_two(&r, &next))) {
			mended = pair;
			changed = true;
			if (r.meant == 0x201c || r.meant == 0x201d)
				quoted = r.meant == 0x201c;
			before = r.meant;
			utf8_add(b, r.meant);
			q = r.end;
		} else {
			q = p;
			c = utf8_next(&q);
			buf_add(b, p, (size_t)(q - p));
			before = c;
		}
	}
	return changed;
}

/* What the control stands for between two characters. */
static int32_t
in_place_of(int32_t control, int32_t before, int32_t after)
{
	int32_t c = mojibake_cp1252(control);
	bool inside = is_letter(before) && is_letter(after);

	if (c == 0)
		return inside ? LOST : control;
	/* these two encodings of Central Europe have in common */
	if (is_one_of(c, "ŠšŽž"))
		return c;
	if (inside && !is_one_of(c, "‘’“”–—Œœ"))
		return LOST;
	return c;
}

static bool
mend_controls(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *p, *q;
	int32_t before = 0, c;
	bool changed = false;

	for (p = s; p < end; p = q) {
		q = p;
		c = utf8_next(&q);
		if (c >= 0x80 && c < 0xa0) {
			const char *next = q;
			int32_t after = next < end ? utf8_next(&next) : 0;

			/* a dash or quote without the first of its bytes */
			if (c == 0x80 && after >= 0x90 && after <= 0xa7) {
				before = 0x2000 | (after & 0x3f);
				q = next;
			} else
				before = in_place_of(c, before, after);
			changed |= before != c;
			utf8_add(b, before);
		} else {
			before = c;
			buf_add(b, p, (size_t)(q - p));
		}
	}
	return changed;
}

/* Whether a control or what may begin a run is in the text. */
static bool
is_suspect(const char *s, size_t n)
{
	const char *end = s + n;

	for (s += ascii_run(s, n); s < end; s++)
		if ((s[0] == '\xc2' && (unsigned char)s[1] < 0xa0) ||
		    (s[0] == '\xc3' && (unsigned char)s[1] >= 0x82 &&
		    end - s > 2 && (s[2] & 0x80) != 0))
			return true;
	return false;
}

bool
mojibake_mend(struct buf *b, const char *s, size_t n)
{
	static struct buf a, c;
	bool changed = false;
	int i;

	if (!is_suspect(s, n)) {
		buf_add(b, s, n);
		return false;
	}
	buf_reset(&a);
	buf_add(&a, s, n);
	for (i = 0; i < ROUNDS; i++) {
		buf_reset(&c);
		if (!mend_once(&c, a.p, a.len))
			break;
		changed = true;
		buf_reset(&a);
		buf_add(&a, c.p, c.len);
	}
	changed |= mend_controls(b, a.p, a.len);
	return changed;
}

/* xml_text - texts of XML: references, line ends, what can be mended */
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <string.h>

#include "lib/entity.h"
#include "lib/input.h"
#include "lib/utf8.h"
#include "parse/xml_parts.h"

const char *
xml_plain(const char *p, const char *end)
{
	static const uint64_t ones = 0x0101010101010101;
	uint64_t w, lt, amp;

#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const void *)p);
		/* as signed numbers, those that are not ASCII are below too */
		__m128i is = _mm_cmplt_epi8(v, _mm_set1_epi8(' '));
		int mask;

		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
		if ((mask = _mm_movemask_epi8(is)) != 0)
			return p + __builtin_ctz((unsigned)mask);
	}
#endif
	for (; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		lt = w ^ ones * '<';
		amp = w ^ ones * '&';
		/* a byte of zero, or below a space, or not ASCII */
		if ((((lt - ones) & ~lt) | ((amp - ones) & ~amp) |
		    ((w - ones * 0x20) & ~w) | w) & ones * 0x80)
			break;
	}
	while (p < end && (unsigned char)(*p - 0x20) < 0x60 && *p != '<' &&
	    *p != '&')
		p++;
	return p;
}

const char *
xml_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' ||
	    *p == '\r'))
		p++;
	return p;
}

const char *
xml_name(const char *p, const char *end)
{
	/* the letters, digits and marks of ASCII; all that is not ASCII goes */
	static const uint64_t ascii[2] = { 0x07ff600000000000ULL,
	    0x07fffffe87fffffeULL };
	unsigned char c;

	/* mostly all of it */
	while (p < end && (unsigned char)(*p - 'a') < 26)
		p++;
	for (; p < end; p++) {
		c = (unsigned char)*p;
		if (c < 0x80 && (ascii[c >> 6] >> (c & 63) & 1) == 0)
			break;
	}
	return p;
}

/* Mending */

static bool
is_in_word(int c)
{
	return c < 0 || (c > ' ' && c != '<' && c != '>' && c != '"');
}

void
xml_mend(struct xml *x, enum xml_defect d, const char *p, const char *end)
{
	const char *from = p, *head = input_head(x->in);
	size_t max = sizeof(x->defect[d].got);

	if (x->skips)
		return;
	x->mended = true;
	if (x->defect[d].n++ > 0)
		return;
	while (from > head && (size_t)(p - from) < max / 2 &&
	    is_in_word(from[-1]))
		from--;
	for (p++; p < end && (size_t)(p - from) < max && is_in_word(*p); )
		p++;
	x->defect[d].len = (size_t)(p - from);
	memcpy(x->defect[d].got, from, (size_t)(p - from));
}

/*
 * A byte that is not UTF-8 is a letter of ISO-8859-1, unless it may be a piece
 * of a longer character, or was not text in an encoding either.
 */
static const char *
mend_byte(struct xml *x, const char *p, const char *end, char *out, size_t *n)
{
	unsigned char c = (unsigned char)*p;
	bool in_pieces = p + 1 < end && (p[1] & 0xc0) == 0x80;

	xml_mend(x, XML_BYTE, p, end);
	*n = utf8_put(out, c >= 0xa0 && !in_pieces &&
	    x->in->encoding == NULL ? c : 0xfffd);
	return p + 1;
}

/* References */

/* The characters that have names, those that were asked for before. */
static const char *
named(const char *name, size_t len, size_t *n)
{
	static struct known {
		char	name[16];
		char	text[ENTITY_MAX];
		size_t	n;
	} known[256];
	static char text[ENTITY_MAX];
	struct known *k;
	size_t hash = len, i;

	if (len >= sizeof(k->name)) {
		*n = entity_characters(name, len, text);
		return *n > 0 ? text : NULL;
	}
	for (i = 0; i < len; i++)
		hash = hash * 31 + (unsigned char)name[i];
	k = &known[hash % 256];
	if (k->n == 0 || memcmp(k->name, name, len) != 0 ||
	    k->name[len] != '\0') {
		if ((*n = entity_characters(name, len, text)) == 0)
			return NULL;
		memcpy(k->name, name, len);
		k->name[len] = '\0';
		memcpy(k->text, text, sizeof(text));
		k->n = *n;
	}
	*n = k->n;
	return k->text;
}

static bool
is_declared(const struct xml *x, const char *name, size_t len)
{
	char want[sizeof(x->entity) + 2];

	if (x->declared.len == 0)
		return false;
	if (len >= sizeof(x->entity))
		len = sizeof(x->entity) - 1;
	want[0] = ';';
	memcpy(want + 1, name, len);
	want[len + 1] = ';';
	/* as many as this are not all remembered */
	return x->declared.len >= XML_DECLARED || memmem(x->declared.p,
	    x->declared.len, want, len + 2) != NULL;
}

/* The number of a character at p, behind "&#", or -1; *next is behind it. */
static int32_t
number(const char *p, const char *end, const char **next)
{
	bool hex = p < end && *p == 'x';
	const char *digits = p + hex;
	int32_t c = 0;
	int d;

	for (p = digits; p < end && *p != ';'; p++) {
		if (*p >= '0' && *p <= '9')
			d = *p - '0';
		else if (hex && (*p | 0x20) >= 'a' && (*p | 0x20) <= 'f')
			d = (*p | 0x20) - 'a' + 10;
		else
			return -1;
		c = c > 0x10ffff ? c : c * (hex ? 16 : 10) + d;
	}
	if (p == digits || p == end)
		return -1;
	*next = p + 1;
	return c;
}

static const char *
numbered(struct xml *x, const char *p, const char *end, char *out, size_t *n)
{
	const char *next;
	int32_t c = number(p + 2, end, &next);

	if (c == -1) {
		xml_mend(x, XML_AMPERSAND, p, end);
		*out = '&';
		*n = 1;
		return p + 1;
	}
	if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
		xml_mend(x, XML_CONTROL, p, end);
		c = ' ';
	} else if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
		xml_mend(x, XML_CONTROL, p, end);
		c = 0xfffd;
	}
	*n = utf8_put(out, c);
	return next;
}

static const char *
reference(struct xml *x, const char *p, const char *end, bool last,
    const char **s, size_t *n)
{
	static char out[8];
	const char *name = p + 1, *next = xml_name(name, end);
	const char *text;
	size_t len;

	if (next < end && *next == '#' && next == name)
		next = xml_name(next + 1, end);
	if (next == end && !last)
		return NULL;
	*s = out;
	if (next < end && *name == '#')
		return numbered(x, p, next + 1, out, n);
	len = (size_t)(next - name);
	if (next == end || *next != ';' || len == 0) {
		xml_mend(x, XML_AMPERSAND, p, end);
		*out = '&';
		*n = 1;
		return name;
	}
	next++;
	if ((text = named(name, len, n)) != NULL) {
		*s = text;
		return next;
	}
	*s = p;
	*n = (size_t)(next - p);
	if (!is_declared(x, name, len))
		xml_mend(x, XML_ENTITY, p, next);
	else if (x->entity[0] == '\0' && !x->skips) {
		if (len >= sizeof(x->entity))
			len = sizeof(x->entity) - 1;
		memcpy(x->entity, name, len);
		x->entity[len] = '\0';
	}
	return next;
}

/*
 * A byte at p that a text cannot hold as it is: its replacement in *s and *n,
 * valid until the next call.  Returns the place behind, or NULL where more
 * must be there to tell.
 */
static const char *
special(struct xml *x, const char *p, const char *end, bool last,
    const char **s, size_t *n)
{
	static char out[8];
	unsigned char c = (unsigned char)*p;

	if (c == '&')
		return reference(x, p, end, last, s, n);
	*s = out;
	if (c >= 0x80)
		return mend_byte(x, p, end, out, n);
	*n = 1;
	if (c == '\r') {
		if (p + 1 == end && !last)
			return NULL;
		*out = '\n';
		return p + 1 + (p + 1 < end && p[1] == '\n');
	}
	xml_mend(x, XML_CONTROL, p, end);
	*out = ' ';
	return p + 1;
}

/* Texts */

/* The bytes of the character at p, not of ASCII; 0: it is none, -1: so far. */
static int
character(const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;
	int n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2, i;

	if (end - p >= n)
		return utf8_valid(p, (size_t)n) ? n : 0;
	for (i = 1; i < end - p; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return c >= 0xc2 && c <= 0xf4 ? -1 : 0;
}

static void
hand_on(struct xml *x, const char *from, const char *p)
{
	if (p > from)
		x->format->text(x, from, (size_t)(p - from));
}

const char *
xml_run(struct xml *x, const char *p, const char *end, bool cdata, bool last)
{
	const char *from = p, *next, *s;
	size_t n;
	int len;

	while ((p = xml_plain(p, end)) < end) {
		if (*p == '\n' || *p == '\t' || (cdata && (*p == '<' ||
		    *p == '&'))) {
			p++;
			continue;
		}
		if (*p == '<')
			break;
		if ((*p & 0x80) != 0) {
			len = character(p, end);
			if (len > 0) {
				p += len;
				continue;
			}
			if (len == -1 && !last)
				break;
		}
		hand_on(x, from, p);
		next = special(x, p, end, last, &s, &n);
		if (next == NULL)
			return p;
		hand_on(x, s, s + n);
		p = from = next;
	}
	hand_on(x, from, p);
	return p;
}

void
xml_value(struct xml *x, struct buf *b, const char *p, const char *end)
{
	const char *q, *s;
	size_t n;
	int len;

	while (p < end) {
		q = xml_plain(p, end);
		buf_add(b, p, (size_t)(q - p));
		if ((p = q) == end)
			break;
		if (*p == '\n' || *p == '\t' || *p == '\r') {
			buf_addc(b, ' ');
			p += 1 + (*p == '\r' && p + 1 < end && p[1] == '\n');
			continue;
		}
		len = (*p & 0x80) != 0 ? character(p, end) : 0;
		if (len > 0)
			buf_add(b, p, (size_t)len);
		p = len > 0 ? p + len : special(x, p, end, true, &s, &n);
		if (len <= 0)
			buf_add(b, s, n);
	}
}

enum xml_token
xml_text(struct xml *x, const char *p, const char *end)
{
	const char *stop = p;

	if (x->skips) {
		stop = memchr(p, '<', (size_t)(end - p));
		stop = stop != NULL ? stop : end;
	} else {
		/* mostly there is nothing else between tags */
		while (stop < end && (*stop == '\n' || *stop == ' ' ||
		    *stop == '\t'))
			stop++;
		if (stop < end && *stop == '<')
			hand_on(x, p, stop);
		else
			stop = xml_run(x, p, end, false, x->ended);
	}
	x->next = x->at + (size_t)(stop - p);
	return stop == p ? XML_MORE : x->next > x->max &&
	    xml_is_too_long(x) ? XML_BAD : XML_DONE;
}

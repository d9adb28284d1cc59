/* json_parts - what the files of json share */
#ifndef JSON_PARTS_H
#define JSON_PARTS_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <string.h>

#include "lib/arena.h"
#include "lib/json.h"

static inline struct json *
json_node(struct arena *a, enum json_type type)
{
	struct json *v = arena_alloc(a, sizeof(*v));

	memset(v, 0, sizeof(*v));
	v->type = type;
	return v;
}

/* Whether there is one of eight bytes that a string cannot hold as it is. */
static inline bool
json_has_special(uint64_t w)
{
	static const uint64_t ones = 0x0101010101010101;
	uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';

	/* a byte of zero, or below a space: Mycroft's test */
	return ((((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
	    ((w - ones * 0x20) & ~w)) & ones * 0x80) != 0;
}

/* The first byte from s on that a string cannot hold as it is, or end. */
static inline const char *
json_special(const char *s, const char *end)
{
	uint64_t w;

#ifdef __SSE2__
	for (; end - s >= 16; s += 16) {
		__m128i v = _mm_loadu_si128((const void *)s);
		__m128i is = _mm_cmpeq_epi8(_mm_min_epu8(v,
		    _mm_set1_epi8(0x1f)), v);
		int mask;

		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
		if ((mask = _mm_movemask_epi8(is)) != 0)
			return s + __builtin_ctz((unsigned)mask);
	}
#endif
	for (; end - s >= 8; s += 8) {
		memcpy(&w, s, 8);
		if (json_has_special(w))
			break;
	}
	while (s < end && (unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
		s++;
	return s;
}

/* The number of four hexadecimal digits, or -1. */
int		 json_hex4(const char *, const char *end);

/*
 * The two ways to read a text that is UTF-8.  What json_read_plain takes, it
 * reads as json_read_any does, but several times faster; where it returns
 * NULL, nothing is said of the text, and json_read_any decides.
 */
struct json	*json_read_plain(struct arena *, const char *, size_t);
struct json	*json_read_any(struct arena *, const char *, size_t,
		    enum reject_code *code, const char **detail);

#endif

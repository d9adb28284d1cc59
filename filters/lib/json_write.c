/* json_write - the compact spelling of a tree */
#include "lib/buf.h"
#include "lib/json_parts.h"

/* Copy what a string can hold as it is, at most n bytes; returns how much. */
static inline size_t
copy_plain(char *to, const char *s, size_t n)
{
	const char *end = s + n, *from = s;
	uint64_t first, last;
	uint32_t four[2];

#ifdef __SSE2__
	for (; end - s >= 16; s += 16, to += 16) {
		__m128i v = _mm_loadu_si128((const void *)s);
		__m128i is = _mm_cmpeq_epi8(_mm_min_epu8(v,
		    _mm_set1_epi8(0x1f)), v);

		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
		if (_mm_movemask_epi8(is) != 0)
			break;
		_mm_storeu_si128((void *)to, v);
	}
#endif
	/* two words that overlap each other, or the last what is done */
	if (n >= 8 && end - s <= 16) {
		memcpy(&last, end - 8, 8);
		memcpy(&first, end - s >= 8 ? s : end - 8, 8);
		if (!json_has_special(first) && !json_has_special(last)) {
			if (end - s >= 8)
				memcpy(to, &first, 8);
			memcpy(to + (end - s) - 8, &last, 8);
			return n;
		}
	}
	if (n >= 4 && n < 8) {
		memcpy(&four[0], s, 4);
		memcpy(&four[1], end - 4, 4);
		memcpy(&first, four, 8);
		if (!json_has_special(first)) {
			memcpy(to, &four[0], 4);
			memcpy(to + n - 4, &four[1], 4);
			return n;
		}
	}
	end = json_special(s, end);
	memcpy(to, s, (size_t)(end - s));
	return (size_t)(end - from);
}

static void
add_escaped(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";

	buf_addc(b, '\\');
	switch (c) {
	case '"':
	case '\\':
		buf_addc(b, c);
		break;
	case '\n':
		buf_addc(b, 'n');
		break;
	case '\t':
		buf_addc(b, 't');
		break;
	case '\r':
		buf_addc(b, 'r');
		break;
	default:
		buf_adds(b, "u00");
		buf_addc(b, hex[c >> 4]);
		buf_addc(b, hex[c & 15]);
	}
}

void
json_write_string(struct buf *b, const char *s, size_t n)
{
	size_t run;

	buf_reserve(b, n + 2);
	b->p[b->len++] = '"';
	while (n > 0) {
		run = copy_plain(b->p + b->len, s, n);
		b->len += run;
		s += run;
		n -= run;
		if (n > 0) {
			add_escaped(b, (unsigned char)*s++);
			buf_reserve(b, --n + 1);
		}
	}
	b->p[b->len++] = '"';
	b->p[b->len] = '\0';
}

void
json_write(struct buf *b, const struct json *v)
{
	const struct json *c;

	switch (v->type) {
	case JSON_NULL:
		buf_add(b, "null", 4);
		return;
	case JSON_FALSE:
		buf_add(b, "false", 5);
		return;
	case JSON_TRUE:
		buf_add(b, "true", 4);
		return;
	case JSON_NUMBER:
		buf_add(b, v->text, v->len);
		return;
	case JSON_STRING:
		json_write_string(b, v->text, v->len);
		return;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	buf_addc(b, v->type == JSON_ARRAY ? '[' : '{');
	for (c = v->child; c != NULL; c = c->next) {
		if (c->name != NULL) {
			json_write_string(b, c->name, c->namelen);
			buf_addc(b, ':');
		}
		json_write(b, c);
		if (c->next != NULL)
			buf_addc(b, ',');
	}
	buf_addc(b, v->type == JSON_ARRAY ? ']' : '}');
}

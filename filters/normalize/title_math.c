/* title_math - what stands between dollars in a title */
#include <ctype.h>
#include <string.h>

#include "lib/accent.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/tex.h"
#include "lib/tex_parts.h"
#include "lib/utf8.h"
#include "normalize/title.h"

static bool
is_letter(int c)
{
	return isalpha((unsigned char)c) != 0;
}

/* The name of the command behind the backslash at p. */
static size_t
command_length(const char *p, const char *end)
{
	const char *q = p + 1;

	while (q < end && is_letter(*q))
		q++;
	return (size_t)(q - p - 1);
}

/* Words are no math: TeX would print them without the spaces. */
static bool
is_prose(const char *s, size_t n)
{
	const char *end = s + n, *p;
	int words = 0;

	for (p = s; p < end; p++)
		if (strchr("\\^_=", *p) != NULL)
			return false;
	while (s < end) {
		for (p = s; p < end && is_letter(*p); p++)
			;
		if (p - s >= 4 && (p == end || strchr(" ~:,", *p) != NULL))
			words++;
		s = p + 1;
	}
	return words >= 2;
}

static void
add_prose(struct buf *b, const char *s, size_t n)
{
	for (; n > 0; s++, n--)
		buf_addc(b, *s == '~' ? ' ' : *s);
}

/* Whether the command puts its argument as text, in some font. */
static bool
is_text_font(const char *name, size_t n)
{
	return tex_find(name, n)->kind == TEX_FONT &&
	    (strncmp(name, "text", 4) == 0 || tex_is_named("emph", name, n) ||
	    tex_is_named("underline", name, n) ||
	    tex_is_named("mbox", name, n) || tex_is_named("hbox", name, n));
}

/* The brace that closes the one at p, with nothing of math between, or NULL. */
static const char *
text_end(const char *p, const char *end)
{
	const char *close = tex_group_end(p, end);

	for (; close != NULL && p < close; p++)
		if (*p == '\\')
			p++;
		else if (strchr("$^_", *p) != NULL)
			return NULL;
	return close;
}

/*
 * Whether the math is nothing but text in fonts, or a sign of text.  A letter
 * that is only underlined may be a variable, unless it is in a word.
 */
static bool
is_text(const char *s, const char *end, bool in_word)
{
	const char *close;
	bool any = false;
	size_t n;

	while (s < end) {
		if (*s == ' ' || *s == '~') {
			s++;
			continue;
		}
		if (*s != '\\' || s + 1 == end)
			return false;
		if (s[1] == ' ' || s[1] == '&') {
			s += 2;
			continue;
		}
		n = command_length(s, end);
		if (tex_find(s + 1, n)->kind == TEX_SIGN)
			return s + 1 + n == end && n > 4 &&
			    (strncmp(s + 1, "text", 4) == 0 ||
			    tex_is_named("slash", s + 1, n));
		if (!is_text_font(s + 1, n) || s + 1 + n == end ||
		    s[1 + n] != '{' ||
		    (close = text_end(s + 1 + n, end)) == NULL)
			return false;
		if (s[1] == 'u' && close - s <= (long)n + 3 && !in_word)
			return false;
		any = true;
		s = close + 1;
	}
	return any;
}

static void
add_text(struct buf *b, const char *s, const char *end)
{
	for (; s < end; s++) {
		size_t n = *s == '\\' ? command_length(s, end) : 0;
		const char *close = n > 0 ? text_end(s + 1 + n, end) : NULL;

		if (close != NULL) {
			tex_decode(b, s, (size_t)(close + 1 - s), TEX_TEXT);
			s = close;
		} else if (n > 0) {
			tex_decode(b, s, (size_t)(end - s), TEX_TEXT);
			return;
		} else if (*s == '~')
			buf_addc(b, ' ');
		else if (*s != '\\')
			buf_addc(b, *s);
	}
}

/* "Demoir$\acute{e}$ing": an accent on a letter in a word. */
static bool
add_accented(struct buf *b, const char *s, size_t n)
{
	static const struct {
		const char	*name;
		int32_t		 mark;
	} accents[] = {
		{ "acute", 0x301 }, { "bar", 0x304 }, { "breve", 0x306 },
		{ "check", 0x30c }, { "ddot", 0x308 }, { "grave", 0x300 },
		{ "hat", 0x302 }, { "tilde", 0x303 },
	};
	size_t i, len;

	for (i = 0; i < sizeof(accents) / sizeof(accents[0]); i++) {
		len = strlen(accents[i].name);
		if (n == len + 4 && *s == '\\' && s[len + 1] == '{' &&
		    is_letter(s[len + 2]) && s[len + 3] == '}' &&
		    memcmp(s + 1, accents[i].name, len) == 0) {
			buf_addc(b, s[len + 2]);
			accent_add(b, accents[i].mark);
			return true;
		}
	}
	return false;
}

/*
 * Take the next character that math shows off *s: its size is 0 at the end, -1
 * where it is not known.
 */
static int
next_shown(const char **s, const char *end, char shown[ENTITY_MAX])
{
	const char *p;
	size_t n;

	while (*s < end) {
		p = *s;
		if (strchr("{}^_ ", *p) != NULL) {
			++*s;
			continue;
		}
		if (*p != '\\') {
			utf8_next(s);
			memcpy(shown, p, (size_t)(*s - p));
			return (int)(*s - p);
		}
		n = command_length(p, end);
		*s = p + 1 + (n > 0 ? n : 1);
		if (n == 0 || strncmp(p + 1, "math", 4) == 0 ||
		    strncmp(p + 1, "varvec", 6) == 0 ||
		    tex_find(p + 1, n)->kind == TEX_FONT)
			continue;
		if ((n = entity_characters(p + 1, n, shown)) == 0)
			return -1;
		return (int)n;
	}
	return 0;
}

/*
 * How much of the text at t shows just what the math shows, in single
 * characters: Springer puts it behind.
 */
static size_t
repeated(const char *s, const char *end, const char *t, const char *tend)
{
	const char *from = t;
	char shown[ENTITY_MAX];
	int n;
	bool any = false;

	while ((n = next_shown(&s, end, shown)) > 0) {
		const char *p;
		int32_t c, d;

		while (t < tend && *t == ' ')
			t++;
		if (t == tend)
			return 0;
		p = shown;
		c = utf8_next(&p);
		d = utf8_next(&t);
		if (d == 0x2217)
			d = '*';
		else if (d == 0x2212)
			d = '-';
		if (c != d)
			return 0;
		any = true;
	}
	return n == 0 && any && (t == tend || *t == ' ') ?
	    (size_t)(t - from) : 0;
}

/* The math from s to end in its form; what is in front is in the buffer. */
static void
add_math(struct buf *b, const char *s, const char *end, const char *behind,
    const char *tend)
{
	bool in_word = (b->len > 0 && is_letter(b->p[b->len - 1])) ||
	    (behind < tend && is_letter(*behind));
	const char *p = s, *q = end;

	while (p < q && *p == ' ')
		p++;
	while (q > p && q[-1] == ' ')
		q--;
	if (b->len == 0 && is_prose(s, (size_t)(end - s)))
		add_prose(b, s, (size_t)(end - s));
	else if (q - p == 1 && strchr("<>*+-|/", *p) != NULL)
		buf_addc(b, *p);
	else if (is_text(s, end, in_word))
		add_text(b, s, end);
	else if (!in_word || !add_accented(b, p, (size_t)(q - p))) {
		buf_addc(b, '$');
		buf_add(b, s, (size_t)(end - s));
		buf_addc(b, '$');
	}
}

void
title_math(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *dollar, *close, *behind;
	size_t marks, again;

	while ((dollar = memchr(s, '$', (size_t)(end - s))) != NULL) {
		/* "\$" is a dollar */
		if (dollar > s && dollar[-1] == '\\') {
			buf_add(b, s, (size_t)(dollar + 1 - s));
			s = dollar + 1;
			continue;
		}
		buf_add(b, s, (size_t)(dollar - s));
		s = dollar;
		marks = end - s > 1 && s[1] == '$' ? 2 : 1;
		behind = tex_math_end(s, end);
		close = behind != NULL ? behind - marks : NULL;
		if (close == NULL || close <= s + marks || *close != '$' ||
		    memchr(s + marks, '$', (size_t)(close - s) - marks)) {
			behind = close != NULL ? behind : s + 1;
			buf_add(b, s, (size_t)(behind - s));
			s = behind;
			continue;
		}
		s += marks;
		again = marks == 2 && behind < end && *behind == ' ' ?
		    repeated(s, close, behind + 1, end) : 0;
		behind += again > 0 ? 1 + again : 0;
		add_math(b, s, close, behind, end);
		/* publishers put spaces around math, also in a word */
		if (end - behind > 2 && behind[0] == ' ' && behind[1] == '-' &&
		    is_letter(behind[2]))
			behind++;
		s = behind;
	}
	buf_add(b, s, (size_t)(end - s));
}

/* name_marks - signs of footnotes and numbers of affiliations beside a name */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
#include "normalize/name.h"
#include "normalize/name_marks.h"

void
name_cut_out(struct buf *b, size_t at, size_t n)
{
	memmove(b->p + at, b->p + at + n, b->len - at - n + 1);
	b->len -= n;
}

void
name_trim(struct buf *b)
{
	while (b->len > 0 && strchr(" ,;", b->p[b->len - 1]) != NULL)
		b->p[--b->len] = '\0';
	while (b->len > 0 && strchr(" ,;", b->p[0]) != NULL)
		name_cut_out(b, 0, 1);
}

/* The length of a sign of a footnote at s that is no letter, or 0. */
static size_t
sign_length(const char *s)
{
	static const char *const signs[] = { "*", "†", "‡", "§", "¶", "∗", "·",
	    "•", "⋆", "★", "✉", "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸",
	    "⁹", "\\", "#", "|" };
	size_t i, n;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		n = strlen(signs[i]);
		if (strncmp(s, signs[i], n) == 0)
			return n;
	}
	return 0;
}

/* How often each byte is there. */
struct counts {
	size_t	of[256];
};

static size_t
of(const struct counts *c, char byte)
{
	return c->of[(unsigned char)byte];
}

/* A bracket whose partner is missing. */
static bool
is_alone(const struct counts *count, char c)
{
	static const char *const pairs = "()[]{}<>";
	const char *p = c == '\0' ? NULL : strchr(pairs, c);

	if (p == NULL)
		return false;
	return (p - pairs) % 2 == 0 ? of(count, c) > of(count, p[1]) :
	    of(count, c) > of(count, p[-1]);
}

/* The length of a sign that ends at end, or 0. */
static size_t
sign_before(const char *s, const char *end)
{
	size_t n;

	for (n = 1; n <= 3 && n <= (size_t)(end - s); n++)
		if (sign_length(end - n) == n)
			return n;
	return 0;
}

bool
name_strip_signs(struct buf *b)
{
	struct counts count = { { 0 } };
	const char *s = b->p, *end = s + b->len, *p;
	size_t len = b->len, n, to;
	char c;

	for (p = s; p < end; p++)
		count.of[(unsigned char)*p]++;
	for (; s < end; s += n) {
		/* a command of TeX is no sign */
		if (*s == '\\' && of(&count, '\\') > 1)
			break;
		if ((n = sign_length(s)) > 0)
			continue;
		n = 1;
		if (is_alone(&count, *s))
			count.of[(unsigned char)*s]--;
		else if (s == b->p || strchr(" ,;", *s) == NULL)
			break;
	}
	for (; end > s; end -= n) {
		if ((n = sign_before(s, end)) > 0)
			continue;
		n = 1;
		c = end[-1];
		if (is_alone(&count, c) || (c == '`' && of(&count, c) == 1))
			count.of[(unsigned char)c]--;
		else if (end == b->p + len || strchr(" ,;", c) == NULL)
			break;
	}
	for (to = 0; s < end; s++)
		if (strchr("<>", *s) != NULL && is_alone(&count, *s))
			count.of[(unsigned char)*s]--;
		else
			b->p[to++] = *s;
	b->p[b->len = to] = '\0';
	return b->len != len;
}

/* "1", "1,2", "12": the numbers of affiliations at s; n: their length, or 0. */
static size_t
numbers_length(const char *s)
{
	size_t n = 0, d;

	for (;;) {
		d = strspn(s + n, "0123456789");
		if (d == 0 || d > 2)
			return 0;
		n += d;
		if (s[n] != ',' || !isdigit((unsigned char)s[n + 1 +
		    (s[n + 1] == ' ')]))
			return n;
		n += 1 + (s[n + 1] == ' ');
	}
}

bool
name_has_digit(const char *s, size_t n)
{
	for (; n > 0; s++, n--)
		if (isdigit((unsigned char)*s))
			return true;
	return false;
}

bool
name_strip_numbers(struct buf *b, bool part)
{
	struct name_part word[NAME_WORDS];
	size_t words = name_words(b->p, b->len, word, NAME_WORDS), n, i;
	const char *s;
	bool any = false;

	n = numbers_length(b->p);
	s = b->p + n;
	/* not "50 Cent" */
	if (n > 0 && words + part > (*s == ' ' ? 2 : 1) &&
	    !name_has_digit(s, strlen(s)) && (*s == ' ' || (*s & 0x80) != 0 ||
	    (isupper((unsigned char)s[0]) && (islower((unsigned char)s[1]) ||
	    s[1] == '.')))) {
		name_cut_out(b, 0, n);
		name_trim(b);
		any = true;
	}
	for (i = b->len; i > 0 && strchr("0123456789, ", b->p[i - 1]) != NULL;
	    i--)
		;
	s = b->p + i + strspn(b->p + i, " ,");
	if (i > 0 && words + part > (b->p[i] == ' ' ? 2 : 1) &&
	    !name_has_digit(b->p, i) && numbers_length(s) == strlen(s) &&
	    *s != '\0' && (isalpha((unsigned char)b->p[i - 1]) ||
	    strchr(".)", b->p[i - 1]) != NULL || (b->p[i - 1] & 0x80) != 0)) {
		b->len = i;
		b->p[i] = '\0';
		any = true;
	}
	return any;
}

/* Nothing, signs and numbers: "(*)", "[1]", "( )"; no year. */
bool
name_is_mark(const char *s, size_t n)
{
	const char *end = s + n;
	size_t len;

	while (s < end)
		if ((len = sign_length(s)) > 0)
			s += len;
		else if (strchr(", ", *s) != NULL)
			s++;
		else if ((len = strspn(s, "0123456789")) > 0 && len <= 2)
			s += len;
		else
			return false;
	return true;
}

/* The same, and letters by themselves, and commands: "a,b", "\dagger". */
static bool
is_tex_mark(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (isalpha((unsigned char)s[i]) && i + 1 < n &&
		    isalpha((unsigned char)s[i + 1]) && *s != '\\')
			return false;
	return memchr(s, ' ', n) == NULL && (name_is_mark(s, n) || n <= 8);
}

/* The length of what TeX raises or notes at s: "$^{1,2}$", "\thanks{..}". */
static size_t
tex_length(const char *s)
{
	static const struct {
		const char	*open, *close;
		bool		 mark;	/* it must be a mark */
	} forms[] = { { "$^{", "}$", true }, { "$^", "$", true },
	    { "^{", "}", true }, { "\\textsuperscript{", "}", true },
	    { "\\footnotemark[", "]", true }, { "\\inst{", "}", true },
	    { "\\thanks{", "}", false }, { "\\footnote{", "}", false },
	    { "\\footnotemark", "", true } };
	const char *from, *to;
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strncmp(s, forms[i].open, strlen(forms[i].open)) != 0)
			continue;
		from = s + strlen(forms[i].open);
		to = strstr(from, forms[i].close);
		if (to != NULL && (!forms[i].mark ||
		    is_tex_mark(from, (size_t)(to - from))))
			return (size_t)(to - s) + strlen(forms[i].close);
	}
	return 0;
}

bool
name_strip_tex(struct buf *b)
{
	size_t i, n, len = b->len;

	for (i = 1; i < b->len; i++)
		if (strchr("$^\\", b->p[i]) != NULL &&
		    (n = tex_length(b->p + i)) > 0)
			name_cut_out(b, i--, n);
	return b->len != len;
}

/* fold - the words of titles and names, for comparing */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "dedupe/fold.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "lib/utf8.h"

void
fold_cut(const char **s, size_t *n)
{
	const char *p, *e;

	text_trim(s, n);
	while (*n > 0 && ((*s)[*n - 1] == '.' || (*s)[*n - 1] == ' '))
		--*n;
	if (*n > 2 && **s == '[' && (*s)[*n - 1] == ']' &&
	    memchr(*s + 1, '[', *n - 1) == NULL) {
		++*s;
		*n -= 2;
		return;
	}
	if (*n > 0 && (*s)[*n - 1] == ']') {
		for (p = *s + *n - 1; p > *s && *p != '['; p--)
			;
		if (p > *s + 8)
			*n = (size_t)(p - *s);
	}
	e = *s + *n;
	p = *s + (*n > 0 && **s == '(');
	if (e - p > 8 && strspn(p, "0123456789") == 4 &&
	    (*p == '1' || *p == '2')) {
		p += 4;
		p += *p == ')';
		if (*p == '.' && p[1] == ' ') {
			*n -= (size_t)(p + 2 - *s);
			*s = p + 2;
		}
	}
}

/* Scripts that do not part words. */
static bool
is_unparted(int32_t c)
{
	return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
	    (c >= 0x20000 && c <= 0x3ffff);
}

static bool
has_unparted(const char *s, const char *end)
{
	while (s < end)
		if (is_unparted(utf8_next(&s)))
			return true;
	return false;
}

/* Pairs of characters of a script that does not part words, and what stands between. */
static void
each_pair(const char *s, const char *end, void (*f)(void *, const char *, size_t),
    void *arg)
{
	const char *p, *next, *before = NULL, *run = s;

	for (p = s; p < end; p = next) {
		next = p;
		if (!is_unparted(utf8_next(&next))) {
			if (before != NULL)
				run = p;
			before = NULL;
			continue;
		}
		if (before != NULL)
			f(arg, before, (size_t)(next - before));
		else if (p > run)
			f(arg, run, (size_t)(p - run));
		before = p;
		run = next;
	}
	if (before == s)		/* a character alone */
		run = s;
	if (end > run)
		f(arg, run, (size_t)(end - run));
}

void
fold_words(const char *s, size_t n, void (*f)(void *, const char *, size_t),
    void *arg)
{
	const char *end = s + n, *q;
	bool ascii = ascii_run(s, n) == n;

	for (; s < end; s = q + 1) {
		if ((q = memchr(s, ' ', (size_t)(end - s))) == NULL)
			q = end;
		if (ascii || !has_unparted(s, q))
			f(arg, s, (size_t)(q - s));
		else
			each_pair(s, q, f, arg);
	}
}

/* From the letter alpha on, as TeX and the dictionary call them. */
static const char *const greek[] = { "alpha", "beta", "gamma", "delta",
    "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
    "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega" };

static const struct {
	int32_t		 c;
	const char	*word;
} symbols[] = { { 0xb0, " deg " }, { 0xb5, " mu " }, { 0xd7, "x" },
    { 0x3d1, " theta " }, { 0x3d5, " phi " }, { 0x3f5, " epsilon " },
    { 0x221a, " sqrt " }, { 0x221e, " infty " } };

/* What TeX calls otherwise than symbols are folded; fonts are nothing. */
static const struct {
	const char	*name, *word;
} commands[] = { { "bf", "" }, { "cal", "" }, { "ell", "l" }, { "it", "" },
    { "rm", "" }, { "times", "x" } };

static const char *
greek_name(int32_t c)
{
	return c >= 0x391 && c <= 0x3a9 ? greek[c - 0x391] :
	    c >= 0x3b1 && c <= 0x3c9 ? greek[c - 0x3b1] : NULL;
}

#define SYMBOLS	2	/* Greek letters in a row that are no word of Greek */

/* Put a run of Greek letters, each by its name if they are symbols. */
static const char *
add_greek(struct buf *b, const char *s, const char *end)
{
	const char *run = s, *next;
	int n = 0;

	for (next = s; s < end && greek_name(utf8_next(&next)) != NULL; s = next)
		n++;
	if (n > SYMBOLS)
		buf_add(b, run, (size_t)(s - run));
	else
		while (run < s)
			buf_addf(b, " %s ", greek_name(utf8_next(&run)));
	return s;
}

static bool
is_command(const char *s, size_t n, const char *name)
{
	return strlen(name) == n && memcmp(s, name, n) == 0;
}

/* Put a command of TeX as the word that its symbol is folded to. */
static const char *
add_command(struct buf *b, const char *s, const char *end)
{
	size_t n, i;

	for (n = 0; s + n < end && isalpha((unsigned char)s[n]); n++)
		;
	buf_addc(b, ' ');
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (is_command(s, n, commands[i].name)) {
			buf_adds(b, commands[i].word);
			return s + n;
		}
	if (n > 4 && (memcmp(s, "math", 4) == 0 || memcmp(s, "text", 4) == 0))
		return s + n;
	for (i = 0; n > 3 && memcmp(s, "var", 3) == 0 &&
	    i < sizeof(greek) / sizeof(greek[0]); i++)
		if (is_command(s + 3, n - 3, greek[i]))
			return s + 3;
	return s;
}

/* Symbols as words: the letter, and what TeX and plain text write for it. */
static void
spell_symbols(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *next;
	int32_t c;
	size_t i;

	for (; s < end; s = next) {
		next = s;
		c = utf8_next(&next);
		if (c == '\\')
			next = add_command(b, next, end);
		else if (greek_name(c) != NULL)
			next = add_greek(b, s, end);
		else {
			for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]) &&
			    symbols[i].c != c; i++)
				;
			if (i < sizeof(symbols) / sizeof(symbols[0]))
				buf_adds(b, symbols[i].word);
			else
				buf_add(b, s, (size_t)(next - s));
		}
	}
}

static bool
is_alpha(const char *s, size_t n, size_t i)
{
	return i < n && isalpha((unsigned char)s[i]);
}

void
fold_text(struct buf *b, const char *s, size_t n)
{
	static struct buf t, spelt;
	bool ascii = ascii_run(s, n) == n;
	size_t i;

	buf_reset(b);
	if (ascii && memchr(s, '\'', n) == NULL && memchr(s, '+', n) == NULL &&
	    memchr(s, '#', n) == NULL && memchr(s, '\\', n) == NULL) {
		text_fold(b, s, n, ' ');
		return;
	}
	if (!ascii || memchr(s, '\\', n) != NULL) {
		buf_reset(&spelt);
		spell_symbols(&spelt, s, n);
		s = spelt.p;
		n = spelt.len;
	}
	buf_reset(&t);
	for (i = 0; i < n; i++)
		if (i == 0 || !is_alpha(s, n, i - 1))
			buf_addc(&t, s[i]);
		else if (s[i] == '\'' && is_alpha(s, n, i + 1))
			continue;
		else if (n - i > 3 && memcmp(s + i, "\xe2\x80\x99", 3) == 0 &&
		    is_alpha(s, n, i + 3))
			i += 2;
		else if (s[i] == '+' && i + 1 < n && s[i + 1] == '+')
			buf_adds(&t, "plus");
		else if (s[i] == '#' && !is_alpha(s, n, i + 1))
			buf_adds(&t, "sharp");
		else
			buf_addc(&t, s[i]);
	text_fold(b, t.p, t.len, ' ');
}

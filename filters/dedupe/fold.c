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

static bool
is_alpha(const char *s, size_t n, size_t i)
{
	return i < n && isalpha((unsigned char)s[i]);
}

void
fold_text(struct buf *b, const char *s, size_t n)
{
	static struct buf t;
	size_t i;

	buf_reset(b);
	if (memchr(s, '\'', n) == NULL && memchr(s, '\xe2', n) == NULL &&
	    memchr(s, '+', n) == NULL && memchr(s, '#', n) == NULL) {
		text_fold(b, s, n, ' ');
		return;
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

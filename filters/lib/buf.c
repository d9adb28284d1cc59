/* buf - a growable byte buffer, and allocation that does not fail */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"

void *
xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (p == NULL)
		err(EX_OSERR, NULL);
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (p == NULL)
		err(EX_OSERR, NULL);
	return p;
}

void *
xreallocarray(void *old, size_t n, size_t size)
{
	void *p;

	if (size != 0 && n > SIZE_MAX / size)
		errx(EX_OSERR, "allocation too large");
	n *= size;
	p = realloc(old, n > 0 ? n : 1);
	if (p == NULL)
		err(EX_OSERR, NULL);
	return p;
}

void *
xrealloc(void *old, size_t n)
{
	return xreallocarray(old, n, 1);
}

char *
xstrdup(const char *s)
{
	return strcpy(xmalloc(strlen(s) + 1), s);
}

void
grow(void *v, size_t *cap, size_t need, size_t size)
{
	void **array = v;

	if (need <= *cap)
		return;
	*cap = *cap ? *cap : 16;
	while (*cap < need)
		*cap += *cap / 2;
	*array = xreallocarray(*array, *cap, size);
}

void
sort_array(void *v, size_t n, size_t size,
    int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(v, n, size, compare);
}

void
buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;

	if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		errx(EX_OSERR, "buffer too large");
	while (cap <= b->len + more)
		cap += cap / 2;
	b->p = xreallocarray(b->p, cap, 1);
	b->cap = cap;
}

void
buf_addu(struct buf *b, uint64_t u)
{
	char s[20], *p = s + sizeof(s);

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	buf_add(b, p, (size_t)(s + sizeof(s) - p));
}

void
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	buf_reserve(b, 128);	/* mostly enough */
	va_copy(again, ap);
	n = vsnprintf(b->p + b->len, b->cap - b->len, fmt, ap);
	if (n < 0)
		errx(EX_SOFTWARE, "bad format: %s", fmt);
	if ((size_t)n >= b->cap - b->len) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->p + b->len, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	b->len += (size_t)n;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void
buf_reset(struct buf *b)
{
	buf_reserve(b, 0);
	b->len = 0;
	b->p[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->p);
	memset(b, 0, sizeof(*b));
}

/* buf - a growable byte buffer, and allocation that does not fail */
#ifndef BUF_H
#define BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * p holds len bytes and a NUL behind them once anything was added or reset;
 * the owner frees it with buf_free.  A zeroed buf is an empty one.
 */
struct buf {
	char	*p;
	size_t	 len;
	size_t	 cap;
};

/* All of these end the process with EX_OSERR when memory is out. */
void	*xmalloc(size_t);
void	*xcalloc(size_t, size_t);
void	*xrealloc(void *, size_t);
void	*xreallocarray(void *, size_t, size_t);
char	*xstrdup(const char *);

/*
 * Grow the array *v of *cap elements of size bytes so that it holds at least
 * need; existing elements stay.
 */
void	 grow(void *v, size_t *cap, size_t need, size_t size);

/* qsort(3), also of no array with no elements. */
void	 sort_array(void *v, size_t n, size_t size,
	    int (*compare)(const void *, const void *));

void	 buf_grow(struct buf *, size_t more);
/* Make room for so many bytes, and a NUL. */
static inline void
buf_reserve(struct buf *b, size_t more)
{
	if (b->cap - b->len <= more)
		buf_grow(b, more);
}
static inline void
buf_add(struct buf *b, const void *p, size_t n)
{
	buf_reserve(b, n);
	if (n > 0)
		memcpy(b->p + b->len, p, n);
	b->len += n;
	b->p[b->len] = '\0';
}
static inline void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}
static inline void
buf_addc(struct buf *b, int c)
{
	buf_reserve(b, 1);
	b->p[b->len++] = (char)c;
	b->p[b->len] = '\0';
}
void	 buf_addu(struct buf *, uint64_t);	/* in decimal */
void	 buf_addf(struct buf *, const char *, ...)
	    __attribute__((__format__(printf, 2, 3)));
void	 buf_vaddf(struct buf *, const char *, va_list);
/* Empty it: p is then the empty string, also of a buf that was zeroed. */
void	 buf_reset(struct buf *);
void	 buf_free(struct buf *);

#endif

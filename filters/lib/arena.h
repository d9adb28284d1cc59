/* arena - memory that is given back all at once */
#ifndef ARENA_H
#define ARENA_H

#include <stdalign.h>
#include <stddef.h>

struct arena_block;

/* A zeroed arena is an empty one. */
struct arena {
	struct arena_block	*head;
	char			*free;	/* in head */
	size_t			 left;	/* bytes */
};

void	*arena_more(struct arena *, size_t n);
/* Memory aligned for any type, valid until arena_reset or arena_free. */
static inline void *
arena_alloc(struct arena *a, size_t n)
{
	char *p = a->free;

	n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (a->left <= n)
		return arena_more(a, n);
	a->free += n;
	a->left -= n;
	return p;
}
/* A copy of n bytes with a NUL behind them. */
char	*arena_strndup(struct arena *, const char *, size_t n);
/* Forget everything, keep one block of ordinary size for the next round. */
void	 arena_reset(struct arena *);
void	 arena_free(struct arena *);

#endif

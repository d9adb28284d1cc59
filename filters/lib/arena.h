/* arena - memory that is given back all at once */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena_block;

/* A zeroed arena is an empty one. */
struct arena {
	struct arena_block	*head;
	size_t			 used;	/* bytes used in head */
};

/* Memory aligned for any type, valid until arena_reset or arena_free. */
void	*arena_alloc(struct arena *, size_t);
/* A copy of n bytes with a NUL behind them. */
char	*arena_strndup(struct arena *, const char *, size_t n);
/* Forget everything, keep one block of ordinary size for the next round. */
void	 arena_reset(struct arena *);
void	 arena_free(struct arena *);

#endif

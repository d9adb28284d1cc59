/* arena - memory that is given back all at once */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"

#define BLOCK	(64 * 1024)

struct arena_block {
	struct arena_block	*next;
	size_t			 size;
	alignas(max_align_t) char data[];
};

static void
begin(struct arena *a, struct arena_block *b)
{
	a->head = b;
	a->free = b->data;
	a->left = b->size;
}

/* n is a multiple of the alignment. */
void *
arena_more(struct arena *a, size_t n)
{
	size_t size = n > BLOCK / 4 ? n + BLOCK : BLOCK;
	struct arena_block *b = xmalloc(sizeof(*b) + size);

	b->size = size;
	b->next = a->head;
	begin(a, b);
	return arena_alloc(a, n);
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *b, *next, *keep = NULL;

	for (b = a->head; b != NULL; b = next) {
		next = b->next;
		if (keep == NULL && b->size == BLOCK)
			keep = b;
		else
			free(b);
	}
	memset(a, 0, sizeof(*a));
	if (keep != NULL) {
		keep->next = NULL;
		begin(a, keep);
	}
}

void
arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->head);
	memset(a, 0, sizeof(*a));
}

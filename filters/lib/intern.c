/* intern - strings by number */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/intern.h"

static void
rehash(struct intern *s)
{
	size_t i, k;

	s->mask = s->mask == 0 ? 1023 : s->mask * 2 + 1;
	free(s->slot);
	s->slot = xcalloc(s->mask + 1, sizeof(*s->slot));
	for (i = 0; i < s->n; i++) {
		k = XXH3_64bits(s->v[i], strlen(s->v[i])) & s->mask;
		while (s->slot[k] != 0)
			k = (k + 1) & s->mask;
		s->slot[k] = (uint32_t)i + 1;
	}
}

/* The slot that it is in, or is to be put in. */
static size_t
find(const struct intern *s, const char *text, size_t n)
{
	size_t k;

	for (k = XXH3_64bits(text, n) & s->mask; s->slot[k] != 0;
	    k = (k + 1) & s->mask)
		if (strncmp(s->v[s->slot[k] - 1], text, n) == 0 &&
		    s->v[s->slot[k] - 1][n] == '\0')
			break;
	return k;
}

uint32_t
intern_find(const struct intern *s, const char *text, size_t n)
{
	uint32_t slot = s->n > 0 ? s->slot[find(s, text, n)] : 0;

	return slot > 0 ? slot - 1 : UINT32_MAX;
}

uint32_t
intern(struct intern *s, const char *text, size_t n)
{
	size_t k;

	if (s->n * 2 >= s->mask)
		rehash(s);
	k = find(s, text, n);
	if (s->slot[k] != 0)
		return s->slot[k] - 1;
	if (s->n == UINT32_MAX - 1)
		errx(EX_SOFTWARE, "over %u names", UINT32_MAX);
	grow(&s->v, &s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = arena_strndup(&s->arena, text, n);
	s->slot[k] = (uint32_t)s->n;
	return (uint32_t)s->n - 1;
}

struct numbered {
	const char	*text;
	uint32_t	 number;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct numbered *)a)->text,
	    ((const struct numbered *)b)->text);
}

void
intern_sort(struct intern *s, uint32_t *place)
{
	struct numbered *v = xreallocarray(NULL, s->n, sizeof(*v));
	size_t i;

	for (i = 0; i < s->n; i++)
		v[i] = (struct numbered){ s->v[i], (uint32_t)i };
	sort_array(v, s->n, sizeof(*v), compare);
	for (i = 0; i < s->n; i++) {
		s->v[i] = v[i].text;
		place[v[i].number] = (uint32_t)i;
	}
	free(v);
	free(s->slot);
	s->slot = NULL;
}

void
intern_free(struct intern *s)
{
	arena_free(&s->arena);
	free(s->v);
	free(s->slot);
	memset(s, 0, sizeof(*s));
}

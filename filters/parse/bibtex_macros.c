/* bibtex_macros - the @string macros of a document of BibTeX */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "parse/bibtex.h"

/*
 * What macros and inheritance add to a document is bounded, so that a short
 * one does not become an endless one: so many times the bytes that were read
 * of it, and some from the beginning.
 */
#define GROWTH		64
#define GROWTH_FREE	(64 * 1024 * 1024)

#define VERSIONS	64		/* of one macro that are kept */

struct macro {
	struct macro	*next;		/* in the same slot */
	struct macro	*older;		/* what it was before */
	size_t		 versions;
	uint64_t	 hash;
	uint64_t	 offset;	/* from which on it is defined */
	size_t		 n;		/* bytes of its name */
	size_t		 len;		/* and of its value, behind it in text */
	char		 text[];
};

struct macros {
	struct macro	**slot;
	size_t		 mask;
	size_t		 count;
	size_t		 bytes;		/* of all macros */
	uint64_t	 read;		/* bytes of the document */
	uint64_t	 made;		/* bytes by all that is used of it */
};

static struct macro **
find(const struct macros *m, const char *name, size_t n, uint64_t hash)
{
	struct macro **v = &m->slot[hash & m->mask];

	while (*v != NULL && ((*v)->hash != hash || (*v)->n != n ||
	    memcmp((*v)->text, name, n) != 0))
		v = &(*v)->next;
	return v;
}

static void
double_slots(struct macros *m)
{
	struct macro **old = m->slot, *v, *next;
	size_t had = m->mask + 1, i;

	m->mask = had * 2 - 1;
	m->slot = xcalloc(had * 2, sizeof(*m->slot));
	for (i = 0; i < had; i++)
		for (v = old[i]; v != NULL; v = next) {
			next = v->next;
			v->next = m->slot[v->hash & m->mask];
			m->slot[v->hash & m->mask] = v;
		}
	free(old);
}

static size_t
size(const struct macro *v)
{
	return sizeof(*v) + v->n + v->len;
}

bool
macros_define(struct macros *m, const char *name, size_t n, const char *value,
    size_t len, uint64_t offset)
{
	struct macro made = { .hash = XXH3_64bits(name, n), .offset = offset,
	    .n = n, .len = len, .versions = 1 }, *v, *old, **place;

	if (size(&made) > filter_max_record() - m->bytes)
		return false;
	if (m->count > m->mask)
		double_slots(m);
	place = find(m, name, n, made.hash);
	if ((old = *place) != NULL) {
		made.next = old->next;
		made.older = old;
		made.versions = old->versions + 1;
		if (old->versions == VERSIONS) {
			made.older = old->older;
			made.versions--;
			m->bytes -= size(old);
			free(old);
		}
	} else
		m->count++;
	v = xmalloc(size(&made));
	*v = made;
	memcpy(v->text, name, n);
	memcpy(v->text + n, value, len);
	m->bytes += size(v);
	*place = v;
	return true;
}

struct macros *
macros_new(void)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
	    "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	struct macros *m = xcalloc(1, sizeof(*m));
	size_t i;

	m->mask = 255;
	m->slot = xcalloc(m->mask + 1, sizeof(*m->slot));
	for (i = 0; i < sizeof(months) / sizeof(months[0]); i++)
		macros_define(m, months[i], 3, months[i], 3, 0);
	return m;
}

const char *
macros_get(const struct macros *m, const char *name, size_t n, uint64_t offset,
    size_t *len)
{
	const struct macro *v = *find(m, name, n, XXH3_64bits(name, n));

	while (v != NULL && v->offset > offset)
		v = v->older;
	if (v == NULL)
		return NULL;
	*len = v->len;
	return v->text + v->n;
}

bool
macros_afford(struct macros *m, size_t n, uint64_t offset)
{
	if (offset > m->read)
		m->read = offset;
	if (m->made + n > GROWTH_FREE + GROWTH * m->read)
		return false;
	m->made += n;
	return true;
}

void
macros_free(struct macros *m)
{
	struct macro *v, *next, *older;
	size_t i;

	for (i = 0; i <= m->mask; i++)
		for (v = m->slot[i]; v != NULL; v = next) {
			next = v->next;
			for (; v != NULL; v = older) {
				older = v->older;
				free(v);
			}
		}
	free(m->slot);
	free(m);
}

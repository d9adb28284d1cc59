/* ids - the id of each paper, unique in the output */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/buf.h"
#include "lib/filter.h"

struct ids {
	uint64_t	*dois;		/* of all papers, sorted */
	size_t		 ndois;
	uint64_t	*taken;		/* hashes of ids given, 0: free */
	size_t		 mask;
};

static int
compare_hashes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Whose DOI a group's paper has: its most trusted record with one, or NULL. */
static const struct traits *
doi_of(const struct groups *g, const uint32_t *members, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (g->r.v[members[i]].doi != 0)
			return &g->r.v[members[i]];
	return NULL;
}

struct ids *
ids_new(const struct groups *g)
{
	struct ids *ids = xcalloc(1, sizeof(*ids));
	const struct traits *k;
	const uint32_t *members;
	size_t i, n;

	ids->dois = xreallocarray(NULL, g->r.n, sizeof(*ids->dois));
	for (i = 0; i < g->r.n; i++) {
		n = groups_members(g, (uint32_t)i, &members);
		if ((k = doi_of(g, members, n)) != NULL)
			ids->dois[ids->ndois++] = k->doi;
	}
	sort_array(ids->dois, ids->ndois, sizeof(*ids->dois), compare_hashes);
	for (ids->mask = 1024; ids->mask < g->r.n * 2; )
		ids->mask *= 2;
	ids->taken = xcalloc(ids->mask, sizeof(*ids->taken));
	ids->mask--;
	return ids;
}

/* Whether just one paper has the DOI. */
static bool
is_single(const struct ids *ids, uint64_t doi)
{
	const uint64_t *p = bsearch(&doi, ids->dois, ids->ndois,
	    sizeof(*ids->dois), compare_hashes);

	return (p == ids->dois || p[-1] != doi) &&
	    (p == ids->dois + ids->ndois - 1 || p[1] != doi);
}

static bool
take(struct ids *ids, const char *id, size_t n)
{
	uint64_t h = XXH3_64bits(id, n) | 1;
	size_t i = h & ids->mask;

	for (; ids->taken[i] != 0; i = (i + 1) & ids->mask)
		if (ids->taken[i] == h)
			return false;
	ids->taken[i] = h;
	return true;
}

static void
note_taken(const struct traits *k, const struct buf *id)
{
	struct where w = { .file = k->file, .line = k->line,
	    .offset = k->offset };

	filter_back(&w);
	filter_note(REJECT_ID_TAKEN, "id", id->p, id->len,
	    "another paper has the id without the number");
}

void
ids_give(struct ids *ids, const struct groups *g, const uint32_t *members,
    size_t n, struct buf *id)
{
	const struct traits *k = &g->r.v[members[0]];
	const struct traits *doi = doi_of(g, members, n);
	size_t len;
	int i;

	buf_reset(id);
	if (doi != NULL && is_single(ids, doi->doi))
		buf_addf(id, "doi:%s", g->r.texts + doi->doi_text);
	else
		buf_addf(id, "%s%s%s", source_name(k),
		    *source_name(k) != '\0' ? ":" : "", source_key(&g->r, k));
	len = id->len;
	for (i = 2; !take(ids, id->p, id->len); i++) {
		id->len = len;
		buf_addf(id, "#%d", i);
	}
	if (i > 2)
		note_taken(k, id);
}

void
ids_free(struct ids *ids)
{
	free(ids->dois);
	free(ids->taken);
	free(ids);
}

/* ids - the id of each paper, unique in the output */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "dedupe/identifiers.h"
#include "dedupe/origins.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/spill.h"

/* Where a record was read. */
static struct where
place_of(struct spill *spill, const struct traits *t)
{
	static struct buf b;
	struct origin_line o;

	spill_get(spill, t->at, sizeof(o) + t->len, &b);
	memcpy(&o, b.p, sizeof(o));
	return (struct where){ .file = o.file, .line = o.line,
	    .offset = o.offset, .input = b.p + sizeof(o), .len = t->len };
}

static uint64_t
hash_doi(const struct groups *g, const struct traits *t)
{
	const char *s = doi_text(&g->r, t);

	return XXH3_64bits(s, strlen(s));
}

struct ids {
	uint64_t	*dois;		/* of all papers, sorted */
	size_t		 ndois;
	uint64_t	*taken;		/* hashes of ids given, 0: free */
	size_t		 mask;
	uint32_t	*number;	/* by the group's first record */
};

static int
compare_hashes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Whose DOI a group's paper has: its most trusted record with one, or NULL. */
static const struct traits *
with_doi(const struct groups *g, const uint32_t *members, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((g->r.v[members[i]].flags & HAS_DOI) != 0)
			return &g->r.v[members[i]];
	return NULL;
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
note_taken(struct spill *spill, const struct traits *t,
    const struct buf *id)
{
	struct where w = place_of(spill, t);

	filter_back(&w);
	filter_note(REJECT_ID_TAKEN, "id", id->p, id->len,
	    "another paper has the id without the number");
}

/* What the id is without a number behind it. */
static void
put_base(const struct ids *ids, const struct groups *g, const uint32_t *members,
    size_t n, struct buf *id)
{
	const struct traits *t = &g->r.v[members[0]];
	const struct traits *doi = with_doi(g, members, n);

	buf_reset(id);
	if (doi != NULL && is_single(ids, hash_doi(g, doi)))
		buf_addf(id, "doi:%s", doi_text(&g->r, doi));
	else
		buf_addf(id, "%s%s%s", source_name(&g->r, t),
		    *source_name(&g->r, t) != '\0' ? ":" : "", source_key(&g->r, t));
}

/*
 * Number the ids that several papers would have, in the order of output.  Those
 * of one source and key follow one another: each begins behind the last one's.
 */
static void
number_ids(struct ids *ids, const struct groups *g, struct spill *spill)
{
	struct buf id = { 0 }, last = { 0 };
	const uint32_t *members;
	size_t i, n, len;
	uint32_t k = 0;

	for (i = 0; i < g->r.n; i++) {
		if ((n = groups_members(g, (uint32_t)i, &members)) == 0)
			continue;
		put_base(ids, g, members, n, &id);
		len = id.len;
		if (len != last.len || memcmp(id.p, last.p, len) != 0) {
			buf_reset(&last);
			buf_add(&last, id.p, len);
			k = 0;
		}
		do {
			id.len = len;
			if (++k > 1)
				buf_addf(&id, "#%u", k);
		} while (!take(ids, id.p, id.len));
		if (k > 1)
			note_taken(spill, &g->r.v[i], &id);
		ids->number[i] = k;
	}
	buf_free(&id);
	buf_free(&last);
}

struct ids *
ids_new(const struct groups *g, struct spill *spill)
{
	struct ids *ids = xcalloc(1, sizeof(*ids));
	const struct traits *k;
	const uint32_t *members;
	size_t i, n;

	ids->dois = xreallocarray(NULL, g->r.n, sizeof(*ids->dois));
	for (i = 0; i < g->r.n; i++) {
		n = groups_members(g, (uint32_t)i, &members);
		if ((k = with_doi(g, members, n)) != NULL)
			ids->dois[ids->ndois++] = hash_doi(g, k);
	}
	sort_array(ids->dois, ids->ndois, sizeof(*ids->dois), compare_hashes);
	for (ids->mask = 1024; ids->mask < g->r.n * 2; )
		ids->mask *= 2;
	ids->taken = xcalloc(ids->mask, sizeof(*ids->taken));
	ids->mask--;
	ids->number = xcalloc(g->r.n, sizeof(*ids->number));
	number_ids(ids, g, spill);
	free(ids->taken);
	ids->taken = NULL;
	return ids;
}

void
ids_text(const struct ids *ids, const struct groups *g, uint32_t i,
    struct buf *id)
{
	const uint32_t *members;
	size_t n = groups_members(g, i, &members);

	put_base(ids, g, members, n, id);
	if (ids->number[i] > 1)
		buf_addf(id, "#%u", ids->number[i]);
}

void
ids_free(struct ids *ids)
{
	free(ids->dois);
	free(ids->number);
	free(ids);
}

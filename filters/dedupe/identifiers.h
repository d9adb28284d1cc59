/* identifiers - by what else than its title a record is known: DOI, arXiv id, ... */
#ifndef DEDUPE_IDENTIFIERS_H
#define DEDUPE_IDENTIFIERS_H

#include <stddef.h>
#include <stdint.h>

#include "dedupe/traits.h"

struct json;

/* An identifier of a record, for finding others that have the same. */
struct identifier {
	uint64_t	 hash;
	uint32_t	 record;
	char		 kind;		/* d: doi, a: arxiv, i: ids, k: key,
				 * u: url */
};

/*
 * Put what of a paper's identifiers is compared behind everything else of it in
 * the pool, and the others among those of the record that is added.
 */
void		 identifiers_set(struct records *, struct traits *,
		    const struct json *paper);
void		 identifiers_add(struct records *, char kind, const char *name,
		    const char *value);
/*
 * The identifiers that several records have, sorted by hash, then record; the
 * caller frees them.
 */
struct identifier	*identifiers_list(const struct records *, size_t *n);

/* Hashes; 0: there is none. */
static inline uint32_t
doi_of(const struct records *r, const struct traits *t)
{
	return (t->flags & HAS_DOI) != 0 ? sketch_of(r, t)[t->nsketch] : 0;
}

static inline uint32_t
arxiv_of(const struct records *r, const struct traits *t)
{
	return (t->flags & HAS_ARXIV) != 0 ? sketch_of(r, t)[t->nsketch +
	    ((t->flags & HAS_DOI) != 0 ? 2 : 0)] : 0;
}

/* Pairs of hashes, nids of them: a registry, and the identifier there. */
static inline const uint32_t *
ids_of(const struct records *r, const struct traits *t)
{
	return sketch_of(r, t) + t->nsketch +
	    ((t->flags & HAS_DOI) != 0 ? 2 : 0) +
	    ((t->flags & HAS_ARXIV) != 0 ? 1 : 0);
}

/* Of a record that has an address, its hashes: of the host, of the path there. */
static inline const uint32_t *
address_of(const struct records *r, const struct traits *t)
{
	return ids_of(r, t) + 2 * t->nids;
}

/* The DOI of a record that has one. */
static inline const char *
doi_text(const struct records *r, const struct traits *t)
{
	return r->texts + sketch_of(r, t)[t->nsketch + 1];
}

#endif

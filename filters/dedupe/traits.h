/* traits - what is kept of a record in memory, to compare it by */
#ifndef DEDUPE_TRAITS_H
#define DEDUPE_TRAITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/reject.h"

struct json;

/* Flags of a record. */
enum {
	IS_OPEN = 1,		/* rejected, withdrawn, submitted */
	IS_PREPRINT = 2,	/* says that it is one */
	IS_CUT = 4,		/* "et al.", or a list of thousands */
	IS_WORKSHOP = 8,
};

/*
 * 0 stands for what the record does not have; texts are hashes of what is
 * folded, so that only whether they are equal can be told.
 */
struct traits {
	uint64_t	 at;		/* its line in the spill file */
	uint64_t	 line, offset;	/* where it was read */
	const char	*file;
	uint64_t	 hash;		/* of the line */
	uint64_t	 title;		/* its letters and digits */
	uint64_t	 doi;
	uint64_t	 arxiv;
	uint32_t	 len;
	uint32_t	 rest;		/* where its text behind the id begins,
					 * if it may be copied, else 0 */
	uint32_t	 source;	/* of its most trusted record */
	uint32_t	 list;		/* hash of the url that it stands in */
	uint32_t	 key, doi_text;	/* in the pool of texts */
	int32_t		 trust;
	uint32_t	 words;		/* in the pool: title, then names */
	uint32_t	 sketch;	/* in the pool */
	uint32_t	 venue;		/* a number of venues.h, or 0 */
	uint32_t	 volume, number;
	uint32_t	 page, last_page; /* see PAGE_NUMBER */
	uint32_t	 initials;	/* of the authors: bits of letters */
	uint16_t	 authors;
	int16_t		 year;
	uint16_t	 generic;	/* how many papers have such a title */
	uint8_t		 nwords, nnames, nsketch;
	char		 type;		/* see traits.c */
	uint8_t		 form;		/* how final this form of the work is */
	uint8_t		 flags;
};

/*
 * A page of digits, perhaps with letters in front, is the number with a hash of
 * the letters above it, else a hash of the text with the highest bit set.
 */
#define PAGE_BITS	22
#define PAGE_NUMBER(p)	((p) & ((1u << PAGE_BITS) - 1))
#define PAGE_LETTERS(p)	((p) >> PAGE_BITS)
#define PAGE_HASHED	(1u << 31)

/* In a word of a title: it stands in brackets. */
#define BRACKETED	0x80000000u
#define WORD_OF(w)	((w) & ~BRACKETED)

/* An identifier of a record, for finding others that have the same. */
struct identifier {
	uint64_t	 hash;
	uint32_t	 record;
	char		 kind;		/* d: doi, a: arxiv, i: ids, k: key */
};

struct records {
	struct traits		*v;
	size_t			 n, cap;
	struct identifier	*identifiers;
	size_t			 nidentifiers, identifiers_cap;
	uint32_t		*pool;	/* of words */
	size_t			 npool, pool_cap;
	char			*texts;	/* of keys */
	size_t			 ntexts, texts_cap;
};

/* Trust of records that do not say: behind all others. */
#define TRUST_NONE	INT32_MAX

/* Append the traits of a paper of that line; at, rest and place are left. */
struct traits	*records_add(struct records *, const struct json *,
		    const char *line, size_t len);
/* Canonical order: trust, source, key, then the text itself. */
void		 records_sort(struct records *);

static inline const uint32_t *
title_words(const struct records *r, const struct traits *t)
{
	return r->pool + t->words;
}

static inline const uint32_t *
name_words(const struct records *r, const struct traits *t)
{
	return r->pool + t->words + t->nwords;
}

/* Sources have numbers below that. */
size_t		 sources_total(void);
const char	*source_name(const struct traits *);
const char	*source_key(const struct records *, const struct traits *);

#endif

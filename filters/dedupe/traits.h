/* traits - what is kept of a record in memory, to compare it by */
#ifndef DEDUPE_TRAITS_H
#define DEDUPE_TRAITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/reject.h"

struct identifier;
struct json;

/* Words of a title, or of names, that are kept: no paper needs more. */
#define TRAITS_WORDS	128

#define SKETCH		24	/* values kept of an abstract, or none */

/* Flags of a record. */
enum {
	IS_OPEN = 1,		/* rejected, withdrawn, submitted */
	IS_PREPRINT = 2,	/* says that it is one */
	IS_WORKSHOP = 4,
	HAS_DOI = 8,
	HAS_ARXIV = 16,
	IS_VERSION = 32,	/* says that it is another form of a paper */
	IS_REPEATED = 64,	/* the line of the record before it once more */
	HAS_ADDRESS = 128,	/* a url that says more than the DOI does */
	IS_CUT = 256,		/* there are more authors than it has */
};

/*
 * How final a form of a work is: what was not accepted, a preprint, a report or
 * thesis, a paper of a workshop, of a conference, of a journal.
 */
enum form { FORM_UNKNOWN, FORM_OPEN, FORM_PREPRINT, FORM_REPORT, FORM_WORKSHOP,
    FORM_CONFERENCE, FORM_JOURNAL };

/* Where records are from: equal ones have one number. */
struct origin {
	uint32_t	 source;
	uint32_t	 list;		/* hash of the url that they stand in */
	int32_t		 trust;
};

/*
 * 0 stands for what the record does not have; texts are hashes of what is
 * folded, so that only whether they are equal can be told.  A million of them
 * must fit into memory: keep it small.
 */
struct traits {
	uint64_t	 at;		/* in the spill file: a struct origin_line,
					 * and the line */
	uint64_t	 title;		/* its letters and digits */
	uint32_t	 len;		/* of the line */
	uint32_t	 hash;		/* of the line */
	uint32_t	 origin;	/* of its most trusted record */
	uint32_t	 key;		/* of that one, in the pool of texts */
	uint32_t	 words;		/* in the pool: title, names, sketch,
					 * identifiers */
	uint32_t	 venue;		/* a number of venues.h, or 0 */
	uint32_t	 volume, number;
	uint32_t	 page, last_page; /* see PAGE_NUMBER; without a first
					 * one the last is how many there are */
	uint32_t	 initials;	/* of the authors: bits of letters */
	int16_t		 year;
	uint16_t	 generic;	/* how many papers have such a title */
	uint16_t	 rest;		/* where its text behind the id begins,
					 * if it may be copied, else 0 */
	uint16_t	 flags;
	uint8_t		 nwords, nnames, nsketch, nids;
	char		 type;		/* see traits.c */
	uint8_t		 form;		/* enum form */
};

/* Where a record was read. */
struct origin_line {
	uint64_t	 line, offset;
	const char	*file;
};

/*
 * A page of digits, perhaps with letters in front, is the number with a hash of
 * the letters above it, else a hash of the text with the highest bit set.
 */
#define PAGE_BITS	22
#define PAGE_NUMBER(p)	((p) & ((1u << PAGE_BITS) - 1))
#define PAGE_LETTERS(p)	((p) >> PAGE_BITS)
#define PAGE_HASHED	(1u << 31)

/*
 * In a word of a title: it stands in brackets; of a name: it is of the family
 * name, or the last one.
 */
#define BRACKETED	0x80000000u
#define FAMILY		0x80000000u
#define WORD_OF(w)	((w) & ~BRACKETED)

struct records {
	struct traits		*v;
	size_t			 n, cap;
	struct identifier	*identifiers;
	size_t			 nidentifiers, identifiers_cap;
	uint32_t		*pool;
	size_t			 npool, pool_cap;
	char			*texts;		/* of keys, of DOIs */
	size_t			 ntexts, texts_cap;
	struct origin		*origins;
	size_t			 norigins, origins_cap;
	uint64_t		*merged;	/* see sources_pair */
	size_t			 nmerged, merged_cap;
};

/*
 * Records that were merged before are those of a first source and of others,
 * each a pair: the lesser of the numbers above the other one, IN_LIST: of one
 * list of both.
 */
#define IN_LIST		(1ULL << 63)

static inline uint64_t
sources_pair(uint32_t a, uint32_t b, bool one_list)
{
	return one_list ? IN_LIST | a : a < b ? (uint64_t)a << 32 | b :
	    (uint64_t)b << 32 | a;
}

/* Trust of records that do not say: behind all others. */
#define TRUST_NONE	INT32_MAX

/* Append the traits of a paper of that line; at and rest are left. */
struct traits	*records_add(struct records *, const struct json *,
		    const char *line, size_t len);
/* Append a value to the pool; a text to the texts, and return where it is. */
void		 records_put(struct records *, uint32_t);
uint32_t	 records_put_text(struct records *, const char *);
/*
 * Canonical order: trust, source, key, then the text itself.  Lines that are
 * repeated are marked, and tell nothing to what looks at the records.
 */
void		 records_sort(struct records *);
/* Put other numbers in the place of those of all words; see words_order. */
void		 records_renumber(struct records *, const uint32_t *to);

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

static inline const uint32_t *
sketch_of(const struct records *r, const struct traits *t)
{
	return name_words(r, t) + t->nnames;
}

static inline const struct origin *
origin_of(const struct records *r, const struct traits *t)
{
	return &r->origins[t->origin];
}

static inline const char *
source_key(const struct records *r, const struct traits *t)
{
	return r->texts + t->key;
}

#endif

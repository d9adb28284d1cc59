/* dedupe - the parts of dedupe: keys, matching, groups, merging, ids */
#ifndef DEDUPE_H
#define DEDUPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct buf;
struct json;
struct record;
struct spill;

/* What is kept of an author: hashes of folded parts of the name. */
struct author {
	uint32_t	 whole;		/* all words, in any order */
	uint32_t	 family;	/* the last word */
	uint32_t	 given;		/* the first word, 0 where there is none */
	uint32_t	 initial;	/* its first character */
	bool		 is_initial;	/* it is nothing but that */
};

/* What is kept of a record in memory; the rest is in the spill file. */
struct record_keys {
	uint64_t	 at;		/* its line in the spill file */
	uint32_t	 len;
	uint32_t	 rest;		/* where its text behind the id begins,
					 * if it may be copied, else 0 */
	uint32_t	 rank;		/* place in the canonical order */
	int64_t		 trust;
	const char	*source;	/* its most trusted record's */
	const char	*key;
	const char	*doi_text;	/* or NULL */
	uint64_t	 hash;		/* of the line */
	uint64_t	 line, offset;	/* where it was read */
	const char	*file;

	/* hashes, 0 where the record has no such member */
	uint64_t	 title;		/* folded */
	uint64_t	 doi;
	uint64_t	 arxiv;
	uint32_t	 venue;
	uint32_t	 volume;
	uint32_t	 number;
	uint32_t	 page;		/* the first one */
	uint16_t	 title_words;
	int16_t		 year;
	char		 type;		/* see keys.c */
	bool		 open_status;	/* rejected, withdrawn, submitted */
	uint32_t	 nauthors;
	struct author	*authors;
};

/* An identifier of a record, for finding others that have the same. */
struct identifier {
	uint64_t	 hash;
	uint32_t	 record;
	const char	*kind;		/* "doi", "arxiv", "ids", "key" */
};

struct identifiers {
	struct identifier	*v;
	size_t			 n;
	size_t			 cap;
};

/* Trust of records that do not say: behind all others. */
#define TRUST_NONE	INT64_MAX

/*
 * Fill the keys of a paper, strings and authors in the arena, and append its
 * identifiers as those of the given record.
 */
void	 keys_make(struct record_keys *, struct arena *, const struct json *,
	    uint32_t record, struct identifiers *);
/* How an author is kept. */
struct author	 author_make(const char *name, size_t n);
/* Whether two names can be one person's on one paper. */
bool	 author_matches(const struct author *, const struct author *);

/* Canonical order: trust, source, key, then the text itself. */
int	 keys_compare(const struct record_keys *, const struct record_keys *);

/* Why two records are taken for one, or NULL: they are not. */
const char	*match_identifier(const struct record_keys *,
		    const struct record_keys *, const char *kind);
/* Whether identifiers, types or decisions speak against equal titles. */
bool		 match_excluded(const struct record_keys *,
		    const struct record_keys *);
/* The same as match_identifier for equal folded titles; near: also years that are neighbours. */
const char	*match_title(const struct record_keys *,
		    const struct record_keys *, bool near);

/*
 * Merge a less trusted record into a more trusted one: members it lacks are
 * taken, not copied; authors' identifiers are joined by name.
 */
void	 merge_into(struct arena *, struct json *, struct json *other);

/* Members of an object that the other one lacks are taken, not copied. */
void	 merge_missing(struct arena *, struct json *, struct json *other);

/* A record in the spill file. */
struct json	*read_again(struct spill *, struct arena *, uint64_t at,
		    size_t len);

/*
 * Persons: kept in the spill file, and written by id, all records of one as
 * one.
 */
void	 persons_add(const struct record *, struct spill *);
void	 persons_write(struct spill *);

/*
 * All records.  groups_make sorts them into canonical order and joins copies;
 * each pair that it joins is a line in why (SOURCE:KEY, SOURCE:KEY, reason).
 */
struct groups {
	struct record_keys	*records;
	size_t			 n;
	struct identifiers	 identifiers;
	FILE			*why;		/* or NULL */
	uint32_t		*parent;	/* union-find */
	uint32_t		*next;		/* in the group: a ring */
};

void	 groups_make(struct groups *);
/*
 * The records of the group for which record i stands, most trusted first, or
 * 0: another record does.  They stay until the next call.
 */
size_t	 groups_members(const struct groups *, uint32_t i,
	    const uint32_t **members);

/*
 * Count a record for its source; paper: it is the most trusted one of a paper.
 * Tell the counts in --stats.
 */
void	 shares_add(const char *source, bool paper);
void	 shares_tell(void);

/*
 * Ids: "doi:..." where no other paper has the DOI, else SOURCE:KEY of the most
 * trusted record; one that is taken is given a number.
 */
struct ids;

struct ids	*ids_new(const struct groups *);
/* Put the id of a group's paper into the buffer. */
void		 ids_give(struct ids *, const struct groups *,
		    const uint32_t *members, size_t n, struct buf *);
void		 ids_free(struct ids *);

#endif

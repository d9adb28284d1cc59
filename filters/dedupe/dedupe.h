/* dedupe - the parts of dedupe: keys, matching, groups, merging, ids */
#ifndef DEDUPE_H
#define DEDUPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dedupe/traits.h"

struct arena;
struct buf;
struct json;
struct record;
struct spill;

/*
 * Make one paper of n records, the most trusted first, which are used up:
 * members that the first one lacks are those of the next one that has them.
 * keep_conflicts: values that lost are in its member conflicts.
 */
struct json	*merge(struct arena *, struct json **records, size_t n,
		    bool keep_conflicts);

/* Members of an object that the other one lacks are taken, not copied. */
void	 merge_missing(struct arena *, struct json *, struct json *other);

/* A line in the spill file. */
struct json	*read_again(struct spill *, struct arena *, uint64_t at,
		    size_t len);

/*
 * Persons: kept in the spill file, and written by id, all records of one as
 * one.
 */
void	 persons_add(const struct record *, struct spill *);
void	 persons_write(struct spill *);

/* All records; groups_make sorts them into canonical order and joins copies. */
struct groups {
	struct records	 r;
	bool		 keep_conflicts;	/* see merge */
	uint32_t	*parent;	/* union-find */
	uint32_t	*next;		/* in the group: a ring */
	/*
	 * By the first record of a group: that of the published form of the
	 * work, and the next one of its other forms; NO_RECORD: there is none.
	 */
	uint32_t	*version_of;
	uint32_t	*versions;
};

#define NO_RECORD	UINT32_MAX

void	 groups_make(struct groups *);
/*
 * The records of the group for which record i stands, most trusted first, or
 * 0: another record does.  They stay until the next call.
 */
size_t	 groups_members(const struct groups *, uint32_t i,
	    const uint32_t **members);

/* Record i as it was read. */
struct json	*groups_record(const struct groups *, struct spill *,
		    struct arena *, uint32_t i);
/* The record that stands for the group of record i. */
uint32_t groups_first(const struct groups *, uint32_t i);

struct version_pair;
/* Find out which groups are forms of one work. */
void	 versions_make(struct groups *, struct version_pair *, size_t n);

/*
 * Count a record for its source; paper: it is the most trusted one of a paper.
 * Tell the counts in --stats.
 */
void	 shares_add(const char *source, bool paper);
/* The same of a record that was taken out. */
void	 shares_add_dropped(const struct json *paper);
void	 shares_tell(void);

/*
 * Ids: "doi:..." where no other paper has the DOI, else SOURCE:KEY of the most
 * trusted record; one that is taken is given a number.
 */
struct ids;

struct ids	*ids_new(const struct groups *, struct spill *);
/* Put the id of the paper for which record i stands into the buffer. */
void		 ids_text(const struct ids *, const struct groups *, uint32_t i,
		    struct buf *);
void		 ids_free(struct ids *);

/*
 * Where the text of a record begins behind its id, if all of that may be copied
 * as it is, else 0.
 */
uint16_t	 papers_rest(const struct record *);
/* Write the paper of each group, in the order of their first records. */
void		 papers_write(const struct groups *, const struct ids *,
		    struct spill *);

#endif

/* store - records of a stream, by id or key, with their text in a spill file */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/reject.h"

struct arena;
struct json;
struct record;

struct stored {
	const char	*id;
	uint64_t	 at;		/* in the spill file */
	uint32_t	 len;
	uint64_t	 hash;		/* of the line */
	uint64_t	 line, offset;	/* where it came from */
	const char	*file;
	uint32_t	 user;		/* the caller's */
	bool		 verbatim;	/* see filter_is_verbatim */
};

struct store	*store_new(const char *tmpdir);
/*
 * Keep a record that filter_next returned, under the id (copied); user is the
 * caller's to find it by.
 */
void		 store_add(struct store *, const struct record *,
		    const char *id, uint32_t user);
/*
 * Sort by id.  Of records with one id the one whose text is first in a fixed
 * order stays, the others are rejected; dropped, if not NULL, is told their
 * user value.  Behind it processes that fork may read the records.
 */
void		 store_sort(struct store *, void (*dropped)(uint32_t user));
/* Reject a record that is here already. */
void		 store_reject(struct store *, const struct stored *,
		    enum reject_code, const char *got);
size_t		 store_count(const struct store *);
const struct stored	*store_at(const struct store *, size_t i);
/* The one of that id, or NULL. */
const struct stored	*store_find(const struct store *, const char *id);
/* The record again, in the arena. */
struct json	*store_read(struct store *, const struct stored *,
		    struct arena *);
/* Write it out as filter_emit does. */
void		 store_emit(struct store *, const struct stored *);
void		 store_free(struct store *);

#endif

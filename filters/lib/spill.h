/* spill - what does not fit into memory, in a temporary file */
#ifndef SPILL_H
#define SPILL_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct spill;

/*
 * A file without a name in dir (NULL: TMPDIR, else /tmp); it is gone with the
 * process.  Errors end the process with EX_CANTCREAT or EX_IOERR.
 */
struct spill	*spill_new(const char *dir);
/* Append n bytes; returns where they begin. */
uint64_t	 spill_add(struct spill *, const void *, size_t n);
/* Put the n bytes at that place in the buffer. */
void		 spill_get(struct spill *, uint64_t at, size_t n, struct buf *);
/* Write what is pending: afterwards processes that fork may read it. */
void		 spill_flush(struct spill *);
void		 spill_free(struct spill *);

#endif

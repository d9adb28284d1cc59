/* corrections - what people say of which records are copies */
#ifndef DEDUPE_CORRECTIONS_H
#define DEDUPE_CORRECTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct groups;
struct record;
struct records;

/*
 * Read a table of corrections; see lib/corrections.h for errors.  Without one
 * all of the others do nothing.
 */
void	 corrections_load(const char *file);
/* Whether the record read is taken out; it is rejected then. */
bool	 corrections_drop(const struct record *);
/* The record last asked about stays, and is at that place of the spill file. */
void	 corrections_keep(uint64_t at);
/*
 * Look at the lines, now that the records are in order, and tell of those that
 * cannot be obeyed.
 */
void	 corrections_settle(const struct records *);
/*
 * The number of the line that keeps apart records i and k, or what goes with
 * either, or 0: none does.
 */
uint64_t corrections_forbid(uint32_t i, uint32_t k);
/* The groups of records i and k were joined. */
void	 corrections_joined(uint32_t i, uint32_t k);
/*
 * Join what the lines say is one paper, behind all that was joined by what the
 * records say: what speaks against a correction must not count against others.
 */
void	 corrections_join(struct groups *,
	    void (*join)(struct groups *, uint32_t, uint32_t));

#endif

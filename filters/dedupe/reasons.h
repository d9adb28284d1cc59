/* reasons - why records were joined, or not, for people */
#ifndef DEDUPE_REASONS_H
#define DEDUPE_REASONS_H

#include <stdbool.h>

struct groups;
struct ids;
struct link;
struct links;
struct spill;

/*
 * Files to write: a line for each join; a record for each pair that was close.
 * One that cannot be made ends the process.
 */
void	 reasons_why(const char *file);
void	 reasons_review(const char *file);
/* A record to explain; of two, why they are one paper or not. */
void	 reasons_explain(const char *id);
/* Whether there is one: no papers are written then. */
bool	 reasons_only(void);

/* Whether pairs that are close are to be kept. */
bool	 reasons_wanted(void);
/* Two groups were joined by that link. */
void	 reasons_joined(const struct groups *, const struct link *);
/* All joins are done; those links are left. */
void	 reasons_settle(struct groups *, const struct links *);
/* Write what was asked for, now that papers have ids. */
void	 reasons_write(const struct groups *, const struct ids *,
	    struct spill *);

#endif

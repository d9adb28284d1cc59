/* corrections - what people say of who is behind a name */
#ifndef CLUSTER_CORRECTIONS_H
#define CLUSTER_CORRECTIONS_H

#include <stddef.h>
#include <stdint.h>

struct bond;
struct json;
struct names;

/*
 * Read a table of corrections; see lib/corrections.h for errors.  Without one
 * all of the others do nothing.
 */
void	 corrections_load(const char *file);
/* The paper that is to have this number in names. */
void	 corrections_see(const struct json *, uint32_t paper);
/*
 * Look at the lines, after names_group, and tell of those that cannot be
 * obeyed; give names the spellings they are to have.
 */
void	 corrections_settle(struct names *);
/* What the lines say of an author's mentions; returns how many. */
size_t	 corrections_bonds(uint32_t author, const struct bond **);
/* The names that the lines say a person of this name also has, rising. */
size_t	 corrections_aliases(uint32_t author, const uint32_t **);

#endif

/* exclusions - what two records say that makes them two publications */
#ifndef DEDUPE_EXCLUSIONS_H
#define DEDUPE_EXCLUSIONS_H

struct records;
struct traits;

/*
 * Whether the records say themselves that they are two publications, by what no
 * identifier that both have outweighs: two DOIs, arXiv ids, or ids of one
 * registry; a preprint, a book or a dataset, and something else.  Returns which,
 * for people, or NULL.
 */
const char	*pair_conflict(const struct records *, const struct traits *,
		    const struct traits *);
/*
 * Likewise by anything: also what was not accepted, a workshop's,
 * what is said to be another form, what stands behind the other in a volume, and
 * what one source has a page each about.
 */
const char	*pair_exclusion(const struct records *, const struct traits *,
		    const struct traits *);

#endif

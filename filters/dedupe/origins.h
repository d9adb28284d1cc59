/* origins - the sources and lists that records are from */
#ifndef DEDUPE_ORIGINS_H
#define DEDUPE_ORIGINS_H

#include <stddef.h>

struct json;
struct records;
struct traits;

/*
 * Note where a record is from: its first source, else what its id says; further
 * sources are those that it was merged with before.
 */
void		 origins_set(struct records *, struct traits *,
		    const struct json *paper);
/* Sources have numbers below that. */
size_t		 sources_total(void);
const char	*source_name(const struct records *, const struct traits *);

#endif

/* map - a table that translates the names of a source to ours */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>
#include <stddef.h>

struct dict;

/*
 * The rows in the order of the table: the first that has a value is the one
 * that counts.  to is "" for what is left out.
 */
struct map {
	struct map_row {
		const char	*from;
		const char	*to;
		bool		 is_sign;	/* of the supplier's documents */
	}		*rows;
	size_t		 n;
	struct dict	*names;		/* from to to */
};

/* The names of those in schemas/maps, in their order; ended by NULL. */
const char *const	*map_names(void);
/*
 * A map by its name in schemas/maps, or by the path of a file: columns from
 * and to, and sign if there are rows that tell a supplier.  One that is not there or is no such table ends the process with
 * EX_CONFIG.  Maps are few and live as long as the process.
 */
const struct map	*map_find(const char *name);
/* What a name of n bytes is with us, or NULL where the map does not say. */
const char		*map_get(const struct map *, const char *name, size_t n);

#endif

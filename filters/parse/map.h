/* map - a table that translates the names of a source to ours */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/delimited.h"
#include "parse/form.h"

/* What the value of a name becomes. */
enum map_use { MAP_LEFT_OUT, MAP_KEY, MAP_PEOPLE, MAP_BESIDE_PEOPLE,
    MAP_KEYWORDS, MAP_TEXT, MAP_LINK, MAP_ID, MAP_IDS, MAP_PAGE, MAP_FOREIGN };

/*
 * The rows in the order of the table: of several that are one member of ours
 * the first that has a value is the one that counts.  to is "" for what is left
 * out; one name may stand in several rows.
 */
struct map {
	struct map_row {
		const char	*from;
		const char	*to;
		enum map_use	 use;
		struct form	 form;
		bool		 is_sign;	/* of the supplier's documents */
	}		*rows;
	size_t		 n;
	const char	*list;		/* path of the list of papers, or NULL */
	struct dialect	*dialect;	/* of rows, or NULL */
};

/* What a member becomes that is called this with us. */
enum map_use		 map_use(const char *to);

/*
 * What a name generally is, by the map "general": in any case and number, and
 * with any signs between its words or none; NULL if that is not known.
 */
const struct map_row	*map_general(const char *name, size_t n);

/* The names of those in schemas/maps, in their order; ended by NULL. */
const char *const	*map_names(void);
/*
 * A map by its name in schemas/maps, or by the path of a file: columns from
 * and to, and if need be form, and sign for rows that tell a supplier.  One
 * that is not there or is no such table ends the process with EX_CONFIG.  Maps
 * are few and live as long as the process.
 */
const struct map	*map_find(const char *name);

#endif

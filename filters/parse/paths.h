/* paths - the values of a JSON object that a map names */
#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/intern.h"
#include "parse/map.h"

struct json;

/*
 * A row is a path, from a map or one of our own names, and the member that it
 * is with us, "" if it is left out.  Rows of a map come first, in its order.
 */
struct paths {
	struct path_row {
		const char	*to;
		enum map_use	 use;
		const struct form *form;	/* NULL: none */
		size_t		 same;		/* row of the same path, if any */
		struct json	*value;		/* in the object at hand, or NULL */
		size_t		 n;		/* of a list that is made: length */
	}		*row;
	size_t		 n;
	size_t		 mapped;	/* rows of the map */
	struct json	*rest;		/* what of it no row is about */
	const char	*list[2];	/* path of the list of papers, NULL */
	struct intern	 names;		/* all paths and what they begin with */
	struct path_place {
		size_t	 row;		/* n: none */
		bool	 opens;		/* paths go on inside */
	}		*place;		/* by number of name */
	size_t		 cap;
};

/* map may be NULL; it and what it points to is used as long as the paths. */
void	 paths_init(struct paths *, const struct map *);
void	 paths_free(struct paths *);

/*
 * Find the values of the rows in an object.  Where a path leads through a list
 * its value is a list as long as that one, null for what is missing, and in
 * place of a list in its elements a list.  Members are found by their exact
 * name, our own ones at the top in any case.  What is beside the paths inside of
 * a member is in rest under its name.  All is in the arena of the entry.
 */
void	 paths_read(struct paths *, const struct json *object);

#endif

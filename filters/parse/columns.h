/* columns - what the columns of rows become */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"
#include "lib/intern.h"
#include "parse/map.h"

/* What a field of each row becomes. */
struct column {
	size_t		 field;
	enum map_use	 use;
	const char	*to;
	struct form	 form;
	/*
	 * Whether one before it is the same member, and this one has to be kept
	 * where both have a value: under the name other, or as a note if NULL.
	 */
	bool		 repeats;
	const char	*other;
};

/* Ready when zeroed. */
struct columns {
	struct column	*v;		/* in the order in which they count */
	size_t		 n;
	struct intern	 members;	/* that they become */
	size_t		 known;		/* that are ours, or the map's */
	bool		 title;		/* one is the title */
	bool		 beside;	/* one tells of the people besides */
	struct buf	 foreign;	/* names of the others, for a message */
	size_t		 cap;
};

/*
 * Of the fields of a header.  The map, which may be NULL, tells of those that it
 * mentions, and names that columns generally have are known.  Others are
 * foreign, and "column_N" is one without a name.
 */
void	 columns_read(struct columns *, const struct map *,
	    const struct row_field *, size_t n);
void	 columns_free(struct columns *);

#endif

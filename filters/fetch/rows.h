/* rows - a table of sources, row by row */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/intern.h"
#include "lib/reject.h"
#include "lib/table.h"

struct input;
struct json;

#define ROWS_COLUMNS	16

struct rows {
	struct table	 table;		/* row 0 is the header */
	const char	*file;
	char		*folder;	/* of the table, "" for the working one */
	int		 column[ROWS_COLUMNS];
	struct intern	 sources;	/* in the order in which they are named */
};

/*
 * Read a table; the process ends with EX_CONFIG where it is malformed.  The
 * file name is the input's.
 */
void		 rows_read(struct rows *, struct input *);
void		 rows_free(struct rows *);
/* A cell by the name of its column, NULL where it is empty. */
const char	*rows_cell(const struct rows *, size_t row, const char *column);
/* What a row cannot be used for, with the column that is meant, or NULL. */
const char	*rows_fault(const struct rows *, size_t row,
		    const char **column);
/* The document of a row, without what only its body tells. */
struct json	*rows_document(struct rows *, size_t row, struct arena *);

#endif

/* table - the files of schemas/, built into the programs */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A file of schemas/; name is its path below it ("vocab/types.tsv"). */
struct table_file {
	const char	*name;
	const char	*data;
	size_t		 len;
};

/* All of them, ended by a NULL name: made by the build. */
extern const struct table_file table_files[];

/* The file of that name, or NULL. */
const struct table_file	*table_find(const char *name);

/*
 * Tab-separated values with a header row.  Cells point into text of the
 * table's own; lines that are empty or begin with # are passed over.
 */
struct table {
	char	 *text;
	char	**cell;		/* ncol * nrow, header row first */
	size_t	 *line;		/* line number of each row, from 1 */
	size_t	 *offset;	/* bytes in front of each row */
	size_t	  ncol;
	size_t	  nrow;		/* with the header */
};

/*
 * Parse len bytes.  A row with more cells than the header, bytes that are not
 * UTF-8 or a table without a header end the process with EX_CONFIG and a
 * message that names the file; short rows are filled with "".
 */
void		 table_parse(struct table *, const char *name, const char *data,
		    size_t len);
void		 table_free(struct table *);
const char	*table_cell(const struct table *, size_t row, size_t col);
/* The column of that name in the header, or -1. */
int		 table_column(const struct table *, const char *name);

/* A map of strings to strings, from two columns of a table. */
struct dict;

/*
 * From a built-in file: the first column to the second one.  It is a bug if
 * the file is missing.
 */
struct dict	*dict_load(const char *file);
struct dict	*dict_new(void);
/* Returns false when the key was there: the first value stays. */
bool		 dict_put(struct dict *, const char *key, size_t n,
		    const char *value);
const char	*dict_get(const struct dict *, const char *key, size_t n);
void		 dict_free(struct dict *);

#endif

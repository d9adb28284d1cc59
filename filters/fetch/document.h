/* document - the document of a row, of its body here or fetched */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

struct fetch_options;
struct rows;

/* How to fetch; they stay the caller's. */
void	 document_options(const struct fetch_options *);
/*
 * Write the document of a row, or reject the row with what is wrong with it; ask
 * is just to look ahead, for what is remote.
 */
void	 document_of_row(struct rows *, size_t row, bool ask);

#endif

/* progress - how far a filter is, in a line on standard error now and then */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* The work begins; shown: whether there are such lines. */
void	 progress_begin(bool shown);
/* The seconds since then. */
double	 progress_seconds(void);
/* Whether it is time for another line; then it is taken for written. */
bool	 progress_is_due(void);
/*
 * So many records were read, and raw bytes of total ones, which is 0 where it
 * is not known: a line about them, if it is time for one.
 */
void	 progress_records(uint64_t records, uint64_t raw, uint64_t total);

#endif

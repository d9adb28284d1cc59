/* previous - the numbers that persons had in an earlier run */
#ifndef CLUSTER_PREVIOUS_H
#define CLUSTER_PREVIOUS_H

#include <stdint.h>

struct names;
struct persons;

/*
 * Read the authors of an earlier run.  A file that cannot be opened ends the
 * process with EX_NOINPUT, one that is no such stream with EX_DATAERR.
 */
void	 previous_load(const char *file);
/*
 * Number the persons of an author as they were: each number goes to the person
 * that has most of the mentions that had it, the others get numbers that none
 * had.  Without an earlier run, or for a new name, they stay.
 */
void	 previous_number(const struct names *, uint32_t author,
	    struct persons *);

#endif

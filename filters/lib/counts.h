/* counts - what a filter counted */
#ifndef COUNTS_H
#define COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/reject.h"

#define COUNTS_PASSED	8	/* kinds of things passed over */

struct counts {
	uint64_t	 in, out, merged, made, rejected, notes;
	uint64_t	 dropped;	/* of those rejected: for it was asked for */
	uint64_t	 lines, bytes;	/* of the operands */
	uint64_t	 read;		/* bytes of all inputs, decompressed */
	uint64_t	 code[REJECT_CODES];
	struct {
		const char	*what;
		uint64_t	 n;
	}		 passed[COUNTS_PASSED];
	const char	*more;		/* members for the file, or NULL */
};

/* Count a thing passed over; the string is not copied. */
void	 counts_pass(struct counts *, const char *what);
/*
 * The lines that end a run, on standard error: things passed over, notes by
 * code, and "program: N in, ...".  made is what it makes besides (or NULL),
 * merges whether it merges.
 */
void	 counts_sum_up(const struct counts *, const char *program,
	    const char *made, bool merges, double seconds);
/*
 * The same in a file, as one JSON object, with the seconds that passed, those
 * of processors, and the most memory at a time (bytes) of this process and
 * those that it waited for, as getrusage(2) has them.  Ends the process with
 * EX_CANTCREAT or EX_IOERR where it cannot.
 */
void	 counts_write(const struct counts *, const char *program, int status,
	    double seconds, const char *path);

#endif

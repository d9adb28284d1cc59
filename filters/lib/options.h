/* options - the options that all filters have */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct filter;

struct options {
	bool		 quiet;
	bool		 strict;
	int		 progress;	/* -1: when stderr is a terminal */
	uint64_t	 max_rejects;	/* records, or per cent of what came in */
	bool		 percent;
	size_t		 max_record;	/* bytes */
	const char	*rejects;	/* files, NULL: none */
	const char	*stats;
	const char	*tmpdir;
};

/*
 * As filter_getopt: returns the next option of the filter's own, -1 behind the
 * last one; common ones are put into the options.
 */
int	 options_next(struct options *, const struct filter *, int argc,
	    char *argv[]);

#endif

/* options - the options that fetch has of its own */
#ifndef FETCH_OPTIONS_H
#define FETCH_OPTIONS_H

#include <getopt.h>

#include "fetch/remote.h"

#define FETCH_OPTIONS	"S:o:"

struct fetch_options {
	const char		*source;	/* the only one, or NULL */
	const char		*locked;	/* the lock of a run, or NULL */
	struct remote_options	 remote;
};

extern const struct option fetch_longopts[];

void	 fetch_options_init(struct fetch_options *);
/* Take one that getopt(3) found; the process ends with EX_USAGE if it is bad. */
void	 fetch_options_take(struct fetch_options *, int ch);
/* Behind the last one: likewise where they exclude each other. */
void	 fetch_options_check(const struct fetch_options *);

#endif

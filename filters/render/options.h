/* options - the options that render has of its own, for settings */
#ifndef RENDER_OPTIONS_H
#define RENDER_OPTIONS_H

#include <getopt.h>

#define RENDER_OPTIONS	"o:"

extern const struct option render_longopts[];

/* Take one that getopt(3) found; the process ends with EX_USAGE if it is bad. */
void	 render_options_take(int ch);
/* Behind the last one: find the view; likewise where they exclude each other. */
void	 render_options_check(void);

#endif

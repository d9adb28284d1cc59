/* status - which papers a page shows */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>

struct json;

/*
 * The value of --status: statuses besides accepted and none that are shown,
 * separated by commas, or "all".  Ends with EX_USAGE for one that is none.
 */
void	 status_option(const char *value);
/* Whether the paper is shown: by its status, and no version of another one. */
bool	 status_shows(const struct json *paper);

#endif

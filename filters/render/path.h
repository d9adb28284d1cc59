/* path - where the pages of the site stand */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Paths in the tree of site.h.  Each is a function of the id or key alone, and
 * has 12 bits of a hash as a folder, so that no folder holds too much.  The
 * text is good until four more were asked for.
 */
const char	*path_paper(const char *id);
/* part: "" is the page itself, else what it holds of the author. */
const char	*path_author(const char *key, const char *part,
		    const char *suffix);
/*
 * A page of a list, numbered from 1: folder "v", key that of a venue, or NULL:
 * those that have none; part of it: a year, or "".
 */
const char	*path_list(const char *folder, const char *key,
		    const char *part, size_t page);
const char	*path_year(int year);

/* Whether it is one that site_put takes. */
bool		 path_is_safe(const char *);

#endif

/* pager - lists on several pages */
#ifndef PAGER_H
#define PAGER_H

#include <stddef.h>

struct json;

/* Where the pages of a list stand, see path_list. */
struct pages {
	const char	*folder, *key, *part;
	const char	*first;		/* path of page 1, or NULL: as the others */
	size_t		 n;
};

/* How many pages n items fill, so many on each; at least one. */
size_t		 pager_pages(size_t n, size_t size);
const char	*pager_path(const struct pages *, size_t page);
/* Set "pager" of a page's data: its number, and the ways to others. */
void		 pager_add(struct json *data, const struct pages *,
		    size_t page);

#endif

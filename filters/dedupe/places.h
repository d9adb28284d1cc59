/* places - where in a venue a paper stands: pages, volume, number */
#ifndef DEDUPE_PLACES_H
#define DEDUPE_PLACES_H

struct traits;

/*
 * Set what the members say, which may be NULL; the year must be set.  "91-7" is
 * 91 to 97, "01-Sep" 1 to 9, "392401" 392 to 401; volume "103(2)" has a
 * number, "7(4):705-719" pages as well.
 */
void	 places_set_pages(struct traits *, const char *pages);
void	 places_set_volume(struct traits *, const char *volume,
	    const char *number);
/* How many pages there are, where no page is set: see traits.h. */
void	 places_set_extent(struct traits *, const char *extent);

#endif

/* scan - how long the values of JSON text are, without a look at what they say */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>

struct input;

/*
 * All look at the head of the input and consume nothing.  Brackets are only
 * counted, not matched: what is wrong inside is the parser's to find.
 */

/* The length of the value at the head; 0: it has no end within max bytes. */
size_t	 scan_value(struct input *, size_t max);
/* The length of the line at the head; 0: likewise, or it is empty. */
size_t	 scan_line(struct input *, size_t max);

enum scan_found { SCAN_NO_END, SCAN_OBJECT, SCAN_LIST, SCAN_MEMBER };

/*
 * Of the object at the head, the first list at one of the paths (see
 * elements): *n is the place behind its bracket.  Or else, where a path is one
 * of an object, that object: *n is its place.  *depth is how many objects are
 * around it.  Or else the whole object: *n is its length.
 */
enum scan_found
	 scan_paths(struct input *, const char *const *paths, size_t max,
	    size_t *n, size_t *depth);

/*
 * Consume a value that has no end within a limit, or what is left of depth
 * objects and lists whose opening was consumed, in bounded memory.  Returns how
 * many of these are still open at the end of the data.
 */
size_t	 scan_skip(struct input *, size_t depth);

#endif

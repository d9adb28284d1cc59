/* elements - the records of a JSON document, cut one by one from a stream */
#ifndef ELEMENTS_H
#define ELEMENTS_H

#include <stddef.h>
#include <stdint.h>

struct input;

enum elements_state {
	ELEMENTS_TOP,		/* between values at the top */
	ELEMENTS_ARRAY,		/* in an array at the top */
	ELEMENTS_MEMBER,	/* in the array that a path names */
	ELEMENTS_REST,		/* behind it, in its object */
	ELEMENTS_LINES		/* every line is a value */
};

/*
 * What is cut: the elements of an array at the top; of an object at the top
 * what is at the first of the paths that it has ("a.b": member b of its member
 * a), the elements of an array or an object; else each value at the top, one
 * behind the other (JSON lines).  Ready when zeroed with in and paths set, a
 * list that ends with NULL.
 */
struct elements {
	struct input		*in;
	const char *const	*paths;
	enum elements_state	 state;
	size_t			 depth;		/* objects around the array */
	enum { PENDING_BYTES, PENDING_LINE, PENDING_VALUE } pending;
	size_t			 bytes;		/* of the last one, to skip */
};

enum elements_result {
	ELEMENTS_END,
	ELEMENTS_VALUE,		/* text, not yet checked to be JSON */
	ELEMENTS_TOO_LONG,	/* text is how it begins */
	ELEMENTS_CUT		/* likewise: the data ends inside of it, or of the list */
};

/*
 * The next one.  *text stays valid until the next call, *offset and *line say
 * where it starts.  Memory is bounded by max, the longest value in bytes.
 */
enum elements_result
	 elements_next(struct elements *, size_t max, const char **text,
	    size_t *len, uint64_t *offset, uint64_t *line);

#endif

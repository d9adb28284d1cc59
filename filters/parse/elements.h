/* elements - the records of a JSON document, cut one by one from a stream */
#ifndef ELEMENTS_H
#define ELEMENTS_H

#include <stdbool.h>
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
 * What is cut: the elements of an array at the top; of an object at the top the
 * elements of the first array at one of the paths ("a.b": member b of its member
 * a), or else the object at one that ends with "{}"; else each value at the
 * top, one behind the other (JSON lines).  Ready when zeroed with in, joined and
 * paths set, a list of at most 8 that ends with NULL.
 */
struct elements {
	struct input		*in;
	const char *const	*paths;
	bool			 joined;	/* arrays need no space between */
	const char		*why;		/* of ELEMENTS_CUT, ELEMENTS_BROKEN */
	enum elements_state	 state;
	size_t			 depth;		/* objects around the array */
	enum { ELEMENTS_FIRST, ELEMENTS_BEHIND_VALUE, ELEMENTS_BEHIND_COMMA }
				 place;		/* in an array */
	bool			 told;		/* that it is broken */
	bool			 closed;	/* an array, just now */
	enum { PENDING_BYTES, PENDING_LINE, PENDING_VALUE } pending;
	size_t			 bytes;		/* of the last one, to skip */
};

enum elements_result {
	ELEMENTS_END,
	ELEMENTS_VALUE,		/* text, not yet checked to be JSON */
	ELEMENTS_TOO_LONG,	/* text is how it begins */
	ELEMENTS_CUT,		/* likewise: the data ends inside of it, or of the list */
	ELEMENTS_BROKEN		/* between values is what cannot be; told once a list */
};

/*
 * The next one.  *text stays valid until the next call, *offset and *line say
 * where it starts.  Memory is bounded by max, the longest value in bytes.
 */
enum elements_result
	 elements_next(struct elements *, size_t max, const char **text,
	    size_t *len, uint64_t *offset, uint64_t *line);

#endif

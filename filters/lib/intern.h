/* intern - strings by number */
#ifndef INTERN_H
#define INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

/* Equal strings have one number, from 0 in the order of their first coming. */
struct intern {
	struct arena	  arena;
	const char	**v;		/* by number */
	size_t		  n;
	size_t		  cap;
	uint32_t	 *slot;		/* number + 1 by hash */
	size_t		  mask;
};

/* The number of a string of n bytes without NUL; a new one is copied. */
uint32_t	 intern(struct intern *, const char *, size_t n);
/* The number of a string that is there, or UINT32_MAX. */
uint32_t	 intern_find(const struct intern *, const char *, size_t n);
/*
 * Number them anew in byte order; place[i] is set to the new number of i.  No
 * more can be added behind that.
 */
void		 intern_sort(struct intern *, uint32_t *place);
void		 intern_free(struct intern *);

#endif

/* people - the lists of authors, or of editors, of the copies of one paper */
#ifndef DEDUPE_PEOPLE_H
#define DEDUPE_PEOPLE_H

#include <stddef.h>

struct arena;
struct json;

/*
 * Keep of the lists that n records have as that member, the most trusted first,
 * the one to take; all others lose theirs.  It is the first that is complete:
 * a list that is cut short, or sorted, gives way to one that is not.  Its
 * people are as the most trusted record has them, and get the identifiers and so
 * on that they have in the other lists.
 */
void	 people_merge(struct arena *, struct json **records, size_t n,
	    const char *member);

#endif

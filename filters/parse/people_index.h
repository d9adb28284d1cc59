/* people_index - people of a list found by a key, such as a name */
#ifndef PEOPLE_INDEX_H
#define PEOPLE_INDEX_H

#include <stddef.h>

struct json;

struct keyed {
	const char	*key;
	size_t		 at;		/* place in the list */
	struct json	*person;
};

/* In the order of the keys, and of the list where these are equal. */
struct people_index {
	struct keyed	*v;
	size_t		 n;
};

/* The index is in the arena of the entry, as the keys have to be. */
void		 people_index(struct people_index *, struct json *first,
		    const char *(*key)(const struct json *person));
/* The first in the list who has the key, or NULL. */
struct keyed	*people_find(const struct people_index *, const char *key);

#endif

/* mods - the parts of the format mods: records, and the names in them */
#ifndef MODS_H
#define MODS_H

#include <stdbool.h>

struct json;
struct node;

/* Whether an attribute is not there, or empty. */
bool	 mods_is_plain(const struct node *, const char *attr);
/* The first thing that it is in such a relation to, as "host", or NULL. */
const struct node	*mods_related(const struct node *, const char *type);
/*
 * Add the names in an element to the paper, or not all, as of what the paper
 * is in: only those of editors.
 */
void	 mods_people(struct json *paper, const struct node *of, bool all);
/* Set the type by what is said of the paper and of its host; NULL: none. */
void	 mods_type(struct json *paper, const struct node *mods,
	    const struct node *host);

#endif

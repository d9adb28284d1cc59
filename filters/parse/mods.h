/* mods - the parts of the format mods: records, and the names in them */
#ifndef MODS_H
#define MODS_H

#include <stdbool.h>

struct json;
struct node;

/* Whether an attribute is not there, or empty. */
bool	 mods_is_plain(const struct node *, const char *attr);
/*
 * Add the names in an element to the paper.  Without authors, as of what the
 * paper is in, only those of editors.
 */
void	 mods_people(struct json *paper, const struct node *of, bool authors);

#endif

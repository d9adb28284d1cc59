/* unixref - the parts of the format unixref: papers, and what they are made of */
#ifndef UNIXREF_H
#define UNIXREF_H

#include <stdbool.h>

struct json;
struct node;

/* A record: an item in something larger, or what is larger alone. */
struct work {
	const struct node	*item;		/* what the paper is of */
	const struct node	*in;		/* facts of what is around */
	const struct node	*issue;		/* of a journal */
	const struct node	*event;
	const char		*type;
};

/* The <crossref> in a record, or NULL. */
const struct node	*unixref_crossref(const struct node *record);
/* Find the parts of a record; false: it is of no kind that is known. */
bool			 unixref_find(struct work *, const struct node *record);
/*
 * Keep the other forms of an item under the words for how they go with it, and
 * what it is a notice about; one that withdraws itself sets the status.
 */
void			 unixref_related(struct json *paper,
			    const struct node *item);

#endif

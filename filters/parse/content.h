/* content - records of known XML formats in the envelope of another one */
#ifndef CONTENT_H
#define CONTENT_H

#include <stdbool.h>

struct json;
struct node;

/* What an envelope has no use for, the bulk of tree.h. */
extern const char *const	 content_bulk[];

/*
 * Make a paper of the first record of a known format in n, also in a wrapper
 * such as METS.  *key is the record's own, or NULL.  false: there is none, and
 * the entry was rejected; what: how the source calls n.
 */
bool	 content_take(struct json *paper, const struct node *n,
	    const char *what, const char **key);
/* Whether it says of itself that it was deleted. */
bool	 content_is_deleted(const struct node *n);

#endif

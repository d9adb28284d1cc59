/* marc - the parts of the format marcxml: fields of MARC 21, people, hosts */
#ifndef MARC_H
#define MARC_H

#include <stdbool.h>
#include <stddef.h>

#include "parse/tree.h"

struct json;

/* All texts are in the entry's arena, "" where there is none. */

/* n, or the next one behind it that has this tag, one of these codes. */
const struct node	*marc_next_field(const struct node *n,
			    const char *tag);
const struct node	*marc_next_subfield(const struct node *n,
			    const char *codes);

#define MARC_EACH_FIELD(n, record, tag)					\
	for (n = marc_next_field(tree_child(record, "datafield"), tag);	\
	    n != NULL; n = marc_next_field(tree_next(n), tag))
#define MARC_EACH_SUBFIELD(n, field, codes)				\
	for (n = marc_next_subfield(tree_child(field, "subfield"), codes); \
	    n != NULL; n = marc_next_subfield(tree_next(n), codes))

/* What is in a subfield, marks around what is not sorted by left out. */
const char		*marc_line(const struct node *subfield);
/* The same without the marks that part it from the next one. */
const char		*marc_marked(const struct node *subfield);
/* Nor the period at the end, that of "author.", not of "J." or "Mass. :". */
const char		*marc_text(const struct node *subfield);
/* The mark at its end, one of "/:;,=", or NUL. */
char			 marc_mark(const struct node *subfield);
/* The text of the first subfield that has one of these codes. */
const char		*marc_subfield(const struct node *field,
			    const char *codes);
/* Those of all of them, in their order, with something between. */
const char		*marc_subfields(const struct node *field,
			    const char *codes, const char *between);
/* The first text of such a subfield in fields of this tag. */
const char		*marc_first(const struct node *record,
			    const char *tag, const char *codes);
bool			 marc_has(const struct node *record, const char *tag);
/*
 * Of a field 880 the tag of the one that it has in another script, and their
 * number; of another the number of its 880.  0: there is none.
 */
size_t			 marc_link(const struct node *field, char tag[4]);

/* A title, "Title: subtitle. Part", in such a field; "" if there is none. */
const char		*marc_title(const struct node *field);
/* Fill what of the paper is in the fields of people, of what it is part of. */
void			 marc_people(struct json *paper,
			    const struct node *record);
void			 marc_host(struct json *paper,
			    const struct node *record);

#endif

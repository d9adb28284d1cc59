/* pubmed - parts of what PubMed writes: citations, and what they are */
#ifndef PUBMED_H
#define PUBMED_H

#include <stdbool.h>

struct json;
struct node;

/*
 * Set the title, or none if it is NULL or empty, without the period behind it,
 * and without the brackets around one that is translated.
 */
void	 pubmed_title(struct json *paper, const char *, bool translated);
/*
 * Set one type of several, all of which are kept, from the first on: what says
 * that it is no article, then the article, then the first one.
 */
void	 pubmed_types(struct json *paper, const struct node *first);
/*
 * Keep notices and other forms of the same work by what they are: their PMIDs,
 * or else their places.  A retraction sets the status.
 */
void	 pubmed_corrections(struct json *paper, const struct node *citation);

#endif

/* pubmed - the parts of the format pubmed: citations, and what they are */
#ifndef PUBMED_H
#define PUBMED_H

struct json;
struct node;

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

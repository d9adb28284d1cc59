/* arxiv - the parts of the reader of arXiv's formats */
#ifndef ARXIV_H
#define ARXIV_H

struct json;

/* The authors that stand in one string, as <arXivRaw> has them. */
void	 arxiv_authors(struct json *paper, const char *s);

#endif

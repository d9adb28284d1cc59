/* dblp - what records of dblp have in common, in whatever syntax */
#ifndef DBLP_H
#define DBLP_H

#include <stddef.h>

struct json;

/* dblp ends every title with a period that is not the title's: n without it. */
size_t	 dblp_without_period(const char *, size_t n);
/* CoRR is arXiv: its volumes are the identifiers there. */
void	 dblp_corr(struct json *paper);

#endif

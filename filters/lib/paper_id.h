/* paper_id - all ids that a paper is known by */
#ifndef PAPER_ID_H
#define PAPER_ID_H

struct buf;
struct json;

/*
 * An id with a prefix in front as it is looked for: a DOI in any case, arXiv
 * spelt as we do.  Good until the next call.
 */
const struct buf	*paper_id(const char *prefix, const char *);

/*
 * Call back with each that a paper has: its id, "doi:" and "arxiv:" with its
 * identifiers, and "source:key" of all its sources; with one perhaps twice.
 */
void	 paper_ids(const struct json *paper, void (*found)(const struct buf *));

#endif

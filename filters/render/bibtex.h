/* bibtex - papers as BibTeX */
#ifndef BIBTEX_H
#define BIBTEX_H

struct buf;
struct json;

/*
 * Append an entry.  Its key is the id of the paper, so that no two papers
 * share one and each keeps its own; what a key cannot hold becomes "-", with a
 * hash behind it.  Text is what BibTeX and LaTeX print as the same text: in
 * titles TeX between dollars stays.
 */
void	 bibtex_add(struct buf *, const struct json *paper);

#endif

/* label - what the views call things */
#ifndef LABEL_H
#define LABEL_H

struct buf;
struct json;

#define SHOWN_AUTHORS	8	/* of a paper in a list of papers */

/* Append "Conference Paper" for "conference-paper". */
void	 label_add(struct buf *, const char *);
/*
 * Append "very likely (confidence 0.97)" for a probability, which is rounded
 * down; nothing for NULL.
 */
void	 label_confidence(struct buf *, const struct json *number);
/* Append "ICML Conference 2019 Conference Paper", as far as it is known. */
void	 label_heading(struct buf *, const struct json *paper);

#endif

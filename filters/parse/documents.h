/* documents - the documents that fetch wrote of, and what all documents share */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

struct document;
struct format;
struct input;

/* Read a document in its format; one that is empty is a reject. */
void	 document_read(const struct format *, struct document *,
	    struct input *);
/* Read all documents of the operands, which hold what fetch wrote. */
void	 documents_read(void);

#endif

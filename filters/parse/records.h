/* records - the entries of a JSON document, each as a tree */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>

struct document;
struct input;
struct json;

/*
 * A format whose entries are objects of a JSON document: the elements of a
 * list at the top or at one of the paths, the object at one, else each object
 * at the top (JSON lines, one alone).
 */
struct records_format {
	const char *const	*paths;		/* see elements; ends with NULL */
	/*
	 * Whether a value, of any type, is an entry; NULL: each is.  For one that
	 * is not it calls filter_passed.
	 */
	bool			(*is_entry)(const struct json *);
	/* Make a paper of an entry, entry_emit it, or filter_reject it. */
	void			(*take)(struct document *, struct json *paper,
				    struct json *entry);
	/*
	 * A list in an element whose own elements are the entries, such as the
	 * papers of an author; or NULL.
	 */
	const char		*inside;
	/*
	 * Documents are what a server answered: one that is no object and no
	 * list is one reject.
	 */
	bool			 answers;
};

/*
 * Read the document to its end.  An entry that is no JSON or no object is
 * rejected alone.  Its tree may be moved into the paper.
 */
void	 records_read(struct document *, struct input *,
	    const struct records_format *);

/*
 * Reject an entry that lacks the member field that makes it one of the format:
 * as an error that the source answered if it says so, else as one of another
 * format.
 */
void	 records_refuse(const struct json *entry, const char *field,
	    const char *why);

/* The error that a document in JSON of no known format tells, or NULL. */
const char	*records_error(const char *, size_t n);

#endif

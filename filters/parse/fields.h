/* fields - members of the objects of a source that are ours by other names */
#ifndef FIELDS_H
#define FIELDS_H

#include <stddef.h>

#include "lib/intern.h"

struct json;

enum field_use {
	FIELD_TEXT,		/* a text or number; of a list the first one */
	FIELD_FOREIGN,		/* the same, under a name that is not ours */
	FIELD_LINK,		/* see entry_link */
	FIELD_WORDS,		/* keywords: a list, or one text */
	FIELD_OUT		/* left out, or read apart */
};

struct field {
	const char	*name;		/* of the source, NULL at the end */
	enum field_use	 use;
	const char	*member;	/* of ours, see entry_member; else NULL */
};

/* The fields of a format.  Ready with table set, the rest zeroed. */
struct fields {
	const struct field	*table;
	struct intern		 names;
};

/*
 * Set the members of a paper from an object.  What is not in the table is
 * foreign; it is moved, so that the object is none any more.
 */
void			 fields_read(struct fields *, struct json *paper,
			    const char *format, struct json *object);

/*
 * The text or number that a value is, or of a list the first that is not
 * empty; NULL if there is none.
 */
const struct json	*fields_value(const struct json *);
/* The text of that of a member of an object; o may be NULL. */
const char		*fields_text(const struct json *o, const char *name);
/* entry_text of it. */
void			 fields_set(struct json *paper, const char *member,
			    const struct json *o, const char *name);

#endif

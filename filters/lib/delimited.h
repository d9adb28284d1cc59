/* delimited - rows of delimited text, cut from a stream */
#ifndef DELIMITED_H
#define DELIMITED_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"

struct input;

/*
 * How fields are parted.  With quotes as RFC 4180 has it: a field may be in
 * double quotes, in which a quote is written twice and anything else may stand.
 * Spaces and tabs around the quotes are let pass.  If it is bare, a field that
 * is not in quotes may hold some.  Without quotes one is like any other
 * character, and a field cannot hold a delimiter.  Nor a line break, unless
 * lines says so: then a row with less fields than it should have goes on in the
 * next line, if that does not make it too many.
 */
struct dialect {
	char	 delim;
	bool	 quotes;
	bool	 bare;
	bool	 lines;
};

/*
 * A dialect by name: "comma", "semicolon", "tab", "pipe", or the sign itself,
 * with quotes; "bare-comma" and so on; "tsv", tabs without quotes; "tsv-lines".
 * False: not one.
 */
bool		 dialect_parse(struct dialect *, const char *name);
/* The one that the first line of a document shows. */
void		 dialect_sniff(struct dialect *, const char *s, size_t n);

#define DELIMITED_FIELDS	65536	/* of a row, at most */

enum delimited_result {
	DELIMITED_ROW,
	DELIMITED_END,
	DELIMITED_OPEN_QUOTE,	/* a quote that never closes */
	/* text behind one, or one in a field of a row whose width is not right */
	DELIMITED_BAD_QUOTE,
	DELIMITED_TOO_LONG	/* over the limit of bytes or of fields */
};

/* Ready when zeroed with in, max and dialect set. */
struct delimited {
	struct input	*in;
	size_t		 max;		/* bytes of a row */
	struct dialect	 dialect;
	size_t		 width;		/* fields that a row should have, if known */
	struct row_field {
		const char	*s;
		size_t		 len;
	}		*field;		/* of the row at hand */
	size_t		 n;
	size_t		 len;		/* its bytes, at the input's head */
	/* -------------------------------------------------------------- */
	size_t		 cap;
	size_t		 skip;		/* bytes to consume with the next row */
	bool		 rest;		/* and what is left of their line */
	struct buf	 text;		/* of fields with quotes in quotes */
	struct cut	*cut;
	size_t		 cutcap;
};

/*
 * The next row, which ends with LF or CRLF.  Its text is at the head of the
 * input, and it and its fields stay until the next call; there is one field at
 * least.  For a row that does not end well len is that of its first line, as
 * far as it was read, and reading goes on behind that line.  Memory is bounded
 * by max.
 */
enum delimited_result delimited_next(struct delimited *);
/* Set the dialect to the one that the row shows which is the next one. */
void		 delimited_sniff(struct delimited *);
void		 delimited_free(struct delimited *);

#endif

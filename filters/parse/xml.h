/* xml - records of an XML document, pulled through libxml2's SAX2 parser */
#ifndef XML_H
#define XML_H

#include <libxml/parser.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/buf.h"

struct document;
struct input;

/*
 * The parser pulls the document through a callback that turns Latin-1 into
 * UTF-8 itself: the parser's own conversion costs half the speed and loses
 * the byte offsets.  What was pulled since the record at hand began is kept,
 * so that after an error in it a new parser goes on at the next record.
 *
 * A format embeds this as its first member: SAX callbacks are given a pointer
 * that is both.  It sets what stands before the line.
 */
struct xml {
	struct document		*doc;
	struct input		*in;
	const xmlSAXHandler	*sax;		/* of the format, see xml_handler */
	const char		*root;		/* "<name>", for a new parser */
	/*
	 * Behind an error: whether to go on at this tag, "name" or "/name" of
	 * an end; a new parser is then given root first.
	 */
	bool			(*resumes)(struct xml *, const char *name);
	/* an error ended the parser; what it stands in is to be rejected */
	void			(*failed)(struct xml *);
	/* -------------------------------------------------------------- */
	enum reject_code	 code;		/* why, for failed */
	char			 error[256];
	char			 entity[64];	/* one that is no character, or "" */
	int			 depth;		/* of elements, kept by the format */

	xmlParserCtxtPtr	 parser;
	bool			 latin1;
	bool			 stopped;
	bool			 lead;		/* the root is still to be given */
	struct buf		 kept;		/* raw bytes */
	uint64_t		 kept_at;	/* offset of those not skipped */
	uint64_t		 kept_line;
	size_t			 skipped;	/* in front, not moved yet */
	size_t			 given;		/* of kept to the parser */
	uint64_t		 utf8_at;	/* a place known both ways: */
	size_t			 raw_at;	/* the parser's, and in kept */
	size_t			 error_at;	/* in kept */
};

/* A handler with what this module does: entities, errors. */
void	 xml_handler(xmlSAXHandler *);
/*
 * Read the document to its end.  One in another encoding than UTF-8 and
 * ISO-8859-1 is refused.
 */
void	 xml_read(struct xml *);
/* Begin an entry at the tag that the parser is at: see entry_begin. */
struct json	*xml_begin_entry(struct xml *);
/* Forget what is in front of that tag, for what is no entry. */
void	 xml_forget(struct xml *);
/* Begin an entry where the error is, for failed. */
struct json	*xml_begin_entry_at_error(struct xml *);
/*
 * Give the text of the entry at hand to its rejects; name is the element that
 * ends it.
 */
void	 xml_show_input(struct xml *, const char *name);
/* The value of an attribute in SAX2's array, "" where it is not there. */
const char	*xml_attribute(const xmlChar **attr, int n, const char *name,
		    size_t *len);

#endif

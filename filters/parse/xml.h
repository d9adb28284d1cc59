/* xml - an XML document as tags and texts, its records mended or rejected */
#ifndef XML_H
#define XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/reject.h"

struct document;
struct input;
struct xml;

#define XML_DEPTH	128	/* elements in one another, at most */
#define XML_DECLARED	4096	/* bytes of names of entities, at most */

/* Names are without their prefix; declarations of prefixes are left out. */
struct xml_attr {
	const char	*name;		/* no NUL behind it */
	size_t		 namelen;
	const char	*value;		/* likewise; references are resolved */
	size_t		 len;
};

struct xml_tag {
	const char		*name;	/* a NUL behind it */
	size_t			 len;
	const struct xml_attr	*attr;
	size_t			 nattr;
};

/*
 * What a format does with the document.  An element without content has a
 * start and an end.  What the functions are given is gone when they return.
 */
struct xml_format {
	void	(*start)(struct xml *, const struct xml_tag *);
	/* a part of the text in the element at hand */
	void	(*text)(struct xml *, const char *, size_t);
	void	(*end)(struct xml *);
	/*
	 * Something is not well-formed.  The entry at hand is rejected, and is
	 * to be forgotten with all elements from its own one on; outside of
	 * entries that is an entry of its own.
	 */
	void	(*failed)(struct xml *);
	/*
	 * Whether to go on at a tag of this name behind what is not
	 * well-formed.  So it does at the tags of elements around.  inside:
	 * the tag is directly behind a start tag, so that it begins a part of
	 * that element and hardly something behind what is broken.
	 */
	bool	(*is_record)(struct xml *, const char *name, bool inside);
};

/* What can be mended, see xml_end_entry. */
enum xml_defect {
	XML_AMPERSAND,		/* an & that begins no reference */
	XML_ENTITY,		/* one that nobody declared */
	XML_CONTROL,		/* a character that XML does not allow */
	XML_BYTE,		/* a byte that is not UTF-8 */
	XML_ATTRIBUTE,		/* one that a tag has a second time */
	XML_DEFECTS
};

enum xml_ending { XML_COMMENT, XML_CDATA, XML_INSTRUCTION, XML_ENDINGS };

/*
 * A reader.  A format embeds it as its first member, so that a pointer to one
 * is a pointer to both, and sets what stands before the line.
 *
 * No entity is expanded but HTML's characters, no DTD is read but for the names
 * of entities that the document itself declares, and nothing is opened.
 */
struct xml {
	struct document			*doc;
	struct input			*in;
	const struct xml_format		*format;
	/* the root is one of the format: it may be without records */
	bool				 known_root;
	/* texts and what is to be mended in them are of no interest */
	bool				 skips;
	/* -------------------------------------------------------------- */
	size_t				 depth;	/* of the element, from 1 */

	size_t				 at;	/* token, behind the head */
	size_t				 next;	/* the one behind it */
	struct xml_search {		/* offsets between which none begins */
		uint64_t		 from, to;
	}				 search[XML_ENDINGS];
	uint64_t			 doctype; /* place + 1 of one */
	int				 doctypes; /* that did not end yet */
	/* behind an error: what the place is in, or behind what */
	enum { XML_ANYWHERE, XML_IN_START, XML_INSIDE } where;
	bool				 slash;	/* ends a start tag */
	size_t				 max;	/* bytes of a record */
	bool				 ended;	/* no more will come */
	bool				 damaged; /* tags may be lost */
	size_t				 lost;	/* that an end tag ends */

	size_t				 kept;	/* depth of what is, or 0 */
	bool				 begun;	/* an entry, of this element */

	struct buf			 names;	/* of the open elements */
	size_t				 name[XML_DEPTH]; /* begin of each */
	struct buf			 values; /* of attributes */
	struct xml_attr			*attr;
	size_t				 attrcap;
	struct buf			 declared; /* as ";a;b;" */

	enum reject_code		 code;	/* of what is bad */
	struct buf			 error;
	char				 entity[64]; /* declared, used */
	bool				 mended;
	struct {
		size_t			 n;
		char			 got[32];
		size_t			 len;
	}				 defect[XML_DEFECTS];
};

/*
 * Read the document to its end.  It may have several roots or none, and text
 * anywhere.  One without an entry is refused, unless its root is known.
 */
void	 xml_read(struct xml *);

/* For start: keep the text from this tag on, to the end of its element. */
void	 xml_keep(struct xml *);
/* For start or end: the element that is kept is an entry, see entry_begin. */
struct json	*xml_begin_entry(struct xml *);
/* Give the text of the entry, as far as it was read, to its rejects. */
void	 xml_show_input(struct xml *);
/*
 * For end: all of the entry was read.  Give its text to its rejects and note
 * what was mended in it.  false: it is rejected, for it uses an entity that the
 * document declares.
 */
bool	 xml_end_entry(struct xml *);
/* For end: note what was mended in the element kept, which is no entry. */
void	 xml_note_mended(struct xml *);
/* Reject the entry as one that is not well-formed, when start returns. */
void	 xml_fail(struct xml *, enum reject_code, const char *fmt, ...)
	    __attribute__((__format__(printf, 3, 4)));

/* The value of an attribute, "" where it is not there. */
const char	*xml_attribute(const struct xml_tag *, const char *name,
		    size_t *len);

#endif

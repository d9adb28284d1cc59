/* dblp_parts - what the files of dblp's XML share */
#ifndef DBLP_PARTS_H
#define DBLP_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"
#include "parse/xml.h"

enum dblp_use {
	DBLP_RECORD,	/* member is its type, NULL: a person */
	DBLP_PEOPLE,
	DBLP_TITLE,
	DBLP_TEXT,
	DBLP_LINK,
	DBLP_PLACE,	/* a link, or a place on dblp's own site */
	DBLP_NOTE,
	DBLP_LIST,	/* of texts */
	DBLP_RELATION,
	DBLP_OTHER,	/* foreign */
	DBLP_LEFT_OUT
};

/* The members of a paper that the first of several elements sets. */
enum dblp_slot {
	DBLP_NAMED,		/* the title */
	DBLP_VENUE,
	DBLP_YEAR,
	DBLP_VOLUME,
	DBLP_NUMBER,
	DBLP_PAGES,
	DBLP_PUBLISHER,
	DBLP_ISBN,
	DBLP_CROSSREF,
	DBLP_SLOTS
};

struct dblp_element {
	const char	*name;
	enum dblp_use	 use;
	const char	*member;	/* of a paper */
	enum dblp_slot	 slot;		/* of that: its bit in seen */
};

struct dblp {
	struct xml			 xml;	/* first: it is given to us */
	const struct dblp_element	*record; /* the one at hand, or NULL */
	size_t				 record_depth;
	struct json			*entry;	/* a paper or a person */
	struct json			*people[2]; /* its authors, editors */
	unsigned			 seen;	/* members that are set */
	bool				 is_person;
	struct buf			 key;
	const char			*publtype;
	const struct dblp_element	*field;	/* in the record, or NULL */
	struct dblp_element		 other;	/* one that is not known */
	struct xml_tag			 tag;	/* of the field */
	struct buf			 text;	/* in it */
	size_t				 script; /* + 1: where one begins */
	bool				 raised; /* or else lowered */
	size_t				 unknown_depth; /* of no record, or 0 */
	bool				 broken; /* a record, not around */
	bool				 person_page; /* root is dblpperson */
};

/* Take the field at hand, with n bytes of text. */
void	 dblp_paper_field(struct dblp *, const char *, size_t n);
void	 dblp_person_field(struct dblp *, const char *, size_t n);
/* All fields are taken: write it. */
void	 dblp_paper_emit(struct dblp *);
void	 dblp_person_emit(struct dblp *);

#endif

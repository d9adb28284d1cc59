/* dblp_parts - what the files of dblp's XML share */
#ifndef DBLP_PARTS_H
#define DBLP_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

struct dblp_element {
	const char	*name;
	enum dblp_use	 use;
	const char	*member;	/* of a paper */
};

struct dblp {
	struct xml			 xml;	/* first: it is given to us */
	const struct dblp_element	*record; /* the one at hand, or NULL */
	size_t				 record_depth;
	struct json			*entry;	/* a paper or a person */
	struct json			*people[2]; /* its authors, editors */
	uint32_t			 seen;	/* members that are set */
	bool				 is_person;
	struct buf			 key;
	const char			*publtype;
	const struct dblp_element	*field;	/* in the record, or NULL */
	struct dblp_element		 other;	/* one that is not known */
	struct xml_tag			 tag;	/* of the field */
	struct buf			 text;	/* in it */
	bool				 broken; /* a record, not what is around */
	size_t				 unknown_depth;	/* of what is no record */
	bool				 person_page;	/* the root is dblpperson */
};

/* Take a field of a person, n bytes of text. */
void	 dblp_person_field(struct dblp *, const char *, size_t n);
/* All fields of the person are taken: write it. */
void	 dblp_person_emit(struct dblp *);

#endif

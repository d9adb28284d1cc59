/* xml_parts - what the files of xml share */
#ifndef XML_PARTS_H
#define XML_PARTS_H

#include "parse/xml.h"

#define XML_DROPPED	(64 * 1024)	/* bytes, when there is nothing to keep */

/* Forget what is in front of the token at hand. */
void		 xml_drop(struct xml *);
/* Have more bytes at hand; false: there are none. */
bool		 xml_fill(struct xml *);
/*
 * Behind xml_bad: reject what is at hand, alone, and move to where to go on;
 * false: nothing follows.
 */
bool		 xml_recover(struct xml *);

/* What is read is left in x->next. */
enum xml_token {
	XML_DONE,
	XML_MORE,	/* its end is not there */
	XML_BAD		/* not well-formed: xml_bad said why */
};

/* The text at p, which is at no '<'; the part of it that can be told. */
enum xml_token	 xml_text(struct xml *, const char *p, const char *end);
/* The tag, comment or whatever the '<' at p begins. */
enum xml_token	 xml_markup(struct xml *, const char *p, const char *end);

/*
 * Hand on the text; last: it ends there.  Returns where it stopped, at a '<'
 * (which a section of CDATA holds as it is) or where more must be there.
 */
const char	*xml_run(struct xml *, const char *p, const char *end,
		    bool cdata, bool last);
/* Count a defect at p; the word that it is in is shown of the first one. */
void		 xml_mend(struct xml *, enum xml_defect, const char *p,
		    const char *end);
/* Append the value of an attribute. */
void		 xml_value(struct xml *, struct buf *, const char *p,
		    const char *end);
/* The first byte from p on that is no plain character of ASCII, or end. */
const char	*xml_plain(const char *p, const char *end);
/* Behind the white space, or the name, at p. */
const char	*xml_space(const char *p, const char *end);
const char	*xml_name(const char *p, const char *end);

/*
 * Behind the document type declaration at p; NULL where that does not end, or
 * is not well-formed (xml_bad said why).  Nothing of it is kept but the names of
 * entities.
 */
const char	*xml_skip_doctype(struct xml *, const char *p, const char *end);

enum xml_token	 xml_bad(struct xml *, enum reject_code, const char *fmt, ...)
	    __attribute__((__format__(printf, 3, 4)));
/* Whether the record at hand is over the limit: then xml_bad is called. */
bool		 xml_is_too_long(struct xml *);
/* Nothing is kept any more. */
void		 xml_release(struct xml *);
/* End the element at hand. */
void		 xml_pop(struct xml *);
/* The depth of the innermost open element of that name, or 0. */
size_t		 xml_open_depth(const struct xml *, const char *name,
		    const char *end);

#endif

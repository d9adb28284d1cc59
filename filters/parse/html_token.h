/* html_token - a page of HTML as text and tags, one behind the other */
#ifndef HTML_TOKEN_H
#define HTML_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Ready when zeroed with p and end set to the page, which must stay. */
struct html_reader {
	const char	*p, *end;
	bool		 xml;		/* it is XHTML: <x/> is an element */
	const char	*raw;		/* element without tags in it, or NULL */
	/*
	 * At the end: what the page ends inside of, such as "a tag", unless it
	 * has an end behind where that begins; else "".
	 */
	char		 cut[16];
};

struct html_token {
	enum { HTML_TEXT, HTML_START, HTML_END } type;
	bool		 raw;		/* text without references: a script */
	const char	*s;		/* the text, or the name of the tag */
	size_t		 n;
	const char	*attributes;	/* of HTML_START: see html_attribute */
	const char	*end;
};

/*
 * The next token; false at the end of the page.  Comments, doctypes and
 * instructions are passed over.  Takes a time that is linear in the page,
 * whatever is in it.
 */
bool	 html_next(struct html_reader *, struct html_token *);
/* Whether that is the name of the tag, in any case. */
bool	 html_is(const struct html_token *, const char *name);
/*
 * Append the value of an attribute, with its references resolved, to the
 * buffer, which is emptied first; false: the tag has none of this name.
 */
bool	 html_attribute(const struct html_token *, const char *name,
	    struct buf *);

#endif

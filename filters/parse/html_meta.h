/* html_meta - the meta tags of a page */
#ifndef HTML_META_H
#define HTML_META_H

#include "parse/html.h"

enum html_use {
	TAG_TEXT,		/* member is it */
	TAG_ABSTRACT,
	TAG_KEYWORDS,
	TAG_NAME, TAG_NAMES,	/* of one or of several in member */
	TAG_FACT,		/* of the persons in the tags around it */
	TAG_FIRST, TAG_LAST,	/* page; TAG_LAST follows in the table */
	TAG_TYPE,
	TAG_LINK,
	TAG_URL,		/* a whole one, or it is not used */
	TAG_IDENTIFIER,
	TAG_OG_TITLE, TAG_OG_TYPE, TAG_OG_SITE,
	TAG_DROP		/* and what begins so */
};

/* A tag that is known: what it is with us, and what type it tells of. */
struct html_tag {
	const char	*name;
	enum html_group	 group;
	enum html_use	 use;
	const char	*member;
	const char	*type;
};

struct html_meta {
	const struct html_tag	*tag;		/* NULL: of a foreign name */
	const char		*name;
	const char		*value, *scheme;
	size_t			 seq;		/* in the page */
	struct json		*person;	/* of a name; whose a fact is */
};

static inline bool
html_is_of_people(const struct html_tag *t)
{
	return t->use == TAG_NAME || t->use == TAG_NAMES || t->use == TAG_FACT;
}

/*
 * Make the list of people that n tags in the order of the page say, if the
 * paper has none.  doubled: the page has its tags twice.
 */
void	 html_take_people(struct json *paper, struct html_meta *, size_t n,
	    bool doubled);

#endif

/* html - what the parts of the format html hand to each other */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"
#include "lib/buf.h"

struct dict;
struct json;
struct html_token;

/* What a page says, in its own arena: strings end with a NUL. */
struct html_page {
	struct arena	 arena;
	bool		 tags;		/* it has any: it is HTML */
	bool		 bad_utf8;	/* in a value that counts */
	char		 cut[16];	/* what it ends inside of, or "" */
	struct html_meta *meta;		/* see html_meta.c */
	size_t		 nmeta, capmeta;
	size_t		 meta_bytes;	/* of values */
	bool		 meta_over;	/* it was told that some are left out */
	size_t		 ld, nld;	/* bytes and scripts of JSON-LD so far */
	struct json	**items;	/* its papers */
	size_t		 nitems, capitems;
	struct dict	*titles;	/* of them: so many differ */
	size_t		 ntitles;
	struct html_node {
		const char	*id;
		size_t		 seq;
		struct json	*v;
		size_t		 size;	/* bytes of text in it */
	}		*nodes;		/* its objects with an @id */
	size_t		 nnodes, capnodes;
	bool		 sorted;
	size_t		 resolved;	/* bytes for which an @id stood */
	const char	*title;		/* <title> */
	const char	*heading;	/* the <h1> with which that begins */
	const char	*og_title, *og_type, *og_site;
	const char	*own_url;	/* canonical, or of Open Graph */
};

/*
 * The encoding that the page of these bytes names, or what the web takes for
 * granted where it names none and is not UTF-8; NULL: UTF-8, or what shows.
 */
const char	*html_encoding(const char *s, size_t n);

/* Tags */

enum html_group { HTML_CITATION, HTML_EPRINTS, HTML_PRISM, HTML_DC, HTML_OG };

/*
 * A meta tag of the page (or "link:canonical"); scheme may be NULL.  false:
 * it is of none of the groups.
 */
bool		 html_meta_add(struct html_page *, const char *name,
		    const char *value, const char *scheme);
/* When all are there: put them into the order in which they are trusted. */
void		 html_meta_sort(struct html_page *);
/* Take what the tags of groups from .. to say and the paper does not have. */
void		 html_meta_take(struct html_page *, struct json *paper,
		    enum html_group from, enum html_group to);
/* Take what passes through under a name of its own. */
void		 html_meta_take_foreign(const struct html_page *,
		    struct json *paper);

/* Texts */

/*
 * Resolve the references that are left in a list, whose marks also part it:
 * the text in the buffer.
 */
const char	*html_resolve(struct buf *, const char *);
/* An abstract, if it is not cut; markup and label are taken off. */
void		 html_take_abstract(struct json *paper, const char *s);
/* An identifier that shows what it is: a DOI, a URL, ... */
void		 html_take_identifier(struct json *paper, const char *s,
		    const char *scheme);
/* The text behind a label "Abstract". */
const char	*html_without_label(const char *);
/* Whether a text was cut to a length: it ends with an ellipsis. */
bool		 html_is_cut(const char *);

/* JSON-LD */

/* The text of a script: its papers are added to the page's. */
void		 html_ld_add(struct html_page *, const char *s, size_t n);
/* Whether it is the paper: by DOI, else by title. */
bool		 html_ld_is(const struct json *item, const struct json *paper);
/* Take what it says and the paper does not have. */
void		 html_ld_take(struct html_page *, struct json *paper,
		    struct json *item);

/* The body */

#define HTML_DEPTH	256	/* of open elements that are told apart */

/* What is looked for in the text; zeroed at first, ended with html_body_end. */
struct html_body {
	struct html_open {
		const char	*name;
		size_t		 n;
		bool		 marked;	/* has a class abstract */
		size_t		 from;		/* in text, if so */
	}		 open[HTML_DEPTH];
	size_t		 depth;
	size_t		 marked;	/* open ones */
	struct buf	 text;		/* of the outermost marked on */
	size_t		 from;		/* in it, of the last marked */
	bool		 run_on;	/* behind a heading in it */
	bool		 script, raised; /* the text at hand, if it is one */
	bool		 over;		/* more than an abstract may be */
	struct buf	 abstract;	/* of a marked element */
	struct buf	 heading;	/* text of the heading at hand */
	bool		 in_heading;
	bool		 follows;	/* what follows a heading "Abstract" */
	size_t		 level;		/* depth of its elements */
	struct buf	 section;	/* what followed */
	struct buf	 title;		/* of the page, to be compared */
};

void		 html_body_take(struct html_body *, struct html_page *,
		    const struct html_token *);
/* The abstract that was found, or NULL; stays until html_body_free. */
const char	*html_body_end(struct html_body *);
void		 html_body_free(struct html_body *);

#endif

/* page - the page at hand of the html view */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct json;
struct site;

/*
 * Begin the page at a path of the site (see path.h) with its title, or NULL:
 * that of the site.  Returns the data for its template, an object in an arena
 * that the next page_begin empties:
 *
 *	site		title of the site
 *	site_name	the same as it stands in a sentence
 *	page_title	that of the page
 *	root		way to the front page's folder: "../../"
 *	css		address of the stylesheet
 *	canonical	of the page itself, where the site has an address
 *	contact		whom to write to, contact_url likewise as a link
 *	has_report	whether a report.html stands beside the front page
 *	math		scripts and stylesheet that typeset TeX, by page_math
 */
struct json	*page_begin(const char *path, const char *title);
/* Let its links begin with this instead of the way from its path. */
void		 page_root(const char *root);
/* Render the template and put the page into the site, with its recipe. */
void		 page_end(struct site *, const char *template, uint64_t recipe);
/* Render the template to standard output. */
void		 page_write(const char *template);

/*
 * Members of an object of the data; in a list an object for each item.  A
 * NULL or missing value sets nothing.
 */
void		 page_set(struct json *, const char *member, const char *);
void		 page_copy(struct json *, const char *member,
		    const struct json *from, const char *name);
void		 page_flag(struct json *, const char *member);
struct json	*page_object(struct json *, const char *member);
struct json	*page_list(struct json *, const char *member);
struct json	*page_item(struct json *list);
/* "1 paper", "2 papers", "95,652 papers"; the number alone without a noun. */
void		 page_count(struct json *, const char *member, uint64_t n,
		    const char *noun);
/* The way from this page to another one. */
void		 page_link(struct json *, const char *member, const char *path);
/*
 * The title of a paper, and the flag tex where there is TeX in it to typeset,
 * which also asks for what that takes.
 */
void		 page_title(struct json *, const struct json *paper);
void		 page_math(void);
/* The first authors of a paper, and how many more there are. */
void		 page_authors(struct json *, const struct json *paper);

/* A link of a record, if it is one to the web: no script, no local file. */
void		 page_web(struct json *, const char *member, const char *url);

#endif

/* html - the parts of the html view */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/catalogue.h"

struct buf;
struct json;
struct site;
struct spill;

/* What pages of authors have of a paper, made once in each process. */
struct card {
	uint64_t	 at;		/* in the spill file */
	uint32_t	 len;
	uint32_t	 bibtex;	/* length of this, which is behind it */
	bool		 made;
	bool		 tex;		/* there is TeX in its title */
};

/* Papers of one venue, whatever the case of its name. */
struct venue {
	const char	*key;		/* NULL: they have none */
	const char	*name;		/* the most frequent spelling */
	const char	*kind;		/* or "" */
	const char	*full;		/* name, or "" */
	size_t		 first;		/* of its groups */
	size_t		 ngroups;
	uint32_t	 papers;
};

/* Papers of one venue and year. */
struct group {
	uint32_t	 venue;
	int32_t		 year;		/* 0: none */
	size_t		 first;		/* in order */
	uint32_t	 papers;
};

struct year {
	int32_t		 year;		/* 0: none */
	size_t		 first;		/* in by_year */
	size_t		 ngroups;
	uint64_t	 papers;
};

/* Author lists: names that begin alike. */
struct letter {
	char		 id[16];	/* in addresses */
	char		 label[16];
	size_t		 first;		/* in names */
	size_t		 n;
};

struct source {
	const char	*name;
	uint32_t	 papers;	/* shown that it has */
	const char	*licence;	/* or NULL */
	const char	*homepage;	/* likewise */
	const char	*fetched;	/* date of the newest body, or NULL */
};

/* What the pages are made of; all of it stands before the first is made. */
struct html {
	struct catalogue	*catalogue;
	struct site		*site;
	struct spill		*cards_text;
	struct card		*cards;		/* by number of paper */

	struct venue		*venues;	/* by key, those without last */
	size_t			 nvenues;
	struct group		*groups;	/* by venue, newest first */
	struct group		*by_year;	/* the same, newest first, then
						 * by venue */
	size_t			 ngroups;
	uint32_t		*order;		/* places of papers, by group */
	struct year		*years;		/* the newest first */
	size_t			 nyears;

	struct letter		*letters;
	size_t			 nletters;
	uint32_t		*names;		/* places of authors, by letter */

	struct source		*sources;
	size_t			 nsources;

	uint64_t		 papers;	/* that are shown */
	uint64_t		 authors;	/* that have a page */
};

extern struct html	html;

/* html_author.c */
void	 html_author(size_t place);
/*
 * html_person.c: who the author most likely is.  html_read_persons comes first.
 * html_mark_card says on a card whose paper it is; *work is where in the
 * record's papers to look, their first one before the first card.
 * html_add_part adds how to part an author that is one person, if it is.
 */
void	 html_read_persons(const struct json *author);
void	 html_mark_card(struct json *card, const struct json **work,
	    const char *id);
void	 html_add_persons(struct json *data, const struct json *author);
void	 html_add_part(struct json *list);
/* html_fix.c: a line of corrections, of one or two names or ids behind the
 * key; those of the page. */
void	 html_add_fix(struct json *list, const char *what, const char *verb,
	    const char *key, const char *one, const char *other);
void	 html_add_fixes(struct json *data, const struct json *author);
/* html_similar.c */
void	 html_add_similar(struct json *data, const struct json *author);
/*
 * html_card.c: what an author's page has of a paper.  It is made as if it were
 * a page, so before page_begin; html_need_card makes it where it is not yet.
 * Then it, or its BibTeX, can be put in the buffer; whether there is TeX in it.
 */
void	 html_make_card(const struct json *paper, uint32_t number);
void	 html_need_card(size_t place);
bool	 html_card(size_t place, struct buf *);
void	 html_bibtex(size_t place, struct buf *);
/* html_paper.c */
void	 html_paper(size_t place);
/* html_venue.c, html_name.c, html_source.c: what stands above, by the
 * catalogue; the venues first. */
void	 html_venues(void);
void	 html_names(void);
void	 html_sources(void);
/* html_list.c: pages of venues and years, each n-th of them from k on. */
void	 html_lists(unsigned k, unsigned n);
/* The first n years, with their counts. */
void	 html_add_years(struct json *list, size_t n);
/* html_name.c: the pages of a letter, and the page of all letters. */
void	 html_letter(const struct letter *);
void	 html_letters(void);
/* html_front.c: the pages that are there once. */
void	 html_front(void);
void	 html_sitemap(void);

/*
 * Set the address of an author's page by key; false: there is none.  A name
 * without a page stands as text.
 */
bool	 html_link_author(struct json *, const char *key);
/* Of the list of papers of a venue and year. */
void	 html_link_group(struct json *, const struct group *);
void	 html_link_venue(struct json *, const struct venue *);
/* The venue of a spelling, or NULL; the source of a name. */
const struct venue	*html_venue(const char *name);
const struct source	*html_source(const char *name);
/* The same of their numbers in the catalogue. */
const struct venue	*html_venue_at(uint32_t number);
const struct source	*html_source_at(uint32_t number);

#endif

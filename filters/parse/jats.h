/* jats - the parts of the format jats: articles, their contributors, marks */
#ifndef JATS_H
#define JATS_H

#include <stddef.h>

struct json;
struct node;

/* What a mark of a contributor leads to: an affiliation, a note. */
struct target {
	const char		*id;
	const struct node	*node;
	const char		*text;	/* of an affiliation, made once */
	size_t			 marks;	/* that lead to it */
};

struct crew {
	struct json	*paper;
	struct target	*v;		/* in order of their ids */
	size_t		 n;
	const char	*sole;		/* the affiliation of all, or NULL */
	size_t		 room;		/* for affiliations, in bytes */
};

/* Elements in names and affiliations that are none of their text. */
extern const char *const	jats_noise[];
/*
 * The text of an affiliation: what stands in elements of their own is parted
 * by commas, unless there are marks between.
 */
const char	*jats_place(const struct node *aff);
/* Find what marks lead to, in all of an <article-meta>. */
void		 jats_find_marks(struct crew *, const struct node *meta);
/*
 * What the next of the identifiers in a text leads to, or NULL: nothing known.
 * *s moves behind it, and is "" at their end.
 */
struct target	*jats_follow(const struct crew *, const char **s);
/* Abstracts and keywords of an <article-meta>; lang is NULL or the article's. */
void		 jats_texts(struct json *paper, const struct node *meta,
		    const char *lang);
/* Authors and editors of an <article-meta>. */
void		 jats_people(struct json *paper, const struct node *meta);

#endif

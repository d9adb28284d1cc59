/* catalogue - the papers and authors of a clustered stream, for the views */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/intern.h"

struct json;
struct record;
struct store;

/* By the number as which a paper came, which is its user value in the store. */
struct paper {
	int32_t		 year;		/* 0: none */
	/* in venues, kinds, full_names, + 1; 0: none */
	uint32_t	 venue, kind, full_name;
	uint32_t	 nsources;
	size_t		 first_source;	/* in source_of */
	uint32_t	 names;		/* different author names on it */
	bool		 shown;
};

/* Likewise. */
struct author {
	const char	*name;
	size_t		 first;		/* in works */
	uint32_t	 papers;	/* that are shown; 0: there is no page */
	uint32_t	 rows;		/* spellings on these */
};

struct work {
	uint32_t	 paper;		/* place in the store */
	uint32_t	 row;
};

struct catalogue {
	struct store	*papers, *authors;	/* sorted by id, by key */
	struct paper	*paper;
	struct author	*author;
	struct work	*works;		/* of each author, as its record has them:
					 * those shown, each paper once */
	struct intern	 venues, kinds, full_names, sources;
	uint32_t	*source_of;	/* of each paper, each source once */

	/* Of the papers that are shown: author names on them, and how many of
	 * these the authors hold; works of authors that are not shown. */
	uint64_t	 names_shown, names_held, works_hidden;

	uint64_t	 npapers_hidden;
	size_t		 npapers, papercap, nauthors, authorcap;
	size_t		 nworks, workcap, nsource_of, sourcecap;
	struct intern	 ids;		/* that works name, until they are sorted */
	struct arena	 texts;
	uint32_t	 maxrows;
};

void	 catalogue_init(struct catalogue *);
/* Add a record that filter_next returned and filter_check let through;
 * returns its number. */
uint32_t catalogue_add_paper(struct catalogue *, const struct record *);
uint32_t catalogue_add_author(struct catalogue *, const struct record *);
/*
 * Sort, and reject what comes twice and authors whose papers are not all here;
 * those have no papers then.
 */
void	 catalogue_sort(struct catalogue *);

/* The paper and the author at a place of their store. */
const struct paper	*catalogue_paper(const struct catalogue *, size_t);
const struct author	*catalogue_author(const struct catalogue *, size_t);

#endif

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
	uint32_t	 npeople;	/* authors, then editors */
	size_t		 first_person;	/* in people */
	const char	*title;		/* or NULL */
	uint64_t	 recipe;	/* of all that pages show of it */
	uint64_t	 item;		/* of what lists of papers do */
	bool		 shown;
};

/* Likewise. */
struct author {
	const char	*name;
	size_t		 first;		/* in works */
	uint32_t	 papers;	/* that are shown; 0: there is no page */
	uint32_t	 rows;		/* spellings on these */
	uint32_t	 ncoauthors;
	uint32_t	 nnames;	/* these, then the similar names */
	uint32_t	 nvenues;
	size_t		 first_name;	/* in people */
	size_t		 first_venue;	/* in venue_of */
};

/* A name that has a page. */
struct known {
	uint64_t	 key;		/* hash */
	uint64_t	 name;		/* hash of the spelling that is shown */
	uint32_t	 place;		/* in the store + 1; 0: an empty slot */
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
	uint64_t	*people;	/* hashes of the keys of the names that
					 * papers and authors mention */
	uint32_t	*venue_of;	/* numbers of those that authors mention */
	struct known	*known;		/* by hash of the key */
	size_t		 mask;

	/* Of the papers that are shown: author names on them, and how many of
	 * these the authors hold; works of authors that are not shown. */
	uint64_t	 names_shown, names_held, works_hidden;

	uint64_t	 npapers_hidden;
	size_t		 npapers, papercap, nauthors, authorcap;
	size_t		 nworks, workcap, nsource_of, sourcecap;
	size_t		 npeople, peoplecap, nvenue_of, venuecap;
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

/* The name of a key, or of the hash of a key, if it has a page, or NULL. */
const struct known	*catalogue_known(const struct catalogue *,
			    const char *key);
const struct known	*catalogue_known_hash(const struct catalogue *,
			    uint64_t key);

/* The paper and the author at a place of their store. */
const struct paper	*catalogue_paper(const struct catalogue *, size_t);
const struct author	*catalogue_author(const struct catalogue *, size_t);

#endif

/* view - what the views of render are given */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct json;
struct view;

/* What the user set. */
struct settings {
	const struct view *view;
	const char	*author;	/* key of the only one, or NULL */
	const char	*title;		/* of the site */
	const char	*name;		/* the same, as it stands in a sentence */
	char		*base_url;	/* where the site will be, without a
					 * slash behind it, or NULL */
	const char	*contact;	/* a mail address or URL, or NULL */
	const char	*out;		/* -o, or NULL */
	const char	*sources;	/* a file with documents of fetch, or NULL */
	uint64_t	 keep;		/* trees of before */
	unsigned	 jobs;
	bool		 held;		/* the site is not to be seen yet */
	bool		 persons;	/* in the text too */
	bool		 report;	/* a report.html will stand in it */
};

/*
 * kinds are those of the records that it takes, NULL: papers, authors and
 * persons, of which nothing is shown.
 * paper, or NULL, is given each paper as it is read, with its number in the
 * catalogue, report likewise each report; write makes the pages when all are.
 * A view with a tree writes files under settings.out, another one to
 * filter_write.
 */
struct view {
	const char	*name;
	const char	*text;
	bool		 tree;
	const char	*const *kinds;
	void		(*paper)(const struct json *, uint32_t number);
	void		(*report)(const struct json *);
	void		(*write)(struct catalogue *);
};

#define VIEW(name)	extern const struct view view_##name;
#include "views.def"
#undef VIEW

extern struct settings	settings;

#endif

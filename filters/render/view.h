/* view - what the views of render are given */
#ifndef VIEW_H
#define VIEW_H

struct arena;
struct json;
struct store;

/*
 * A view writes the page of one author with filter_write; papers holds the
 * papers by id.  n counts the pages from 0.
 */
struct view {
	const char	*name;
	const char	*text;
	void		(*author)(struct store *papers,
			    const struct json *author, unsigned long n);
};

#define VIEW(name, text) \
	void	view_##name(struct store *, const struct json *, unsigned long);
#include "views.def"
#undef VIEW

#endif

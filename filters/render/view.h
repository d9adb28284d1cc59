/* view - what the views of render are given */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>

struct json;
struct store;

/*
 * A view writes the page of one author with filter_write; papers holds the
 * papers by id.  n counts the pages from 0.  Returns whether there was one: an
 * author none of whose papers are shown has no page.
 */
struct view {
	const char	*name;
	const char	*text;
	bool		(*author)(struct store *papers,
			    const struct json *author, unsigned long n);
};

#define VIEW(name, text) \
	bool	view_##name(struct store *, const struct json *, unsigned long);
#include "views.def"
#undef VIEW

#endif

/* sniff - what the beginning of a document shows of its format */
#ifndef SNIFF_H
#define SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The beginning of a document, in UTF-8 and without a byte order mark.  What
 * is not there is "".
 */
struct sniff {
	const char	*text;		/* NUL behind it */
	size_t		 len;
	const char	*root;		/* XML: local name of the root */
	const char	*ns;		/* and its namespace */
	const char	*inside;	/* and of the first element in it */
	const char	*header;	/* rows: the first line */
	int		 delim;		/* and what parts it; 0: no rows */
	struct dict	*paths;		/* JSON: see sniff_has */
};

/*
 * Whether a document of JSON has, in its first value, a member at this path.
 * Lists are gone through: "message.items.DOI" in {"message":{"items":[{"DOI".
 */
bool	 sniff_has(const struct sniff *, const char *path);
/* Whether a line of the text begins so. */
bool	 sniff_line(const struct sniff *, const char *prefix);
/* Whether the header has a column of this name. */
bool	 sniff_column(const struct sniff *, const char *name);

/*
 * Each format says whether a document may be in it, and if so why, in words
 * that follow "is": "its root is <OAI-PMH>"; or NULL.
 */
#define FORMAT(name, text) \
	const char	*sniff_##name(const struct sniff *);
#include "formats.def"
#undef FORMAT

#endif

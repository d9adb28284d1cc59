/* sniff - what the beginning of a document shows of its format */
#ifndef SNIFF_H
#define SNIFF_H

#include <stdbool.h>
#include <stddef.h>

struct dict;
struct input;

/* The beginning of a document.  What is not there is "". */
struct sniff {
	const char	*text;		/* a NUL behind it */
	size_t		 len;
	char		 root[64];	/* XML: local name of the root */
	char		 ns[128];	/* and its namespace */
	char		 key[64];	/* its attribute of this name */
	char		 inside[64];	/* and of the first element in it */
	const char	*header;	/* the first line that is not empty */
	size_t		 header_len;
	size_t		 nlines;	/* that were taken for it */
	struct dict	*paths;		/* JSON: of its members; else NULL */
};

/*
 * Look at an input, nothing of which is consumed; end it with sniff_free.  Its
 * encoding is known, or NULL.
 */
void	 sniff_look(struct sniff *, struct input *, const char *encoding);
void	 sniff_free(struct sniff *);

/*
 * Whether a document of JSON has a member at this path.  Lists are gone
 * through: "message.items.DOI" in {"message":{"items":[{"DOI":"10.1"}]}}.
 */
bool	 sniff_has(const struct sniff *, const char *path);
/* Whether a line of the text begins so. */
bool	 sniff_line(const struct sniff *, const char *prefix);
/*
 * Whether the first line, taken for the header of rows, has a column of this
 * name, in any case.
 */
bool	 sniff_column(const struct sniff *, const char *name);
/*
 * Take the next line that is not empty for the header: false if there is none
 * of 16.
 */
bool	 sniff_next_line(struct sniff *);
/* Whether the name of the root is this. */
bool	 sniff_root(const struct sniff *, const char *name);

/*
 * Each format says whether a document may be in it, and if so why, in words
 * such as "its root is <OAI-PMH>"; or NULL.
 */
#define FORMAT(name, text) \
	const char	*sniff_##name(const struct sniff *);
#include "formats.def"
#undef FORMAT

#endif

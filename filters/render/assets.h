/* assets - templates, stylesheet, scripts and fonts of the html view */
#ifndef ASSETS_H
#define ASSETS_H

#include <stdbool.h>

struct buf;
struct json;
struct site;

/*
 * Use the files of a folder before the built-in ones of the same name
 * ("author.mustache", "site.css"); of several folders the first one that has
 * it.  Ends the process with EX_NOINPUT where it is no folder.
 */
void		 assets_folder(const char *folder);
/* Whether there are such folders. */
bool		 assets_are_own(void);
void		 assets_open(void);
/* Append a filled-in template: its name without ".mustache". */
void		 assets_render(struct buf *, const char *template,
		    const struct json *data);
/*
 * Put what pages load into the site, each file under a name with the hash of
 * its bytes.
 */
void		 assets_put(struct site *);
/* The path in the site of an asset ("site.css"). */
const char	*assets_path(const char *name);

#endif

/* url - the urls of http and https: which may be asked, and how to show them */
#ifndef URL_H
#define URL_H

#include <stdbool.h>

/* Whether it begins with http:// or https://. */
bool	 url_is_remote(const char *);
/*
 * The url to ask for one of a table: letters beyond ASCII are escaped.  NULL:
 * it is malformed.  The caller frees it.
 */
char	*url_to_ask(const char *);
/*
 * Where a Location leads from a url, or NULL: it is malformed.  The caller
 * frees it.
 */
char	*url_resolve(const char *from, const char *location);
/*
 * Why a redirect from one url to the other is not followed, or NULL: it may
 * be.
 */
const char	*url_bars_redirect(const char *from, const char *to);
/*
 * Without user and password, for messages and records; also of one that is
 * malformed.  The caller frees it.
 */
char	*url_shown(const char *);
/* The host, and the port unless it is the usual one, as a file name.  The
 * caller frees it. */
char	*url_host(const char *);
/* Whether both are the same but for the query. */
bool	 url_same_place(const char *, const char *);

#endif

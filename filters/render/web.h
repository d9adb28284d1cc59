/* web - addresses on the web */
#ifndef WEB_H
#define WEB_H

#include <stdbool.h>

struct buf;

/*
 * Whether a text is an address that a browser opens as a page: http or https,
 * a host without user or brackets, and only what RFC 3986 lets be, or letters
 * of other scripts.
 */
bool	 web_is_url(const char *);
/* Append an identifier; what it may hold and a URL may not, as "%XX". */
void	 web_add_id(struct buf *, const char *id);

#endif

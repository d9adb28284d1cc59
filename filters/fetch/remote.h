/* remote - the bodies of http and https, several at a time */
#ifndef REMOTE_H
#define REMOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/reject.h"

/* Times are in seconds. */
struct remote_options {
	const char	*dir;		/* of the bodies, NULL: not given */
	const char	*contact;	/* in the User-Agent, or NULL */
	const char	*cacert;	/* file of certificates, or NULL */
	bool		 refresh;	/* ask again for what is there */
	unsigned	 connections;	/* at a time to one host */
	uint64_t	 interval;	/* between requests, in microseconds */
	unsigned	 retries;
	double		 retry_wait;	/* at most, before the first retry */
	double		 max_wait;	/* that a server may ask for */
	double		 max_time;	/* of one body */
	double		 stall;		/* with next to no bytes */
	uint64_t	 max_bytes;
};

/* What came of a url. */
struct remote {
	const char	*path;		/* of the body, NULL: there is none */
	const char	*sha256;
	uint64_t	 bytes;
	const char	*media_type;	/* or NULL */
	enum reject_code code;		/* why there is none */
	int		 status;	/* the exit status that this makes */
	const char	*detail;
};

/* Call first.  The options are not copied. */
void	 remote_open(const struct remote_options *);
/*
 * A url that will be wanted, and the digest that its body must have, or NULL.
 * Returns false where the url is malformed.
 */
bool	 remote_want(const char *url, const char *sha256);
/*
 * Wait until that url, which was said to be wanted, is there or is not.  The
 * others get on meanwhile.  What is returned is valid until remote_close.
 */
const struct remote	*remote_get(const char *url, const char *sha256);
/* Also without remote_open. */
void	 remote_close(void);

#endif

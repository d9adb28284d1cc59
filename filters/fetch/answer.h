/* answer - what the head of an HTTP answer says, and what follows from it */
#ifndef ANSWER_H
#define ANSWER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/reject.h"

struct arena;

/*
 * Headers that are malformed, or longer than they need be, count as not there
 * (NULL, -1).
 */
struct answer {
	long		 status;
	const char	*etag;
	const char	*last_modified;
	bool		 dated;		/* any later change shows in it */
	const char	*media_type;	/* no parameters, lower case */
	const char	*encoding;	/* lower case, NULL: none */
	int64_t		 length;	/* Content-Length */
	int64_t		 from;		/* Content-Range */
	int64_t		 total;
	const char	*location;	/* as it came */
	double		 retry_after;	/* seconds */
};

enum verdict {
	ANSWER_BODY,		/* all of it follows */
	ANSWER_RANGE,		/* a part of it follows */
	ANSWER_UNCHANGED,
	ANSWER_MOVED,
	ANSWER_AGAIN,		/* ask again later */
	ANSWER_NEVER		/* asking again does not help */
};

/* Read it off a transfer; strings are the arena's. */
void		 answer_read(struct answer *, CURL *, struct arena *);
enum verdict	 answer_verdict(const struct answer *);
/*
 * Whether a failure that is no answer is one for good, and the code for
 * rejecting it.
 */
bool		 answer_is_final(CURLcode, enum reject_code *);

/* Whether an ETag may be used to put two parts together (RFC 9110, 8.8.1). */
bool		 answer_is_strong(const char *etag);

#endif

/* state - what is known of a url: what its server said, and when */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Strings are the arena's in which they were made; NULL: not known. */
struct state {
	const char	*url;		/* without a password */
	const char	*final;		/* where redirects led */
	int64_t		 status;	/* of HTTP */
	const char	*etag;
	const char	*last_modified;
	const char	*media_type;
	const char	*encoding;	/* of the transfer, of a partial body */
	int64_t		 total;		/* bytes of a partial body's whole, or -1 */
	const char	*sha256;
	int64_t		 bytes;		/* of the body, or -1 */
	const char	*fetched;	/* when the body came, RFC 3339 */
	const char	*checked;	/* when it was asked for last */
};

/* Read a file; one that is damaged counts as none: false. */
bool	 state_read(const char *path, struct arena *, struct state *);
/* Write it whole (files_write); other is a name for it until then. */
void	 state_write(const char *path, const char *other, bool synced,
	    const struct state *);
/* The time now, as such a file has it. */
const char	*state_now(struct arena *);

#endif

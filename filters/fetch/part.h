/* part - a body on its way: what has come of it, kept over kills and cuts */
#ifndef PART_H
#define PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fetch/state.h"

struct arena;
struct answer;

/*
 * The bytes are those on the wire, still compressed if the server did so.
 * Only one process has a part open at a time.
 */
struct part {
	const char	*key;		/* digest of the url */
	char		*path;
	int		 lock;		/* -1: not locked */
	int		 fd;
	struct state	 about;		/* of the body that it is a part of */
	bool		 resumable;
	int64_t		 have;		/* bytes */
};

/* key is not copied. */
void	 part_init(struct part *, const char *key);
/* false: another fetch has it. */
bool	 part_lock(struct part *);
/* Look for what is left of an earlier try. */
void	 part_open(struct part *, struct arena *);
/* Whether only the rest is to be asked for. */
bool	 part_begun(const struct part *);
/*
 * Whether an answer with a range goes on where the part ends: it has the
 * validator of the part (RFC 9110, 15.3.7.3), a strong ETag, else the date.
 */
bool	 part_continues(const struct part *, const struct answer *);
/*
 * Begin anew with the body of this answer, whose strings stay with it; url is
 * where it comes from.
 */
void	 part_begin(struct part *, const struct answer *, const char *url);
void	 part_add(struct part *, const void *, size_t n);
/* Forget what came. */
void	 part_drop(struct part *);
/* Its file has become a body, or is not needed any more: forget it. */
void	 part_done(struct part *);
/* Remove what a fetch left that ended when it had the body already. */
void	 part_sweep(struct part *);
/* Close and unlock; what came stays if it can be resumed. */
void	 part_close(struct part *);

#endif

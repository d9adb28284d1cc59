/* locked - the bodies that a run had, and no others */
#ifndef LOCKED_H
#define LOCKED_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* A line of the lock. */
struct locked {
	size_t		 line;
	const char	*sha256;
	uint64_t	 bytes;
};

/*
 * Read the lock of a run; the process ends with EX_CONFIG where it is
 * malformed, with EX_NOINPUT where it is not there.
 */
void		 locked_open(const char *file);
/*
 * What it says of a row, whose url is as documents have it; of several alike
 * each row takes the next line.  NULL: it has none, or no more.
 */
const struct locked	*locked_take(const char *source, const char *url);
/* The media type of that body, as far as the store knows it of the url, or
 * NULL.  The string is the arena's. */
const char	*locked_media_type(const struct locked *, const char *url,
		    struct arena *);
/* Tell of lines that no row took; with a source of its lines only. */
void		 locked_close(const char *source);

#endif

/* look - whether the files of a list are there */
#ifndef LOOK_H
#define LOOK_H

#include <stdbool.h>
#include <stddef.h>

struct file;

/*
 * Begins as { .tree = descriptor of a folder }.  It stays in the folder where
 * it was last: files of one should come together.
 */
struct look {
	int		 tree;
	int		 fd;		/* of that folder, -1: it is not there */
	const char	*path;		/* of a file in it, or NULL: none yet */
	size_t		 len;		/* of its own path */
};

/* Whether a file is there as the list has it. */
bool	 look_for(struct look *, const struct file *);
void	 look_close(struct look *);

#endif

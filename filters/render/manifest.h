/* manifest - the list of the files of a tree */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

struct stat;

/* A file as it was written: its digest, and what shows that it is still it. */
struct file {
	const char	*path;
	const char	*line;		/* of the list that was read, or NULL */
	uint64_t	 hash[2];	/* XXH3, 128 bits */
	uint64_t	 recipe;	/* digest of what it was made of, or 0 */
	uint64_t	 size;		/* bytes */
	int64_t		 mtime;		/* nanoseconds since 1970 */
	bool		 kept;		/* it is the one that readers see */
};

/* Files in the byte order of their paths, once sorted. */
struct manifest {
	struct file	*v;
	size_t		 n;
	size_t		 cap;
	struct arena	 paths;
	uint64_t	 maker;		/* digest of what follows the recipes */
	char		*text;		/* of the list that was read */
	uint32_t	*slot;		/* index + 1 by hash of the path */
	size_t		 mask;
};

/* Add a file; its path is copied. */
void		 manifest_add(struct manifest *, const struct file *);
/* Sort it; returns a path that is there twice, or NULL. */
const char	*manifest_sort(struct manifest *);
/* The file of a path in a list that was read, or NULL. */
const struct file	*manifest_find(const struct manifest *,
		    const char *path);
/*
 * From a file.  One that is missing, or not what manifest_write wrote, gives an
 * empty list.
 */
void		 manifest_read(struct manifest *, const char *path);
/* To a file, by way of a temporary one; 0 or -1 with errno. */
int		 manifest_write(const char *path, const struct file *const *,
		    size_t n, uint64_t maker);
void		 manifest_free(struct manifest *);

/* Whether two entries are one file. */
bool		 file_same(const struct file *, const struct file *);
/* Whether the file on disk is still the one of the list. */
bool		 file_matches(const struct file *, const struct stat *);
int64_t		 file_mtime(const struct stat *);

#endif

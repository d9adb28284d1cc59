/* source - the names of sources */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the text can name a source: letters, digits, ".", "_" and "-", the
 * first one a letter or a digit, at most 64.  It becomes part of ids and of
 * file names.
 */
bool	 source_is_name(const char *);
/*
 * The name of a source for a file that is read without a table: its base name
 * up to the first period, what cannot be in a name as "_".  The caller frees
 * it.
 */
char	*source_of_path(const char *path);
/*
 * What a paper without sources is known by: its id of n bytes says SOURCE:KEY,
 * both not empty.  Sets *key to where the key begins and returns the length of
 * the source; where the id says no such thing it is the key, and 0.
 */
size_t	 source_of_id(const char *id, size_t n, const char **key);

#endif

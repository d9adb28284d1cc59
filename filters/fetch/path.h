/* path - where the file of a url is */
#ifndef PATH_H
#define PATH_H

/*
 * The path of a file: URL, an absolute path, or a path relative to folder ("",
 * or with a slash at its end); NULL: it is no file of this machine.  The
 * caller frees it.
 */
char	*path_of_url(const char *folder, const char *url);
/*
 * The path to a file as seen from the working folder, so that no record holds
 * an absolute one.  Both are resolved first: "..", links.  NULL with errno set
 * where there is no such file.  The caller frees it.
 */
char	*path_relative(const char *path);

#endif

/* files - files that are there whole or not at all, and locks on them */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * End the process with what errno says of the path: EX_IOERR where the disk is
 * full or broken, else EX_CANTCREAT.
 */
void	 files_fail(const char *path) __attribute__((__noreturn__));
/* The whole of a file of at most 1 MiB; false: there is none such. */
bool	 files_read(const char *path, struct buf *);
/*
 * Open a file for writing, which is made; one that may not be written to, as
 * something left by another run, is removed before.  The process ends where it
 * cannot.
 */
int	 files_make(const char *path, int flags);
/* Append n bytes to a file; the process ends where it cannot. */
void	 files_append(int fd, const char *path, const void *, size_t n);
/*
 * Bring a file of that name into being at once: n bytes under the other name,
 * renamed; synced if it is to outlive the power.  The process ends where it
 * cannot.
 */
void	 files_write(const char *path, const char *other, const void *,
	    size_t n, bool synced);
/* Make a folder, for good, if it is not there; the process ends where it
 * cannot. */
void	 files_folder(const char *path);
/* Rename a file that is synced, and sync the folder that it comes into. */
void	 files_rename(const char *from, const char *to);
/*
 * Lock a file, which is made; -1: another one holds it.  Two opens of one
 * process count as two.
 */
int	 files_lock(const char *path);
/* Unlock; with a path, of the file, which is removed before. */
void	 files_unlock(int fd, const char *path);

#endif

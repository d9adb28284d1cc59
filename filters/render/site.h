/* site - a tree of files, built beside the one that readers see */
#ifndef SITE_H
#define SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct site;

struct site_counts {
	uint64_t	 files, written, removed;
};

/*
 * Begin a tree that will stand at dir, a symbolic link to one of the folders
 * dir.builds/N, see builds.h.  Files stand in the tree at paths below it, see
 * site_put.  held: readers of dir do not see it yet, dir.next leads to it.
 * keep: how many trees that were seen before stay, besides the one seen now.
 * maker: a digest of what, besides the recipes, the files are made of; 0: it is
 * not known.
 */
struct site	*site_open(const char *dir, uint64_t maker, bool held,
		    uint64_t keep);

/*
 * Keep the file that readers see at this path, if it was put with this recipe,
 * a digest of what it is made of, by this maker; false: it has to be put.
 */
bool		 site_keep(struct site *, const char *path, uint64_t recipe);
/*
 * Put a file into the tree, with its recipe, or 0: it is never kept by that.
 * One whose bytes are those of the file that readers see at this path stays
 * that file.  Paths are made of "a" to "z", "0" to "9", "A" to "Z", "/", ".",
 * "_", "~" and "-", with no part that begins with a period, and come once each.
 * Ends the process with EX_IOERR.
 */
void		 site_put(struct site *, const char *path, uint64_t recipe,
		    const void *, size_t n);

/*
 * Call work(ctx, k, n) for each k below n, each in a process of its own that
 * may use both.  Ends the process as the first of them that failed did.
 */
void		 site_run(struct site *, unsigned n,
		    void (*work)(void *ctx, unsigned k, unsigned n), void *ctx);

/* Tell the paths of the files that were put so far, sorted. */
void		 site_each(struct site *, void (*tell)(const char *path,
		    void *ctx), void *ctx);

/*
 * Show the tree, in one rename: all files that were put, and none of those
 * before that were not.  All of it is on the disk then.  Nothing is touched
 * when it has nothing else than the one that readers see.
 */
void		 site_close(struct site *, struct site_counts *);

#endif

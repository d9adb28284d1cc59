/* builds - the numbered trees of a site, one of which readers see */
#ifndef BUILDS_H
#define BUILDS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The link dir leads to dir.builds/N, the tree that readers see; the next one
 * is N + 1.  Trees of lower numbers were seen before, those of higher ones
 * never, or somebody turned the link back.  Beside each tree lies its list,
 * N.tsv, which is only there while it is true.
 */
struct builds {
	const char	*dir;
	char		*folder;	/* dir.builds */
	const char	*name;		/* the last part of that */
	uint32_t	 shown;		/* 0: nothing */
	uint32_t	 made;
	int		 fd;		/* of the folder */
	int		 lock;
};

/*
 * Lock the folder, clean up what others left, and leave one tree besides the
 * one shown and the keep highest ones below it: that to be made, which has a
 * list where it was whole.  The link dir.next goes.
 *
 * Ends the process with EX_TEMPFAIL while another one has the lock,
 * EX_CANTCREAT where dir is something else, or it cannot be made.
 */
void		 builds_open(struct builds *, const char *dir, uint64_t keep);
/* "dir.builds/3", with something behind it; until the next call. */
const char	*builds_path(const struct builds *, uint32_t number,
		    const char *behind);
/* Begin the tree that is made with an empty folder. */
void		 builds_empty(const struct builds *);
/* The list of the tree that is made is true no more; on the disk, too. */
void		 builds_soil(const struct builds *);
/*
 * Lead to the tree that was made, in one rename: dir, or where it is held,
 * dir.next.  That is on the disk then.
 */
void		 builds_show(const struct builds *, bool held);
/* Unlock; of a tree that got no file nothing is left. */
void		 builds_close(struct builds *);

#endif

/* titles - how alike two titles are */
#ifndef DEDUPE_TITLES_H
#define DEDUPE_TITLES_H

struct evidence;
struct records;
struct traits;

/* Fills in matched, left_a, left_b, affix, equal, part. */
void	 titles_compare(struct evidence *, const struct records *,
	    const struct traits *, const struct traits *);

#endif

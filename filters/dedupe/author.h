/* author - whether two names can be one person's on one paper */
#ifndef DEDUPE_AUTHOR_H
#define DEDUPE_AUTHOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct json;

#define AUTHOR_WORDS	16	/* of a name; those behind them do not count */

/* A name to compare, folded, without homonym number and suffix. */
struct author {
	struct author_word {
		const char	*s;
		size_t		 n;
		size_t		 initial;	/* bytes of its first character */
	}		 word[AUTHOR_WORDS];
	size_t		 n;		/* of words, 0: none of them is a letter */
	uint64_t	 words;		/* a hash of all, in any order */
	uint64_t	 letters;	/* a hash of all letters, in order */
	uint64_t	 bits;		/* of words of more than a letter, one each */
};

enum author_match { AUTHOR_OTHER, AUTHOR_NEAR, AUTHOR_SAME };

/* The texts are put into the arena. */
void	 author_make(struct arena *, struct author *, const char *name,
	    size_t n);
/*
 * AUTHOR_SAME: the same words in any order, or the same letters.
 * AUTHOR_NEAR: each word of the shorter name is one of the other's, or two of
 * them written as one, or an initial, or several run together ("Lee JA"), and
 * one at least is a whole word of both.
 */
enum author_match	 author_compare(const struct author *,
			    const struct author *);
/* Whether the first has but initials beside a name, and the other has more. */
bool	 author_is_fuller(const struct author *, const struct author *other);

#endif

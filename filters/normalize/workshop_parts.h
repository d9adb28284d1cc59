/* workshop_parts - names of workshops as they are written, in parts */
#ifndef WORKSHOP_PARTS_H
#define WORKSHOP_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct words;

#define TOKENS	64

/* The parts between spaces of a text, which they point into. */
struct tokens {
	const char	*t[TOKENS];
	size_t		 n[TOKENS];	/* bytes */
	size_t		 count;
};

void	 tokens_split(struct tokens *, const char *);
void	 tokens_drop(struct tokens *, size_t from, size_t n);
/* With a space between, without punctuation at the end. */
void	 tokens_join(const struct tokens *, struct buf *);
/* Those from one to another, between which none was dropped, folded. */
void	 tokens_words(const struct tokens *, size_t from, size_t to,
	    struct words *);

/* Whether "workshop" or "workshops" is among them. */
bool	 words_have_workshop(const struct words *);

/*
 * Short names.  acronym_set takes what is one of the n bytes, without number
 * or year; acronym_is tells whether that is no ordinary word, surely: by one
 * capital.  acronym_take moves the one in parentheses out of the text.
 */
void	 acronym_set(struct buf *acronym, const char *s, size_t n);
bool	 acronym_is(const struct buf *, bool surely);
void	 acronym_take(struct buf *text, struct buf *acronym);

#endif

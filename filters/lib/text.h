/* text - Unicode text: cleaning, keys, folding */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Take ASCII white space off both ends. */
void	 text_trim(const char **s, size_t *n);

/*
 * What a text of n bytes and a NUL has that something may be made of: bits.
 * One without TEXT_WHITE and TEXT_HIGH is clean as it is.
 */
enum {
	TEXT_WHITE = 1,		/* controls; spaces at the ends or two of them */
	TEXT_HIGH = 2,		/* no ASCII */
	TEXT_AMP = 4,		/* "&" */
	TEXT_QUESTION = 8,	/* "?" */
	TEXT_MARKUP = 16,	/* "<", "\\", "{", "/s" */
	TEXT_MATH = 32,		/* "$", "``", "''" */
	TEXT_CID = 64,		/* "(c" */
};
unsigned text_marks(const char *, size_t);

/*
 * All of these append what they make of the valid UTF-8 text s, n to the
 * buffer.  None looks at the locale.  Of combining marks on one letter at most
 * 30 are kept where normal forms are made.
 */

/*
 * The text in NFC, on one line: white space of any kind is one space, none at
 * the ends; control characters are white space; soft hyphens, zero-width and
 * directional marks are taken out (joiners stay between letters of the
 * scripts that spell with them).  A soft hyphen in front of white space is a
 * hyphen, for it shows there.  Idempotent.
 */
void	 text_clean(struct buf *, const char *s, size_t n);

/*
 * The same but line breaks: a run of white space with two or more of them is
 * kept as an empty line.
 */
void	 text_clean_lines(struct buf *, const char *s, size_t n);

/*
 * The key of an exact name: cleaned, full case folding (Unicode
 * CaseFolding.txt, C + F), NFC.
 */
void	 text_key(struct buf *, const char *s, size_t n);

/*
 * For comparing: compatibility decomposed, case folded, without marks, a few
 * letters with strokes and ligatures spelt in ASCII; every run of what is
 * neither letter nor digit is one space, or nothing where sep is 0; none at
 * the ends.
 */
void	 text_fold(struct buf *, const char *s, size_t n, int sep);

#endif

/* fold - the words of titles and names, for comparing */
#ifndef DEDUPE_FOLD_H
#define DEDUPE_FOLD_H

#include <stddef.h>

struct buf;

/*
 * Take off what is the index's, not the paper's: brackets around a title, a
 * remark behind it, "[Chinese]", "[Erratum appears in ...]", a year in front.
 */
void	 fold_cut(const char **s, size_t *n);
/*
 * Put words with a space between in the buffer, as text_fold does.  An
 * apostrophe between letters is nothing: "O'Neil", "paper's"; what is behind a
 * letter in "C++" and "C#" is spelt out.  So are symbols, whether they stand as
 * themselves or as TeX: "alpha" is the Greek letter, and so is "\alpha".
 */
void	 fold_text(struct buf *, const char *, size_t);
/*
 * Pass each word of folded text; of scripts that do not part words each two
 * characters.
 */
void	 fold_words(const char *, size_t, void (*)(void *, const char *, size_t),
	    void *);

#endif

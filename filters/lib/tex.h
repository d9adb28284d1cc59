/* tex - TeX in bibliographic text to Unicode */
#ifndef TEX_H
#define TEX_H

#include <stddef.h>

struct buf;

enum tex_mode {
	/*
	 * The value of a BibTeX field: braces are syntax, "~" is a space,
	 * "--" a dash, "``" and "''" are quotes.
	 */
	TEX_BIBTEX,
	/*
	 * Text of any source that may hold TeX: only commands and the braces
	 * that belong to them or protect a capital are taken for TeX.
	 */
	TEX_TEXT
};

/*
 * Append s with accents, letters, signs and font commands decoded to NFC;
 * math stays as it is between dollars ("\(" and "\)" become dollars), and so
 * do commands that are not known, with their arguments.
 */
void	 tex_decode(struct buf *, const char *s, size_t n, enum tex_mode);

#endif

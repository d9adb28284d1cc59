/* name_parts - what parts of a list of names look like; of name.h's own files */
#ifndef NAME_PARTS_H
#define NAME_PARTS_H

#include <stdbool.h>
#include <stddef.h>

enum separator { COMMA, AND, COMMA_AND };

struct piece {
	const char	*s;
	size_t		 n;
	enum separator	 before;
	size_t		 span;		/* with the suffixes behind it */
};

static inline bool
is_space(char c)
{
	static const bool spaces[256] = { [' '] = true, ['\t'] = true,
	    ['\r'] = true, ['\n'] = true, ['\0'] = true };

	return spaces[(unsigned char)c];
}

static inline void
piece_trim(struct piece *p)
{
	while (p->n > 0 && is_space(p->s[0])) {
		p->s++;
		p->n--;
	}
	while (p->n > 0 && is_space(p->s[p->n - 1]))
		p->n--;
}

static inline size_t
word_length(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && !is_space(*p))
		p++;
	return (size_t)(p - s);
}

size_t	 count_words(const struct piece *);
bool	 has_lower(const char *, size_t n);
/* "and", "&", "und" */
bool	 is_and(const char *, size_t n);
/*
 * "T. R.", "J.-P.", "r. e.", or "TR" where the list is not all capitals:
 * nothing but initials.
 */
bool	 is_initials(const char *, size_t n, bool caps_tell);
/* A word of initials among others: "s guha", "Isabel F. Cruz". */
bool	 has_initial(const struct piece *);
/* The same of a capital with a period, which is of no family name. */
bool	 has_dotted_initial(const struct piece *);
/* Whether "a, b" is one name with the family name in front. */
bool	 is_inverted(const struct piece *a, const struct piece *b,
	    bool caps_tell);
/* Whether a text without commas may be a name or a part of one. */
bool	 is_name_like(const struct piece *);

#endif

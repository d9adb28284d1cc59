/* tex_parts - what the files of tex share */
#ifndef TEX_PARTS_H
#define TEX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* A row of tex.def, which says what they are. */
struct tex_command {
	const char	*name;		/* NULL: unknown */
	enum {
		TEX_UNKNOWN, TEX_SIGN, TEX_FONT, TEX_AROUND, TEX_GONE
	}		 kind;
	const char	*text;		/* in front of the argument, if any */
	const char	*behind;
	int		 args;
};

/* The command of this name, or one of kind TEX_UNKNOWN. */
const struct tex_command	*tex_find(const char *name, size_t n);
/* The combining mark of an accent, or 0. */
int32_t	 tex_accent(const char *name, size_t n);
/* Whether n letters of a command are this word. */
bool	 tex_is_named(const char *word, const char *name, size_t n);

/* The brace that closes the one at p, or NULL. */
const char	*tex_group_end(const char *p, const char *end);
/* Where the math that begins at p, a dollar, ends, or NULL. */
const char	*tex_math_end(const char *p, const char *end);

/* These are for TEX_TEXT; the buffer holds what is in front. */

/*
 * How many bytes of the sign at name and the backslash in front of it, counted
 * from the end, are text: 0 where the two are a command.
 */
size_t	 tex_plain_sign(const struct buf *, const char *name, const char *end);
/* Whether the group from p holds a command or math, or protects a capital. */
bool	 tex_is_protective(const struct buf *, const char *p,
	    const char *close);

#endif

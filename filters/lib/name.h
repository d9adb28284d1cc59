/* name - how lists of personal names are written */
#ifndef NAME_H
#define NAME_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json;

/*
 * Append one object {"name": ...} to the array for each author of a list
 * written in one string, which decides for itself how it is separated:
 * "A; B", "A and B", "A, B and C", "Surname, Given and Surname, Given",
 * "Surname, I., Surname, I.", or one "Surname, Given".  Names stay as they are
 * written.  Returns whether the list said that there are more ("et al.",
 * "and others").
 */
bool	 name_split_list(struct arena *, struct json *array, const char *s,
	    size_t n);

/* "et al.", "others": there are more. */
bool	 name_is_more(const char *s, size_t n);
/* "Jr.", "III": the part of a name that follows it. */
bool	 name_is_suffix(const char *s, size_t n);
/*
 * The same behind a comma where initials may stand as well: not JR, SR and MD,
 * of which indexes are full.
 */
bool	 name_is_no_initials(const char *s, size_t n);
/* "van", "de": a word with which a family name may begin. */
bool	 name_is_particle(const char *s, size_t n);

#endif

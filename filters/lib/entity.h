/* entity - the characters that HTML and ISO 8879 have names for */
#ifndef ENTITY_H
#define ENTITY_H

#include <stdbool.h>
#include <stddef.h>

#define ENTITY_MAX	9	/* the longest of them and a NUL, in bytes */

/*
 * Put what the name of n bytes stands for into out, in UTF-8 (HTML standard,
 * 13.5; ISO 8879's sets of Greek letters).  Returns its length, 0 if there is
 * no such name.
 */
size_t	 entity_characters(const char *name, size_t n, char out[ENTITY_MAX]);
/*
 * Whether the semicolon at s, in a text from begin on, ends a reference to a
 * character, by name or by number: "&uuml;", "&#252;".
 */
bool	 entity_ends(const char *s, const char *begin);

#endif

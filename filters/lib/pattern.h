/* pattern - whether a text is of the form that a pattern asks for */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>

/*
 * The regular expressions of the schemas: "^", then bytes, ".", "\.", sets in
 * brackets (of bytes but "]") and groups in parentheses with "|", each with
 * "?", "*", "+" or "{2,5}" behind it where wanted, then "$".  Not regcomp(3):
 * glibc's takes a lack of memory for a text that does not match, or frees
 * twice.
 */
bool	pattern_matches(const char *pattern, const char *text);

/* Whether it is one of these. */
bool	pattern_is_known(const char *pattern);

#endif

/* recipe - digests of what a page is made of */
#ifndef RECIPE_H
#define RECIPE_H

#include <stddef.h>
#include <stdint.h>

struct json;

/*
 * Each returns the recipe with something added.  Pages of one recipe have the
 * same bytes: all that shows on one must be in it, besides what the whole
 * program and its options give to every page.
 */
uint64_t	 recipe_bytes(uint64_t recipe, const void *, size_t n);
uint64_t	 recipe_number(uint64_t recipe, uint64_t n);
/* NULL is not the same as "". */
uint64_t	 recipe_text(uint64_t recipe, const char *);

/* Of a paper: all of it but where in its sources it was found. */
uint64_t	 recipe_paper(const struct json *);
/* What lists of papers show of it. */
uint64_t	 recipe_item(const struct json *paper);
/*
 * Of the program at hand, and what the libraries give to a page; 0: it is not
 * known.
 */
uint64_t	 recipe_program(void);

#endif

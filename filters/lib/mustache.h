/* mustache - pages from templates without logic, and text made safe in HTML */
#ifndef MUSTACHE_H
#define MUSTACHE_H

#include <stddef.h>

struct buf;
struct json;
struct mustache;

/*
 * The templates are those of https://github.com/mustache/spec without its
 * optional parts (lambdas, inheritance, dynamic names).  What it leaves open:
 *
 * False in a section are what is missing, null, false, [] and "".  All else is
 * true, also 0 and {}.
 * Numbers are written as they are spelt, true and false as words; null, arrays
 * and objects are written as nothing.
 * A name is looked for in the contexts from the innermost out, and is found
 * where the member is there, even if it is null.
 * Names hold no white space and no control characters.
 */

/* A set of templates that may name each other as partials. */
struct mustache_set;

/* Partials within each other, and sections open at once, in one page. */
#define MUSTACHE_MAX_PARTIALS	64
#define MUSTACHE_MAX_SECTIONS	256

/*
 * load returns the text of a name (not owned, valid for as long as the set),
 * or NULL: there is none.  It is asked once for each name.
 */
struct mustache_set	*mustache_set_new(const char *(*load)(const char *name,
			    size_t *len, void *ctx), void *ctx);

/*
 * Parsed on first use, with the partials it names, and kept.  NULL: load knows
 * no such name; as a partial this is an empty one.  A malformed template ends
 * the process with EX_CONFIG and "NAME:LINE: what".
 */
const struct mustache	*mustache_get(struct mustache_set *, const char *name);

/*
 * Append the page; data is the outermost context (an object, or NULL).  Nesting
 * deeper than the limits above ends the process with EX_CONFIG.
 */
void	 mustache_render(struct buf *, const struct mustache *,
	    const struct json *data);

/*
 * Append the valid UTF-8 text as content of HTML or XML, or as that of a quoted
 * attribute: & < > " ' as references, and U+FFFD for what may not be there at
 * all (noncharacters, controls other than tab, LF and CR; form feed because of
 * XML 1.0, section 2.2).
 */
void	 mustache_escape(struct buf *, const char *, size_t n);

void	 mustache_set_free(struct mustache_set *);

#endif

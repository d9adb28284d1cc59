/* html_ld - the values of JSON-LD */
#ifndef HTML_LD_H
#define HTML_LD_H

#include <stdbool.h>

struct html_page;
struct json;

/* The first text of a value: of a list, of {"name": } or {"@value": }. */
const char	*ld_text(const struct json *);
/*
 * For loops over a value that is one or a list of them; it may be NULL:
 * for (e = ld_first(v); e != NULL; e = ld_next(v, e))
 */
struct json	*ld_first(struct json *);
struct json	*ld_next(const struct json *list, const struct json *);
/* Whether the object is of the type, which may be spelt as an IRI. */
bool		 ld_is(const struct json *, const char *type);
/* The first of the types, ended by NULL, that it is of, or NULL. */
const char	*ld_type(const struct json *, const char *const *types);
/* The word for the type of a paper, NULL: it is none. */
const char	*ld_paper_type(const struct json *);
const char	*ld_title(const struct json *);
/* What stands elsewhere under the @id that is all of a value; else itself. */
struct json	*ld_resolve(struct html_page *, struct json *);
/* Its identifiers, those of the paper that are known stay. */
void		 ld_take_identifiers(struct json *paper,
		    const struct json *item);

#endif

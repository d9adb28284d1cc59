/* csl - titles, persons and dates as CSL-JSON has them, and Crossref */
#ifndef CSL_H
#define CSL_H

#include "lib/date.h"

struct json;

/* A text with tags of HTML, JATS or MathML as one line, or NULL; v likewise. */
const char	*csl_line(const struct json *v);
/* The title and subtitle of an object; but one that the title begins with. */
void		 csl_title(struct json *paper, const struct json *o);
/*
 * Append the persons of a list, with their names in order: given, family and
 * suffix with particles, or a name as it stands (literal, name).
 */
void		 csl_people(struct json *paper, const char *member,
		    const struct json *list);
/*
 * A date, of a range the first one, in parts or words: {"date-parts": [[1999,
 * "12"]]}, {"year": 1999}, {"raw": "1999-12"}, {"literal": "Dec 1999"}, or the
 * words or a list of parts alone; see date_read.
 */
struct date	 csl_date(const struct json *);

#endif

/* csl - titles, persons and dates as CSL-JSON has them, and Crossref */
#ifndef CSL_H
#define CSL_H

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
 * A date in ISO 8601, with as much of it as is there, of {"date-parts":
 * [[1999, 12]]}; NULL if it says none.
 */
const char	*csl_date(const struct json *);

#endif

/* form - how a supplier writes a list, or a text with more behind it, in one string */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>
#include <stddef.h>

struct json;

/*
 * "; [ids]" of "Lee, Ann [orcid:0000-0002-1825-0097]; Dai, Bo".  A zeroed form
 * says nothing.
 */
struct form {
	char	 mark[8];	/* between two elements, "": not a list */
	char	 open, close;	/* around what is behind each, or NULs */
	char	 inside[32];	/* what that is of a person, "": left out */
	bool	 named;		/* a slash behind the name of the person */
	bool	 tail;		/* what follows the last slash of each */
	char	 end;		/* behind the last element, or NUL */
	bool	 joined;	/* all names are one, nothing parts them */
};

/*
 * Read "MARK", "MARK[FACT]", "MARK(FACT)", "MARK/", "MARKname/",
 * "MARK$SIGN", "joined": a mark is of signs, and may be missing; FACT is as in
 * authors.FACT, or nothing; a sign is one.  False: it is none.
 */
bool	 form_parse(struct form *, const char *);
/* Whether it says anything. */
static inline bool
form_is_set(const struct form *f)
{
	return f->mark[0] != '\0' || f->open != '\0' || f->named || f->tail ||
	    f->joined;
}
/* What such a form leaves of a text that is not a list: *s and *n change. */
void	 form_cut(const struct form *, const char **s, size_t *n);

/* What entry_names and entry_keywords make of a text in this form. */
void	 form_names(struct json *paper, const char *member,
	    const struct form *, const char *s, size_t n);
void	 form_keywords(struct json *paper, const struct form *, const char *s,
	    size_t n);
/*
 * Identifiers of a paper or person that say their registry, parted by spaces:
 * "doi:10.1/x omid:br/1".
 */
void	 form_ids(struct json *, const char *s, size_t n);
/*
 * Likewise entry_facts; in a form that names the persons those that it does
 * not name have none.
 */
void	 form_facts(struct json *paper, const char *member, const char *fact,
	    const struct form *, const char *s, size_t n);

#endif

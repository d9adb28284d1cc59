/* people - what is done to a list of persons; people.c's own parts */
#ifndef NORMALIZE_PEOPLE_H
#define NORMALIZE_PEOPLE_H

#include <stdbool.h>
#include <string.h>

#include "lib/json.h"

struct arena;
struct name_part;

/* The name of a person, NULL where there is none. */
static inline const struct json *
person_name(const struct json *person)
{
	const struct json *v = person->child;

	/* where it nearly always is */
	if (v == NULL || !json_name_is(v, "name"))
		v = json_get(person, "name");
	return v != NULL && v->type == JSON_STRING ? v : NULL;
}

/* All change the list in place, and note what they change. */
/* "{ann", "bo", "cid}@mit.edu": addresses in the place of names. */
void	 people_drop_addresses(struct arena *, struct json *people);
/*
 * Part a name that is several, and take out what stands for more: "et al.",
 * which becomes et_al of the paper where it
 * is of its authors.
 */
void	 people_split(struct arena *, struct json *paper, struct json *people,
	    bool authors);
/* Take out persons without a name: with a note, or when there was one. */
void	 people_drop_nameless(struct json *people);
void	 people_keep_named(struct json *people);
/* Note names that may be several. */
void	 people_note_doubts(const struct json *people);
/* "J. L. Wyatt", "Jr": no person but a suffix. */
void	 people_join_suffixes(struct arena *, struct json *people);
/* Names all of which are in capitals, or in small letters. */
void	 people_recase(struct arena *, struct json *people);
/*
 * A list that holds every name twice, in the same order, is one list.  Two
 * authors of one name are no list: it takes four names.
 */
void	 people_halve(struct arena *, struct json *people);

#define PEOPLE_PIECES	64	/* names in one, at most */

/*
 * Cut a name that surely is several into PEOPLE_PIECES at most; returns how many
 * there are, or 0.
 */
size_t	 people_find_pieces(const struct json *name, struct name_part *);

#endif

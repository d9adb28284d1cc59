/* name - how the name of one person is put right; people.c's own parts */
#ifndef NORMALIZE_NAME_H
#define NORMALIZE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/name.h"

struct arena;
struct buf;
struct json;

#define NAME_WORDS	24	/* of one name, at most; more are no name */

/* The words of a text, max of them at most; returns how many there are. */
size_t	 name_words(const char *s, size_t n, struct name_part *, size_t max);
static inline bool
part_is(const struct name_part *p, const char *word)
{
	return p->n == strlen(word) && memcmp(p->s, word, p->n) == 0;
}
/* Whether the part is one of a list of words between spaces, in small letters. */
bool	 part_among(const struct name_part *, const char *list);
/* Whether the words between any of seps are all in the list, or one is. */
bool	 name_all_among(const char *s, size_t n, const char *seps,
	    const char *list);
bool	 name_has_among(const char *s, size_t n, const char *list);
/* Four digits, by which dblp tells persons of one name apart. */
bool	 part_is_number(const struct name_part *);
/* "Nguyen": the family name of many that are said first in Vietnam. */
bool	 part_is_vietnamese(const struct name_part *);

/* Scripts of which a text has letters. */
enum { SCRIPT_LATIN = 1, SCRIPT_EAST = 2, SCRIPT_OTHER = 4 };
int	 name_scripts(const char *s, size_t n);

/*
 * Whether given and family name are of China, Japan or Korea, where the family
 * name is said first: two characters of it and three of the other at most.
 */
bool	 name_is_eastern(const struct name_part *given,
	    const struct name_part *family);

/*
 * Whether a name has nothing but letters, spaces, hyphens, apostrophes and
 * periods: name_letters and name_strip then find nothing in it.
 */
bool	 name_is_plain(const char *s, size_t n);

/*
 * Put letters right that are surely others: accents that stand apart, dotless
 * i under an accent, look-alikes of other scripts, references without a
 * semicolon.  Returns whether there were any.
 */
bool	 name_letters(struct buf *);

/*
 * Take off what is no part of a name: footnote signs, affiliation numbers,
 * remarks and pronouns in brackets, an address, an ORCID iD, the name in
 * another script; the last ones go to members of the person that are not there
 * yet.  part: it is a given or a family name, one word may be enough.  Returns
 * whether there was anything; nothing may be left.
 */
bool	 name_strip(struct arena *, struct json *person, struct buf *,
	    bool part);
/* "Anonymous", "11537", "Joint primary authors": it stands for no person. */
bool	 name_is_no_person(const char *s, size_t n);

/* Letters by which a language is known that has an i without a dot. */
bool	 name_is_turkish(const char *s);
enum name_member { NAME_WHOLE, NAME_GIVEN, NAME_FAMILY, NAME_SUFFIX };
/*
 * Write a name, or a part of one, as names are that is all in capitals or small
 * letters.  A family name may begin with a particle, a given name may be all
 * initials.
 */
void	 name_recase(struct buf *, const char *s, size_t n, enum name_member);

/*
 * "Family, Given", "Family, Jr., Given", "Family, Given, Jr.", "Ann Lee, MD" in
 * the order in which a name is said, where it surely is one name.  A person
 * whose parts are known is already.  others: there are names in the list that
 * name_is_turned.
 */
void	 name_turn_round(struct arena *, struct json *person, struct buf *,
	    bool others);
/* "Lee, Ann", which says how the names of its list are written. */
bool	 name_is_turned(const char *s, size_t n);
/*
 * Mend the given and family name that the source has: suffixes and homonym
 * numbers in them.  The name follows where it was made of them.  Returns
 * whether there were any.
 */
bool	 name_mend_parts(struct arena *, struct json *person);
/* Find them in a name without, where they are certain. */
void	 name_find_parts(struct arena *, struct json *person);

#endif

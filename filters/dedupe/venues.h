/* venues - the venues of all records, and how alike two are */
#ifndef DEDUPE_VENUES_H
#define DEDUPE_VENUES_H

#include <stdbool.h>
#include <stdint.h>

/* Levels of likeness of two venues. */
enum { VENUE_EQUAL, VENUE_SHORT, VENUE_PART, VENUE_OTHER };

/* The number of a venue, from 1; its full name may be NULL. */
uint32_t	 venue_add(const char *venue, const char *name);
uint32_t	 venues_total(void);
/* Count the words of all of them. */
void		 venues_count(void);
/* Weigh them, when words have the numbers that to has in place of theirs. */
void		 venues_weigh(const uint32_t *to);
/*
 * VENUE_SHORT: one is the other abbreviated, "J. Appl. Mech.", or its
 * acronym; VENUE_PART: they share much of what is telling.
 */
int		 venue_compare(uint32_t, uint32_t);
/* Whether it names a venue at all. */
bool		 venue_tells(uint32_t);
/* Whether hardly another record has the venue, and no vocabulary has it. */
bool		 venue_is_odd(uint32_t);
/* Whether a word of a title stands in the venue. */
bool	 venue_has(uint32_t venue, uint32_t word);

#endif

/* relator - what a person did for a work, in the words of MARC's relators */
#ifndef RELATOR_H
#define RELATOR_H

struct json;

enum relator {
	RELATOR_NONE,		/* nothing is said */
	RELATOR_OTHER,
	RELATOR_EDITOR,
	RELATOR_AUTHOR,
};

/*
 * The first of author, editor and other that is in a text of codes, terms or
 * URIs of the MARC Code List for Relators: "aut", "joint author.", "Editor and
 * translator", "http://id.loc.gov/vocabulary/relators/edt".
 */
enum relator	 relator_of(const char *);
/* The people that such a person is added to; of others a list of no paper. */
struct json	*relator_people(struct json *paper, enum relator);
/* Keep one of these others in the paper's list contributor, with a role. */
void		 relator_keep(struct json *paper, struct json *person,
		    const char *role);

#endif

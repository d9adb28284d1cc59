/* dc - the parts of the reader of Dublin Core */
#ifndef DC_H
#define DC_H

struct json;

/*
 * Part the creators, or other people, of a record, each of whom was one text:
 * "Lee, Ann; Dai, Bo" are two, and "Roe, Eve; MIT" is one with an affiliation.
 */
void	 dc_people(struct json *paper, const char *member);

#endif

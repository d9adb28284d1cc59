/* parts - what the members of a paper are made of where it comes in parts */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct date;
struct json;
struct node;

/* All texts may be NULL or empty; what is returned is in the entry's arena. */

/*
 * Append a person whose name is put in order: given, family, suffix, or as
 * parts_eastern has it if that is the script.  Returns NULL if there is none.
 */
struct json	*parts_person(struct json *people, const char *given,
		    const char *family, const char *suffix);
/* Whether both are in Chinese, Japanese or Korean: the family name is in front. */
bool		 parts_is_eastern(const char *given, const char *family);
/*
 * Likewise one whose family name is in front: with no space behind it where
 * both are in a script that has none.
 */
struct json	*parts_eastern(struct json *people, const char *given,
		    const char *family);
/*
 * Likewise a name in one string, parted at its commas as by name_cut, or as it
 * stands where they do not tell.
 */
struct json	*parts_name(struct json *people, const char *s, size_t n,
		    bool third);
/*
 * Likewise one that stands as "Family, Given", with marks at its end or not, and
 * whose suffix may stand elsewhere.
 */
struct json	*parts_inverted(struct json *people, const char *name,
		    const char *suffix);
/* The suffix in "Dr., Jr.", where titles may be: "" if none is. */
const char	*parts_suffix(const char *s);
/* Likewise a name that is not of a person: it is its family name too. */
struct json	*parts_group(struct json *people, const char *name);
/* A title and what follows it, parted by a colon. */
void		 parts_title(struct json *paper, const char *title,
		    const char *subtitle);
/* Append a text to those in the buffer, such as affiliations: parted by "; ". */
void		 parts_join(struct buf *, const char *s);
/* entry_text of a buffer, which is freed. */
void		 parts_set(struct json *o, const char *member, struct buf *);
/* A member of the texts of all children of n of a name, parted by "; ". */
void		 parts_children(struct json *o, const char *member,
		    const struct node *n, const char *name);
/*
 * One more of a foreign member that is there once as a rule: of several it is
 * a list.
 */
void		 parts_again(struct json *o, const char *member, const char *s);
/* One keyword more, whatever is in it; one that is there already is not. */
void		 parts_keyword(struct json *paper, const char *s);
/* entry_link; further ones of its kind are in a list links. */
void		 parts_link(struct json *paper, const char *s);
/*
 * "first-last", or the one of them that there is, that both are, or that is
 * the whole range.
 */
void		 parts_pages(struct json *paper, const char *first,
		    const char *last);
/*
 * The year of a paper is that of the first of these dates that tells one, and
 * its date the first one with a month in that year; or else the text of one in
 * it that can be several dates.
 */
void		 parts_dates(struct json *paper, const struct date *dates,
		    size_t n);
/* Text with the white space in it, of any kind, one space, none around. */
const char	*parts_line(const char *s);

/*
 * The text of an abstract in paragraphs: blocks such as <p> are parted by an
 * empty line, titles of its sections stand in front of the paragraph behind
 * them, "Methods: ...".  Its own title, figures and footnotes are left out.
 */
const char	*parts_abstract(const struct node *);

#endif

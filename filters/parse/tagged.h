/* tagged - records of lines that begin with a tag: RIS, nbib, ISI, refer */
#ifndef TAGGED_H
#define TAGGED_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"

struct document;
struct input;
struct json;
struct tagged;

#define TAG_MAX		4	/* letters of a tag */

/*
 * What becomes of the values of a tag.  A value may go on in further lines;
 * where they are not kept apart each line break is a space.
 */
enum tagged_use {
	TAGGED_TEXT,		/* a text; of several the first counts */
	TAGGED_LINES,		/* the same with its line breaks */
	TAGGED_ALL,		/* one text of all of them, "a; b" */
	TAGGED_VALUES,		/* each a line, "a\nb" */
	TAGGED_LIST,		/* all lines of all of them, "a\nb" */
	TAGGED_NAMES,		/* each line a person, or several, "a; b" */
	TAGGED_WORDS,		/* keywords, "a; b" */
	TAGGED_LINKS,		/* URLs with white space between */
	TAGGED_OWN,		/* see own */
	TAGGED_LEFT_OUT
};

struct tagged_row {
	char		 tag[TAG_MAX + 1];
	enum tagged_use	 use;
	const char	*member;	/* see entry_member; NULL: finish looks */
};

/*
 * How records are written.  Lines end with LF, CR LF or CR.  A tag that has no
 * row is TAGGED_ALL under its own name.
 */
struct dialect {
	const char		*format;
	/*
	 * The length of the tag and what parts it from its value at the front
	 * of a line, and the tag itself; 0: the line has none and goes on with
	 * the value before.
	 */
	size_t			(*tag)(const char *line, size_t n,
				    char tag[TAG_MAX + 1]);
	const char		*begin;		/* the tag of the first line */
	const char		*end;		/* of the last line, or NULL */
	const char *const	*around;	/* of lines between, or NULL */
	/* What a blank line does: in refer text may go on behind it. */
	enum { BLANK_IS_NOTHING, BLANK_ENDS, BLANK_ENDS_BEFORE_TAG } blank;
	bool			 loose;		/* begin may be missing in all */
	/* Where rows have one member the first value in their order counts. */
	const struct tagged_row	*rows;
	size_t			 nrows;
	/* Take a value of TAGGED_OWN, in the order of the record. */
	void			(*own)(struct tagged *, const char *tag,
				    const char *s, size_t n);
	/*
	 * Set what depends on several fields, when all others are set.  Returns
	 * the key of the record, valid until the next one, or NULL.
	 */
	const char		*(*finish)(struct tagged *);
};

/* The record at hand. */
struct tagged {
	const struct dialect	*dialect;
	struct json		*paper;
	struct slot		*slots;		/* of rows, then of other tags */
	size_t			 nslots;
};

/* Read the document to its end. */
void		 tagged_read(struct document *, struct input *,
		    const struct dialect *);

/* One field of a record: lines are parted by "\n", none is empty at the ends. */
struct tagged_field {
	char		 tag[TAG_MAX + 1];
	const char	*s;		/* valid until the next field is read */
	size_t		 n;
};

/* The next field of the text between *s and end, which moves behind it. */
bool		 tagged_next(const struct dialect *, const char **s,
		    const char *end, struct tagged_field *);

/* Make the paper of a record's text; returns its key, or NULL. */
const char	*tagged_paper(const struct dialect *, struct json *paper,
		    const char *s, size_t n);

/* For finish: what a tag came to by its row, or NULL where that is nothing. */
const char	*tagged_value(const struct tagged *, const char *tag);

/*
 * Append a person to authors or editors: "Surname, Given", "Surname, Given,
 * Suffix" or a name as it stands; NULL where it is none, as "et al." and
 * "[Anonymous]".
 */
struct json	*tagged_person(struct json *paper, const char *member,
		    const char *s, size_t n);
/* The same of an organisation, whose name has no parts. */
struct json	*tagged_body(struct json *paper, const char *member,
		    const char *s, size_t n);
/* The same of each line, and of each part of it parted by semicolons. */
void		 tagged_people(struct json *paper, const char *member,
		    const char *s);
/*
 * Append keywords parted by semicolons or line breaks, and where there is
 * neither of these by commas; s may be NULL.
 */
void		 tagged_keywords(struct json *paper, const char *s);
/* entry_link of each URL in a text, the scheme "https:" where it has none. */
void		 tagged_links(struct json *paper, const char *s);

/*
 * Set year and date of the first text that tells one, in numbers or English:
 * "2004 Jun 12", "2005/07/15/other", "FEB 2026", "AUG"; texts may be NULL.
 * If none does the first one is taken as it is.
 */
#define TAGGED_DATES	4
void		 tagged_dates(struct json *paper,
		    const char *const years[TAGGED_DATES],
		    const char *const dates[TAGGED_DATES]);
/* Set isbn and issn of a tag's value; one without is kept under the tag. */
void		 tagged_serials(const struct tagged *, const char *tag);
/*
 * Set the identifiers that lines are; the others are kept under this name as
 * "a; b".  s may be NULL.
 */
void		 tagged_identifiers(const struct tagged *, const char *member,
		    const char *s);
/*
 * An address that is of the one author, or else of the paper as "affiliation";
 * s may be NULL.
 */
void		 tagged_address(const struct tagged *, const char *s);
/* entry_foreign of a text that may be NULL. */
void		 tagged_foreign(const struct tagged *, const char *member,
		    const char *s);

#endif

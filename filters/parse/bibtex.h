/* bibtex - the parts of the format bibtex */
#ifndef BIBTEX_H
#define BIBTEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/tex.h"

struct input;
struct json;
struct macros;
struct parents;

/* Where entries are (bibtex_scan) */

/* What is in front on the line. */
enum bib_line {
	BLANK, PERCENT,			/* nothing but spaces, and % */
	COMMENT, TEXT			/* anything, behind % or not */
};

struct bib_scan {
	struct input	*in;
	enum bib_line	 line;
	int		 before;	/* the byte in front */
	bool		 strict;	/* behind an entry that does not close */
	bool		 text;		/* saw some that is no comment */
	size_t		 comment;	/* the longest looked for, in bytes */
};

void	 bib_begin(struct bib_scan *, struct input *);
/* Move to the next "@type {"; returns how long that is, 0 at the end. */
size_t	 bib_next(struct bib_scan *);
/*
 * The length of the entry at the head, whose opening is n bytes, or 0 where it
 * does not close; then *behind is where reading can go on.
 */
size_t	 bib_measure(struct bib_scan *, size_t n, size_t *behind);
/* Whether fields follow behind n bytes, where an entry has ended. */
bool	 bib_is_torn(struct bib_scan *, size_t n);
/* Go on behind n bytes. */
void	 bib_skip(struct bib_scan *, size_t n);

/* The syntax of entries (bibtex_entry) */

struct field {
	const char	*name;		/* lower case */
	const char	*value;		/* raw, macros expanded */
	size_t		 len;
};

struct fields {
	struct field	 v[256];
	size_t		 n;
};

/* Where reading an entry's text stands. */
struct cursor {
	const char	*p;
	const char	*end;
	const char	*error;		/* a message, or NULL */
	bool		 too_long;	/* that is the error */
};

/* The entry's text cut up: type, key, and where its fields are. */
struct entry {
	char		 type[64];	/* lower case */
	const char	*key;
	size_t		 keylen;	/* 0: none */
	uint64_t	 offset;	/* macros defined behind it are not known */
	struct cursor	 body;
};

/*
 * Cut up the text of a whole entry, "@type{...}"; @string has no key.  False:
 * a brace stands where the key should be.
 */
bool	 entry_open(struct entry *, const char *s, size_t n, uint64_t offset);
/*
 * Read its "name = value" pairs into the entry's arena; values that are names
 * of macros are looked up.  False: body.error says why not.
 */
bool	 entry_fields(struct entry *, struct macros *, struct fields *);
const struct field	*fields_find(const struct fields *, const char *name);
/* Whether a field of this name may be in the text: "=" stands behind it. */
bool	 entry_may_have(const char *s, size_t n, const char *name);

/* What is defined once and used often (bibtex_macros) */

struct macros	*macros_new(void);
/* Define a macro from this offset on.  False: more than are kept. */
bool		 macros_define(struct macros *, const char *name, size_t n,
		    const char *value, size_t len, uint64_t offset);
/* The value of it (lower case) there, or NULL. */
const char	*macros_get(const struct macros *, const char *name, size_t n,
		    uint64_t offset, size_t *len);
/*
 * Account for n bytes that something used again makes of the document, which
 * was read up to this offset or further.  False: more than it may.
 */
bool		 macros_afford(struct macros *, size_t n, uint64_t offset);
void		 macros_free(struct macros *);

/* What entries take from others (bibtex_parents) */

struct parents	*parents_new(void);
/*
 * Keep the entry if it is one from which others may take something; first: of
 * the document.
 */
void		 parents_add(struct parents *, const struct entry *,
		    const char *s, size_t n, bool first);
/*
 * Add to the fields of an entry what it lacks and its xdata, its crossref and
 * the volume in which it stands have.  False: that would be too much.
 */
bool		 parents_resolve(struct parents *, struct macros *,
		    const struct entry *, struct fields *);
void		 parents_free(struct parents *);

/* Papers (bibtex_paper, bibtex_links, bibtex_names, bibtex_date) */

/* An entry on its way to a paper. */
struct reader {
	struct json		*paper;
	const struct entry	*entry;
	const struct fields	*fields;
	struct buf		 b;	/* of the value at hand */
};

/* Set the members of a paper that the fields tell. */
void	 fields_add(struct json *paper, const struct entry *,
	    const struct fields *);
/* Take off the braces around all of a text, of several pairs all.  False: none. */
bool	 braces_off(const char **s, size_t *n);
/* Put the value into the reader's b, without braces around all of it. */
void	 reader_decode(struct reader *, const struct field *, enum tex_mode);
/* Let the field pass through under its own name. */
void	 reader_foreign(struct reader *, const struct field *);
/* Set what eprint, howpublished, note and biburl tell. */
void	 links_add(struct reader *);
/* A link that may be broken by line ends; of several the first one. */
void	 link_add(struct json *paper, const char *s, size_t n);
/* The names of an author list or the like, and et_al. */
void	 names_add(struct json *paper, const char *member, const char *s,
	    size_t n);
/* Give persons of a list the fact: "1="..."; 2="..."", by their number. */
void	 names_annotate(struct json *paper, const char *member,
	    const char *fact, const char *s, size_t n);
/*
 * Set the date that year, month and day make, where there is no field date;
 * false: they make none.
 */
bool	 date_add(struct json *paper, const struct fields *);

#endif

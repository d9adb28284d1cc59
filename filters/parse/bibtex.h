/* bibtex - the parts of the format bibtex: entries, and papers of them */
#ifndef BIBTEX_H
#define BIBTEX_H

#include <stdbool.h>
#include <stddef.h>

struct dict;
struct json;

struct field {
	char		*name;		/* lower case */
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
};

/* The entry's text cut up: type, key, and where its fields are. */
struct entry {
	char		 type[32];	/* lower case */
	const char	*key;
	size_t		 keylen;	/* 0: none */
	struct cursor	 body;
};

/*
 * Cut up the text of a whole entry, "@type{...}"; @string has no key.  False:
 * a brace stands where the key should be.
 */
bool	 entry_open(struct entry *, const char *s, size_t n);
/*
 * Read its "name = value" pairs into the entry's arena; values that are names
 * of macros (lower case) are looked up.  False: body.error says why not.
 */
bool	 entry_fields(struct entry *, const struct dict *macros,
	    struct fields *);
const struct field	*fields_find(const struct fields *, const char *name);

/* Set the members of a paper that the fields tell. */
void	 fields_add(struct json *paper, const struct fields *);
/* What an entry takes from the one that its crossref names. */
void	 fields_inherit(struct json *paper, const struct fields *,
	    const struct fields *parent);

#endif

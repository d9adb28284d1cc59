/* name - how personal names and lists of them are written */
#ifndef NAME_H
#define NAME_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json;

/* What a text with names in it is. */
enum name_list {
	NAMES_SEVERAL,	/* a list, which decides for itself how it is parted */
	NAMES_ONE,	/* one name, unless it is sure that it is several */
};

/*
 * Append one object {"name": ...} to the array for each name in one string:
 * "A; B", "A and B", "A, B and C", "Surname, Given and Surname, Given",
 * "Surname, I., Surname, I.", or one "Surname, Given"; parse(1), Author lists,
 * has the rules.  Names stay as they are written, but for an address behind
 * one, <a@b>, which is its email.  Returns whether the list said that there
 * are more ("et al.", "and others").
 */
bool	 name_split_list(struct arena *, struct json *array, const char *s,
	    size_t n, enum name_list);
/*
 * Append the strings of a list as programs write them, "['A', 'B']" or
 * ["A", "B"], with what is escaped in them read; false: it is none.
 */
bool	 name_literal(struct arena *, struct json *array, const char *s,
	    size_t n);

/*
 * Whether the second text looks like a name that is written as the first one
 * is; or like no name, as "MIT" does; or it cannot be told.
 */
enum name_likeness { NAME_ALIKE, NAME_OTHER, NAME_UNSURE };
enum name_likeness	 name_compare(const char *, size_t, const char *,
			    size_t);

/* "[Anonymous]", "[No author name available]": what is written for none. */
bool	 name_is_nobody(const char *s, size_t n);
/* "et al.", "others", "...", "and others": there are more. */
bool	 name_is_more(const char *s, size_t n);
/* Take "et al." or an ellipsis off the end of a name; false: there is none. */
bool	 name_cut_more(const char *s, size_t *n);
/* "Jr.", "III": the part of a name that follows it. */
bool	 name_is_suffix(const char *s, size_t n);
/*
 * The same behind a comma where initials may stand as well: not JR, SR and MD,
 * of which indexes are full.
 */
bool	 name_is_no_initials(const char *s, size_t n);
/* "van", "de": a word with which a family name may begin. */
bool	 name_is_particle(const char *s, size_t n);
/* "Stanford University": it has a word that no person is called. */
bool	 name_is_body(const char *s, size_t n);

/* The length of a comma at s, an ASCII or a full-width one, or 0. */
static inline size_t
name_comma(const char *s, const char *end)
{
	return *s == ',' ? 1 : end - s >= 3 && s[0] == '\xef' &&
	    s[1] == '\xbc' && s[2] == '\x8c' ? 3 : 0;
}

struct name_part {
	const char	*s;
	size_t		 n;		/* 0: it is not there */
};

struct name_parts {
	struct name_part	 whole;		/* instead of given, family */
	struct name_part	 given, family, suffix;
	struct name_part	 dates;		/* years of a life */
};

/*
 * What the parts between the commas of a name are: "Family, Given", "Family,
 * Jr., Given", "Family, Given, Jr.", "Ann Lee, Jr.", and all of these with
 * years behind them, "Family, Given, 1950-".  third: a third part is a suffix,
 * whatever it is.  False: they cannot be told.
 */
bool	 name_order(const struct name_part *, size_t n, bool third,
	    struct name_parts *);
/*
 * The same of a text, whose parts must not be empty; nor is an organisation
 * parted: "Institute of Sums, Oslo".
 */
bool	 name_cut(const char *s, size_t n, bool third, struct name_parts *);

#endif

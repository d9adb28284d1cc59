/* format - what the formats of parse are given, and how they make papers */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/name.h"
#include "lib/reject.h"

struct arena;
struct dialect;
struct input;
struct json;
struct map;
struct sniff;

/*
 * A document to parse.  What came with it from fetch is in record (NULL
 * without fetch); strings may be NULL but source, name and file.
 */
struct document {
	const char		*source;
	const char		*name;		/* for keys: url, or file name */
	const char		*file;		/* for messages */
	const char		*sha256;
	const char		*url;
	const char		*encoding;
	const struct map	*map;		/* their member names to ours */
	const struct dialect	*dialect;	/* of rows */
	const struct json	*record;
	struct input		*text;		/* once document_text was called */
	uint64_t		 begin;		/* behind a byte order mark */
	uint64_t		 entries;	/* so far */
	uint64_t		 papers;	/* of these */
	bool			 titled;	/* one of them */
};

/*
 * A format reads the input to its end and makes one paper or one reject of
 * each entry.  It never ends the process for what is in the data.
 */
struct format {
	const char	*name;
	const char	*text;
	void		(*parse)(struct document *, struct input *);
	const char	*(*sniff)(const struct sniff *);
};

/* The one of this name, or NULL. */
const struct format	*format_find(const char *name);
/* All of them, ended by one without a name. */
const struct format	*format_all(void);
/* Whether a map may translate its names, and it has rows with delimiters. */
bool			 format_takes_map(const struct format *);
bool			 format_has_rows(const struct format *);

#define FORMAT(name, text) \
	void	parse_##name(struct document *, struct input *);
#include "formats.def"
#undef FORMAT

/*
 * Let the input be read as text in UTF-8, whatever its encoding.  False: the
 * encoding is not known, and the document was refused.
 */
bool		 document_text(struct document *, struct input *);
/* At its end: say so if there are papers, and none of them has a title. */
void		 document_untitled(const struct document *);
/*
 * The byte of the document at which this offset in its text is: see
 * input_place, which says what can be asked for.
 */
uint64_t	 document_place(const struct document *, uint64_t offset);

/*
 * Begin an entry that starts at offset (bytes of the input, of its text behind
 * document_text) and line: one in.  input is its text for the reject, valid
 * until the entry's end; may be NULL.  Returns an empty paper in an arena that
 * the next entry resets.
 */
struct json	*entry_begin(struct document *, uint64_t offset, uint64_t line,
		    const char *input, size_t len);
/* The same where document_place was asked before. */
struct json	*entry_begin_at(struct document *, uint64_t place,
		    uint64_t line, const char *input, size_t len);
struct arena	*entry_arena(void);
/* Say where something is that is no entry, for notes about it. */
void		 entry_at(struct document *, uint64_t offset, uint64_t line,
		    const char *input, size_t len);
/* Say anew where the text of the entry at hand is. */
void		 entry_input(const char *input, size_t len);
/*
 * Whether there is a title in it, a person or an identifier: an answer that
 * something went wrong may have a status or a language too.
 */
bool		 entry_is_paper(const struct json *paper);
/*
 * Add what every paper has and write it: key is the entry's own identifier, or
 * NULL.  Defaults of the source fill what the entry lacks.
 */
void		 entry_emit(struct document *, struct json *paper,
		    const char *key, size_t keylen);
/* The same, but without a key what is no paper is rejected (bad-format). */
void		 entry_emit_known(struct document *, struct json *paper,
		    const char *key);
/* The same of an entry that is a person: kind person, without defaults. */
void		 entry_emit_person(struct document *, struct json *person,
		    const char *key, size_t keylen);
/* Reject the entry at hand where its text is not in the document's encoding. */
bool		 entry_is_text(const struct document *, const char *s,
		    size_t n);
void		 entry_not_text(const struct document *);
/* Begin an entry only to reject it. */
void		 entry_refuse(struct document *, uint64_t offset, uint64_t line,
		    const char *input, size_t len, enum reject_code,
		    const char *detail);

/*
 * Set a member of o to the text without white space around; one that is
 * empty is left out, one that is not UTF-8 too, with a note; the first value
 * stays.  A date that can be read becomes one of ISO 8601 (date_iso).
 */
void		 entry_text(struct json *o, const char *member, const char *s,
		    size_t n);
void		 entry_str(struct json *o, const char *member, const char *s);
/* The same of a text that was seen to be UTF-8. */
void		 entry_utf8(struct json *o, const char *member, const char *s,
		    size_t n);
/* The same where no such member is there yet. */
void		 entry_first(struct json *o, const char *member, const char *s,
		    size_t n);
/* Append a text to a list, likewise; the list is made when it is not there. */
void		 entry_append(struct json *o, const char *member, const char *s,
		    size_t n);
/*
 * The same for a member of a foreign name: passes through as it is, or as
 * "FORMAT_name" where the name is one of ours that holds no text.  Of an object
 * with thousands of them the last ones are left out, with a note.
 */
void		 entry_foreign(struct json *o, const char *format,
		    const char *name, size_t namelen, const char *s, size_t n);
/* The same of a name that entry_foreign_name made and a text that is UTF-8. */
void		 entry_foreign_utf8(struct json *o, const char *name,
		    const char *s, size_t n);
/* The same for one that may come again: it is then a list. */
void		 entry_foreign_again(struct json *o, const char *format,
		    const char *name, size_t namelen, const char *s, size_t n);
/*
 * Likewise all members of an object, of any type, whose names differ; they are
 * moved.  What is empty is left out, and what o has already, with a note.
 */
void		 entry_foreign_members(struct json *o, const char *format,
		    struct json *rest);
/*
 * The name under which a foreign member passes through, in the entry's arena;
 * NULL, with a note: it cannot.
 */
const char	*entry_foreign_name(const char *format, const char *name,
		    size_t namelen);
/* The members of ours that a source can name, ended by NULL. */
const char *const *entry_own_names(void);
/* The one of them that this is, in any case, or NULL. */
const char	*entry_own(const char *name, size_t n);
/*
 * Set the member of this name from a text, a list where it holds one: one of
 * ours, "ids.REGISTRY", "ids" (form_ids), "pages.first", "pages.last", or a
 * foreign one.
 */
void		 entry_member(struct json *paper, const char *format,
		    const char *member, const char *s, size_t n);
/* Set an identifier of the paper in a registry. */
void		 entry_id(struct json *paper, const char *registry,
		    const char *s, size_t n);
/*
 * Set the identifier that a text is, if it is nothing else and says itself what
 * it is: see identifier_is.  False: it does not, or another one of its kind is
 * there.
 */
bool		 entry_known_id(struct json *paper, const char *s, size_t n);
/*
 * The same of a text that is said to be of this type, which identifier_registry
 * has to know.
 */
bool		 entry_typed_id(struct json *paper, const char *type,
		    const char *s, size_t n);
/* One ISSN more: of several it is a list, without those that are there. */
void		 entry_issn(struct json *paper, const char *s);
/*
 * Set isbn and issn of a field that may hold numbers of both; false: it holds
 * none.
 */
bool		 entry_serials(struct json *paper, const char *s, size_t n);
/*
 * The next part of a list, whose parts are parted by any of the marks, without
 * white space around, or NULL behind the last; *s moves behind it, and has to
 * be passed on.  A semicolon that ends a reference to a character parts
 * nothing.
 */
const char	*entry_part(const char **s, const char *end, const char *marks,
		    size_t *n);
/* Append a word to the paper's keywords, but for the stars of PubMed. */
void		 entry_word(struct json *paper, const char *s, size_t n);
/* The same of each part of such a list. */
void		 entry_words(struct json *paper, const char *s, size_t n,
		    const char *marks);
/*
 * The same of a list such as "a; b", or "a, b" where it has no such marks; a
 * comma without a blank parts nothing where others have one.
 */
void		 entry_keywords(struct json *paper, const char *s, size_t n);
/* The author list (or editors), made when it is not there. */
struct json	*entry_people(struct json *paper, const char *member);
/* Append a person of this name and return it; NULL: it names nobody. */
struct json	*entry_person(struct json *people, const char *name, size_t n);
/* More people there are than are named: of authors only the paper says so. */
void		 entry_et_al(struct json *paper, const char *member);
/* Append the names in one string: name_split_list. */
void		 entry_add_names(struct json *paper, const char *member,
		    const char *s, size_t n, enum name_list);
/* The same of a list, where there is none yet; entities are decoded. */
void		 entry_names(struct json *paper, const char *member,
		    const char *s, size_t n);
/* An identifier of a person in a registry. */
void		 entry_person_id(struct json *person, const char *registry,
		    const char *s, size_t n);
/*
 * An identifier of a person that shows whose it is ("~Given_Surname1", an
 * address, an ORCID iD, a path on the site of the paper); false: it does not.
 */
bool		 entry_identifier(struct json *paper, struct json *person,
		    const char *s, size_t n);
/*
 * For a member such as "authors.orcid": the list that it runs beside, and
 * *fact, what it is of each in it; NULL for other members.
 */
const char	*entry_beside(const char *member, const char **fact);
/*
 * Give each in the list the fact that stands in its place in a list of texts
 * (array), or in one text parted by semicolons.  If there are not as many as
 * names there is a note.  fact is a member of a person, "ids.REGISTRY", or
 * "ids" for what entry_identifier takes.
 */
void		 entry_facts(struct json *paper, const char *member,
		    const char *fact, const struct json *list);
/* Keep the first half of names that are there twice, with a note. */
void		 entry_halve(struct json *people);
/* When all facts are given: join names that came in parts. */
void		 entry_people_done(struct json *paper, const char *member);
/* Whether a text begins as a URL of the web. */
bool		 entry_is_url(const char *);
/*
 * Take "https://doi.org/..." for a DOI, arxiv.org, aclanthology.org and
 * openreview.net for identifiers too, and the link itself for pdf or url.
 */
void		 entry_link(struct json *paper, const char *s, size_t n);

#endif

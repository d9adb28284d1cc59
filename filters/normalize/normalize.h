/* normalize - the parts of normalize: one fact each, as paper.json wants it */
#ifndef NORMALIZE_H
#define NORMALIZE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct json;

/*
 * All change the paper in place and note what they drop; what they make of
 * their own output is the same again.
 */
/*
 * all strings of the members that are text, before any is resolved; the paper
 * is what was read from the line
 */
void	 normalize_encoding(struct arena *, struct json *paper,
	    const char *line, size_t);
/* title, abstract, keywords and all else that is text */
void	 normalize_texts(struct arena *, struct json *paper);
/* drops an abstract that says that there is none; its text is resolved */
void	 normalize_abstract(struct arena *, struct json *paper);
void	 normalize_people(struct arena *, struct json *paper,
	    const char *member);
/*
 * venue, venue_kind, venue_name, track.  Returns the text that named the venue
 * as it was written, or NULL; it may tell the year.
 */
const char	*normalize_venue(struct arena *, struct json *paper);
/* pages, volume, number */
void	 normalize_numbers(struct arena *, struct json *paper);
/* doi, arxiv, isbn, ids; those that no member has from links that say them */
void	 normalize_identifiers(struct arena *, struct json *paper);
/* year and date; a year may come from the date or the venue as written */
void	 normalize_date(struct arena *, struct json *paper, const char *venue);
/* type, by its own word, the kind of venue and the track */
void	 normalize_type(struct arena *, struct json *paper);
/*
 * status; where its word says so also the type of a paper that has none.  A
 * paper without one has what the text of its venue, which may be NULL, tells.
 */
void	 normalize_status(struct arena *, struct json *paper, const char *venue);
/* url, pdf, code */
void	 normalize_links(struct arena *, struct json *paper);

/* Text with entities, tags and TeX resolved, cleaned, on one line. */
void	 resolve_markup(struct buf *, const char *s, size_t n);
/* Whether a text is white space and what cannot be seen: nothing to lose. */
bool	 is_blank(const struct json *);
/* The same of a string in place, and of a list, without empty and repeated ones. */
void	 resolve_text(struct arena *, struct json *);
void	 resolve_list(struct arena *, struct json *o, const char *member);
/* Set the member to the text, or drop it where nothing is left of it. */
void	 set_text(struct arena *, struct json *o, const char *member,
	    const struct buf *);
/* Take the member out and note why. */
void	 drop_value(struct arena *, struct json *o, const char *member,
	    const char *why);

#endif

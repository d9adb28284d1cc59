/* venue_parts - what the parts of venues share, inside normalize */
#ifndef VENUE_PARTS_H
#define VENUE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

#define VENUE_WORDS	64

/* A text folded (text_fold), as words; one too long has none. */
struct words {
	const char	*w[VENUE_WORDS];
	size_t		 n;
	char		 text[1024];
};

void	 words_of(struct words *, const char *s, size_t n);
void	 words_join(const struct words *, size_t from, size_t to, struct buf *);
void	 words_drop_front(struct words *, size_t n);
bool	 words_is_year(const char *);
bool	 words_is_ordinal(const char *);
bool	 words_is_number(const char *);		/* digits, or i to xxxix */
/* Years, ordinals and "annual", wherever they stand. */
void	 words_drop_which(struct words *);
/* What is left then, joined: what spellings of one venue have in common. */
void	 words_key(struct buf *, const char *s, size_t n);
/* How many words in front say what became of a paper, "to appear in", or 0. */
size_t	 words_lead(const struct words *);
/* "in the proceedings of", "submitted to": returns whether proceedings. */
bool	 words_drop_lead(struct words *);
/* How a paper was presented or what became of it, and numbers, at the end. */
void	 words_drop_decision(struct words *);
/* Numbers and words for a volume at the end. */
void	 words_drop_numbers(struct words *);
/* Take out words that carry no meaning: of, on, and, the. */
void	 words_drop_stops(struct words *, size_t from);

/*
 * Rows of venues.tsv; 0 is none.  name_row looks at names and aliases as they
 * are, full_row also at names in other words of the same kind: without
 * sponsors, abbreviated.
 */
size_t	 vocabulary_name(const struct words *);
size_t	 vocabulary_full(const struct words *);
/* The row for a key of the ACL Anthology. */
size_t	 vocabulary_acl(const char *key);
/*
 * The row of a paper with this key of dblp whose text names the row given:
 * mostly that, but two venues may go by one name.
 */
size_t	 vocabulary_stream(const char *key, size_t row);
const char	*vocabulary_venue(size_t row);
const char	*vocabulary_kind(size_t row);
const char	*vocabulary_full_name(size_t row);
bool	 vocabulary_is(size_t row, const char *kind);
/* For its test: as if there were no aliases. */
void	 vocabulary_no_aliases(void);

/*
 * Tracks of a conference.  track_find: the one that the text speaks of, NULL:
 * none, where "main" gives way to others.  track_cut takes the words of one
 * off the front or the end and returns it, NULL: there was none.
 */
const char	*track_find(const struct words *);
const char	*track_cut(struct words *);
/* The words of the track are taken out wherever they stand. */
void	 track_take_out(struct words *);

/*
 * The row of the text, and the track where it tells one (else left alone).
 */
size_t	 venue_resolve(const char *s, size_t n, const char **track);

/*
 * A workshop that the vocabulary need not know, by the words of its name: its
 * row, or 0 and its short and full name.  false: it has no name.
 */
bool	 workshop_resolve(const char *s, size_t *row, struct buf *venue,
	    struct buf *name);

/* Counting venues that are not resolved, by words_key; only into a file given. */
void	 unknown_open(const char *file);
void	 unknown_count(const char *venue, const char *id);
void	 unknown_close(void);

#endif

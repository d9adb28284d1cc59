/* words - the words of all records, and how rare each is */
#ifndef DEDUPE_WORDS_H
#define DEDUPE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a word was seen; it is counted for each by itself. */
enum word_place { IN_TITLES, IN_NAMES, IN_VENUES, NPLACES };

#define WORDS_COMMON	4096	/* weights of words seen less often are in a table */

/* A word's bits in word_kind. */
enum {
	WORD_NOTICE = 1,	/* "erratum", "reply": a paper about a paper */
	WORD_STOP = 2,		/* "the", "of" */
	WORD_NO_NAME = 4,	/* of a name: "jr", "van" */
	WORD_DIGITS = 8,	/* has some: it is not mistyped, but another */
	WORD_PART = 16,		/* "part" */
	WORD_NOT = 32,		/* "not" */
};

struct word {
	uint32_t	 text;		/* in word_texts */
	int16_t		 number;	/* see word_number */
	uint8_t		 kind;
	uint8_t		 len;		/* or 255 */
	char		 first;
};

extern struct word	*word_list;
extern char		*word_texts;
/* How often each was seen: apart, for little else of most words is looked at. */
extern uint32_t		*word_counts[NPLACES];
extern float		 word_weights[NPLACES][WORDS_COMMON];

/*
 * The number of a word of folded text; equal words have one.  Of several words
 * hash all before the first is added: where they stand is fetched meanwhile.
 */
uint64_t	 word_hash(const char *, size_t n);
uint32_t	 word_add(const char *, size_t n, uint64_t hash);
/* When all are added, count them: one once more. */
void		 words_start_count(void);
static inline void
word_count(uint32_t word, enum word_place place)
{
	word_counts[place][word]++;
}

/*
 * When words are counted, give them new numbers: the fewer titles have a word
 * the higher its number, whatever order they came in.  Those of two titles or
 * more are below words_shared.  Returns the new numbers by the old, which the
 * caller frees.  No word is added behind that.
 */
uint32_t	*words_order(void);
extern uint32_t	 words_shared;
/* The total of what words were counted in. */
void		 words_weigh(enum word_place, uint64_t total);

/*
 * How much is learnt from two records that share the word by chance, in nats:
 * the logarithm of one over the share of the titles, or lists of names, that
 * have it.  After words_weigh.
 */
static inline uint32_t
word_seen(uint32_t word, enum word_place place)
{
	return word_counts[place][word];
}

float		 word_weight_of(uint32_t word, enum word_place);

static inline float
word_weight(uint32_t word, enum word_place place)
{
	uint32_t seen = word_seen(word, place);

	return seen < WORDS_COMMON && (word_list[word].kind & WORD_STOP) == 0 ?
	    word_weights[place][seen] : word_weight_of(word, place);
}

static inline unsigned
word_kind(uint32_t word)
{
	return word_list[word].kind;
}

/* What number the word writes, plus 1: "12", "ii", "second", "22nd"; 0: none. */
static inline int
word_number(uint32_t word)
{
	return word_list[word].number;
}

static inline const char *
word_text(uint32_t word)
{
	return word_texts + word_list[word].text;
}

#define NEAR_MAX	256	/* bytes */
/*
 * Whether at most so many letters of two texts differ, are missing, or change
 * places with the next one; of longer texts it is not told.
 */
bool		 letters_near(const char *, size_t, const char *, size_t, int most);
/* Whether one word is the other mistyped. */
bool		 word_is_typo(uint32_t, uint32_t, enum word_place);

#endif

/* words - the words of all records, and how rare each is */
#define XXH_INLINE_ALL
#include <ctype.h>
#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "dedupe/words.h"
#include "lib/buf.h"
#include "lib/name.h"

/*
 * A stream of ten titles knows nothing of how rare a word is: it is weighed as
 * if so many others, of which so many have any given word, had been seen.
 */
#define TITLES_BEFORE	1000
#define WORDS_BEFORE	4
#define STOP_SHARE	.15f	/* what a word such as "the" counts */
#define BRACKETED_WORD	0x80000000u

struct word		*word_list;
char			*word_texts;
uint32_t		*word_counts[NPLACES];
float			 word_weights[NPLACES][WORDS_COMMON];
uint32_t		 words_shared;
static size_t		 nwords, cap, ntexts, texts_cap;
static uint64_t		 totals[NPLACES];

/* Words by their hashes, which 64 bits tell apart. */
static struct slot {
	uint64_t	 hash;
	uint32_t	 word;
} __attribute__((__packed__)) *slots;
static size_t		 mask;

static const char *const stops[] = { "a", "an", "and", "as", "at", "by", "de",
    "der", "des", "die", "el", "et", "for", "from", "in", "is", "la", "le",
    "les", "of", "on", "or", "the", "to", "und", "using", "via", "von",
    "with", NULL };

static const char *const notices[] = { "addendum", "berichtigung", "comment",
    "commentary", "comments", "concern", "correction", "corrections",
    "corrigenda", "corrigendum", "discussion", "errata", "erratum",
    "rectificatif", "rejoinder", "removal", "reply", "response", "responses",
    "retracted", "retraction", "supplement", "supplemental", "supplementary",
    "withdrawal", "withdrawn", NULL };

static const char *const part_words[] = { "deel", "part", "parte", "partie",
    "pt", "teil", NULL };

static const char *const denials[] = { "non", "not", "without", NULL };

/* Of Chinese also as they stand in pairs of characters, see fold_words. */
static const char *const numerals[][8] = {
	{ "i", "one", "first", "\u4e00", "\u4e4b\u4e00", "\u7b2c\u4e00", "\u4e0a" },
	{ "ii", "two", "second", "\u4e8c", "\u4e4b\u4e8c", "\u7b2c\u4e8c", "\u4e2d" },
	{ "iii", "three", "third", "\u4e09", "\u4e4b\u4e09", "\u7b2c\u4e09", "\u4e0b" },
	{ "iv", "four", "fourth", "\u56db", "\u4e4b\u56db", "\u7b2c\u56db" },
	{ "v", "five", "fifth", "\u4e94", "\u4e4b\u4e94", "\u7b2c\u4e94" },
	{ "vi", "six", "sixth", "\u516d", "\u4e4b\u516d", "\u7b2c\u516d" },
	{ "vii", "seven", "seventh", "\u4e03", "\u4e4b\u4e03", "\u7b2c\u4e03" },
	{ "viii", "eight", "eighth", "\u516b", "\u4e4b\u516b", "\u7b2c\u516b" },
	{ "ix", "nine", "ninth", "\u4e5d", "\u4e4b\u4e5d", "\u7b2c\u4e5d" },
	{ "x", "ten", "tenth", "\u5341", "\u4e4b\u5341", "\u7b2c\u5341" },
	{ "xi", "eleven", "eleventh" }, { "xii", "twelve", "twelfth" },
};

static bool
is_in(const char *const *list, const char *s)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, s) == 0)
			return true;
	return false;
}

/* "12", "22nd", "1980s": digits that count something. */
static int
digits(const char *s)
{
	size_t n = strspn(s, "0123456789");
	const char *end = s + n;

	if (n == 0 || n > 4)
		return n == 0 ? 0 : -(int)(XXH3_64bits(s, strlen(s)) & 0x3fff) - 1;
	if (*end != '\0' && strcmp(end, "st") != 0 && strcmp(end, "nd") != 0 &&
	    strcmp(end, "rd") != 0 && strcmp(end, "th") != 0)
		return 0;
	return atoi(s) + 1;	/* 0 is a number too */
}

static int
number_of(const char *s)
{
	size_t i, k;

	if (isdigit((unsigned char)*s))
		return digits(s);
	for (i = 0; i < sizeof(numerals) / sizeof(numerals[0]); i++)
		for (k = 0; numerals[i][k] != NULL; k++)
			if (strcmp(numerals[i][k], s) == 0)
				return (int)i + 2;
	return 0;
}

static void
rehash(void)
{
	struct slot *old = slots;
	size_t n = mask, i, k;

	mask = mask == 0 ? 4095 : mask * 2 + 1;
	slots = xcalloc(mask + 1, sizeof(*slots));
	for (i = 0; old != NULL && i <= n; i++) {
		if (old[i].hash == 0)
			continue;
		for (k = old[i].hash & mask; slots[k].hash != 0; )
			k = (k + 1) & mask;
		slots[k] = old[i];
	}
	free(old);
}

static uint32_t
make_word(const char *s, size_t n)
{
	struct word *p;

	if (nwords >= BRACKETED_WORD || ntexts + n >= UINT32_MAX)
		errx(EX_SOFTWARE, "too many words");
	grow(&word_list, &cap, nwords + 1, sizeof(*word_list));
	grow(&word_texts, &texts_cap, ntexts + n + 1, 1);
	p = &word_list[nwords];
	memset(p, 0, sizeof(*p));
	p->text = (uint32_t)ntexts;
	memcpy(word_texts + ntexts, s, n);
	word_texts[ntexts + n] = '\0';
	ntexts += n + 1;
	s = word_texts + p->text;
	p->len = n > 255 ? 255 : (uint8_t)n;
	p->first = *s;
	p->number = (int16_t)number_of(s);
	p->kind = is_in(notices, s) ? WORD_NOTICE : is_in(stops, s) ? WORD_STOP :
	    is_in(part_words, s) ? WORD_PART : is_in(denials, s) ? WORD_NOT : 0;
	if (name_is_suffix(s, n) || name_is_particle(s, n))
		p->kind |= WORD_NO_NAME;
	if (strpbrk(s, "0123456789") != NULL)
		p->kind |= WORD_DIGITS;
	return (uint32_t)nwords++;
}

uint64_t
word_hash(const char *s, size_t n)
{
	uint64_t h = XXH3_64bits(s, n) | 1;

	if (slots != NULL)
		__builtin_prefetch(&slots[h & mask]);
	return h;
}

uint32_t
word_add(const char *s, size_t n, uint64_t h)
{
	size_t k;

	if (nwords * 4 >= mask * 3)
		rehash();
	for (k = h & mask; slots[k].hash != 0; k = (k + 1) & mask)
		if (slots[k].hash == h)
			return slots[k].word;
	slots[k].hash = h;
	slots[k].word = make_word(s, n);
	return slots[k].word;
}

void
words_start_count(void)
{
	int i;

	for (i = 0; i < NPLACES; i++)
		word_counts[i] = xcalloc(nwords, sizeof(*word_counts[i]));
}

struct rank {
	uint64_t	 key;
	uint32_t	 word, hash;
};

static int
compare_ranks(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return strcmp(word_text(x->word), word_text(y->word));
}

/* By titles; those of none by names; what is common stands together. */
static struct rank *
rank_words(void)
{
	struct rank *v = xreallocarray(NULL, nwords, sizeof(*v));
	const uint32_t *titles = word_counts[IN_TITLES];
	const char *s;
	uint32_t i, hash;

	for (i = 0; i < nwords; i++) {
		s = word_text(i);
		hash = (uint32_t)(XXH3_64bits(s, strlen(s)) >> 32) | 1;
		v[i] = (struct rank){ (uint64_t)~titles[i] << 32 |
		    (titles[i] > 0 ? ~hash : ~word_counts[IN_NAMES][i]), i, hash };
	}
	sort_array(v, nwords, sizeof(*v), compare_ranks);
	return v;
}

/* The same counts by the new numbers. */
static void
move_counts(const struct rank *rank)
{
	uint32_t *v;
	size_t i;
	int place;

	for (place = 0; place < NPLACES; place++) {
		v = xreallocarray(NULL, nwords, sizeof(*v));
		for (i = 0; i < nwords; i++)
			v[i] = word_counts[place][rank[i].word];
		free(word_counts[place]);
		word_counts[place] = v;
	}
}

uint32_t *
words_order(void)
{
	struct rank *rank = rank_words();
	struct word *list = xreallocarray(NULL, nwords, sizeof(*list));
	char *texts = xreallocarray(NULL, ntexts, 1);
	uint32_t *to = xreallocarray(NULL, nwords, sizeof(*to));
	const char *s;
	size_t i, n = 0, len;

	free(slots);
	slots = NULL;
	move_counts(rank);
	for (i = 0; i < nwords; i++) {
		to[rank[i].word] = (uint32_t)i;
		list[i] = word_list[rank[i].word];
		s = word_texts + list[i].text;
		list[i].text = (uint32_t)n;
		len = strlen(s) + 1;
		memcpy(texts + n, s, len);
		n += len;
	}
	for (words_shared = 0; words_shared < nwords &&
	    word_counts[IN_TITLES][words_shared] > 1; words_shared++)
		;
	free(word_list);
	free(word_texts);
	free(rank);
	word_list = list;
	word_texts = texts;
	return to;
}

static float
weigh(uint64_t seen, uint64_t total)
{
	float v = logf((float)(total + TITLES_BEFORE) /
	    (float)(seen + WORDS_BEFORE));

	return v > 0 ? v : 0;
}

void
words_weigh(enum word_place place, uint64_t total)
{
	size_t i;

	totals[place] = total;
	for (i = 0; i < WORDS_COMMON; i++)
		word_weights[place][i] = weigh(i, total);
}

float
word_weight_of(uint32_t w, enum word_place place)
{
	float v = weigh(word_seen(w, place), totals[place]);

	return place == IN_TITLES && (word_kind(w) & WORD_STOP) != 0 ?
	    v * STOP_SHARE : v;
}

/*
 * The distance of Damerau and Levenshtein, or more than most.  Further than that
 * from the diagonal (Ukkonen 1985) all is more.
 */
static int
distance(const char *a, size_t na, const char *b, size_t nb, int most)
{
	int row[3][NEAR_MAX + 2], *r, *up, *upper, v, best;
	size_t i, j, off = (size_t)most, from, to;

	for (j = 0; j <= nb && j <= off + 1; j++)
		row[0][j] = (int)j;
	for (i = 1; i <= na; i++) {
		r = row[i % 3];
		up = row[(i + 2) % 3];
		upper = row[(i + 1) % 3];
		from = i > off ? i - off : 1;
		to = i + off < nb ? i + off : nb;
		best = r[from - 1] = from == 1 ? (int)i : most + 1;
		for (j = from; j <= to; j++) {
			v = up[j - 1] + (a[i - 1] != b[j - 1]);
			if (up[j] + 1 < v)
				v = up[j] + 1;
			if (r[j - 1] + 1 < v)
				v = r[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && upper[j - 2] + 1 < v)
				v = upper[j - 2] + 1;
			r[j] = v;
			if (v < best)
				best = v;
		}
		r[to + 1] = most + 1;
		if (best > most)
			return best;
	}
	return row[na % 3][nb];
}

bool
letters_near(const char *a, size_t na, const char *b, size_t nb, int most)
{
	size_t apart = na > nb ? na - nb : nb - na;

	return most > 0 && na <= NEAR_MAX && nb <= NEAR_MAX &&
	    apart <= (size_t)most && distance(a, na, b, nb, most) <= most;
}

/*
 * Two words that are both common are two words, however alike: "hypertension",
 * "hypotension".
 */
bool
word_is_typo(uint32_t a, uint32_t b, enum word_place place)
{
	const struct word *x = &word_list[a], *y = &word_list[b];
	uint32_t few = word_seen(a, place), many = word_seen(b, place), n;
	int most;

	/* the first letter is hardly ever wrong */
	if (x->first != y->first || ((x->kind | y->kind) & WORD_DIGITS) != 0 ||
	    x->number != 0 || y->number != 0 ||
	    x->len < 4 || y->len < 4 || x->len > 32 || y->len > 32)
		return false;
	most = x->len >= 6 && y->len >= 6 ? 2 : 1;
	if (few > many) {
		n = few;
		few = many;
		many = n;
	}
	if ((few > 2 && many < few * 20) ||
	    abs((int)x->len - (int)y->len) > most)
		return false;
	return distance(word_texts + x->text, x->len, word_texts + y->text, y->len, most) <= most;
}

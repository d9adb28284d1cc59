/* title - quotes, broken words, the end and the capitals of a title */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/utf8.h"
#include "normalize/title.h"

#define LONGEST	2000	/* bytes in which words are looked for */
#define COUNT(v)	(sizeof(v) / sizeof((v)[0]))

/* A letter of ASCII or a byte of any other one. */
static bool
is_letter(int c)
{
	return isalpha(c & 0xff) || (c & 0x80) != 0;
}

/* Quotes */

/* The quote at p: its length, 0 if there is none. */
static size_t
quote_length(const char *p, const char *end)
{
	if (*p == '"')
		return 1;
	return end - p > 1 && (*p == '`' || *p == '\'') && p[1] == *p ? 2 : 0;
}

/* The quote that closes the one at p, or NULL where they are no pair. */
static const char *
closing_quote(const char *s, const char *p, const char *end)
{
	size_t n = quote_length(p, end);
	const char *q;

	if (*p != '`' && p > s && !strchr(" ([-/", p[-1]))
		return NULL;
	if (*p != '`' && p + n < end && p[n] == ' ')
		return NULL;
	for (q = p + n; q < end; q++) {
		if (*q == '$')
			return NULL;
		if (quote_length(q, end) == 0)
			continue;
		/* two of ASCII stay as they are */
		if (*q == '`' || (*p == '"' && *q == '"') ||
		    (*p == '\'' && *q == '"') || q == p + n)
			return NULL;
		q += quote_length(q, end);
		return q == end || !is_letter(*q) ?
		    q - (q[-1] == '"' ? 1 : 2) : NULL;
	}
	return NULL;
}

void
title_quotes(struct buf *b, const char *s, size_t n)
{
	const char *from = s, *end = s + n, *p = s, *close;

	while (p < end) {
		n = quote_length(p, end);
		if (n == 0) {
			p++;
			continue;
		}
		if (n == 2 && *p == '\'' && p > s && p + 2 < end &&
		    is_letter(p[-1]) && is_letter(p[2])) {
			/* "d''information" */
			buf_add(b, from, (size_t)(p + 1 - from));
			from = p += 2;
			continue;
		}
		close = closing_quote(s, p, end);
		if (close == NULL) {
			/* the second of a pair of ASCII opens none */
			p += n;
			if (n == 1)
				while (p < end && *p != '"' &&
				    quote_length(p, end) == 0)
					p++;
			if (n == 1 && p < end && *p == '"')
				p++;
			continue;
		}
		buf_add(b, from, (size_t)(p - from));
		buf_adds(b, "“");
		p += n;
		while (p < close && *p == ' ')
			p++;
		n = quote_length(close, end);
		from = close + n;
		while (close > p && close[-1] == ' ')
			close--;
		buf_add(b, p, (size_t)(close - p));
		buf_adds(b, "”");
		p = from;
	}
	buf_add(b, from, (size_t)(end - from));
}

/* Words */

static bool
is_in(const char *const *v, size_t count, const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strlen(v[i]) == n && strncasecmp(v[i], word, n) == 0)
			return true;
	return false;
}

static size_t
word_behind(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && is_letter(p[n]))
		n++;
	return n;
}

static size_t
word_before(const char *s, const char *p)
{
	size_t n = 0;

	while (p - n > s && is_letter(p[-1 - (ptrdiff_t)n]))
		n++;
	return n;
}

/* Whether the word stands in the text, with no letter beside it. */
static bool
has_word(const char *text, const struct buf *word)
{
	const char *p;

	for (p = text; (p = strcasestr(p, word->p)) != NULL; p++)
		if ((p == text || !is_letter(p[-1])) && !is_letter(p[word->len]))
			return true;
	return false;
}

enum hyphen { HYPHEN_UNKNOWN, HYPHEN_GONE, HYPHEN_KEPT };

/*
 * What becomes of the hyphen at p, behind a word of so many bytes and in front
 * of a space and another word, by the words of the title s and the text beside.
 */
static enum hyphen
find_hyphen(const char *s, const char *p, size_t before, size_t behind,
    const char *beside)
{
	/* in front of which a hyphen waits for its word: "pre- and post-" */
	static const char *const conjunctions[] = { "and", "or", "nor", "to",
	    "vs", "versus", "und", "oder", "bis", "sowie", "bzw", "et", "ou",
	    "y", "o", "e" };
	static struct buf whole, hyphened;
	bool gone, kept;

	if (is_in(conjunctions, COUNT(conjunctions), p + 2, behind))
		return HYPHEN_UNKNOWN;
	buf_reset(&whole);
	buf_add(&whole, p - before, before);
	buf_add(&whole, p + 2, behind);
	buf_reset(&hyphened);
	buf_add(&hyphened, p - before, before + 1);
	buf_add(&hyphened, p + 2, behind);
	gone = has_word(s, &whole) || has_word(beside, &whole);
	kept = has_word(s, &hyphened) || has_word(beside, &hyphened);
	if (gone == kept)
		return HYPHEN_UNKNOWN;
	if (kept)
		return HYPHEN_KEPT;
	/* no word has a capital inside */
	return islower((unsigned char)p[-1]) && isupper((unsigned char)p[2]) ?
	    HYPHEN_UNKNOWN : HYPHEN_GONE;
}

void
title_words(struct buf *b, const char *s, size_t n, const char *beside)
{
	const char *end = s + n, *p = s, *from = s;
	size_t before, behind;
	enum hyphen hyphen;

	while (n <= LONGEST &&
	    (p = memmem(p, (size_t)(end - p), "- ", 2)) != NULL) {
		before = word_before(s, p);
		behind = word_behind(p + 2, end);
		hyphen = before == 0 || behind == 0 ? HYPHEN_UNKNOWN :
		    find_hyphen(s, p, before, behind, beside);
		if (hyphen != HYPHEN_UNKNOWN) {
			buf_add(b, from, (size_t)(p - from));
			if (hyphen == HYPHEN_KEPT)
				buf_addc(b, '-');
			from = p + 2;
		}
		p += 2;
	}
	buf_add(b, from, (size_t)(end - from));
}

/* The end */

static const char *const footnotes[] = { "*", "∗", "†", "‡", "§" };

/* The footnote mark at the end: its length, 0 if there is none. */
static size_t
mark_length(const char *s, size_t n)
{
	size_t i, len;

	for (i = 0; i < COUNT(footnotes); i++) {
		len = strlen(footnotes[i]);
		if (n > len && memcmp(s + n - len, footnotes[i], len) == 0)
			return len;
	}
	return 0;
}

/* How long the word of small letters at the end is, its first one any. */
static size_t
last_word(const char *s, size_t n)
{
	size_t len = 0;

	while (len < n && is_letter(s[n - 1 - len])) {
		len++;
		if (isupper((unsigned char)s[n - len]))
			break;
	}
	return len == n || !is_letter(s[n - len - 1]) ? len : 0;
}

/* Whether parentheses that end the text hold a word. */
static bool
ends_with_remark(const char *s, size_t n)
{
	size_t len, small = 0;

	for (len = 1; len < n && s[n - len - 1] != '('; len++) {
		small = islower((unsigned char)s[n - len - 1]) ? small + 1 : 0;
		if (small >= 4)
			return true;
	}
	return false;
}

/*
 * Whether a mark behind the text is one of a footnote: not part of the name of
 * an algorithm ("A*", "Theta*"), an operator on a set, or the only word of a
 * part of the title ("A case study: Educe*").
 */
static bool
takes_footnote(const char *s, size_t n, bool star)
{
	static const char *const greek[] = { "alpha", "beta", "gamma", "delta",
	    "epsilon", "zeta", "theta", "iota", "kappa", "lambda", "omicron",
	    "sigma", "upsilon", "omega" };
	size_t len;

	if (s[n - 1] == ')')
		return ends_with_remark(s, n);
	len = last_word(s, n);
	if (len < (star ? 4 : 2) || len + 2 > n ||
	    is_in(greek, COUNT(greek), s + n - len, len))
		return false;
	n -= len + 1;
	return n > 0 && strchr(" -/", s[n]) != NULL && s[n - 1] != ':';
}

static size_t
without_footnote(const char *s, size_t n)
{
	size_t rest = n, len;
	bool star = true;

	for (; (len = mark_length(s, rest)) > 0; rest -= len)
		star = s[rest - len] == '*' ||
		    memcmp(s + rest - len, "∗", 3) == 0;
	if (rest == n)
		return n;
	if (rest > 1 && s[rest - 1] == '^')
		rest--;
	while (rest > 1 && s[rest - 1] == ' ')
		rest--;
	return takes_footnote(s, rest, star) ? rest : n;
}

/* Whether a full stop behind the text ends it and no abbreviation. */
static bool
takes_stop(const char *s, size_t n)
{
	static const char *const abbreviations[] = { "bros", "conf", "corp",
	    "dept", "proc", "suppl", "symp", "univ" };
	size_t len = 0;

	if (strchr(")]\"'", s[n - 1]) != NULL ||
	    (n > 3 && (memcmp(s + n - 3, "”", 3) == 0 ||
	    memcmp(s + n - 3, "’", 3) == 0)))
		return true;
	while (len < n && (is_letter(s[n - 1 - len]) ||
	    isdigit((unsigned char)s[n - 1 - len])))
		len++;
	/* "the U.S.", "and J.-P. Serre et al." */
	if (len < 4 || (len < n && s[n - 1 - len] == '.'))
		return false;
	return !is_in(abbreviations, COUNT(abbreviations), s + n - len, len);
}

size_t
title_length(const char *s, size_t n)
{
	size_t before;

	do {
		before = n;
		while (n > 1 && strchr(" ,", s[n - 1]) != NULL)
			n--;
		if (n > 1 && s[n - 1] == '.' && takes_stop(s, n - 1))
			n--;
		n = without_footnote(s, n);
	} while (n < before);
	return n;
}

/* Capitals */

bool
title_is_shouted(const char *s, size_t n)
{
	const char *end = s + n;
	size_t letters = 0, words = 0, run = 0;
	int32_t c;

	while (s < end) {
		c = utf8_next(&s);
		if (c < 0x80 ? islower((int)c) : utf8proc_islower(c))
			return false;
		if (c < 0x80 ? isupper((int)c) : utf8proc_isupper(c)) {
			letters++;
			words += ++run == 2;
		} else if (c == ' ')
			run = 0;
	}
	return words >= 3 && letters >= 12;
}

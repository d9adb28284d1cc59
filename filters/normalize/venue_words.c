/* venue_words - the names of venues as words, and words that say nothing */
#include <string.h>

#include "lib/buf.h"
#include "lib/text.h"
#include "normalize/venue_parts.h"

static bool
is_one_of(const char *w, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, w) == 0)
			return true;
	return false;
}

static bool
is_digits(const char *w)
{
	return *w != '\0' && w[strspn(w, "0123456789")] == '\0';
}

bool
words_is_year(const char *w)
{
	return is_digits(w) && strlen(w) == 4 &&
	    (strncmp(w, "19", 2) == 0 || strncmp(w, "20", 2) == 0);
}

bool
words_is_ordinal(const char *w)
{
	static const char *const ordinals[] = { "first", "second", "third",
	    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
	    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
	    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
	    "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth",
	    "twenty", "thirty", "forty", "fifty", "sixty", NULL };
	static const char *const ends[] = { "st", "nd", "rd", "th", "e", "er",
	    "eme", NULL };
	size_t n = strspn(w, "0123456789");

	return n > 0 ? is_one_of(w + n, ends) : is_one_of(w, ordinals);
}

bool
words_is_number(const char *w)
{
	return is_digits(w) || (*w != '\0' && w[strspn(w, "ivx")] == '\0');
}

/* "icml2019": the letters, without the year that is glued to them, or 0. */
static size_t
letters_of(const char *w, size_t n)
{
	size_t i;

	if (n < 6 || (memcmp(w + n - 4, "19", 2) != 0 &&
	    memcmp(w + n - 4, "20", 2) != 0))
		return 0;
	for (i = 0; i < n; i++)
		if (i < n - 4 ? w[i] >= '0' && w[i] <= '9' :
		    w[i] < '0' || w[i] > '9')
			return 0;
	return n - 4;
}

/* Part years from the words to which they are glued. */
static void
part_years(struct buf *b)
{
	static struct buf parted;
	const char *w;
	size_t n, m;

	if (strpbrk(b->p, "0123456789") == NULL)
		return;
	buf_reset(&parted);
	for (w = b->p; *w != '\0'; w += n + (w[n] == ' ')) {
		n = strcspn(w, " ");
		if (parted.len > 0)
			buf_addc(&parted, ' ');
		if ((m = letters_of(w, n)) > 0) {
			buf_add(&parted, w, m);
			buf_addc(&parted, ' ');
		}
		buf_add(&parted, w + m, n - m);
	}
	buf_reset(b);
	buf_add(b, parted.p, parted.len);
}

void
words_of(struct words *v, const char *s, size_t n)
{
	static struct buf folded;
	char *p, *end;

	v->n = 0;
	buf_reset(&folded);
	text_fold(&folded, s, n, ' ');
	if (folded.len == 0)
		return;
	part_years(&folded);
	if (folded.len >= sizeof(v->text))
		return;
	memcpy(v->text, folded.p, folded.len + 1);
	for (p = v->text; p != NULL; p = end) {
		if (v->n == VENUE_WORDS) {
			v->n = 0;
			return;
		}
		v->w[v->n++] = p;
		if ((end = strchr(p, ' ')) != NULL)
			*end++ = '\0';
	}
}

void
words_join(const struct words *v, size_t from, size_t to, struct buf *b)
{
	size_t i;

	buf_reset(b);
	for (i = from; i < to; i++) {
		if (i > from)
			buf_addc(b, ' ');
		buf_adds(b, v->w[i]);
	}
}

void
words_drop_front(struct words *v, size_t n)
{
	memmove(v->w, v->w + n, (v->n - n) * sizeof(v->w[0]));
	v->n -= n;
}

void
words_drop_which(struct words *v)
{
	size_t i, n = 0;

	for (i = 0; i < v->n; i++)
		if (!words_is_year(v->w[i]) && !words_is_ordinal(v->w[i]) &&
		    strcmp(v->w[i], "annual") != 0)
			v->w[n++] = v->w[i];
	v->n = n;
}

void
words_key(struct buf *b, const char *s, size_t n)
{
	struct words v;

	words_of(&v, s, n);
	words_drop_which(&v);
	words_join(&v, 0, v.n, b);
	/* nothing but a year, or too long to be looked up */
	if (b->len == 0)
		buf_add(b, s, n);
}

/* How many words from the first on are those of the phrase, or 0. */
static size_t
phrase_length(const struct words *v, const char *phrase)
{
	size_t i, n;

	for (i = 0; i + 1 < v->n; i++) {
		n = strlen(v->w[i]);
		if (strncmp(phrase, v->w[i], n) != 0)
			return 0;
		if (phrase[n] == '\0')
			return i + 1;
		if (phrase[n] != ' ')
			return 0;
		phrase += n + 1;
	}
	return 0;
}

size_t
words_lead(const struct words *v)
{
	static const char *const phrases[] = { "in press", "to appear",
	    "to be published", "to be presented", "presented",
	    "accepted for publication", "accepted for presentation",
	    "accepted", "published", "submitted", "rejected", "withdrawn",
	    "under review", "under submission", "in submission",
	    "decision pending", "forthcoming", "as a conference paper",
	    "as a workshop paper", "as a journal paper", "as a poster", NULL };
	static const char *const next[] = { "in", "at", "to", "by", "for",
	    "from", NULL };
	const char *const *p;
	size_t n;

	for (p = phrases; *p != NULL; p++) {
		if ((n = phrase_length(v, *p)) == 0)
			continue;
		if (is_one_of(v->w[n], next))
			return n + 1;
		if (p == phrases || strcmp(v->w[n], "as") == 0)
			return n;
	}
	return 0;
}

bool
words_drop_lead(struct words *v)
{
	static const char *const lead[] = { "in", "the", "of", "submitted",
	    "accepted", "rejected", "published", "to", "by", "at", "a",
	    "associated", "with", "for", "de", "la", NULL };
	static const char *const proceedings[] = { "proceedings", "proceeding",
	    "proc", "procs", "actes", NULL };
	bool told = false;
	size_t n;

	while (v->n > 1) {
		if ((n = words_lead(v)) == 0 && (is_one_of(v->w[0], lead) ||
		    is_one_of(v->w[0], proceedings)))
			n = 1;
		if (n == 0)
			break;
		told |= is_one_of(v->w[0], proceedings);
		words_drop_front(v, n);
	}
	return told;
}

void
words_drop_decision(struct words *v)
{
	static const char *const decision[] = { "poster", "oral", "spotlight",
	    "oralposter", "talk", "submitted", "submission", "submissions",
	    "withdrawn", "rejected", "reject", "desk", "conditionalposter",
	    "conditionaloral", "notable", "top", "accepted", "accept",
	    "posters", "orals", "presentation", "long", "short", "papers",
	    "paper", "main", "track", "blind", "under", "review", NULL };

	while (v->n > 1 && (is_one_of(v->w[v->n - 1], decision) ||
	    is_digits(v->w[v->n - 1])))
		v->n--;
}

void
words_drop_numbers(struct words *v)
{
	static const char *const volumes[] = { "volume", "vol", "part", NULL };

	while (v->n > 1 && (words_is_number(v->w[v->n - 1]) ||
	    is_one_of(v->w[v->n - 1], volumes)))
		v->n--;
}

void
words_drop_stops(struct words *v, size_t from)
{
	static const char *const stops[] = { "of", "on", "and", "the", "in",
	    "for", "a", "an", "to", "with", "de", "la", "des", "et", "der",
	    "und", "fur", "zur", NULL };
	size_t i, n = from;

	for (i = from; i < v->n; i++)
		if (!is_one_of(v->w[i], stops))
			v->w[n++] = v->w[i];
	v->n = n;
}

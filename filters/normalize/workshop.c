/* workshop - workshops, which are too many for a vocabulary, by their names */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "normalize/venue_parts.h"
#include "normalize/workshop_parts.h"

/* Where the token that holds the word is, or count. */
static size_t
find_workshop(const struct tokens *k)
{
	struct words v;
	size_t i;

	for (i = 0; i < k->count; i++) {
		tokens_words(k, i, i + 1, &v);
		if (words_have_workshop(&v))
			break;
	}
	return i;
}

static bool
is_roman(const char *s, size_t n)
{
	return strspn(s, "IVX") >= n;
}

/* Whether the token is a year, an ordinal or the like, and nothing else. */
static bool
is_which(const struct tokens *k, size_t i)
{
	struct words v;
	size_t had;

	tokens_words(k, i, i + 1, &v);
	had = v.n;
	words_drop_which(&v);
	return had > 0 && v.n == 0;
}

/* "In the Proceedings of the Fourth", "IV", "First edition of the" */
static void
drop_lead(struct tokens *k)
{
	static const char *const lead[] = { "in", "the", "of", "a", "an",
	    "proceedings", "proceeding", "proc", "edition", "actes" };
	struct words v;
	size_t i;

	while (k->count > 0) {
		tokens_words(k, 0, k->count, &v);
		/* each token of such words is one */
		if ((i = words_lead(&v)) > 0 && i < k->count) {
			tokens_drop(k, 0, i);
			continue;
		}
		tokens_words(k, 0, 1, &v);
		for (i = 0; i < sizeof(lead) / sizeof(lead[0]); i++)
			if (v.n == 1 && strcmp(v.w[0], lead[i]) == 0)
				break;
		if (v.n > 0 && i == sizeof(lead) / sizeof(lead[0]) &&
		    !is_which(k, 0) &&
		    !(find_workshop(k) == 1 && is_roman(k->t[0], k->n[0])))
			return;
		tokens_drop(k, 0, 1);
	}
}

static size_t
conference(const struct words *v)
{
	const char *track = NULL;
	struct buf b = { 0 };
	size_t row;

	words_join(v, 0, v->n, &b);
	row = b.len > 0 ? venue_resolve(b.p, b.len, &track) : 0;
	buf_free(&b);
	return row != 0 && vocabulary_is(row, "conference") ? row : 0;
}

/*
 * "EMNLP 2014 Workshop on ...": take off the conference beside which it is;
 * returns its row.
 */
static size_t
drop_host(struct tokens *k)
{
	size_t at = find_workshop(k), n, row;
	struct words v;

	for (n = at < k->count ? at : 0; n > 0; n--) {
		tokens_words(k, 0, n, &v);
		words_drop_which(&v);
		if (v.n > 0 && v.n <= 4 && (row = conference(&v)) != 0) {
			tokens_drop(k, 0, n);
			return row;
		}
	}
	return 0;
}

/*
 * Cut the text where it goes on about when and where it was; returns the row
 * of the conference beside which that was, or 0.
 */
static size_t
cut_place(struct buf *b)
{
	static const char *const places[] = { " held ", " co-located",
	    " collocated", " colocated", " in conjunction ", " associated with",
	    " and shared task", ", with a shared task", " with shared task",
	    " and the shared task", " - short papers", " - long papers" };
	static const char *const near[] = { "@", " at ", " within ", " of ",
	    ", " };
	const char *track = NULL, *rest;
	size_t i, row, host = 0;
	char *p;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if ((p = strcasestr(b->p, places[i])) != NULL) {
			*p = '\0';
			b->len = (size_t)(p - b->p);
		}
	for (i = 0; i < sizeof(near) / sizeof(near[0]); i++)
		for (p = b->p; (p = strstr(p, near[i])) != NULL; p++) {
			rest = p + strlen(near[i]);
			row = venue_resolve(rest, strlen(rest), &track);
			if (row != 0 && vocabulary_is(row, "conference"))
				host = row;
			else if (*p != '@')
				continue;
			*p = '\0';
			b->len = (size_t)(p - b->p);
			break;
		}
	return host;
}

/* How many words say more than that it is a workshop. */
static size_t
count_meaning(const struct words *v)
{
	static const char *const empty[] = { "workshop", "workshops",
	    "international", "joint", "national", "proceedings", "main" };
	struct words u = *v;
	size_t i, j, n = 0;

	words_drop_stops(&u, 0);
	for (i = 0; i < u.n; i++) {
		/* "Ph.D." */
		if (u.w[i][1] == '\0')
			continue;
		for (j = 0; j < sizeof(empty) / sizeof(empty[0]); j++)
			if (strcmp(u.w[i], empty[j]) == 0)
				break;
		n += j == sizeof(empty) / sizeof(empty[0]);
	}
	return n;
}

/*
 * "W-NUT: The 4th Workshop on ...", "SSST-8, Eighth Workshop on ...": what is
 * in front is the short name; of a longer title of the volume nothing stays.
 */
static void
take_front(struct tokens *k, struct buf *acronym)
{
	size_t at = find_workshop(k), i;
	struct tokens front;
	struct words v;
	bool dash;
	char mark;

	for (i = 0; i < at && at < k->count; i++) {
		mark = k->t[i][k->n[i] - 1];
		dash = k->n[i] == 1 && mark == '-' && (i == 1 ||
		    (i == 2 && is_roman(k->t[1], k->n[1])));
		if (mark != ':' && (mark != ',' || i > 0) && !dash)
			continue;
		if (acronym->len == 0 && (i == 0 || dash)) {
			acronym_set(acronym, k->t[0], k->n[0]);
			if (!acronym_is(acronym, false))
				buf_reset(acronym);
		}
		front = *k;
		tokens_drop(k, 0, i + 1);
		drop_lead(k);
		tokens_words(k, 0, k->count, &v);
		/* "Speech and Natural Language: Proceedings of a Workshop" */
		if (count_meaning(&v) == 0 && acronym->len == 0) {
			*k = front;
			k->count = i + 1;
		}
		return;
	}
}

/*
 * "Workshop: ...", "Workshop W-NUT: ...", "Workshop CDNNRIA": the name is
 * behind.
 */
static void
take_back(struct tokens *k, struct buf *acronym)
{
	bool colon;

	if (find_workshop(k) != 0 || k->count < 2)
		return;
	if (k->t[0][k->n[0] - 1] == ':') {
		tokens_drop(k, 0, 1);
		return;
	}
	colon = k->t[1][k->n[1] - 1] == ':';
	if (!colon && k->count > 2)
		return;
	if (acronym->len == 0)
		acronym_set(acronym, k->t[1], k->n[1]);
	if (!acronym_is(acronym, false)) {
		buf_reset(acronym);
		return;
	}
	if (!colon)
		return;
	tokens_drop(k, 0, 1);
	/* behind the colon may be the whole name */
	if (find_workshop(k) < k->count) {
		tokens_drop(k, 0, 1);
		drop_lead(k);
	}
}

/* "5th Workshop on X: 5th Workshop on X": take the second one off. */
static void
drop_repeated(struct tokens *k)
{
	static struct buf a, b;
	struct words v;
	size_t i;

	for (i = 1; i < k->count; i++) {
		if (k->t[i - 1][k->n[i - 1] - 1] != ':')
			continue;
		tokens_words(k, 0, i, &v);
		words_drop_which(&v);
		words_join(&v, 0, v.n, &a);
		tokens_words(k, i, k->count, &v);
		words_drop_which(&v);
		words_join(&v, 0, v.n, &b);
		if (a.len > 0 && a.len == b.len && strcmp(a.p, b.p) == 0)
			k->count = i;
	}
}

/* What the volume holds. */
static bool
is_content(const struct words *v)
{
	static const char *const contents[] = { "volume", "vol", "submission",
	    "submissions", "poster", "posters", "oral", "paper", "papers",
	    "track", "proceedings" };
	size_t i;

	for (i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
		if (strcmp(v->w[0], contents[i]) == 0)
			return true;
	return false;
}

/* Years, volumes and what is cut by a comma in front of a date, at the end. */
static void
drop_tail(struct tokens *k)
{
	size_t at = find_workshop(k), i, j;
	struct words v;

	for (i = at; i + 1 < k->count; i++)
		if (k->t[i][k->n[i] - 1] == ',') {
			tokens_words(k, i + 1, i + 2, &v);
			for (j = i + 1; j < k->count; j++)
				if (is_which(k, j) ||
				    isdigit((unsigned char)k->t[j][0]))
					break;
			/* no further comma up to the date */
			if (j < k->count && j <= i + 3)
				k->count = i + 1;
		}
	while (k->count > 1) {
		tokens_words(k, k->count - 1, k->count, &v);
		if (v.n > 0 && !is_which(k, k->count - 1) &&
		    !words_is_number(v.w[0]) && !is_content(&v))
			break;
		k->count--;
	}
	for (i = 0; i < k->count; i++) {
		tokens_words(k, i, i + 1, &v);
		if (v.n == 1 && words_is_year(v.w[0]))
			tokens_drop(k, i--, 1);
	}
}

/* Whether a word that means something is in both. */
static bool
have_common(const struct words *v, size_t row)
{
	const char *name = vocabulary_full_name(row);
	struct words u = *v, w;
	size_t i, j;

	words_of(&w, name, strlen(name));
	words_drop_stops(&u, 0);
	words_drop_stops(&w, 0);
	for (i = 0; i < u.n; i++)
		for (j = 0; j < w.n; j++)
			if (strncmp(u.w[i], "workshop", 8) != 0 &&
			    strcmp(u.w[i], w.w[j]) == 0)
				return true;
	return false;
}

static size_t
find(const struct buf *acronym, const struct buf *name)
{
	const char *track = NULL;
	struct words v, short_name;
	size_t row;

	words_of(&v, name->p, name->len);
	if (acronym->len > 0) {
		words_of(&short_name, acronym->p, acronym->len);
		row = vocabulary_name(&short_name);
		if (row != 0 && vocabulary_is(row, "workshop") &&
		    have_common(&v, row))
			return row;
	}
	if (!words_have_workshop(&v))
		return 0;
	row = venue_resolve(name->p, name->len, &track);
	return row != 0 && !vocabulary_is(row, "journal") ? row : 0;
}

bool
workshop_resolve(const char *s, size_t *row, struct buf *venue,
    struct buf *name)
{
	static struct buf text, acronym;
	struct tokens k;
	struct words v;
	size_t host, at, n;
	char *p;

	*row = 0;
	buf_reset(&text);
	buf_adds(&text, s);
	/* NIPS.cc/2018/Workshop/CDNNRIA */
	if (strchr(s, ' ') == NULL)
		for (p = text.p; *p != '\0'; p++)
			if (*p == '/' || *p == '_')
				*p = ' ';
	at = cut_place(&text);
	acronym_take(&text, &acronym);
	tokens_split(&k, text.p);
	drop_lead(&k);
	host = drop_host(&k);
	host = host != 0 ? host : at;
	drop_lead(&k);
	take_front(&k, &acronym);
	take_back(&k, &acronym);
	drop_tail(&k);
	drop_repeated(&k);
	tokens_join(&k, name);
	if (strncmp(name->p, "workshop", 8) == 0)
		name->p[0] = 'W';
	words_of(&v, name->p, name->len);
	n = count_meaning(&v);
	if (n == 0) {
		if (host == 0 || acronym.len > 0)
			return false;
		buf_reset(venue);
		buf_addf(venue, "%s Workshops", vocabulary_venue(host));
		buf_reset(name);
		buf_addf(name, "%s Workshops", vocabulary_full_name(host));
		words_of(&v, venue->p, venue->len);
		*row = vocabulary_name(&v);
		return true;
	}
	if ((*row = find(&acronym, name)) != 0)
		return true;
	/* "EDBT PhD Workshop": there are others of that name */
	if (n == 1 && host != 0 && acronym.len == 0) {
		buf_reset(venue);
		buf_addf(venue, "%s %s", vocabulary_venue(host), name->p);
		buf_reset(name);
		buf_add(name, venue->p, venue->len);
		return true;
	}
	buf_reset(venue);
	words_of(&v, acronym.p, acronym.len);
	if (acronym.len > 0 && vocabulary_name(&v) == 0)
		buf_add(venue, acronym.p, acronym.len);
	else
		buf_add(venue, name->p, name->len);
	return true;
}

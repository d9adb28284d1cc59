/* venue_text - which row of the vocabulary a text names, by rules */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
#include "normalize/venue_parts.h"

static size_t
look_up(const struct words *v, bool proceedings)
{
	size_t row = vocabulary_name(v);

	if (row == 0)
		row = vocabulary_full(v);
	/* "Proceedings of Machine Learning" are not the journal's */
	if (row != 0 && proceedings && vocabulary_is(row, "journal") &&
	    strncmp(vocabulary_full_name(row), "Proceedings", 11) != 0)
		return 0;
	return row;
}

static void
cut_tracks(struct words *v, const char **track)
{
	const char *t;

	while ((t = track_cut(v)) != NULL)
		if (*t != '\0' && (*track == NULL ||
		    strcmp(*track, "main") == 0))
			*track = t;
}

/*
 * Look words up as they are, then without what the vocabulary does not hold, a
 * little more each time.
 */
static size_t
find_words(struct words *v, const char **track)
{
	const char *t = NULL;
	bool proceedings;
	size_t row;

	row = look_up(v, false);
	if (row == 0) {
		words_drop_which(v);
		row = look_up(v, false);
	}
	if (row != 0) {
		/* "Findings of the ACL", "NAACL Short Papers" */
		if ((t = track_find(v)) != NULL)
			*track = t;
		return row;
	}
	proceedings = words_drop_lead(v);
	if ((row = look_up(v, proceedings)) != 0)
		return row;
	cut_tracks(v, &t);
	proceedings |= words_drop_lead(v);
	if ((row = look_up(v, proceedings)) == 0) {
		words_drop_decision(v);
		cut_tracks(v, &t);
		row = look_up(v, proceedings);
	}
	if (row == 0) {
		words_drop_numbers(v);
		row = look_up(v, proceedings);
	}
	if (row == 0 && v->n > 1 && strcmp(v->w[v->n - 1], "conference") == 0) {
		v->n--;
		row = look_up(v, true);
	}
	if (t != NULL)
		*track = t;
	return row;
}

static bool
is_conference(size_t row)
{
	return row != 0 && vocabulary_is(row, "conference");
}

/* "X and the Y": the first of two conferences that met as one. */
static size_t
find_joint(const struct words *v)
{
	const char *track = NULL;
	struct words head, tail;
	size_t i, row;

	for (i = 1; i < v->n; i++) {
		if (strcmp(v->w[i], "and") != 0 || i + 1 == v->n)
			continue;
		head = tail = *v;
		head.n = i;
		words_drop_front(&tail, i + 1);
		row = find_words(&head, &track);
		if (is_conference(row) &&
		    is_conference(find_words(&tail, &track)))
			return row;
	}
	return 0;
}

static size_t
find(const char *s, size_t n, const char **track)
{
	struct words v, u;
	size_t row;

	words_of(&v, s, n);
	u = v;
	if ((row = find_words(&u, track)) == 0 && u.n > 1)
		row = find_joint(&u);
	return row;
}

/* What stands beside a conference is not the conference. */
static bool
is_beside(const char *s, size_t n)
{
	static const char *const beside[] = { "workshop", "workshops",
	    "companion", "abstract", "abstracts", "adjunct", "supplement" };
	struct words v;
	size_t i, j, had;

	words_of(&v, s, n);
	had = v.n;
	track_take_out(&v);
	if (memchr(s, '@', n) != NULL)
		return true;
	/* that holds a track: "Companion Volume: Short Papers" */
	if (had > v.n && v.n == 2 && strcmp(v.w[0], "companion") == 0 &&
	    strcmp(v.w[1], "volume") == 0)
		return false;
	for (i = 0; i < v.n; i++)
		for (j = 0; j < sizeof(beside) / sizeof(beside[0]); j++)
			if (strcmp(v.w[i], beside[j]) == 0)
				return true;
	return false;
}

static void
find_track(const char *s, size_t n, const char **track)
{
	struct words v;
	const char *t;

	words_of(&v, s, n);
	if ((t = track_find(&v)) != NULL)
		*track = t;
}

/* The text without what is in parentheses, which goes to the other buffer. */
static void
take_parentheses(const char *s, size_t n, struct buf *text, struct buf *inside)
{
	size_t depth = 0, i;

	for (i = 0; i < n; i++) {
		/* none inside a word */
		if ((s[i] == '(' || s[i] == '[') &&
		    (i == 0 || depth > 0 || s[i - 1] == ' ')) {
			depth++;
			buf_addc(inside, ' ');
		} else if ((s[i] == ')' || s[i] == ']') && depth > 0)
			depth--;
		else
			buf_addc(depth > 0 ? inside : text, s[i]);
	}
	while (text->len > 0 && strchr(" .,", text->p[text->len - 1]) != NULL)
		text->p[--text->len] = '\0';
}

/* "Computer Vision, 2015 IEEE International Conference on" */
static size_t
find_turned(const struct buf *text, const char **track)
{
	static const char end[] = " on";
	static struct buf b;
	const char *comma = text->len > 0 ? strrchr(text->p, ',') : NULL;

	if (comma == NULL || text->len < strlen(end) ||
	    strcmp(text->p + text->len - strlen(end), end) != 0)
		return 0;
	buf_reset(&b);
	buf_addf(&b, "%s %.*s", comma + 1, (int)(comma - text->p), text->p);
	return find(b.p, b.len, track);
}

/* Whether it begins with words for a volume, or is that of a track. */
static bool
is_part(const char *s, size_t n)
{
	static const char *const parts[] = { "volume", "vol", "number", "no",
	    "part", "issue", "special", "articles", "companion" };
	struct words v;
	size_t i;

	words_of(&v, s, n);
	for (i = 0; v.n > 0 && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(v.w[0], parts[i]) == 0)
			return true;
	if (v.n > 0 && strcmp(v.w[v.n - 1], "track") == 0)
		return true;
	track_take_out(&v);
	return v.n == 0;
}

/* Where a year begins in the text, or its end. */
static size_t
year_at(const char *s)
{
	size_t i, n;

	for (i = 0; s[i] != '\0'; i += n > 0 ? n : 1) {
		n = strspn(s + i, "0123456789");
		if (n == 4 && (strncmp(s + i, "19", 2) == 0 ||
		    strncmp(s + i, "20", 2) == 0))
			break;
	}
	return i;
}

/* Whether the text ends with a word of capitals that is the name of the row. */
static bool
ends_with_acronym(const char *s, const char *end, size_t row)
{
	const char *w;
	struct words v;

	while (end > s && end[-1] == ' ')
		end--;
	for (w = end; w > s && isupper((unsigned char)w[-1]); w--)
		;
	if (end - w < 2 || (w > s && w[-1] != ' '))
		return false;
	words_of(&v, w, (size_t)(end - w));
	return vocabulary_name(&v) == row;
}

/*
 * Whether what is behind a comma is no part of the name: it stands behind a
 * year, or leads to one, or is the short name or stands behind it.
 * "Conference on X, Y and Z" is another than that on X.
 */
static bool
is_detail(const char *head, const char *comma, const char *tail, size_t row)
{
	const char *track = NULL;
	struct words v;
	size_t i, n = year_at(tail);

	if (comma - head > 4 && year_at(comma - 4) == 0)
		return true;
	if (ends_with_acronym(head, comma, row))
		return true;
	if (find(tail, strcspn(tail, ",;:"), &track) == row)
		return true;
	words_of(&v, tail, n);
	for (i = 0; i < v.n && strcmp(v.w[i], "and") != 0; i++)
		;
	return tail[n] != '\0' && i == v.n && strchr(tail, '&') == NULL;
}

/* Whether the text in parentheses is another name of the row. */
static bool
is_same(const struct buf *inside, size_t row)
{
	const char *track = NULL;

	return inside->len > 0 && find(inside->p, inside->len, &track) == row;
}

/*
 * "Full Name, SHORT 2019, Place, Date", "SHORT 2019: Full Name", "Full Name -
 * Volume 1": the part in front.
 */
static size_t
find_cut(const struct buf *text, const struct buf *inside, const char **track)
{
	static const char *const marks[] = { ":", ",", " - ", " – ", ";", ". ",
	    " at ", " Proceedings of " };
	const char *cut, *other = NULL;
	size_t i, row, n;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		cut = text->len > 0 ? strstr(text->p, marks[i]) : NULL;
		if (cut == NULL || cut == text->p)
			continue;
		row = find(text->p, (size_t)(cut - text->p), track);
		n = strlen(marks[i]);
		if (marks[i][1] == 'a' && find(cut + n, strlen(cut + n),
		    &other) == 0)
			continue;
		/* "UIST '13 Proceedings of the 26th ..." */
		if (marks[i][1] == 'P' && find(cut + n, strlen(cut + n),
		    &other) != row)
			continue;
		if (row == 0 || is_beside(cut + n, strlen(cut + n)))
			continue;
		/* journals have names that are fields of study */
		if (!is_part(cut + n, strcspn(cut + n, ",:;")) &&
		    (vocabulary_is(row, "journal") || marks[i][0] == '.' ||
		    (marks[i][0] == ',' && !is_same(inside, row) &&
		    !is_detail(text->p, cut, cut + n, row))))
			continue;
		find_track(cut + n, strlen(cut + n), track);
		return row;
	}
	return 0;
}

/* "BlackboxNLP@EMNLP": the workshop beside a conference. */
static size_t
find_beside(const char *s, size_t n, const char *at)
{
	const char *track = NULL;
	size_t row = find(s, (size_t)(at - s), &track);

	return row != 0 && vocabulary_is(row, "workshop") &&
	    is_conference(find(at + 1, n - (size_t)(at + 1 - s), &track)) ?
	    row : 0;
}

size_t
venue_resolve(const char *s, size_t n, const char **track)
{
	static struct buf text, inside;
	const char *at = memchr(s, '@', n);
	size_t row = find(s, n, track);

	if (row != 0)
		return row;
	if (at != NULL)
		return find_beside(s, n, at);
	buf_reset(&text);
	buf_reset(&inside);
	take_parentheses(s, n, &text, &inside);
	if (inside.len > 0 && is_beside(inside.p, inside.len))
		return 0;
	if (inside.len > 0 && text.len > 0) {
		row = find(text.p, text.len, track);
		/* "Machine Learning (ICML 2005)" */
		if (row != 0 && vocabulary_is(row, "journal") &&
		    inside.p[strcspn(inside.p, "0123456789")] != '\0')
			row = 0;
	}
	if (row == 0)
		row = find_turned(&text, track);
	if (row == 0)
		row = find_cut(&text, &inside, track);
	/* "(Tutorials, Posters & Panels)" */
	if (row != 0 && inside.len > 0 && strpbrk(inside.p, "/&,") == NULL)
		find_track(inside.p, inside.len, track);
	return row;
}

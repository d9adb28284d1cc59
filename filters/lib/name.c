/* name - how lists of personal names are written */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"

enum separator { COMMA, AND, COMMA_AND };

struct piece {
	const char	*s;
	size_t		 n;
	enum separator	 before;
	size_t		 span;		/* with the suffixes behind it */
};

static inline bool
is_space(char c)
{
	static const bool spaces[256] = { [' '] = true, ['\t'] = true,
	    ['\r'] = true, ['\n'] = true, ['\0'] = true };

	return spaces[(unsigned char)c];
}

#define LONGEST	6	/* bytes of a word in the lists below, at most */

/* Whether the word is one of a list of words between spaces. */
static bool
one_of(const char *list, const char *s, size_t n)
{
	const char *p;
	size_t len;

	if (n > LONGEST)
		return false;
	for (p = list; *p != '\0'; p += len + (p[len] == ' ')) {
		for (len = 0; p[len] != ' ' && p[len] != '\0'; len++)
			;
		if (len == n && strncasecmp(p, s, n) == 0)
			return true;
	}
	return false;
}

bool
name_is_suffix(const char *s, size_t n)
{
	if (n > 0 && s[n - 1] == '.')
		n--;
	return one_of("jr sr ii iii iv 2nd 3rd phd ph.d md m.d esq", s, n);
}

bool
name_is_no_initials(const char *s, size_t n)
{
	return name_is_suffix(s, n) && (n < 2 || isdigit((unsigned char)*s) ||
	    *s == 'I' || islower((unsigned char)s[1]));
}

bool
name_is_particle(const char *s, size_t n)
{
	return one_of("van von vom zum zur der den de del della dela di da dos "
	    "das do du la le lo el al ben bin ibn ter ten te af av st san "
	    "d' l'", s, n);
}

static inline void
trim(struct piece *p)
{
	while (p->n > 0 && is_space(p->s[0])) {
		p->s++;
		p->n--;
	}
	while (p->n > 0 && is_space(p->s[p->n - 1]))
		p->n--;
}

static size_t
word_length(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && !is_space(*p))
		p++;
	return (size_t)(p - s);
}

static size_t
count_words(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	size_t count = 0, n;

	while (s < end) {
		n = word_length(s, end);
		count += n > 0;
		s += n > 0 ? n : 1;
	}
	return count;
}

static bool
has_lower(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			return true;
	return false;
}

/* What stands between initials. */
static inline bool
parts_initials(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == '\t' || c == '\0';
}

/*
 * "T. R.", "J.-P.", "r. e.", or "TR" where the list is not all capitals:
 * nothing but initials.
 */
static bool
is_initials(const char *s, size_t n, bool caps_tell)
{
	const char *end = s + n;
	size_t len, letters = 0;

	if (n == 0)
		return false;
	for (len = 0; len < n && s[len] >= 'A' && s[len] <= 'Z'; len++)
		;
	if (caps_tell && n <= 3 && len == n)
		return true;
	for (; s < end; s++) {
		if (parts_initials(*s))
			letters = 0;
		else if ((*s & 0xc0) != 0x80 && ++letters > 1)
			return false;
	}
	return true;
}

/* A word of initials among others: "s guha", "Isabel F. Cruz". */
static bool
has_initial(const struct piece *p)
{
	const char *s = p->s, *end = p->s + p->n;
	size_t n;

	while (s < end) {
		n = word_length(s, end);
		if (n > 0 && is_initials(s, n, false))
			return true;
		s += n > 0 ? n : 1;
	}
	return false;
}

/* Whether "a, b" is one name with the family name in front. */
static bool
is_inverted(const struct piece *a, const struct piece *b, bool caps_tell)
{
	size_t n = word_length(a->s, a->s + a->n);

	if (has_initial(a))
		return false;
	if (is_initials(b->s, b->n, caps_tell))
		return true;
	if (count_words(a) == 1)
		return count_words(b) == 1 || has_initial(b);
	/* "Ben Taskar, Daphne Koller", "Le Song, Bo Dai": given names too */
	if (caps_tell && count_words(a) == 2 && !has_lower(a->s, 1) &&
	    one_of("al ben bin da di do du le lo", a->s, n))
		return count_words(b) == 1;
	/* "Le Gia Khang, Ngoc Hoang Luong": a capital is no particle for sure */
	return name_is_particle(a->s, n) && (has_lower(a->s, 1) ||
	    !caps_tell || count_words(b) == 1 || has_initial(b));
}

bool
name_is_more(const char *s, size_t n)
{
	if (n > 0 && s[n - 1] == '.')
		n--;
	return one_of("others", s, n) ||
	    (n == 6 && strncasecmp(s, "et. al", 6) == 0) ||
	    (n >= 5 && strncasecmp(s, "et al", 5) == 0);
}

struct list {
	struct arena	*arena;
	struct json	*array;
	bool		 more;
};

/* Take from the first piece's beginning to the last one's end as a name. */
static void
add_name(struct list *l, const struct piece *first, const struct piece *last)
{
	struct piece p = *first;
	struct json *o;
	size_t n;

	p.n = (size_t)(last->s + last->span - first->s);
	trim(&p);
	/* a sentence's period, not an initial's: "Lipton." */
	for (n = 0; n < p.n && p.s[p.n - 1] == '.' &&
	    p.s[p.n - 1 - n] != ' ' && p.s[p.n - 1 - n] != ','; n++)
		;
	if (n > 3 && !name_is_suffix(p.s + p.n - n, n) &&
	    !is_initials(p.s + p.n - n, n, false) &&
	    memchr(p.s + p.n - n, '.', n - 1) == NULL)
		p.n--;
	/* "Anna Smith et al." */
	if (p.n > 7 && (p.s[p.n - 1] == '.' ||
	    (p.s[p.n - 1] | 0x20) == 'l') && (strncasecmp(p.s + p.n - 7, " et al.", 7) == 0 ||
	    strncasecmp(p.s + p.n - 6, " et al", 6) == 0)) {
		p.n -= p.s[p.n - 1] == '.' ? 7 : 6;
		l->more = true;
	}
	trim(&p);
	if (p.n == 0)
		return;
	o = json_object(l->arena);
	json_put(o, "name", json_string(l->arena, p.s, p.n));
	json_append(l->array, o);
}

/*
 * "...; Ann Bee and Cid Dee": the last two, where each is of words enough.
 * Sets *b to the second and cuts it off a.
 */
static bool
cut_and(struct piece *a, struct piece *b)
{
	const char *s, *end = a->s + a->n;
	struct piece first = *a;
	size_t n;

	for (s = a->s; s < end; s += n > 0 ? n : 1)
		if ((n = word_length(s, end)) > 0 && one_of("and &", s, n))
			break;
	if (s >= end)
		return false;
	first.n = (size_t)(s - a->s);
	*b = (struct piece){ s + n, (size_t)(end - s) - n, AND, 0 };
	trim(&first);
	trim(b);
	if (count_words(&first) < 2 || count_words(b) < 2 ||
	    memchr(a->s, ',', a->n) != NULL)
		return false;
	first.span = first.n;
	b->span = b->n;
	*a = first;
	return true;
}

static void
split_semicolons(struct list *l, const char *s, const char *end)
{
	struct piece p, last;
	const char *q, *begin = s;
	size_t n;

	for (; s < end; s = q + 1) {
		q = memchr(s, ';', (size_t)(end - s));
		if (q == NULL)
			q = end;
		p = (struct piece){ s, (size_t)(q - s), COMMA, 0 };
		trim(&p);
		n = word_length(p.s, p.s + p.n);
		if (n < p.n && one_of("and &", p.s, n)) {
			p.s += n;
			p.n -= n;
			trim(&p);
		}
		p.span = p.n;
		if (name_is_more(p.s, p.n))
			l->more = true;
		else if (q == end && s > begin && cut_and(&p, &last)) {
			add_name(l, &p, &p);
			add_name(l, &last, &last);
		} else if (p.n > 0)
			add_name(l, &p, &p);
	}
}

/* The length of a word "and", "&" with its spaces at s, or 0. */
static size_t
and_length(const char *s, const char *begin, const char *end)
{
	size_t n;

	if (*s != '&' && (*s | 0x20) != 'a' && (*s | 0x20) != 'u')
		return 0;
	if (s > begin && !is_space(s[-1]) && s[-1] != ',')
		return 0;
	/* no further than it can be one of these */
	n = word_length(s, end - s > 4 ? s + 4 : end);
	/* at the ends a name, where it is written as one: "Metin And" */
	if ((s == begin || s + n == end) && strchr("au&", *s) == NULL)
		return 0;
	return one_of("and & und", s, n) ? n : 0;
}

/* The place of the comma or the "and" from s on, whose length is *len, or end. */
static const char *
find_separator(const char *s, const char *begin, const char *end, size_t *len)
{
	bool first = true;

	*len = 0;
	for (; s < end && *s != ','; first = is_space(*s++))
		if (first && (*len = and_length(s, begin, end)) > 0)
			break;
	return s;
}

struct pieces {
	struct piece	*v;
	size_t		 cap;
};

/* Returns how many there are. */
static size_t
cut(struct pieces *list, const char *s, const char *end)
{
	const char *from = s, *begin = s;
	enum separator before = COMMA;
	size_t n = 0, len;
	struct piece p, *v = list->v;

	while (from <= end) {
		s = find_separator(s, begin, end, &len);
		p = (struct piece){ from, (size_t)(s - from), before, 0 };
		trim(&p);
		p.span = p.n;
		if (p.n > 0 && n > 0 && before == COMMA &&
		    name_is_suffix(p.s, p.n))
			v[n - 1].span = (size_t)(p.s + p.n - v[n - 1].s);
		else if (p.n > 0) {
			grow(&list->v, &list->cap, n + 1, sizeof(*v));
			v = list->v;
			v[n++] = p;
		}
		if (p.n > 0)
			before = COMMA;
		if (s >= end)
			break;
		if (len > 0)
			before = p.n > 0 || n == 0 ? AND : COMMA_AND;
		s += len > 0 ? len : 1;
		from = s;
	}
	return n;
}

/* Whether every part between "and"s is one name: the BibTeX way. */
static bool
is_and_list(const struct piece *v, size_t n, bool caps_tell)
{
	size_t i, j, ands = 0;
	bool inverted;

	for (i = 1; i < n; i++) {
		if (v[i].before == COMMA_AND)
			return false;
		ands += v[i].before == AND;
	}
	if (ands == 0)
		return false;
	/* a comma behind the last "and" is within a name */
	inverted = v[n - 1].before == COMMA;
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && v[j].before == COMMA; j++)
			;
		if (j - i > 2)
			return false;
		if (j - i == 1)
			continue;
		if (ands == 1 && !is_inverted(&v[i], &v[j - 1], caps_tell) &&
		    !inverted)
			return false;
		inverted = true;
	}
	return true;
}

bool
name_split_list(struct arena *a, struct json *array, const char *s, size_t n)
{
	static struct pieces pieces;
	struct list l = { a, array, false };
	const char *end = s + n;
	struct piece *v;
	bool caps_tell, ands;
	size_t count, i, j;

	if (memchr(s, ';', n) != NULL) {
		split_semicolons(&l, s, end);
		return l.more;
	}
	count = cut(&pieces, s, end);
	v = pieces.v;
	caps_tell = has_lower(s, n);
	while (count > 0 && name_is_more(v[count - 1].s, v[count - 1].n)) {
		l.more = true;
		count--;
	}
	ands = is_and_list(v, count, caps_tell);
	for (i = 0; i < count; i = j) {
		j = i + 1;
		if (ands) {
			while (j < count && v[j].before == COMMA)
				j++;
		} else if (j < count && v[j].before == COMMA && count == 2 &&
		    count_words(&v[i]) == 1 && !has_initial(&v[i]))
			j++;
		else if (j < count && v[j].before == COMMA &&
		    (count == 2 || is_initials(v[j].s, v[j].n, caps_tell)) &&
		    is_inverted(&v[i], &v[j], caps_tell))
			j++;
		add_name(&l, &v[i], &v[j - 1]);
	}
	return l.more;
}

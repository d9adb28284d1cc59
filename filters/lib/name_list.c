/* name_list - lists of personal names in one string */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/name_parts.h"

struct list {
	struct arena	*arena;
	struct json	*array;
	enum name_list	 kind;
	bool		 nested;	/* what is in parentheses parts nothing */
	bool		 more;
};

/* "Ann Lee <ann@mit.edu>", "(ann@mit.edu)": the address, cut off; n 0: none. */
static struct piece
cut_email(struct piece *p)
{
	struct piece email = { 0 };
	const char *open;

	if (p->n < 4 || (p->s[p->n - 1] != '>' && p->s[p->n - 1] != ')') ||
	    (open = memrchr(p->s, p->s[p->n - 1] == '>' ? '<' : '(',
	    p->n)) == NULL || open == p->s)
		return email;
	email.s = open + 1;
	email.n = (size_t)(p->s + p->n - open) - 2;
	if (memchr(email.s, '@', email.n) == NULL ||
	    word_length(email.s, email.s + email.n) != email.n)
		return (struct piece){ 0 };
	p->n = (size_t)(open - p->s);
	piece_trim(p);
	return email;
}

/* The period of a sentence, not of an initial: "Zachary Lipton." */
static void
cut_period(struct piece *p)
{
	size_t n;

	for (n = 0; n < p->n && p->s[p->n - 1] == '.' &&
	    p->s[p->n - 1 - n] != ' ' && p->s[p->n - 1 - n] != ','; n++)
		;
	if (n > 3 && !name_is_suffix(p->s + p->n - n, n) &&
	    !is_initials(p->s + p->n - n, n, false) &&
	    memchr(p->s + p->n - n, '.', n - 1) == NULL)
		p->n--;
}

/* Take from the first piece's beginning to the last one's end as a name. */
static void
add_name(struct list *l, const struct piece *first, const struct piece *last)
{
	struct piece p = *first, email;
	struct json *o;

	p.n = (size_t)(last->s + last->span - first->s);
	piece_trim(&p);
	if (l->kind == NAMES_SEVERAL)
		cut_period(&p);
	if (name_cut_more(p.s, &p.n))
		l->more = true;
	email = cut_email(&p);
	if (p.n == 0 || name_is_nobody(p.s, p.n))
		return;
	o = json_object(l->arena);
	json_put(o, "name", json_string(l->arena, p.s, p.n));
	if (email.n > 0)
		json_put(o, "email", json_string(l->arena, email.s, email.n));
	json_append(l->array, o);
}

/* Where the parenthesis at s closes; they are all known to. */
static const char *
closing(const char *s)
{
	size_t depth = 0;

	for (;; s++)
		if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			return s;
}

static bool
is_nested(const char *s, const char *end)
{
	size_t depth = 0;
	bool any = false;

	for (; s < end; s++)
		if (*s == '(') {
			depth++;
			any = true;
		} else if (*s == ')' && depth-- == 0)
			return false;
	return any && depth == 0;
}

/* Whether a character of the scripts without spaces begins with this byte. */
static bool
is_wide(char c)
{
	return (unsigned char)c >= 0xe3 && (unsigned char)c <= 0xed;
}

/*
 * The length of a mark at s that no name has in it, or 0: a semicolon, a bar
 * in lists, an ideographic comma, a full-width one between such characters.
 */
static size_t
mark_length(const struct list *l, const char *s, const char *begin,
    const char *end)
{
	switch (*s) {
	case ';':
		return entity_ends(s, begin) ? 0 : 1;
	case '|':
		return l->kind == NAMES_SEVERAL ? 1 : 0;
	case '\xe3':
		return end - s >= 3 && memcmp(s, "、", 3) == 0 ? 3 : 0;
	case '\xef':
		if (end - s >= 3 && memcmp(s, "；", 3) == 0)
			return 3;
		return name_comma(s, end) > 0 && s - begin >= 3 &&
		    is_wide(s[-3]) && end - s > 3 && is_wide(s[3]) ? 3 : 0;
	}
	return 0;
}

/* The bytes that such marks begin with, and a parenthesis. */
static const bool may_mark[256] = { ['('] = true, [';'] = true, ['|'] = true,
    [0xe3] = true, [0xef] = true };

/* The first such mark from s on, whose length is *len, or the end. */
static const char *
find_mark(const struct list *l, const char *s, const char *begin,
    const char *end, size_t *len)
{
	for (*len = 0; s < end; s++)
		if (!may_mark[(unsigned char)*s])
			continue;
		else if (*s == '(' && l->nested)
			s = closing(s);
		else if ((*len = mark_length(l, s, begin, end)) > 0)
			break;
	return s;
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
	return is_and(s, n) ? n : 0;
}

/*
 * The place of the comma or the "and" from s on, or the end; *len is its
 * length, and *comma whether it is one.
 */
static const char *
find_separator(const struct list *l, const char *s, const char *begin,
    const char *end, size_t *len, bool *comma)
{
	bool first = true;

	*len = 0;
	*comma = false;
	for (; s < end; first = is_space(*s++)) {
		if ((*len = name_comma(s, end)) > 0) {
			*comma = true;
			break;
		}
		if (*s == '(' && l->nested)
			s = closing(s);
		else if (first && (*len = and_length(s, begin, end)) > 0)
			break;
	}
	return s;
}

/*
 * "...; Ann Bee and Cid Dee": the last two, where each is of words enough.
 * Sets *b to the second and cuts it off a.
 */
static bool
cut_and(const struct list *l, struct piece *a, struct piece *b)
{
	const char *end = a->s + a->n, *s;
	struct piece first = *a;
	size_t n;
	bool comma;

	s = find_separator(l, a->s, a->s, end, &n, &comma);
	if (s == end || memchr(a->s, ',', a->n) != NULL)
		return false;
	first.n = (size_t)(s - a->s);
	*b = (struct piece){ s + n, (size_t)(end - s) - n, AND, 0 };
	piece_trim(&first);
	piece_trim(b);
	if (count_words(&first) < 2 || count_words(b) < 2)
		return false;
	first.span = first.n;
	b->span = b->n;
	*a = first;
	return true;
}

struct pieces {
	struct piece	*v;
	size_t		 cap;
};

/* Returns how many there are. */
static size_t
cut(const struct list *l, struct pieces *list, const char *s, const char *end)
{
	const char *from = s, *begin = s;
	enum separator before = COMMA;
	size_t n = 0, len;
	struct piece p, *v = list->v;
	bool comma;

	while (from <= end) {
		s = find_separator(l, s, begin, end, &len, &comma);
		p = (struct piece){ from, (size_t)(s - from), before, 0 };
		piece_trim(&p);
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
		if (!comma)
			before = p.n > 0 || n == 0 ? AND : COMMA_AND;
		s += len;
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

/* Whether every part between "and"s is "Surname, Given", and nothing else. */
static bool
is_inverted_list(const struct piece *v, size_t n)
{
	size_t i;

	if (n <= 2 || n % 2 != 0)
		return false;
	for (i = 0; i < n; i++)
		if (v[i].before != (i % 2 == 1 || i == 0 ? COMMA : AND) ||
		    !is_name_like(&v[i]))
			return false;
	return true;
}

/* "A. Lee, Bo Dai": a first name in front of the only comma is of no surname. */
static bool
is_pair(const struct piece *v, size_t n)
{
	return n == 2 && v[1].before == COMMA && has_dotted_initial(&v[0]) &&
	    count_words(&v[0]) > 1 && count_words(&v[1]) > 1 &&
	    is_name_like(&v[0]) && is_name_like(&v[1]);
}

/* One name, or several where that is sure. */
static void
add_one(struct list *l, struct pieces *pieces, struct piece *p)
{
	size_t n, i, step;
	struct piece *v;

	if (name_is_more(p->s, p->n)) {
		l->more = true;
		return;
	}
	if (name_cut_more(p->s, &p->n))
		l->more = true;
	p->span = p->n;
	/* it takes a comma, an ASCII or a full-width one */
	if (memchr(p->s, ',', p->n) == NULL &&
	    memchr(p->s, '\xef', p->n) == NULL) {
		add_name(l, p, p);
		return;
	}
	n = cut(l, pieces, p->s, p->s + p->n);
	v = pieces->v;
	step = is_inverted_list(v, n) ? 2 : is_pair(v, n) ? 1 : 0;
	if (step == 0)
		add_name(l, p, p);
	for (i = 0; step > 0 && i < n; i += step)
		add_name(l, &v[i], &v[i + step - 1]);
}

/* Names between marks that no name has in it. */
static void
split_marks(struct list *l, struct pieces *pieces, const char *s,
    const char *end)
{
	struct piece p, last;
	const char *q, *begin = s;
	size_t n, len;

	for (; s < end; s = q + len) {
		q = find_mark(l, s, begin, end, &len);
		p = (struct piece){ s, (size_t)(q - s), COMMA, 0 };
		piece_trim(&p);
		n = word_length(p.s, p.s + p.n);
		if (n < p.n && is_and(p.s, n)) {
			p.s += n;
			p.n -= n;
			piece_trim(&p);
		}
		p.span = p.n;
		if (q == end && s > begin && !name_is_more(p.s, p.n) &&
		    cut_and(l, &p, &last)) {
			add_name(l, &p, &p);
			add_name(l, &last, &last);
		} else if (p.n > 0)
			add_one(l, pieces, &p);
	}
}

/* Names between commas, "and" and "&". */
static void
split_commas(struct list *l, struct pieces *pieces, const char *s,
    const char *end)
{
	struct piece *v;
	bool caps_tell, ands;
	size_t count, i, j;

	count = cut(l, pieces, s, end);
	v = pieces->v;
	caps_tell = has_lower(s, (size_t)(end - s));
	while (count > 0 && name_is_more(v[count - 1].s, v[count - 1].n)) {
		l->more = true;
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
		add_name(l, &v[i], &v[j - 1]);
	}
}

/* "[Ann Lee, Bo Dai]", and "Lee, A., & Dai, B. (2001).": what is around. */
static void
cut_frame(struct piece *p)
{
	size_t n;

	if (p->n > 1 && p->s[0] == '[' && p->s[p->n - 1] == ']' &&
	    memchr(p->s + 1, '[', p->n - 1) == NULL) {
		p->s++;
		p->n -= 2;
		piece_trim(p);
	}
	n = p->n - (p->n > 0 && p->s[p->n - 1] == '.');
	if (n > 7 && p->s[n - 1] == ')' && p->s[n - 6] == '(' &&
	    is_space(p->s[n - 7]) &&
	    strspn(p->s + n - 5, "0123456789") >= 4) {
		p->n = n - 6;
		piece_trim(p);
	}
}

bool
name_split_list(struct arena *a, struct json *array, const char *s, size_t n,
    enum name_list kind)
{
	static struct pieces pieces;
	struct list l = { .arena = a, .array = array, .kind = kind };
	struct piece all = { s, n, COMMA, 0 };
	const char *end;
	size_t len;

	piece_trim(&all);
	if (kind == NAMES_SEVERAL) {
		if (name_is_nobody(all.s, all.n) ||
		    name_literal(a, array, all.s, all.n))
			return false;
		cut_frame(&all);
	}
	end = all.s + all.n;
	l.nested = is_nested(all.s, end);
	if (find_mark(&l, all.s, all.s, end, &len) < end)
		split_marks(&l, &pieces, all.s, end);
	else if (kind == NAMES_SEVERAL)
		split_commas(&l, &pieces, all.s, end);
	else
		add_one(&l, &pieces, &all);
	return l.more;
}

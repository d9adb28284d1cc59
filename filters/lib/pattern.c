/* pattern - whether a text is of the form that a pattern asks for */
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/pattern.h"

/* An atom with how often it comes, and the end of the branch that it is in. */
struct piece {
	const char	*atom;
	const char	*behind;	/* the atom */
	const char	*next;		/* behind its quantifier */
	const char	*end;
	long		 min, max;
};

/* What follows a group: the group again, or what stands behind it. */
struct rest {
	struct piece		 piece;
	const struct rest	*rest;
};

static bool	match_branches(const char *, const char *, const char *,
		    const struct rest *);

/* Behind the set or the group or the byte at p, or NULL where it is open. */
static const char *
behind_atom(const char *p, const char *end)
{
	int depth = 0;

	do {
		if (*p == '\\')
			p++;
		else if (*p == '[' &&
		    (p = memchr(p, ']', (size_t)(end - p))) == NULL)
			return NULL;
		else if (*p == '(')
			depth++;
		else if (*p == ')')
			depth--;
		p++;
	} while (depth > 0 && p < end);
	return depth == 0 && p <= end ? p : NULL;
}

static bool
take_piece(struct piece *x, const char *p, const char *end)
{
	char *q;

	*x = (struct piece){ p, behind_atom(p, end), NULL, end, 1, 1 };
	if ((x->next = x->behind) == NULL || strchr("?*+{|)^$", *p) != NULL)
		return false;
	if (x->next == end || strchr("?*+{", *x->next) == NULL)
		return true;
	x->min = *x->next == '+';
	x->max = *x->next == '?' ? 1 : LONG_MAX;
	if (*x->next++ != '{')
		return true;
	x->min = x->max = strtol(x->next, &q, 10);
	if (*q == ',')
		x->max = strtol(q + 1, &q, 10);
	x->next = q + 1;
	return *q == '}';
}

/* The "|" that ends the branch at p, or end. */
static const char *
end_of_branch(const char *p, const char *end)
{
	while (p != NULL && p < end && *p != '|')
		p = behind_atom(p, end);
	return p != NULL ? p : end;
}

static bool
is_in_set(const char *p, const char *end, unsigned char c)
{
	bool inverted = *p == '^', found = false;

	for (p += inverted; p < end; p++)
		if (end - p > 2 && p[1] == '-') {
			found |= c >= (unsigned char)p[0] &&
			    c <= (unsigned char)p[2];
			p += 2;
		} else
			found |= c == (unsigned char)*p;
	return found != inverted;
}

/* Whether the byte is one that the atom stands for. */
static bool
is_byte(const struct piece *x, char c)
{
	if (c == '\0')
		return false;
	if (*x->atom == '[')
		return is_in_set(x->atom + 1, x->behind - 1, (unsigned char)c);
	return *x->atom == '\\' ? c == x->atom[1] :
	    *x->atom == '.' || c == *x->atom;
}

static bool	match_branch(const char *, const char *, const char *,
		    const struct rest *);

static bool
match_group(const struct piece *x, const char *s, const struct rest *rest)
{
	struct rest again = { *x, rest };

	again.piece.min -= x->min > 0;
	again.piece.max--;
	return (x->max > 0 && match_branches(x->atom + 1, x->behind - 1, s,
	    &again)) || (x->min == 0 && match_branch(x->next, x->end, s, rest));
}

static bool
match_branch(const char *p, const char *end, const char *s,
    const struct rest *rest)
{
	struct piece x;
	long n;

	if (p == end && rest == NULL)
		return *s == '\0';
	if (p == end)
		return match_group(&rest->piece, s, rest->rest);
	if (!take_piece(&x, p, end))
		return false;
	if (*p == '(')
		return match_group(&x, s, rest);
	for (n = 0; n < x.max && is_byte(&x, s[n]); n++)
		;
	for (; n >= x.min; n--)
		if (match_branch(x.next, end, s + n, rest))
			return true;
	return false;
}

static bool
match_branches(const char *p, const char *end, const char *s,
    const struct rest *rest)
{
	const char *bar;

	for (;; p = bar + 1) {
		bar = end_of_branch(p, end);
		if (match_branch(p, bar, s, rest))
			return true;
		if (bar == end)
			return false;
	}
}

bool
pattern_matches(const char *pattern, const char *text)
{
	return match_branches(pattern + 1, pattern + strlen(pattern) - 1, text,
	    NULL);
}

static bool
is_known(const char *p, const char *end)
{
	struct piece x;

	while (p < end) {
		if (*p == '|') {
			p++;
			continue;
		}
		if (!take_piece(&x, p, end) ||
		    (*p == '(' && !is_known(p + 1, x.behind - 1)))
			return false;
		p = x.next;
	}
	return true;
}

bool
pattern_is_known(const char *pattern)
{
	size_t n = strlen(pattern);

	return n >= 2 && pattern[0] == '^' && pattern[n - 1] == '$' &&
	    is_known(pattern + 1, pattern + n - 1);
}

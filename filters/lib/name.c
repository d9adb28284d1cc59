/* name - how a personal name is written */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/entity.h"
#include "lib/name.h"
#include "lib/text.h"

#define LONGEST	6	/* bytes of a word in the lists below, at most */
#define SHORTEST 6	/* bytes of a stem of a body, at least */
#define COMMAS	4	/* parts of a name between commas, at most */

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
	/* nor "Md", which is Mohammad */
	return name_is_suffix(s, n) && (n < 2 || isdigit((unsigned char)*s) ||
	    *s == 'I' || (islower((unsigned char)s[1]) && *s != 'M'));
}

bool
name_is_particle(const char *s, size_t n)
{
	return one_of("van von vom zum zur der den de del della dela di da dos "
	    "das do du la le lo el al ben bin ibn ter ten te af av st san "
	    "d' l'", s, n);
}

/* Not of a name: "Et Alami, Ann". */
static bool
begins_with_et_al(const char *s, size_t n)
{
	size_t end = 3;

	if (n < 5 || strncasecmp(s, "et ", 3) != 0)
		return false;
	while (end < n && isalpha((unsigned char)s[end]))
		end++;
	return one_of("al alii alia", s + 3, end - 3);
}

bool
name_is_nobody(const char *s, size_t n)
{
	return n > 10 && *s == '[' && s[n - 1] == ']' &&
	    ((n == 11 && strncasecmp(s, "[Anonymous", 10) == 0) ||
	    strncasecmp(s, "[No author", 10) == 0);
}

bool
name_is_more(const char *s, size_t n)
{
	if (n == 3 && (memcmp(s, "...", 3) == 0 || memcmp(s, "…", 3) == 0))
		return true;
	/* most names fail at the first letter */
	if (n < 5 || strchr("AEOaeo", *s) == NULL)
		return false;
	if (n > 4 && strncasecmp(s, "and ", 4) == 0) {
		s += 4;
		n -= 4;
	}
	if (n > 0 && s[n - 1] == '.')
		n--;
	return one_of("others", s, n) ||
	    (n == 6 && strncasecmp(s, "et. al", 6) == 0) ||
	    begins_with_et_al(s, n);
}

/* The length of "...", "…", or "et al" at the end, or 0. */
static size_t
more_length(const char *s, size_t n)
{
	size_t len = n > 0 && s[n - 1] == '.' ? n - 1 : n;

	if (n > 3 && (memcmp(s + n - 3, "...", 3) == 0 ||
	    memcmp(s + n - 3, "…", 3) == 0))
		return 3;
	if (len < 6 || (s[len - 1] | 0x20) != 'l' ||
	    strncasecmp(s + len - 5, "et al", 5) != 0 ||
	    !isspace((unsigned char)s[len - 6]))
		return 0;
	return n - (len - 5);
}

bool
name_cut_more(const char *s, size_t *n)
{
	size_t len = *n, more = more_length(s, len);

	if (more == 0)
		return false;
	for (len -= more; len > 0 && (isspace((unsigned char)s[len - 1]) ||
	    s[len - 1] == ','); len--)
		;
	*n = len;
	return true;
}

/* "Stanford University", "Inst. of Physics": a word that no person is called. */
bool
name_is_body(const char *s, size_t n)
{
	static const char *const stems[] = { "universi", "institut",
	    "department", "facult", "laborato", "school", "college",
	    "hospital", "academy", "ministry", "center", "centre",
	    "collaboration", "consortium", "corporation", "committee",
	    "council", "association", "foundation", "society", "agency",
	    "administration", "commission", "organization", "organisation",
	    "authorit", "ministeri", "bibliothe", "verlag", "research" };
	const char *end = s + n;
	size_t i, len;

	for (; s < end; s += len + 1) {
		/* "Max-Planck-Institut" */
		for (len = 0; s + len < end && s[len] != ' ' && s[len] != '-';
		    len++)
			;
		if (len == 0)
			continue;
		if (strchr("gil", *s | 0x20) != NULL &&
		    one_of("gmbh inc inc. lab labs ltd ltd.", s, len))
			return true;
		for (i = 0; len >= SHORTEST &&
		    i < sizeof(stems) / sizeof(stems[0]); i++)
			/* most words fail at the first letter */
			if ((*s | 0x20) == *stems[i] && strlen(stems[i]) <= len &&
			    strncasecmp(stems[i], s, strlen(stems[i])) == 0)
				return true;
	}
	return false;
}

/* "1950-", "1950-2001", "b. 1950", "approximately 1470-1532" */
static bool
is_lifetime(const char *s, size_t n)
{
	size_t len, digits, years = 0;

	for (; n > 0; s += len, n -= len) {
		for (digits = 0; digits < n && isdigit((unsigned char)s[digits]);
		    digits++)
			;
		for (len = 0; len < n && isalpha((unsigned char)s[len]); len++)
			;
		if (digits == 4) {
			len = digits;
			years++;
		} else if (digits > 0)
			return false;
		else if (len > 0) {
			if (!one_of("b d ca c fl born died active", s, len))
				return false;
		} else if (strchr(" .-?", *s) != NULL)
			len = 1;
		else if (n >= 3 && memcmp(s, "–", 3) == 0)
			len = 3;
		else
			return false;
	}
	return years > 0;
}

/*
 * Cut a text at its commas outside of brackets; returns how many parts there
 * are, max at most, or 0: there are more, an empty one, or it is no single
 * name.
 */
static size_t
cut(const char *s, size_t n, struct name_part *part, size_t max)
{
	const char *end = s + n, *from = s, *p;
	size_t count = 0, depth = 0;

	for (p = s; p <= end; p++) {
		/* "Ann Lee (Member, IEEE)", "Ann Lee$^{1,2}$" */
		if (p < end && strchr("([{", *p) != NULL)
			depth++;
		else if (p < end && strchr(")]}", *p) != NULL && depth > 0)
			depth--;
		if (p < end && *p == ';' && !entity_ends(p, from))
			return 0;
		if (p < end && (*p != ',' || depth > 0)) {
			/* a full-width one parts names */
			if (name_comma(p, end) > 0)
				return 0;
			continue;
		}
		if (count == max)
			return 0;
		part[count] = (struct name_part){ s, (size_t)(p - s) };
		text_trim(&part[count].s, &part[count].n);
		if (part[count++].n == 0)
			return 0;
		s = p + 1;
	}
	return count;
}

bool
name_order(const struct name_part *part, size_t n, bool third,
    struct name_parts *name)
{
	*name = (struct name_parts){ 0 };
	if (n > 1 && is_lifetime(part[n - 1].s, part[n - 1].n))
		name->dates = part[--n];
	if (n == 1 && name->dates.n > 0)
		name->whole = part[0];
	else if (n == 2 && name_is_no_initials(part[1].s, part[1].n)) {
		/* one word is the family name */
		if (memchr(part[0].s, ' ', part[0].n) == NULL)
			name->family = part[0];
		else
			name->whole = part[0];
		name->suffix = part[1];
	} else if (n == 2 || n == 3) {
		name->family = part[0];
		name->given = part[1];
		if (n == 3)
			name->suffix = part[2];
		if (n == 3 && name_is_no_initials(part[1].s, part[1].n)) {
			name->given = part[2];
			name->suffix = part[1];
		} else if (n == 3 && !third &&
		    !name_is_suffix(part[2].s, part[2].n))
			return false;
	} else
		return false;
	return true;
}

/* "Institute of Sums": one word, as College, may be a family name. */
static bool
is_body_of_words(const struct name_part *part)
{
	return part->n > 0 && (memchr(part->s, ' ', part->n) != NULL ||
	    memchr(part->s, '-', part->n) != NULL) &&
	    name_is_body(part->s, part->n);
}

bool
name_cut(const char *s, size_t n, bool third, struct name_parts *name)
{
	struct name_part part[COMMAS];

	return name_order(part, cut(s, n, part, COMMAS), third, name) &&
	    !is_body_of_words(&name->family) && !is_body_of_words(&name->given);
}

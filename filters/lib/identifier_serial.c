/* identifier_serial - the ISBN and ISSN of a text */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/identifier.h"

/* The length of a hyphen, a dash or a space, which part the digits, or 0. */
static size_t
part_length(const char *s, const char *end)
{
	const unsigned char *p = (const unsigned char *)s;

	if (s < end && (*s == '-' || *s == ' '))
		return 1;
	/* U+2010 to U+2015, U+2212 */
	return end - s >= 3 && p[0] == 0xe2 && ((p[1] == 0x80 && p[2] >= 0x90 &&
	    p[2] <= 0x95) || (p[1] == 0x88 && p[2] == 0x92)) ? 3 : 0;
}

static int
value(char c)
{
	return c == 'X' ? 10 : c - '0';
}

static bool
fits(const char *digits, size_t n)
{
	size_t sum = 0, i;

	for (i = 0; i < n; i++)
		sum += (size_t)value(digits[i]) * (n == 13 ? 1 + i % 2 * 2 :
		    n - i);
	return sum % (n == 13 ? 10 : 11) == 0;
}

/*
 * The length of a number of so many digits at s, or 0: 8 of an ISSN, in two
 * halves at most, or the 10 or 13 of an ISBN.
 */
static size_t
measure(const char *s, const char *end, size_t want, bool *checked)
{
	char digits[13];
	const char *p = s;
	size_t n = 0, parts = 0, part;

	for (;;) {
		if (p < end && isdigit((unsigned char)*p))
			digits[n++] = *p++;
		else if (p < end && (*p == 'X' || *p == 'x') && want < 13 &&
		    n == want - 1) {
			digits[n++] = 'X';
			p++;
		} else if (n > 0 && (part = part_length(p, end)) > 0 &&
		    (want != 8 || n == 4)) {
			p += part;
			parts++;
			if (part_length(p, end) > 0)
				return 0;
			continue;
		} else
			return 0;
		if (n == want)
			break;
	}
	if (parts > (want == 8 ? 1u : want == 10 ? 3u : 4u) || (want == 13 &&
	    memcmp(digits, "978", 3) != 0 && memcmp(digits, "979", 3) != 0))
		return 0;
	/* it must not go on */
	if (p < end && isalnum((unsigned char)*p))
		return 0;
	if (end - p > 1 && *p == '-' && isalnum((unsigned char)p[1]))
		return 0;
	*checked = fits(digits, n);
	return (size_t)(p - s);
}

/* Find a number at s; label is "isbn", "issn" or NULL. */
static bool
find(struct identifier *id, const char *s, const char *end, const char *label)
{
	static const struct {
		size_t		 digits;
		const char	*registry;
	} kinds[] = { { 13, "isbn" }, { 8, "issn" }, { 10, "isbn" } };
	bool checked;
	size_t i, n;

	id->n = 0;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (label != NULL && strcmp(label, kinds[i].registry) != 0)
			continue;
		n = measure(s, end, kinds[i].digits, &checked);
		if (n == 0 || (id->n > 0 && (id->checked || !checked)))
			continue;
		id->registry = kinds[i].registry;
		id->s = s;
		id->n = n;
		id->checked = checked;
	}
	return id->n > 0;
}

/* The end of the letters at s: of "e-ISSN" all of them. */
static const char *
letters_end(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && (isalpha((unsigned char)*p) || (*p == '-' &&
	    p == s + 1 && end - p > 1 && isalpha((unsigned char)p[1]))))
		p++;
	return p;
}

/* Which numbers the word of n letters is for, or NULL. */
static const char *
label_of(const char *s, size_t n)
{
	if (n < 4)
		return NULL;
	return strncasecmp(s + n - 4, "ISBN", 4) == 0 ? "isbn" :
	    strncasecmp(s + n - 4, "ISSN", 4) == 0 ? "issn" : NULL;
}

bool
identifier_serial(struct identifier *id, const char **s, const char *end)
{
	const char *p = *s, *label = NULL, *from = NULL, *q;
	bool inside;

	while (p < end) {
		/* behind other digits and a hyphen it is a part of a number */
		inside = p - *s > 1 && p[-1] == '-' &&
		    isdigit((unsigned char)p[-2]);
		if (!inside && isdigit((unsigned char)*p) &&
		    (find(id, p, end, label) || (label != NULL &&
		    find(id, p, end, NULL)))) {
			id->from = label != NULL ? from : p;
			*s = p + id->n;
			return true;
		}
		q = letters_end(p, end);
		if (q > p && (label = label_of(p, (size_t)(q - p))) != NULL) {
			from = p;
			p = q;
			continue;
		}
		/* digits in words are none of these */
		while (q < end && isalnum((unsigned char)*q))
			q++;
		/* a label is of what is right behind it */
		if (q == p && strchr(",;)\n", *p) != NULL)
			label = NULL;
		p = q > p ? q : p + 1;
	}
	*s = end;
	return false;
}

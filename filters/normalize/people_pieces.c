/* people_pieces - several names that a source has as one */
#include <ctype.h>
#include <string.h>

#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/name.h"
#include "normalize/people.h"

/* Whether a piece between marks may be a name on its own. */
static bool
is_whole(const struct name_part *p, bool comma)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(p->s, p->n, v, NAME_WORDS), i;
	int32_t c;

	if (name_scripts(p->s, p->n) == SCRIPT_EAST)
		return words == 1 && p->n <= 12;
	if (words < 2 || words > 5 || name_is_body(p->s, p->n) ||
	    (!comma && memchr(p->s, ',', p->n) != NULL))
		return false;
	for (i = 0; i < words; i++) {
		const char *s = v[i].s;

		c = utf8_next(&s);
		if (c < 0x80 && !isupper(c) && !name_is_particle(v[i].s,
		    v[i].n))
			return false;
	}
	return true;
}

/* Cut at a mark; 0: a piece is no name on its own. */
static size_t
cut_at(const struct json *name, const char *mark, struct name_part *v)
{
	const char *s = name->text, *end = s + name->len, *q;
	size_t n = 0;

	for (;; s = q + strlen(mark)) {
		q = memmem(s, (size_t)(end - s), mark, strlen(mark));
		v[n].s = s;
		v[n].n = (size_t)((q != NULL ? q : end) - s);
		text_trim(&v[n].s, &v[n].n);
		/* a mark at the end */
		if (v[n].n == 0 && q == NULL && n > 0)
			return n;
		if (!is_whole(&v[n], *mark == ';'))
			return 0;
		n++;
		if (q == NULL)
			return n;
		if (n == PEOPLE_PIECES)
			return 0;
	}
}

/*
 * Cut "A B, C D, and E F" at its commas and the word in front of the last name,
 * which tells that the commas part names, too.
 */
static size_t
cut_series(const struct json *name, struct name_part *v)
{
	static const char *const words[] = { " and ", " & " };
	struct json front = *name;
	const char *s = NULL, *end = name->text + name->len;
	size_t n, i;

	for (i = 0; s == NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if ((s = strstr(name->text, words[i])) != NULL)
			break;
	if (s == NULL || memchr(s, ',', (size_t)(end - s)) != NULL)
		return 0;
	front.len = (size_t)(s - name->text);
	while (front.len > 0 && strchr(", ", front.text[front.len - 1]) != NULL)
		front.len--;
	n = cut_at(&front, ",", v);
	if (n == 0 || n == PEOPLE_PIECES)
		return 0;
	v[n].s = s + strlen(words[i]);
	v[n].n = (size_t)(end - v[n].s);
	text_trim(&v[n].s, &v[n].n);
	return is_whole(&v[n], false) ? n + 1 : 0;
}

/* "A.", "A.-B. C." */
static bool
is_dotted(const struct name_part *p)
{
	size_t i, letters = 0, dots = 0;

	for (i = 0; i < p->n; i++)
		if (p->s[i] == '.')
			dots++;
		else if (isupper((unsigned char)p->s[i]))
			letters++;
		else if (strchr(" -", p->s[i]) == NULL)
			return false;
	return letters > 0 && letters == dots;
}

static struct name_part
part_to(const char *s, const char *end)
{
	struct name_part p = { s, (size_t)(end - s) };

	text_trim(&p.s, &p.n);
	return p;
}

/*
 * Cut "Lee, A., Chen, B. and Dorn, C.", where initials stand behind each family
 * name.
 */
static size_t
cut_inverted(const struct json *name, struct name_part *v)
{
	const char *s = name->text, *end = s + name->len, *comma, *to;
	struct name_part family, initials;
	size_t n;

	for (n = 0; n < PEOPLE_PIECES && s < end; n++) {
		if ((comma = memchr(s, ',', (size_t)(end - s))) == NULL)
			return 0;
		for (to = comma + 1; to < end && *to != ',' &&
		    strncmp(to, " and ", 5) != 0 && strncmp(to, " & ", 3) != 0;
		    to++)
			;
		family = part_to(s, comma);
		initials = part_to(comma + 1, to);
		if (family.n < 2 || name_is_body(family.s, family.n) ||
		    memchr(family.s, '.', family.n) != NULL ||
		    !is_dotted(&initials))
			return 0;
		v[n] = part_to(s, to);
		s = to < end && *to == ',' ? to + 1 : to;
		s += strncmp(s, " and ", 5) == 0 ? 5 :
		    strncmp(s, " & ", 3) == 0 ? 3 : 0;
	}
	return s < end ? 0 : n;
}

size_t
people_find_pieces(const struct json *name, struct name_part *v)
{
	static const char *const marks[] = { ";", "；", "，", "、", " and ",
	    " & " };
	size_t i, n;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if ((n = cut_at(name, marks[i], v)) > 1)
			return n;
	if (strchr(name->text, ',') == NULL)
		return 0;
	if ((n = cut_series(name, v)) > 1 || (n = cut_inverted(name, v)) > 1)
		return n;
	/* with one comma it may be a family name of two words */
	n = cut_at(name, ",", v);
	return n > 2 ? n : 0;
}

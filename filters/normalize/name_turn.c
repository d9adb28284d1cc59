/* name_turn - names with commas in them, as they are said */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "normalize/name.h"
#include "normalize/normalize.h"

static void
set_part(struct arena *a, struct json *person, const char *member,
    const struct name_part *part)
{
	if (part->n > 0 && json_get(person, member) == NULL)
		json_set(a, person, member, json_string(a, part->s, part->n));
}

/* Take the number by which persons of one name are told off a part. */
static struct name_part
cut_number(struct name_part *p)
{
	struct name_part number = { p->s, 0 };

	if (p->n > 5 && p->s[p->n - 5] == ' ') {
		number = (struct name_part){ p->s + p->n - 4, 4 };
		if (part_is_number(&number))
			p->n -= 5;
		else
			number.n = 0;
	}
	return number;
}

/* "2nd" behind given names, as PubMed has it */
static void
cut_suffix(struct name_part *given, struct name_part *suffix)
{
	const char *s;

	if (given->n == 0 || suffix->n > 0 ||
	    (s = memrchr(given->s, ' ', given->n)) == NULL)
		return;
	suffix->s = s + 1;
	suffix->n = (size_t)(given->s + given->n - s) - 1;
	if (name_is_no_initials(suffix->s, suffix->n))
		given->n = (size_t)(s - given->s);
	else
		suffix->n = 0;
}

/* "MD", "M.P.H.": what people write behind their names, and what is none. */
#define DEGREES	"phd ph.d ph.d. md m.d m.d. mph m.p.h m.p.h. dphil d.phil. " \
		"msc m.sc m.sc. bsc b.sc b.sc. mba m.b.a. mbbs dvm d.v.m. dds " \
		"d.d.s. rn"

/*
 * Where a name of two words or more ends behind which commas part degrees,
 * which become one text; n: there are none.  One word in front, or a particle,
 * is a family name, and the degree may be initials: "van Dam, M.D.".
 */
static size_t
cut_degrees(struct buf *degrees, const char *s, size_t n)
{
	const char *comma = memchr(s, ',', n);
	struct name_part v[2], rest;
	size_t end = n;

	buf_reset(degrees);
	if (comma == NULL || name_words(s, (size_t)(comma - s), v, 2) < 2 ||
	    (name_is_particle(v[0].s, v[0].n) && islower((unsigned char)*s)))
		return n;
	while ((comma = memrchr(s, ',', end)) != NULL) {
		rest.s = comma + 1;
		rest.n = end - (size_t)(comma + 1 - s);
		text_trim(&rest.s, &rest.n);
		/* not Mohammad */
		if (!part_among(&rest, DEGREES) || (rest.n > 1 &&
		    rest.s[0] == 'M' && rest.s[1] == 'd'))
			break;
		end = (size_t)(comma - s);
	}
	for (comma = s + end; comma < s + n; comma++)
		if (*comma != ',')
			buf_addc(degrees, *comma);
	while (degrees->len > 0 && degrees->p[0] == ' ') {
		memmove(degrees->p, degrees->p + 1, degrees->len);
		degrees->len--;
	}
	return end;
}

/* A letter by itself, as it is of no family name, or what is in no name. */
static bool
is_odd_word(const struct name_part *p)
{
	return (p->n == 1 && isalpha((unsigned char)*p->s)) ||
	    (p->n == 2 && isupper((unsigned char)*p->s) && p->s[1] == '.') ||
	    memchr(p->s, '/', p->n) != NULL ||
	    (p->n == 1 && *p->s == '&') || part_is(p, "and");
}

static bool
has_small(const struct name_part *p)
{
	size_t i;

	for (i = 0; i < p->n && !islower((unsigned char)p->s[i]); i++)
		;
	return i < p->n;
}

/* "MIT", "JM", but no initial: letters that may be of a body or a degree. */
static bool
is_capitals(const struct name_part *p)
{
	size_t i;

	for (i = 0; i < p->n && isupper((unsigned char)p->s[i]); i++)
		;
	return i == p->n && i > 1;
}

/* How many words of given names are none that only one of them is. */
static size_t
full_words(const struct name_part *v, size_t words)
{
	size_t i, n = 0;

	for (i = 0; i < words; i++)
		n += strchr("(\"'", v[i].s[0]) == NULL && v[i].n > 1 &&
		    v[i].s[v[i].n - 1] != '.' && !is_capitals(&v[i]) &&
		    !(islower((unsigned char)*v[i].s) &&
		    name_is_particle(v[i].s, v[i].n));
	return n;
}

/* "(MIT)": where somebody works, or how he is called. */
static bool
is_place(const struct name_part *p)
{
	struct name_part inner = { p->s + 1, p->n - 2 };

	return p->n > 4 && *p->s == '(' && p->s[p->n - 1] == ')' &&
	    is_capitals(&inner);
}

/*
 * Whether a text behind a comma is surely the given names of the one in front,
 * not another name, or where somebody works: "Ann Lee, Bo Chen", "Ann Lee,
 * MIT", "James R. Celoni, S. J.".
 */
static bool
is_inverted(const struct name_part *family, const struct name_part *given,
    bool others)
{
	struct name_part v[NAME_WORDS], w[NAME_WORDS];
	size_t n = name_words(family->s, family->n, v, NAME_WORDS), i;
	size_t m = name_words(given->s, given->n, w, NAME_WORDS);

	if (n > NAME_WORDS || m > NAME_WORDS)
		return false;
	if (name_scripts(family->s, family->n) == SCRIPT_EAST &&
	    name_scripts(given->s, given->n) == SCRIPT_EAST)
		return name_is_eastern(given, family);
	if (part_is_number(&v[n - 1]))
		n--;
	/* "A Hutton, Tabitha" */
	for (i = 0; n > 1 && i < n && !(others && full_words(w, m) > 0); i++)
		/* "Ortega y Gasset" */
		if (is_odd_word(&v[i]) && !(i > 0 && i + 1 < n &&
		    part_is(&v[i], "y")))
			return false;
	for (i = 0; i < m; i++)
		if (memchr(w[i].s, '/', w[i].n) != NULL ||
		    part_is(&w[i], "and") || part_is(&w[i], "&") ||
		    is_place(&w[i]))
			return false;
	if (n < 2 || (name_is_particle(v[0].s, v[0].n) &&
	    islower((unsigned char)*v[0].s)))
		return true;
	if (m == 1)
		return !is_capitals(&w[0]) || !has_small(family);
	/* nor does a name end with an initial */
	return others || w[m - 1].n == 1 || w[m - 1].s[w[m - 1].n - 1] == '.' ||
	    full_words(w, m) < 2;
}

/* "Berg, Jan van der": these begin the family name. */
static void
join_particles(struct buf *b, struct name_part *given,
    struct name_part *family)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(given->s, given->n, v, NAME_WORDS), i = words;

	if (words > NAME_WORDS)
		return;
	while (i > 1 && islower((unsigned char)*v[i - 1].s) &&
	    name_is_particle(v[i - 1].s, v[i - 1].n))
		i--;
	if (i == words || i == 0)
		return;
	buf_reset(b);
	buf_add(b, v[i].s, given->n - (size_t)(v[i].s - given->s));
	buf_addc(b, ' ');
	buf_add(b, family->s, family->n);
	*family = (struct name_part){ b->p, b->len };
	given->n = (size_t)(v[i].s - given->s);
	text_trim(&given->s, &given->n);
}

/* "Lee¹, Ann²": signs behind each part of a name. */
static void
strip_part(struct arena *a, struct json *person, struct name_part *part)
{
	static struct buf b;

	if (part->n == 0 || name_is_plain(part->s, part->n))
		return;
	buf_reset(&b);
	buf_add(&b, part->s, part->n);
	if (!name_strip(a, person, &b, true))
		return;
	filter_note(REJECT_STRIPPED_NAME, "name", part->s, part->n, "now %s",
	    b.p);
	part->s = arena_strndup(a, b.p, b.len);
	part->n = b.len;
}

bool
name_is_turned(const char *s, size_t n)
{
	struct name_parts parts;

	return memchr(s, ',', n) != NULL && name_cut(s, n, false, &parts) &&
	    parts.whole.n == 0 && parts.given.n > 0 &&
	    is_inverted(&parts.family, &parts.given, false);
}

void
name_turn_round(struct arena *a, struct json *person, struct buf *name,
    bool others)
{
	struct name_parts parts;
	struct name_part order[4];
	static struct buf b, degrees, family;
	bool eastern;
	size_t i, n;

	if (json_get(person, "family") != NULL)
		return;
	n = cut_degrees(&degrees, name->p, name->len);
	if (n < name->len && memchr(name->p, ',', n) == NULL)
		parts = (struct name_parts){ .whole = { name->p, n } };
	else if (!name_cut(name->p, n, false, &parts))
		return;
	if (degrees.len > 0 && parts.suffix.n == 0)
		parts.suffix = (struct name_part){ degrees.p, degrees.len };
	if (parts.whole.n == 0 && parts.given.n > 0 &&
	    !is_inverted(&parts.family, &parts.given, others))
		return;
	strip_part(a, person, &parts.given);
	strip_part(a, person, &parts.family);
	order[3] = cut_number(&parts.family);
	if (order[3].n == 0)
		order[3] = cut_number(&parts.given);
	cut_suffix(&parts.given, &parts.suffix);
	join_particles(&family, &parts.given, &parts.family);
	order[0] = parts.given;
	order[1] = parts.whole.n > 0 ? parts.whole : parts.family;
	order[2] = parts.suffix;
	eastern = parts.whole.n == 0 && name_is_eastern(&order[0], &order[1]);
	if (eastern) {
		order[0] = parts.family;
		order[1] = parts.given;
	}
	buf_reset(&b);
	for (i = 0; i < 4; i++) {
		if (b.len > 0 && order[i].n > 0 && !eastern)
			buf_addc(&b, ' ');
		buf_add(&b, order[i].s, order[i].n);
	}
	set_part(a, person, "given", &parts.given);
	set_part(a, person, "family", &parts.family);
	set_part(a, person, "suffix", &parts.suffix);
	set_part(a, person, "dates", &parts.dates);
	buf_reset(name);
	resolve_markup(name, b.p, b.len);
}

/* name_parts - given names, family name and suffix, where they are certain */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/name.h"

/* What a word of a name is. */
enum word {
	WORD,		/* with a capital in front */
	INITIAL,	/* "J.", "J.-P.", "J" */
	NICKNAME,	/* in quotes or brackets */
	SMALL,		/* "van", "de", "al" */
	CAPITAL,	/* the same with a capital */
	OTHER,
};

/* Particles behind which all is the family name. */
#define OPENING	"van von vom zu zur zum ter ten te 't af av op"
/* Particles of one word that is the family name with them. */
#define JOINING	"de den der del della di da das do dos du la las le lo los " \
		"el al"

struct word_of {
	struct name_part	 part;
	enum word		 is;
};

/* Letters with periods or hyphens between them; one may be bare. */
static bool
is_initial(const struct name_part *p)
{
	const char *s = p->s, *end = s + p->n;
	int32_t c;

	while (s < end) {
		c = utf8_next(&s);
		if (c < 0x80 ? !isupper(c) : c < 0xc0 || c >= 0x250)
			return false;
		if (s < end && *s != '.' && *s != '-')
			return false;
		while (s < end && (*s == '.' || *s == '-'))
			s++;
	}
	return p->n > 0;
}

static bool
has_period(const struct name_part *p)
{
	return memchr(p->s, '.', p->n) != NULL;
}

/* What closes a nickname that s opens, or NULL. */
static const char *
closing_of(const char *s)
{
	static const char *const pairs[][2] = { { "(", ")" }, { "\"", "\"" },
	    { "“", "”" }, { "„", "“" }, { "‘", "’" }, { "`", "'" },
	    { "'", "'" } };
	size_t i;

	/* most words begin with a letter */
	if (isalnum((unsigned char)*s))
		return NULL;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strncmp(s, pairs[i][0], strlen(pairs[i][0])) == 0)
			return pairs[i][1];
	return NULL;
}

static bool
ends_with(const struct name_part *p, const char *s)
{
	size_t n = strlen(s);

	return p->n > n && memcmp(p->s + p->n - n, s, n) == 0;
}

static enum word
look_at(const struct name_part *p)
{
	const char *s = p->s;
	int32_t c = utf8_next(&s);

	if (is_initial(p))
		return INITIAL;
	if (p->n <= 5 && strchr("'adelotvz", *p->s | 0x20) != NULL &&
	    (part_among(p, OPENING) || part_among(p, JOINING)))
		return islower(c) || c == '\'' ? SMALL : CAPITAL;
	if (c < 0x80 ? !isupper(c) : c < 0xc0)
		return OTHER;
	return has_period(p) ? OTHER : WORD;
}

/* The words with what each is; a nickname of several is one. 0: no. */
static size_t
look_at_all(struct word_of *w, const struct name_part *v, size_t words)
{
	const char *close;
	size_t i, j, n = 0;

	for (i = 0; i < words; i++) {
		w[n].part = v[i];
		w[n].is = look_at(&v[i]);
		close = closing_of(v[i].s);
		for (j = i; close != NULL && j < words; j++)
			if (ends_with(&v[j], close)) {
				w[n].part.n = (size_t)(v[j].s - v[i].s) +
				    v[j].n;
				w[n].is = NICKNAME;
				i = j;
				break;
			}
		n++;
	}
	return n;
}

/*
 * Where the family name begins of which a particle is the first word, or 0.
 * A second full word in front may be of it: "A. Geurts van Kessel".
 */
static size_t
find_particle(const struct word_of *w, size_t n)
{
	size_t i, j, k;
	bool opening;

	for (i = 0; i < n && w[i].is != SMALL; i++)
		if (w[i].is == OTHER)
			return 0;
	if (i < 1 || i == n || w[0].is == CAPITAL ||
	    part_among(&w[i].part, "la las los lo"))
		return 0;
	opening = part_among(&w[i].part, OPENING);
	if (i > 1 && part_among(&w[i - 1].part, "van von de") &&
	    w[i - 1].is == CAPITAL) {
		opening = opening || !part_among(&w[i - 1].part, "de");
		i--;
	}
	if (i > 1 && w[i - 1].is != INITIAL && w[i - 1].is != NICKNAME)
		return 0;
	for (j = i; j < n && (w[j].is == SMALL || w[j].is == CAPITAL); j++)
		;
	if (j == n || n - j > 5 || w[n - 1].is != WORD)
		return 0;
	for (k = j; k < n; k++)
		if (w[k].is != WORD && w[k].is != SMALL)
			return 0;
	return opening || n - j == 1 ? i : 0;
}

/* Where the family name begins, or 0: that cannot be told. */
static size_t
find_family(const struct word_of *w, size_t n, bool suffix)
{
	size_t i = find_particle(w, n), j;

	if (i > 0 || n < 2 || (w[n - 1].is != WORD && w[n - 1].is != CAPITAL) ||
	    part_among(&w[n - 1].part, "junior filho neto sobrinho team group"))
		return i;
	for (j = 0; j < n; j++)
		if (w[j].is == OTHER || w[j].is == SMALL)
			return 0;
	if (w[0].is != INITIAL && part_is_vietnamese(&w[0].part))
		return 0;
	i = n - 1;
	/* not the "and" between two family names: "Valdivia Y Alvarado" */
	if (w[i - 1].is == INITIAL && (has_period(&w[i - 1].part) || (i > 1 &&
	    !(i > 2 && part_among(&w[i - 1].part, "y e i")))))
		return i;
	if (w[i - 1].is == NICKNAME && i > 1)
		return i;
	if (i > 1 && w[i - 1].is == CAPITAL && w[i - 2].is == INITIAL &&
	    has_period(&w[i - 2].part) && !part_among(&w[i - 1].part,
	    "van ten te do la le lo"))
		return i - 1;
	return suffix && n == 2 && w[0].is == WORD ? i : 0;
}

static void
set_part(struct arena *a, struct json *person, const char *member,
    const char *s, size_t n)
{
	text_trim(&s, &n);
	json_set(a, person, member, n > 0 ? json_string(a, s, n) : NULL);
}

/* Whether the family name may show: by an initial, a particle, a suffix. */
static bool
may_have_parts(const char *s, size_t n)
{
	const char *end = s + n, *from;
	size_t words = 0, len;

	for (; s < end; s++) {
		from = s;
		while (s < end && *s != ' ')
			s++;
		len = (size_t)(s - from);
		if (len == 0)
			continue;
		words++;
		if (from[len - 1] == '.' || len == 1 ||
		    (words > 1 && (islower((unsigned char)*from) ||
		    strchr("(\"'`", *from) != NULL ||
		    (unsigned char)*from >= 0xe2)) ||
		    (words > 2 && len <= 3 && name_is_suffix(from, len)))
			return true;
	}
	return false;
}

/* A suffix that needs no comma to be known as one. */
static bool
is_suffix(const struct name_part *p)
{
	return name_is_no_initials(p->s, p->n) &&
	    !part_among(p, "phd ph.d ph.d. md m.d m.d. esq esq.");
}

/* A name with quotes or brackets at most. */
static bool
is_latin_name(const char *s, const char *end)
{
	const char *p;

	for (p = s; p < end; p++)
		if (isdigit((unsigned char)*p) ||
		    strchr("?@/:;,{}&_<>=+\\", *p) != NULL)
			return false;
	return name_scripts(s, (size_t)(end - s)) == SCRIPT_LATIN;
}

void
name_find_parts(struct arena *a, struct json *person)
{
	struct name_part v[NAME_WORDS];
	struct word_of w[NAME_WORDS];
	const struct json *name = json_get(person, "name");
	const struct json *suffix = json_get(person, "suffix");
	const char *s, *end, *first;
	size_t words, n, i;
	bool has_suffix;

	if ((suffix == NULL && !may_have_parts(name->text, name->len)) ||
	    json_get(person, "family") != NULL ||
	    json_get(person, "given") != NULL)
		return;
	words = name_words(name->text, name->len, v, NAME_WORDS);
	if (words < 2 || words > NAME_WORDS)
		return;
	if (part_is_number(&v[words - 1]))
		words--;
	/* "MD PhD" is a suffix of two words */
	n = suffix != NULL ? name_words(suffix->text, suffix->len, NULL, 0) : 1;
	has_suffix = words > n && (suffix != NULL ?
	    strncmp(v[words - n].s, suffix->text, suffix->len) == 0 :
	    words > 2 && is_suffix(&v[words - 1]));
	if (has_suffix) {
		words -= n;
		if (suffix == NULL)
			set_part(a, person, "suffix", v[words].s, v[words].n);
	}
	first = v[0].s;
	end = v[words - 1].s + v[words - 1].n;
	if (words < 2 || part_among(&v[0], "dr dr. prof prof. mr mr. mrs mrs. "
	    "ms ms. sir"))
		return;
	if (!name_is_plain(first, (size_t)(end - first)) &&
	    !is_latin_name(first, end))
		return;
	n = look_at_all(w, v, words);
	i = find_family(w, n, has_suffix);
	if (i == 0 || name_is_body(first, (size_t)(end - first)))
		return;
	for (s = w[i].part.s; s[-1] == ' '; s--)
		;
	json_add_string(a, person, "given", 5, first, (size_t)(s - first));
	json_add_string(a, person, "family", 6, w[i].part.s,
	    (size_t)(end - w[i].part.s));
}

/* Cut the last word off where it is one of these and not the only word. */
static bool
cut_last(struct name_part *p, struct name_part *last,
    bool (*is)(const struct name_part *))
{
	const char *s = memrchr(p->s, ' ', p->n);

	if (s == NULL)
		return false;
	last->s = s + 1;
	last->n = (size_t)(p->s + p->n - s) - 1;
	if (!is(last))
		return false;
	p->n -= last->n;
	text_trim(&p->s, &p->n);
	return true;
}

/* "Nyberg, 3rd", "Lakshmanan, V.S.": what is behind a comma. */
static bool
cut_comma(struct name_part *family, struct name_part *more,
    struct name_part *suffix)
{
	const char *s = memchr(family->s, ',', family->n);
	struct name_part rest;

	if (s == NULL)
		return false;
	rest = (struct name_part){ s + 1, (size_t)(family->s + family->n - s) -
	    1 };
	text_trim(&rest.s, &rest.n);
	if (is_suffix(&rest))
		*suffix = rest;
	else if (is_initial(&rest) && has_period(&rest))
		*more = rest;
	else
		return false;
	family->n = (size_t)(s - family->s);
	return true;
}

static void
add_part(struct buf *b, const struct name_part *p)
{
	if (p->n > 0 && b->len > 0)
		buf_addc(b, ' ');
	buf_add(b, p->s, p->n);
}

/* Set the name to the parts where it was made of the ones before. */
static void
follow(struct arena *a, struct json *person, const struct name_part *given,
    const struct name_part *more, const struct name_part *family,
    const struct name_part *suffix)
{
	static struct buf old, new;
	const struct json *name = json_get(person, "name");
	const struct json *g = json_get(person, "given");
	const struct json *f = json_get(person, "family");

	buf_reset(&old);
	if (g != NULL)
		add_part(&old, &(struct name_part){ g->text, g->len });
	add_part(&old, &(struct name_part){ f->text, f->len });
	if (name->len != old.len || memcmp(name->text, old.p, old.len) != 0)
		return;
	buf_reset(&new);
	if (name_is_eastern(given, family)) {
		buf_add(&new, family->s, family->n);
		buf_add(&new, given->s, given->n);
	} else {
		add_part(&new, given);
		add_part(&new, more);
		add_part(&new, family);
		add_part(&new, suffix);
	}
	if (new.len == old.len && memcmp(new.p, old.p, old.len) == 0)
		return;
	filter_note(REJECT_MENDED, "name", old.p, old.len, "now %s", new.p);
	json_set(a, person, "name", json_string(a, new.p, new.len));
}

bool
name_mend_parts(struct arena *a, struct json *person)
{
	const struct json *f = json_get(person, "family");
	const struct json *g = json_get(person, "given");
	struct name_part family, given = { 0 }, more = { 0 }, suffix = { 0 };
	struct name_part number;
	const char *s;
	bool any;

	if (f == NULL || json_get(person, "suffix") != NULL)
		return false;
	family = (struct name_part){ f->text, f->len };
	if (g != NULL)
		given = (struct name_part){ g->text, g->len };
	any = cut_last(&family, &number, part_is_number);
	if (any && g != NULL) {
		set_part(a, person, "family", family.s, family.n);
		return true;
	}
	if (g == NULL)
		return false;
	any = cut_comma(&family, &more, &suffix) ||
	    cut_last(&family, &suffix, is_suffix) ||
	    cut_last(&given, &suffix, is_suffix);
	s = memchr(given.s, ',', given.n);
	if (!any && s != NULL) {
		suffix = (struct name_part){ given.s, (size_t)(s - given.s) };
		any = is_suffix(&suffix);
		given.n = (size_t)(given.s + given.n - s) - 1;
		given.s = s + 1;
		text_trim(&given.s, &given.n);
	}
	if (!any && is_suffix(&family) &&
	    memchr(given.s, ' ', given.n) != NULL) {
		/* the name's last words are the family name and it */
		set_part(a, person, "suffix", family.s, family.n);
		json_set(a, person, "given", NULL);
		json_set(a, person, "family", NULL);
		return true;
	}
	if (!any && name_is_eastern(&given, &family))
		follow(a, person, &given, &more, &family, &suffix);
	if (!any)
		return false;
	follow(a, person, &given, &more, &family, &suffix);
	if (more.n > 0) {
		static struct buf b;

		buf_reset(&b);
		add_part(&b, &given);
		add_part(&b, &more);
		set_part(a, person, "given", b.p, b.len);
	} else
		set_part(a, person, "given", given.s, given.n);
	set_part(a, person, "family", family.s, family.n);
	if (suffix.n > 0)
		set_part(a, person, "suffix", suffix.s, suffix.n);
	return true;
}

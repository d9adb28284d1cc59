/* name_strip - what stands beside a name and is no part of it */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/name.h"

#define LONGEST	1024	/* bytes; what is longer is no name to be mended */

#define ORCID_LENGTH	(ORCID_SIZE - 1)

static void
cut(struct buf *b, size_t at, size_t n)
{
	memmove(b->p + at, b->p + at + n, b->len - at - n + 1);
	b->len -= n;
}

static void
trim(struct buf *b)
{
	while (b->len > 0 && strchr(" ,;", b->p[b->len - 1]) != NULL)
		b->p[--b->len] = '\0';
	while (b->len > 0 && strchr(" ,;", b->p[0]) != NULL)
		cut(b, 0, 1);
}

static void
set_absent(struct arena *a, struct json *person, const char *member,
    const char *s, size_t n)
{
	if (json_get(person, member) == NULL)
		json_set(a, person, member, json_string(a, s, n));
}

static void
add_variant(struct arena *a, struct json *person, const char *s, size_t n)
{
	struct json *v = json_get(person, "variants"), *p;

	if (v == NULL)
		json_set(a, person, "variants", v = json_array(a));
	for (p = v->child; p != NULL; p = p->next)
		if (p->len == n && memcmp(p->text, s, n) == 0)
			return;
	json_append(v, json_string(a, s, n));
}

/* The length of a sign of a footnote at s that is no letter, or 0. */
static size_t
sign_length(const char *s)
{
	static const char *const signs[] = { "*", "†", "‡", "§", "¶", "∗", "·",
	    "•", "⋆", "★", "✉", "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸",
	    "⁹", "\\", "#", "|" };
	size_t i, n;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		n = strlen(signs[i]);
		if (strncmp(s, signs[i], n) == 0)
			return n;
	}
	return 0;
}

/* How often each byte is there. */
struct counts {
	size_t	of[256];
};

static size_t
of(const struct counts *c, char byte)
{
	return c->of[(unsigned char)byte];
}

/* A bracket whose partner is missing. */
static bool
is_alone(const struct counts *count, char c)
{
	static const char *const pairs = "()[]{}<>";
	const char *p = c == '\0' ? NULL : strchr(pairs, c);

	if (p == NULL)
		return false;
	return (p - pairs) % 2 == 0 ? of(count, c) > of(count, p[1]) :
	    of(count, c) > of(count, p[-1]);
}

/* The length of a sign that ends at end, or 0. */
static size_t
sign_before(const char *s, const char *end)
{
	size_t n;

	for (n = 1; n <= 3 && n <= (size_t)(end - s); n++)
		if (sign_length(end - n) == n)
			return n;
	return 0;
}

static bool
strip_signs(struct buf *b)
{
	struct counts count = { { 0 } };
	const char *s = b->p, *end = s + b->len, *p;
	size_t len = b->len, n, to;
	char c;

	for (p = s; p < end; p++)
		count.of[(unsigned char)*p]++;
	for (; s < end; s += n) {
		if ((n = sign_length(s)) > 0)
			continue;
		n = 1;
		if (is_alone(&count, *s))
			count.of[(unsigned char)*s]--;
		else if (s == b->p || strchr(" ,;", *s) == NULL)
			break;
	}
	for (; end > s; end -= n) {
		if ((n = sign_before(s, end)) > 0)
			continue;
		n = 1;
		c = end[-1];
		if (is_alone(&count, c) || (c == '`' && of(&count, c) == 1))
			count.of[(unsigned char)c]--;
		else if (end == b->p + len || strchr(" ,;", c) == NULL)
			break;
	}
	for (to = 0; s < end; s++)
		if (strchr("<>", *s) != NULL && is_alone(&count, *s))
			count.of[(unsigned char)*s]--;
		else
			b->p[to++] = *s;
	b->p[b->len = to] = '\0';
	return b->len != len;
}

/* "1", "1,2", "12": the numbers of affiliations at s; n: their length, or 0. */
static size_t
numbers_length(const char *s)
{
	size_t n = 0, d;

	for (;;) {
		d = strspn(s + n, "0123456789");
		if (d == 0 || d > 2)
			return 0;
		n += d;
		if (s[n] != ',' || !isdigit((unsigned char)s[n + 1 +
		    (s[n + 1] == ' ')]))
			return n;
		n += 1 + (s[n + 1] == ' ');
	}
}

static bool
has_digit(const char *s, size_t n)
{
	for (; n > 0; s++, n--)
		if (isdigit((unsigned char)*s))
			return true;
	return false;
}

static bool
strip_numbers(struct buf *b, bool part)
{
	struct name_part word[NAME_WORDS];
	size_t words = name_words(b->p, b->len, word, NAME_WORDS), n, i;
	const char *s;
	bool any = false;

	n = numbers_length(b->p);
	s = b->p + n;
	if (n > 0 && words > 1 &&
	    !has_digit(s, strlen(s)) && (*s == ' ' || (*s & 0x80) != 0 ||
	    (isupper((unsigned char)s[0]) && (islower((unsigned char)s[1]) ||
	    s[1] == '.')))) {
		cut(b, 0, n);
		trim(b);
		any = true;
	}
	for (i = b->len; i > 0 && strchr("0123456789, ", b->p[i - 1]) != NULL;
	    i--)
		;
	s = b->p + i + strspn(b->p + i, " ");
	if (i > 0 && words > (*(s - 1) == ' ' && !part ? 2 : 1) &&
	    !has_digit(b->p, i) && numbers_length(s) == strlen(s) &&
	    *s != '\0' && (isalpha((unsigned char)b->p[i - 1]) ||
	    strchr(".)", b->p[i - 1]) != NULL || (b->p[i - 1] & 0x80) != 0)) {
		b->len = i;
		b->p[i] = '\0';
		any = true;
	}
	return any;
}

static bool
is_address(const char *s, size_t n)
{
	const char *at = memchr(s, '@', n);

	return at != NULL && at > s && memchr(at, '.', n - (size_t)(at - s)) !=
	    NULL && memchr(s, ' ', n) == NULL;
}

/* Nothing, signs and numbers: "(*)", "[1]", "( )"; no year. */
static bool
is_mark(const char *s, size_t n)
{
	const char *end = s + n;
	size_t len;

	while (s < end)
		if ((len = sign_length(s)) > 0)
			s += len;
		else if (strchr(", ", *s) != NULL)
			s++;
		else if ((len = strspn(s, "0123456789")) > 0 && len <= 2)
			s += len;
		else
			return false;
	return true;
}

/* What is in brackets at the end may be where a person works. */
static bool
is_affiliation(const char *s, size_t n)
{
	struct name_part v[NAME_WORDS];

	return name_words(s, n, v, NAME_WORDS) > 1 && name_is_body(s, n);
}

/* Pronouns, "he/him" but not the name "He"; a degree; a word on authors. */
static bool
is_remark(const char *s, size_t n)
{
	return (memchr(s, '/', n) != NULL && name_all_among(s, n, "/, ",
	    "he him his she her hers they them theirs")) ||
	    name_all_among(s, n, "", "phd ph.d ph.d. m.d. msc m.sc.") ||
	    name_has_among(s, n, "author author* authors contribution "
	    "contributions contributed");
}

/*
 * Decide about what stands in brackets from i to j, the brackets with it, and
 * where it goes; true: it is taken off.
 */
static bool
strip_bracket(struct arena *a, struct json *person, struct buf *b, size_t i,
    size_t j)
{
	static struct buf rest;
	struct name_part v[NAME_WORDS];
	const char *s = b->p + i + 1;
	size_t n = j - i - 1;
	char orcid[ORCID_SIZE];
	int inside, outside;

	text_trim(&s, &n);
	if (is_mark(s, n) || is_remark(s, n))
		return true;
	buf_reset(&rest);
	buf_add(&rest, b->p, i);
	buf_adds(&rest, b->p + j + 1);
	trim(&rest);
	inside = name_scripts(s, n);
	outside = name_scripts(rest.p, rest.len);
	if (is_address(s, n)) {
		set_absent(a, person, "email", s, n);
		return true;
	}
	if (n >= ORCID_LENGTH && identifier_orcid(orcid, s, n)) {
		set_absent(a, person, "orcid", orcid, ORCID_LENGTH);
		return true;
	}
	if (inside == SCRIPT_EAST && outside == SCRIPT_LATIN) {
		add_variant(a, person, s, n);
		return true;
	}
	if (inside == SCRIPT_LATIN && outside == SCRIPT_EAST &&
	    name_words(s, n, v, NAME_WORDS) > 1) {
		add_variant(a, person, rest.p, rest.len);
		buf_reset(&rest);
		buf_add(&rest, s, n);
		buf_reset(b);
		buf_add(b, rest.p, rest.len);
		return true;
	}
	if (j + 1 == b->len && is_affiliation(s, n) &&
	    name_words(rest.p, rest.len, v, NAME_WORDS) > 1 &&
	    !name_is_body(rest.p, rest.len)) {
		set_absent(a, person, "affiliation", s, n);
		return true;
	}
	return false;
}

static bool
strip_brackets(struct arena *a, struct json *person, struct buf *b)
{
	size_t i, j, len;
	bool any = false;

	for (i = 0; i < b->len; i++) {
		if (b->p[i] != '(' && b->p[i] != '[')
			continue;
		for (j = i + 1; j < b->len && b->p[j] != '(' &&
		    b->p[j] != (b->p[i] == '(' ? ')' : ']'); j++)
			;
		if (j == b->len || b->p[j] == '(')
			continue;
		len = b->len;
		if (!strip_bracket(a, person, b, i, j))
			continue;
		any = true;
		if (b->len != len)
			break;
		cut(b, i, j + 1 - i);
		if (i > 0 && i < b->len && b->p[i - 1] == ' ' && b->p[i] == ' ')
			cut(b, i, 1);
		/* the brackets around it may be of nothing now */
		while (i > 0 && strchr("([", b->p[--i]) == NULL)
			;
		i--;
	}
	return any;
}

/* An ORCID iD in a word of its own, with a label in front. */
static bool
strip_orcid(struct arena *a, struct json *person, struct buf *b)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(b->p, b->len, v, NAME_WORDS), i, from;
	char orcid[ORCID_SIZE];

	if (words > NAME_WORDS)
		return false;
	for (i = 0; i < words; i++) {
		if (v[i].n < ORCID_LENGTH || !has_digit(v[i].s, v[i].n) ||
		    !identifier_orcid(orcid, v[i].s, v[i].n))
			continue;
		for (from = i; from > 0 && part_among(&v[from - 1],
		    "orcid orcid: id id: iD:"); from--)
			;
		set_absent(a, person, "orcid", orcid, ORCID_LENGTH);
		cut(b, (size_t)(v[from].s - b->p),
		    (size_t)(v[i].s + v[i].n - v[from].s));
		return true;
	}
	return false;
}

static bool
is_letters(const char *s, size_t n)
{
	for (; n > 0 && isalpha((unsigned char)*s); s++, n--)
		;
	return n == 0;
}

/* An address; where it is the last part of a name, "Ann Lee@mit.edu", @ on. */
static bool
strip_address(struct arena *a, struct json *person, struct buf *b)
{
	struct name_part v[NAME_WORDS], p;
	size_t words, names = 0, i, last = 0;
	const char *at;

	if (strchr(b->p, '@') == NULL)
		return false;
	words = name_words(b->p, b->len, v, NAME_WORDS);
	if (words > NAME_WORDS)
		return false;
	for (i = 0; i < words; i++)
		if (memchr(v[i].s, '@', v[i].n) != NULL)
			last = i;
		else
			names += name_scripts(v[i].s, v[i].n) != 0;
	p = v[last];
	while (p.n > 0 && strchr("<({[", *p.s) != NULL) {
		p.s++;
		p.n--;
	}
	while (p.n > 0 && strchr(">)}],;.", p.s[p.n - 1]) != NULL)
		p.n--;
	at = memchr(p.s, '@', p.n);
	if (at == NULL || (!is_address(p.s, p.n) && p.s != at))
		return false;
	if (names == 1 && isupper((unsigned char)*p.s) &&
	    is_letters(p.s, (size_t)(at - p.s))) {
		i = (size_t)(at - b->p);
		cut(b, i, (size_t)(v[last].s + v[last].n - at));
		return true;
	}
	if (is_address(p.s, p.n))
		set_absent(a, person, "email", p.s, p.n);
	cut(b, (size_t)(v[last].s - b->p), v[last].n);
	return true;
}

/* "N/A" for the part of a name that there is not. */
static bool
strip_placeholder(struct buf *b)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(b->p, b->len, v, NAME_WORDS), len = b->len;

	/* the last ones first, the others stay where they are */
	for (words = words < NAME_WORDS ? words : NAME_WORDS; words > 0;
	    words--)
		if (part_among(&v[words - 1], "n/a"))
			cut(b, (size_t)(v[words - 1].s - b->p),
			    v[words - 1].n);
	return b->len != len;
}

/* "王伟 WANG WEI", where the words of both scripts stand apart. */
static bool
strip_script(struct arena *a, struct json *person, struct buf *b)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(b->p, b->len, v, NAME_WORDS);

	if (words != 3)
		return false;
	if (name_scripts(v[0].s, v[0].n) == SCRIPT_EAST && v[0].n >= 6 &&
	    name_scripts(v[1].s, b->len - (size_t)(v[1].s - b->p)) ==
	    SCRIPT_LATIN) {
		add_variant(a, person, v[0].s, v[0].n);
		cut(b, 0, v[0].n);
		return true;
	}
	if (name_scripts(v[2].s, v[2].n) == SCRIPT_EAST && v[2].n >= 6 &&
	    name_scripts(b->p, (size_t)(v[2].s - b->p)) == SCRIPT_LATIN) {
		add_variant(a, person, v[2].s, v[2].n);
		cut(b, (size_t)(v[2].s - b->p), v[2].n);
		return true;
	}
	return false;
}

bool
name_strip(struct arena *a, struct json *person, struct buf *name, bool part)
{
	static struct buf b;
	bool any = false, again;

	if (name->len > LONGEST)
		return false;
	do {
		trim(name);
		again = strip_brackets(a, person, name);
		again |= strip_signs(name);
		again |= strip_orcid(a, person, name);
		again |= strip_address(a, person, name);
		again |= strip_placeholder(name);
		again |= strip_numbers(name, part);
		again |= strip_script(a, person, name);
		any |= again;
	} while (again && name->len > 0);
	if (any) {
		buf_reset(&b);
		text_clean(&b, name->p, name->len);
		buf_reset(name);
		buf_add(name, b.p, b.len);
		trim(name);
	}
	return any;
}

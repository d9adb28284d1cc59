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
#include "normalize/name_marks.h"

#define LONGEST	1024	/* bytes; what is longer is no name to be mended */

#define ORCID_LENGTH	(ORCID_SIZE - 1)

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

static bool
is_address(const char *s, size_t n)
{
	const char *at = memchr(s, '@', n);

	return at != NULL && at > s && memchr(at, '.', n - (size_t)(at - s)) !=
	    NULL && memchr(s, ' ', n) == NULL;
}

/* What is in brackets at the end may be where a person works. */
static bool
is_affiliation(const char *s, size_t n)
{
	struct name_part v[NAME_WORDS];

	return name_words(s, n, v, NAME_WORDS) > 1 && name_is_body(s, n);
}

/*
 * Pronouns, "he/him" but not the name "He"; a degree; a member of what; an
 * editor; a word on authors.
 */
static bool
is_remark(const char *s, size_t n)
{
	return (memchr(s, '/', n) != NULL && name_all_among(s, n, "/, ",
	    "he him his she her hers they them theirs")) ||
	    name_all_among(s, n, " ,", "student senior life graduate "
	    "associate member fellow ieee acm") ||
	    /* "(Ed)" is Edward */
	    name_all_among(s, n, "", "phd ph.d ph.d. m.d. msc m.sc. ed. eds "
	    "eds. editor editors") ||
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
	if (name_is_mark(s, n) || is_remark(s, n))
		return true;
	buf_reset(&rest);
	buf_add(&rest, b->p, i);
	buf_adds(&rest, b->p + j + 1);
	name_trim(&rest);
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
		name_cut_out(b, i, j + 1 - i);
		if (i > 0 && i < b->len && b->p[i - 1] == ' ' && b->p[i] == ' ')
			name_cut_out(b, i, 1);
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
		if (v[i].n < ORCID_LENGTH || !name_has_digit(v[i].s, v[i].n) ||
		    !identifier_orcid(orcid, v[i].s, v[i].n))
			continue;
		for (from = i; from > 0 && part_among(&v[from - 1],
		    "orcid orcid: id id: iD:"); from--)
			;
		set_absent(a, person, "orcid", orcid, ORCID_LENGTH);
		name_cut_out(b, (size_t)(v[from].s - b->p),
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
	/* "{ann, bo}@mit.edu": of several */
	if ((at = strstr(b->p, "}@")) != NULL &&
	    (i = strcspn(b->p, "{")) < (size_t)(at - b->p)) {
		name_cut_out(b, i, (size_t)(at - b->p) - i + strcspn(at, " "));
		return true;
	}
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
		name_cut_out(b, i, (size_t)(v[last].s + v[last].n - at));
		return true;
	}
	if (is_address(p.s, p.n))
		set_absent(a, person, "email", p.s, p.n);
	name_cut_out(b, (size_t)(v[last].s - b->p), v[last].n);
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
			name_cut_out(b, (size_t)(v[words - 1].s - b->p),
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
		name_cut_out(b, 0, v[0].n);
		return true;
	}
	if (name_scripts(v[2].s, v[2].n) == SCRIPT_EAST && v[2].n >= 6 &&
	    name_scripts(b->p, (size_t)(v[2].s - b->p)) == SCRIPT_LATIN) {
		add_variant(a, person, v[2].s, v[2].n);
		name_cut_out(b, (size_t)(v[2].s - b->p), v[2].n);
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
		name_trim(name);
		again = name_strip_tex(name);
		again |= strip_brackets(a, person, name);
		again |= name_strip_signs(name);
		again |= strip_orcid(a, person, name);
		again |= strip_address(a, person, name);
		again |= strip_placeholder(name);
		again |= name_strip_numbers(name, part);
		again |= strip_script(a, person, name);
		any |= again;
	} while (again && name->len > 0);
	if (any) {
		buf_reset(&b);
		text_clean(&b, name->p, name->len);
		buf_reset(name);
		buf_add(name, b.p, b.len);
		name_trim(name);
	}
	return any;
}

/* tagged_people - persons and keywords as tagged records have them */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/tagged.h"

/* "et al.", "and others": more names that are not there. */
static bool
is_others(const char *s, size_t n)
{
	static const char *const words[] = { "et al", "et al.", "and others",
	    "others" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], s, n) == 0)
			return true;
	return false;
}

/*
 * Take "Surname, Given", "Surname, Given, Suffix" apart; 1: it has no parts,
 * or too many.
 */
static size_t
cut_name(const char *s, size_t n, const char *part[3], size_t len[3])
{
	const char *end = s + n, *q;
	size_t parts = 0;

	for (;; s = q + 1) {
		q = memchr(s, ',', (size_t)(end - s));
		if (parts == 3)
			return 1;
		part[parts] = s;
		len[parts] = (size_t)((q != NULL ? q : end) - s);
		text_trim(&part[parts], &len[parts]);
		parts++;
		if (q == NULL)
			break;
	}
	if (parts == 3 && name_is_no_initials(part[1], len[1])) {
		const char *p = part[1];
		size_t l = len[1];

		part[1] = part[2];
		len[1] = len[2];
		part[2] = p;
		len[2] = l;
	}
	return len[0] == 0 || len[1] == 0 || (parts == 2 &&
	    name_is_no_initials(part[1], len[1])) ? 1 : parts;
}

struct json *
tagged_body(struct json *paper, const char *member, const char *s, size_t n)
{
	struct json *person;

	text_trim(&s, &n);
	if (n == 0)
		return NULL;
	person = entry_person(entry_people(paper, member), s, n);
	if (person != NULL)
		entry_text(person, "family", s, n);
	return person;
}

struct json *
tagged_person(struct json *paper, const char *member, const char *s, size_t n)
{
	static struct buf whole;
	const char *part[3];
	struct json *person;
	size_t len[3], parts;

	text_trim(&s, &n);
	if (n == 0 || (n == 11 && strncasecmp(s, "[Anonymous]", 11) == 0))
		return NULL;
	if (is_others(s, n)) {
		json_set(entry_arena(), paper, "et_al",
		    json_true(entry_arena()));
		return NULL;
	}
	parts = cut_name(s, n, part, len);
	/* "World Health Organization,": no given name */
	if (parts == 1 && memchr(s, ',', n) == s + n - 1)
		return tagged_body(paper, member, s, n - 1);
	if (parts == 1)
		return entry_person(entry_people(paper, member), s, n);
	buf_reset(&whole);
	buf_add(&whole, part[1], len[1]);
	buf_addc(&whole, ' ');
	buf_add(&whole, part[0], len[0]);
	if (parts == 3 && len[2] > 0) {
		buf_addc(&whole, ' ');
		buf_add(&whole, part[2], len[2]);
	}
	person = entry_person(entry_people(paper, member), whole.p, whole.len);
	if (person == NULL)
		return NULL;
	entry_text(person, "given", part[1], len[1]);
	entry_text(person, "family", part[0], len[0]);
	if (parts == 3)
		entry_text(person, "suffix", part[2], len[2]);
	return person;
}

/* Whether the semicolon at p, in a text that begins at s, ends an entity. */
static bool
ends_entity(const char *s, const char *p)
{
	const char *q = p;

	while (q > s && p - q < 32 && (isalnum((unsigned char)q[-1]) ||
	    q[-1] == '#'))
		q--;
	return q < p && q > s && q[-1] == '&';
}

/*
 * The next part of a text in which semicolons and line breaks part them, or
 * NULL at its end; *s moves behind it.
 */
static const char *
next_part(const char **s, const char *end, size_t *n)
{
	const char *part = *s, *p;

	if (part == NULL)
		return NULL;
	for (p = part; p < end; p++)
		if (*p == '\n' || (*p == ';' && !ends_entity(part, p)))
			break;
	*s = p < end ? p + 1 : NULL;
	*n = (size_t)(p - part);
	text_trim(&part, n);
	return part;
}

void
tagged_people(struct json *paper, const char *member, const char *s)
{
	const char *end = s + strlen(s), *part;
	size_t n;

	while ((part = next_part(&s, end, &n)) != NULL)
		tagged_person(paper, member, part, n);
}

void
tagged_words(struct json *paper, const char *s, size_t n)
{
	const char *end = s + n, *part;

	while ((part = next_part(&s, end, &n)) != NULL)
		entry_append(paper, "keywords", part, n);
}

void
tagged_keywords(struct json *paper, const char *s)
{
	if (s != NULL && strpbrk(s, ";\n") == NULL)
		entry_keywords(paper, s, strlen(s));
	else if (s != NULL)
		tagged_words(paper, s, strlen(s));
}

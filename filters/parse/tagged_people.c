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
#include "parse/parts.h"
#include "parse/tagged.h"

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
	struct json *names, *person = NULL;
	const struct json *e, *name;

	text_trim(&s, &n);
	if (n == 0 || (n == 11 && strncasecmp(s, "[Anonymous]", 11) == 0))
		return NULL;
	/* "World Health Organization,": no given name */
	if (memchr(s, ',', n) == s + n - 1)
		return tagged_body(paper, member, s, n - 1);
	names = json_array(entry_arena());
	if (name_split_list(entry_arena(), names, s, n, NAMES_ONE))
		entry_et_al(paper, member);
	for (e = names->child; e != NULL; e = e->next) {
		name = json_get(e, "name");
		person = parts_name(entry_people(paper, member), name->text,
		    name->len, true);
		if ((name = json_get(e, "email")) != NULL)
			entry_text(person, "email", name->text, name->len);
	}
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
	size_t n;

	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		tagged_person(paper, member, s, n);
	}
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

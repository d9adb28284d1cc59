/* tagged_people - persons and keywords as tagged records have them */
#include <string.h>

#include "lib/arena.h"
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
	if (n == 0)
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
tagged_keywords(struct json *paper, const char *s)
{
	if (s != NULL && strchr(s, '\n') == NULL)
		entry_keywords(paper, s, strlen(s));
	else if (s != NULL)
		entry_words(paper, s, strlen(s), ";\n");
}

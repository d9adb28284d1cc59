/* relator - what a person did for a work, in the words of MARC's relators */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/relator.h"

#define SIGNS	",;/&()[]"	/* between terms, as is "and" */

/* The terms that others lead to are here too, and the short forms of old. */
static enum relator
of_word(const char *s)
{
	static const char *const authors[] = { "aut", "author", "authors",
	    "primary author", "joint author", "jt. auth", "co-author",
	    "coauthor", "cre", "creator", "dis", "dissertant", "auteur",
	    "autor", "autora", "autore", "verfasser", "verfasserin",
	    NULL };
	static const char *const editors[] = { "edt", "editor", "editors",
	    "ed", "eds", "joint editor", "jt. ed", "co-editor", "coeditor",
	    "volume editor", "edc", "editor of compilation", "herausgeber",
	    "herausgeberin", "hrsg", "hg", NULL };

	return *s == '\0' ? RELATOR_NONE : words_have(authors, s) ?
	    RELATOR_AUTHOR : words_have(editors, s) ? RELATOR_EDITOR :
	    RELATOR_OTHER;
}

/*
 * The length of the first term in s, and of the mark behind it; *sign is where
 * the next mark that is no word was found.
 */
static size_t
first(const char *s, const char **sign, size_t *mark)
{
	const char *and;

	if (*sign < s)
		*sign = s + strcspn(s, SIGNS);
	and = memmem(s, (size_t)(*sign - s), " and ", 5);
	*mark = and != NULL ? 5 : **sign != '\0';
	return (size_t)((and != NULL ? and : *sign) - s);
}

enum relator
relator_of(const char *s)
{
	static const char around[] = " .:";
	enum relator best = RELATOR_NONE, is;
	const char *word, *sign = s + strcspn(s, SIGNS);
	size_t n, len, mark;

	for (; *s != '\0'; s += n + mark) {
		word = s;
		len = n = first(s, &sign, &mark);
		for (; len > 0 && strchr(around, *word) != NULL; len--)
			word++;
		while (len > 0 && strchr(around, word[len - 1]) != NULL)
			len--;
		is = of_word(arena_strndup(entry_arena(), word, len));
		if (is > best)
			best = is;
	}
	return best;
}

struct json *
relator_people(struct json *paper, enum relator r)
{
	return r == RELATOR_OTHER ? json_array(entry_arena()) :
	    entry_people(paper, r == RELATOR_EDITOR ? "editors" : "authors");
}

void
relator_keep(struct json *paper, struct json *person, const char *role)
{
	const char *name = json_get_str(person, "name");
	struct buf b = { 0 };

	if (name == NULL)
		return;
	buf_adds(&b, name);
	if (*role != '\0')
		buf_addf(&b, " (%s)", role);
	entry_append(paper, "contributor", b.p, b.len);
	buf_free(&b);
}

/* abstract - what stands there where there is none */
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/text.h"
#include "normalize/normalize.h"

static bool
is_word(const char *const *words, const char *s, size_t n)
{
	for (; *words != NULL; words++)
		if (strlen(*words) == n && memcmp(*words, s, n) == 0)
			return true;
	return false;
}

/*
 * Whether the words, with a space between, say that there is no abstract, and
 * no more: one of each kind but the last must be there.
 */
static bool
tells_none(const char *s)
{
	static const char *const kinds[][12] = {
		{ "abstract", "abstracts", NULL },
		{ "no", "not", "unavailable", "without", "none", "missing",
		    NULL },
		{ "a", "an", "the", "this", "is", "are", "was", "has", "have",
		    "does", NULL },
		{ "there", "for", "with", "in", "yet", "currently", "of",
		    "online", "here", "been", "any", NULL },
		{ "available", "provided", "given", "supplied", "included",
		    "submitted", "found", "entered", "exists", NULL },
		{ "article", "paper", "document", "item", "publication",
		    "entry", "title", "work", "author", "authors", "by", NULL },
	};
	bool any[2] = { false, false };
	size_t n, i;

	for (; *s != '\0'; s += n + (s[n] == ' ')) {
		n = strcspn(s, " ");
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (is_word(kinds[i], s, n))
				break;
		if (i == sizeof(kinds) / sizeof(kinds[0]))
			return false;
		if (i < 2)
			any[i] = true;
	}
	return any[0] && any[1];
}

/* What only says that there is no abstract. */
void
normalize_abstract(struct arena *arena, struct json *paper)
{
	static const char *const words[] = { "none", "na", "n a", "null",
	    "nan", "nil", "tba", "tbd", "abstract", "placeholder",
	    "to be announced", "to appear", "unavailable", "not available",
	    "abstract goes here", "", NULL };
	static struct buf key;
	const char *s = json_get_str(paper, "abstract");

	if (s == NULL || strlen(s) > 80)
		return;
	buf_reset(&key);
	text_fold(&key, s, strlen(s), ' ');
	if (is_word(words, key.p, key.len) || tells_none(key.p))
		drop_value(arena, paper, "abstract", "says that there is none");
}

/* entry_words - lists of words in one text */
#include <string.h>

#include "lib/entity.h"
#include "lib/text.h"
#include "parse/format.h"

/* The first of one or two marks between s and end, which is end if there is
 * none. */
static const char *
find_mark(const char *s, const char *end, const char *marks)
{
	const char *p;

	for (p = s; p < end; p++)
		if ((*p == marks[0] || (*p == marks[1] && *p != '\0')) &&
		    (*p != ';' || !entity_ends(p, s)))
			break;
	return p;
}

const char *
entry_part(const char **s, const char *end, const char *marks, size_t *n)
{
	const char *part = *s, *p;

	if (part == NULL)
		return NULL;
	p = find_mark(part, end, marks);
	*s = p < end ? p + 1 : NULL;
	*n = (size_t)(p - part);
	text_trim(&part, n);
	return part;
}

void
entry_words(struct json *paper, const char *s, size_t n, const char *marks)
{
	const char *end = s + n, *part;

	while ((part = entry_part(&s, end, marks, &n)) != NULL)
		entry_append(paper, "keywords", part, n);
}

void
entry_keywords(struct json *paper, const char *s, size_t n)
{
	entry_words(paper, s, n, find_mark(s, s + n, ";") < s + n ? ";" : ",");
}

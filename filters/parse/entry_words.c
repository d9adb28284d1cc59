/* entry_words - lists of words in one text */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
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

/* A star in front of a word is PubMed's, of what a paper is mainly about. */
static bool
is_star(const char *s, size_t i, size_t n)
{
	return s[i] == '*' && (i == 0 || s[i - 1] == '/') && i + 1 < n &&
	    isalpha((unsigned char)s[i + 1]);
}

void
entry_word(struct json *paper, const char *s, size_t n)
{
	static struct buf b;
	size_t i;

	text_trim(&s, &n);
	buf_reset(&b);
	if (n > 0 && memchr(s, '*', n) != NULL) {
		for (i = 0; i < n; i++)
			if (!is_star(s, i, n))
				buf_addc(&b, s[i]);
		s = b.p;
		n = b.len;
	}
	entry_append(paper, "keywords", s, n);
}

void
entry_words(struct json *paper, const char *s, size_t n, const char *marks)
{
	const char *end = s + n, *part;

	while ((part = entry_part(&s, end, marks, &n)) != NULL)
		entry_word(paper, part, n);
}

/* "46,XX males, twins": where commas have blanks behind them, one without is
 * the word's own. */
static void
comma_words(struct json *paper, const char *s, const char *end)
{
	const char *p;
	bool blanks = false;

	for (p = s; p < end && !blanks; p++)
		blanks = *p == ',' && p + 1 < end &&
		    isspace((unsigned char)p[1]);
	for (p = s; p < end; p++)
		if (*p == ',' && (!blanks || p + 1 == end ||
		    isspace((unsigned char)p[1]))) {
			entry_word(paper, s, (size_t)(p - s));
			s = p + 1;
		}
	entry_word(paper, s, (size_t)(end - s));
}

void
entry_keywords(struct json *paper, const char *s, size_t n)
{
	const char *end = s + n;

	if (find_mark(s, end, ";") < end)
		entry_words(paper, s, n, ";");
	else
		comma_words(paper, s, end);
}

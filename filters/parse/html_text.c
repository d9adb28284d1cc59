/* html_text - what values on pages are written like */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/json.h"
#include "lib/markup.h"
#include "parse/format.h"
#include "parse/html.h"

const char *
html_resolve(struct buf *b, const char *s)
{
	buf_reset(b);
	markup_entities(b, s, strlen(s));
	return b->p;
}

bool
html_is_cut(const char *s)
{
	static const char *const marks[] = { "...", "\xe2\x80\xa6", "[...]",
	    "[\xe2\x80\xa6]" };
	size_t n = strlen(s), len, i;

	while (n > 0 && isspace((unsigned char)s[n - 1]))
		n--;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		len = strlen(marks[i]);
		if (n >= len && memcmp(s + n - len, marks[i], len) == 0)
			return true;
	}
	return false;
}

/* "Abstract:", "Abstract", or "Abstract" on a line of its own. */
const char *
html_without_label(const char *s)
{
	static const char *const dashes[] = { "\xe2\x80\x93", "\xe2\x80\x94" };
	const char *p, *q;
	size_t i;

	s += strspn(s, " \t\r\n\f");
	if (strncasecmp(s, "abstract", 8) != 0)
		return s;
	p = s + 8;
	q = p + strspn(p, " \t");
	for (i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (strncmp(q, dashes[i], 3) == 0)
			return q + 3 + strspn(q + 3, " \t\r\n\f");
	if (*q != '\0' && strchr(":.\r\n", *q) == NULL &&
	    (*q != '-' || q == p))
		return s;
	return q + strspn(q, ":.- \t\r\n\f");
}

void
html_take_abstract(struct json *paper, const char *s)
{
	static struct buf b;

	if (json_get(paper, "abstract") != NULL || html_is_cut(s))
		return;
	buf_reset(&b);
	if (strchr(s, '<') != NULL)
		markup_untag(&b, s, strlen(s));
	else
		buf_adds(&b, s);
	entry_str(paper, "abstract", html_without_label(b.p));
}

void
html_take_identifier(struct json *paper, const char *s, const char *scheme)
{
	s += strspn(s, " \t\r\n");
	if (entry_is_url(s))
		entry_link(paper, s, strlen(s));
	else if (!entry_known_id(paper, s, strlen(s)) && scheme != NULL &&
	    strcasecmp(scheme, "doi") != 0)
		entry_typed_id(paper, scheme, s, strlen(s));
}

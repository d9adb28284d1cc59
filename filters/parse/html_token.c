/* html_token - a page of HTML as text and tags, one behind the other */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/markup.h"
#include "parse/html_token.h"

/*
 * After the tokenization of the HTML standard, 13.2.5, as far as it tells tags
 * from text.  libxml2's HTML parser, written for HTML 4, is not used: it ends
 * at a NUL and at a depth of 256, and takes quadratic time for the attributes
 * of a tag.
 */

/* Elements in which "<" begins nothing but their own end. */
static const char *const raw[] = { "script", "style", "title", "textarea",
    "iframe", "noembed", "noframes", "xmp", NULL };

static bool
is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool
html_is(const struct html_token *t, const char *name)
{
	return t->type != HTML_TEXT && strlen(name) == t->n &&
	    strncasecmp(t->s, name, t->n) == 0;
}

/* One attribute of a tag; n: of the value. */
struct attribute {
	const char	*name, *s;
	size_t		 namelen, n;
};

/* Read one from *p on; false: there is none before the tag's ">" at *p. */
static bool
next_attribute(const char **p, const char *end, struct attribute *a)
{
	const char *q = *p;
	char quote;

	while (q < end && (is_space(*q) || *q == '/'))
		q++;
	*p = q;
	if (q == end || *q == '>')
		return false;
	a->name = q++;
	while (q < end && !is_space(*q) && strchr("/>=", *q) == NULL)
		q++;
	a->namelen = (size_t)(q - a->name);
	a->s = q;
	a->n = 0;
	*p = q;
	while (q < end && is_space(*q))
		q++;
	if (q == end || *q != '=')
		return true;
	q++;
	while (q < end && is_space(*q))
		q++;
	quote = q < end && (*q == '"' || *q == '\'') ? *q : '\0';
	a->s = quote != '\0' ? q + 1 : q;
	if (quote != '\0') {
		q = memchr(a->s, quote, (size_t)(end - a->s));
		if (q == NULL)
			q = end;
	} else
		while (q < end && !is_space(*q) && *q != '>')
			q++;
	a->n = (size_t)(q - a->s);
	*p = q < end && quote != '\0' ? q + 1 : q;
	return true;
}

bool
html_attribute(const struct html_token *t, const char *name, struct buf *b)
{
	const char *p = t->attributes;
	struct attribute a;
	size_t n = strlen(name);

	buf_reset(b);
	while (next_attribute(&p, t->end, &a))
		if (a.namelen == n && strncasecmp(a.name, name, n) == 0) {
			markup_entities(b, a.s, a.n);
			return true;
		}
	return false;
}

/* Where an end tag of this name begins, or NULL. */
static const char *
find_end(const char *p, const char *end, const char *name)
{
	size_t n = strlen(name);

	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) > n + 2 && p[1] == '/' &&
		    strncasecmp(p + 2, name, n) == 0 &&
		    (is_space(p[n + 2]) || p[n + 2] == '/' ||
		    p[n + 2] == '>'))
			return p;
		p++;
	}
	return NULL;
}

/* What begins at p does not end. */
static void
end_inside(struct html_reader *r, const char *p, const char *what)
{
	if (find_end(p, r->end, "html") == NULL)
		snprintf(r->cut, sizeof(r->cut), "%s", what);
	r->p = r->end;
}

/* Behind a comment whose "<!--" ends at s, or NULL. */
static const char *
behind_comment(const char *s, const char *end)
{
	const char *p = s;

	if (p < end && *p == '>')
		return p + 1;
	if (end - p > 1 && p[0] == '-' && p[1] == '>')
		return p + 2;
	for (; (p = memchr(p, '>', (size_t)(end - p))) != NULL; p++)
		if ((p - s >= 2 && memcmp(p - 2, "--", 2) == 0) ||
		    (p - s >= 3 && memcmp(p - 3, "--!", 3) == 0))
			return p + 1;
	return NULL;
}

/* Behind what begins with "<!", "<?" or "</" and is no tag, or NULL. */
static const char *
behind_declaration(const char *p, const char *end)
{
	if (end - p >= 4 && memcmp(p, "<!--", 4) == 0)
		return behind_comment(p + 4, end);
	p = memchr(p, '>', (size_t)(end - p));
	return p == NULL ? NULL : p + 1;
}

/* The text of an element without tags in it; false: it is empty. */
static bool
read_raw(struct html_reader *r, struct html_token *t)
{
	const char *p = find_end(r->p, r->end, r->raw);
	char element[16];

	t->type = HTML_TEXT;
	t->raw = strcmp(r->raw, "title") != 0 && strcmp(r->raw,
	    "textarea") != 0;
	t->s = r->p;
	t->n = (size_t)((p != NULL ? p : r->end) - r->p);
	snprintf(element, sizeof(element), "<%s>", r->raw);
	if (p == NULL)
		end_inside(r, r->p, element);
	else
		r->p = p;
	r->raw = NULL;
	return t->n > 0;
}

/* The tag at r->p, which begins with a letter; false: it does not end. */
static bool
read_tag(struct html_reader *r, struct html_token *t)
{
	struct attribute a;
	const char *p = r->p + 1;
	const char *const *name;

	t->type = *p == '/' ? HTML_END : HTML_START;
	t->raw = false;
	p += *p == '/';
	t->s = p;
	while (p < r->end && !is_space(*p) && *p != '/' && *p != '>')
		p++;
	t->n = (size_t)(p - t->s);
	t->attributes = p;
	while (next_attribute(&p, r->end, &a))
		;
	t->end = p;
	if (p == r->end) {
		end_inside(r, t->s, "a tag");
		return false;
	}
	r->p = p + 1;
	if (t->type == HTML_END || (r->xml && p[-1] == '/'))
		return true;
	for (name = raw; *name != NULL; name++)
		if (html_is(t, *name))
			r->raw = *name;
	return true;
}

bool
html_next(struct html_reader *r, struct html_token *t)
{
	const char *p;
	int c;

	if (r->raw != NULL && read_raw(r, t))
		return true;
	while (r->p < r->end) {
		c = r->end - r->p > 1 && *r->p == '<' ?
		    (unsigned char)r->p[1] : '\0';
		if (isalpha(c) || (c == '/' && r->end - r->p > 2 &&
		    isalpha((unsigned char)r->p[2])))
			return read_tag(r, t);
		if (c == '!' || c == '?' || c == '/') {
			p = behind_declaration(r->p, r->end);
			if (p == NULL)
				end_inside(r, r->p, r->end - r->p < 4 ||
				    memcmp(r->p, "<!--", 4) != 0 ? "a tag" :
				    "a comment");
			else
				r->p = p;
			continue;
		}
		p = memchr(r->p + 1, '<', (size_t)(r->end - r->p - 1));
		if (p == NULL)
			p = r->end;
		*t = (struct html_token){ .type = HTML_TEXT, .s = r->p,
		    .n = (size_t)(p - r->p) };
		r->p = p;
		return true;
	}
	return false;
}

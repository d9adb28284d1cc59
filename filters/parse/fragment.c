/* fragment - text of other formats that has tags of HTML, JATS and MathML */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/markup.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/parts.h"
#include "parse/tree.h"

#define DEPTH	64	/* of tags in tags: deeper ones are passed over */

/* Names of JATS and MathML that markup does not take off anywhere. */
static const char *const names[] = { "abstract", "alternatives", "annotation",
    "annotation-xml", "disp-formula", "email", "ext-link", "fixed-case", "hr",
    "inline-formula", "inline-graphic", "list", "list-item", "mprescripts",
    "mroot", "mtable", "mtd", "mtr", "named-content", "overline", "roman",
    "sans-serif", "semantics", "strike", "styled-content", "tex-math",
    "trans-abstract", "trans-title", "uri", "xref" };

/* Those of HTML that end themselves. */
static const char *const empty[] = { "br", "hr", "img" };

struct tag {
	const char	*name;		/* without its prefix, in small letters */
	size_t		 length;	/* in the text */
	bool		 ends;		/* </name> */
	bool		 alone;		/* <name/> */
	const char	*attr;		/* between the name and the end */
	size_t		 attr_len;
};

static int
compare(const void *key, const void *elem)
{
	return strcmp(key, *(const char *const *)elem);
}

#define IS_IN(list, name) \
	(bsearch(name, list, sizeof(list) / sizeof(list[0]), \
	    sizeof(list[0]), compare) != NULL)

/* Whether the text from s, which is at a '<', is a tag. */
static bool
read_tag(struct tag *t, const char *s, const char *end)
{
	const char *p = s + 1, *close;
	char name[32], *colon;
	size_t n = 0;

	*t = (struct tag){ .ends = p < end && *p == '/' };
	for (p += t->ends; p < end && n < sizeof(name) - 1 &&
	    (isalnum((unsigned char)*p) || strchr("-:_", *p) != NULL) &&
	    *p != '\0'; p++)
		name[n++] = (char)tolower((unsigned char)*p);
	name[n] = '\0';
	if (p == end || !isalpha((unsigned char)name[0]) ||
	    (*p != '>' && *p != '/' && !isspace((unsigned char)*p)))
		return false;
	colon = strchr(name, ':');
	if (colon != NULL ? !isalpha((unsigned char)colon[1]) ||
	    strchr(colon + 1, ':') != NULL :
	    !markup_is_tag(name) && !IS_IN(names, name))
		return false;
	for (close = p; close < end && *close != '>'; close++)
		if (*close == '<')
			return false;
	if (close == end)
		return false;
	colon = colon != NULL ? colon + 1 : name;
	t->name = arena_strndup(entry_arena(), colon, strlen(colon));
	t->length = (size_t)(close + 1 - s);
	t->alone = close[-1] == '/' || IS_IN(empty, t->name);
	t->attr = p;
	t->attr_len = (size_t)(close - p);
	return true;
}

/* The attributes name="value"; others are passed over. */
static const struct attr *
read_attributes(const char *s, size_t n)
{
	const char *end = s + n, *p, *q;
	struct attr *first = NULL, *a;

	while ((p = memchr(s, '=', (size_t)(end - s))) != NULL) {
		while (s < p && isspace((unsigned char)*s))
			s++;
		if (p + 1 == end || (p[1] != '"' && p[1] != '\'') ||
		    (q = memchr(p + 2, p[1], (size_t)(end - p - 2))) == NULL)
			break;
		a = arena_alloc(entry_arena(), sizeof(*a));
		a->name = arena_strndup(entry_arena(), s, (size_t)(p - s));
		a->value = arena_strndup(entry_arena(), p + 2,
		    (size_t)(q - p - 2));
		a->next = first;
		first = a;
		s = q + 1;
	}
	return first;
}

static struct node *
new_node(const char *name)
{
	struct node *n = arena_alloc(entry_arena(), sizeof(*n));

	*n = (struct node){ .name = name };
	return n;
}

static void
add_text(struct node *parent, const char *s, size_t n)
{
	struct buf b = { 0 };
	struct node *text;
	char *nul;

	if (n == 0)
		return;
	text = new_node(NULL);
	markup_entities(&b, s, n);
	/* texts of trees end with one */
	while ((nul = memchr(b.p, '\0', b.len)) != NULL)
		*nul = ' ';
	text->text = arena_strndup(entry_arena(), b.p, b.len);
	text->len = b.len;
	tree_append(parent, text);
	buf_free(&b);
}

/* Where the text goes on behind a tag that ends something. */
static struct node *
end_element(struct node *at, const char *name, size_t *depth)
{
	struct node *n;
	size_t up = 0;

	for (n = at; n->parent != NULL; n = n->parent, up++)
		if (strcmp(n->name, name) == 0) {
			*depth -= up + 1;
			return n->parent;
		}
	return at;
}

const struct node *
fragment_read(const char *s, size_t n)
{
	struct node *root = new_node("abstract"), *at = root, *element;
	const char *end = s + n, *from = s, *lt = s;
	size_t depth = 0;
	struct tag t;

	while ((lt = memchr(lt, '<', (size_t)(end - lt))) != NULL) {
		if (!read_tag(&t, lt, end)) {
			lt++;
			continue;
		}
		add_text(at, from, (size_t)(lt - from));
		from = lt += t.length;
		if (t.ends)
			at = end_element(at, t.name, &depth);
		else if (depth < DEPTH) {
			element = new_node(t.name);
			element->attr = read_attributes(t.attr, t.attr_len);
			tree_append(at, element);
			if (!t.alone) {
				at = element;
				depth++;
			}
		}
	}
	add_text(at, from, (size_t)(end - from));
	return root;
}

static bool
is_plain(const char *s, size_t n)
{
	return memchr(s, '<', n) == NULL && memchr(s, '&', n) == NULL;
}

void
fragment_line(struct json *o, const char *member, const char *s, size_t n)
{
	if (is_plain(s, n))
		entry_text(o, member, s, n);
	else
		entry_str(o, member, parts_line(tree_text(fragment_read(s,
		    n))));
}

void
fragment_blocks(struct json *o, const char *member, const char *s, size_t n)
{
	if (is_plain(s, n))
		entry_text(o, member, s, n);
	else
		entry_str(o, member, parts_abstract(fragment_read(s, n)));
}

void
fragment_escaped(struct json *o, const char *member, const char *s)
{
	if (strstr(s, "</") != NULL || strcasestr(s, "<br") != NULL)
		fragment_blocks(o, member, s, strlen(s));
	else
		entry_str(o, member, s);
}

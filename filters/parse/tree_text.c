/* tree_text - the text of elements: blocks, formulas */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/markup.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/tree.h"

/* TeX between dollars, of a whole document what is in it. */
static void
add_tex(struct buf *b, const char *s, size_t n)
{
	static const char from[] = "\\begin{document}", to[] = "\\end{document}";
	const char *end = s + n, *p;

	if ((p = memmem(s, n, from, sizeof(from) - 1)) != NULL)
		s = p + sizeof(from) - 1;
	if ((p = memmem(s, (size_t)(end - s), to, sizeof(to) - 1)) != NULL)
		end = p;
	while (s < end && (isspace((unsigned char)*s) || *s == '$'))
		s++;
	while (s < end && (isspace((unsigned char)end[-1]) || end[-1] == '$'))
		end--;
	if (s == end)
		return;
	buf_addc(b, '$');
	buf_add(b, s, (size_t)(end - s));
	buf_addc(b, '$');
}

static bool
is_blank(const char *s, size_t n)
{
	text_trim(&s, &n);
	return n == 0;
}

/* Whether there is any text in n. */
static bool
has_text(const struct node *n)
{
	const struct node *c;

	if (n->name == NULL)
		return !is_blank(n->text, n->len);
	for (c = n->child; c != NULL; c = c->next)
		if (has_text(c))
			return true;
	return false;
}

/*
 * The TeX that says the same as n, if there is any: of several forms of a
 * formula, or of MathML.
 */
static const struct node *
tex_of(const struct node *n)
{
	static const char *const forms[] = { "alternatives", "inline-formula",
	    "disp-formula", NULL };
	const struct node *c;

	if (tree_is_in(forms, n->name)) {
		for (c = tree_child(n, "tex-math"); c != NULL; c = tree_next(c))
			if (has_text(c))
				return c;
	} else if (tree_same(n->name, "math"))
		for (c = tree_walk(n, n); c != NULL; c = tree_walk(c, n))
			if (strcmp(c->name, "annotation") == 0 &&
			    tree_attr_is(c, "encoding", "application/x-tex"))
				return c;
	return NULL;
}

static void	 add_math(struct buf *, const struct node *);

/*
 * The index or exponent c of MathML, whose place in its parent tells what it
 * is; false: it is neither.
 */
static bool
add_math_script(struct buf *b, const struct node *c)
{
	static const char *const parents[] = { "msub", "msup", "msubsup",
	    NULL };
	int parent = tree_place(parents, c->parent->name), place = 0;
	struct buf text = { 0 };
	const struct node *n;

	if (parent < 0 || c->name == NULL)
		return false;
	/* no further than it tells: hostile ones have many */
	for (n = c->parent->child; n != c && place < 2; n = n->next)
		place += n->name != NULL;
	if (place == 0)
		return false;
	buf_reset(&text);
	add_math(&text, c);
	markup_script(b, text.p, text.len, parent == 1 || place > 1);
	buf_free(&text);
	return true;
}

/* The number of elements in n that have a text and no element in them. */
static size_t
count_leaves(const struct node *n)
{
	const struct node *c;
	size_t leaves = 0;

	for (c = n; c != NULL; c = tree_walk(c, n))
		leaves += tree_walk(c, c) == NULL && has_text(c);
	return leaves;
}

/* A fraction in a line: "1/2", "(a+b)/c". */
static void
add_fraction(struct buf *b, const struct node *fraction)
{
	const struct node *c;
	size_t place = 0;
	bool many;

	for (c = fraction->child; c != NULL; c = c->next) {
		if (c->name == NULL)
			continue;
		if (place++ > 0)
			buf_addc(b, '/');
		many = count_leaves(c) > 1;
		if (many)
			buf_addc(b, '(');
		add_math(b, c);
		if (many)
			buf_addc(b, ')');
	}
}

/* MathML: white space between its elements is none in the formula. */
static void
add_math(struct buf *b, const struct node *n)
{
	const struct node *c;

	if (n->name == NULL) {
		if (!is_blank(n->text, n->len))
			buf_add(b, n->text, n->len);
		return;
	}
	if (strcmp(n->name, "mspace") == 0)
		buf_addc(b, ' ');
	if (strcmp(n->name, "mfrac") == 0 &&
	    tree_attr(n, "linethickness") == NULL) {
		add_fraction(b, n);
		return;
	}
	if (strncmp(n->name, "annotation", 10) != 0)
		for (c = n->child; c != NULL; c = c->next)
			if (!add_math_script(b, c))
				add_math(b, c);
}

/* The text in an element, whatever that itself is called. */
static void
add_inside(struct buf *b, const struct node *n, const char *const *without)
{
	const struct node *c, *tex;
	struct buf text = { 0 };

	tex = tree_same(n->name, "tex-math") ? n : tex_of(n);
	if (tex != NULL) {
		for (c = tex->child; c != NULL; c = c->next)
			tree_add_text(&text, c, without);
		add_tex(b, text.p != NULL ? text.p : "", text.len);
		buf_free(&text);
	} else if (tree_same(n->name, "math"))
		add_math(b, n);
	else
		for (c = n->child; c != NULL; c = c->next)
			tree_add_text(b, c, without);
}

void
tree_add_text(struct buf *b, const struct node *n, const char *const *without)
{
	static const char *const blocks[] = { "p", "title", "sec", "break",
	    "br", "div", "list", "list-item", "li", NULL };
	struct buf script = { 0 };
	bool block, raised;

	if (n->name == NULL) {
		buf_add(b, n->text, n->len);
		return;
	}
	if (tree_is_in(without, n->name))
		return;
	if (markup_is_script(n->name, &raised)) {
		buf_reset(&script);
		add_inside(&script, n, without);
		markup_script(b, script.p, script.len, raised);
		buf_free(&script);
		return;
	}
	block = tree_is_in(blocks, n->name);
	if (block && b->len > 0)
		buf_addc(b, ' ');
	add_inside(b, n, without);
	if (block)
		buf_addc(b, ' ');
}

/* Whether n is just this text. */
static bool
is_plain(const struct node *n)
{
	return n->child != NULL && n->child->name == NULL &&
	    n->child->next == NULL && !tree_same(n->name, "tex-math") &&
	    !tree_same(n->name, "math");
}

const char *
tree_text_without(const struct node *n, const char *const *names)
{
	struct buf b = { 0 };
	const char *s;

	if (n == NULL || n->child == NULL)
		return "";
	if (is_plain(n))
		return n->child->text;
	add_inside(&b, n, names);
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

const char *
tree_text(const struct node *n)
{
	return tree_text_without(n, NULL);
}

void
tree_set(struct json *paper, const char *member, const struct node *n)
{
	if (n != NULL)
		entry_str(paper, member, tree_text(n));
}

/* tree - the records of an XML document, each as a small tree */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/tree.h"
#include "parse/xml.h"

#define AROUND		16	/* elements around a record that are known */
#define CONTEXTS	64	/* in one of them: hostile ones have more */

/* An element that a record is in; its context is in its arena. */
struct around {
	struct node	 node;
	const char	*qname;		/* as in its tags */
	size_t		 contexts;
	struct arena	 arena;
};

struct reader {
	struct xml			 xml;	/* first: it is given to SAX */
	const struct tree_format	*format;
	struct around			 around[AROUND];
	int				 naround;
	int				 reopened;	/* to come, of them */
	bool				 dummy;		/* a root stands in */
	struct buf			 lead;
	bool				 known_root;
	struct arena			 arena;		/* of the record */
	struct arena			*into;		/* of the tree at hand */
	struct node			*top;		/* of it, or NULL */
	struct node			*at;
	int				 top_depth;
	int				 bulk_depth;	/* 0: not in bulk */
	bool				 odd_before;	/* an unknown entity */
	bool				 is_context;
	char				 broken[64];	/* record, or "" */
};

static bool
is_in(const char *const *list, const char *name)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static const char *
qualified(struct arena *a, const char *prefix, const char *name)
{
	struct buf b = { 0 };

	if (prefix != NULL)
		buf_addf(&b, "%s:", prefix);
	buf_adds(&b, name);
	name = arena_strndup(a, b.p, b.len);
	buf_free(&b);
	return name;
}

/* Making trees */

static const struct attr *
attributes(struct arena *a, const xmlChar **attr, int n)
{
	const struct attr *first = NULL;
	struct attr *made;

	for (attr += 5 * n; n > 0; n--) {
		attr -= 5;
		made = arena_alloc(a, sizeof(*made));
		made->name = arena_strndup(a, (const char *)attr[0],
		    strlen((const char *)attr[0]));
		made->value = arena_strndup(a, (const char *)attr[3],
		    (size_t)(attr[4] - attr[3]));
		made->next = first;
		first = made;
	}
	return first;
}

static void
append(struct node *parent, struct node *n)
{
	n->parent = parent;
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->child = n;
	parent->last = n;
}

static struct node *
new_element(struct arena *a, const char *name, const xmlChar **attr, int nattr)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	*n = (struct node){ .name = arena_strndup(a, name, strlen(name)),
	    .attr = attributes(a, attr, nattr) };
	return n;
}

static void
unlink_child(struct node *parent, const char *name)
{
	struct node **p, *n, *last = NULL;

	for (p = &parent->child; (n = *p) != NULL; )
		if (strcmp(n->name, name) == 0)
			*p = n->next;
		else {
			last = n;
			p = &n->next;
		}
	parent->last = last;
}

/* SAX */

static void
push(struct reader *t, const char *name, const char *prefix,
    const xmlChar **attr, int nattr)
{
	struct around *a = &t->around[t->naround++];

	arena_reset(&a->arena);
	a->node = *new_element(&a->arena, name, attr, nattr);
	a->node.parent = t->naround > 1 ? &a[-1].node : NULL;
	a->qname = qualified(&a->arena, prefix, name);
	a->contexts = 0;
	if (t->naround == 1 && is_in(t->format->roots, name))
		t->known_root = true;
}

static void
begin_tree(struct reader *t, struct arena *into, const char *name,
    const xmlChar **attr, int nattr)
{
	t->into = into;
	t->top = t->at = new_element(into, name, attr, nattr);
	t->top_depth = t->xml.depth;
	t->bulk_depth = 0;
}

static void
on_start(void *ctx, const xmlChar *xname, const xmlChar *prefix,
    const xmlChar *uri, int nns, const xmlChar **ns, int nattr, int ndefault,
    const xmlChar **attr)
{
	struct reader *t = ctx;
	const char *name = (const char *)xname;
	struct around *inner = t->naround > 0 ? &t->around[t->naround - 1] :
	    NULL;
	struct node *n;

	(void)uri, (void)nns, (void)ns, (void)ndefault;
	t->xml.depth++;
	if (t->reopened > 0) {
		t->reopened--;
		return;
	}
	if (t->top != NULL) {
		if (t->bulk_depth == 0 && is_in(t->format->bulk, name)) {
			t->bulk_depth = t->xml.depth;
			t->odd_before = t->xml.entity[0] != '\0';
		}
		if (t->bulk_depth > 0)
			return;
		n = new_element(t->into, name, attr, nattr);
		append(t->at, n);
		t->at = n;
		return;
	}
	xml_forget(&t->xml);
	t->is_context = is_in(t->format->context, name) && inner != NULL &&
	    inner->contexts < CONTEXTS;
	if (is_in(t->format->records, name)) {
		arena_reset(&t->arena);
		begin_tree(t, &t->arena, name, attr, nattr);
		t->top->parent = inner != NULL ? &inner->node : NULL;
	} else if (t->is_context) {
		inner->contexts++;
		unlink_child(&inner->node, name);
		begin_tree(t, &inner->arena, name, attr, nattr);
	} else if (t->naround < AROUND)
		push(t, name, (const char *)prefix, attr, nattr);
}

static void
on_text(void *ctx, const xmlChar *s, int n)
{
	struct reader *t = ctx;
	struct node *text;

	if (t->top == NULL || t->bulk_depth > 0)
		return;
	text = arena_alloc(t->into, sizeof(*text));
	*text = (struct node){ .text = arena_strndup(t->into, (const char *)s,
	    (size_t)n), .len = (size_t)n };
	append(t->at, text);
}

static void
end_record(struct reader *t)
{
	struct xml *x = &t->xml;
	char entity[sizeof(x->entity)];
	struct json *paper;

	memcpy(entity, x->entity, sizeof(entity));
	x->entity[0] = '\0';
	if (entity[0] == '\0' && t->format->is_entry != NULL &&
	    !t->format->is_entry(t->top))
		return;
	paper = entry_begin(x->doc, x->kept_at, x->kept_line, NULL, 0);
	xml_show_input(x, t->top->name);
	if (entity[0] != '\0')
		filter_reject(REJECT_BAD_ENTITY, NULL, entity, strlen(entity),
		    "&%s; is no character of HTML's", entity);
	else
		t->format->take(x->doc, paper, t->top);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct reader *t = ctx;
	int depth = t->xml.depth--;

	(void)name, (void)prefix, (void)uri;
	if (t->top == NULL) {
		if (depth == t->naround + t->dummy)
			t->naround -= t->naround > 0;
	} else if (t->bulk_depth > 0) {
		if (depth == t->bulk_depth) {
			t->bulk_depth = 0;
			if (!t->odd_before)
				t->xml.entity[0] = '\0';
		}
	} else if (depth > t->top_depth)
		t->at = t->at->parent;
	else {
		if (t->is_context)
			append(&t->around[t->naround - 1].node, t->top);
		else
			end_record(t);
		t->top = NULL;
	}
}

/* Errors */

/* Forget the elements around from i on, and open the others anew. */
static void
reopen(struct reader *t, int i)
{
	t->naround = i;
	t->dummy = i == 0;
	t->reopened = i > 0 ? i : 1;
	buf_reset(&t->lead);
	if (t->dummy)
		buf_adds(&t->lead, "<records>");
	for (i = 0; i < t->naround; i++)
		buf_addf(&t->lead, "<%s>", t->around[i].qname);
	t->xml.root = t->lead.p;
}

/*
 * A record is taken to be in the same elements as the one before; the tags of
 * these elements tell more.
 */
static bool
resumes(struct xml *x, const char *name)
{
	struct reader *t = (struct reader *)x;
	bool ends = *name == '/';
	const char *local;
	int i;

	for (i = t->naround - 1; i >= 0; i--)
		if (strcmp(t->around[i].qname, name + ends) == 0) {
			reopen(t, ends ? i + 1 : i);
			return true;
		}
	local = strchr(name, ':');
	local = local != NULL ? local + 1 : name;
	if (t->broken[0] != '\0' && strcmp(t->broken, local) != 0 &&
	    is_in(t->format->inner, local))
		return false;
	if (!is_in(t->format->records, local) &&
	    !is_in(t->format->context, local))
		return false;
	reopen(t, t->naround);
	return true;
}

static void
failed(struct xml *x)
{
	struct reader *t = (struct reader *)x;

	snprintf(t->broken, sizeof(t->broken), "%s", t->top != NULL &&
	    !t->is_context ? t->top->name : "");
	if (t->top == NULL && t->dummy && x->code == REJECT_CUT_SHORT)
		return;
	if (t->top == NULL || t->is_context)
		xml_begin_entry_at_error(x);
	else
		entry_begin(x->doc, x->kept_at, x->kept_line, NULL, 0);
	xml_show_input(x, t->top != NULL ? t->top->name : "");
	filter_reject(x->code, NULL, NULL, 0, "%s", x->error);
	t->top = NULL;
}

void
tree_read(struct document *doc, struct input *in,
    const struct tree_format *format)
{
	xmlSAXHandler sax = {
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};
	struct reader t = {
		.xml = { .doc = doc, .in = in, .sax = &sax, .resumes = resumes,
		    .failed = failed },
		.format = format,
	};
	uint64_t before = doc->entries;
	bool some = input_fill(in, 1) > 0;
	int i;

	xml_handler(&sax);
	xml_read(&t.xml);
	if (some && doc->entries == before && !t.known_root)
		entry_refuse(doc, 0, 1, NULL, 0, REJECT_BAD_FORMAT,
		    "its root is none of this format");
	for (i = 0; i < AROUND; i++)
		arena_free(&t.around[i].arena);
	arena_free(&t.arena);
	buf_free(&t.lead);
}

/* Looking into trees */

const struct node *
tree_child(const struct node *n, const char *name)
{
	const struct node *c;

	for (c = n != NULL ? n->child : NULL; c != NULL; c = c->next)
		if (c->name != NULL && strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

const struct node *
tree_next(const struct node *n)
{
	const struct node *c;

	for (c = n->next; c != NULL; c = c->next)
		if (c->name != NULL && strcmp(c->name, n->name) == 0)
			return c;
	return NULL;
}

const struct node *
tree_find(const struct node *n, const char *path)
{
	size_t len = strcspn(path, "/");
	const struct node *c, *found;

	for (c = n != NULL ? n->child : NULL; c != NULL; c = c->next) {
		if (c->name == NULL || strncmp(c->name, path, len) != 0 ||
		    c->name[len] != '\0')
			continue;
		if (path[len] == '\0')
			return c;
		if ((found = tree_find(c, path + len + 1)) != NULL)
			return found;
	}
	return NULL;
}

const char *
tree_attr(const struct node *n, const char *name)
{
	const struct attr *a;

	for (a = n != NULL ? n->attr : NULL; a != NULL; a = a->next)
		if (strcmp(a->name, name) == 0)
			return a->value;
	return NULL;
}

bool
tree_attr_is(const struct node *n, const char *name, const char *value)
{
	const char *s = tree_attr(n, name);

	return s != NULL && strcmp(s, value) == 0;
}

const struct node *
tree_walk(const struct node *n, const struct node *root)
{
	const struct node *c = n;

	do {
		if (c->child != NULL)
			c = c->child;
		else {
			while (c != root && c->next == NULL)
				c = c->parent;
			if (c == root)
				return NULL;
			c = c->next;
		}
	} while (c->name == NULL);
	return c;
}

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

	if (is_in(forms, n->name)) {
		for (c = tree_child(n, "tex-math"); c != NULL; c = tree_next(c))
			if (has_text(c))
				return c;
	} else if (strcmp(n->name, "math") == 0)
		for (c = tree_walk(n, n); c != NULL; c = tree_walk(c, n))
			if (strcmp(c->name, "annotation") == 0 &&
			    tree_attr_is(c, "encoding", "application/x-tex"))
				return c;
	return NULL;
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
	if (strncmp(n->name, "annotation", 10) != 0)
		for (c = n->child; c != NULL; c = c->next)
			add_math(b, c);
}

static void	 add_text(struct buf *, const struct node *,
		    const char *const *);

/* The text in an element, whatever that itself is called. */
static void
add_inside(struct buf *b, const struct node *n, const char *const *without)
{
	const struct node *c, *tex;
	struct buf text = { 0 };

	tex = strcmp(n->name, "tex-math") == 0 ? n : tex_of(n);
	if (tex != NULL) {
		for (c = tex->child; c != NULL; c = c->next)
			add_text(&text, c, without);
		add_tex(b, text.p != NULL ? text.p : "", text.len);
		buf_free(&text);
	} else if (strcmp(n->name, "math") == 0)
		add_math(b, n);
	else
		for (c = n->child; c != NULL; c = c->next)
			add_text(b, c, without);
}

static void
add_text(struct buf *b, const struct node *n, const char *const *without)
{
	static const char *const blocks[] = { "p", "title", "sec", "break",
	    "br", "div", "list", "list-item", "li", NULL };
	bool block;

	if (n->name == NULL) {
		buf_add(b, n->text, n->len);
		return;
	}
	if (is_in(without, n->name))
		return;
	block = is_in(blocks, n->name);
	if (block && b->len > 0)
		buf_addc(b, ' ');
	add_inside(b, n, without);
	if (block)
		buf_addc(b, ' ');
}

const char *
tree_text_without(const struct node *n, const char *const *names)
{
	struct buf b = { 0 };
	const char *s;

	if (n != NULL)
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

/* tree - the records of an XML document, each as a small tree */
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "parse/format.h"
#include "parse/tree.h"
#include "parse/xml.h"

#define AROUND		16	/* elements around a record that are known */
#define CONTEXTS	4	/* names of context of a format, at most */

/* An element that a record is in, and the last context of each name in it. */
struct around {
	struct node	 node;
	struct arena	 arena;
	struct context {
		struct arena	 arena;
		size_t		 size;
	}		 context[CONTEXTS];
};

struct reader {
	struct xml			 xml;	/* first: it is given to us */
	const struct tree_format	*format;
	struct around			 around[AROUND];
	size_t				 naround;
	size_t				 held;		/* by all contexts */
	struct arena			 arena;		/* of the record */
	struct context			*context;	/* NULL: a record */
	struct arena			*into;		/* of the tree at hand */
	struct node			*top;		/* of it, or NULL */
	struct node			*at;
	struct buf			 text;		/* so far, in it */
	size_t				 size;		/* of it, in bytes */
	size_t				 top_depth;
	size_t				 bulk_depth;	/* 0: not in bulk */
	char				 broken[64];	/* record, or "" */
};

/* Making trees */

static const struct attr *
attributes(struct arena *a, const struct xml_tag *tag)
{
	const struct attr *first = NULL;
	const struct xml_attr *from;
	struct attr *made;

	for (from = tag->attr + tag->nattr; from-- > tag->attr; ) {
		made = arena_alloc(a, sizeof(*made));
		made->name = arena_strndup(a, from->name, from->namelen);
		made->value = arena_strndup(a, from->value, from->len);
		made->next = first;
		first = made;
	}
	return first;
}

static struct node *
new_element(struct arena *a, const struct xml_tag *tag)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	*n = (struct node){ .name = arena_strndup(a, tag->name,
	    strlen(tag->name)), .attr = attributes(a, tag) };
	return n;
}

/* About the bytes that an element takes. */
static size_t
size_of(const struct xml_tag *tag)
{
	size_t i, size = sizeof(struct node);

	for (i = 0; i < tag->nattr; i++)
		size += sizeof(struct attr) + tag->attr[i].len;
	return size;
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

/* Context */

static void
forget_context(struct reader *t, struct context *c)
{
	arena_reset(&c->arena);
	t->held -= c->size;
	c->size = 0;
}

/*
 * The tree at hand is context from now on.  All of it together may be as large
 * as one record; false: it is larger.
 */
static bool
keep_context(struct reader *t)
{
	if (t->held + t->size > filter_max_record()) {
		arena_reset(&t->context->arena);
		return false;
	}
	t->held += t->size;
	t->context->size = t->size;
	tree_append(&t->around[t->naround - 1].node, t->top);
	return true;
}

/* Likewise the record at hand, in place of the one before. */
static void
keep_record(struct reader *t)
{
	struct around *inner = &t->around[t->naround - 1];
	struct arena record = t->arena;

	t->context = &inner->context[CONTEXTS - 1];
	unlink_child(&inner->node, t->top->name);
	forget_context(t, t->context);
	t->arena = t->context->arena;
	t->context->arena = record;
	keep_context(t);
}

/* Reading */

static void
pop(struct reader *t)
{
	struct around *a = &t->around[--t->naround];
	size_t i;

	for (i = 0; i < CONTEXTS; i++)
		forget_context(t, &a->context[i]);
}

static void
push(struct reader *t, const struct xml_tag *tag)
{
	struct around *a = &t->around[t->naround++];

	arena_reset(&a->arena);
	a->node = *new_element(&a->arena, tag);
	a->node.parent = t->naround > 1 ? &a[-1].node : NULL;
	if (t->naround == 1 && tree_is_in(t->format->roots, tag->name))
		t->xml.known_root = true;
	else if (t->naround == 2 && t->format->beside != NULL &&
	    !tree_is_in(t->format->beside, tag->name))
		t->xml.known_root = false;
}

static void
begin_tree(struct reader *t, struct arena *into, const struct xml_tag *tag)
{
	xml_keep(&t->xml);
	arena_reset(into);
	t->into = into;
	t->top = t->at = new_element(into, tag);
	t->size = size_of(tag);
	t->top_depth = t->xml.depth;
	t->bulk_depth = 0;
}

static void
start_in_tree(struct reader *t, const struct xml_tag *tag)
{
	struct node *n;

	/* the end of the one before is missing */
	if (tree_same(tag->name, t->top->name) && t->bulk_depth == 0 &&
	    !tree_is_in(t->format->inner, tag->name)) {
		xml_fail(&t->xml, REJECT_BAD_XML, "<%s> inside of <%s>",
		    tag->name, tag->name);
		return;
	}
	if (t->bulk_depth == 0 && tree_is_in(t->format->bulk, tag->name)) {
		t->bulk_depth = t->xml.depth;
		t->xml.skips = true;
	}
	if (t->bulk_depth > 0)
		return;
	n = new_element(t->into, tag);
	tree_append(t->at, n);
	t->at = n;
	t->size += size_of(tag);
}

/* The text in front of a tag, which came in pieces, as one. */
static void
add_node(struct reader *t)
{
	struct node *n;

	if (t->text.len == 0)
		return;
	n = arena_alloc(t->into, sizeof(*n));
	*n = (struct node){ .text = arena_strndup(t->into, t->text.p,
	    t->text.len), .len = t->text.len };
	tree_append(t->at, n);
	t->size += sizeof(*n) + n->len;
	buf_reset(&t->text);
}

static void
start(struct xml *x, const struct xml_tag *tag)
{
	struct reader *t = (struct reader *)x;
	struct around *inner = t->naround > 0 ? &t->around[t->naround - 1] :
	    NULL;
	int i;

	if (t->top != NULL) {
		add_node(t);
		start_in_tree(t, tag);
		return;
	}
	t->context = NULL;
	if (tree_is_in(t->format->records, tag->name)) {
		begin_tree(t, &t->arena, tag);
		t->top->parent = inner != NULL ? &inner->node : NULL;
	} else if (inner != NULL &&
	    (i = tree_place(t->format->context, tag->name)) >= 0) {
		t->context = &inner->context[i];
		unlink_child(&inner->node, tag->name);
		forget_context(t, t->context);
		begin_tree(t, &t->context->arena, tag);
	} else if (t->naround < AROUND)
		push(t, tag);
}

static void
text(struct xml *x, const char *s, size_t n)
{
	struct reader *t = (struct reader *)x;

	if (t->top != NULL)
		buf_add(&t->text, s, n);
}

static void
end_record(struct reader *t)
{
	const struct tree_format *f = t->format;
	struct json *paper;

	if (f->is_entry != NULL && !f->is_entry(t->top)) {
		if (f->is_context != NULL && t->naround > 0 &&
		    f->is_context(t->top))
			keep_record(t);
		return;
	}
	paper = xml_begin_entry(&t->xml);
	if (xml_end_entry(&t->xml))
		f->take(t->xml.doc, paper, t->top);
}

/* What cannot be context is an entry that is rejected. */
static void
end_context(struct reader *t)
{
	struct xml *x = &t->xml;

	if (x->entity[0] == '\0' && keep_context(t)) {
		xml_note_mended(x);
		return;
	}
	xml_begin_entry(x);
	if (xml_end_entry(x))
		filter_reject(REJECT_TOO_LONG, NULL, NULL, 0,
		    "what is said of the records is over the limit of one");
}

static void
end(struct xml *x)
{
	struct reader *t = (struct reader *)x;

	if (t->top == NULL) {
		if (x->depth == t->naround)
			pop(t);
		return;
	}
	if (t->bulk_depth > 0) {
		if (x->depth == t->bulk_depth) {
			t->bulk_depth = 0;
			x->skips = false;
		}
		return;
	}
	add_node(t);
	if (x->depth > t->top_depth) {
		t->at = t->at->parent;
		return;
	}
	if (t->context == NULL)
		end_record(t);
	else
		end_context(t);
	t->top = NULL;
}

static void
failed(struct xml *x)
{
	struct reader *t = (struct reader *)x;

	snprintf(t->broken, sizeof(t->broken), "%s", t->top != NULL &&
	    t->context == NULL ? t->top->name : "");
	t->top = NULL;
	t->text.len = 0;
	x->skips = false;
}

/*
 * Behind a broken record it is not told what is around, behind a broken tag
 * between records that may be lost.
 */
static bool
is_record(struct xml *x, const char *name, bool inside)
{
	const struct reader *t = (const struct reader *)x;
	const struct tree_format *f = t->format;

	if (t->broken[0] == '\0' && tree_is_in(f->roots, name))
		return true;
	if (t->broken[0] != '\0' && tree_is_in(f->inner, name) &&
	    (inside || strcmp(t->broken, name) != 0))
		return false;
	return tree_is_in(f->records, name) || tree_is_in(f->context, name);
}

void
tree_read(struct document *doc, struct input *in,
    const struct tree_format *format)
{
	static const struct xml_format xml_format = { start, text, end,
	    failed, is_record };
	struct reader t = {
		.xml = { .doc = doc, .in = in, .format = &xml_format },
		.format = format,
	};
	size_t i, j;

	xml_read(&t.xml);
	for (i = 0; i < AROUND; i++) {
		arena_free(&t.around[i].arena);
		for (j = 0; j < CONTEXTS; j++)
			arena_free(&t.around[i].context[j].arena);
	}
	arena_free(&t.arena);
	buf_free(&t.text);
}

/* tree - the records of an XML document, each as a small tree */
#ifndef TREE_H
#define TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buf;
struct document;
struct input;
struct json;

/*
 * An element, or a text in one (name NULL).  Names are without their prefix.
 * A record is gone with the next one.
 */
struct node {
	const char		*name;
	const struct attr	*attr;
	const char		*text;		/* of a text, NUL behind it */
	size_t			 len;
	struct node		*parent;
	struct node		*child;
	struct node		*last;
	struct node		*next;
};

struct attr {
	const char		*name;
	const char		*value;		/* NUL behind it */
	const struct attr	*next;
};

/*
 * A format whose entries are elements; lists end with NULL.  The elements
 * around a record are its parents, with attributes but without children but
 * the last of each name that is context, such as what is said of a volume
 * before its papers.
 */
struct tree_format {
	const char *const	*roots;		/* what may be around all */
	/*
	 * Other elements that may be in a root; NULL: any.  For one whose name
	 * is a root of other formats too.
	 */
	const char *const	*beside;
	const char *const	*records;
	const char *const	*inner;		/* may be in other records, or NULL */
	const char *const	*context;	/* 3 at most, or NULL */
	const char *const	*bulk;		/* left out of both, or NULL */
	/* Make a paper of a record, entry_emit it, or filter_reject it. */
	void			(*take)(struct document *, struct json *paper,
				    const struct node *record);
	/*
	 * Whether a record is an entry; NULL: each is.  For one that is not,
	 * such as one that says that a paper was deleted, it calls
	 * filter_passed.
	 */
	bool			(*is_entry)(const struct node *record);
	/* Whether one that is not is context in its place; NULL: none is. */
	bool			(*is_context)(const struct node *record);
};

/*
 * Read the document to its end.  A record that is not well-formed is rejected
 * alone.  A document without a record whose root, or what is in that, is none
 * of the format's is refused (bad-format).  What stands in bulk is not looked at, nor the entities
 * in it.
 */
void	 tree_read(struct document *, struct input *,
	    const struct tree_format *);

/* Make n the last child of an element. */
void	 tree_append(struct node *parent, struct node *n);

/* Whether two names are the same; most differ in the first letter. */
static inline bool
tree_same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

/* The place of a name in a list that ends with NULL, or -1. */
int	 tree_place(const char *const *list, const char *name);
static inline bool
tree_is_in(const char *const *list, const char *name)
{
	return tree_place(list, name) >= 0;
}

/* The first child of this name, or NULL; n may be NULL. */
const struct node	*tree_child(const struct node *n, const char *name);
/* The next one of the same name in the same parent, or NULL. */
const struct node	*tree_next(const struct node *);
/* The first element at a path below n such as "front/article-meta". */
const struct node	*tree_find(const struct node *n, const char *path);
/* The value of an attribute, or NULL; n may be NULL. */
const char		*tree_attr(const struct node *n, const char *name);
/* Whether the attribute is there and has that value. */
bool			 tree_attr_is(const struct node *n, const char *name,
			    const char *value);
/* The element next in document order below root; NULL behind the last. */
const struct node	*tree_walk(const struct node *n,
			    const struct node *root);
/*
 * Append the text of n as it stands in the text around it; without: as below.
 */
void			 tree_add_text(struct buf *, const struct node *n,
			    const char *const *without);
/*
 * The text of n, tags taken off, valid while the entry is at hand, "" where n
 * is NULL.  What stands in blocks such as <p> is parted by a space.  Of a
 * formula in several forms TeX is taken if it is there, between dollars.
 */
const char		*tree_text(const struct node *n);
/* The same without elements of these names, a list that ends with NULL. */
const char		*tree_text_without(const struct node *n,
			    const char *const *names);
/* entry_text of the text of n; NULL sets nothing. */
void			 tree_set(struct json *paper, const char *member,
			    const struct node *n);

#endif

/* tree_look - looking into the trees of records */
#include <string.h>

#include "parse/tree.h"

void
tree_append(struct node *parent, struct node *n)
{
	n->parent = parent;
	if (parent->last != NULL)
		parent->last->next = n;
	else
		parent->child = n;
	parent->last = n;
}

int
tree_place(const char *const *list, const char *name)
{
	int i;

	for (i = 0; list != NULL && list[i] != NULL; i++)
		if (tree_same(list[i], name))
			return i;
	return -1;
}

const struct node *
tree_child(const struct node *n, const char *name)
{
	const struct node *c;

	for (c = n != NULL ? n->child : NULL; c != NULL; c = c->next)
		if (c->name != NULL && tree_same(c->name, name))
			return c;
	return NULL;
}

const struct node *
tree_next(const struct node *n)
{
	const struct node *c;

	for (c = n->next; c != NULL; c = c->next)
		if (c->name != NULL && tree_same(c->name, n->name))
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
		if (tree_same(a->name, name))
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

/* jats_marks - what the marks of contributors lead to: affiliations, notes */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "parse/format.h"
#include "parse/jats.h"
#include "parse/tree.h"

const char *const jats_noise[] = { "x", "xref", "fn", "sup", "label", "email",
    "address", "ext-link", "uri", "phone", "fax", "institution-id", "aff",
    "contrib-id", "contrib-group", NULL };

/* Affiliations */

/*
 * The text of an affiliation: what stands in elements of their own is parted
 * by commas, unless there are marks between.
 */
static void
add_place(struct buf *b, const struct node *n)
{
	static const char *const parts[] = { "institution", "institution-wrap",
	    "addr-line", "named-content", "city", "state", "country",
	    "postal-code", "post-code", NULL };
	const struct node *c;
	size_t i;

	for (c = n->child; c != NULL; c = c->next) {
		if (c->name == NULL) {
			buf_add(b, c->text, c->len);
			continue;
		}
		for (i = 0; jats_noise[i] != NULL; i++)
			if (strcmp(jats_noise[i], c->name) == 0)
				break;
		if (jats_noise[i] != NULL)
			continue;
		for (i = 0; parts[i] != NULL; i++)
			if (strcmp(parts[i], c->name) == 0)
				break;
		/* a bell stands for a comma that may be needed */
		if (parts[i] != NULL)
			buf_addc(b, '\a');
		add_place(b, c);
		if (parts[i] != NULL)
			buf_addc(b, '\a');
	}
}

/* Append a character behind white space, or where a comma may be needed. */
static void
add_behind(struct buf *b, int c, bool space, bool comma)
{
	int last = b->len > 0 ? b->p[b->len - 1] : '\0';

	if (last != '\0' && comma && strchr(",;:.)(-/", c) == NULL &&
	    strchr(",;:(-/", last) == NULL)
		buf_adds(b, ", ");
	else if (last != '\0' && last != '(' && strchr(",;:.)", c) == NULL &&
	    (space || (comma && strchr(",;", last) != NULL)))
		buf_addc(b, ' ');
	buf_addc(b, c);
}

const char *
jats_place(const struct node *aff)
{
	struct buf b = { 0 }, out = { 0 };
	const char *s;
	bool space = false, comma = false;

	if (aff == NULL)
		return "";
	add_place(&b, aff);
	for (s = b.p != NULL ? b.p : ""; *s != '\0'; s++)
		if (*s == '\a')
			comma = true;
		else if (strchr(" \t\r\n", *s) != NULL)
			space = true;
		else {
			add_behind(&out, *s, space, comma);
			space = comma = false;
		}
	while (out.len > 0 && strchr(",; ", out.p[out.len - 1]) != NULL)
		out.len--;
	s = arena_strndup(entry_arena(), out.p != NULL ? out.p : "", out.len);
	buf_free(&b);
	buf_free(&out);
	return s;
}

/* Targets */

static int
compare_targets(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct target *
find_target(const struct crew *c, const char *id)
{
	const struct target key = { .id = id };

	return bsearch(&key, c->v, c->n, sizeof(*c->v), compare_targets);
}

struct target *
jats_follow(const struct crew *c, const char **s)
{
	const char *id;
	size_t n;

	*s += strspn(*s, " \t\r\n");
	n = strcspn(*s, " \t\r\n");
	id = arena_strndup(entry_arena(), *s, n);
	*s += n;
	return n > 0 ? find_target(c, id) : NULL;
}

static bool
is_target(const struct node *n)
{
	return tree_attr(n, "id") != NULL && (strcmp(n->name, "aff") == 0 ||
	    strcmp(n->name, "aff-alternatives") == 0 ||
	    strcmp(n->name, "corresp") == 0);
}

void
jats_find_marks(struct crew *c, const struct node *meta)
{
	const struct node *n, *only = NULL;
	struct target *t;
	const char *ids;
	size_t cap = 0, affs = 0, marks = 0;

	for (n = meta; n != NULL; n = tree_walk(n, meta))
		cap += is_target(n);
	c->v = arena_alloc(entry_arena(), (cap + 1) * sizeof(*c->v));
	for (n = meta; n != NULL; n = tree_walk(n, meta)) {
		if (strcmp(n->name, "aff") == 0) {
			affs++;
			only = n;
		}
		if (is_target(n))
			c->v[c->n++] = (struct target){ .id = tree_attr(n,
			    "id"), .node = n };
	}
	sort_array(c->v, c->n, sizeof(*c->v), compare_targets);
	for (n = meta; n != NULL; n = tree_walk(n, meta)) {
		ids = strcmp(n->name, "xref") == 0 ? tree_attr(n, "rid") : NULL;
		for (; ids != NULL && *ids != '\0'; )
			if ((t = jats_follow(c, &ids)) != NULL) {
				t->marks++;
				marks += strcmp(t->node->name, "corresp") != 0;
			}
	}
	if (affs == 1 && marks == 0 &&
	    strcmp(only->parent->name, "contrib") != 0)
		c->sole = jats_place(only);
}


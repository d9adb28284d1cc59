/* unixref_related - what an item of Crossref goes with, and what it corrects */
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/tree.h"
#include "parse/unixref.h"

#define NOTICES	256	/* of one record; hostile ones have more */

/* Forms of the same work, under the word for how they go with it. */
static void
add_related(struct json *paper, const struct node *item)
{
	static const char *const relations[] = { "isPreprintOf", "hasPreprint",
	    "isManuscriptOf", "hasManuscript", "isVersionOf", "hasVersion",
	    "isExpressionOf", "hasExpression", "isFormatOf", "hasFormat",
	    "isIdenticalTo", "isVariantFormOf", "isOriginalFormOf",
	    "isTranslationOf", "hasTranslation", "isReplacedBy", "replaces" };
	const struct node *program, *n;
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
		for (program = tree_child(item, "program"); program != NULL;
		    program = tree_next(program))
			for (n = tree_walk(program, program); n != NULL;
			    n = tree_walk(n, program))
				if (tree_attr_is(n, "relationship-type",
				    relations[i]))
					parts_join(&b, tree_text(n));
		parts_set(paper, relations[i], &b);
	}
}

/* Notices say what they correct or withdraw. */
static void
add_updates(struct json *paper, const struct node *item)
{
	const struct node *n = tree_find(item, "crossmark/updates/update");
	const char *doi = json_get_str(paper, "doi"), *s, *type;
	struct json *o = json_object(entry_arena());
	size_t count = 0;

	for (; n != NULL && count < NOTICES; n = tree_next(n), count++) {
		s = parts_line(tree_text(n));
		type = tree_attr(n, "type");
		if (type != NULL && (doi == NULL || strcasecmp(s, doi) != 0))
			entry_append(o, type, s, strlen(s));
	}
	if (o->child != NULL)
		json_set(entry_arena(), paper, "update-to", o);
}

/* A record that says that it itself is withdrawn. */
static bool
is_withdrawn(const struct json *paper, const struct node *item)
{
	static const char *const types[] = { "retraction", "withdrawal",
	    "removal" };
	const struct node *n = tree_find(item, "crossmark/updates/update");
	const char *doi = json_get_str(paper, "doi");
	size_t i;

	for (; n != NULL && doi != NULL; n = tree_next(n))
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			if (tree_attr_is(n, "type", types[i]) &&
			    strcasecmp(parts_line(tree_text(n)), doi) == 0)
				return true;
	return false;
}

void
unixref_related(struct json *paper, const struct node *item)
{
	add_related(paper, item);
	add_updates(paper, item);
	if (is_withdrawn(paper, item))
		entry_str(paper, "status", "withdrawn");
}

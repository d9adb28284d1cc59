/* content - records of known XML formats in the envelope of another one */
#include <string.h>

#include "lib/filter.h"
#include "parse/content.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* By the name of the element. */
static const struct content {
	const char	*element;
	const char	*(*paper)(struct json *, const struct node *);
} contents[] = {
	{ "arXiv", arxiv_paper },
	{ "arXivRaw", arxiv_paper },
	{ "article", jats_paper },
	{ "crossref", unixref_paper },
	{ "dc", dc_paper },
	{ "dim", dim_paper },
	{ "mods", mods_paper },
	{ "record", marcxml_paper },
	{ "resource", datacite_paper },
};

/* a <body> may be one of Crossref, with records in it */
const char *const content_bulk[] = { "back", "sub-article", "floats-group",
    "citation_list", NULL };

static const struct content *
find_content(const struct node *n)
{
	size_t i;

	for (i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
		if (tree_same(contents[i].element, n->name) &&
		    (contents[i].paper != marcxml_paper || marcxml_is(n)))
			return &contents[i];
	return NULL;
}

static const struct node *
find_known(const struct node *around, const struct content **content)
{
	const struct node *n = around;

	while (n != NULL && (n = tree_walk(n, around)) != NULL)
		if ((*content = find_content(n)) != NULL)
			return n;
	return NULL;
}

/* The name of the first element in n, or "". */
static const char *
first_in(const struct node *n)
{
	const struct node *c = n != NULL ? tree_walk(n, n) : NULL;

	return c != NULL ? c->name : "";
}

bool
content_take(struct json *paper, const struct node *n, const char *what,
    const char **key)
{
	const struct content *content;
	const struct node *known = find_known(n, &content);
	const char *name = first_in(n);

	if (known == NULL) {
		filter_reject(REJECT_BAD_FORMAT, what, name, strlen(name),
		    *name != '\0' ? "%s in an element that is not known: <%s>" :
		    "a record without %s", what, name);
		return false;
	}
	*key = content->paper(paper, known);
	return true;
}

bool
content_is_deleted(const struct node *n)
{
	const struct content *content;
	const struct node *known = find_known(n, &content);

	return known != NULL && content->paper == marcxml_paper &&
	    marcxml_is_deleted(known);
}

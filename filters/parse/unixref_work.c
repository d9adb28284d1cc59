/* unixref_work - what a record of Crossref is of, and what that is in */
#include <string.h>

#include "parse/tree.h"
#include "parse/unixref.h"

/* The kinds of records: with items, and what is said of the whole in. */
static const struct kind {
	const char	*name;
	const char	*item;
	const char	*in[3];
	const char	*type;		/* without an item */
} kinds[] = {
	{ "journal", "journal_article", { "journal_metadata" }, "journal" },
	{ "book", "content_item", { "book_metadata", "book_series_metadata",
	    "book_set_metadata" }, "book" },
	{ "conference", "conference_paper", { "proceedings_metadata",
	    "proceedings_series_metadata" }, "proceedings" },
	{ "report-paper", "content_item", { "report-paper_metadata",
	    "report-paper_series_metadata" }, "report-paper" },
	{ "standard", "content_item", { "standard_metadata" }, "standard" },
	{ "database", "dataset", { "database_metadata" }, "database" },
	{ "posted_content", NULL, { NULL }, "posted_content" },
	{ "dissertation", NULL, { NULL }, "dissertation" },
	{ "peer_review", NULL, { NULL }, "peer_review" },
	{ "pending_publication", NULL, { NULL }, "pending_publication" },
	{ "sa_component", NULL, { NULL }, "component" },
	{ "grant", NULL, { NULL }, "grant" },
};

const struct node *
unixref_crossref(const struct node *record)
{
	const struct node *n;

	for (n = record; n != NULL; n = tree_walk(n, record))
		if (strcmp(n->name, "crossref") == 0)
			return n;
	return NULL;
}

/* The word for what an item is, which may say it itself. */
static const char *
type_of(const struct work *w)
{
	const char *type = NULL;

	if (strcmp(w->item->name, "content_item") == 0)
		type = tree_attr(w->item, "component_type");
	else if (strcmp(w->item->name, "posted_content") == 0)
		type = tree_attr(w->item, "type");
	else if (strcmp(w->type, "book") == 0)
		type = tree_attr(w->item->parent, "book_type");
	if (type == NULL || strcmp(type, "other") == 0)
		return w->type;
	return type;
}

bool
unixref_find(struct work *w, const struct node *record)
{
	const struct node *crossref = unixref_crossref(record), *n = NULL;
	const struct kind *k = NULL;
	size_t i;

	memset(w, 0, sizeof(*w));
	for (i = 0; n == NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		k = &kinds[i];
		n = tree_child(crossref, k->name);
	}
	if (n == NULL)
		return false;
	for (i = 0; i < 3 && k->in[i] != NULL && w->in == NULL; i++)
		w->in = tree_child(n, k->in[i]);
	w->issue = tree_child(n, "journal_issue");
	w->event = tree_child(n, "event_metadata");
	w->type = k->type;
	if (k->item == NULL)
		w->item = n;
	else if ((w->item = tree_child(n, k->item)) != NULL)
		w->type = strcmp(k->item, "content_item") == 0 ? "chapter" :
		    k->item;
	else if (w->issue != NULL) {
		w->item = w->issue;
		w->type = "journal_issue";
	} else if (w->in != NULL)
		w->item = w->in;
	else
		w->item = n;
	w->type = type_of(w);
	return true;
}

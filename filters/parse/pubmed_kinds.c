/* pubmed_kinds - what a citation is, and what it goes with */
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/pubmed.h"
#include "parse/tree.h"

void
pubmed_title(struct json *paper, const char *title, bool translated)
{
	size_t n = title != NULL ? strlen(title) : 0;

	if (n > 1 && title[n - 1] == '.' && title[n - 2] != '.')
		n--;
	if (translated && n > 2 && *title == '[' && title[n - 1] == ']') {
		title++;
		n -= 2;
	}
	if (n > 0)
		entry_text(paper, "title", title, n);
}

void
pubmed_types(struct json *paper, const struct node *first)
{
	static const char *const words[] = { "Preprint", "Published Erratum",
	    "Retraction of Publication", "Journal Article" };
	const struct node *n;
	struct buf all = { 0 };
	size_t i, count = 0;

	for (n = first; n != NULL; n = tree_next(n), count++) {
		parts_join(&all, tree_text(n));
		if (strcmp(tree_text(n), "Retracted Publication") == 0)
			entry_str(paper, "status", "withdrawn");
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (n = first; n != NULL; n = tree_next(n))
			if (strcmp(tree_text(n), words[i]) == 0)
				tree_set(paper, "type", n);
	tree_set(paper, "type", first);
	if (count > 1)
		entry_text(paper, "PublicationType", all.p, all.len);
	buf_free(&all);
}

void
pubmed_corrections(struct json *paper, const struct node *citation)
{
	static const char *const kinds[] = { "CorrectedandRepublishedFrom",
	    "CorrectedandRepublishedIn", "ErratumFor", "ErratumIn",
	    "ExpressionOfConcernFor", "ExpressionOfConcernIn",
	    "OriginalReportIn", "ReprintIn", "ReprintOf", "RepublishedFrom",
	    "RepublishedIn", "RetractedandRepublishedFrom",
	    "RetractedandRepublishedIn", "RetractionIn", "RetractionOf",
	    "UpdateIn", "UpdateOf", NULL };
	const struct node *n = tree_child(tree_child(citation,
	    "CommentsCorrectionsList"), "CommentsCorrections");
	struct json *o = json_object(entry_arena());
	const char *type, *s;

	for (; n != NULL; n = tree_next(n)) {
		type = tree_attr(n, "RefType");
		if (type == NULL || !tree_is_in(kinds, type))
			continue;
		s = parts_line(tree_text(tree_child(n, "PMID")));
		if (*s == '\0')
			s = parts_line(tree_text(tree_child(n, "RefSource")));
		entry_append(o, type, s, strlen(s));
		if (strcmp(type, "RetractionIn") == 0)
			entry_str(paper, "status", "withdrawn");
	}
	if (o->child != NULL)
		json_set(entry_arena(), paper, "CommentsCorrections", o);
}

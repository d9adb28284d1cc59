/* jats_texts - the abstracts and keywords of an article */
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/jats.h"
#include "parse/parts.h"
#include "parse/tree.h"

/*
 * The abstract: one that is not said to be of another kind, in the language of
 * the article if there are several, else a summary.  Pictures, teasers and the
 * like are none, nor is what was translated.
 */
static const struct node *
abstract_of(const struct node *meta, const char *lang)
{
	static const char *const full[] = { "abstract", "standard", "normal",
	    "section", "structured", "full", NULL };
	static const char *const summaries[] = { "summary", "short",
	    "ShortSummary", "executive-summary", "author-summary",
	    "plain-language-summary", NULL };
	const struct node *n = tree_child(meta, "abstract"), *summary = NULL;
	const struct node *foreign = NULL;
	const char *kind, *own;

	for (; n != NULL; n = tree_next(n)) {
		kind = tree_attr(n, "abstract-type");
		own = tree_attr(n, "lang");
		if (kind != NULL && !words_have(full, kind)) {
			if (summary == NULL && words_have(summaries, kind))
				summary = n;
		} else if (own == NULL || lang == NULL ||
		    strncasecmp(own, lang, 2) == 0)
			return n;
		else if (foreign == NULL)
			foreign = n;
	}
	return foreign != NULL ? foreign : summary;
}

/* A keyword in parts, without those that are its code. */
static void
add_compound(struct json *paper, const struct node *keyword)
{
	const struct node *n = tree_child(keyword, "compound-kwd-part");
	const char *kind;
	struct buf b = { 0 };

	for (; n != NULL; n = tree_next(n)) {
		kind = tree_attr(n, "content-type");
		if (kind == NULL || (strstr(kind, "code") == NULL &&
		    strstr(kind, "identifier") == NULL))
			parts_join(&b, tree_text(n));
	}
	if (b.len > 0)
		parts_keyword(paper, b.p);
	buf_free(&b);
}

static void
add_keywords(struct json *paper, const struct node *meta, const char *lang)
{
	static const char *const others[] = { "trans", "abbreviations", "pacs",
	    "msc", "jel", NULL };
	const struct node *group = tree_child(meta, "kwd-group"), *n;
	const char *kind, *own;

	for (; group != NULL; group = tree_next(group)) {
		kind = tree_attr(group, "kwd-group-type");
		own = tree_attr(group, "lang");
		if ((kind != NULL && words_have(others, kind)) || (own != NULL &&
		    lang != NULL && strncasecmp(own, lang, 2) != 0))
			continue;
		for (n = group; n != NULL; n = tree_walk(n, group))
			if (strcmp(n->name, "kwd") == 0)
				parts_keyword(paper, tree_text(n));
			else if (strcmp(n->name, "compound-kwd") == 0)
				add_compound(paper, n);
	}
}

/* A translation is the abstract where there is no other. */
static void
add_abstracts(struct json *paper, const struct node *meta, const char *lang)
{
	const struct node *n = tree_child(meta, "trans-abstract");
	const char *s;

	entry_str(paper, "abstract", parts_abstract(abstract_of(meta, lang)));
	for (; n != NULL; n = tree_next(n)) {
		s = parts_abstract(n);
		if (json_get(paper, "abstract") == NULL)
			entry_str(paper, "abstract", s);
		else
			parts_again(paper, "trans-abstract", s);
	}
}

void
jats_texts(struct json *paper, const struct node *meta, const char *lang)
{
	add_abstracts(paper, meta, lang);
	add_keywords(paper, meta, lang);
}

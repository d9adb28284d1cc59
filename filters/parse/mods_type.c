/* mods_type - what kind of thing a record in MODS is */
#include <string.h>
#include <strings.h>

#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/mods.h"
#include "parse/parts.h"
#include "parse/tree.h"

static bool
has_identifier(const struct node *of, const char *type)
{
	const struct node *n = tree_child(of, "identifier");

	while (n != NULL && !tree_attr_is(n, "type", type))
		n = tree_next(n);
	return n != NULL;
}

/* Without a word of its own a paper is what stands in such a thing. */
static const char *
type_in(const struct node *host)
{
	static const struct {
		const char	*genre;
		const char	*type;
	} kinds[] = {
		{ "academic journal", "journal-article" },
		{ "journal", "journal-article" },
		{ "periodical", "journal-article" },
		{ "conference publication", "conference-paper" },
		{ "book", "chapter" },
		{ "collection", "chapter" },
	};
	const struct node *n = tree_child(host, "genre");
	size_t i;

	for (; n != NULL; n = tree_next(n))
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (strcasecmp(parts_line(tree_text(n)),
			    kinds[i].genre) == 0)
				return kinds[i].type;
	return has_identifier(host, "issn") && !has_identifier(host, "isbn") ?
	    "journal-article" : NULL;
}

/* What of MARC's genres a text has in it, or how it is written. */
static bool
is_content(const char *genre)
{
	static const char *const contents[] = { "abstract or summary",
	    "autobiography", "bibliography", "biography", "catalog",
	    "comic or graphic novel", "dictionary", "directory",
	    "discography", "drama", "encyclopedia", "essay", "festschrift",
	    "fiction", "filmography", "folktale", "government publication",
	    "handbook", "history", "humor, satire", "index", "instruction",
	    "interview", "language instruction", "memoir",
	    "multivolume monograph", "novel", "offprint", "poetry",
	    "programmed text", "reporting", "short story", "statistics",
	    "survey of literature", "text", "yearbook", NULL };

	return *genre == '\0' || words_have(contents, genre);
}

static bool
is_monograph(const struct node *mods)
{
	return strcmp(parts_line(tree_text(tree_find(mods,
	    "originInfo/issuance"))), "monographic") == 0 &&
	    strcmp(parts_line(tree_text(tree_child(mods, "typeOfResource"))),
	    "text") == 0;
}

void
mods_type(struct json *paper, const struct node *mods, const struct node *host)
{
	static const char *const theses[] = { "thesis", "theses",
	    "dissertation", "academic theses", "hochschulschrift", NULL };
	static const char *const meetings[] = { "conference publication",
	    "conference papers and proceedings", "konferenzschrift", NULL };
	const struct node *n, *genre = NULL, *content = NULL;
	const char *s, *in = NULL;

	for (n = host; n != NULL && in == NULL; n = mods_related(n, "host"))
		in = type_in(n);
	for (n = tree_child(mods, "genre"); n != NULL; n = tree_next(n)) {
		s = parts_line(tree_text(n));
		if (words_have(theses, s))
			entry_str(paper, "type", "thesis");
		/* RDA's are "text" and the like */
		if (tree_attr_is(n, "authority", "rdacontent"))
			continue;
		if (is_content(s))
			content = content != NULL ? content : n;
		else if (genre == NULL)
			genre = n;
	}
	s = parts_line(tree_text(genre));
	if (words_have(meetings, s))
		entry_str(paper, "type", host != NULL ? "conference-paper" :
		    "proceedings");
	if (strcasecmp(s, "article") == 0)
		entry_str(paper, "type", in);
	entry_str(paper, "type", s);
	entry_str(paper, "type", in);
	if (is_monograph(mods))
		entry_str(paper, "type", "book");
	tree_set(paper, "type", content);
	tree_set(paper, "type", tree_child(mods, "typeOfResource"));
}

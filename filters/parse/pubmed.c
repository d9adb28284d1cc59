/* pubmed - XML of PubMed: what it gives out, and what publishers send to it */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/pubmed.h"
#include "parse/sniff.h"
#include "parse/tree.h"

/* The citation in a record, NULL in that of a publisher. */
static const struct node *
citation_of(const struct node *record)
{
	return strcmp(record->name, "MedlineCitation") == 0 ? record :
	    tree_child(record, "MedlineCitation");
}

/* What has the title, or NULL. */
static const struct node *
article_of(const struct node *record)
{
	if (strcmp(record->name, "Article") == 0)
		return record;
	if (strcmp(record->name, "PubmedBookArticle") == 0)
		return tree_child(record, "BookDocument");
	return tree_child(citation_of(record), "Article");
}

/* Titles */

static bool
is_translated(const struct node *article)
{
	const struct node *n = tree_child(article, "Language");

	return tree_child(article, "VernacularTitle") != NULL ||
	    (n != NULL && strncasecmp(parts_line(tree_text(n)), "en", 2) != 0);
}

static void
add_title(struct json *paper, const struct node *article)
{
	const struct node *n = tree_child(article, "ArticleTitle");

	pubmed_title(paper, parts_line(tree_text(n)),
	    is_translated(article));
	n = tree_child(article, "VernacularTitle");
	if (json_get(paper, "title") == NULL)
		tree_set(paper, "title", n);
	else
		tree_set(paper, "VernacularTitle", n);
}

/* People */

static const char *
given_of(const struct node *author)
{
	const struct node *n = tree_child(author, "ForeName");
	struct buf b = { 0 };
	const char *s;

	if (n == NULL && (n = tree_child(author, "FirstName")) == NULL)
		n = tree_child(author, "Initials");
	s = tree_text(n);
	if ((n = tree_child(author, "MiddleName")) == NULL)
		return s;
	buf_addf(&b, "%s %s", s, tree_text(n));
	s = arena_strndup(entry_arena(), b.p, b.len);
	buf_free(&b);
	return s;
}

static void
add_affiliations(struct json *person, const struct node *author)
{
	const struct node *n;
	struct buf b = { 0 };

	for (n = author->child; n != NULL; n = n->next)
		if (n->name != NULL && strcmp(n->name, "AffiliationInfo") == 0)
			parts_join(&b, tree_text(tree_child(n, "Affiliation")));
	if (b.len == 0)
		parts_join(&b, tree_text(tree_child(author, "Affiliation")));
	parts_set(person, "affiliation", &b);
}

static void
add_author(struct json *people, const struct node *author)
{
	struct json *person;
	const struct node *n;

	/* there is another one with the name as it was corrected */
	if (tree_attr_is(author, "ValidYN", "N"))
		return;
	if ((n = tree_child(author, "CollectiveName")) != NULL)
		person = parts_group(people, tree_text(n));
	else
		person = parts_person(people, given_of(author),
		    tree_text(tree_child(author, "LastName")),
		    tree_text(tree_child(author, "Suffix")));
	if (person == NULL)
		return;
	for (n = tree_child(author, "Identifier"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "Source", "ORCID"))
			tree_set(person, "orcid", n);
	add_affiliations(person, author);
}

static void
add_people(struct json *paper, const struct node *n)
{
	const struct node *list, *author;
	const char *member;

	for (list = tree_child(n, "AuthorList"); list != NULL;
	    list = tree_next(list)) {
		member = tree_attr_is(list, "Type", "editors") ? "editors" :
		    "authors";
		if (json_get(paper, member) != NULL)
			continue;
		for (author = tree_child(list, "Author"); author != NULL;
		    author = tree_next(author))
			add_author(entry_people(paper, member), author);
		if (tree_attr_is(list, "CompleteYN", "N"))
			entry_et_al(paper, member);
	}
}

/* Texts */

static const char *
abstract_of(const struct node *abstract)
{
	const struct node *n = tree_child(abstract, "AbstractText");
	struct buf b = { 0 };
	const char *label, *s;

	for (; n != NULL; n = tree_next(n)) {
		s = parts_line(tree_text(n));
		label = tree_attr(n, "Label");
		if (*s == '\0')
			continue;
		if (b.len > 0)
			buf_adds(&b, "\n\n");
		if (label != NULL && strcmp(label, "UNLABELLED") != 0)
			buf_addf(&b, "%s: ", label);
		buf_adds(&b, s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* In another language, or in plain words: the abstract if there is no other. */
static void
add_abstracts(struct json *paper, const struct node *article,
    const struct node *citation)
{
	const struct node *n = tree_child(citation, "OtherAbstract");
	const char *s;

	entry_str(paper, "abstract", abstract_of(tree_child(article,
	    "Abstract")));
	for (; n != NULL; n = tree_next(n)) {
		s = abstract_of(n);
		if (json_get(paper, "abstract") == NULL)
			entry_str(paper, "abstract", s);
		else
			parts_again(paper, "OtherAbstract", s);
	}
}

static void
add_keywords(struct json *paper, const struct node *in)
{
	const struct node *list, *n;

	for (list = tree_child(in, "KeywordList"); list != NULL;
	    list = tree_next(list))
		for (n = tree_child(list, "Keyword"); n != NULL;
		    n = tree_next(n))
			parts_keyword(paper, tree_text(n));
	for (n = tree_child(tree_child(in, "MeshHeadingList"), "MeshHeading");
	    n != NULL; n = tree_next(n))
		parts_keyword(paper, tree_text(tree_child(n,
		    "DescriptorName")));
	for (n = tree_child(tree_child(in, "ObjectList"), "Object"); n != NULL;
	    n = tree_next(n))
		if (tree_attr_is(n, "Type", "keyword"))
			parts_keyword(paper, tree_text(tree_child(n, "Param")));
}

/* Identifiers */

static void
add_id(struct json *paper, const char *type, const struct node *n)
{
	const char *s = tree_text(n);

	if (type == NULL || tree_attr_is(n, "ValidYN", "N"))
		return;
	if (strcmp(type, "url") == 0)
		entry_link(paper, s, strlen(s));
	else if (!entry_typed_id(paper, type, s, strlen(s)))
		entry_foreign(paper, "pubmed", type, strlen(type), s,
		    strlen(s));
}

static void
add_ids(struct json *paper, const struct node *in)
{
	const struct node *n;

	for (n = tree_child(tree_child(in, "ArticleIdList"), "ArticleId");
	    n != NULL; n = tree_next(n))
		add_id(paper, tree_attr(n, "IdType"), n);
	for (n = tree_child(in, "ELocationID"); n != NULL; n = tree_next(n))
		add_id(paper, tree_attr(n, "EIdType"), n);
}

/* Dates */

static struct date
date_of(struct json *paper, const struct node *n)
{
	const struct node *text = tree_child(n, "MedlineDate");
	const struct node *month = tree_child(n, "Month");

	/* a season may be "May-Jun" */
	if (month == NULL)
		month = tree_child(n, "Season");
	if (text == NULL)
		return date_of_parts(tree_text(tree_child(n, "Year")),
		    tree_text(month), tree_text(tree_child(n, "Day")));
	/* "1998 Dec-1999 Jan", "Winter 2000" */
	tree_set(paper, "MedlineDate", text);
	return date_read(tree_text(text));
}

/* Papers */

static void
add_pages(struct json *paper, const struct node *article)
{
	const struct node *n = tree_child(article, "Pagination");
	const struct node *all = tree_child(n, "MedlinePgn");

	/* "251-5", for which the others have all digits, but not "12-5, 18" */
	if (tree_child(n, "EndPage") == NULL ||
	    strpbrk(tree_text(all), ",;") != NULL)
		tree_set(paper, "pages", all);
	if (n != NULL)
		parts_pages(paper, tree_text(tree_child(n, "StartPage")),
		    tree_text(tree_child(n, "EndPage")));
	else
		parts_pages(paper, tree_text(tree_child(article, "FirstPage")),
		    tree_text(tree_child(article, "LastPage")));
}

static void
add_journal(struct json *paper, const struct node *article,
    const struct node *info)
{
	const struct node *journal = tree_child(article, "Journal");
	const struct node *issue = tree_child(journal, "JournalIssue");
	struct date dates[2] = { { 0 } };

	/* a publisher has them in the journal */
	if (issue == NULL)
		issue = journal;
	tree_set(paper, "venue", tree_child(journal, "Title"));
	tree_set(paper, "venue", tree_child(journal, "JournalTitle"));
	tree_set(paper, "venue", tree_child(info, "MedlineTA"));
	tree_set(paper, "ISSNLinking", tree_child(info, "ISSNLinking"));
	tree_set(paper, "ISOAbbreviation", tree_child(journal,
	    "ISOAbbreviation"));
	tree_set(paper, "ISSN", tree_child(journal, "ISSN"));
	tree_set(paper, "ISSN", tree_child(journal, "Issn"));
	tree_set(paper, "volume", tree_child(issue, "Volume"));
	tree_set(paper, "number", tree_child(issue, "Issue"));
	tree_set(paper, "publisher", tree_child(journal, "PublisherName"));
	dates[0] = date_of(paper, tree_child(issue, "PubDate"));
	dates[1] = date_of(paper, tree_child(article, "ArticleDate"));
	parts_dates(paper, dates, 2);
}

/* A book, or a chapter if that has a title. */
static void
add_book(struct json *paper, const struct node *document)
{
	const struct node *book = tree_child(document, "Book");
	bool chapter = json_get(paper, "title") != NULL;
	struct date dates[2] = { { 0 } };

	entry_str(paper, "type", chapter ? "chapter" : "book");
	tree_set(paper, chapter ? "venue" : "title", tree_child(book,
	    "BookTitle"));
	tree_set(paper, "CollectionTitle", tree_child(book,
	    "CollectionTitle"));
	add_people(paper, book);
	tree_set(paper, "address", tree_find(book,
	    "Publisher/PublisherLocation"));
	tree_set(paper, "volume", tree_child(book, "Volume"));
	tree_set(paper, "publisher", tree_find(book,
	    "Publisher/PublisherName"));
	tree_set(paper, "isbn", tree_child(book, "Isbn"));
	tree_set(paper, "Edition", tree_child(book, "Edition"));
	if (chapter)
		dates[0] = date_of(paper, tree_child(document,
		    "ContributionDate"));
	dates[1] = date_of(paper, tree_child(book, "PubDate"));
	parts_dates(paper, dates, 2);
	add_ids(paper, book);
}

static const char *
pubmed_paper(struct json *paper, const struct node *record)
{
	const struct node *citation = citation_of(record);
	const struct node *article = article_of(record), *pmid;

	if ((pmid = tree_child(citation, "PMID")) == NULL)
		pmid = tree_child(article, "PMID");
	if (pmid != NULL)
		add_id(paper, "pubmed", pmid);
	add_title(paper, article);
	add_people(paper, article);
	add_ids(paper, tree_child(record, "PubmedData"));
	add_ids(paper, article);
	if (strcmp(article->name, "BookDocument") == 0)
		add_book(paper, article);
	else
		add_journal(paper, article, tree_child(citation,
		    "MedlineJournalInfo"));
	pubmed_types(paper, tree_find(article,
	    "PublicationTypeList/PublicationType"));
	pubmed_types(paper, tree_child(article, "PublicationType"));
	add_abstracts(paper, article, citation);
	add_keywords(paper, citation);
	add_keywords(paper, article);
	tree_set(paper, "language", tree_child(article, "Language"));
	add_pages(paper, article);
	pubmed_corrections(paper, citation);
	return pmid != NULL ? parts_line(tree_text(pmid)) : NULL;
}

/* The format */

static bool
is_entry(const struct node *record)
{
	const struct node *n;

	if (strcmp(record->name, "DeleteCitation") != 0)
		return true;
	for (n = tree_child(record, "PMID"); n != NULL; n = tree_next(n))
		filter_passed("deleted citations");
	return false;
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const char *key, *s;

	if (strcmp(record->name, "ERROR") == 0) {
		s = parts_line(tree_text(record));
		filter_reject(REJECT_ERROR_ANSWER, NULL, s, strlen(s),
		    "the source answered: %s", s);
		return;
	}
	if (article_of(record) == NULL) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "a record without an article or book");
		return;
	}
	key = pubmed_paper(paper, record);
	entry_emit_known(doc, paper, key);
}

static const char *const roots[] = { "PubmedArticleSet", "PubmedArticle",
    "PubmedBookArticleSet", "PubmedBookArticle", "MedlineCitationSet",
    "MedlineCitation", "ArticleSet", "eFetchResult", NULL };

void
parse_pubmed(struct document *doc, struct input *in)
{
	static const char *const records[] = { "PubmedArticle",
	    "PubmedBookArticle", "MedlineCitation", "Article",
	    "DeleteCitation", "ERROR", NULL };
	static const char *const inner[] = { "MedlineCitation", "Article",
	    NULL };
	static const char *const bulk[] = { "ReferenceList", "GrantList",
	    "ChemicalList", "InvestigatorList", "Sections", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .inner = inner, .bulk = bulk, .take = take,
	    .is_entry = is_entry };

	tree_read(doc, in, &format);
}

const char *
sniff_pubmed(const struct sniff *s)
{
	size_t i;

	for (i = 0; roots[i] != NULL; i++)
		if (sniff_root(s, roots[i]))
			return "its root is one of PubMed's";
	return NULL;
}

/* jats - articles in the XML of JATS and of the NLM's DTDs before it */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/jats.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* Titles */

/* In titles, but not of them. */
static const char *const marks[] = { "xref", "fn", "related-object",
    "related-article", "supplementary-material", "index-term", "x", NULL };

static void
add_translated(struct json *paper, const struct node *of)
{
	struct json *whole = json_object(entry_arena());
	const char *s;

	parts_title(whole, tree_text_without(tree_child(of, "trans-title"),
	    marks), tree_text_without(tree_child(of, "trans-subtitle"),
	    marks));
	if ((s = json_get_str(whole, "title")) != NULL)
		parts_again(paper, "trans-title", s);
}

static void
add_title(struct json *paper, const struct node *meta)
{
	const struct node *group = tree_child(meta, "title-group"), *sub;
	const char *subtitle = NULL, *kind;

	for (sub = tree_child(group, "subtitle"); sub != NULL && subtitle ==
	    NULL; sub = tree_next(sub)) {
		kind = tree_attr(sub, "content-type");
		if (kind == NULL || strncmp(kind, "running", 7) != 0)
			subtitle = tree_text_without(sub, marks);
	}
	parts_title(paper, tree_text_without(tree_child(group,
	    "article-title"), marks), subtitle);
	for (sub = tree_child(group, "trans-title-group"); sub != NULL;
	    sub = tree_next(sub))
		add_translated(paper, sub);
	/* NLM's DTDs have no group */
	add_translated(paper, group);
}

/* Identifiers and links */

static void
add_ids(struct json *paper, const struct node *meta)
{
	static const char *const others[] = { "pii", "publisher-id", NULL };
	const struct node *n = tree_child(meta, "article-id");
	const char *type, *s;

	for (; n != NULL; n = tree_next(n)) {
		if ((type = tree_attr(n, "pub-id-type")) == NULL)
			continue;
		s = parts_line(tree_text(n));
		if (strcmp(type, "url") == 0)
			parts_link(paper, s);
		else if (!entry_typed_id(paper, type, s, strlen(s)) &&
		    words_have(others, type))
			entry_str(paper, type, s);
	}
	for (n = tree_child(meta, "self-uri"); n != NULL; n = tree_next(n))
		if ((s = tree_attr(n, "href")) != NULL && entry_is_url(s))
			parts_link(paper, s);
}

/* Another article that this one goes with, under the word for how. */
static void
add_related(struct json *paper, const struct node *meta)
{
	static const char *const kinds[] = { "preprint", "companion",
	    "corrected-article", "correction-forward", "retracted-article",
	    "retraction-forward", "partial-retraction", "commentary-article",
	    "commentary", "letter", "object-of-concern", "concern-forward",
	    "addended-article", "addendum", "updated-article", "update",
	    "republished-article", "peer-reviewed-article",
	    "article-reference", NULL };
	const struct node *n = tree_child(meta, "related-article");
	const char *type, *id;

	for (; n != NULL; n = tree_next(n)) {
		type = tree_attr(n, "related-article-type");
		id = tree_attr(n, "href");
		if (type == NULL || !words_have(kinds, type))
			continue;
		/* of old it is named by its place alone */
		parts_again(paper, type, id != NULL && *id != '\0' ? id :
		    parts_line(tree_text(n)));
		if (strcmp(type, "retraction-forward") == 0)
			entry_str(paper, "status", "withdrawn");
	}
}

/* Dates */

#define RANKS	8

/* How much a date counts, the lowest most; -1: it is no date of publication. */
static int
rank_of(const struct node *date)
{
	static const struct {
		const char	*kind;
		int		 rank;
	} kinds[] = {
		{ "ppub", 0 }, { "epub-ppub", 0 }, { "print", 0 },
		{ "collection", 1 }, { "issue", 1 }, { "cover", 1 },
		{ "cover-date", 1 }, { "pub", 2 }, { "final", 2 },
		{ "epub", 3 }, { "electronic", 3 }, { "open-access", 4 },
		{ "first_release", 5 }, { "ecorrected", 6 }, { "preprint", 7 },
	};
	const char *kind = tree_attr(date, "pub-type");
	size_t i;

	if (kind == NULL)
		kind = tree_attr(date, "date-type");
	if (kind == NULL || strcmp(kind, "pub") == 0)
		kind = tree_attr(date, "publication-format");
	if (kind == NULL)
		return 2;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].rank;
	return -1;
}

static struct date
date_of(const struct node *n)
{
	const struct node *month = tree_child(n, "month");
	struct date d;

	/* a season may be "May-Jun" */
	if (month == NULL)
		month = tree_child(n, "season");
	d = date_of_parts(tree_text(tree_child(n, "year")), tree_text(month),
	    tree_text(tree_child(n, "day")));
	return d.year != 0 ? d : date_read(tree_text(tree_child(n,
	    "string-date")));
}

static void
add_dates(struct json *paper, const struct node *meta)
{
	struct date dates[4 * RANKS];
	const struct node *n;
	size_t count = 0;
	int rank;

	for (rank = 0; rank < RANKS; rank++)
		for (n = tree_child(meta, "pub-date"); n != NULL &&
		    count < sizeof(dates) / sizeof(dates[0]); n = tree_next(n))
			if (rank_of(n) == rank)
				dates[count++] = date_of(n);
	parts_dates(paper, dates, count);
}

/* Papers */

static void
add_type(struct json *paper, const struct node *article)
{
	const char *type = tree_attr(article, "article-type");

	/* with us that is the volume */
	if (type != NULL && strcmp(type, "proceedings") == 0)
		type = "proceedings paper";
	entry_str(paper, "type", type);
	if (type != NULL && strcmp(type, "retracted-article") == 0)
		entry_str(paper, "status", "withdrawn");
}

static void
add_journal(struct json *paper, const struct node *journal)
{
	const struct node *group = tree_child(journal, "journal-title-group");
	const struct node *n;

	/* NLM's DTDs up to 2.3 have no group */
	if (group == NULL)
		group = journal;
	tree_set(paper, "venue", tree_child(group, "journal-title"));
	tree_set(paper, "abbrev-journal-title", tree_child(group,
	    "abbrev-journal-title"));
	for (n = tree_child(journal, "journal-id"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "journal-id-type", "nlm-ta") ||
		    tree_attr_is(n, "journal-id-type", "iso-abbrev"))
			tree_set(paper, "abbrev-journal-title", n);
	tree_set(paper, "publisher", tree_find(journal,
	    "publisher/publisher-name"));
	for (n = tree_child(journal, "issn"); n != NULL; n = tree_next(n))
		entry_issn(paper, parts_line(tree_text(n)));
	tree_set(paper, "isbn", tree_child(journal, "isbn"));
}

/* The conference; of several levels that of the volume, else the last one. */
static void
add_conference(struct json *paper, const struct node *meta)
{
	static const char *const facts[] = { "conf-name", "conf-date",
	    "conf-loc" };
	const struct node *n = tree_child(meta, "conference"), *best = n;
	size_t i;

	for (; n != NULL; n = tree_next(n))
		if (!tree_attr_is(n, "content-type", "session") &&
		    !tree_attr_is(best, "content-type", "volume"))
			best = n;
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		tree_set(paper, facts[i], tree_child(best, facts[i]));
	tree_set(paper, "venue", tree_child(best, "conf-name"));
	tree_set(paper, "venue", tree_child(best, "conf-acronym"));
	entry_str(paper, "venue", json_get_str(paper, "abbrev-journal-title"));
}

static void
add_place(struct json *paper, const struct node *meta)
{
	const struct node *first = tree_child(meta, "fpage");
	const struct node *range = tree_child(meta, "page-range");

	tree_set(paper, "volume", tree_child(meta, "volume"));
	tree_set(paper, "number", tree_child(meta, "issue"));
	tree_set(paper, "supplement", tree_child(meta, "supplement"));
	/* some are not one behind the other */
	if (strchr(tree_text(range), ',') != NULL)
		tree_set(paper, "pages", range);
	if (first != NULL)
		parts_pages(paper, tree_text(first), tree_text(tree_child(meta,
		    "lpage")));
	tree_set(paper, "pages", range);
	if (json_get(paper, "pages") != NULL)
		tree_set(paper, "elocation-id", tree_child(meta,
		    "elocation-id"));
	tree_set(paper, "pages", tree_child(meta, "elocation-id"));
	tree_set(paper, "isbn", tree_child(meta, "isbn"));
	tree_set(paper, "issue-title", tree_child(meta, "issue-title"));
}

static const char *
key_of(const struct json *paper)
{
	const struct json *ids = json_get(paper, "ids");
	const char *key = json_get_str(paper, "doi");

	if (key == NULL)
		key = json_get_str(ids, "pmcid");
	if (key == NULL)
		key = json_get_str(ids, "pmid");
	return key != NULL ? key : json_get_str(paper, "publisher-id");
}

const char *
jats_paper(struct json *paper, const struct node *article)
{
	const struct node *front = tree_child(article, "front");
	const struct node *meta = tree_child(front, "article-meta");
	const struct node *groups = tree_child(meta, "article-categories");
	const struct node *group, *n;
	const char *lang = tree_attr(article, "lang");

	add_type(paper, article);
	add_title(paper, meta);
	if (meta != NULL)
		jats_people(paper, meta);
	jats_texts(paper, meta, lang);
	entry_str(paper, "language", lang);
	add_journal(paper, tree_child(front, "journal-meta"));
	add_conference(paper, meta);
	add_dates(paper, meta);
	add_place(paper, meta);
	add_ids(paper, meta);
	add_related(paper, meta);
	for (group = tree_child(groups, "subj-group"); group != NULL;
	    group = tree_next(group))
		for (n = tree_child(group, "subject"); n != NULL;
		    n = tree_next(n))
			parts_again(paper, "subject", parts_line(tree_text(n)));
	return key_of(paper);
}

/* The format */

static void
take(struct document *doc, struct json *paper, const struct node *article)
{
	const char *key;

	if (tree_find(article, "front/article-meta") == NULL) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "an article without <article-meta>");
		return;
	}
	key = jats_paper(paper, article);
	entry_emit_known(doc, paper, key);
}

void
parse_jats(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "article", "pmc-articleset",
	    NULL };
	static const char *const records[] = { "article", NULL };
	static const char *const bulk[] = { "body", "back", "sub-article",
	    "response", "floats-group", "floats-wrap", "processing-meta",
	    "history", "pub-history", "permissions", "funding-group",
	    "contract-num", "contract-sponsor", "counts", "custom-meta-group",
	    "custom-meta-wrap", "bio", "notes", "ref-list",
	    NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .bulk = bulk, .take = take };

	tree_read(doc, in, &format);
}

const char *
sniff_jats(const struct sniff *s)
{
	if (sniff_root(s, "pmc-articleset"))
		return "its root is <pmc-articleset>";
	return sniff_root(s, "article") && (strcmp(s->inside, "front") == 0 ||
	    strcmp(s->inside, "processing-meta") == 0) ?
	    "its root is <article>, with <front> in it" : NULL;
}

/* endnote - the XML that EndNote exports, and others write for it */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"

static const char *
line_of(const struct node *n)
{
	return parts_line(tree_text(n));
}

/* Type */

static const char *
type_of(const struct node *record)
{
	static const struct {
		int		 number;
		const char	*name;
	} types[] = {
		{ 5, "Book Section" }, { 6, "Book" },
		{ 10, "Conference Proceedings" }, { 12, "Web Page" },
		{ 13, "Generic" }, { 17, "Journal Article" },
		{ 19, "Magazine Article" }, { 23, "Newspaper Article" },
		{ 25, "Patent" }, { 27, "Report" }, { 28, "Edited Book" },
		{ 31, "Statute" }, { 32, "Thesis" },
		{ 34, "Unpublished Work" }, { 36, "Manuscript" },
		{ 43, "Electronic Article" }, { 44, "Electronic Book" },
		{ 46, "Government Document" }, { 47, "Conference Paper" },
		{ 59, "Dataset" }, { 60, "Electronic Book Section" },
	};
	const struct node *n = tree_child(record, "ref-type");
	const char *name = tree_attr(n, "name");
	int number = atoi(line_of(n));
	size_t i;

	for (i = 0; (name == NULL || *name == '\0') && i < sizeof(types) /
	    sizeof(types[0]); i++)
		if (types[i].number == number)
			name = types[i].name;
	/* with EndNote that is a paper in them */
	if (name != NULL && strcmp(name, "Conference Proceedings") == 0)
		name = "Conference Paper";
	return name != NULL ? name : "";
}

/* Whether a secondary title is that of the series. */
static bool
is_whole(const char *type)
{
	static const char *const types[] = { "Book", "Edited Book", "Report",
	    "Electronic Book", NULL };

	return words_have(types, type);
}

/* People */

/* "Family, Given, Jr.", and a comma behind what is no person. */
static void
add_author(struct json *people, const char *s)
{
	size_t n = strlen(s);

	if (n > 0 && s[n - 1] == ',')
		parts_group(people, arena_strndup(entry_arena(), s, n - 1));
	else
		parts_name(people, s, n, true);
}

static void
add_people(struct json *paper, const struct node *record, const char *type)
{
	static const char *const lists[] = { "authors", "secondary-authors" };
	const struct node *list, *n;
	const char *member;
	size_t i;

	for (i = 0; i < 2; i++) {
		member = i == 0 && strcmp(type, "Edited Book") != 0 ?
		    "authors" : "editors";
		list = tree_child(tree_child(record, "contributors"),
		    lists[i]);
		for (n = tree_child(list, "author"); n != NULL;
		    n = tree_next(n))
			add_author(entry_people(paper, member), line_of(n));
	}
}

/* Titles, venue */

static void
add_titles(struct json *paper, const struct node *record, const char *type)
{
	static const char *const others[] = { "alt-title", "short-title",
	    "translated-title" };
	const struct node *titles = tree_child(record, "titles");
	const struct node *in = tree_child(record, "periodical");
	const struct node *second = tree_child(titles, "secondary-title");
	size_t i;

	entry_str(paper, "title", line_of(tree_child(titles, "title")));
	if (is_whole(type))
		entry_str(paper, "series", line_of(second));
	else {
		entry_str(paper, "venue", line_of(tree_child(in,
		    "full-title")));
		entry_str(paper, "venue", line_of(second));
	}
	entry_str(paper, "series", line_of(tree_child(titles,
	    "tertiary-title")));
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		entry_str(paper, others[i], line_of(tree_child(titles,
		    others[i])));
	entry_str(paper, "abbr-1", line_of(tree_child(in, "abbr-1")));
}

/* Dates */

/* The day is in words of its own: "Mar 3", "2022 May", "1979 Oct 6". */
static void
add_dates(struct json *paper, const struct node *record)
{
	const struct node *dates = tree_child(record, "dates");
	const char *year = line_of(tree_child(dates, "year"));
	const char *s = line_of(tree_find(dates, "pub-dates/date"));
	struct date d = *year != '\0' ? date_of_parts(year, s, NULL) :
	    date_read(s);

	entry_str(paper, "year", year);
	parts_dates(paper, &d, 1);
}

/* Identifiers, links */

static void
add_numbers(struct json *paper, const struct node *record)
{
	const char *s = line_of(tree_child(record, "isbn"));

	if (!entry_serials(paper, s, strlen(s)))
		entry_foreign(paper, "endnote", "serial", strlen("serial"), s,
		    strlen(s));
	s = line_of(tree_child(record, "electronic-resource-num"));
	if (entry_is_url(s))
		entry_link(paper, s, strlen(s));
	else if (!entry_known_id(paper, s, strlen(s)))
		entry_str(paper, "electronic-resource-num", s);
	s = line_of(tree_child(record, "custom2"));
	if (!entry_known_id(paper, s, strlen(s)))
		entry_str(paper, "custom2", s);
}

/* A number of PubMed is only known by a link that has it too. */
static void
add_pmid(struct json *paper, const char *s, size_t n, const char *url)
{
	static const char *const places[] = { "ncbi.nlm.nih.gov/pubmed/",
	    "pubmed.ncbi.nlm.nih.gov/" };
	const char *p;
	size_t i;

	for (i = 0; n > 0 && i < 2; i++)
		if ((p = strstr(url, places[i])) != NULL && strncmp(p +
		    strlen(places[i]), s, n) == 0)
			entry_typed_id(paper, "pmid", s, n);
}

static void
add_links(struct json *paper, const struct node *record)
{
	static const char *const lists[] = { "web-urls", "related-urls",
	    "pdf-urls" };
	const struct node *urls = tree_child(record, "urls"), *n;
	const char *number = line_of(tree_child(record, "accession-num")), *s;
	size_t i, len = strlen(number);

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (n = tree_child(tree_child(urls, lists[i]), "url");
		    n != NULL; n = tree_next(n)) {
			s = line_of(n);
			/* others are files of the library, or go to ISI */
			if (!entry_is_url(s))
				continue;
			if (i == 2)
				entry_str(paper, "pdf", s);
			else
				entry_link(paper, s, strlen(s));
			add_pmid(paper, number, len, s);
		}
}

/* Papers */

static void
add_keywords(struct json *paper, const struct node *record)
{
	const struct node *n = tree_child(tree_child(record, "keywords"),
	    "keyword");
	const char *s, *end, *word;
	size_t len;

	for (; n != NULL; n = tree_next(n)) {
		s = line_of(n);
		end = s + strlen(s);
		while ((word = entry_part(&s, end, ";", &len)) != NULL)
			parts_keyword(paper, arena_strndup(entry_arena(), word,
			    len));
	}
}

/* Elements under names of their own, but for those of the library. */
static void
add_others(struct json *paper, const struct node *record)
{
	static const char *const left_out[] = { "source-app", "rec-number",
	    "foreign-keys", "ref-type", "contributors", "titles", "periodical",
	    "alt-periodical", "keywords", "dates", "urls", "isbn", "issue",
	    "electronic-resource-num", "database", "abstract", "number",
	    "research-notes", "modified-date", "access-date", "caption",
	    "remote-database-provider", "language", "custom2", NULL };
	const struct node *n;
	const char *s;

	for (n = record->child; n != NULL; n = n->next)
		if (n->name != NULL && !words_have(left_out, n->name)) {
			s = line_of(n);
			entry_foreign(paper, "endnote", n->name,
			    strlen(n->name), s, strlen(s));
		}
}

static const char *
endnote_paper(struct json *paper, const struct node *record)
{
	const char *type = type_of(record);
	const struct node *n;

	entry_str(paper, "type", type);
	add_titles(paper, record, type);
	add_people(paper, record, type);
	tree_set(paper, "abstract", tree_child(record, "abstract"));
	add_keywords(paper, record);
	entry_str(paper, "language", line_of(tree_child(record, "language")));
	add_dates(paper, record);
	entry_str(paper, "number", line_of(tree_child(record, "number")));
	entry_str(paper, "number", line_of(tree_child(record, "issue")));
	add_numbers(paper, record);
	add_links(paper, record);
	n = tree_child(record, "database");
	entry_str(paper, "database", tree_attr(n, "name"));
	add_others(paper, record);
	n = tree_child(record, "rec-number");
	return n != NULL ? line_of(n) : NULL;
}

/* The format */

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const char *key;

	if (tree_child(record, "ref-type") == NULL &&
	    tree_child(record, "titles") == NULL &&
	    tree_child(record, "contributors") == NULL) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "a record without type, titles or contributors");
		return;
	}
	key = endnote_paper(paper, record);
	entry_emit_known(doc, paper, key);
}

void
parse_endnote(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "xml", "records", NULL };
	static const char *const records[] = { "record", NULL };
	static const char *const bulk[] = { "research-notes", "image-urls",
	    "text-urls", "foreign-keys", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .bulk = bulk, .take = take };

	tree_read(doc, in, &format);
}

const char *
sniff_endnote(const struct sniff *s)
{
	return (sniff_root(s, "xml") || sniff_root(s, "records")) &&
	    strstr(s->text, "<ref-type") != NULL ?
	    "it has records with <ref-type>" : NULL;
}

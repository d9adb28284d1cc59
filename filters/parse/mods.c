/* mods - records in MODS, of the Library of Congress */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

static bool
is_in(const char *const *list, const char *s)
{
	for (; *list != NULL; list++)
		if (strcasecmp(*list, s) == 0)
			return true;
	return false;
}

/* Whether an attribute is not there, or empty. */
static bool
is_plain(const struct node *n, const char *attr)
{
	const char *s = tree_attr(n, attr);

	return s == NULL || *s == '\0';
}

static const struct node *
related(const struct node *mods, const char *type)
{
	const struct node *n = tree_child(mods, "relatedItem");

	while (n != NULL && !tree_attr_is(n, "type", type))
		n = tree_next(n);
	return n;
}

/* Titles */

/* The text of what has no elements, or NULL. */
static const char *
bare_text(const struct node *n)
{
	return n == NULL || tree_walk(n, n) != NULL ? NULL : tree_text(n);
}

/* A title with its article in front and its part behind. */
static void
add_title(struct json *o, const char *member, const struct node *info)
{
	static const char *const behind[] = { "partNumber", "partName" };
	struct json *whole = json_object(entry_arena());
	struct buf b = { 0 };
	const char *s;
	size_t i;

	s = parts_line(tree_text(tree_child(info, "nonSort")));
	buf_adds(&b, s);
	if (b.len > 0 && b.p[b.len - 1] != '\'')
		buf_addc(&b, ' ');
	buf_adds(&b, tree_text(tree_child(info, "title")));
	parts_title(whole, b.p, tree_text(tree_child(info, "subTitle")));
	buf_reset(&b);
	if ((s = json_get_str(whole, "title")) != NULL)
		buf_adds(&b, s);
	for (i = 0; i < 2; i++) {
		s = parts_line(tree_text(tree_child(info, behind[i])));
		if (*s != '\0' && b.len > 0)
			buf_addf(&b, "%s%s", i == 0 || b.p[b.len - 1] == '.' ?
			    ". " : ", ", s);
	}
	parts_set(o, member, &b);
}

/* The first title that is not of a kind of its own. */
static const struct node *
title_in(const struct node *of)
{
	const struct node *n = tree_child(of, "titleInfo");

	while (n != NULL && (!is_plain(n, "type") ||
	    !is_plain(tree_child(n, "title"), "type") ||
	    *parts_line(tree_text(n)) == '\0'))
		n = tree_next(n);
	return n;
}

static void
add_titles(struct json *paper, const struct node *mods)
{
	const struct node *n = title_in(mods);

	if (n == NULL)
		n = tree_child(mods, "titleInfo");
	if (n != NULL)
		add_title(paper, "title", n);
	for (n = tree_child(mods, "titleInfo"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "translated"))
			add_title(paper, "translated_title", n);
		else if (tree_attr_is(n, "type", "alternative"))
			add_title(paper, "alternative_title", n);
}

/* People */

/* Whom a name is among by its roles, or NULL; authors have often none. */
static const char *
member_of(const struct node *name)
{
	static const char *const authors[] = { "aut", "author", "cre",
	    "creator", "dis", "dissertant", NULL };
	static const char *const editors[] = { "edt", "editor", "edc",
	    "editor of compilation", NULL };
	const struct node *n;
	const char *member = "authors", *s;

	for (n = tree_walk(name, name); n != NULL; n = tree_walk(n, name)) {
		if (strcmp(n->name, "roleTerm") != 0)
			continue;
		s = parts_line(tree_text(n));
		if (is_in(authors, s))
			return "authors";
		if (is_in(editors, s))
			member = "editors";
		else if (*s != '\0' && member != NULL && strcmp(member,
		    "editors") != 0)
			member = NULL;
	}
	return member;
}

/* The parts of a name of one type, or those without, in one text. */
static const char *
name_part(const struct node *name, const char *type, const char *between)
{
	const struct node *n = tree_child(name, "namePart");
	struct buf b = { 0 };
	const char *s;

	for (; n != NULL; n = tree_next(n)) {
		if (type != NULL ? !tree_attr_is(n, "type", type) :
		    !is_plain(n, "type"))
			continue;
		s = parts_line(tree_text(n));
		if (*s != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? between : "", s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* "West, Matthew," */
static struct json *
add_inverted(struct json *people, const char *s)
{
	size_t n = strlen(s);
	const char *comma;

	while (n > 0 && strchr(", ", s[n - 1]) != NULL)
		n--;
	if ((comma = memchr(s, ',', n)) == NULL ||
	    memchr(comma + 1, ',', n - (size_t)(comma + 1 - s)) != NULL)
		return entry_person(people, s, n);
	return parts_person(people, arena_strndup(entry_arena(), comma + 1,
	    n - (size_t)(comma + 1 - s)), arena_strndup(entry_arena(), s,
	    (size_t)(comma - s)), NULL);
}

static void
add_name(struct json *paper, const struct node *name, const char *member)
{
	struct json *people = entry_people(paper, member), *person;
	const char *family = name_part(name, "family", " ");
	const char *plain = name_part(name, NULL, ". "), *s;
	const struct node *n;

	if (*family != '\0')
		person = parts_person(people, name_part(name, "given", " "),
		    family, NULL);
	else if (tree_attr_is(name, "type", "corporate"))
		person = parts_group(people, plain);
	else if (tree_attr_is(name, "type", "personal"))
		person = add_inverted(people, plain);
	else
		person = entry_person(people, plain, strlen(plain));
	if (person == NULL)
		return;
	parts_children(person, "affiliation", name, "affiliation");
	for (n = tree_child(name, "nameIdentifier"); n != NULL;
	    n = tree_next(n)) {
		s = parts_line(tree_text(n));
		if (tree_attr_is(n, "type", "orcid"))
			entry_str(person, "orcid", s);
		else if (!is_plain(n, "type"))
			entry_person_id(person, tree_attr(n, "type"), s,
			    strlen(s));
	}
}

/* Of what the paper is in only the editors are the paper's. */
static void
add_people(struct json *paper, const struct node *of, bool authors)
{
	const struct node *n = tree_child(of, "name");
	const char *member;

	for (; n != NULL; n = tree_next(n)) {
		if (tree_attr_is(n, "type", "conference")) {
			entry_str(paper, "conference_name", name_part(n, NULL,
			    " "));
			continue;
		}
		member = member_of(n);
		if (member == NULL || (!authors && strcmp(member,
		    "authors") == 0))
			continue;
		if (tree_child(n, "etal") != NULL)
			json_set(entry_arena(), paper, "et_al",
			    json_true(entry_arena()));
		else
			add_name(paper, n, member);
	}
}

/* Dates */

/* "2011", "c2011", "1955-03-22", "2022-06-08T22:19:22Z" */
static const char *
date_of(const struct node *n)
{
	const char *s = parts_line(tree_text(n)), *month = NULL, *day = NULL;

	if (strspn(s, "0123456789") != 4)
		return parts_date(parts_year(s), NULL, NULL);
	if (s[4] == '-' && isdigit((unsigned char)s[5])) {
		month = arena_strndup(entry_arena(), s + 5, strnlen(s + 5, 2));
		if (strlen(s) >= 10 && s[7] == '-')
			day = arena_strndup(entry_arena(), s + 8, 2);
	}
	return parts_date(arena_strndup(entry_arena(), s, 4), month, day);
}

/* Of several the one with a month, for others are a text about it. */
static const char *
date_in(const struct node *of, const char *name)
{
	const struct node *n = tree_child(of, name);
	const char *date = NULL, *s;

	for (; n != NULL; n = tree_next(n))
		if ((s = date_of(n)) != NULL && (date == NULL ||
		    strlen(s) > strlen(date)))
			date = s;
	return date;
}

static void
add_dates(struct json *paper, const struct node *mods, const struct node *host)
{
	const struct node *own = tree_child(mods, "originInfo");
	const struct node *around = tree_child(host, "originInfo");
	const char *dates[8];

	dates[0] = date_in(own, "dateIssued");
	dates[1] = date_in(tree_child(mods, "part"), "date");
	dates[2] = date_in(tree_child(host, "part"), "date");
	dates[3] = date_in(around, "dateIssued");
	dates[4] = date_in(own, "dateCreated");
	dates[5] = date_in(own, "copyrightDate");
	dates[6] = date_in(own, "dateOther");
	dates[7] = date_in(around, "copyrightDate");
	parts_dates(paper, dates, 8);
}

/* Type */

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
	return NULL;
}

static void
add_type(struct json *paper, const struct node *mods, const struct node *host)
{
	const struct node *n = tree_child(mods, "genre");

	/* RDA's are "text" and the like */
	for (; n != NULL; n = tree_next(n))
		if (!tree_attr_is(n, "authority", "rdacontent"))
			tree_set(paper, "type", n);
	entry_str(paper, "type", type_in(host));
	n = tree_child(mods, "typeOfResource");
	if (json_get(paper, "type") == NULL && strcmp(parts_line(tree_text(
	    tree_find(mods, "originInfo/issuance"))), "monographic") == 0 &&
	    strcmp(parts_line(tree_text(n)), "text") == 0)
		entry_str(paper, "type", "book");
	tree_set(paper, "type", n);
}

/* The place it was published in */

static void
add_part(struct json *paper, const struct node *part)
{
	const struct node *n, *start;

	for (n = tree_child(part, "detail"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "volume"))
			tree_set(paper, "volume", tree_child(n, "number"));
		else if (tree_attr_is(n, "type", "issue") ||
		    tree_attr_is(n, "type", "number"))
			tree_set(paper, "number", tree_child(n, "number"));
	for (n = tree_child(part, "extent"); n != NULL; n = tree_next(n)) {
		if ((start = tree_child(n, "start")) != NULL)
			parts_pages(paper, tree_text(start), tree_text(
			    tree_child(n, "end")));
		tree_set(paper, "pages", tree_child(n, "list"));
	}
}

static void
add_publisher(struct json *paper, const struct node *of)
{
	const struct node *origin = tree_child(of, "originInfo");

	tree_set(paper, "publisher", tree_child(origin, "publisher"));
	tree_set(paper, "publisher", tree_find(origin, "agent/namePart"));
	tree_set(paper, "edition", tree_child(origin, "edition"));
}

static void
add_host(struct json *paper, const struct node *host)
{
	const struct node *title = title_in(host), *n;

	if (host == NULL)
		return;
	if (title == NULL)
		title = tree_child(host, "titleInfo");
	if (title != NULL)
		add_title(paper, "venue", title);
	else
		entry_str(paper, "venue", bare_text(host));
	for (n = tree_child(host, "titleInfo"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "abbreviated"))
			add_title(paper, "abbreviated_title", n);
	add_part(paper, tree_child(host, "part"));
	add_people(paper, host, false);
	add_publisher(paper, host);
}

/* Identifiers, links */

static void
add_ids(struct json *paper, const struct node *of, bool own)
{
	static const struct {
		const char	*type;
		const char	*member;
		bool		 whole;		/* also of what it is in */
	} kinds[] = {
		{ "doi", "doi", false }, { "arxiv", "arxiv", false },
		{ "isbn", "isbn", true }, { "issn", "issn", true },
		{ "pmid", "ids.pmid", false }, { "pubmed", "ids.pmid", false },
		{ "pmc", "ids.pmcid", false }, { "lccn", "ids.lccn", false },
		{ "oclc", "ids.oclc", false },
	};
	const struct node *n = tree_child(of, "identifier");
	const char *s, *type;
	size_t i;

	for (; n != NULL; n = tree_next(n)) {
		type = tree_attr(n, "type");
		if (type == NULL || tree_attr_is(n, "invalid", "yes"))
			continue;
		s = parts_line(tree_text(n));
		if (own && (strcmp(type, "uri") == 0 || strcmp(type, "hdl") ==
		    0) && strncmp(s, "http", 4) == 0)
			entry_link(paper, s, strlen(s));
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (strcasecmp(kinds[i].type, type) == 0 &&
			    (own || kinds[i].whole))
				entry_member(paper, "mods", kinds[i].member, s,
				    strlen(s));
	}
}

static void
add_links(struct json *paper, const struct node *mods)
{
	const struct node *place = tree_child(mods, "location"), *n;
	const char *s;

	for (; place != NULL; place = tree_next(place))
		for (n = tree_child(place, "url"); n != NULL; n = tree_next(n)) {
			if (tree_attr_is(n, "access", "preview"))
				continue;
			s = parts_line(tree_text(n));
			entry_link(paper, s, strlen(s));
		}
}

static const char *
key_of(const struct node *mods)
{
	const struct node *n = tree_find(mods, "recordInfo/recordIdentifier");

	if (n != NULL)
		return parts_line(tree_text(n));
	if (!is_plain(mods, "ID"))
		return tree_attr(mods, "ID");
	for (n = tree_child(mods, "identifier"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "citekey"))
			return parts_line(tree_text(n));
	return NULL;
}

/* Papers */

static void
add_language(struct json *paper, const struct node *mods)
{
	const struct node *n = tree_child(mods, "language");
	const struct node *term = tree_child(n, "languageTerm");

	for (; term != NULL; term = tree_next(term))
		if (tree_attr_is(term, "type", "code"))
			tree_set(paper, "language", term);
	tree_set(paper, "language", tree_child(n, "languageTerm"));
	tree_set(paper, "language", n);
}

const char *
mods_paper(struct json *paper, const struct node *mods)
{
	const struct node *host = related(mods, "host"), *series, *n, *topic;

	add_type(paper, mods, host);
	add_titles(paper, mods);
	add_people(paper, mods, true);
	entry_str(paper, "abstract", parts_abstract(tree_child(mods,
	    "abstract")));
	for (n = tree_child(mods, "subject"); n != NULL; n = tree_next(n))
		for (topic = tree_child(n, "topic"); topic != NULL;
		    topic = tree_next(topic))
			parts_keyword(paper, tree_text(topic));
	add_language(paper, mods);
	add_part(paper, tree_child(mods, "part"));
	add_publisher(paper, mods);
	add_host(paper, host);
	add_dates(paper, mods, host);
	add_ids(paper, mods, true);
	add_ids(paper, host, false);
	add_links(paper, mods);
	if ((series = related(mods, "series")) == NULL)
		series = related(host, "series");
	if ((n = title_in(series)) != NULL)
		add_title(paper, "series", n);
	else
		entry_str(paper, "series", bare_text(series));
	for (n = tree_child(mods, "note"); n != NULL; n = tree_next(n))
		if (is_plain(n, "type"))
			tree_set(paper, "note", n);
	return key_of(mods);
}

/* The format */

static void
take(struct document *doc, struct json *paper, const struct node *mods)
{
	const char *key = mods_paper(paper, mods);

	entry_emit(doc, paper, key, key != NULL ? strlen(key) : 0);
}

void
parse_mods(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "modsCollection", "mods", NULL };
	static const char *const records[] = { "mods", NULL };
	static const char *const bulk[] = { "accessCondition", "extension",
	    "physicalDescription", "tableOfContents", "targetAudience", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .bulk = bulk, .take = take };

	tree_read(doc, in, &format);
}

const char *
sniff_mods(const struct sniff *s)
{
	if (sniff_root(s, "modsCollection"))
		return "its root is <modsCollection>";
	return sniff_root(s, "mods") ? "its root is <mods>" : NULL;
}

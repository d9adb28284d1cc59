/* mods - records in MODS, of the Library of Congress */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/fragment.h"
#include "parse/mods.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

const struct node *
mods_related(const struct node *mods, const char *type)
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

/* A title with its article in front and its part behind; NULL has none. */
static const char *
title_of(const struct node *info)
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
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* The first title that is not of a kind of its own. */
static const struct node *
title_in(const struct node *of)
{
	const struct node *n = tree_child(of, "titleInfo");

	while (n != NULL && (!mods_is_plain(n, "type") ||
	    !mods_is_plain(tree_child(n, "title"), "type") ||
	    *parts_line(tree_text(n)) == '\0'))
		n = tree_next(n);
	return n;
}

static void
add_titles(struct json *paper, const struct node *mods)
{
	static const struct {
		const char	*type;
		const char	*member;
	} kinds[] = {
		{ "translated", "translated_title" },
		{ "alternative", "alternative_title" },
		{ "uniform", "uniform_title" },
		{ "abbreviated", "short_title" },
	};
	const struct node *n = title_in(mods), *other;
	size_t i;

	if (n == NULL)
		n = tree_child(mods, "titleInfo");
	entry_str(paper, "title", title_of(n));
	for (other = tree_child(mods, "titleInfo"); other != NULL;
	    other = tree_next(other)) {
		if (other == n)
			continue;
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (tree_attr_is(other, "type", kinds[i].type))
				parts_again(paper, kinds[i].member,
				    title_of(other));
		/* in another script */
		if (mods_is_plain(other, "type"))
			parts_again(paper, "alternative_title",
			    title_of(other));
	}
}

/* Dates */

/* Of several the one with a month, for others are a text about it. */
static struct date
date_in(const struct node *of, const char *name)
{
	const struct node *n = tree_child(of, name);
	struct date date = { 0 }, d;

	for (; n != NULL; n = tree_next(n)) {
		d = date_read(tree_text(n));
		if (d.year != 0 && (date.year == 0 ||
		    (d.month > 0) + (d.day > 0) >
		    (date.month > 0) + (date.day > 0)))
			date = d;
	}
	return date;
}

static void
add_dates(struct json *paper, const struct node *mods, const struct node *host)
{
	const struct node *own = tree_child(mods, "originInfo");
	const struct node *around = tree_child(host, "originInfo");
	struct date dates[8];

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

/* Identifiers */

static void
add_ids(struct json *paper, const struct node *of, bool own)
{
	/* also of what it is in */
	static const char *const whole[] = { "isbn", "issn", NULL };
	const struct node *n = tree_child(of, "identifier");
	const char *s, *type;

	for (; n != NULL; n = tree_next(n)) {
		type = tree_attr(n, "type");
		if (type == NULL || tree_attr_is(n, "invalid", "yes"))
			continue;
		s = parts_line(tree_text(n));
		if (own && (strcmp(type, "uri") == 0 || strcmp(type, "hdl") ==
		    0) && entry_is_url(s))
			parts_link(paper, s);
		else if (own || words_have(whole, type))
			entry_typed_id(paper, type, s, strlen(s));
	}
}

/* The place it was published in */

/* Its number, or else what stands for it: "vol. 3". */
static void
add_detail(struct json *paper, const char *member, const struct node *detail)
{
	tree_set(paper, member, tree_child(detail, "number"));
	tree_set(paper, member, tree_child(detail, "caption"));
}

static void
add_part(struct json *paper, const struct node *part)
{
	const struct node *n, *start;

	for (n = tree_child(part, "detail"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "volume"))
			add_detail(paper, "volume", n);
		else if (tree_attr_is(n, "type", "issue") ||
		    tree_attr_is(n, "type", "number"))
			add_detail(paper, "number", n);
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
	const struct node *origin = tree_child(of, "originInfo"), *place, *n;

	tree_set(paper, "publisher", tree_child(origin, "publisher"));
	tree_set(paper, "publisher", tree_find(origin, "agent/namePart"));
	tree_set(paper, "edition", tree_child(origin, "edition"));
	for (place = tree_child(origin, "place"); place != NULL;
	    place = tree_next(place))
		for (n = tree_child(place, "placeTerm"); n != NULL;
		    n = tree_next(n))
			if (!tree_attr_is(n, "type", "code"))
				tree_set(paper, "address", n);
}

static void
add_host(struct json *paper, const struct node *host)
{
	const struct node *title = title_in(host), *n;

	if (title == NULL)
		title = tree_child(host, "titleInfo");
	entry_str(paper, "venue", title != NULL ? title_of(title) :
	    bare_text(host));
	for (n = tree_child(host, "titleInfo"); n != NULL; n = tree_next(n))
		if (tree_attr_is(n, "type", "abbreviated"))
			entry_str(paper, "abbreviated_title", title_of(n));
	add_part(paper, tree_child(host, "part"));
	mods_people(paper, host, false);
	add_publisher(paper, host);
	add_ids(paper, host, false);
}

static void
add_series(struct json *paper, const struct node *mods, const struct node *host)
{
	const struct node *series = mods_related(mods, "series"), *n;

	if (series == NULL)
		series = mods_related(host, "series");
	n = title_in(series);
	entry_str(paper, "series", n != NULL ? title_of(n) :
	    bare_text(series));
}

/* Links */

static void
add_links(struct json *paper, const struct node *mods)
{
	const struct node *place = tree_child(mods, "location"), *n;

	for (; place != NULL; place = tree_next(place))
		for (n = tree_child(place, "url"); n != NULL; n = tree_next(n)) {
			if (tree_attr_is(n, "access", "preview"))
				continue;
			parts_link(paper, tree_text(n));
		}
}

static const char *
key_of(const struct node *mods)
{
	const struct node *n = tree_find(mods, "recordInfo/recordIdentifier");

	if (n != NULL)
		return parts_line(tree_text(n));
	if (!mods_is_plain(mods, "ID"))
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

static void
add_notes(struct json *paper, const struct node *mods)
{
	const struct node *n;

	for (n = tree_child(mods, "note"); n != NULL; n = tree_next(n))
		if (mods_is_plain(n, "type") ||
		    tree_attr_is(n, "type", "thesis"))
			parts_again(paper, "note", parts_line(tree_text(n)));
		else if (tree_attr_is(n, "type", "statement of responsibility"))
			tree_set(paper, "responsibility", n);
	for (n = tree_child(tree_child(mods, "physicalDescription"),
	    "extent"); n != NULL; n = tree_next(n))
		if (bare_text(n) != NULL)
			parts_again(paper, "extent", parts_line(tree_text(n)));
}

const char *
mods_paper(struct json *paper, const struct node *mods)
{
	const struct node *host = mods_related(mods, "host"), *n, *topic;

	mods_type(paper, mods, host);
	add_titles(paper, mods);
	mods_people(paper, mods, true);
	for (n = tree_child(mods, "abstract"); n != NULL; n = tree_next(n))
		if (json_get(paper, "abstract") == NULL)
			fragment_escaped(paper, "abstract",
			    parts_abstract(n));
		else
			parts_again(paper, "other_abstract", parts_abstract(n));
	for (n = tree_child(mods, "subject"); n != NULL; n = tree_next(n))
		for (topic = tree_child(n, "topic"); topic != NULL;
		    topic = tree_next(topic))
			parts_keyword(paper, tree_text(topic));
	add_language(paper, mods);
	add_part(paper, tree_child(mods, "part"));
	add_publisher(paper, mods);
	add_ids(paper, mods, true);
	for (n = host; n != NULL; n = mods_related(n, "host"))
		add_host(paper, n);		/* an issue of a journal */
	add_dates(paper, mods, host);
	add_links(paper, mods);
	add_series(paper, mods, host);
	add_notes(paper, mods);
	return key_of(mods);
}

/* The format */

static void
take(struct document *doc, struct json *paper, const struct node *mods)
{
	const char *key = mods_paper(paper, mods);

	entry_emit_known(doc, paper, key);
}

void
parse_mods(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "modsCollection", "mods", NULL };
	static const char *const records[] = { "mods", NULL };
	static const char *const bulk[] = { "accessCondition", "extension",
	    "tableOfContents", "targetAudience", NULL };
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

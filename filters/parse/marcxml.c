/* marcxml - MARC 21 in XML, as libraries and CERN write it */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/marc.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* Control fields, whose facts are at places of their own. */
static const char *
control_field(const struct node *record, const char *tag)
{
	const struct node *n = tree_child(record, "controlfield");

	return tree_text(marc_next_field(n, tag));
}

/* Of 008, "" if it is cut or its spaces are not all there. */
static const char *
fixed_field(const struct node *record)
{
	const char *s = control_field(record, "008");

	return strlen(s) == 40 ? s : "";
}

/* The texts of fields in a list, as they are. */
static void
append_texts(struct json *paper, const char *member,
    const struct node *record, const char *tag, const char *code)
{
	const struct node *n, *c;
	const char *s;

	MARC_EACH_FIELD(n, record, tag)
		MARC_EACH_SUBFIELD(c, n, code) {
			s = marc_line(c);
			entry_append(paper, member, s, strlen(s));
		}
}

/* Titles */

/* What stands behind "=" in the title proper is the same in other words. */
static const char *
parallel_title(const struct node *title)
{
	const struct node *n = tree_child(title, "subfield");

	while ((n = marc_next_subfield(n, "anp")) != NULL) {
		if (marc_mark(n) == '=')
			return marc_text(marc_next_subfield(tree_next(n),
			    "b"));
		n = tree_next(n);
	}
	return "";
}

static void
set_titles(struct json *paper, const struct node *record)
{
	static const struct {
		const char	*tag;
		const char	*member;
	} others[] = {
		{ "242", "translated_title" }, { "246", "alternative_title" },
		{ "240", "uniform_title" }, { "130", "uniform_title" },
	};
	const struct node *n = marc_next_field(tree_child(record,
	    "datafield"), "245");
	char tag[4];
	size_t i;

	entry_str(paper, "title", marc_title(n));
	parts_again(paper, "translated_title", parallel_title(n));
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		MARC_EACH_FIELD(n, record, others[i].tag)
			parts_again(paper, others[i].member, marc_title(n));
	MARC_EACH_FIELD(n, record, "880")
		if (marc_link(n, tag) > 0 && strcmp(tag, "245") == 0)
			parts_again(paper, "alternative_title", marc_title(n));
}

/* Facts */

static void
set_imprint(struct json *paper, const struct node *record, const char *tag,
    const char *function, const char *codes)
{
	static const struct {
		const char	*code;
		const char	*member;
	} parts[] = {
		{ "a", "address" }, { "b", "publisher" }, { "c", "year" },
	};
	const struct node *n, *c;
	size_t i;

	MARC_EACH_FIELD(n, record, tag) {
		if (*function != '\0' && !tree_attr_is(n, "ind2", function))
			continue;
		for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			if (strchr(codes, *parts[i].code) != NULL)
				MARC_EACH_SUBFIELD(c, n, parts[i].code)
					entry_str(paper, parts[i].member,
					    *parts[i].code == 'c' ?
					    marc_line(c) : marc_marked(c));
	}
}

/* In 264 what was published is told from what was made, printed, protected. */
static void
set_imprints(struct json *paper, const struct node *record)
{
	set_imprint(paper, record, "264", "1", "abc");
	set_imprint(paper, record, "260", "", "abc");
	set_imprint(paper, record, "264", "0", "abc");
	set_imprint(paper, record, "264", " ", "abc");
	set_imprint(paper, record, "264", "", "c");
}

/* "Second edition.", "9th ed. /": the period of a short word is its own. */
static void
set_editions(struct json *paper, const struct node *record)
{
	const struct node *n;
	const char *s, *word;
	size_t len;

	MARC_EACH_FIELD(n, record, "250") {
		s = marc_marked(marc_next_subfield(tree_child(n, "subfield"),
		    "a"));
		len = strlen(s);
		word = strrchr(s, ' ');
		if (len > 0 && s[len - 1] == '.' &&
		    strlen(word != NULL ? word + 1 : s) > 5)
			len--;
		parts_again(paper, "edition", arena_strndup(entry_arena(), s,
		    len));
	}
}

/* "xii, 127 pages", or where an article stands. */
static void
set_extents(struct json *paper, const struct node *record)
{
	const struct node *n;

	MARC_EACH_FIELD(n, record, "300")
		parts_again(paper, "extent", marc_marked(marc_next_subfield(
		    tree_child(n, "subfield"), "a")));
}

static void
set_thesis(struct json *paper, const struct node *record)
{
	const struct node *n;
	const char *s;

	MARC_EACH_FIELD(n, record, "502") {
		s = marc_subfield(n, "c");
		entry_str(paper, "publisher", s);
		if (*s != '\0' && strcmp(s, json_get_str(paper,
		    "publisher")) != 0)
			entry_str(paper, "school", s);
		entry_str(paper, "degree", marc_marked(marc_next_subfield(
		    tree_child(n, "subfield"), "b")));
		entry_str(paper, "year", marc_subfield(n, "d"));
	}
	append_texts(paper, "notes", record, "502", "a");
}

/* "(OCoLC)ocm00012345" */
static void
set_oclc(struct json *paper, const char *s)
{
	static const char source[] = "(OCoLC)";

	if (strncmp(s, source, strlen(source)) != 0)
		return;
	s += strcspn(s, "0123456789");
	entry_id(paper, "oclc", s, strspn(s, "0123456789"));
}

static void
set_numbers(struct json *paper, const struct node *record)
{
	const struct node *n, *c;
	const char *s;

	entry_str(paper, "isbn", marc_first(record, "020", "a"));
	MARC_EACH_FIELD(n, record, "022")
		MARC_EACH_SUBFIELD(c, n, "a")
			entry_issn(paper, marc_line(c));
	MARC_EACH_FIELD(n, record, "024")
		if (strcasecmp(marc_subfield(n, "2"), "doi") == 0)
			entry_str(paper, "doi", marc_subfield(n, "a"));
	MARC_EACH_FIELD(n, record, "037") {
		s = marc_subfield(n, "a");
		if (!entry_known_id(paper, s, strlen(s)))
			entry_append(paper, "report_no", s, strlen(s));
	}
	append_texts(paper, "report_no", record, "088", "a");
	s = marc_first(record, "010", "a");
	entry_id(paper, "lccn", s, strlen(s));
	MARC_EACH_FIELD(n, record, "035")
		MARC_EACH_SUBFIELD(c, n, "a")
			set_oclc(paper, marc_line(c));
}

/* Those of another thing, such as a table of contents, say so. */
static void
set_links(struct json *paper, const struct node *record)
{
	const struct node *n, *c;
	const char *s;

	MARC_EACH_FIELD(n, record, "856")
		MARC_EACH_SUBFIELD(c, n, "u") {
			s = marc_line(c);
			if (tree_attr_is(n, "ind2", "2"))
				entry_append(paper, "related_links", s,
				    strlen(s));
			else
				parts_link(paper, s);
		}
}

static void
set_keywords(struct json *paper, const struct node *record)
{
	const struct node *n;

	MARC_EACH_FIELD(n, record, "650")
		parts_keyword(paper, marc_subfields(n, "axyzv", " -- "));
	MARC_EACH_FIELD(n, record, "653")
		parts_keyword(paper, marc_subfield(n, "a"));
}

/* A summary that says that it is an abstract, or else the first one. */
static void
set_abstract(struct json *paper, const struct node *record)
{
	const struct node *n, *first = NULL;

	MARC_EACH_FIELD(n, record, "520")
		if (*marc_subfield(n, "a") != '\0' && (first == NULL ||
		    (tree_attr_is(n, "ind1", "3") &&
		    !tree_attr_is(first, "ind1", "3"))))
			first = n;
	tree_set(paper, "abstract", marc_next_subfield(tree_child(first,
	    "subfield"), "a"));
	MARC_EACH_FIELD(n, record, "520")
		if (n != first)
			parts_again(paper, "other_abstract",
			    tree_text(marc_next_subfield(tree_child(n,
			    "subfield"), "a")));
}

/* Whether a part is in a journal: its number says so, or a code in 7. */
static bool
is_in_serial(const struct node *record)
{
	const struct node *n;
	const char *s;

	MARC_EACH_FIELD(n, record, "773") {
		s = marc_subfield(n, "7");
		if (strlen(s) == 4)
			return s[3] == 's';
		if (*marc_subfield(n, "x") != '\0' &&
		    *marc_subfield(n, "z") == '\0')
			return true;
	}
	return false;
}

/*
 * A thesis says so, CERN has a word for the kind of a record in 980, and
 * libraries a letter in the leader for what it is, or its content in 336, and
 * one for how it came out; in 008 there is what is in a book: "m" a thesis, "1"
 * papers of a conference.
 */
static void
set_type(struct json *paper, const struct node *record)
{
	static const char *const words[] = { "ConferencePaper", "Thesis",
	    "Proceedings", "BookChapter", "Book", "Report", "Article",
	    "Preprint" };
	const char *leader = tree_text(tree_child(record, "leader"));
	const char *fixed = fixed_field(record);
	bool conference = marc_has(record, "111");
	const struct node *n;
	size_t i;

	if (marc_has(record, "502"))
		entry_str(paper, "type", "thesis");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		MARC_EACH_FIELD(n, record, "980")
			if (strcasecmp(marc_subfield(n, "a"), words[i]) == 0)
				entry_str(paper, "type", words[i]);
	if (strlen(leader) < 8 || (strchr("at", leader[6]) == NULL &&
	    strcmp(marc_first(record, "336", "b"), "txt") != 0))
		return;
	if (*fixed != '\0' && strchr("am", leader[7]) != NULL) {
		if (memchr(fixed + 24, 'm', 4) != NULL)
			entry_str(paper, "type", "thesis");
		conference = conference || fixed[29] == '1';
	}
	if (leader[7] == 'm')
		entry_str(paper, "type", conference ? "proceedings" : "book");
	else if (leader[7] == 'b' || (leader[7] == 'a' && is_in_serial(record)))
		entry_str(paper, "type", "journal-article");
	else if (leader[7] == 'a')
		entry_str(paper, "type", conference ? "conference-paper" :
		    "chapter");
}

/* In 041, or else in 008, which also has codes for none and for several. */
static void
set_language(struct json *paper, const struct node *record)
{
	static const char *const none[] = { "zxx", "und", "mul", "mis" };
	const char *s = fixed_field(record);
	size_t i;

	entry_str(paper, "language", marc_first(record, "041", "a"));
	if (*s == '\0' || !isalpha((unsigned char)s[35]))
		return;
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (strncmp(s + 35, none[i], 3) == 0)
			return;
	entry_text(paper, "language", s + 35, 3);
}

const char *
marcxml_paper(struct json *paper, const struct node *record)
{
	const char *key = parts_line(control_field(record, "001"));
	const char *fixed = fixed_field(record);
	struct date d;

	set_titles(paper, record);
	marc_people(paper, record);
	set_imprints(paper, record);
	set_thesis(paper, record);
	set_numbers(paper, record);
	marc_host(paper, record);
	if (*fixed != '\0') {
		d = date_read(arena_strndup(entry_arena(), fixed + 7, 4));
		parts_dates(paper, &d, 1);
	}
	set_editions(paper, record);
	set_extents(paper, record);
	set_links(paper, record);
	set_keywords(paper, record);
	set_type(paper, record);
	set_abstract(paper, record);
	set_language(paper, record);
	append_texts(paper, "notes", record, "500", "a");
	return *key != '\0' ? key : NULL;
}

bool
marcxml_is(const struct node *record)
{
	const char *tag = tree_attr(tree_child(record, "datafield"), "tag");

	/* those of PICA have longer names */
	return tree_child(record, "controlfield") != NULL ||
	    (tag != NULL && strlen(tag) == 3);
}

/* That in an answer of SRU is in a record of the answer. */
static const struct node *
find_marc(const struct node *record)
{
	const struct node *n;

	for (n = record; n != NULL; n = tree_walk(n, record))
		if (marcxml_is(n))
			return n;
	return NULL;
}

bool
marcxml_is_deleted(const struct node *record)
{
	const struct node *leader = tree_child(record, "leader");
	const struct node *text = leader != NULL ? leader->child : NULL;

	return text != NULL && text->len > 5 && text->text[5] == 'd';
}

static bool
is_entry(const struct node *record)
{
	if (!marcxml_is_deleted(find_marc(record)))
		return true;
	filter_passed("deleted records");
	return false;
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const char *key;

	if ((record = find_marc(record)) == NULL) {
		filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
		    "a record without fields of MARC");
		return;
	}
	key = marcxml_paper(paper, record);
	entry_emit_known(doc, paper, key);
}

void
parse_marcxml(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "collection", NULL };
	static const char *const beside[] = { NULL };
	static const char *const records[] = { "record", NULL };
	static const struct tree_format format = { .roots = roots,
	    .beside = beside, .records = records, .inner = records, .take = take,
	    .is_entry = is_entry };

	tree_read(doc, in, &format);
}

const char *
sniff_marcxml(const struct sniff *s)
{
	if ((sniff_root(s, "collection") || sniff_root(s, "record")) &&
	    (strcmp(s->ns, "http://www.loc.gov/MARC21/slim") == 0 ||
	    strcmp(s->inside, "leader") == 0 ||
	    strstr(s->text, "<controlfield") != NULL))
		return "it has records of MARC 21";
	return NULL;
}

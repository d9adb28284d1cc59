/* marcxml - MARC 21 in XML, as libraries and CERN write it */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

static const struct node *
next_field(const struct node *n, const char *tag)
{
	while (n != NULL && !tree_attr_is(n, "tag", tag))
		n = tree_next(n);
	return n;
}

#define EACH_FIELD(n, record, tag)					\
	for (n = next_field(tree_child(record, "datafield"), tag);	\
	    n != NULL; n = next_field(tree_next(n), tag))

/* Without the marks that cataloguers part it from the next by. */
static size_t
without_marks(const char *s)
{
	size_t n = strlen(s);

	while (n > 0 && strchr(" /:;,=", s[n - 1]) != NULL)
		n--;
	return n;
}

/* Nor the period at the end, that of "author.", not of "J." or "Mass. :". */
static const char *
text_of(const struct node *subfield)
{
	const char *s = parts_line(tree_text(subfield));
	size_t n = without_marks(s);

	if (s[n] == '\0' && n > 3 && s[n - 1] == '.' &&
	    islower((unsigned char)s[n - 2]) &&
	    islower((unsigned char)s[n - 3]))
		n--;
	return arena_strndup(entry_arena(), s, n);
}

static const struct node *
next_subfield(const struct node *n, const char *codes)
{
	const char *code;

	for (; n != NULL; n = tree_next(n))
		if ((code = tree_attr(n, "code")) != NULL && *code != '\0' &&
		    strchr(codes, *code) != NULL)
			break;
	return n;
}

#define EACH_SUBFIELD(n, field, codes)					\
	for (n = next_subfield(tree_child(field, "subfield"), codes);	\
	    n != NULL; n = next_subfield(tree_next(n), codes))

/* The first subfield of this code, "" if there is none. */
static const char *
subfield(const struct node *field, const char *code)
{
	return text_of(next_subfield(tree_child(field, "subfield"), code));
}

/* All of these codes, in their order, with something between. */
static const char *
subfields(const struct node *field, const char *codes, const char *between)
{
	const struct node *n;
	struct buf b = { 0 };
	const char *s;

	EACH_SUBFIELD(n, field, codes) {
		s = text_of(n);
		if (*s != '\0')
			buf_addf(&b, "%s%s", b.len > 0 ? between : "", s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

/* The texts of a field that is no part of a description, as they are. */
static void
append_texts(struct json *paper, const char *member,
    const struct node *record, const char *tag, const char *code)
{
	const struct node *n, *c;
	const char *s;

	EACH_FIELD(n, record, tag)
		EACH_SUBFIELD(c, n, code) {
			s = parts_line(tree_text(c));
			entry_append(paper, member, s, strlen(s));
		}
}

static const char *
first_field(const struct node *record, const char *tag, const char *code)
{
	const struct node *n;
	const char *s;

	EACH_FIELD(n, record, tag)
		if (*(s = subfield(n, code)) != '\0')
			return s;
	return "";
}

static const char *
control_field(const struct node *record, const char *tag)
{
	const struct node *n = tree_child(record, "controlfield");

	return tree_text(next_field(n, tag));
}

/* People */

static bool
begins(const char *s, const char *word)
{
	return strncasecmp(s, word, strlen(word)) == 0;
}

/* "(orcid)0000-...", "https://orcid.org/...", "AUTHOR|(INSPIRE)INSPIRE-..." */
static void
set_identifiers(struct json *person, const struct node *field)
{
	const struct node *n;
	const char *s, *p;

	EACH_SUBFIELD(n, field, "01j") {
		s = parts_line(tree_text(n));
		if ((p = strcasestr(s, "orcid")) != NULL)
			entry_str(person, "orcid", p + strcspn(p,
			    "0123456789"));
		else if ((p = strstr(s, "(INSPIRE)")) != NULL)
			entry_person_id(person, "inspire", p + 9,
			    strlen(p + 9));
	}
}

/* The member that a person is in; codes are in 4, words of any language in e. */
static const char *
role_of(const struct node *field, bool first)
{
	const char *role = subfield(field, "4"), *slash;

	if (*role == '\0')
		role = subfield(field, "e");
	if ((slash = strrchr(role, '/')) != NULL)
		role = slash + 1;
	if (begins(role, "ed"))
		return "editors";
	if (first || *role == '\0' || begins(role, "aut") ||
	    begins(role, "cre") || begins(role, "joint"))
		return "authors";
	return "contributor";
}

static void
add_person(struct json *paper, const struct node *field, bool first)
{
	const char *name = subfield(field, "a");
	const char *role = role_of(field, first);
	struct json *person;

	if (*name == '\0')
		return;
	if (strcmp(role, "contributor") == 0) {
		entry_append(paper, role, name, strlen(name));
		return;
	}
	person = entry_person(entry_people(paper, role), name, strlen(name));
	if (person == NULL)
		return;
	set_identifiers(person, field);
	entry_str(person, "affiliation", subfields(field, "u", "; "));
	entry_str(person, "email", subfield(field, "m"));
}

/* A field with a title is of another work. */
static void
add_people(struct json *paper, const struct node *record)
{
	const struct node *n;
	const char *name;

	EACH_FIELD(n, record, "100")
		add_person(paper, n, true);
	EACH_FIELD(n, record, "700")
		if (*subfield(n, "t") == '\0')
			add_person(paper, n, false);
	if (json_get(paper, "authors") != NULL)
		return;
	EACH_FIELD(n, record, "110") {
		name = subfield(n, "a");
		entry_person(entry_people(paper, "authors"), name,
		    strlen(name));
	}
}

/* Facts */

static void
set_title(struct json *paper, const struct node *record)
{
	const struct node *n = next_field(tree_child(record, "datafield"),
	    "245");
	const char *subtitle = subfield(n, "b");
	struct buf b = { 0 };

	buf_addf(&b, "%s%s%s", subfields(n, "anp", ". "), *subtitle != '\0' ?
	    ": " : "", subtitle);
	parts_set(paper, "title", &b);
}

static void
set_imprint(struct json *paper, const struct node *record)
{
	static const char *const tags[] = { "264", "260" };
	static const struct {
		const char	*code;
		const char	*member;
	} parts[] = {
		{ "a", "address" }, { "b", "publisher" }, { "c", "year" },
	};
	const struct node *n, *c;
	const char *s;
	size_t i, j;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		EACH_FIELD(n, record, tags[i])
			for (j = 0; j < sizeof(parts) / sizeof(parts[0]); j++)
				EACH_SUBFIELD(c, n, parts[j].code) {
					s = parts_line(tree_text(c));
					entry_text(paper, parts[j].member, s,
					    without_marks(s));
				}
}

/* "volume:50", "pages:447-473" */
static void
set_related(struct json *paper, const char *s)
{
	static const char *const names[] = { "volume", "number", "year",
	    "pages" };
	size_t i, n = strcspn(s, ":");

	for (i = 0; s[n] == ':' && i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n && begins(s, names[i])) {
			entry_str(paper, names[i], s + n + 1);
			return;
		}
	entry_append(paper, "related_parts", s, strlen(s));
}

/* Where it stands: of libraries in "t" and "g", of CERN in "p", "v", "n", "c". */
static void
set_host(struct json *paper, const struct node *record)
{
	const struct node *n, *c;

	EACH_FIELD(n, record, "773") {
		entry_str(paper, "venue", subfield(n, "pt"));
		entry_str(paper, "volume", subfield(n, "v"));
		entry_str(paper, "number", subfield(n, "n"));
		entry_str(paper, "pages", subfield(n, "c"));
		entry_str(paper, "year", subfield(n, "y"));
		EACH_SUBFIELD(c, n, "g")
			set_related(paper, text_of(c));
	}
}

static void
set_numbers(struct json *paper, const struct node *record)
{
	const struct node *n;
	const char *s;

	entry_str(paper, "isbn", first_field(record, "020", "a"));
	append_texts(paper, "issn", record, "022", "a");
	append_texts(paper, "issn", record, "773", "x");
	EACH_FIELD(n, record, "024")
		if (strcasecmp(subfield(n, "2"), "doi") == 0)
			entry_str(paper, "doi", subfield(n, "a"));
	EACH_FIELD(n, record, "037") {
		s = subfield(n, "a");
		if (begins(s, "arxiv:"))
			entry_str(paper, "arxiv", s + strlen("arxiv:"));
		else
			entry_append(paper, "report_no", s, strlen(s));
	}
	append_texts(paper, "report_no", record, "088", "a");
}

static void
set_links(struct json *paper, const struct node *record)
{
	const struct node *n, *c;
	const char *s;

	EACH_FIELD(n, record, "856")
		EACH_SUBFIELD(c, n, "u") {
			s = parts_line(tree_text(c));
			entry_link(paper, s, strlen(s));
		}
}

static void
set_keywords(struct json *paper, const struct node *record)
{
	const struct node *n;

	EACH_FIELD(n, record, "650")
		parts_keyword(paper, subfields(n, "axyzv", " -- "));
	EACH_FIELD(n, record, "653")
		parts_keyword(paper, subfield(n, "a"));
}

/*
 * A thesis says so, CERN has a word for the kind of a record in 980, and
 * libraries a letter in the leader for what it is and one for how it came out.
 */
static void
set_type(struct json *paper, const struct node *record)
{
	static const char *const words[] = { "ConferencePaper", "Thesis",
	    "Proceedings", "BookChapter", "Book", "Report", "Article",
	    "Preprint" };
	const char *leader = tree_text(tree_child(record, "leader"));
	const struct node *n;
	size_t i;

	if (next_field(tree_child(record, "datafield"), "502") != NULL)
		entry_str(paper, "type", "thesis");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		EACH_FIELD(n, record, "980")
			if (strcasecmp(subfield(n, "a"), words[i]) == 0)
				entry_str(paper, "type", words[i]);
	if (strlen(leader) < 8 || leader[6] != 'a')
		return;
	if (leader[7] == 'm')
		entry_str(paper, "type", "book");
	else if (leader[7] == 'b')
		entry_str(paper, "type", "journal-article");
	else if (leader[7] == 'a')
		entry_str(paper, "type", "chapter");
}

/* In 041, or else in 008, which also has codes for none and for several. */
static void
set_language(struct json *paper, const struct node *record)
{
	static const char *const none[] = { "zxx", "und", "mul", "mis" };
	const char *s = control_field(record, "008");
	size_t i;

	entry_str(paper, "language", first_field(record, "041", "a"));
	if (strlen(s) < 38 || !isalpha((unsigned char)s[35]))
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

	set_title(paper, record);
	add_people(paper, record);
	set_imprint(paper, record);
	set_host(paper, record);
	set_numbers(paper, record);
	set_links(paper, record);
	set_keywords(paper, record);
	set_type(paper, record);
	tree_set(paper, "abstract", next_subfield(tree_child(next_field(
	    tree_child(record, "datafield"), "520"), "subfield"), "a"));
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

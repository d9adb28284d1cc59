/* arxiv - what arXiv says of its papers: Atom feeds, <arXiv> and <arXivRaw> */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/arxiv.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* Elements that are a text of the paper, in whichever of the three. */
static const struct member {
	const char	*element;
	const char	*name;
} members[] = {
	{ "title", "title" }, { "summary", "abstract" },
	{ "abstract", "abstract" }, { "created", "date" },
	{ "published", "date" }, { "updated", "updated" },
	{ "comment", "comment" }, { "comments", "comment" },
	{ "journal_ref", "journal_ref" }, { "journal-ref", "journal_ref" },
	{ "report-no", "report_no" }, { "msc-class", "msc_class" },
	{ "acm-class", "acm_class" }, { "license", "license" },
	{ "submitter", "submitter" }, { "proxy", "proxy" },
};

static void
set_members(struct json *paper, const struct node *record)
{
	const struct node *n;
	size_t i;

	for (n = record->child; n != NULL; n = n->next)
		for (i = 0; n->name != NULL &&
		    i < sizeof(members) / sizeof(members[0]); i++)
			if (strcmp(members[i].element, n->name) == 0)
				tree_set(paper, members[i].name, n);
}

/* Several are parted by a space or a comma; the first one counts. */
static void
set_doi(struct json *paper, const struct node *record)
{
	const char *s = parts_line(tree_text(tree_child(record, "doi")));

	entry_text(paper, "doi", s, strcspn(s, " ,;"));
}

/* What every paper of arXiv is; id may have a version. */
static void
set_identity(struct json *paper, const char *id)
{
	struct buf b = { 0 };

	entry_str(paper, "type", "preprint");
	entry_str(paper, "venue", "arXiv");
	if (*id == '\0')
		return;
	entry_str(paper, "arxiv", id);
	buf_addf(&b, "https://arxiv.org/abs/%s", id);
	parts_set(paper, "url", &b);
}

/* <arXiv> and <arXivRaw> */

/* The colon in "LIGO: A. Lee, B. Dai" comes as a name. */
static bool
is_name(const char *s)
{
	for (; *s != '\0'; s++)
		if (isalpha((unsigned char)*s) || (*s & 0x80))
			return true;
	return false;
}

static void
set_authors(struct json *paper, const struct node *authors)
{
	const struct node *n = tree_child(authors, "author");
	struct json *person;
	const char *family;

	if (n == NULL)
		arxiv_authors(paper, tree_text(authors));
	for (; n != NULL; n = tree_next(n)) {
		family = tree_text(tree_child(n, "keyname"));
		if (!is_name(family))
			continue;
		person = parts_person(entry_people(paper, "authors"),
		    tree_text(tree_child(n, "forenames")), family,
		    tree_text(tree_child(n, "suffix")));
		if (person != NULL)
			parts_children(person, "affiliation", n,
			    "affiliation");
	}
}

/* "hep-ph astro-ph.CO": the first one is the paper's own. */
static void
set_categories(struct json *paper, const char *s)
{
	size_t n;

	for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
		n = strcspn(s, " ");
		entry_append(paper, "categories", s, n);
		s += n;
	}
}

/* "Mon, 2 Apr 2007 19:18:42 GMT" */
static void
set_date(struct json *paper, const char *member, const struct node *version)
{
	struct date d = date_read(tree_text(tree_child(version, "date")));
	char s[DATE_ROOM];

	if (d.month > 0)
		entry_str(paper, member, date_print(s, d));
}

const char *
arxiv_paper(struct json *paper, const struct node *record)
{
	const struct node *version = tree_child(record, "version"), *last;
	const char *id = parts_line(tree_text(tree_child(record, "id")));

	set_identity(paper, id);
	set_members(paper, record);
	set_authors(paper, tree_child(record, "authors"));
	set_categories(paper, parts_line(tree_text(tree_child(record,
	    "categories"))));
	set_doi(paper, record);
	for (last = version; last != NULL && tree_next(last) != NULL; )
		last = tree_next(last);
	if (version != NULL)
		set_date(paper, "date", version);
	if (last != version)
		set_date(paper, "updated", last);
	return *id != '\0' ? id : NULL;
}

/* Atom */

static void
set_links(struct json *paper, const struct node *entry)
{
	const struct node *n = tree_child(entry, "link");

	for (; n != NULL; n = tree_next(n)) {
		if (tree_attr_is(n, "rel", "alternate"))
			entry_str(paper, "url", tree_attr(n, "href"));
		else if (tree_attr_is(n, "title", "pdf"))
			entry_str(paper, "pdf", tree_attr(n, "href"));
	}
}

static void
set_terms(struct json *paper, const struct node *entry)
{
	const struct node *n = tree_child(entry, "category");
	const char *s;

	for (; n != NULL; n = tree_next(n))
		if ((s = tree_attr(n, "term")) != NULL)
			entry_append(paper, "categories", s, strlen(s));
	s = tree_attr(tree_child(entry, "primary_category"), "term");
	entry_str(paper, "primary_category", s);
}

/* The identifier in "http://arxiv.org/abs/hep-th/9901001v2", or "". */
static const char *
id_of(const char *url)
{
	const char *s = strstr(url, "arxiv.org/abs/");

	return s != NULL ? s + strlen("arxiv.org/abs/") : "";
}

/* The length of an identifier without its version. */
static size_t
without_version(const char *id)
{
	size_t n = strlen(id), digits = 0;

	while (n > 0 && id[n - 1] >= '0' && id[n - 1] <= '9') {
		n--;
		digits++;
	}
	return digits > 0 && n > 1 && id[n - 1] == 'v' ? n - 1 : n + digits;
}

static void
take_entry(struct document *doc, struct json *paper, const struct node *entry)
{
	const char *url = parts_line(tree_text(tree_child(entry, "id")));
	const char *id = id_of(url);
	const struct node *n;
	struct json *person;
	const char *s;

	if (strstr(url, "arxiv.org/api/errors") != NULL) {
		s = parts_line(tree_text(tree_child(entry, "summary")));
		filter_reject(REJECT_ERROR_ANSWER, NULL, NULL, 0, "%s", s);
		return;
	}
	if (*id == '\0') {
		filter_reject(REJECT_BAD_FORMAT, "id", url, strlen(url),
		    "an entry that is not arXiv's");
		return;
	}
	set_links(paper, entry);
	set_identity(paper, id);
	set_members(paper, entry);
	for (n = tree_child(entry, "author"); n != NULL; n = tree_next(n)) {
		s = tree_text(tree_child(n, "name"));
		person = entry_person(entry_people(paper, "authors"), s,
		    strlen(s));
		if (person != NULL)
			parts_children(person, "affiliation", n,
			    "affiliation");
	}
	set_terms(paper, entry);
	set_doi(paper, entry);
	entry_emit(doc, paper, id, without_version(id));
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const char *key;

	if (strcmp(record->name, "entry") == 0) {
		take_entry(doc, paper, record);
		return;
	}
	key = arxiv_paper(paper, record);
	entry_emit_known(doc, paper, key);
}

void
parse_arxiv(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "feed", NULL };
	static const char *const records[] = { "entry", "arXiv", "arXivRaw",
	    NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .take = take };

	tree_read(doc, in, &format);
}

const char *
sniff_arxiv(const struct sniff *s)
{
	if (sniff_root(s, "arXiv") || sniff_root(s, "arXivRaw"))
		return "its root is a record of arXiv";
	if (sniff_root(s, "feed") &&
	    strcmp(s->ns, "http://www.w3.org/2005/Atom") == 0 &&
	    strstr(s->text, "arxiv.org/") != NULL)
		return "it is an Atom feed of arXiv";
	return NULL;
}

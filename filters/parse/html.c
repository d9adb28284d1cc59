/* html - a page with citation_* meta tags */
#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/utf8.h"
#include "parse/format.h"
#include "parse/sniff.h"

#define MIN_ABSTRACT	40	/* bytes; less is a label or a link */

enum use { MEMBER, VENUE, DATE, AUTHOR, KEYWORDS, LINK, FIRST, LAST,
    INSTITUTION, ORCID, EMAIL };

/*
 * Tags of Highwire Press as Google Scholar documents them, and the few others
 * that publishers use; type is what their presence tells.
 */
static const struct tag {
	const char	*name;
	enum use	 use;
	const char	*member;
	const char	*type;
} tags[] = {
	{ "citation_title", MEMBER, "title", NULL },
	{ "citation_author", AUTHOR, NULL, NULL },
	{ "citation_authors", AUTHOR, NULL, NULL },
	{ "citation_author_institution", INSTITUTION, NULL, NULL },
	{ "citation_author_orcid", ORCID, NULL, NULL },
	{ "citation_author_email", EMAIL, NULL, NULL },
	{ "citation_publication_date", DATE, NULL, NULL },
	{ "citation_date", DATE, NULL, NULL },
	{ "citation_year", DATE, NULL, NULL },
	{ "citation_online_date", DATE, NULL, NULL },
	{ "citation_conference_title", VENUE, NULL, "conference-paper" },
	{ "citation_conference", VENUE, NULL, "conference-paper" },
	{ "citation_journal_title", VENUE, NULL, "journal-article" },
	{ "citation_inbook_title", VENUE, NULL, "chapter" },
	{ "citation_dissertation_institution", MEMBER, "publisher", "thesis" },
	{ "citation_technical_report_institution", MEMBER, "publisher",
	    "report" },
	{ "citation_publisher", MEMBER, "publisher", NULL },
	{ "citation_volume", MEMBER, "volume", NULL },
	{ "citation_issue", MEMBER, "number", NULL },
	{ "citation_firstpage", FIRST, NULL, NULL },
	{ "citation_lastpage", LAST, NULL, NULL },
	{ "citation_doi", MEMBER, "doi", NULL },
	{ "citation_arxiv_id", MEMBER, "arxiv", NULL },
	{ "citation_isbn", MEMBER, "isbn", NULL },
	{ "citation_language", MEMBER, "language", NULL },
	{ "citation_keywords", KEYWORDS, NULL, NULL },
	{ "citation_abstract", MEMBER, "abstract", NULL },
	{ "citation_pdf_url", LINK, "pdf", NULL },
	{ "citation_abstract_html_url", LINK, "url", NULL },
	{ "citation_public_url", LINK, "url", NULL },
	{ "dc.description", MEMBER, "abstract", NULL },
	{ "dcterms.abstract", MEMBER, "abstract", NULL },
};

struct page {
	struct json	*paper;
	struct json	*author;	/* the last one */
	const char	*type;
	char		*first, *last;	/* pages; of libxml2 */
};

static char *
attribute(xmlNodePtr n, const char *name)
{
	return (char *)xmlGetProp(n, (const xmlChar *)name);
}

static void
add_authors(struct page *p, const char *s)
{
	struct json *people = entry_people(p->paper, "authors");

	/* one name a tag, but for those that put the whole list into one */
	if (strchr(s, ';') != NULL)
		name_split_list(entry_arena(), people, s, strlen(s));
	else
		entry_person(people, s, strlen(s));
	p->author = people->last;
}

static void
take_tag(struct page *p, const struct tag *t, char *value)
{
	if (t->type != NULL && p->type == NULL)
		p->type = t->type;
	switch (t->use) {
	case MEMBER:
		entry_str(p->paper, t->member, value);
		break;
	case VENUE:
		entry_str(p->paper, "venue", value);
		break;
	case DATE:
		entry_str(p->paper, "date", value);
		break;
	case AUTHOR:
		add_authors(p, value);
		break;
	case KEYWORDS:
		entry_keywords(p->paper, value, strlen(value));
		break;
	case LINK:
		entry_str(p->paper, t->member, value);
		break;
	case FIRST:
		if (p->first == NULL)
			p->first = (char *)xmlStrdup((xmlChar *)value);
		break;
	case LAST:
		if (p->last == NULL)
			p->last = (char *)xmlStrdup((xmlChar *)value);
		break;
	case INSTITUTION:
		if (p->author != NULL)
			entry_str(p->author, "affiliation", value);
		break;
	case ORCID:
		if (p->author != NULL)
			entry_str(p->author, "orcid", value);
		break;
	case EMAIL:
		if (p->author != NULL)
			entry_str(p->author, "email", value);
		break;
	}
}

static void
take_meta(struct page *p, xmlNodePtr n)
{
	char *name = attribute(n, "name"), *value = attribute(n, "content");
	size_t i;

	if (name == NULL)
		name = attribute(n, "property");
	for (i = 0; name != NULL && value != NULL &&
	    i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strcasecmp(name, tags[i].name) == 0)
			take_tag(p, &tags[i], value);
	xmlFree(name);
	xmlFree(value);
}

/* The next node in document order below root, not into n where told so. */
static xmlNodePtr
next_node(xmlNodePtr n, xmlNodePtr root, bool into)
{
	if (into && n->children != NULL && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != root && n->next == NULL)
		n = n->parent;
	return n == root ? NULL : n->next;
}

static bool
is_element(xmlNodePtr n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	    strcasecmp((const char *)n->name, name) == 0;
}

static bool
is_heading(xmlNodePtr n)
{
	return n->type == XML_ELEMENT_NODE && n->name[0] == 'h' &&
	    isdigit(n->name[1]) && n->name[2] == '\0';
}

/* The text below a node; elements other than inline ones part words. */
static void
add_text(struct buf *b, xmlNodePtr root)
{
	xmlNodePtr n;
	bool into;

	for (n = root; n != NULL; n = next_node(n, root, into)) {
		into = !is_element(n, "script") && !is_element(n, "style");
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_ENTITY_REF_NODE) {
			buf_adds(b, n->content != NULL ?
			    (const char *)n->content : "");
			if (n->parent != NULL && is_heading(n->parent))
				buf_addc(b, ' ');
		} else if (is_element(n, "p") || is_element(n, "br") ||
		    is_element(n, "div") || is_element(n, "li") ||
		    is_heading(n))
			buf_addc(b, ' ');
	}
}

/* Take the label off the front: "Abstract", "Abstract:". */
static const char *
without_label(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	if (strncasecmp(s, "abstract", 8) != 0 ||
	    isalnum((unsigned char)s[8]) || s[8] == '-')
		return s;
	for (s += 8; isspace((unsigned char)*s) || (*s != '\0' &&
	    strchr(":.-", *s) != NULL); s++)
		;
	return s;
}

static bool
has_class(xmlNodePtr n, const char *word)
{
	char *class;
	bool has;

	if (n->type != XML_ELEMENT_NODE)
		return false;
	class = attribute(n, "class");
	has = class != NULL && strcasestr(class, word) != NULL;
	xmlFree(class);
	return has;
}

/*
 * The abstract in the body: the innermost element with a class that says so,
 * else what follows a heading "Abstract" up to the next heading.
 */
static void
find_abstract(struct json *paper, xmlNodePtr root)
{
	struct buf b = { 0 }, best = { 0 };
	xmlNodePtr n, inside = NULL, m;
	const char *s;

	for (n = root; n != NULL; n = next_node(n, root, true)) {
		if (inside != NULL && best.len > 0) {
			for (m = n; m != NULL && m != inside; m = m->parent)
				;
			if (m == NULL)
				break;
		}
		if (!has_class(n, "abstract") || is_element(n, "a") ||
		    is_element(n, "body"))
			continue;
		buf_reset(&b);
		add_text(&b, n);
		s = without_label(b.p);
		if (strlen(s) < MIN_ABSTRACT)
			continue;
		buf_reset(&best);
		buf_adds(&best, s);
		inside = n;
	}
	for (n = root; best.len == 0 && n != NULL;
	    n = next_node(n, root, true)) {
		if (!is_heading(n))
			continue;
		buf_reset(&b);
		add_text(&b, n);
		s = b.p + strspn(b.p, " \t\r\n");
		if (strncasecmp(s, "abstract", 8) != 0 ||
		    *without_label(s) != '\0')
			continue;
		for (m = n->next; m != NULL && !is_heading(m); m = m->next)
			add_text(&best, m);
	}
	if (best.len > 0)
		entry_str(paper, "abstract", without_label(best.p));
	buf_free(&b);
	buf_free(&best);
}

static void
add_pages(struct page *p)
{
	struct buf b = { 0 };

	if (p->first == NULL)
		return;
	buf_adds(&b, p->first);
	if (p->last != NULL && *p->last != '\0')
		buf_addf(&b, "-%s", p->last);
	entry_str(p->paper, "pages", b.p);
	buf_free(&b);
}

static void
take_page(struct document *doc, struct json *paper, xmlNodePtr root)
{
	struct page p = { .paper = paper };
	xmlNodePtr n;

	for (n = root; n != NULL; n = next_node(n, root, true))
		if (is_element(n, "meta"))
			take_meta(&p, n);
	add_pages(&p);
	xmlFree(p.first);
	xmlFree(p.last);
	if (json_get(paper, "title") == NULL) {
		filter_reject(REJECT_NO_METADATA, NULL, NULL, 0,
		    "no citation_title");
		return;
	}
	if (p.type == NULL && json_get(paper, "arxiv") != NULL)
		p.type = "preprint";
	entry_str(paper, "type", p.type);
	if (json_get(paper, "abstract") == NULL)
		find_abstract(paper, root);
	entry_emit(doc, paper, NULL, 0);
}

/* Whether a meta tag near the front names UTF-8. */
static bool
says_utf8(const char *s, size_t n)
{
	char head[2048];

	if (n > sizeof(head) - 1)
		n = sizeof(head) - 1;
	memcpy(head, s, n);
	head[n] = '\0';
	return strcasestr(head, "charset=utf-8") != NULL ||
	    strcasestr(head, "charset=\"utf-8\"") != NULL;
}

void
parse_html(struct document *doc, struct input *in)
{
	size_t max = filter_max_record(), n = input_fill(in, max + 1);
	const char *text = input_head(in), *encoding = doc->encoding;
	htmlDocPtr page;
	struct json *paper;

	if (n == 0)
		return;
	paper = entry_begin(doc, in->offset, in->line, text, n);
	if (encoding != NULL && xmlFindCharEncodingHandler(encoding) == NULL)
		filter_reject(REJECT_BAD_ENCODING, "encoding", encoding,
		    strlen(encoding), "no such encoding");
	else if (encoding == NULL && says_utf8(text, n) && !utf8_valid(text, n))
		filter_reject(REJECT_BAD_UTF8, NULL, NULL, 0,
		    "says that it is UTF-8 and is not");
	else if (n > max)
		filter_reject(REJECT_TOO_LONG, NULL, NULL, 0,
		    "over %zu bytes", max);
	else if (in->error == NULL) {
		page = htmlReadMemory(text, (int)n, NULL, encoding,
		    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
		    HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		    HTML_PARSE_COMPACT);
		if (page == NULL || xmlDocGetRootElement(page) == NULL)
			filter_reject(REJECT_BAD_FORMAT, NULL, NULL, 0,
			    "not HTML");
		else
			take_page(doc, paper, xmlDocGetRootElement(page));
		xmlFreeDoc(page);
	} else
		filter_reject(REJECT_CUT_SHORT, NULL, NULL, 0, "%s", in->error);
	while ((n = input_fill(in, 1)) > 0)
		input_skip(in, n);
}

const char *
sniff_html(const struct sniff *s)
{
	return sniff_root(s, "html") || strncasecmp(s->header,
	    "<!doctype html", 14) == 0 ? "it is a page of HTML" : NULL;
}

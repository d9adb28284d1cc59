/* oai - answers of OAI-PMH, whatever the records in them are in */
#include <string.h>

#include "lib/arena.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"
#include "parse/xmlformats.h"

/* What an envelope may hold, by the name of the element. */
static const struct content {
	const char	*element;
	const char	*(*paper)(struct json *, const struct node *);
} contents[] = {
	{ "arXiv", arxiv_paper },
	{ "arXivRaw", arxiv_paper },
	{ "article", jats_paper },
	{ "crossref", unixref_paper },
	{ "dc", dc_paper },
	{ "dim", dim_paper },
	{ "mods", mods_paper },
	{ "record", marcxml_paper },
	{ "resource", datacite_paper },
};

static const struct content *
find_content(const char *element)
{
	size_t i;

	for (i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
		if (strcmp(contents[i].element, element) == 0)
			return &contents[i];
	return NULL;
}

/* The first one that is known, also in a wrapper such as METS. */
static const struct node *
find_known(const struct node *metadata, const struct content **content)
{
	const struct node *n = metadata;

	while (n != NULL && (n = tree_walk(n, metadata)) != NULL)
		if ((*content = find_content(n->name)) != NULL)
			return n;
	return NULL;
}

/* The name of the first element in n, or "". */
static const char *
first_in(const struct node *n)
{
	const struct node *c = n != NULL ? tree_walk(n, n) : NULL;

	return c != NULL ? c->name : "";
}

static void
reject_error(const struct node *error)
{
	const char *code = tree_attr(error, "code");
	const char *s = parts_line(tree_text(error));

	if (code == NULL)
		code = "error";
	filter_reject(REJECT_ERROR_ANSWER, "code", code, strlen(code),
	    "%s%s%s", code, *s != '\0' ? ": " : "", s);
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const struct node *header = tree_child(record, "header"), *n;
	const struct node *metadata = tree_child(record, "metadata");
	const struct content *content;
	const char *id = parts_line(tree_text(tree_child(header,
	    "identifier"))), *name;

	if (strcmp(record->name, "error") == 0) {
		reject_error(record);
		return;
	}
	if ((n = find_known(metadata, &content)) == NULL) {
		name = first_in(metadata);
		filter_reject(REJECT_BAD_FORMAT, "metadata", name,
		    strlen(name), *name != '\0' ? "metadata in an element "
		    "that is not known: <%s>" : "a record without metadata",
		    name);
		return;
	}
	content->paper(paper, n);
	if (*id != '\0')
		entry_member(paper, "oai", "ids.oai", id, strlen(id));
	for (n = tree_child(header, "setSpec"); n != NULL; n = tree_next(n)) {
		name = tree_text(n);
		entry_append(paper, "setSpec", name, strlen(name));
	}
	entry_emit(doc, paper, id, strlen(id));
}

static bool
has_text(const struct node *n)
{
	const struct node *c = n->child;
	const char *s;
	size_t len;

	if (c == NULL || c->name != NULL)
		return c != NULL;
	s = c->text;
	len = c->len;
	text_trim(&s, &len);
	return len > 0;
}

static bool
is_entry(const struct node *record)
{
	if (strcmp(record->name, "header") == 0)
		filter_passed("headers without a record");
	else if (strcmp(record->name, "resumptionToken") == 0) {
		if (has_text(record))
			filter_passed("resumption tokens: the list goes on");
	} else if (strcmp(record->name, "error") == 0)
		return !tree_attr_is(record, "code", "noRecordsMatch");
	else if (tree_attr_is(tree_child(record, "header"), "status",
	    "deleted"))
		filter_passed("deleted records");
	else
		return true;
	return false;
}

void
parse_oai(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "OAI-PMH", "records",
	    "ListRecords", "GetRecord", "ListIdentifiers", NULL };
	static const char *const records[] = { "record", "header", "error",
	    "resumptionToken", NULL };
	static const char *const inner[] = { "header", "record", NULL };
	/* a <body> may be one of Crossref, with records in it */
	static const char *const bulk[] = { "back", "sub-article",
	    "floats-group", "citation_list", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .inner = inner, .bulk = bulk, .take = take,
	    .is_entry = is_entry };

	tree_read(doc, in, &format);
}

const char *
sniff_oai(const struct sniff *s)
{
	if (sniff_root(s, "OAI-PMH"))
		return "its root is <OAI-PMH>";
	if (sniff_root(s, "record") && strcmp(s->inside, "header") == 0)
		return "it is a record of OAI-PMH";
	if ((sniff_root(s, "records") || sniff_root(s, "ListRecords")) &&
	    strcmp(s->inside, "record") == 0 && strstr(s->text,
	    "http://www.openarchives.org/OAI/2.0/") != NULL)
		return "it has records of OAI-PMH";
	return NULL;
}

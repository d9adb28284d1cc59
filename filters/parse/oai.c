/* oai - answers of OAI-PMH, whatever the records in them are in */
#include <string.h>

#include "lib/arena.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/content.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"

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
	const char *id = parts_line(tree_text(tree_child(header,
	    "identifier"))), *key, *name;

	if (strcmp(record->name, "error") == 0) {
		reject_error(record);
		return;
	}
	if (!content_take(paper, tree_child(record, "metadata"), "metadata",
	    &key))
		return;
	if (*id != '\0')
		entry_member(paper, "oai", "ids.oai", id, strlen(id));
	for (n = tree_child(header, "setSpec"); n != NULL; n = tree_next(n)) {
		name = tree_text(n);
		entry_append(paper, "setSpec", name, strlen(name));
	}
	entry_emit_known(doc, paper, id);
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
	    "deleted") || content_is_deleted(tree_child(record, "metadata")))
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
	static const struct tree_format format = { .roots = roots,
	    .records = records, .inner = inner, .bulk = content_bulk,
	    .take = take, .is_entry = is_entry };

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

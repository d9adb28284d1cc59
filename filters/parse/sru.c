/* sru - answers of SRU, whatever the records in them are in */
#include <string.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "parse/content.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"

/* What went wrong with all of the answer, or with one record in it. */
static void
reject_error(const struct node *diagnostic)
{
	const char *uri = parts_line(tree_text(tree_child(diagnostic, "uri")));
	const char *message = parts_line(tree_text(tree_child(diagnostic,
	    "message")));
	const char *details = parts_line(tree_text(tree_child(diagnostic,
	    "details")));
	struct buf b = { 0 };

	buf_reset(&b);
	if (*message != '\0' || *details == '\0')
		buf_adds(&b, *message != '\0' ? message : "an error");
	if (*details != '\0')
		buf_addf(&b, "%s%s", b.len > 0 ? ": " : "", details);
	filter_reject(REJECT_ERROR_ANSWER, "diagnostic", uri, strlen(uri),
	    "%s", b.p);
	buf_free(&b);
}

/* Whether its markup is escaped. */
static bool
is_string(const struct node *data)
{
	return data != NULL && tree_walk(data, data) == NULL &&
	    *parts_line(tree_text(data)) == '<';
}

static void
take(struct document *doc, struct json *paper, const struct node *record)
{
	const struct node *data = tree_child(record, "recordData");
	const struct node *diagnostic = tree_child(data, "diagnostic");
	const char *id = parts_line(tree_text(tree_child(record,
	    "recordIdentifier"))), *key;

	if (strcmp(record->name, "diagnostic") == 0)
		diagnostic = record;
	if (diagnostic != NULL)
		reject_error(diagnostic);
	else if (is_string(data))
		filter_reject(REJECT_BAD_FORMAT, "recordData", NULL, 0,
		    "a record as a string: ask for recordPacking=xml");
	else if (content_take(paper, data, "recordData", &key))
		entry_emit_known(doc, paper, key != NULL && *key != '\0' ?
		    key : id);
}

static bool
is_entry(const struct node *record)
{
	if (strcmp(record->name, "nextRecordPosition") == 0) {
		filter_passed("next positions: the list goes on");
		return false;
	}
	if (!content_is_deleted(tree_child(record, "recordData")))
		return true;
	filter_passed("deleted records");
	return false;
}

void
parse_sru(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "searchRetrieveResponse", NULL };
	static const char *const records[] = { "record", "diagnostic",
	    "nextRecordPosition", NULL };
	static const char *const inner[] = { "record", NULL };
	static const struct tree_format format = { .roots = roots,
	    .records = records, .inner = inner, .bulk = content_bulk,
	    .take = take, .is_entry = is_entry };

	tree_read(doc, in, &format);
}

const char *
sniff_sru(const struct sniff *s)
{
	return sniff_root(s, "searchRetrieveResponse") ?
	    "its root is <searchRetrieveResponse>" : NULL;
}

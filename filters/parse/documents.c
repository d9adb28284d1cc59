/* documents - the documents that fetch wrote of, and what all documents share */
#include <errno.h>
#include <string.h>
#include <sysexits.h>

#include "lib/delimited.h"
#include "lib/digest.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/documents.h"
#include "parse/format.h"
#include "parse/map.h"

#define SHOWN	4096		/* bytes in which a document has something */

/*
 * Tell of a body that is not the one that fetch found, the rest of it too that
 * the format did not read.
 */
static void
check_digest(struct input *in, const char *want)
{
	char hex[DIGEST_HEX];

	input_drain(in);
	/* filter_input_done tells of a file that cannot be read */
	if (in->error != NULL && !in->corrupt)
		return;
	digest_end(in->digest, hex);
	if (strcmp(hex, want) != 0)
		filter_warn(EX_IOERR, "%s: its digest is %s, fetch found %s: "
		    "it changed since", in->path, hex, want);
}

/* An answer that did not come has a body too: one without a record in it. */
static bool
is_empty(struct input *in)
{
	size_t n = input_fill(in, SHOWN);
	const char *s = input_head(in);

	text_trim(&s, &n);
	return n == 0 && in->error == NULL && in->eof;
}

void
document_read(const struct format *format, struct document *doc,
    struct input *in)
{
	if (is_empty(in))
		entry_refuse(doc, 0, 1, NULL, 0, REJECT_CUT_SHORT,
		    "the document is empty");
	else
		format->parse(doc, in);
}

/*
 * A document of fetch: one line in, as many entries as it holds.  The line
 * itself is no entry, but one that cannot be read is counted and rejected.
 */
static void
parse_document(const struct json *record)
{
	struct document doc = { 0 };
	const struct format *format;
	const char *path = json_get_str(record, "path");
	const char *name = json_get_str(record, "format");
	const char *map = json_get_str(record, "map");
	const char *delimiter = json_get_str(record, "delimiter");
	struct dialect dialect;
	struct digest digest;
	struct input in;

	doc.record = record;
	doc.source = json_get_str(record, "source");
	doc.url = json_get_str(record, "url");
	doc.sha256 = json_get_str(record, "sha256");
	doc.encoding = json_get_str(record, "encoding");
	if (doc.source == NULL || path == NULL || name == NULL) {
		filter_reject(REJECT_BAD_MEMBER, NULL, NULL, 0,
		    "a document needs source, format and path");
		return;
	}
	doc.name = doc.url != NULL ? doc.url : path;
	doc.file = path;
	if ((format = format_find(name)) == NULL) {
		filter_reject(REJECT_BAD_FORMAT, "format", name, strlen(name),
		    "%s: no such format; parse -l lists them", name);
		return;
	}
	if (delimiter != NULL && !dialect_parse(&dialect, delimiter)) {
		filter_reject(REJECT_BAD_MEMBER, "delimiter", delimiter,
		    strlen(delimiter), "%s: not a delimiter", delimiter);
		return;
	}
	if (delimiter != NULL)
		doc.dialect = &dialect;
	if (map != NULL && format_takes_map(format))
		doc.map = map_find(map);
	else if (map != NULL)
		filter_note(REJECT_DROPPED_VALUE, "map", map, strlen(map),
		    "no map is used for %s", name);
	if (!input_open(&in, path)) {
		filter_fail(failure_status(errno, EX_NOINPUT));
		filter_reject(REJECT_NO_INPUT, "path", path, strlen(path),
		    "%s: %s", path, strerror(errno));
		return;
	}
	filter_uncount();
	if (doc.sha256 != NULL)
		input_digest(&in, &digest);
	input_skip_bom(&in);
	filter_track(&in);
	document_read(format, &doc, &in);
	if (doc.sha256 != NULL)
		check_digest(&in, doc.sha256);
	filter_input_done(&in);
}

void
documents_read(void)
{
	struct record r;
	bool any = false;

	for (; filter_next(&r); any = true)
		parse_document(r.json);
	if (!any && filter_rejected() > 0)
		filter_tell("not a line of fetch's: with -f, such as -f auto, "
		    "the operands are documents themselves");
}

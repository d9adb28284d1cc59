/* records - the entries of a JSON document, each as a tree */
#include "lib/arena.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/elements.h"
#include "parse/format.h"
#include "parse/records.h"

/* Parsing happens before the entry is begun: there are objects that are none. */
static void
take_element(struct document *doc, const struct records_format *format,
    const char *text, size_t len, uint64_t offset, uint64_t line)
{
	static struct arena arena;
	const char *detail;
	enum reject_code code;
	struct json *o;

	arena_reset(&arena);
	o = json_parse(&arena, text, len, &code, &detail);
	if (o == NULL && code == REJECT_BAD_UTF8) {
		entry_begin(doc, offset, line, text, len);
		entry_not_text(doc);
	} else if (o == NULL)
		entry_refuse(doc, offset, line, text, len, code, detail);
	else if (format->is_entry != NULL && !format->is_entry(o))
		return;
	else if (o->type != JSON_OBJECT)
		entry_refuse(doc, offset, line, text, len, REJECT_NOT_OBJECT,
		    "not an object");
	else
		format->take(doc, entry_begin(doc, offset, line, text, len), o);
}

void
records_read(struct document *doc, struct input *in,
    const struct records_format *format)
{
	struct elements e = { .in = in, .paths = format->paths };
	enum elements_result r;
	uint64_t offset, line;
	const char *text;
	size_t len;

	if (!document_text(doc, in))
		return;
	while ((r = elements_next(&e, filter_max_record(), &text, &len, &offset,
	    &line)) != ELEMENTS_END) {
		if (r == ELEMENTS_VALUE)
			take_element(doc, format, text, len, offset, line);
		else if (r == ELEMENTS_TOO_LONG)
			entry_refuse(doc, offset, line, text, len,
			    REJECT_TOO_LONG, "over the limit of a record");
		else
			entry_refuse(doc, offset, line, text, len,
			    REJECT_CUT_SHORT, len > 0 ?
			    "the document ends inside a value" :
			    "the document ends inside the list");
	}
}

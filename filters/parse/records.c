/* records - the entries of a JSON document, each as a tree */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "parse/elements.h"
#include "parse/format.h"
#include "parse/records.h"

#define SHOWN	4096	/* bytes of a document that is refused */
#define WORDS	200	/* the longest answer in words, in bytes */

/* Where an element is. */
struct element {
	const char	*text;
	size_t		 len;
	uint64_t	 offset;
	uint64_t	 line;
};

static void
take_value(struct document *doc, const struct records_format *format,
    const struct element *e, struct json *v)
{
	if (format->is_entry != NULL && !format->is_entry(v))
		return;
	if (v->type != JSON_OBJECT)
		entry_refuse(doc, e->offset, e->line, e->text, e->len,
		    REJECT_NOT_OBJECT, "not an object");
	else
		format->take(doc, entry_begin(doc, e->offset, e->line, e->text,
		    e->len), v);
}

/* Parsing happens before the entry is begun: there are objects that are none. */
static void
take_element(struct document *doc, const struct records_format *format,
    const struct element *e)
{
	static struct arena arena;
	const char *detail;
	enum reject_code code;
	struct json *v, *inner, *next;

	arena_reset(&arena);
	if ((v = json_parse(&arena, e->text, e->len, &code, &detail)) == NULL) {
		if (code != REJECT_BAD_UTF8)
			entry_refuse(doc, e->offset, e->line, e->text, e->len,
			    code, detail);
		else {
			entry_begin(doc, e->offset, e->line, e->text, e->len);
			entry_not_text(doc);
		}
		return;
	}
	inner = format->inside != NULL ? json_first(v, format->inside) : NULL;
	if (inner == NULL)
		take_value(doc, format, e, v);
	for (; inner != NULL; inner = next) {
		next = inner->next;
		take_value(doc, format, e, inner);
	}
}

/* "Resource not found.", "Too Many Requests" */
static bool
is_error_in_words(const char *s, size_t n)
{
	static const char *const words[] = { "not found", "too many requests",
	    "error", "forbidden", "unauthorized", "bad request", "timed out",
	    "timeout", "unavailable", "denied" };
	struct buf b = { 0 };
	bool is = false;
	size_t i;

	if (n > WORDS || memchr(s, '<', n) != NULL)
		return false;
	buf_add(&b, s, n);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		is = is || strcasestr(b.p, words[i]) != NULL;
	buf_free(&b);
	return is;
}

/* Whether the document is no JSON, and refused. */
static bool
refuse_words(struct document *doc, struct input *in)
{
	size_t n = input_fill(in, SHOWN);
	const char *s = input_head(in);
	size_t space = 0;

	while (space < n && memchr(" \t\r\n", s[space], 4) != NULL)
		space++;
	if (n > SHOWN)
		n = SHOWN;
	if (space >= n || s[space] == '{' || s[space] == '[')
		return false;
	if (is_error_in_words(s, n))
		entry_refuse(doc, in->offset, in->line, s, n,
		    REJECT_ERROR_ANSWER, "the source answered in words");
	else
		entry_refuse(doc, in->offset, in->line, s, n,
		    REJECT_BAD_FORMAT, "neither an object nor a list of JSON");
	return true;
}

void
records_read(struct document *doc, struct input *in,
    const struct records_format *format)
{
	/* answers that were put together are still what they were */
	struct elements e = { .in = in, .paths = format->paths,
	    .joined = format->answers };
	enum elements_result r;
	struct element at;

	if (!document_text(doc, in) ||
	    (format->answers && refuse_words(doc, in)))
		return;
	while ((r = elements_next(&e, filter_max_record(), &at.text, &at.len,
	    &at.offset, &at.line)) != ELEMENTS_END) {
		if (r == ELEMENTS_VALUE)
			take_element(doc, format, &at);
		else if (r == ELEMENTS_TOO_LONG)
			entry_refuse(doc, at.offset, at.line, at.text, at.len,
			    REJECT_TOO_LONG, "over the limit of a record");
		else if (r == ELEMENTS_CUT)
			entry_refuse(doc, at.offset, at.line, at.text, at.len,
			    REJECT_CUT_SHORT, e.why);
		else {
			entry_refuse(doc, at.offset, at.line, at.text, at.len,
			    REJECT_BAD_JSON, e.why);
			/* others are known by their number in the list */
			doc->entries--;
		}
	}
}

/* The words of an error in a text, or in an object or list of some. */
static const char *
words_of(const struct json *v)
{
	static const char *const members[] = { "message", "description",
	    "error", "detail", "name", "title" };
	const char *s = NULL;
	size_t i;

	if (v != NULL && v->type == JSON_ARRAY)
		v = v->child;
	if (v == NULL || (v->type == JSON_STRING && v->len > 0))
		return v != NULL ? v->text : NULL;
	for (i = 0; s == NULL && i < sizeof(members) / sizeof(members[0]); i++)
		s = json_get_str(v, members[i]);
	return s;
}

/* What the source says went wrong, or NULL. */
static const char *
error_of(const struct json *o)
{
	const char *status = json_get_str(o, "status");
	const struct json *message = json_get(o, "message");
	const char *s;

	if ((s = words_of(json_get(o, "error"))) != NULL ||
	    (s = words_of(json_get(o, "errors"))) != NULL)
		return s;
	if (message != NULL && message->type == JSON_STRING)
		return json_get_str(o, "message");
	if (status != NULL && (strcmp(status, "failed") == 0 ||
	    strcmp(status, "error") == 0))
		return (s = words_of(message)) != NULL ? s : status;
	return json_get_int(o, "status", 0) >= 400 ? "an error" : NULL;
}

const char *
records_error(const char *s, size_t n)
{
	enum reject_code code;
	const char *detail;
	const struct json *v = json_parse(entry_arena(), s, n, &code, &detail);

	return v != NULL && v->type == JSON_OBJECT ? error_of(v) : NULL;
}

void
records_refuse(const struct json *entry, const char *field, const char *why)
{
	const char *error = error_of(entry);

	if (error != NULL)
		filter_reject(REJECT_ERROR_ANSWER, NULL, error, strlen(error),
		    "the source answered: %s", error);
	else
		filter_reject(REJECT_BAD_FORMAT, field, NULL, 0, "%s", why);
}

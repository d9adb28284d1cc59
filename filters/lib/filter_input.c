/* filter_input - the operands of a filter, and the records in them */
#include <errno.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/failure.h"
#include "lib/filter_parts.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/message.h"
#include "lib/progress.h"
#include "lib/schema.h"

static char		**operand;
static struct input	 input;			/* the operand being read */
static struct input	*tracked;
static struct arena	 arena;
static uint64_t		 total;		/* bytes of the operands */
static uint64_t		 raw;		/* of these, read before tracked */

void
filter_operands(char *argv[])
{
	static char *just_stdin[] = { "-", NULL };
	struct input in;
	char **p;

	operand = argv[0] != NULL ? argv : just_stdin;
	for (p = operand; filter_opt.progress && *p != NULL; p++)
		if (strcmp(*p, "-") != 0 && input_open(&in, *p)) {
			total += in.size;
			input_close(&in);
		}
}

void
filter_track(struct input *in)
{
	if (tracked != NULL) {
		filter_count.read += input_place(tracked, tracked->offset);
		raw += tracked->raw;
	}
	tracked = in;
}

struct input *
filter_input(void)
{
	const char *path;
	int s;

	while ((path = *operand) != NULL) {
		operand++;
		if (input_open(&input, path)) {
			input_skip_bom(&input);
			filter_track(&input);
			return &input;
		}
		s = failure_status(errno, EX_NOINPUT);
		message(path, 0, NULL, strerror(errno));
		filter_fail(s);
	}
	return NULL;
}

void
filter_input_done(struct input *in)
{
	struct where at = filter_place;

	if (in->error != NULL && in->corrupt) {
		at.line = in->line;
		at.offset = input_place(in, in->offset);
		at.input = NULL;
		filter_entry(&at);
		filter_reject(REJECT_CORRUPT_INPUT, NULL, NULL, 0, "%s",
		    in->error);
		filter_fail(EX_DATAERR);
	} else if (in->error != NULL) {
		message(in->path, in->line, NULL, in->error);
		filter_fail(EX_IOERR);
	}
	if (in == &input) {
		filter_count.lines += in->line - 1;
		filter_count.bytes += input_place(in, in->offset);
	}
	if (tracked == in)
		filter_track(NULL);
	input_close(in);
}

void
filter_entry(const struct where *w)
{
	filter_back(w);
	filter_count.in++;
	/* without an input at hand nobody knows how far it is */
	progress_records(filter_count.in, tracked != NULL ?
	    raw + tracked->raw : 0, tracked != NULL ? total : 0);
}

void
filter_uncount(void)
{
	filter_count.in--;
}

static bool
lets_in(const char *kind)
{
	const char *const *k;

	for (k = filter_self->kinds; *k != NULL; k++)
		if (strcmp(*k, kind) == 0)
			return true;
	return false;
}

static bool
has_nul(const struct json *o, const char *member)
{
	const struct json *v = json_get(o, member);

	return v != NULL && v->type == JSON_STRING &&
	    memchr(v->text, '\0', v->len) != NULL;
}

/* Make a record of a line, or reject it. */
static bool
take(struct record *r)
{
	const char *detail, *kind;
	enum reject_code code;

	arena_reset(&arena);
	r->arena = &arena;
	r->line = filter_place.input;
	r->len = filter_place.len;
	r->json = json_parse(&arena, r->line, r->len, &code, &detail);
	if (r->json == NULL) {
		filter_reject(code, NULL, NULL, 0, "%s", detail);
		return false;
	}
	if (r->json->type != JSON_OBJECT) {
		filter_reject(REJECT_NOT_OBJECT, NULL, NULL, 0, "not an object");
		return false;
	}
	kind = json_get_str(r->json, "kind");
	if (kind == NULL || !lets_in(kind)) {
		filter_reject(REJECT_BAD_KIND, "kind", kind,
		    kind != NULL ? strlen(kind) : 0, kind != NULL ?
		    "not a kind that %s takes" : "no kind", filter_self->name);
		return false;
	}
	if (has_nul(r->json, "kind") || has_nul(r->json, "id") ||
	    has_nul(r->json, "key")) {
		filter_reject(REJECT_BAD_MEMBER, NULL, NULL, 0,
		    "a NUL in an identifier");
		return false;
	}
	if ((strcmp(kind, "paper") == 0 || strcmp(kind, "person") == 0) &&
	    json_get_str(r->json, "id") == NULL) {
		filter_reject(REJECT_NO_ID, "id", NULL, 0, "no id");
		return false;
	}
	return true;
}

bool
filter_check(const char *schema, const struct record *r)
{
	const struct json *bad = schema_check(schema_load(schema), r->json);

	if (bad == NULL)
		return true;
	filter_reject(REJECT_BAD_MEMBER, bad->name, bad->text, bad->len,
	    "%s%snot what schemas/%s.json wants", bad->name != NULL ?
	    bad->name : "", bad->name != NULL ? ": " : "", schema);
	return false;
}

static bool
blank(const char *s, size_t n)
{
	while (n > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		n--;
	}
	return n == 0;
}

bool
filter_next(struct record *r)
{
	struct where w = { 0 };
	int got;

	for (;;) {
		if (input.window == NULL && filter_input() == NULL)
			return false;
		w.file = strcmp(input.path, "-") == 0 ? "stdin" : input.path;
		got = input_line(&input, filter_opt.max_record, &w.input,
		    &w.len, &w.offset, &w.line);
		if (got == 0 || input_cut(&input)) {
			filter_at(&w);
			filter_input_done(&input);
			continue;
		}
		if (got == 1 && blank(w.input, w.len))
			continue;
		filter_entry(&w);
		if (got == -1)
			filter_reject(REJECT_TOO_LONG, NULL, NULL, 0,
			    "over %zu bytes", filter_opt.max_record);
		else if (take(r))
			return true;
	}
}

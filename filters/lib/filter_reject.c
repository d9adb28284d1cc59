/* filter_reject - the records that a filter cannot use, and what it mended */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter_parts.h"
#include "lib/json.h"
#include "lib/message.h"

struct where		 filter_place;

static FILE		*rejects;
static bool		 entry_rejected;

void
rejects_open(void)
{
	if (filter_opt.rejects != NULL &&
	    (rejects = fopen(filter_opt.rejects, "we")) == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s",
		    filter_opt.rejects);
}

bool
rejects_close(void)
{
	return rejects == NULL || (ferror(rejects) | fclose(rejects)) == 0;
}

const struct where *
filter_where(void)
{
	return &filter_place;
}

void
filter_at(const struct where *w)
{
	filter_place = *w;
}

void
filter_back(const struct where *w)
{
	filter_at(w);
	entry_rejected = false;
}

bool
filter_reads_papers(void)
{
	const char *const *k;

	for (k = filter_self->kinds; k != NULL && *k != NULL; k++)
		if (strcmp(*k, "paper") == 0)
			return true;
	return false;
}

static bool
is_sha256(const struct json *v)
{
	return v->type == JSON_STRING && v->len == 64 &&
	    strspn(v->text, "0123456789abcdef") == 64;
}

/*
 * Say where the source has the record whose text is at hand, by the first of
 * its sources; the place stays where that does not tell it all.  The place is
 * good until the next call.
 */
static void
trace(struct where *w)
{
	static struct arena arena;
	const struct json *paper, *s, *sha256;
	enum reject_code code;
	const char *detail;
	int64_t line, offset;

	if (w->source != NULL || w->url != NULL || w->input == NULL ||
	    !filter_reads_papers() ||
	    memmem(w->input, w->len, "\"sources\"", 9) == NULL)
		return;
	arena_reset(&arena);
	paper = json_parse(&arena, w->input, w->len, &code, &detail);
	s = json_first(paper, "sources");
	line = json_get_int(s, "line", 0);
	offset = json_get_int(s, "offset", -1);
	if (line < 1 || offset < 0 || json_get_str(s, "source") == NULL)
		return;
	w->line = (uint64_t)line;
	w->offset = (uint64_t)offset;
	w->source = json_get_str(s, "source");
	w->url = json_get_str(s, "url");
	sha256 = json_get(s, "sha256");
	w->sha256 = sha256 != NULL && is_sha256(sha256) ? sha256->text : NULL;
}

static void
report(enum reject_code code, const char *field, const char *got, size_t n,
    const char *detail)
{
	static struct buf b;
	struct where w = filter_place;

	if (rejects == NULL)
		return;
	trace(&w);
	buf_reset(&b);
	reject_write(&b, filter_self->name, code, field, got, n, detail, &w);
	if (fwrite(b.p, 1, b.len, rejects) != b.len)
		err(failure_status(errno, EX_IOERR), "%s", filter_opt.rejects);
}

void
filter_reject(enum reject_code code, const char *field, const char *got,
    size_t n, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	if (entry_rejected)
		return;
	entry_rejected = true;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	filter_count.rejected++;
	filter_count.dropped += reject_is_drop(code);
	if (++filter_count.code[code] <= FILTER_TOLD && !reject_is_drop(code))
		message(filter_place.file, filter_place.line,
		    reject_name(code), b.p);
	report(code, field, got, n, b.p);
	buf_free(&b);
	if (filter_opt.strict && !reject_is_drop(code)) {
		filter_fail(EX_DATAERR);
		exit(filter_close());
	}
}

void
filter_note(enum reject_code code, const char *field, const char *got,
    size_t n, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	filter_count.notes++;
	filter_count.code[code]++;
	if (rejects == NULL)
		return;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	report(code, field, got, n, b.p);
	buf_free(&b);
}

void
filter_dropped(const char *field, const struct json *v, const char *why)
{
	static struct buf b;

	buf_reset(&b);
	json_write(&b, v);
	filter_note(REJECT_DROPPED_VALUE, field, b.p, b.len, "%s", why);
}

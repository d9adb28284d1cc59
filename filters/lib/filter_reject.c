/* filter_reject - the records that a filter cannot use, and what it mended */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

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

static void
report(enum reject_code code, const char *field, const char *got, size_t n,
    const char *detail)
{
	static struct buf b;

	if (rejects == NULL)
		return;
	buf_reset(&b);
	reject_write(&b, filter_self->name, code, field, got, n, detail,
	    &filter_place);
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

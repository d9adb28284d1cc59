/* filter - what all filters share: options, records in and out, rejects, exit */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/counts.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/message.h"
#include "lib/options.h"
#include "lib/progress.h"
#include "lib/schema.h"

#define OUTPUT		(256 * 1024)	/* a write; pipes are made 4 times as large */
#define TOLD		10		/* messages of one code */

static const struct filter *self;

static struct options	 opt;
static struct counts	 count;
static char		**operand;
static struct input	 input;			/* the operand being read */
static struct input	*tracked;
static struct arena	 arena;
static struct buf	 output;
static FILE		*rejects;
static struct where	 where;
static bool		 entry_rejected;
static int		 status;
static uint64_t		 total, raw;	/* bytes of the operands, and read so far */

size_t
filter_max_record(void)
{
	return opt.max_record;
}

const char *
filter_tmpdir(void)
{
	return opt.tmpdir;
}

/* 70 to 74 go before 75, 69, 66, 65: what cannot be mended by waiting first. */
static int
rank(int s)
{
	static const int order[] = { 0, EX_DATAERR, EX_NOINPUT, EX_UNAVAILABLE,
	    EX_TEMPFAIL, EX_CANTCREAT, EX_IOERR, EX_OSERR, EX_SOFTWARE };
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (order[i] == s)
			break;
	return (int)i;
}

void
filter_fail(int s)
{
	if (rank(s) > rank(status))
		status = s;
}

void
filter_warn(int s, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	message(NULL, 0, NULL, b.p);
	buf_free(&b);
	filter_fail(s);
}

void
filter_tell(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	if (opt.quiet)
		return;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	message(NULL, 0, NULL, b.p);
	buf_free(&b);
}

void
filter_usage(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	message(NULL, 0, NULL, b.p);
	buf_free(&b);
	fprintf(stderr, "usage: %s\n", self->synopsis);
	exit(EX_USAGE);
}

/* Output */

void
filter_flush(void)
{
	const char *p = output.p;
	size_t n = output.len;
	ssize_t w;

	while (n > 0) {
		w = write(STDOUT_FILENO, p, n);
		if (w == -1) {
			if (errno == EINTR)
				continue;
			message("stdout", 0, NULL, strerror(errno));
			exit(EX_IOERR);
		}
		p += w;
		n -= (size_t)w;
	}
	buf_reset(&output);
}

void
filter_write(const void *p, size_t n)
{
	buf_add(&output, p, n);
	if (output.len >= OUTPUT)
		filter_flush();
}

/* A paper's order stands in the schema of what parse writes. */
static const struct schema *
order_of(const struct json *v)
{
	const char *kind = json_get_str(v, "kind");

	return schema_load(strcmp(kind, "paper") == 0 ? "parsed" : kind);
}

void
filter_emit(const struct json *v)
{
	count.out++;
	schema_write(&output, order_of(v), v);
	filter_write("\n", 1);
}

bool
filter_is_verbatim(const struct record *r)
{
	return r->json->compact && schema_is_ordered(order_of(r->json),
	    r->json);
}

void
filter_emit_text(const char *s, size_t n)
{
	count.out++;
	buf_add(&output, s, n);
	filter_write("\n", 1);
}

void
filter_make(const struct json *v)
{
	count.made++;
	schema_write(&output, order_of(v), v);
	filter_write("\n", 1);
}

void
filter_make_text(const char *s, size_t n)
{
	count.made++;
	buf_add(&output, s, n);
	filter_write("\n", 1);
}

void
filter_balance(void)
{
	count.out = count.in - count.rejected;
}

void
filter_merged(uint64_t n)
{
	count.merged += n;
}

void
filter_made(uint64_t n)
{
	count.made += n;
}

void
filter_passed(const char *what)
{
	counts_pass(&count, what);
}

void
filter_stats(const char *member, const char *json)
{
	static struct buf b;

	buf_addf(&b, ",\"%s\":%s", member, json);
	count.more = b.p;
}

/* Rejects */

static void
report(enum reject_code code, const char *field, const char *got, size_t n,
    const char *detail)
{
	static struct buf b;

	if (rejects == NULL)
		return;
	buf_reset(&b);
	reject_write(&b, self->name, code, field, got, n, detail, &where);
	if (fwrite(b.p, 1, b.len, rejects) != b.len)
		err(failure_status(errno, EX_IOERR), "%s", opt.rejects);
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
	count.rejected++;
	if (++count.code[code] <= TOLD)
		message(where.file, where.line, reject_name(code), b.p);
	report(code, field, got, n, b.p);
	buf_free(&b);
	if (opt.strict) {
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

	count.notes++;
	count.code[code]++;
	if (rejects == NULL)
		return;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	report(code, field, got, n, b.p);
	buf_free(&b);
}

/* Progress and the end */

void
filter_progress(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	if (!progress_is_due())
		return;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	message_progress("%s", b.p);
	buf_free(&b);
}

static bool
over_budget(void)
{
	if (opt.percent)
		return (double)count.rejected * 100 >
		    (double)opt.max_rejects * (double)count.in;
	return count.rejected > opt.max_rejects;
}

uint64_t
filter_rejected(void)
{
	return count.rejected;
}

bool
filter_failed(void)
{
	return status != 0 || over_budget();
}

int
filter_close(void)
{
	enum reject_code i;

	filter_track(NULL);
	filter_flush();
	if (close(STDOUT_FILENO) == -1 && errno != EBADF) {
		message("stdout", 0, NULL, strerror(errno));
		filter_fail(EX_IOERR);
	}
	if (rejects != NULL && (ferror(rejects) | fclose(rejects))) {
		message(opt.rejects, 0, NULL, strerror(errno));
		filter_fail(EX_IOERR);
	}
	if (over_budget())
		filter_fail(EX_DATAERR);
	message_clear_progress();
	for (i = 0; i < REJECT_CODES; i++)
		if (!reject_is_note(i) && count.code[i] > TOLD)
			fprintf(stderr, "%s: %s: %" PRIu64 " more not shown\n",
			    self->name, reject_name(i), count.code[i] - TOLD);
	if (!opt.quiet)
		counts_sum_up(&count, self->name, self->made, self->merges,
		    progress_seconds());
	if (opt.stats != NULL)
		counts_write(&count, self->name, status, progress_seconds(),
		    opt.stats);
	return status;
}

/* The beginning */

/*
 * A file must not get the number of a standard stream that was closed: messages
 * would go into it.  What stands in for one can no more be used than it.
 */
static void
keep_streams(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null",
		    fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			exit(EX_OSERR);
}

static void
begin(void)
{
	if (opt.progress == -1)
		opt.progress = !opt.quiet && isatty(STDERR_FILENO);
	if (opt.rejects != NULL &&
	    (rejects = fopen(opt.rejects, "we")) == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s", opt.rejects);
	progress_begin(opt.progress);
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4 * OUTPUT);
	signal(SIGPIPE, SIG_DFL);
}

int
filter_getopt(const struct filter *f, int argc, char *argv[])
{
	int ch;

	if (self == NULL)
		keep_streams();
	self = f;
	message_name(f->name);
	if ((ch = options_next(&opt, f, argc, argv)) == -1)
		begin();
	return ch;
}

/* Input */

void
filter_operands(char *argv[])
{
	static char *just_stdin[] = { "-", NULL };
	struct input in;
	char **p;

	operand = argv[0] != NULL ? argv : just_stdin;
	for (p = operand; opt.progress && *p != NULL; p++)
		if (strcmp(*p, "-") != 0 && input_open(&in, *p)) {
			total += in.size;
			input_close(&in);
		}
}

void
filter_track(struct input *in)
{
	if (tracked != NULL) {
		count.read += tracked->offset;
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
	struct where at = where;

	if (in->error != NULL && in->corrupt) {
		at.line = in->line;
		at.offset = in->offset;
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
		count.lines += in->line - 1;
		count.bytes += in->offset;
	}
	if (tracked == in)
		filter_track(NULL);
	input_close(in);
}

const struct where *
filter_where(void)
{
	return &where;
}

void
filter_at(const struct where *w)
{
	where = *w;
}

void
filter_back(const struct where *w)
{
	filter_at(w);
	entry_rejected = false;
}

void
filter_entry(const struct where *w)
{
	filter_back(w);
	count.in++;
	/* without an input at hand nobody knows how far it is */
	progress_records(count.in, tracked != NULL ? raw + tracked->raw : 0,
	    tracked != NULL ? total : 0);
}

void
filter_uncount(void)
{
	count.in--;
}

static bool
lets_in(const char *kind)
{
	const char *const *k;

	for (k = self->kinds; *k != NULL; k++)
		if (strcmp(*k, kind) == 0)
			return true;
	return false;
}

static bool
has_nul(const struct json *o, const char *member)
{
	const char *s = json_get_str(o, member);

	return s != NULL && strlen(s) != json_get(o, member)->len;
}

/* Make a record of a line, or reject it. */
static bool
take(struct record *r)
{
	const char *detail, *kind;
	enum reject_code code;

	arena_reset(&arena);
	r->arena = &arena;
	r->line = where.input;
	r->len = where.len;
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
		    "not a kind that %s takes" : "no kind", self->name);
		return false;
	}
	if (has_nul(r->json, "kind") || has_nul(r->json, "id") ||
	    has_nul(r->json, "key")) {
		filter_reject(REJECT_BAD_MEMBER, NULL, NULL, 0,
		    "a NUL in an identifier");
		return false;
	}
	if (strcmp(kind, "paper") == 0 && json_get_str(r->json, "id") == NULL) {
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
		got = input_line(&input, opt.max_record, &w.input, &w.len,
		    &w.offset, &w.line);
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
			    "over %zu bytes", opt.max_record);
		else if (take(r))
			return true;
	}
}

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
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/text.h"

#define OUTPUT		(256 * 1024)	/* a write; pipes are made 4 times as large */
#define INPUT_KEPT	4096		/* bytes of a reject's input */
#define TOLD		10		/* messages of one code */
#define MAX_RECORD	(16 * 1024 * 1024)
#define MAX_PASSED	8

static const struct {
	const char	*name;
	bool		 note;
	const char	*text;
} codes[] = {
#define note	true
#define reject	false
#define REJECT(name, code, level, text)	{ code, level, text },
#include "reject.def"
#undef REJECT
#undef note
#undef reject
};

static const struct filter *self;

static struct {
	bool		 quiet;
	bool		 strict;
	int		 progress;	/* -1: when stderr is a terminal */
	uint64_t	 max_rejects;
	bool		 percent;
	size_t		 max_record;
	const char	*rejects;
	const char	*stats;
	const char	*tmpdir;
} opt = { .progress = -1, .max_record = MAX_RECORD };

static struct {
	uint64_t	 in, out, merged, made, rejected, notes;
	uint64_t	 lines, bytes;		/* of the operands read */
	uint64_t	 read, raw;		/* bytes of all inputs closed */
	uint64_t	 code[REJECT_CODES];
	struct {
		const char	*what;
		uint64_t	 n;
	}		 passed[MAX_PASSED];
} count;

static char		**operand;
static struct input	 input;			/* the operand being read */
static struct input	*tracked;
static struct arena	 arena;
static struct buf	 output;
static FILE		*rejects;
static struct where	 where;
static bool		 entry_rejected;
static int		 status;
static struct timespec	 started, ticked;
static uint64_t		 total;			/* bytes to read, 0: not known */
static bool		 progress_shown;

enum { OPT_PROGRESS = 0x100, OPT_MAX_RECORD, OPT_STATS };

static const struct option common[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "strict", no_argument, NULL, 's' },
	{ "rejects", required_argument, NULL, 'r' },
	{ "max-rejects", required_argument, NULL, 'E' },
	{ "temporary-directory", required_argument, NULL, 'T' },
	{ "progress", no_argument, NULL, OPT_PROGRESS },
	{ "max-record", required_argument, NULL, OPT_MAX_RECORD },
	{ "stats", required_argument, NULL, OPT_STATS },
};
#define NCOMMON	(sizeof(common) / sizeof(common[0]))

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
			return (int)i;
	return (int)i;
}

void
filter_fail(int s)
{
	if (rank(s) > rank(status))
		status = s;
}

/* Messages */

static void
clear_progress(void)
{
	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
}

/* Print with control characters and bytes that are not UTF-8 masked. */
static void
put_masked(const char *s)
{
	size_t n = strlen(s), len;
	const char *p;
	int32_t c;

	while (n > 0) {
		for (len = 1; len < 4 && len < n && (s[len] & 0xc0) == 0x80; )
			len++;
		p = s;
		if (!utf8_valid(s, len)) {
			fprintf(stderr, "\\x%02x", (unsigned char)*s);
			len = 1;
		} else if ((c = utf8_next(&p)) < 0x20 ||
		    (c >= 0x7f && c < 0xa0))
			fprintf(stderr, "\\x%02x", (unsigned)c);
		else
			fwrite(s, 1, len, stderr);
		s += len;
		n -= len;
	}
}

static void
tell(const char *file, uint64_t line, const char *code, const char *detail)
{
	clear_progress();
	fprintf(stderr, "%s: ", self->name);
	if (file != NULL) {
		put_masked(file);
		if (line > 0)
			fprintf(stderr, ":%" PRIu64, line);
		fputs(": ", stderr);
	}
	if (code != NULL)
		fprintf(stderr, "%s: ", code);
	put_masked(detail);
	fputc('\n', stderr);
}

void
filter_warn(int s, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	tell(NULL, 0, NULL, b.p);
	buf_free(&b);
	filter_fail(s);
}

void
filter_usage(const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	tell(NULL, 0, NULL, b.p);
	buf_free(&b);
	fprintf(stderr, "usage: %s\n", self->synopsis);
	exit(EX_USAGE);
}

/* Output */

static void
flush(void)
{
	const char *p = output.p;
	size_t n = output.len;
	ssize_t w;

	while (n > 0) {
		w = write(STDOUT_FILENO, p, n);
		if (w == -1) {
			if (errno == EINTR)
				continue;
			tell("stdout", 0, NULL, strerror(errno));
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
		flush();
}

static void
put(const struct json *v)
{
	const char *kind = json_get_str(v, "kind");

	/* a paper's order stands in the schema of what parse writes */
	schema_write(&output, schema_load(strcmp(kind, "paper") == 0 ?
	    "parsed" : kind), v);
	buf_addc(&output, '\n');
	if (output.len >= OUTPUT)
		flush();
}

void
filter_emit(const struct json *v)
{
	count.out++;
	put(v);
}

void
filter_make(const struct json *v)
{
	count.made++;
	put(v);
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
	size_t i;

	for (i = 0; i < MAX_PASSED - 1 && count.passed[i].what != NULL; i++)
		if (strcmp(count.passed[i].what, what) == 0)
			break;
	count.passed[i].what = what;
	count.passed[i].n++;
}

/* Rejects */

static void
add_member(struct buf *b, const char *name, const char *s, size_t n)
{
	size_t len, i;
	struct buf valid = { 0 };

	if (s == NULL || n == 0)
		return;
	if (!utf8_valid(s, n)) {
		for (i = 0; i < n; i += len) {
			for (len = 1; len < 4 && i + len < n &&
			    (s[i + len] & 0xc0) == 0x80; )
				len++;
			if (utf8_valid(s + i, len))
				buf_add(&valid, s + i, len);
			else {
				len = 1;
				utf8_add(&valid, 0xfffd);
			}
		}
		s = valid.p;
		n = valid.len;
	}
	if (b->len > 1)
		buf_addc(b, ',');
	buf_addf(b, "\"%s\":", name);
	json_write_string(b, s, n);
	buf_free(&valid);
}

static void
add_str(struct buf *b, const char *name, const char *s)
{
	if (s != NULL)
		add_member(b, name, s, strlen(s));
}

static void
report(enum reject_code code, const char *field, const char *got, size_t n,
    const char *detail)
{
	struct buf b = { 0 };
	size_t keep;

	if (rejects == NULL)
		return;
	buf_addc(&b, '{');
	add_str(&b, "kind", "reject");
	add_str(&b, "level", codes[code].note ? "note" : "reject");
	add_str(&b, "stage", self->name);
	add_str(&b, "code", codes[code].name);
	add_str(&b, "field", field);
	if (got != NULL)
		add_member(&b, "got", got, n < INPUT_KEPT ? n :
		    utf8_cut(got, n, INPUT_KEPT));
	add_str(&b, "detail", detail);
	add_str(&b, "source", where.source);
	add_str(&b, "sha256", where.sha256);
	add_str(&b, "url", where.url);
	buf_addf(&b, ",\"offset\":%" PRIu64 ",\"line\":%" PRIu64,
	    where.offset, where.line);
	if (where.input != NULL) {
		keep = where.len < INPUT_KEPT ? where.len :
		    utf8_cut(where.input, where.len, INPUT_KEPT);
		add_member(&b, "input", where.input, keep);
	}
	buf_adds(&b, "}\n");
	if (fwrite(b.p, 1, b.len, rejects) != b.len) {
		tell(opt.rejects, 0, NULL, strerror(errno));
		exit(EX_IOERR);
	}
	buf_free(&b);
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
		tell(where.file, where.line, codes[code].name, b.p);
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

/* Progress and summary */

static double
since(const struct timespec *t)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - t->tv_sec) +
	    (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

static void
tick(void)
{
	double t, share;

	if (!opt.progress || (count.in & 0x3ff) != 0 || since(&ticked) < 0.5)
		return;
	clock_gettime(CLOCK_MONOTONIC, &ticked);
	t = since(&started);
	fprintf(stderr, "\r%s: %" PRIu64 " records, %.0f/s", self->name,
	    count.in, (double)count.in / t);
	/* compressed files: their own bytes tell how far it got */
	share = total == 0 || tracked == NULL ? 0 :
	    (double)(count.raw + tracked->raw) / (double)total;
	if (share > 0 && share <= 1)
		fprintf(stderr, ", %.0f %%, %.0f s left", share * 100,
		    t / share - t);
	fputs("\033[K", stderr);
	progress_shown = true;
}

static void
write_stats(int s)
{
	FILE *f = fopen(opt.stats, "w");
	const char *sep = "";
	size_t i;

	if (f == NULL)
		err(EX_CANTCREAT, "%s", opt.stats);
	fprintf(f, "{\"stage\":\"%s\",\"in\":%" PRIu64 ",\"out\":%" PRIu64
	    ",\"rejected\":%" PRIu64 ",\"merged\":%" PRIu64 ",\"made\":%" PRIu64
	    ",\"notes\":%" PRIu64 ",\"lines\":%" PRIu64 ",\"bytes\":%" PRIu64
	    ",\"status\":%d,\"codes\":{", self->name, count.in, count.out,
	    count.rejected, count.merged, count.made, count.notes, count.lines,
	    count.bytes, s);
	for (i = 0; i < REJECT_CODES; i++)
		if (count.code[i] > 0) {
			fprintf(f, "%s\"%s\":%" PRIu64, sep, codes[i].name,
			    count.code[i]);
			sep = ",";
		}
	fputs("},\"passed\":{", f);
	for (sep = "", i = 0; i < MAX_PASSED && count.passed[i].what; i++) {
		fprintf(f, "%s\"%s\":%" PRIu64, sep, count.passed[i].what,
		    count.passed[i].n);
		sep = ",";
	}
	fputs("}}\n", f);
	if (ferror(f) | fclose(f))
		err(EX_IOERR, "%s", opt.stats);
}

static void
summary(void)
{
	double t = since(&started);
	size_t i;

	for (i = 0; i < REJECT_CODES; i++)
		if (!codes[i].note && count.code[i] > TOLD)
			fprintf(stderr, "%s: %s: %" PRIu64 " more not shown\n",
			    self->name, codes[i].name, count.code[i] - TOLD);
	if (opt.quiet)
		return;
	for (i = 0; i < MAX_PASSED && count.passed[i].what != NULL; i++)
		fprintf(stderr, "%s: passed over: %" PRIu64 " %s\n", self->name,
		    count.passed[i].n, count.passed[i].what);
	fprintf(stderr, "%s: %" PRIu64 " in, %" PRIu64 " out, %" PRIu64
	    " rejected", self->name, count.in, count.out, count.rejected);
	if (self->merges)
		fprintf(stderr, ", %" PRIu64 " merged", count.merged);
	if (self->made != NULL)
		fprintf(stderr, ", %" PRIu64 " %s", count.made, self->made);
	fprintf(stderr, ", %.0f MB/s\n", (double)count.read / 1e6 / t);
}

int
filter_close(void)
{
	bool over;

	filter_track(NULL);
	flush();
	if (close(STDOUT_FILENO) == -1 && errno != EBADF) {
		tell("stdout", 0, NULL, strerror(errno));
		filter_fail(EX_IOERR);
	}
	if (rejects != NULL && (ferror(rejects) | fclose(rejects))) {
		tell(opt.rejects, 0, NULL, strerror(errno));
		filter_fail(EX_IOERR);
	}
	over = opt.percent ? (double)count.rejected * 100 >
	    (double)opt.max_rejects * (double)count.in :
	    count.rejected > opt.max_rejects;
	if (over)
		filter_fail(EX_DATAERR);
	clear_progress();
	summary();
	if (opt.stats != NULL)
		write_stats(status);
	return status;
}

/* Options */

uint64_t
filter_number(const char *option, const char *value, uint64_t max)
{
	static const char units[] = "KMG";
	unsigned long long n;
	const char *u;
	char *end;

	errno = 0;
	n = strtoull(value, &end, 10);
	if (*end != '\0' && (u = strchr(units, *end)) != NULL) {
		unsigned shift = 10 * (unsigned)(u - units + 1);

		n = n > max >> shift ? max + 1 : n << shift;
		end++;
	}
	if (errno != 0 || *value < '0' || *value > '9' || *end != '\0' ||
	    n > max)
		filter_usage("%s: not a number that can be: %s", option, value);
	return n;
}

static void
set_max_rejects(const char *value)
{
	size_t n = strlen(value);
	char *digits;

	opt.percent = n > 0 && value[n - 1] == '%';
	digits = xstrdup(value);
	if (opt.percent)
		digits[n - 1] = '\0';
	opt.max_rejects = filter_number("-E", digits,
	    opt.percent ? 100 : UINT64_MAX / 2);
	free(digits);
}

static void
begin(void)
{
	if (opt.progress == -1)
		opt.progress = !opt.quiet && isatty(STDERR_FILENO);
	if (opt.rejects != NULL &&
	    (rejects = fopen(opt.rejects, "we")) == NULL)
		err(EX_CANTCREAT, "%s", opt.rejects);
	clock_gettime(CLOCK_MONOTONIC, &started);
	ticked = started;
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4 * OUTPUT);
	signal(SIGPIPE, SIG_DFL);
}

int
filter_getopt(const struct filter *f, int argc, char *argv[])
{
	static struct option *longopts;
	static struct buf shortopts;
	size_t own = 0;
	int ch;

	if (self == NULL) {
		self = f;
		opterr = 0;
		while (f->longopts != NULL && f->longopts[own].name != NULL)
			own++;
		longopts = xcalloc(NCOMMON + own + 1, sizeof(*longopts));
		memcpy(longopts, common, sizeof(common));
		if (own > 0)
			memcpy(longopts + NCOMMON, f->longopts,
			    own * sizeof(*longopts));
		buf_addf(&shortopts, ":hVqsr:E:T:%s", f->options);
	}
	while ((ch = getopt_long(argc, argv, shortopts.p, longopts, NULL)) !=
	    -1) {
		switch (ch) {
		case 'h':
			printf("usage: %s\n", f->synopsis);
			exit(fflush(stdout) == 0 ? 0 : EX_IOERR);
		case 'V':
			printf("%s %s\n", f->name, VERSION);
			exit(fflush(stdout) == 0 ? 0 : EX_IOERR);
		case 'q':
			opt.quiet = true;
			break;
		case 's':
			opt.strict = true;
			break;
		case 'r':
			opt.rejects = optarg;
			break;
		case 'E':
			set_max_rejects(optarg);
			break;
		case 'T':
			opt.tmpdir = optarg;
			break;
		case OPT_PROGRESS:
			opt.progress = true;
			break;
		case OPT_MAX_RECORD:
			opt.max_record = filter_number("--max-record", optarg,
			    1 << 30);
			break;
		case OPT_STATS:
			opt.stats = optarg;
			break;
		case ':':
			filter_usage("option needs an argument: %s",
			    argv[optind - 1]);
		case '?':
			if (optopt > 0 && optopt < 0x100)
				filter_usage("unknown option: -%c", optopt);
			filter_usage("unknown option: %s", argv[optind - 1]);
		default:
			return ch;
		}
	}
	begin();
	return -1;
}

/* Input */

static char *just_stdin[] = { "-", NULL };

void
filter_operands(char *argv[])
{
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
		count.raw += tracked->raw;
	}
	tracked = in;
}

struct input *
filter_input(void)
{
	const char *path;

	while ((path = *operand) != NULL) {
		operand++;
		if (input_open(&input, path)) {
			input_skip_bom(&input);
			filter_track(&input);
			return &input;
		}
		tell(path, 0, NULL, strerror(errno));
		filter_fail(errno == ENOENT || errno == EACCES || errno == EISDIR ||
		    errno == ENOTDIR ? EX_NOINPUT : EX_OSERR);
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
		tell(in->path, in->line, NULL, in->error);
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

void
filter_at(const struct where *w)
{
	where = *w;
}

const struct where *
filter_where(void)
{
	return &where;
}

void
filter_back(const struct where *w)
{
	where = *w;
	entry_rejected = false;
}

void
filter_entry(const struct where *w)
{
	filter_at(w);
	entry_rejected = false;
	count.in++;
	tick();
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
	if (strcmp(kind, "paper") == 0 && json_get_str(r->json, "id") == NULL) {
		filter_reject(REJECT_NO_ID, "id", NULL, 0, "no id");
		return false;
	}
	return true;
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
			where = w;
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

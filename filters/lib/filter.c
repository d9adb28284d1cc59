/* filter - what all filters share: options, counts, messages, exit */
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

#include "lib/buf.h"
#include "lib/filter_parts.h"
#include "lib/message.h"
#include "lib/progress.h"

const struct filter	*filter_self;
struct options		 filter_opt;
struct counts		 filter_count;

static int		 status;

size_t
filter_max_record(void)
{
	return filter_opt.max_record;
}

const char *
filter_tmpdir(void)
{
	return filter_opt.tmpdir;
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

	if (filter_opt.quiet)
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
	fprintf(stderr, "usage: %s\n", filter_self->synopsis);
	exit(EX_USAGE);
}

void
filter_balance(void)
{
	filter_count.out = filter_count.in - filter_count.rejected;
}

void
filter_merged(uint64_t n)
{
	filter_count.merged += n;
}

void
filter_made(uint64_t n)
{
	filter_count.made += n;
}

void
filter_passed(const char *what)
{
	counts_pass(&filter_count, what);
}

void
filter_stats(const char *member, const char *json)
{
	static struct buf b;

	buf_addf(&b, ",\"%s\":%s", member, json);
	filter_count.more = b.p;
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
	uint64_t n = filter_count.rejected - filter_count.dropped;

	if (filter_opt.percent)
		return (double)n * 100 >
		    (double)filter_opt.max_rejects * (double)filter_count.in;
	return n > filter_opt.max_rejects;
}

uint64_t
filter_rejected(void)
{
	return filter_count.rejected;
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
	if (!rejects_close()) {
		message(filter_opt.rejects, 0, NULL, strerror(errno));
		filter_fail(EX_IOERR);
	}
	if (over_budget())
		filter_fail(EX_DATAERR);
	message_clear_progress();
	for (i = 0; i < REJECT_CODES; i++)
		if (!reject_is_note(i) && !reject_is_drop(i) &&
		    filter_count.code[i] > FILTER_TOLD)
			fprintf(stderr, "%s: %s: %" PRIu64 " more not shown\n",
			    filter_self->name, reject_name(i),
			    filter_count.code[i] - FILTER_TOLD);
	if (filter_reads_papers() && filter_count.code[REJECT_BAD_JSON] > 0 &&
	    filter_count.rejected == filter_count.in)
		filter_tell("no lines of JSON as parse writes them: try "
		    "parse -f auto file | %s", filter_self->name);
	if (!filter_opt.quiet)
		counts_sum_up(&filter_count, filter_self->name,
		    filter_self->made, filter_self->merges,
		    progress_seconds());
	if (filter_opt.stats != NULL)
		counts_write(&filter_count, filter_self->name, status,
		    progress_seconds(), filter_opt.stats);
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
	if (filter_opt.progress == -1)
		filter_opt.progress = !filter_opt.quiet &&
		    isatty(STDERR_FILENO);
	rejects_open();
	progress_begin(filter_opt.progress);
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4 * FILTER_OUTPUT);
	signal(SIGPIPE, SIG_DFL);
}

int
filter_getopt(const struct filter *f, int argc, char *argv[])
{
	int ch;

	if (filter_self == NULL)
		keep_streams();
	filter_self = f;
	message_name(f->name);
	if ((ch = options_next(&filter_opt, f, argc, argv)) == -1)
		begin();
	return ch;
}

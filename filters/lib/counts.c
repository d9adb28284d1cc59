/* counts - what a filter counted */
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>

#include "lib/counts.h"
#include "lib/failure.h"

void
counts_pass(struct counts *c, const char *what)
{
	size_t i;

	for (i = 0; i < COUNTS_PASSED - 1 && c->passed[i].what != NULL; i++)
		if (strcmp(c->passed[i].what, what) == 0)
			break;
	c->passed[i].what = what;
	c->passed[i].n++;
}

/* The notes by code, in the order of reject.def. */
static void
tell_notes(const struct counts *c, const char *program)
{
	const char *sep = "";
	size_t i;

	if (c->notes == 0)
		return;
	fprintf(stderr, "%s: notes: ", program);
	for (i = 0; i < REJECT_CODES; i++)
		if (reject_is_note((enum reject_code)i) && c->code[i] > 0) {
			fprintf(stderr, "%s%" PRIu64 " %s", sep, c->code[i],
			    reject_name((enum reject_code)i));
			sep = ", ";
		}
	fputc('\n', stderr);
}

void
counts_sum_up(const struct counts *c, const char *program, const char *made,
    bool merges, double seconds)
{
	size_t i;

	for (i = 0; i < COUNTS_PASSED && c->passed[i].what != NULL; i++)
		fprintf(stderr, "%s: passed over: %" PRIu64 " %s\n", program,
		    c->passed[i].n, c->passed[i].what);
	tell_notes(c, program);
	fprintf(stderr, "%s: %" PRIu64 " in, %" PRIu64 " out, %" PRIu64
	    " rejected", program, c->in, c->out, c->rejected);
	if (merges)
		fprintf(stderr, ", %" PRIu64 " merged", c->merged);
	if (made != NULL)
		fprintf(stderr, ", %" PRIu64 " %s", c->made, made);
	fprintf(stderr, ", %.0f MB/s\n", (double)c->read / 1e6 / seconds);
}

/* What the process used so far, with the processes that it waited for. */
static void
write_usage(FILE *f, double seconds)
{
	struct rusage self, children;
	long memory;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	memory = self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss :
	    children.ru_maxrss;
	fprintf(f, ",\"seconds\":%.3f,\"cpu\":%.3f,\"memory\":%ld", seconds,
	    (double)(self.ru_utime.tv_sec + self.ru_stime.tv_sec +
	    children.ru_utime.tv_sec + children.ru_stime.tv_sec) +
	    (double)(self.ru_utime.tv_usec + self.ru_stime.tv_usec +
	    children.ru_utime.tv_usec + children.ru_stime.tv_usec) / 1e6,
	    memory * 1024);
}

void
counts_write(const struct counts *c, const char *program, int status,
    double seconds, const char *path)
{
	FILE *f = fopen(path, "we");
	const char *sep = "";
	size_t i;

	if (f == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s", path);
	fprintf(f, "{\"stage\":\"%s\",\"in\":%" PRIu64 ",\"out\":%" PRIu64
	    ",\"rejected\":%" PRIu64 ",\"merged\":%" PRIu64 ",\"made\":%" PRIu64
	    ",\"notes\":%" PRIu64 ",\"lines\":%" PRIu64 ",\"bytes\":%" PRIu64
	    ",\"status\":%d,\"codes\":{", program, c->in, c->out, c->rejected,
	    c->merged, c->made, c->notes, c->lines, c->bytes, status);
	for (i = 0; i < REJECT_CODES; i++)
		if (c->code[i] > 0) {
			fprintf(f, "%s\"%s\":%" PRIu64, sep, reject_name(i),
			    c->code[i]);
			sep = ",";
		}
	fputs("},\"passed\":{", f);
	for (sep = "", i = 0; i < COUNTS_PASSED && c->passed[i].what; i++) {
		fprintf(f, "%s\"%s\":%" PRIu64, sep, c->passed[i].what,
		    c->passed[i].n);
		sep = ",";
	}
	fputc('}', f);
	write_usage(f, seconds);
	fprintf(f, "%s}\n", c->more != NULL ? c->more : "");
	if (ferror(f) | fclose(f))
		err(EX_IOERR, "%s", path);
}

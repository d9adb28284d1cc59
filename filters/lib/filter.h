/* filter - what all filters share: options, records in and out, rejects, exit */
#ifndef FILTER_H
#define FILTER_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/reject.h"

struct arena;
struct input;
struct json;

/* What a filter is. */
struct filter {
	const char		*name;
	const char		*synopsis;	/* for -h; as in the manual */
	const char		*options;	/* own ones, as for getopt(3) */
	const struct option	*longopts;	/* own ones, or NULL */
	const char *const	*kinds;		/* that filter_next lets in */
	const char		*made;		/* what it adds: "authors" */
	bool			 merges;	/* the summary tells merged */
};

/* A line of the stream.  All of it is gone with the next filter_next. */
struct record {
	struct json	*json;		/* an object with a kind it lets in */
	struct arena	*arena;
	const char	*line;
	size_t		 len;
};

/*
 * Return the next of the filter's own options as getopt(3) does, -1 behind
 * the last one.  The common options are dealt with inside: -h and -V end the
 * process with 0, a bad option or value with EX_USAGE.  optarg, optind as
 * usual.
 */
int	 filter_getopt(const struct filter *, int argc, char *argv[]);
/* End the process with EX_USAGE, a message and the synopsis. */
void	 filter_usage(const char *fmt, ...)
	    __attribute__((__format__(printf, 1, 2), __noreturn__));

/* The file operands, argv + optind; none: standard input. */
void	 filter_operands(char *argv[]);
/*
 * Open the next of them, or NULL behind the last.  One that cannot be opened
 * is told of and remembered for the exit status.
 */
struct input	*filter_input(void);
/* Close it; data that ended early is rejected with its place. */
void	 filter_input_done(struct input *);
/* Count the bytes of this input too, which the filter opened itself. */
void	 filter_track(struct input *);

/*
 * The next record of the operands.  Lines that are no record of the filter's
 * kinds are rejected inside.  false: the end.
 */
bool	 filter_next(struct record *);

/*
 * Whether the record holds to a schema (schema_load); one that does not is
 * rejected.
 */
bool	 filter_check(const char *schema, const struct record *);

/* Begin an entry that filter_next did not read: one in, at this place. */
void	 filter_entry(const struct where *);

/* Say anew where the entry at hand is. */
void	 filter_at(const struct where *);
/* Where the record of filter_next is, for turning back to it to reject it. */
const struct where	*filter_where(void);
void	 filter_back(const struct where *);
/* The record at hand is no entry itself but holds some: not counted as in. */
void	 filter_uncount(void);

/* Write a record: one out. */
void	 filter_emit(const struct json *);
/* Whether filter_emit would write the record's line as it was read. */
bool	 filter_is_verbatim(const struct record *);
/* Write a record as text, the rest of it behind filter_write: one out. */
void	 filter_emit_text(const char *, size_t);
/* Write a record that stands for none of the input, such as an author. */
void	 filter_make(const struct json *);
void	 filter_make_text(const char *, size_t);
/* Write bytes that are no record. */
void	 filter_write(const void *, size_t);
/* Hand on what was written so far, before a wait. */
void	 filter_flush(void);
/* Count without writing. */
void	 filter_balance(void);	/* all in that was not rejected is out */
void	 filter_merged(uint64_t n);
void	 filter_made(uint64_t n);
/* Things passed over that are no entries, told in the summary. */
void	 filter_passed(const char *what);

/*
 * Reject the entry at hand: message, reject record, count.  Of several for one
 * entry the first one counts.  field and got (the value, n bytes) may be NULL.
 */
void	 filter_reject(enum reject_code, const char *field, const char *got,
	    size_t n, const char *fmt, ...)
	    __attribute__((__format__(printf, 5, 6)));
/* Note in the rejects file that something was mended. */
void	 filter_note(enum reject_code, const char *field, const char *got,
	    size_t n, const char *fmt, ...)
	    __attribute__((__format__(printf, 5, 6)));

/* Note that a member was dropped, whose value is told as JSON, and why. */
void	 filter_dropped(const char *field, const struct json *, const char *why);

/* A message that is no reject; remembers the exit status if it is worse. */
void	 filter_warn(int status, const char *fmt, ...)
	    __attribute__((__format__(printf, 2, 3)));

void	 filter_fail(int status);	/* only remembers */
uint64_t filter_rejected(void);	/* so far */
/* Whether it failed so far: by its input, more rejects than it may have. */
bool	 filter_failed(void);
/* A line about the work done, unless -q. */
void	 filter_tell(const char *fmt, ...)
	    __attribute__((__format__(printf, 1, 2)));

/* A member more for --stats, its value as JSON; both are copied. */
void	 filter_stats(const char *member, const char *json);

/*
 * Show a line of progress, if that is wanted and the last one has stood for a
 * while; for a filter that takes long over one record.
 */
void	 filter_progress(const char *fmt, ...)
	    __attribute__((__format__(printf, 1, 2)));

size_t		 filter_max_record(void);	/* bytes */
const char	*filter_tmpdir(void);		/* for spill_new */

/* Flush, check, sum up; returns the exit status for main to return. */
int	 filter_close(void);

/*
 * The value of an option that names a file to be written; ends with EX_USAGE
 * where it is empty or "-".
 */
const char *filter_path(const char *option, const char *value);
/* A checked number for an option: K, M, G suffixes; ends with EX_USAGE. */
uint64_t filter_number(const char *option, const char *value, uint64_t max);

#endif

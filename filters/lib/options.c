/* options - the options that all filters have */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/options.h"

#define MAX_RECORD	(16 * 1024 * 1024)

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

const char *
filter_path(const char *option, const char *value)
{
	if (*value == '\0')
		filter_usage("%s: no file", option);
	if (strcmp(value, "-") == 0)
		filter_usage("%s: standard output is for records; a file "
		    "called - is ./-", option);
	return value;
}

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
set_max_rejects(struct options *o, const char *value)
{
	size_t n = strspn(value, "0123456789");

	o->percent = n > 0 && strcmp(value + n, "%") == 0;
	if (!o->percent)
		o->max_rejects = filter_number("-E", value, UINT64_MAX / 2);
	else if (n > 3 || (o->max_rejects = strtoull(value, NULL, 10)) > 100)
		filter_usage("-E: more than all: %s", value);
}

static void
say_and_exit(const char *before, const char *text)
{
	printf("%s%s\n", before, text);
	if (fflush(stdout) != 0)
		err(EX_IOERR, "stdout");
	exit(0);
}

/* Whether it was one of the common options. */
static bool
take_common(struct options *o, const struct filter *f, int ch)
{
	switch (ch) {
	case 'h':
		say_and_exit("usage: ", f->synopsis);
		break;
	case 'V':
		say_and_exit(f->name, " " VERSION);
		break;
	case 'q':
		o->quiet = true;
		break;
	case 's':
		o->strict = true;
		break;
	case 'r':
		o->rejects = filter_path("-r", optarg);
		break;
	case 'E':
		set_max_rejects(o, optarg);
		break;
	case 'T':
		o->tmpdir = optarg;
		break;
	case OPT_PROGRESS:
		o->progress = true;
		break;
	case OPT_MAX_RECORD:
		o->max_record = filter_number("--max-record", optarg, 1 << 30);
		break;
	case OPT_STATS:
		o->stats = filter_path("--stats", optarg);
		break;
	default:
		return false;
	}
	return true;
}

/* The filter's own options behind the common ones, for getopt_long(3). */
static const struct option *
all_options(const struct filter *f)
{
	struct option *v;
	size_t own = 0;

	while (f->longopts != NULL && f->longopts[own].name != NULL)
		own++;
	v = xcalloc(NCOMMON + own + 1, sizeof(*v));
	memcpy(v, common, sizeof(common));
	if (own > 0)
		memcpy(v + NCOMMON, f->longopts, own * sizeof(*v));
	return v;
}

int
options_next(struct options *o, const struct filter *f, int argc, char *argv[])
{
	static const struct option *longopts;
	static struct buf shortopts;
	int ch;

	if (longopts == NULL) {
		*o = (struct options){ .progress = -1,
		    .max_record = MAX_RECORD };
		longopts = all_options(f);
		buf_addf(&shortopts, ":hVqsr:E:T:%s", f->options);
		opterr = 0;
	}
	while ((ch = getopt_long(argc, argv, shortopts.p, longopts, NULL)) !=
	    -1) {
		if (ch == ':')
			filter_usage("option needs an argument: %s",
			    argv[optind - 1]);
		if (ch == '?' && optopt > 0 && optopt < 0x100)
			filter_usage("unknown option: -%c", optopt);
		if (ch == '?')
			filter_usage("unknown option: %s", argv[optind - 1]);
		if (!take_common(o, f, ch))
			return ch;
	}
	return -1;
}

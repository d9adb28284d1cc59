/* options - the options that fetch has of its own */
#include <stdlib.h>
#include <string.h>

#include "fetch/options.h"
#include "lib/buf.h"
#include "lib/filter.h"

#define DAY	86400	/* seconds */

enum {
	OPT_CACERT = 0x200, OPT_CONNECTIONS, OPT_CONTACT, OPT_LOCKED,
	OPT_MAX_BYTES, OPT_MAX_TIME, OPT_MAX_WAIT, OPT_RATE, OPT_REFRESH,
	OPT_RETRIES, OPT_RETRY_WAIT, OPT_STALL
};

const struct option fetch_longopts[] = {
	{ "cacert", required_argument, NULL, OPT_CACERT },
	{ "connections", required_argument, NULL, OPT_CONNECTIONS },
	{ "contact", required_argument, NULL, OPT_CONTACT },
	{ "locked", required_argument, NULL, OPT_LOCKED },
	{ "max-bytes", required_argument, NULL, OPT_MAX_BYTES },
	{ "max-time", required_argument, NULL, OPT_MAX_TIME },
	{ "max-wait", required_argument, NULL, OPT_MAX_WAIT },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "refresh", no_argument, NULL, OPT_REFRESH },
	{ "retries", required_argument, NULL, OPT_RETRIES },
	{ "retry-wait", required_argument, NULL, OPT_RETRY_WAIT },
	{ "stall", required_argument, NULL, OPT_STALL },
	{ NULL, 0, NULL, 0 },
};

void
fetch_options_init(struct fetch_options *o)
{
	memset(o, 0, sizeof(*o));
	o->remote = (struct remote_options){
		.connections = 2,
		.interval = 500000,
		.retries = 5,
		.retry_wait = 1,
		.max_wait = 300,
		.max_time = 3600,
		.stall = 60,
		.max_bytes = UINT64_C(4) << 30,
	};
}

/* "2" and "2/s" are two a second, "10/m" ten a minute, "0" is no limit. */
static uint64_t
interval(const char *value)
{
	char *number = xstrdup(value), *slash = strchr(number, '/');
	uint64_t n, period = 1000000;

	if (slash != NULL && strcmp(slash, "/m") == 0)
		period *= 60;
	else if (slash != NULL && strcmp(slash, "/h") == 0)
		period *= 3600;
	else if (slash != NULL && strcmp(slash, "/s") != 0)
		filter_usage("--rate: not N, N/s, N/m or N/h: %s", value);
	if (slash != NULL)
		*slash = '\0';
	n = filter_number("--rate", number, 1000000);
	free(number);
	return n > 0 ? period / n : 0;
}

/* It becomes part of a header line, in parentheses. */
static const char *
contact(const char *value)
{
	const char *p;

	for (p = value; *p >= ' ' && *p <= '~' && strchr("()\\", *p) == NULL;
	    p++)
		;
	if (*p != '\0' || p == value)
		filter_usage("--contact: not plain ASCII text: %s", value);
	return value;
}

static uint64_t
at_least_one(const char *option, const char *value, uint64_t max)
{
	uint64_t n = filter_number(option, value, max);

	if (n == 0)
		filter_usage("%s: not a number that can be: %s", option, value);
	return n;
}

void
fetch_options_take(struct fetch_options *o, int ch)
{
	struct remote_options *r = &o->remote;

	switch (ch) {
	case 'S':
		o->source = optarg;
		break;
	case 'o':
		r->dir = optarg;
		break;
	case OPT_CACERT:
		r->cacert = optarg;
		break;
	case OPT_CONNECTIONS:
		r->connections = (unsigned)at_least_one("--connections",
		    optarg, 64);
		break;
	case OPT_CONTACT:
		r->contact = contact(optarg);
		break;
	case OPT_LOCKED:
		o->locked = optarg;
		break;
	case OPT_MAX_BYTES:
		r->max_bytes = filter_number("--max-bytes", optarg,
		    UINT64_C(1) << 50);
		break;
	case OPT_MAX_TIME:
		r->max_time = (double)at_least_one("--max-time", optarg,
		    30 * DAY);
		break;
	case OPT_MAX_WAIT:
		r->max_wait = (double)filter_number("--max-wait", optarg, DAY);
		break;
	case OPT_RATE:
		r->interval = interval(optarg);
		break;
	case OPT_REFRESH:
		r->refresh = true;
		break;
	case OPT_RETRIES:
		r->retries = (unsigned)filter_number("--retries", optarg, 1000);
		break;
	case OPT_RETRY_WAIT:
		r->retry_wait = (double)filter_number("--retry-wait", optarg,
		    60);
		break;
	case OPT_STALL:
		r->stall = (double)at_least_one("--stall", optarg, DAY);
		break;
	}
}

void
fetch_options_check(const struct fetch_options *o)
{
	if (o->locked != NULL && o->remote.refresh)
		filter_usage("--locked asks no server, --refresh does");
}

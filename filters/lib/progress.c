/* progress - how far a filter is, in a line on standard error now and then */
#include <inttypes.h>
#include <time.h>

#include "lib/message.h"
#include "lib/progress.h"

#define INTERVAL	0.5	/* seconds between two lines */

static struct timespec	started, ticked;
static bool		on;

static double
since(const struct timespec *t)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - t->tv_sec) +
	    (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

void
progress_begin(bool shown)
{
	clock_gettime(CLOCK_MONOTONIC, &started);
	ticked = started;
	on = shown;
}

double
progress_seconds(void)
{
	return since(&started);
}

bool
progress_is_due(void)
{
	if (!on || since(&ticked) < INTERVAL)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &ticked);
	return true;
}

void
progress_records(uint64_t records, uint64_t raw, uint64_t total)
{
	double t, share;

	if ((records & 0x3ff) != 0 || !progress_is_due())
		return;
	t = since(&started);
	/* of compressed files, their own bytes tell how far it got */
	share = total == 0 ? 0 : (double)raw / (double)total;
	if (share > 0 && share <= 1)
		message_progress("%" PRIu64 " records, %.0f/s, %.0f %%, %.0f s "
		    "left", records, (double)records / t, share * 100,
		    t / share - t);
	else
		message_progress("%" PRIu64 " records, %.0f/s", records,
		    (double)records / t);
}

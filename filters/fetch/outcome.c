/* outcome - what follows from the end of a request */
#include <err.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <unistd.h>

#include "fetch/decode.h"
#include "fetch/depot.h"
#include "fetch/files.h"
#include "fetch/host.h"
#include "fetch/job.h"
#include "fetch/url.h"
#include "lib/buf.h"

#define HOPS_MAX	10
#define WAIT_MAX	60.0		/* seconds between two tries */
#define PROGRESS	(1024 * 1024)	/* bytes for which a try counts as none */

/* A number from 0 up to 1. */
static double
chance(void)
{
	uint32_t n;

	if (getrandom(&n, sizeof(n), 0) != sizeof(n))
		return 0.5;
	return n / (double)UINT32_MAX;
}

/* Whether the part that can be taken up has grown, not just come again. */
static bool
got_on(struct job *j)
{
	int64_t more = j->part.have - j->most;

	if (more > 0)
		j->most = j->part.have;
	return j->part.resumable && more >= PROGRESS;
}

/* Try again later, unless that was often enough; why tells what happened. */
static void __attribute__((__format__(printf, 3, 4)))
again(struct job *j, double now, const char *fmt, ...)
{
	double asked = j->answered ? j->answer.retry_after : -1, wait;
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&why, fmt, ap);
	va_end(ap);
	if (got_on(j))
		j->tries = 0;
	wait = asked > 0 ? asked :
	    chance() * fmin(WAIT_MAX, ldexp(j->opt->retry_wait,
	    j->tries < 30 ? (int)j->tries : 30));
	if (asked > 0)
		host_pause(j->host, asked);
	if (asked > j->opt->max_wait)
		job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL,
		    "%s: it asks for a wait of %.0f s", why.p, asked);
	else if (j->tries >= j->opt->retries)
		job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL, "%s, %u %s", why.p,
		    j->tries + 1, j->tries == 0 ? "try" : "tries");
	else if (now + wait - j->started > j->opt->max_time)
		job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL,
		    "%s, and no more time", why.p);
	else {
		part_close(&j->part);
		j->tries++;
		j->until = now + wait;
		j->phase = JOB_PAUSE;
	}
	buf_free(&why);
}

static void
redirect(struct job *j, double now)
{
	const char *bar;
	char *to = NULL, *shown;

	if (j->answer.location != NULL)
		to = url_resolve(j->hop, j->answer.location);
	if (to == NULL) {
		job_fail(j, REJECT_BAD_REDIRECT, EX_UNAVAILABLE,
		    "HTTP %ld to nowhere", j->answer.status);
		return;
	}
	shown = url_shown(to);
	if (++j->hops > HOPS_MAX)
		job_fail(j, REJECT_BAD_REDIRECT, EX_UNAVAILABLE,
		    "more than %d redirects, the last one to %s", HOPS_MAX,
		    shown);
	else if ((bar = url_bars_redirect(j->hop, to)) != NULL)
		job_fail(j, REJECT_BAD_REDIRECT, EX_UNAVAILABLE, "%s: %s", bar,
		    shown);
	else {
		free(j->hop);
		j->hop = xstrdup(to);
		j->host = host_of(to);
		j->since = now;
		j->phase = JOB_QUEUE;
	}
	free(to);
	free(shown);
}

/* What was known still holds. */
static void
unchanged(struct job *j)
{
	struct state *s = &j->known;

	if (!j->conditional) {
		job_fail(j, REJECT_REFUSED, EX_UNAVAILABLE,
		    "HTTP 304 to a request without a condition");
		return;
	}
	if (!job_wants(j, s->sha256)) {
		job_fail(j, REJECT_WRONG_DIGEST, EX_DATAERR,
		    "the digest is %s", s->sha256);
		return;
	}
	s->url = j->shown;
	s->status = j->answer.status;
	if (j->answer.etag != NULL)
		s->etag = j->answer.etag;
	if (j->answer.last_modified != NULL)
		s->last_modified = j->answer.last_modified;
	s->checked = state_now(&j->arena);
	job_know(j, s);
	part_done(&j->part);
	job_succeed(j, s);
}

/* Make the file a body, and know it. */
static void
keep(struct job *j, const char *file)
{
	const struct state *about = &j->part.about;
	struct state s = { .url = j->shown, .total = -1 };
	char hex[DIGEST_HEX], *final = url_shown(j->hop);
	uint64_t bytes;

	if (!digest_file(file, hex, &bytes))
		files_fail(file);
	if (!job_wants(j, hex)) {
		job_fail(j, REJECT_WRONG_DIGEST, EX_DATAERR, "the digest is %s",
		    hex);
		free(final);
		return;
	}
	depot_take(file, hex);
	s.final = arena_strndup(&j->arena, final, strlen(final));
	s.status = j->answer.status;
	s.etag = about->etag;
	s.last_modified = about->last_modified;
	s.media_type = about->media_type;
	s.sha256 = arena_strndup(&j->arena, hex, strlen(hex));
	s.bytes = (int64_t)bytes;
	s.checked = state_now(&j->arena);
	s.fetched = j->known.sha256 != NULL &&
	    strcmp(j->known.sha256, hex) == 0 ? j->known.fetched : s.checked;
	job_know(j, &s);
	part_done(&j->part);
	job_succeed(j, &s);
	free(final);
}

/* All bytes came. */
static void
finish(struct job *j, double now)
{
	const char *encoding = j->part.about.encoding;
	enum decoded decoded;
	char *other;

	if (j->ranged && j->answer.total >= 0 &&
	    j->part.have != j->answer.total) {
		again(j, now, "cut short at %lld of %lld bytes",
		    (long long)j->part.have, (long long)j->answer.total);
		return;
	}
	if (encoding == NULL) {
		keep(j, j->part.path);
		return;
	}
	if (!decode_knows(encoding)) {
		job_fail(j, REJECT_REFUSED, EX_UNAVAILABLE,
		    "Content-Encoding %s, which was not asked for", encoding);
		return;
	}
	other = depot_path("part", j->key, "tmp");
	decoded = decode_file(j->part.path, other, j->opt->max_bytes);
	if (decoded == DECODE_OK)
		keep(j, other);
	unlink(other);
	free(other);
	if (decoded == DECODE_TOO_LARGE)
		job_fail(j, REJECT_TOO_LARGE, EX_UNAVAILABLE,
		    "over %llu bytes when decoded",
		    (unsigned long long)j->opt->max_bytes);
	else if (decoded == DECODE_CORRUPT) {
		part_drop(&j->part);
		again(j, now, "damaged or cut %s data", encoding);
	}
}

/* The connection failed, before the answer or inside its body. */
static void
failed(struct job *j, CURLcode code, double now)
{
	const char *why = *j->error != '\0' ? j->error :
	    curl_easy_strerror(code);
	enum reject_code reject;

	if (code == CURLE_OUT_OF_MEMORY)
		errx(EX_OSERR, "libcurl: %s", why);
	if (answer_is_final(code, &reject))
		job_fail(j, reject, EX_UNAVAILABLE, "%s", why);
	else
		again(j, now, "%s", why);
}

void
job_answered(struct job *j, CURLcode code, double now)
{
	bool whole;

	job_disconnect(j);
	if (code == CURLE_OK)
		request_head(j);
	/* an answer whose body was of no interest is an answer too */
	whole = code == CURLE_OK || (j->answered && j->unwanted);
	if (j->too_large)
		job_fail(j, REJECT_TOO_LARGE, EX_UNAVAILABLE, "over %llu bytes",
		    (unsigned long long)j->opt->max_bytes);
	else if (!whole)
		failed(j, code, now);
	else
		switch (answer_verdict(&j->answer)) {
		case ANSWER_BODY:
			finish(j, now);
			break;
		case ANSWER_RANGE:
			if (j->taken) {
				finish(j, now);
				break;
			}
			j->no_range = true;
			again(j, now, "a range that was not asked for");
			break;
		case ANSWER_UNCHANGED:
			unchanged(j);
			break;
		case ANSWER_MOVED:
			redirect(j, now);
			break;
		case ANSWER_AGAIN:
			again(j, now, "HTTP %ld", j->answer.status);
			break;
		case ANSWER_NEVER:
			if (j->ranged && j->answer.status == 416) {
				j->no_range = true;
				again(j, now, "HTTP 416");
			} else
				job_fail(j, REJECT_REFUSED, EX_UNAVAILABLE,
				    "HTTP %ld", j->answer.status);
			break;
		}
	request_free(j);
}

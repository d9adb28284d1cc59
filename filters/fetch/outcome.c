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
	double asked = j->request.answered ? j->request.answer.retry_after : -1;
	double wait;
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

/* A range went wrong: the rest, and what came, is given up. */
static void
without_range(struct job *j, double now, const char *why)
{
	j->no_range = true;
	part_drop(&j->part);
	again(j, now, "%s", why);
}

static void
redirect(struct job *j, double now)
{
	const struct answer *r = &j->request.answer;
	const char *bar;
	char *to = NULL, *shown;

	if (r->location != NULL)
		to = url_resolve(j->hop, r->location);
	if (to == NULL) {
		job_fail(j, REJECT_BAD_REDIRECT, EX_UNAVAILABLE,
		    "HTTP %ld to nowhere", r->status);
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
		/* many may wait for the host that all are sent to */
		part_close(&j->part);
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

	if (j->request.question != ASK_CHANGE) {
		job_fail(j, REJECT_REFUSED, EX_UNAVAILABLE,
		    "HTTP 304 to a request without a condition");
		return;
	}
	if (!job_wants(j, s->sha256)) {
		job_fail(j, REJECT_WRONG_DIGEST, EX_DATAERR,
		    "the digest is %s", s->sha256);
		return;
	}
	/* the validators stay those that came with the body */
	s->url = j->shown;
	s->status = j->request.answer.status;
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
		unlink(file);
		job_fail(j, REJECT_WRONG_DIGEST, EX_DATAERR, "the digest is %s",
		    hex);
		free(final);
		return;
	}
	depot_take(file, hex);
	s.final = arena_strndup(&j->arena, final, strlen(final));
	s.status = j->request.answer.status;
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
	const struct request *r = &j->request;
	enum decoded decoded;
	char *other;

	if (r->question == ASK_REST && r->answer.total >= 0 &&
	    j->part.have != r->answer.total) {
		again(j, now, "cut short at %lld of %lld bytes",
		    (long long)j->part.have, (long long)r->answer.total);
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
	/* the name is that of who has the part locked: not to be touched
	 * behind the end of the job */
	if (decoded == DECODE_OK)
		keep(j, other);
	else
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
	const char *why = *j->request.error != '\0' ? j->request.error :
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
	struct request *r = &j->request;
	bool whole;

	job_disconnect(j);
	if (code == CURLE_OK)
		request_head(j);
	/* an answer whose body was of no interest is an answer too */
	whole = code == CURLE_OK || (r->answered && !r->taken);
	if (r->too_large)
		job_fail(j, REJECT_TOO_LARGE, EX_UNAVAILABLE, "over %llu bytes",
		    (unsigned long long)j->opt->max_bytes);
	else if (!whole)
		failed(j, code, now);
	else
		switch (answer_verdict(&r->answer)) {
		case ANSWER_BODY:
			finish(j, now);
			break;
		case ANSWER_RANGE:
			if (r->taken)
				finish(j, now);
			else
				without_range(j, now,
				    "a range that was not asked for");
			break;
		case ANSWER_UNCHANGED:
			unchanged(j);
			break;
		case ANSWER_MOVED:
			redirect(j, now);
			break;
		case ANSWER_AGAIN:
			again(j, now, "HTTP %ld", r->answer.status);
			break;
		case ANSWER_NEVER:
			if (r->question == ASK_REST &&
			    r->answer.status == 416)
				without_range(j, now, "HTTP 416");
			else
				job_fail(j, REJECT_REFUSED, EX_UNAVAILABLE,
				    "HTTP %ld", r->answer.status);
			break;
		}
	request_free(j);
}

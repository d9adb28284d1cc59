/* job - one url on its way from the first question to a body or a reason */
#include <err.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fetch/depot.h"
#include "fetch/host.h"
#include "fetch/job.h"
#include "fetch/url.h"
#include "lib/buf.h"

#define LOOK	0.1	/* seconds between two looks at a lock */

struct job *
job_new(const struct remote_options *opt, const char *url, const char *want)
{
	struct job *j = xcalloc(1, sizeof(*j));
	char *ask = url_to_ask(url);

	j->opt = opt;
	j->url = xstrdup(url);
	j->want = want != NULL ? xstrdup(want) : NULL;
	j->shown = url_shown(url);
	j->own = url_shown(ask);
	free(ask);
	j->slot = -1;
	digest_text(url, j->key);
	part_init(&j->part, j->key);
	return j;
}

void
job_free(struct job *j)
{
	if (j->slot != -1)
		close(j->slot);
	part_close(&j->part);
	free(j->part.path);
	free(j->url);
	free(j->want);
	free(j->shown);
	free(j->own);
	free(j->hop);
	arena_free(&j->arena);
	free(j);
}

void
job_fail(struct job *j, enum reject_code code, int status, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	char *hop;

	buf_addf(&b, "%s: ", j->shown);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	if (j->hops > 0 && code != REJECT_BAD_REDIRECT) {
		hop = url_shown(j->hop);
		buf_addf(&b, ", at %s", hop);
		free(hop);
	}
	j->result.code = code;
	j->result.status = status;
	j->result.detail = arena_strndup(&j->arena, b.p, b.len);
	buf_free(&b);
	/* what cannot become a body is not kept for another run */
	if (status != EX_TEMPFAIL && j->part.fd != -1)
		part_drop(&j->part);
	part_close(&j->part);
	j->phase = JOB_DONE;
}

void
job_succeed(struct job *j, const struct state *s)
{
	char *path = depot_body(s->sha256);

	j->result.path = arena_strndup(&j->arena, path, strlen(path));
	j->result.sha256 = s->sha256;
	j->result.bytes = (uint64_t)s->bytes;
	j->result.media_type = s->media_type;
	free(path);
	part_close(&j->part);
	j->phase = JOB_DONE;
}

void
job_know(struct job *j, const struct state *s)
{
	char *path = depot_path("state", j->key, "json");
	char *other = depot_path("part", j->key, "tmp");

	state_write(path, other, true, s);
	free(path);
	free(other);
}

/* Read what is known; a body that is not as it was counts as none. */
static void
read_state(struct job *j)
{
	char *path = depot_path("state", j->key, "json");

	if (!state_read(path, &j->arena, &j->known) || !depot_holds(&j->known))
		memset(&j->known, 0, sizeof(j->known));
	free(path);
}

/* Whether another fetch has asked since then. */
static bool
is_news(struct job *j)
{
	char *path = depot_path("state", j->key, "json");
	struct state s;
	bool news;

	news = state_read(path, &j->arena, &s) && s.checked != NULL &&
	    (j->known.checked == NULL ||
	    strcmp(s.checked, j->known.checked) != 0);
	free(path);
	return news;
}

bool
job_wants(const struct job *j, const char *sha256)
{
	return sha256 != NULL &&
	    (j->want == NULL || strcmp(j->want, sha256) == 0);
}

static bool
is_since(const char *time, const char *other)
{
	return time != NULL && strcmp(time, other) >= 0;
}

/* Ask the table's url, from the beginning. */
static void
queue(struct job *j, double now)
{
	free(j->hop);
	if ((j->hop = url_to_ask(j->url)) == NULL)
		errx(EX_SOFTWARE, "a malformed url");
	j->hops = 0;
	j->host = host_of(j->hop);
	j->since = now;
	j->phase = JOB_QUEUE;
}

static void
step_new(struct job *j, double now)
{
	read_state(j);
	if (!j->opt->refresh && job_wants(j, j->known.sha256)) {
		part_sweep(&j->part);
		job_succeed(j, &j->known);
		return;
	}
	j->asked = state_now(&j->arena);
	queue(j, now);
}

void
job_disconnect(struct job *j)
{
	if (j->slot != -1)
		close(j->slot);
	j->slot = -1;
}

/*
 * Have the part to itself, and see what others did to it; false: that ended
 * the phase.  Nothing is kept open for those who only wait.
 */
static bool
lock(struct job *j, double now)
{
	if (j->part.lock != -1)
		return true;
	if (!part_lock(&j->part)) {
		j->until = now + LOOK;
		j->phase = JOB_LOCK;
		if (now - j->since > j->opt->max_time)
			job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL,
			    "another fetch is at it");
		return false;
	}
	if (is_news(j)) {
		read_state(j);
		if (job_wants(j, j->known.sha256) && (!j->opt->refresh ||
		    is_since(j->known.checked, j->asked))) {
			job_succeed(j, &j->known);
			return false;
		}
	}
	return true;
}

static void
step_queue(struct job *j, double now, uint64_t round)
{
	double wait;

	if (host_is_blocked(j->host, round))
		return;
	if ((j->slot = host_connect(j->host, now)) == -1) {
		host_block(j->host, round);
		/* others who never let go; those of this process end */
		if (now - fmax(j->since, host_connected(j->host)) >
		    j->opt->max_time)
			job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL,
			    "no free connection to %s", host_name(j->host));
		return;
	}
	if (!lock(j, now)) {
		job_disconnect(j);
		return;
	}
	if (!host_turn(j->host, j->opt->max_wait, &wait)) {
		job_disconnect(j);
		job_fail(j, REJECT_NO_ANSWER, EX_TEMPFAIL,
		    "%s wants no requests for %.0f s", host_name(j->host),
		    ceil(wait));
		return;
	}
	j->until = now + wait;
	j->phase = JOB_TURN;
}

static void
step_turn(struct job *j, double now)
{
	if (j->started == 0)
		j->started = now;
	part_open(&j->part, &j->arena);
	request_new(j, fmax(j->started + j->opt->max_time - now, 0));
	j->phase = JOB_ASKS;
}

void
job_step(struct job *j, double now, uint64_t round)
{
	if (j->phase == JOB_NEW)
		step_new(j, now);
	if (j->phase == JOB_LOCK && now >= j->until)
		j->phase = JOB_QUEUE;
	if (j->phase == JOB_PAUSE && now >= j->until)
		queue(j, now);
	if (j->phase == JOB_QUEUE)
		step_queue(j, now, round);
	if (j->phase == JOB_TURN && now >= j->until)
		step_turn(j, now);
}

/* remote - the bodies of http and https, several at a time */
#include <curl/curl.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "fetch/depot.h"
#include "fetch/host.h"
#include "fetch/job.h"
#include "fetch/remote.h"
#include "fetch/url.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/intern.h"

#define REQUESTS_MAX	16	/* at a time, to all hosts */
#define ROUND		0.05	/* seconds between two looks at all jobs */

static const struct remote_options *opt;
static CURLM	 *multi;
static struct job **job;	/* in the order in which they are wanted */
static size_t	 njob, cap;
static struct intern wants;
static size_t	 first;		/* all before it are done */
static unsigned	 requests;	/* that curl has */
static uint64_t	 rounds;
static double	 looked;	/* when the last round was */
static char	*host_folder;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
remote_open(const struct remote_options *o)
{
	opt = o;
}

/* The folders are made, and curl, when there is something to ask. */
static void
begin(void)
{
	const char *bad = request_certificates(opt);

	if (bad != NULL)
		err(failure_status(errno, EX_NOINPUT), "%s", bad);
	depot_open(opt->dir);
	host_folder = depot_path("host", "", "");
	host_limits(host_folder, opt->connections, opt->interval);
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, xmalloc, free, xrealloc,
	    xstrdup, xcalloc) != CURLE_OK ||
	    (multi = curl_multi_init()) == NULL)
		errx(EX_OSERR, "libcurl does not start");
}

/* By the order of their first coming, as the jobs. */
static size_t
number(const char *url, const char *sha256)
{
	struct buf b = { 0 };
	size_t n;

	/* no well-formed url has a space in it */
	buf_addf(&b, "%s %s", url, sha256 != NULL ? sha256 : "");
	n = intern(&wants, b.p, b.len);
	buf_free(&b);
	return n;
}

bool
remote_want(const char *url, const char *sha256)
{
	char *ask = url_to_ask(url);

	if (ask == NULL)
		return false;
	free(ask);
	if (multi == NULL)
		begin();
	if (number(url, sha256) == njob) {
		grow(&job, &cap, njob + 1, sizeof(*job));
		job[njob++] = job_new(opt, url, sha256);
	}
	return true;
}

/* Let every job get on that waits for nothing but the time. */
static void
step_all(void)
{
	double t = now();
	size_t i;

	looked = t;
	rounds++;
	while (first < njob && job[first]->phase == JOB_DONE)
		first++;
	for (i = first; i < njob && requests < REQUESTS_MAX; i++) {
		if (job[i]->phase == JOB_DONE || job[i]->phase == JOB_ASKS)
			continue;
		job_step(job[i], t, rounds);
		if (job[i]->phase == JOB_ASKS) {
			if (curl_multi_add_handle(multi, job[i]->request.curl) !=
			    CURLM_OK)
				errx(EX_SOFTWARE, "libcurl takes no request");
			requests++;
		}
	}
}

static void
take_answers(void)
{
	struct job *j;
	CURLMsg *m;
	CURLcode code;
	char *p;
	int left;

	while ((m = curl_multi_info_read(multi, &left)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		code = m->data.result;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &p);
		j = (struct job *)(void *)p;
		curl_multi_remove_handle(multi, m->easy_handle);
		requests--;
		job_answered(j, code, now());
		looked = 0;
	}
}

/* How far the job is that is waited for. */
static void
show(const struct job *j)
{
	char *host = url_host(j->hop != NULL ? j->hop : j->url);
	const struct request *r = &j->request;
	curl_off_t speed = 0;
	int64_t total = -1;

	if (j->phase == JOB_ASKS && r->taken) {
		curl_easy_getinfo(r->curl, CURLINFO_SPEED_DOWNLOAD_T, &speed);
		total = r->question == ASK_REST && r->answer.total >= 0 ?
		    r->answer.total : r->answer.length;
	}
	if (total > 0 && speed > 0)
		filter_progress("%s: %.0f %% of %.1f MB, %.1f MB/s, %.0f s "
		    "left", host, 100 * (double)j->part.have / (double)total,
		    (double)total / 1e6, (double)speed / 1e6,
		    (double)(total - j->part.have) / (double)speed);
	else if (j->phase == JOB_ASKS)
		filter_progress("%s: %.1f MB, %.1f MB/s", host,
		    (double)j->part.have / 1e6, (double)speed / 1e6);
	else
		filter_progress("%s: waiting%s", host, j->tries > 0 ?
		    " to try again" : "");
	free(host);
}

const struct remote *
remote_get(const char *url, const char *sha256)
{
	struct job *j = job[number(url, sha256)];
	int running;

	for (;;) {
		if (now() - looked >= ROUND)
			step_all();
		if (j->phase == JOB_DONE)
			return &j->result;
		show(j);
		if (curl_multi_perform(multi, &running) != CURLM_OK ||
		    curl_multi_poll(multi, NULL, 0, (int)(ROUND * 1000),
		    NULL) != CURLM_OK)
			errx(EX_SOFTWARE, "libcurl fails");
		take_answers();
	}
}

void
remote_close(void)
{
	size_t i;

	for (i = 0; i < njob; i++)
		job_free(job[i]);
	free(job);
	intern_free(&wants);
	free(host_folder);
	host_free();
	if (multi != NULL) {
		curl_multi_cleanup(multi);
		curl_global_cleanup();
	}
}

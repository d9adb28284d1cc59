/* request - one request of a job to its host */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fetch/decode.h"
#include "fetch/job.h"
#include "fetch/url.h"
#include "lib/buf.h"

#define CONNECT_TIME	30L		/* seconds */
#define SLOW		100L		/* bytes a second */
#define RECEIVE		(256 * 1024L)

static const char *
environment(const char *name)
{
	const char *s = getenv(name);

	return s != NULL && *s != '\0' ? s : NULL;
}

/* Whom to trust, in a file or a folder; both NULL: as the system has it. */
static void
find_certificates(const struct remote_options *o, const char **file,
    const char **folder)
{
	*folder = NULL;
	if ((*file = o->cacert) != NULL ||
	    (*file = environment("CURL_CA_BUNDLE")) != NULL)
		return;
	*file = environment("SSL_CERT_FILE");
	*folder = environment("SSL_CERT_DIR");
}

const char *
request_certificates(const struct remote_options *o)
{
	const char *file, *folder;

	find_certificates(o, &file, &folder);
	return file != NULL && access(file, R_OK) == -1 ? file : NULL;
}

static void
add_header(struct request *r, const char *name, const char *value)
{
	struct curl_slist *list;
	struct buf b = { 0 };

	buf_addf(&b, "%s: %s", name, value);
	if ((list = curl_slist_append(r->headers, b.p)) == NULL)
		err(EX_OSERR, NULL);
	r->headers = list;
	buf_free(&b);
}

/*
 * What can be said of a body at the url that the job is at.  The query that a
 * redirect leads to may be signed anew each time, but may also name another
 * file: from the one to the other only a strong ETag holds.
 */
static void
find_validators(const struct job *j, const struct state *s, const char **etag,
    const char **date)
{
	char *hop = url_shown(j->hop);

	*etag = *date = NULL;
	if (strcmp(hop, s->final) == 0) {
		*etag = s->etag;
		*date = s->last_modified;
	} else if (url_same_place(hop, s->final) && j->hops > 0 &&
	    strcmp(s->final, j->own) != 0 && answer_is_strong(s->etag))
		*etag = s->etag;
	free(hop);
}

static bool
ask_rest(struct job *j)
{
	struct buf range = { 0 };
	const char *etag, *date;

	if (j->no_range || !part_begun(&j->part))
		return false;
	find_validators(j, &j->part.about, &etag, &date);
	if (!answer_is_strong(etag) && (etag = date) == NULL)
		return false;
	buf_addf(&range, "bytes=%lld-", (long long)j->part.have);
	add_header(&j->request, "Range", range.p);
	add_header(&j->request, "If-Range", etag);
	buf_free(&range);
	return true;
}

static bool
ask_change(struct job *j)
{
	const char *etag, *date;

	if (j->known.sha256 == NULL)
		return false;
	find_validators(j, &j->known, &etag, &date);
	if (etag != NULL)
		add_header(&j->request, "If-None-Match", etag);
	if (date != NULL)
		add_header(&j->request, "If-Modified-Since", date);
	return etag != NULL || date != NULL;
}

static void
ask(struct job *j)
{
	enum question q = ask_rest(j) ? ASK_REST :
	    ask_change(j) ? ASK_CHANGE : ASK_ALL;

	j->request.question = q;
	/* the parts of a body are to be of one encoding */
	add_header(&j->request, "Accept-Encoding", q == ASK_REST &&
	    j->part.about.encoding == NULL ? "identity" : DECODE_ACCEPTS);
}

void
request_head(struct job *j)
{
	struct request *r = &j->request;
	uint64_t length;

	if (r->answered)
		return;
	r->answered = true;
	answer_read(&r->answer, r->curl, &j->arena);
	switch (answer_verdict(&r->answer)) {
	case ANSWER_BODY:
		r->taken = true;
		part_begin(&j->part, &r->answer, j->hop);
		break;
	case ANSWER_RANGE:
		r->taken = r->question == ASK_REST &&
		    part_continues(&j->part, &r->answer);
		break;
	default:
		break;
	}
	length = r->answer.length > 0 ? (uint64_t)r->answer.length : 0;
	r->too_large = r->taken &&
	    (uint64_t)j->part.have + length > j->opt->max_bytes;
}

/* Anything but n tells curl to stop. */
static size_t
receive(char *p, size_t size, size_t n, void *arg)
{
	struct job *j = arg;

	(void)size;
	request_head(j);
	if (j->request.taken &&
	    (uint64_t)j->part.have + n > j->opt->max_bytes)
		j->request.too_large = true;
	if (!j->request.taken || j->request.too_large)
		return CURL_WRITEFUNC_ERROR;
	part_add(&j->part, p, n);
	return n;
}

static const char *
user_agent(const struct remote_options *o)
{
	static struct buf b;

	buf_reset(&b);
	buf_addf(&b, "arrow/%s", VERSION);
	if (o->contact != NULL)
		buf_addf(&b, " (+%s)", o->contact);
	return b.p;
}

static void
must(CURLcode code)
{
	if (code != CURLE_OK)
		errx(EX_SOFTWARE, "libcurl: %s", curl_easy_strerror(code));
}

static void
set_tls(CURL *curl, const struct remote_options *o)
{
	const char *file, *folder;

	must(curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2));
	find_certificates(o, &file, &folder);
	if (file == NULL && folder == NULL)
		return;
	/* what is NULL takes the place of what libcurl would take */
	must(curl_easy_setopt(curl, CURLOPT_CAINFO, file));
	must(curl_easy_setopt(curl, CURLOPT_CAPATH, folder));
	must(curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO, file));
	must(curl_easy_setopt(curl, CURLOPT_PROXY_CAPATH, folder));
}

static void
set_times(CURL *curl, long stall, double seconds)
{
	must(curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
	    stall < CONNECT_TIME ? stall : CONNECT_TIME));
	must(curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, SLOW));
	must(curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stall));
	must(curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
	    (long)(seconds * 1000) + 1));
	must(curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L));
}

static void
set_http(CURL *curl, struct job *j)
{
	must(curl_easy_setopt(curl, CURLOPT_URL, j->hop));
	must(curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https"));
	/* each hop has its own limits */
	must(curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L));
	must(curl_easy_setopt(curl, CURLOPT_USERAGENT, user_agent(j->opt)));
	must(curl_easy_setopt(curl, CURLOPT_HTTPHEADER, j->request.headers));
	/* libcurl's own decoding does not tell of data that is cut short */
	must(curl_easy_setopt(curl, CURLOPT_HTTP_CONTENT_DECODING, 0L));
	must(curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L));
	must(curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL));
	/* an idle connection would count against the limit of the host */
	must(curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L));
}

void
request_new(struct job *j, double seconds)
{
	struct request *r = &j->request;

	memset(r, 0, sizeof(*r));
	if ((r->curl = curl_easy_init()) == NULL)
		err(EX_OSERR, NULL);
	ask(j);
	set_http(r->curl, j);
	set_tls(r->curl, j->opt);
	set_times(r->curl, (long)j->opt->stall, seconds);
	must(curl_easy_setopt(r->curl, CURLOPT_PRIVATE, j));
	must(curl_easy_setopt(r->curl, CURLOPT_ERRORBUFFER, r->error));
	must(curl_easy_setopt(r->curl, CURLOPT_WRITEFUNCTION, receive));
	must(curl_easy_setopt(r->curl, CURLOPT_WRITEDATA, j));
	must(curl_easy_setopt(r->curl, CURLOPT_BUFFERSIZE, RECEIVE));
}

void
request_free(struct job *j)
{
	curl_easy_cleanup(j->request.curl);
	curl_slist_free_all(j->request.headers);
	j->request.curl = NULL;
	j->request.headers = NULL;
}

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
add_header(struct job *j, const char *name, const char *value)
{
	struct curl_slist *list;
	struct buf b = { 0 };

	buf_addf(&b, "%s: %s", name, value);
	if ((list = curl_slist_append(j->headers, b.p)) == NULL)
		err(EX_OSERR, NULL);
	j->headers = list;
	buf_free(&b);
}

/* Ask for the rest of a part, else only for a body that is not the one known. */
static void
add_conditions(struct job *j)
{
	const char *validator = j->no_range ? NULL :
	    part_validator(&j->part, j->hop);
	char *shown = url_shown(j->hop);
	struct buf range = { 0 };

	if (validator != NULL) {
		buf_addf(&range, "bytes=%lld-", (long long)j->part.have);
		add_header(j, "Range", range.p);
		add_header(j, "If-Range", validator);
		j->ranged = true;
	} else if (j->known.sha256 != NULL &&
	    url_same_place(shown, j->known.final)) {
		if (j->known.etag != NULL)
			add_header(j, "If-None-Match", j->known.etag);
		if (j->known.last_modified != NULL)
			add_header(j, "If-Modified-Since",
			    j->known.last_modified);
		j->conditional = j->known.etag != NULL ||
		    j->known.last_modified != NULL;
	}
	/* the parts of a body are to be of one encoding */
	add_header(j, "Accept-Encoding", j->ranged &&
	    j->part.about.encoding == NULL ? "identity" : DECODE_ACCEPTS);
	buf_free(&range);
	free(shown);
}

void
request_head(struct job *j)
{
	int64_t length;

	if (j->answered)
		return;
	j->answered = true;
	answer_read(&j->answer, j->curl, &j->arena);
	switch (answer_verdict(&j->answer)) {
	case ANSWER_BODY:
		j->taken = true;
		part_begin(&j->part, &j->answer, j->hop);
		break;
	case ANSWER_RANGE:
		j->taken = j->ranged && part_continues(&j->part, &j->answer);
		break;
	default:
		break;
	}
	j->unwanted = !j->taken;
	length = j->answer.length > 0 ? j->answer.length : 0;
	if (j->taken && (uint64_t)(j->part.have + length) > j->opt->max_bytes)
		j->too_large = true;
}

/* Anything but n tells curl to stop. */
static size_t
receive(char *p, size_t size, size_t n, void *arg)
{
	struct job *j = arg;

	(void)size;
	request_head(j);
	if (j->unwanted || j->too_large)
		return CURL_WRITEFUNC_ERROR;
	if ((uint64_t)j->part.have + n > j->opt->max_bytes) {
		j->too_large = true;
		return CURL_WRITEFUNC_ERROR;
	}
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

void
request_new(struct job *j, double seconds)
{
	const char *file, *folder;
	long stall = (long)j->opt->stall;
	CURLcode bad = CURLE_OK;

	if ((j->curl = curl_easy_init()) == NULL)
		err(EX_OSERR, NULL);
	j->conditional = j->ranged = j->answered = j->unwanted = false;
	j->too_large = j->taken = false;
	*j->error = '\0';
	add_conditions(j);
#define SET(option, value)						\
	do								\
		if (bad == CURLE_OK)					\
			bad = curl_easy_setopt(j->curl, option, value);	\
	while (0)
	SET(CURLOPT_URL, j->hop);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 0L);	/* each hop has its own limits */
	SET(CURLOPT_PRIVATE, j);
	SET(CURLOPT_ERRORBUFFER, j->error);
	SET(CURLOPT_USERAGENT, user_agent(j->opt));
	SET(CURLOPT_HTTPHEADER, j->headers);
	/* libcurl's own decoding does not tell of data that is cut short */
	SET(CURLOPT_HTTP_CONTENT_DECODING, 0L);
	SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_WRITEFUNCTION, receive);
	SET(CURLOPT_WRITEDATA, j);
	SET(CURLOPT_BUFFERSIZE, RECEIVE);
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	/* an idle connection would count against the limit of the host */
	SET(CURLOPT_FORBID_REUSE, 1L);
	SET(CURLOPT_CONNECTTIMEOUT, stall < CONNECT_TIME ? stall :
	    CONNECT_TIME);
	SET(CURLOPT_LOW_SPEED_LIMIT, SLOW);
	SET(CURLOPT_LOW_SPEED_TIME, stall);
	SET(CURLOPT_TIMEOUT_MS, (long)(seconds * 1000) + 1);
	find_certificates(j->opt, &file, &folder);
	if (file != NULL || folder != NULL) {
		/* what is NULL takes the place of what libcurl would take */
		SET(CURLOPT_CAINFO, file);
		SET(CURLOPT_CAPATH, folder);
		SET(CURLOPT_PROXY_CAINFO, file);
		SET(CURLOPT_PROXY_CAPATH, folder);
	}
#undef SET
	if (bad != CURLE_OK)
		errx(EX_SOFTWARE, "libcurl: %s", curl_easy_strerror(bad));
}

void
request_free(struct job *j)
{
	curl_easy_cleanup(j->curl);
	curl_slist_free_all(j->headers);
	j->curl = NULL;
	j->headers = NULL;
}

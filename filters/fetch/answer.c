/* answer - what the head of an HTTP answer says, and what follows from it */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "fetch/answer.h"
#include "lib/arena.h"

#define VALUE_MAX	1024	/* bytes of a header that is kept */
#define LOCATION_MAX	8192
#define TYPE_MAX	127	/* RFC 6838, 4.2 */

/* The value of a header as it came, or NULL. */
static const char *
raw_header(CURL *curl, const char *name)
{
	struct curl_header *h;

	return curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &h) ==
	    CURLHE_OK ? h->value : NULL;
}

/* One of printable ASCII, or NULL. */
static const char *
header(CURL *curl, const char *name)
{
	const char *value = raw_header(curl, name), *p;

	if (value == NULL)
		return NULL;
	for (p = value; *p >= ' ' && *p <= '~'; p++)
		;
	return *p == '\0' && p > value && p - value <= VALUE_MAX ? value :
	    NULL;
}

static const char *
lower(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_strndup(a, s, n), *p;

	for (p = copy; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	return copy;
}

/* "Text/HTML; charset=x" is text/html. */
static const char *
media_type(struct arena *a, const char *s)
{
	static const char sign[] = "!#$&-^_.+";
	size_t n, i, slashes = 0;

	if (s == NULL)
		return NULL;
	n = strcspn(s, "; \t");
	for (i = 0; i < n; i++) {
		if (s[i] == '/' && i > 0 && i + 1 < n)
			slashes++;
		else if (!isalnum((unsigned char)s[i]) &&
		    strchr(sign, s[i]) == NULL)
			return NULL;
	}
	return slashes == 1 && n <= TYPE_MAX ? lower(a, s, n) : NULL;
}

/* Digits at *s, which moves behind them, or -1. */
static int64_t
digits(const char **s)
{
	int64_t n = 0;

	if (!isdigit((unsigned char)**s))
		return -1;
	for (; isdigit((unsigned char)**s); ++*s) {
		if (n > INT64_MAX / 10 - 1)
			return -1;
		n = n * 10 + (**s - '0');
	}
	return n;
}

/* "bytes 0-499/1234" */
static void
content_range(struct answer *r, const char *s)
{
	int64_t from, to, total;

	if (s == NULL || strncasecmp(s, "bytes ", 6) != 0)
		return;
	s += 6;
	if ((from = digits(&s)) == -1 || *s++ != '-' ||
	    (to = digits(&s)) < from || *s++ != '/' ||
	    (total = digits(&s)) <= to || *s != '\0')
		return;
	r->from = from;
	r->total = total;
}

/*
 * Two changes in the second of the answer have one date: only an older date
 * tells them apart (RFC 9110, 8.8.2.2).
 */
static bool
is_dated(const char *last_modified, const char *date)
{
	time_t changed, sent;

	if (last_modified == NULL || date == NULL)
		return false;
	changed = curl_getdate(last_modified, NULL);
	sent = curl_getdate(date, NULL);
	return changed != -1 && sent != -1 && changed < sent;
}

void
answer_read(struct answer *r, CURL *curl, struct arena *a)
{
	const char *s;
	curl_off_t n;

	memset(r, 0, sizeof(*r));
	r->length = r->from = r->total = -1;
	r->retry_after = -1;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &r->status);
	if ((s = header(curl, "ETag")) != NULL && strchr(s, ' ') == NULL)
		r->etag = arena_strndup(a, s, strlen(s));
	if ((s = header(curl, "Last-Modified")) != NULL &&
	    curl_getdate(s, NULL) != -1) {
		r->last_modified = arena_strndup(a, s, strlen(s));
		r->dated = is_dated(r->last_modified, header(curl, "Date"));
	}
	r->media_type = media_type(a, header(curl, "Content-Type"));
	if (raw_header(curl, "Content-Encoding") != NULL) {
		s = header(curl, "Content-Encoding");
		r->encoding = s == NULL ? "?" : lower(a, s, strlen(s));
		if (strcmp(r->encoding, "identity") == 0)
			r->encoding = NULL;
	}
	content_range(r, header(curl, "Content-Range"));
	if (curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &n) ==
	    CURLE_OK && n >= 0)
		r->length = n;
	if ((s = raw_header(curl, "Location")) != NULL &&
	    strlen(s) <= LOCATION_MAX)
		r->location = arena_strndup(a, s, strlen(s));
	if (header(curl, "Retry-After") != NULL &&
	    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &n) == CURLE_OK)
		r->retry_after = n > 0 ? (double)n : 0;
}

enum verdict
answer_verdict(const struct answer *r)
{
	switch (r->status) {
	case 200:
	case 203:
		return ANSWER_BODY;
	case 206:
		return ANSWER_RANGE;
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		return ANSWER_MOVED;
	case 304:
		return ANSWER_UNCHANGED;
	case 408:
	case 425:
	case 429:
		return ANSWER_AGAIN;
	case 501:	/* what it cannot do now it cannot do later */
	case 505:
		return ANSWER_NEVER;
	default:
		return r->status >= 500 && r->status <= 599 ? ANSWER_AGAIN :
		    ANSWER_NEVER;
	}
}

bool
answer_is_final(CURLcode failure, enum reject_code *code)
{
	switch (failure) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CRL_BADFILE:
		*code = REJECT_BAD_CERTIFICATE;
		return true;
	case CURLE_UNSUPPORTED_PROTOCOL:	/* HTTP/0.9, for instance */
	case CURLE_URL_MALFORMAT:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_LOGIN_DENIED:
	case CURLE_AUTH_ERROR:
		*code = REJECT_REFUSED;
		return true;
	default:
		return false;
	}
}

bool
answer_is_strong(const char *etag)
{
	size_t n = etag != NULL ? strlen(etag) : 0;

	return n >= 2 && etag[0] == '"' && etag[n - 1] == '"';
}

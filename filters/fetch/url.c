/* url - the urls of http and https: which may be asked, and how to show them */
#include <curl/curl.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include "fetch/url.h"
#include "lib/buf.h"

#define HOST_MAX	200	/* bytes of a file name */

bool
url_is_remote(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0 ||
	    strncasecmp(url, "https://", 8) == 0;
}

static bool
is_secure(const char *url)
{
	return strncasecmp(url, "https://", 8) == 0;
}

/* NULL where it is malformed. */
static CURLU *
take_apart(const char *url)
{
	CURLU *u = curl_url();
	CURLUcode code;

	if (u == NULL)
		err(EX_OSERR, NULL);
	if ((code = curl_url_set(u, CURLUPART_URL, url, 0)) == CURLUE_OK)
		return u;
	if (code == CURLUE_OUT_OF_MEMORY)
		err(EX_OSERR, NULL);
	curl_url_cleanup(u);
	return NULL;
}

/* What is not ASCII, in any encoding, is escaped as it is. */
static char *
escape(const char *url)
{
	struct buf b = { 0 };

	buf_reset(&b);
	for (; *url != '\0'; url++) {
		if ((unsigned char)*url >= 0x80)
			buf_addf(&b, "%%%02X", (unsigned char)*url);
		else
			buf_addc(&b, *url);
	}
	return b.p;
}

char *
url_to_ask(const char *url)
{
	char *ask = escape(url);
	CURLU *u = NULL;

	/* libcurl looks for a host behind a third slash */
	if (strncmp(strchr(url, ':'), ":///", 4) != 0)
		u = take_apart(ask);
	if (u == NULL) {
		free(ask);
		return NULL;
	}
	curl_url_cleanup(u);
	return ask;
}

char *
url_resolve(const char *from, const char *location)
{
	CURLU *u = take_apart(from);
	char *url = NULL, *copy;

	/* spaces and the like are escaped, as browsers do */
	if (u == NULL || curl_url_set(u, CURLUPART_URL, location,
	    CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_ALLOW_SPACE) !=
	    CURLUE_OK || curl_url_get(u, CURLUPART_URL, &url, 0) != CURLUE_OK)
		url = NULL;
	curl_url_cleanup(u);
	if (url == NULL)
		return NULL;
	copy = xstrdup(url);
	curl_free(url);
	return copy;
}

const char *
url_bars_redirect(const char *from, const char *to)
{
	char *ask;

	if (!url_is_remote(to))
		return "to neither http nor https";
	if (is_secure(from) && !is_secure(to))
		return "from https to http";
	if ((ask = url_to_ask(to)) == NULL)
		return "to a malformed url";
	free(ask);
	return NULL;
}

/* Behind user and password, if there are any. */
static const char *
behind_user(const char *authority, const char *url)
{
	size_t n = strcspn(authority, "/?#\\");
	const char *p, *host = authority;
	CURLU *u;

	for (p = authority; p < authority + n; p++)
		if (*p == '@')
			host = p + 1;
	if ((u = take_apart(url)) == NULL &&
	    (p = strrchr(authority, '@')) != NULL)
		host = p + 1;	/* a slash in a password is a mistake made */
	curl_url_cleanup(u);
	return host;
}

char *
url_shown(const char *url)
{
	const char *p = strstr(url, "://");
	struct buf b = { 0 };

	if (p == NULL)
		return xstrdup(url);
	buf_add(&b, url, (size_t)(p + 3 - url));
	buf_adds(&b, behind_user(p + 3, url));
	return b.p;
}

char *
url_host(const char *url)
{
	CURLU *u = take_apart(url);
	char *host = NULL, *port = NULL;
	struct buf b = { 0 };
	size_t i;

	if (u == NULL || curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK)
		errx(EX_SOFTWARE, "a url without a host");
	buf_adds(&b, host);
	for (i = 0; i < b.len; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-.:[]",
		    b.p[i] |= b.p[i] >= 'A' && b.p[i] <= 'Z' ? 0x20 : 0) ==
		    NULL || (i == 0 && b.p[i] == '.'))
			b.p[i] = '_';
	if (b.len > HOST_MAX)
		b.p[b.len = HOST_MAX] = '\0';
	if (curl_url_get(u, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT) ==
	    CURLUE_OK)
		buf_addf(&b, ":%s", port);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	return b.p;
}

bool
url_same_place(const char *a, const char *b)
{
	size_t n = strcspn(a, "?#");

	return n == strcspn(b, "?#") && strncmp(a, b, n) == 0;
}

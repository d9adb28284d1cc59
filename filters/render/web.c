/* web - addresses on the web */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "render/web.h"

/* "example.org" or "example.org:8080": no user, no address in brackets. */
static bool
is_host(const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	size_t digits;

	if (colon != NULL) {
		digits = n - (size_t)(colon + 1 - s);
		if (digits < 1 || digits > 5 ||
		    strspn(colon + 1, "0123456789") < digits ||
		    atol(colon + 1) > 65535)
			return false;
		n = (size_t)(colon - s);
	}
	return n > 0 && strcspn(s, "@[]%") >= n;
}

bool
web_is_url(const char *url)
{
	static const char more[] = "-._~:/?#[]@!$&'()*+,;=%";
	const char *host, *p;

	if (strncasecmp(url, "http://", 7) != 0 &&
	    strncasecmp(url, "https://", 8) != 0)
		return false;
	host = strchr(url, '/') + 2;
	if (!is_host(host, strcspn(host, "/?#")))
		return false;
	/* RFC 3986, and letters of any script as browsers take them */
	for (p = url; *p != '\0'; p++) {
		if (!isalnum((unsigned char)*p) && !((unsigned char)*p & 0x80) &&
		    strchr(more, *p) == NULL)
			return false;
		if (*p == '%' && !(isxdigit((unsigned char)p[1]) &&
		    isxdigit((unsigned char)p[2])))
			return false;
	}
	return strpbrk(host, "[]") == NULL;
}

void
web_add_id(struct buf *b, const char *id)
{
	for (; *id != '\0'; id++)
		if ((unsigned char)*id > ' ' && (unsigned char)*id < 0x7f &&
		    strchr("\"#%<>?[\\]^`{|}", *id) == NULL)
			buf_addc(b, *id);
		else
			buf_addf(b, "%%%02X", (unsigned)(unsigned char)*id);
}

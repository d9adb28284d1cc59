/* path - where the file of a url is */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fetch/path.h"
#include "lib/buf.h"

char *
path_relative(const char *path)
{
	char *to = realpath(path, NULL), *from = realpath(".", NULL);
	struct buf b = { 0 };
	const char *p, *q, *t = to, *f = from;

	if (to == NULL || from == NULL) {
		free(to);
		free(from);
		return NULL;
	}
	/* skip the folders that both are in */
	for (p = to, q = from; *p != '\0' && *p == *q; p++, q++)
		if (*p == '/') {
			t = p;
			f = q;
		}
	if (*q == '\0' && *p == '/') {
		t = p;
		f = q;
	}
	for (; *f != '\0'; f++)
		if (*f == '/' && f[1] != '\0')
			buf_adds(&b, "../");
	buf_adds(&b, t + 1);
	free(to);
	free(from);
	return b.p;
}

/* "%41" in a file: URL. */
static char *
unescape(const char *s)
{
	struct buf b = { 0 };
	char hex[3] = { 0 }, *end;
	long c;

	for (; *s != '\0'; s++) {
		if (*s == '%' && s[1] != '\0') {
			memcpy(hex, s + 1, 2);
			c = strtol(hex, &end, 16);
			if (*end == '\0' && c > 0) {
				buf_addc(&b, (int)c);
				s += 2;
				continue;
			}
		}
		buf_addc(&b, *s);
	}
	return b.p != NULL ? b.p : xstrdup("");
}

char *
path_of_url(const char *folder, const char *url)
{
	struct buf b = { 0 };
	char *path;

	if (strncasecmp(url, "file://localhost/", 17) == 0)
		return unescape(url + 16);
	if (strncasecmp(url, "file:///", 8) == 0)
		return unescape(url + 7);
	if (strncasecmp(url, "file://", 7) == 0)
		return NULL;
	if (strncasecmp(url, "file:", 5) == 0) {
		path = unescape(url + 5);
		if (*path == '/')
			return path;
		buf_addf(&b, "%s%s", folder, path);
		free(path);
		return b.p;
	}
	if (strstr(url, "://") != NULL)
		return NULL;
	if (*url == '/')
		return xstrdup(url);
	buf_addf(&b, "%s%s", folder, url);
	return b.p;
}

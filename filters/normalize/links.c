/* links - url, pdf and code as a browser takes them */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "normalize/normalize.h"

#define HOST	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"

/* "[![icon](/icon.svg) Name](https://example.org/x)": the target, or NULL. */
static const char *
markdown_target(const char *s, size_t *n)
{
	const char *p, *target = NULL;

	if (*s != '[')
		return NULL;
	for (p = s; (p = strstr(p, "](")) != NULL; )
		target = p += 2;
	if (target == NULL || (*n = strcspn(target, ") ")) == 0 ||
	    target[*n] != ')')
		return NULL;
	return target;
}

/* "github.com/x", "x.github.io", "www.example.org": a host and no scheme. */
static bool
is_bare(const char *s)
{
	static const char *const tops[] = { ".com", ".org", ".net", ".edu",
	    ".gov", ".io" };
	size_t n = strspn(s, HOST), i;
	const char *dot = memrchr(s, '.', n);

	/* no top level domain begins with a digit, a DOI does */
	if (*s == '.' || *s == '-' || dot == NULL ||
	    !isalpha((unsigned char)dot[1]))
		return false;
	if (s[n] == '/' || strncmp(s, "www.", 4) == 0)
		return s[n] == '/' || s[n] == '\0';
	/* others may be files, "v1.2.pdf", or programs, "ASP.net" */
	for (i = 0; i < sizeof(tops) / sizeof(tops[0]); i++)
		if (strcmp(dot, tops[i]) == 0)
			return memchr(s, '.', (size_t)(dot - s)) != NULL;
	return false;
}

/* Of a scheme that only leads somewhere, and with a host. */
static bool
is_link(const char *s)
{
	static const char *const schemes[] = { "https://", "http://", "ftp://" };
	size_t i, n;

	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		n = strlen(schemes[i]);
		if (strncasecmp(s, schemes[i], n) == 0)
			return s[n] != '\0' && strchr("/?# ", s[n]) == NULL;
	}
	return false;
}

void
normalize_links(struct arena *a, struct json *paper)
{
	static const char *const members[] = { "url", "pdf", "code" };
	static struct buf b;
	const char *s, *target;
	size_t i, n;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		s = json_get_str(paper, members[i]);
		if (s == NULL || is_link(s))
			continue;
		if ((target = markdown_target(s, &n)) == NULL) {
			target = s;
			n = strlen(s);
		}
		buf_reset(&b);
		buf_add(&b, target, n);
		if (is_bare(b.p)) {
			buf_reset(&b);
			buf_adds(&b, "https://");
			buf_add(&b, target, n);
		}
		if (is_link(b.p))
			set_text(a, paper, members[i], &b);
		else
			drop_value(a, paper, members[i],
			    "no link of http, https or ftp");
	}
}

/* links - url, pdf and code as a browser takes them */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

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

/* "github.com/x", "www.example.org": a host and no scheme. */
static bool
is_bare(const char *s)
{
	size_t n = strspn(s, HOST);
	const char *dot = memrchr(s, '.', n);

	/* no top level domain begins with a digit, a DOI does */
	if (*s == '.' || *s == '-' || dot == NULL ||
	    !isalpha((unsigned char)dot[1]))
		return false;
	return s[n] == '/' ||
	    (s[n] == '\0' && strncmp(s, "www.", 4) == 0);
}

void
normalize_links(struct arena *a, struct json *paper)
{
	static const char *const members[] = { "url", "pdf", "code" };
	struct buf b = { 0 };
	const char *s, *target;
	size_t i, n;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if ((s = json_get_str(paper, members[i])) == NULL)
			continue;
		buf_reset(&b);
		if ((target = markdown_target(s, &n)) != NULL)
			buf_add(&b, target, n);
		else
			buf_adds(&b, s);
		if (is_bare(b.p)) {
			s = arena_strndup(a, b.p, b.len);
			buf_reset(&b);
			buf_addf(&b, "https://%s", s);
		}
		set_text(a, paper, members[i], &b);
	}
	buf_free(&b);
}

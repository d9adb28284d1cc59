/* links - url, pdf and code as a browser takes them */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/identifier.h"
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

/* Where a link of a host says an identifier of a registry. */
static const struct {
	const char	*host, *before, *registry;
} registries[] = {
	{ "doi.org/", "", "doi" },
	{ "arxiv.org/", "abs/", "arxiv" },
	{ "arxiv.org/", "pdf/", "arxiv" },
	{ "openreview.net/", "forum?id=", "openreview" },
	{ "openreview.net/", "pdf?id=", "openreview" },
	{ "aclanthology.org/", "", "acl" },
};

#define ID	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
		"0123456789._-"

/* Behind the host of a link, if it is that one or a part of it, or NULL. */
static const char *
behind_host(const char *link, const char *host)
{
	const char *s = strstr(link, "://"), *p;
	size_t n = strcspn(s + 3, "/") + 1, len = strlen(host);

	p = s + 3 + n - len;
	return n >= len && strncasecmp(p, host, len) == 0 &&
	    (n == len || p[-1] == '.') ? p + len : NULL;
}

/* The identifier that begins there, without what a site puts behind it. */
static size_t
length_of(const char *registry, const char *s)
{
	struct identifier id;
	size_t n = strspn(s, ID), bare;

	if (strcmp(registry, "doi") == 0)
		return strpbrk(s, "?#") == NULL &&
		    identifier_doi(&id, s, strlen(s)) && id.s == s ? id.n : 0;
	if (strcmp(registry, "arxiv") == 0)
		return identifier_arxiv(s, strlen(s), &bare) > 0 ? bare : 0;
	if (n > 4 && strncmp(s + n - 4, ".pdf", 4) == 0)
		n -= 4;
	/* "2020.acl-main.1", "P19-1001"; not "people", "venues" */
	return strcmp(registry, "acl") == 0 && (strcspn(s, "0123456789") >= n ||
	    strchr("/.", s[n]) == NULL) ? 0 : n;
}

static void
take_identifier(struct arena *a, struct json *paper, const char *link, size_t i)
{
	const char *registry = registries[i].registry, *s;
	bool own = strcmp(registry, "doi") == 0 || strcmp(registry, "arxiv") == 0;
	struct json *o = own ? paper : json_get(paper, "ids");
	size_t n = strlen(registries[i].before);

	s = behind_host(link, registries[i].host);
	if (s == NULL || strncmp(s, registries[i].before, n) != 0 ||
	    json_get(o, registry) != NULL ||
	    (n = length_of(registry, s += n)) == 0)
		return;
	if (o == NULL)
		json_set(a, paper, "ids", o = json_object(a));
	json_set(a, o, registry, json_string(a, s, n));
}

void
normalize_link_identifiers(struct arena *a, struct json *paper)
{
	static const char *const members[] = { "url", "pdf" };
	const char *s;
	size_t i, k;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if ((s = json_get_str(paper, members[i])) == NULL ||
		    strstr(s, "://") == NULL)
			continue;
		for (k = 0; k < sizeof(registries) / sizeof(registries[0]); k++)
			take_identifier(a, paper, s, k);
	}
}

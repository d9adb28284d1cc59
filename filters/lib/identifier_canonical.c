/* identifier_canonical - identifiers as their registries write them */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/identifier.h"

#define DIGITS	"0123456789"

/* Where the text goes on behind any of the prefixes, each as often as it is. */
static const char *
behind(const char *s, const char *const *prefixes)
{
	const char *const *p = prefixes;

	while (*p != NULL)
		if (strncasecmp(s, *p, strlen(*p)) == 0) {
			s += strlen(*p);
			p = prefixes;
		} else
			p++;
	return s;
}

/* DOI */

static bool
has_shape(const char *s)
{
	return identifier_doi_shape(s, strlen(s));
}

/* Where the DOI begins of a field that holds one, or NULL. */
static const char *
doi_at(const char *s)
{
	struct identifier id;
	const char *p;

	s += strspn(s, " ([{<\"'");
	if (identifier_doi(&id, s, strlen(s)))
		return id.s;
	if (has_shape(s))
		return s;
	/* a publisher's page: link.springer.com/chapter/10.1007/... */
	if ((p = strstr(s, "://")) == NULL)
		return NULL;
	while ((p = strstr(p + 1, "10.")) != NULL)
		if (strchr("/:=", p[-1]) != NULL && has_shape(p))
			return p;
	return NULL;
}

/* The character that is there or stands there as a URL has it, "%3C"; 0: none. */
static int
next_of_url(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	char hex[3];
	int c = *p;

	if (c == '%' && isxdigit(p[1]) && isxdigit(p[2])) {
		memcpy(hex, p + 1, 2);
		hex[2] = '\0';
		if ((c = (int)strtol(hex, NULL, 16)) <= ' ' || c > '~')
			return 0;
		*s += 3;
	} else if (c <= ' ')
		return 0;
	else
		++*s;
	return c;
}

static bool
ends_with(const struct buf *b, const char *end)
{
	size_t n = strlen(end);

	return b->len > n && strcmp(b->p + b->len - n, end) == 0;
}

static void
cut(struct buf *b, size_t n)
{
	b->p[b->len -= n] = '\0';
}

/* Whether the text ends with a bracket that does not open in it. */
static bool
ends_outside(const struct buf *b, size_t from)
{
	static const char open[] = "([{<", close[] = ")]}>";
	const char *p = strchr(close, b->p[b->len - 1]), *s;
	int depth = 0;

	if (p == NULL)
		return false;
	for (s = b->p + from; *s != '\0'; s++)
		depth += (*s == open[p - close]) - (*s == *p);
	return depth < 0;
}

/* What publishers put behind a DOI in addresses of their own. */
static void
cut_page(struct buf *b)
{
	static const char *const ends[] = { ".pdf", "/pdf", "/epdf", "/full",
	    "/abstract" };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (ends_with(b, ends[i])) {
			cut(b, strlen(ends[i]));
			return;
		}
}

/* Whether another DOI begins behind the mark. */
static bool
is_mark(const char *s)
{
	return strchr(",;|", *s) != NULL && has_shape(s + 1);
}

static bool
add_doi(struct buf *b, const char *s, const char **rest)
{
	const char *p = doi_at(s), *scheme = strstr(s, "://"), *host;
	size_t from = b->len, n;
	bool link;
	int c;

	if (p == NULL)
		return false;
	link = scheme != NULL && scheme < p;
	for (host = p; !is_mark(p) && (!link || strchr("?#", *p) == NULL) &&
	    (c = next_of_url(&p)) != 0; )
		buf_addc(b, tolower(c));
	*rest = p;
	while (b->len > from && (strchr(".,;:'\"", b->p[b->len - 1]) != NULL ||
	    ends_outside(b, from)))
		cut(b, 1);
	if (link && host - s > 8 && strncmp(host - 8, "doi.org/", 8) != 0)
		cut_page(b);
	s = b->p + from;
	n = strlen(IDENTIFIER_ARXIV_DOI);
	if (strncmp(s, IDENTIFIER_ARXIV_DOI, n) == 0 &&
	    identifier_arxiv(s + n, strlen(s + n), &n) == strlen(s +
	    strlen(IDENTIFIER_ARXIV_DOI)))
		cut(b, strlen(s) - strlen(IDENTIFIER_ARXIV_DOI) - n);
	if (!has_shape(b->p + from)) {
		cut(b, b->len - from);
		return false;
	}
	return true;
}

/* The others */

static bool
add_arxiv(struct buf *b, const char *s, const char **rest)
{
	static const char *const prefixes[] = { "https://", "http://", "www.",
	    "export.", "arxiv.org/", "doi.org/", IDENTIFIER_ARXIV_DOI, "abs/",
	    "pdf/", "html/", "arxiv", "preprint", "e-print", ":", " ", NULL };
	const char *dot;
	size_t n;

	s = behind(s, prefixes);
	if (identifier_arxiv(s, strlen(s), &n) == 0 ||
	    (s[n] != '\0' && strchr("v. [(,;?#/", s[n]) == NULL))
		return false;
	/* "cs.AI/9308101" is "cs/9308101" */
	dot = isdigit((unsigned char)*s) ? NULL : memchr(s, '.', n);
	buf_add(b, s, dot != NULL ? (size_t)(dot - s) : n);
	if (dot != NULL)
		buf_add(b, dot + 3, n - (size_t)(dot + 3 - s));
	*rest = s + n;
	return true;
}

void
identifier_serial_add(struct buf *b, const struct identifier *id)
{
	bool issn = strcmp(id->registry, "issn") == 0;
	size_t i, n;

	for (i = n = 0; i < id->n; i++) {
		if (!isalnum((unsigned char)id->s[i]))
			continue;
		if (issn && n++ == 4)
			buf_addc(b, '-');
		buf_addc(b, toupper((unsigned char)id->s[i]));
	}
}

/* The first one whose check digit fits. */
static enum identifier_state
add_serial(struct buf *b, const char *registry, const char *s,
    const char **rest)
{
	const char *end = s + strlen(s);
	struct identifier id;
	bool any = false;

	while (identifier_serial(&id, &s, end)) {
		if (strcmp(id.registry, registry) != 0)
			continue;
		any = true;
		if (!id.checked)
			continue;
		identifier_serial_add(b, &id);
		*rest = s;
		return IDENTIFIER_FOUND;
	}
	return any ? IDENTIFIER_UNCHECKED : IDENTIFIER_NONE;
}

/* Whether an identifier is over where a site may go on. */
static bool
is_over(const char *s)
{
	return *s == '\0' || strchr("/ .?#", *s) != NULL;
}

/* A number behind prefixes. */
static bool
add_number(struct buf *b, const char *put, const char *s, const char **rest)
{
	static const char *const prefixes[] = { "https://", "http://", "www.",
	    "pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/", "pubmed/",
	    "pmc.ncbi.nlm.nih.gov/", "pmc/", "articles/", "pmcid", "pmid",
	    "pmc", ":", " ", NULL };
	size_t n;

	s = behind(s, prefixes);
	n = strspn(s, DIGITS);
	if (n == 0 || !is_over(s + n))
		return false;
	buf_adds(b, put);
	buf_add(b, s, n);
	*rest = s + n;
	return true;
}

/* The length of an identifier of the Anthology: "P19-1001", "2020.acl-main.1". */
static size_t
acl_length(const char *s)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyz" DIGITS;
	size_t n = 3, m;

	if (isupper((unsigned char)*s)) {
		if (strspn(s + 1, DIGITS) != 2 || s[3] != '-' ||
		    strspn(s + 4, DIGITS) != 4)
			return 0;
		return 8;
	}
	if (strspn(s, DIGITS) != 4 || s[4] != '.')
		return 0;
	n = 5 + strspn(s + 5, name);
	if (n == 5 || s[n] != '-')
		return 0;
	m = strspn(s + n + 1, name);
	n += 1 + m;
	if (m == 0 || s[n] != '.' || (m = strspn(s + n + 1, DIGITS)) == 0)
		return 0;
	return n + 1 + m;
}

/* One of a site whose links end with it. */
static bool
add_of_link(struct buf *b, const char *registry, const char *s,
    const char **rest)
{
	const char *p = NULL;
	size_t n;

	if (strcmp(registry, "openreview") == 0) {
		p = strstr(s, "?id=");
		n = p == NULL ? 0 : strcspn(p += 4, "&#? /");
	} else if (strcmp(registry, "acl") == 0) {
		p = strstr(s, ".org/");
		p = p == NULL ? NULL : p + 5 +
		    (strncmp(p + 5, "anthology/", 10) == 0 ? 10 : 0);
		n = p == NULL ? 0 : acl_length(p);
		if (n > 0 && !is_over(p + n) && p[n] != 'v')
			n = 0;
	} else {
		p = strstr(s, "/rec/");
		n = p == NULL ? 0 : strcspn(p += 5, "?#. ");
	}
	if (n == 0)
		return false;
	buf_add(b, p, n);
	*rest = p + n;
	return true;
}

enum identifier_state
identifier_canonical(struct buf *b, const char *registry, const char *s,
    const char **rest)
{
	static const char *const sites[] = { "openreview", "acl", "dblp" };
	const char *end;
	bool found = true, link;
	size_t i;

	if (rest == NULL)
		rest = &end;
	if (strcmp(registry, "doi") == 0)
		found = add_doi(b, s, rest);
	else if (strcmp(registry, "arxiv") == 0)
		found = add_arxiv(b, s, rest);
	else if (strcmp(registry, "isbn") == 0 ||
	    strcmp(registry, "issn") == 0)
		return add_serial(b, registry, s, rest);
	else if (strcmp(registry, "pmid") == 0)
		found = add_number(b, "", s, rest);
	else if (strcmp(registry, "pmcid") == 0)
		found = add_number(b, "PMC", s, rest);
	else {
		link = strchr(s, ':') != NULL && strstr(s, "://") != NULL;
		for (i = 0; link && i < sizeof(sites) / sizeof(sites[0]); i++)
			if (strcmp(registry, sites[i]) == 0)
				return add_of_link(b, registry, s, rest) ?
				    IDENTIFIER_FOUND : IDENTIFIER_NONE;
		/* "DBLP:conf/icml/Lee07" */
		if (strncmp(s, "DBLP:", 5) == 0 &&
		    strcmp(registry, "dblp") == 0)
			s += 5;
		buf_adds(b, s);
		*rest = s + strlen(s);
	}
	return found ? IDENTIFIER_FOUND : IDENTIFIER_NONE;
}

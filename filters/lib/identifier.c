/* identifier - DOI, ISBN, ISSN, ORCID iD and their like in text */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/identifier.h"
#include "lib/text.h"

/* Where a text goes on. */
struct rest {
	const char	*s;
	const char	*end;
};

static bool
is_digit(const struct rest *r)
{
	return r->s < r->end && isdigit((unsigned char)*r->s);
}

static size_t
digits(const struct rest *r)
{
	const char *p = r->s;

	while (p < r->end && isdigit((unsigned char)*p))
		p++;
	return (size_t)(p - r->s);
}

/* The length of the run of bytes that are no white space. */
static size_t
word(const struct rest *r)
{
	const char *p = r->s;

	while (p < r->end && !isspace((unsigned char)*p))
		p++;
	return (size_t)(p - r->s);
}

/* Move behind a prefix in any case; false: it is not there. */
static bool
skip(struct rest *r, const char *prefix)
{
	size_t n = strlen(prefix);

	if ((size_t)(r->end - r->s) < n || strncasecmp(r->s, prefix, n) != 0)
		return false;
	r->s += n;
	return true;
}

static void
skip_any(struct rest *r, const char *bytes)
{
	while (r->s < r->end && *r->s != '\0' && strchr(bytes, *r->s) != NULL)
		r->s++;
}

static bool
is(struct identifier *id, const char *registry, const struct rest *r, size_t n)
{
	if (n == 0)
		return false;
	id->registry = registry;
	id->s = r->s;
	id->n = n;
	return true;
}

/* Registries */

const char *
identifier_registry(const char *name, size_t n)
{
	static const struct {
		const char	*name;
		const char	*registry;
	} names[] = {
		{ "acl", "acl" }, { "arxiv", "arxiv" }, { "bibcode", "bibcode" },
		{ "corpusid", "corpusid" }, { "dblp", "dblp" }, { "doi", "doi" },
		{ "eissn", "issn" }, { "handle", "handle" }, { "hdl", "handle" },
		{ "inspec", "inspec" }, { "isbn", "isbn" }, { "isi", "wos" },
		{ "issn", "issn" }, { "lccn", "lccn" }, { "mag", "mag" },
		{ "medline", "pmid" }, { "oclc", "oclc" }, { "oclcnum", "oclc" },
		{ "openalex", "openalex" }, { "openreview", "openreview" },
		{ "orcid", "orcid" }, { "pissn", "issn" }, { "pmc", "pmcid" },
		{ "pmcid", "pmcid" }, { "pmid", "pmid" }, { "pubmed", "pmid" },
		{ "pubmedcentral", "pmcid" }, { "wos", "wos" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == n &&
		    strncasecmp(names[i].name, name, n) == 0)
			return names[i].registry;
	return NULL;
}

/* DOI */

/* Whether it goes on with the shape of one: 10, a registrant, a slash. */
static bool
has_doi_shape(struct rest r, size_t registrant)
{
	if (!skip(&r, "10.") || digits(&r) < registrant)
		return false;
	while (is_digit(&r) || (r.s < r.end && *r.s == '.'))
		r.s++;
	return (skip(&r, "/") || skip(&r, "%2F")) && word(&r) > 0;
}

bool
identifier_doi_shape(const char *s, size_t n)
{
	return has_doi_shape((struct rest){ s, s + n }, 1);
}

bool
identifier_doi(struct identifier *id, const char *s, size_t n)
{
	static const char *const resolvers[] = { "doi.org/", "dx.doi.org/",
	    "doi.acm.org/", "doi.ieeecomputersociety.org/" };
	struct rest r = { s, s + n };
	bool labelled = false;
	size_t i;

	skip_any(&r, " \t\r\n");
	id->from = r.s;
	if (skip(&r, "https://") || skip(&r, "http://"))
		skip(&r, "www.");
	for (i = 0; i < sizeof(resolvers) / sizeof(resolvers[0]); i++)
		labelled = labelled || skip(&r, resolvers[i]);
	if (!labelled && r.s == id->from) {
		if (!skip(&r, "info:"))
			skip(&r, "urn:");
		if (skip(&r, "doi")) {
			labelled = true;
			skip_any(&r, ":/ \t");
		}
	}
	return (labelled || r.s == id->from) &&
	    has_doi_shape(r, labelled ? 1 : 4) && is(id, "doi", &r, word(&r));
}

/* arXiv */

static bool
is_archive(const char *s, size_t n)
{
	static const char *const archives[] = { "acc-phys", "adap-org",
	    "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
	    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga",
	    "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th",
	    "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
	    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph",
	    "solv-int", "supr-con" };
	size_t i;

	for (i = 0; i < sizeof(archives) / sizeof(archives[0]); i++)
		if (strlen(archives[i]) == n && memcmp(s, archives[i], n) == 0)
			return true;
	return false;
}

/* Year and month, four digits, as months since 1900. */
static int
month_of(const char *s, bool archive)
{
	int year = (s[0] - '0') * 10 + s[1] - '0';
	int month = (s[2] - '0') * 10 + s[3] - '0';

	if (month < 1 || month > 12)
		return 0;
	return (archive && year > 90 ? year : 100 + year) * 12 + month;
}

#define MONTH(y, m)	(((y) - 1900) * 12 + (m))

size_t
identifier_arxiv(const char *s, size_t n, size_t *bare)
{
	struct rest r = { s, s + n }, v;
	size_t m;

	int month;

	if (digits(&r) == 4) {
		month = month_of(s, false);
		r.s += 4;
		/* with five digits since 2015 */
		if (month < MONTH(2007, 4) || !skip(&r, ".") ||
		    (m = digits(&r)) != (month < MONTH(2015, 1) ? 4 : 5))
			return 0;
		r.s += m;
	} else {
		while (r.s < r.end && (islower((unsigned char)*r.s) ||
		    *r.s == '-'))
			r.s++;
		if (!is_archive(s, (size_t)(r.s - s)))
			return 0;
		if (r.end - r.s > 3 && r.s[0] == '.' &&
		    isupper((unsigned char)r.s[1]) &&
		    isupper((unsigned char)r.s[2]))
			r.s += 3;
		if (!skip(&r, "/") || digits(&r) != 7 ||
		    (month = month_of(r.s, true)) < MONTH(1991, 7) ||
		    month > MONTH(2007, 3))
			return 0;
		r.s += 7;
	}
	if (bare != NULL)
		*bare = (size_t)(r.s - s);
	v = r;
	if (skip(&v, "v") && (m = digits(&v)) > 0)
		r.s = v.s + m;
	return (size_t)(r.s - s);
}

/* ORCID iD */

bool
identifier_orcid(char out[ORCID_SIZE], const char *s, size_t n)
{
	size_t len = 0, i;

	text_trim(&s, &n);
	while (n > 0 && s[n - 1] == '/')
		n--;
	/* from the end: what is in front may be anything */
	for (i = n; i > 0 && len < ORCID_SIZE - 1; i--) {
		if (s[i - 1] == '-' ? len % 5 != 4 : !isdigit((unsigned char)
		    s[i - 1]) && (len > 0 || toupper((unsigned char)s[i - 1])
		    != 'X'))
			break;
		if (len % 5 == 4 && s[i - 1] != '-')
			out[ORCID_SIZE - 2 - len++] = '-';
		out[ORCID_SIZE - 2 - len++] = (char)toupper((unsigned char)
		    s[i - 1]);
	}
	out[ORCID_SIZE - 1] = '\0';
	return len == ORCID_SIZE - 1 && (i == 0 || (s[i - 1] != '-' &&
	    !isalnum((unsigned char)s[i - 1])));
}

/* Nothing but an identifier */

/* A number of PubMed Central keeps its letters. */
static bool
is_pmcid(struct identifier *id, const struct rest *r)
{
	struct rest number = *r;

	return skip(&number, "PMC") && digits(&number) > 0 && is(id, "pmcid",
	    r, 3 + digits(&number));
}

/* By the form that those of the registry have. */
static bool
has_form(struct identifier *id, const char *registry, const struct rest *r,
    bool colon)
{
	char orcid[ORCID_SIZE];

	if (strcmp(registry, "doi") == 0)
		return has_doi_shape(*r, 1) && is(id, registry, r, word(r));
	if (strcmp(registry, "arxiv") == 0)
		return is(id, registry, r, identifier_arxiv(r->s,
		    (size_t)(r->end - r->s), NULL));
	if (strcmp(registry, "pmid") == 0)
		return is(id, registry, r, digits(r));
	if (strcmp(registry, "pmcid") == 0)
		return is_pmcid(id, r);
	if (strcmp(registry, "orcid") == 0)
		return identifier_orcid(orcid, r->s, word(r)) &&
		    is(id, registry, r, word(r));
	return colon && is(id, registry, r, word(r));
}

/* "label:identifier", "label/identifier", "label identifier" */
static bool
is_labelled(struct identifier *id, struct rest r)
{
	const char *label, *registry, *p;

	if (!skip(&r, "info:"))
		skip(&r, "urn:");
	label = p = r.s;
	while (r.s < r.end && isalpha((unsigned char)*r.s))
		r.s++;
	registry = identifier_registry(label, (size_t)(r.s - label));
	if (registry == NULL || r.s == r.end)
		return false;
	/* "ISBN-13: 978..." */
	if (strcmp(registry, "isbn") == 0 || strcmp(registry, "issn") == 0)
		return identifier_serial(id, &p, r.end) && id->from == label;
	if (strchr(":/ ", *r.s) == NULL)
		return false;
	p = *r.s == ':' ? r.s + 1 : NULL;
	skip_any(&r, *r.s == ':' ? ": \t" : "/ \t");
	return has_form(id, registry, &r, r.s == p);
}

/* "1995-2001" may be years or an ISSN; an ISBN of 13 digits is in no doubt. */
static bool
is_bare_serial(struct identifier *id, const struct rest *r)
{
	const char *p = r->s;

	if (!is_digit(r) || !identifier_serial(id, &p, r->end) ||
	    id->s != r->s)
		return false;
	if (strcmp(id->registry, "isbn") == 0)
		return strncmp(id->s, "978", 3) == 0 ||
		    strncmp(id->s, "979", 3) == 0;
	return id->s[4] == '-' && (id->checked ||
	    strchr("12", id->s[0]) == NULL || strchr("12", id->s[5]) == NULL);
}

/* Whether nothing is left but a word in brackets: "[doi]", "(print)". */
static bool
is_over(struct rest r)
{
	skip_any(&r, " \t\r\n");
	if (r.s == r.end)
		return true;
	return (*r.s == '[' && memchr(r.s, ']', (size_t)(r.end - r.s)) ==
	    r.end - 1) || (*r.s == '(' && memchr(r.s, ')', (size_t)(r.end -
	    r.s)) == r.end - 1);
}

bool
identifier_is(struct identifier *id, const char *s, size_t n)
{
	struct rest r = { s, s + n };

	text_trim(&r.s, &n);
	r.end = r.s + n;
	id->from = r.s;
	if (n > 7 && is_digit(&r) && digits(&r) == n - 6 &&
	    strncasecmp(r.end - 6, "[pmid]", 6) == 0)
		return is(id, "pmid", &r, n - 6);
	return (identifier_doi(id, r.s, n) || is_pmcid(id, &r) ||
	    is_bare_serial(id, &r) || is_labelled(id, r)) &&
	    is_over((struct rest){ id->s + id->n, r.end });
}

bool
identifier_orcid_checked(const char orcid[ORCID_SIZE])
{
	unsigned sum = 0, check;
	const char *s;

	for (s = orcid; s[1] != '\0'; s++)
		if (*s != '-')
			sum = (sum + (unsigned)(*s - '0')) * 2;
	check = (12 - sum % 11) % 11;
	return *s == (check == 10 ? 'X' : (char)('0' + check));
}

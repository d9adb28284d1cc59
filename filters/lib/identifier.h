/* identifier - DOI, ISBN, ISSN, ORCID iD and their like in text */
#ifndef IDENTIFIER_H
#define IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* An identifier that was found in a text of n bytes. */
struct identifier {
	const char	*registry;	/* whose it is: "doi", "pmid", ... */
	const char	*from;		/* where it begins with its label */
	const char	*s;		/* where it does without */
	size_t		 n;
	bool		 checked;	/* of ISBN, ISSN: the check digit fits */
};

/*
 * The registry that sources call by this name in any case ("PubMed", "pmc",
 * "eissn"), or NULL.
 */
const char	*identifier_registry(const char *name, size_t n);

/*
 * Whether the text is nothing but an identifier, white space aside, that says
 * what it is: "10.1000/1", "https://doi.org/10.1000/1", "info:doi/10.1000/1",
 * "arXiv:2101.00001v2 [cs.CL]", "PMC123", "123[pmid]", "urn:isbn:...",
 * "WOS:000123", a bare ISBN of 13 digits, a bare ISSN with its hyphen.
 */
bool		 identifier_is(struct identifier *, const char *s, size_t n);

/*
 * Whether the text goes on as a DOI does: 10, the number of a registrant, a
 * slash, which may be "%2F", and a suffix.
 */
bool		 identifier_doi_shape(const char *s, size_t n);

/*
 * Whether the text begins with a DOI (ISO 26324), bare or behind "doi:" or a
 * resolver; what is taken for it ends with the text or at white space.
 */
bool		 identifier_doi(struct identifier *, const char *s, size_t n);

/* In front of an identifier of arXiv in the DOI of the same paper. */
#define IDENTIFIER_ARXIV_DOI	"10.48550/arxiv."

/*
 * The length of the identifier of arXiv with which the text begins, with its
 * version, or 0; *bare is the length without, and may be NULL.  Its month is one
 * that was, its archive one of arXiv's.
 */
size_t		 identifier_arxiv(const char *s, size_t n, size_t *bare);

/* ORCID iD, "0000-0002-1825-0097", and NUL */
#define ORCID_SIZE	20

/*
 * Whether the text is an ORCID iD, also in a URL, behind a label or without
 * hyphens; out is it as ORCID writes it.
 */
bool		 identifier_orcid(char out[ORCID_SIZE], const char *s,
		    size_t n);

/* Whether the check digit of an ORCID iD in that form fits (ISO 7064, 11-2). */
bool		 identifier_orcid_checked(const char orcid[ORCID_SIZE]);

/*
 * The next ISBN or ISSN between *s and end, which moves behind it, in a text
 * that is known to hold such numbers: "ISBN-13: 978-3-16-148410-0 (print)",
 * "0302-9743 1611-3349".  What it is shows by its shape; where that may be
 * several, by a label, then by check digits (ISO 2108, ISO 3297).
 */
bool		 identifier_serial(struct identifier *, const char **s,
		    const char *end);

/* Append one found so as the registry writes it: an ISSN alone has a hyphen. */
void		 identifier_serial_add(struct buf *, const struct identifier *);

enum identifier_state {
	IDENTIFIER_NONE, IDENTIFIER_UNCHECKED, IDENTIFIER_FOUND
};

/*
 * Append the identifier that a field for one of the registry holds, as the
 * registry writes it: without label, resolver, version, what a site puts around
 * it; of several the first.  UNCHECKED: no check digit of those there fits.
 * *rest, which may be NULL, is where the text goes on behind it.  Of a registry
 * without a form that is known it is the text.
 */
enum identifier_state	 identifier_canonical(struct buf *, const char *registry,
		    const char *s, const char **rest);

#endif

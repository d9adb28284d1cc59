/* identifiers - doi, arxiv, isbn, issn and ids as their registries write them */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "normalize/normalize.h"

/* The member of the object that holds one of the registry of its name. */
static void
normalize_one(struct arena *a, struct json *o, const char *registry,
    const char *none)
{
	static struct buf b;
	const struct json *v = json_get(o, registry);
	const char *rest;

	if (v == NULL || v->type != JSON_STRING)
		return;
	buf_reset(&b);
	switch (identifier_canonical(&b, registry, v->text, &rest)) {
	case IDENTIFIER_NONE:
		drop_value(a, o, registry, none);
		break;
	case IDENTIFIER_UNCHECKED:
		drop_value(a, o, registry, "its check digit does not fit");
		break;
	case IDENTIFIER_FOUND:
		if (b.len == v->len && memcmp(b.p, v->text, b.len) == 0)
			break;
		/* others of an ISBN are of other bindings */
		if (strcmp(registry, "doi") == 0 && strstr(rest, "10.") != NULL)
			filter_note(REJECT_DROPPED_VALUE, registry, v->text,
			    v->len, "all but the first DOI");
		set_text(a, o, registry, &b);
	}
}

/*
 * Append those of the text whose check digit fits, each one once; whether there
 * was any.
 */
static bool
add_issns(struct buf *b, const struct json *text)
{
	static struct buf one;
	const char *s = text->text, *end = s + text->len;
	struct identifier id;
	bool any = false;

	while (identifier_serial(&id, &s, end)) {
		if (strcmp(id.registry, "issn") != 0)
			continue;
		any = true;
		if (!id.checked) {
			filter_note(REJECT_DROPPED_VALUE, "issn", id.s, id.n,
			    "its check digit does not fit");
			continue;
		}
		buf_reset(&one);
		identifier_serial_add(&one, &id);
		if (strstr(b->p, one.p) == NULL) {
			buf_adds(b, b->len > 0 ? ", " : "");
			buf_add(b, one.p, one.len);
		}
	}
	return any;
}

/* Journals have one for each medium, and all stay. */
static void
normalize_issn(struct arena *a, struct json *paper)
{
	static struct buf b;
	struct json *v = json_get(paper, "issn");
	bool list = v != NULL && v->type == JSON_ARRAY, any = false;

	if (v == NULL || (!list && v->type != JSON_STRING))
		return;
	buf_reset(&b);
	for (v = list ? v->child : v; v != NULL; v = list ? v->next : NULL)
		if (v->type == JSON_STRING)
			any |= add_issns(&b, v);
	if (b.len > 0)
		set_text(a, paper, "issn", &b);
	else if (any)
		json_set(a, paper, "issn", NULL);
	else
		drop_value(a, paper, "issn", "no ISSN");
}

static void
normalize_ids(struct arena *a, struct json *paper)
{
	struct json *ids = json_get(paper, "ids"), *v, *next;

	if (ids == NULL || ids->type != JSON_OBJECT)
		return;
	for (v = ids->child; v != NULL; v = next) {
		next = v->next;
		normalize_one(a, ids, v->name, "not one of its registry");
	}
	if (ids->child == NULL)
		json_set(a, paper, "ids", NULL);
}

/* Where links of a host say an identifier, and behind which path. */
static const struct {
	const char	*host, *path, *registry;
	bool		 member;		/* of the paper, not of its ids */
} registries[] = {
	{ "doi.org", "/", "doi", true },
	{ "arxiv.org", "/abs/", "arxiv", true },
	{ "arxiv.org", "/pdf/", "arxiv", true },
	{ "openreview.net", "/forum?id=", "openreview", false },
	{ "openreview.net", "/pdf?id=", "openreview", false },
	{ "aclanthology.org", "/", "acl", false },
	{ "aclweb.org", "/anthology/", "acl", false },
};

/* Whether the name of n bytes is that host or one of its parts. */
static bool
is_host(const char *name, size_t n, const char *host)
{
	size_t len = strlen(host);

	return n >= len && strncasecmp(name + n - len, host, len) == 0 &&
	    (n == len || name[n - len - 1] == '.');
}

static void
take_identifier(struct arena *a, struct json *paper, const char *link, size_t i)
{
	static struct buf b;
	const char *registry = registries[i].registry;
	struct json *o = registries[i].member ? paper : json_get(paper, "ids");

	buf_reset(&b);
	if (json_get(o, registry) != NULL || identifier_canonical(&b, registry,
	    link, NULL) != IDENTIFIER_FOUND)
		return;
	if (o == NULL)
		json_set(a, paper, "ids", o = json_object(a));
	json_set(a, o, registry, json_string(a, b.p, b.len));
}

static void
take_of_link(struct arena *a, struct json *paper, const char *member)
{
	const char *link = json_get_str(paper, member), *host;
	size_t n, i;

	if (link == NULL || (host = strstr(link, "://")) == NULL)
		return;
	n = strcspn(host += 3, "/?#");
	/* most links are of no such host: all of these end so */
	if (n < 4 || (memcmp(host + n - 4, ".org", 4) != 0 &&
	    memcmp(host + n - 4, ".net", 4) != 0))
		return;
	for (i = 0; i < sizeof(registries) / sizeof(registries[0]); i++)
		if (is_host(host, n, registries[i].host) &&
		    strncmp(host + n, registries[i].path,
		    strlen(registries[i].path)) == 0)
			take_identifier(a, paper, link, i);
}

/* The DOI of a paper of arXiv has its identifier there. */
static void
match_arxiv(struct arena *a, struct json *paper)
{
	static struct buf b;
	const char *doi = json_get_str(paper, "doi");
	const struct json *arxiv = json_get(paper, "arxiv");

	if (doi == NULL || strncmp(doi, IDENTIFIER_ARXIV_DOI,
	    strlen(IDENTIFIER_ARXIV_DOI)) != 0)
		return;
	buf_reset(&b);
	if (identifier_canonical(&b, "arxiv", doi, NULL) != IDENTIFIER_FOUND)
		return;
	if (arxiv == NULL)
		set_text(a, paper, "arxiv", &b);
	else if (strcmp(arxiv->text, b.p) != 0)
		filter_note(REJECT_CONTRADICTION, "arxiv", arxiv->text,
		    arxiv->len, "the DOI is that of %s", b.p);
}

void
normalize_identifiers(struct arena *a, struct json *paper)
{
	normalize_one(a, paper, "doi", "no DOI");
	normalize_one(a, paper, "arxiv", "no arXiv identifier");
	normalize_one(a, paper, "isbn", "no ISBN");
	normalize_issn(a, paper);
	normalize_ids(a, paper);
	take_of_link(a, paper, "url");
	take_of_link(a, paper, "pdf");
	match_arxiv(a, paper);
}

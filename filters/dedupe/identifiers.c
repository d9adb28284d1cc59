/* identifiers - by what else than its title a record is known: DOI, arXiv id, ... */
#include <string.h>
#include <strings.h>

#include "dedupe/hash.h"
#include "dedupe/identifiers.h"
#include "dedupe/origins.h"
#include "dedupe/traits.h"
#include "lib/buf.h"
#include "lib/json.h"

#define NEAR	24	/* records of one address whose titles are compared */

static uint64_t
hash_identifier(char kind, const char *name, const char *value)
{
	static struct buf b;

	buf_reset(&b);
	buf_addf(&b, "%c:%s:%s", kind, name, value);
	return hash(b.p, b.len);
}

void
identifiers_add(struct records *r, char kind, const char *name,
    const char *value)
{
	grow(&r->identifiers, &r->identifiers_cap, r->nidentifiers + 1,
	    sizeof(*r->identifiers));
	r->identifiers[r->nidentifiers++] = (struct identifier){
	    hash_identifier(kind, name, value), (uint32_t)r->n, kind };
}

/*
 * The host and the path of the page about a paper, where these say more than the
 * DOI does.
 */
static void
set_address(struct records *r, struct traits *t, const char *url,
    const char *doi)
{
	size_t n, host, tail = doi != NULL ? strlen(doi) : 0;

	if (url == NULL || (url = strstr(url, "://")) == NULL)
		return;
	url += strlen("://");
	if (strncmp(url, "www.", 4) == 0)
		url += 4;
	for (n = strlen(url); n > 0 && url[n - 1] == '/'; n--)
		;
	host = strcspn(url, "/");
	if (host >= n || (tail > 0 && n >= tail &&
	    strncasecmp(url + n - tail, doi, tail) == 0))
		return;
	t->flags |= HAS_ADDRESS;
	records_put(r, hash32(url, host));
	records_put(r, hash32(url + host, n - host));
}

void
identifiers_set(struct records *r, struct traits *t, const struct json *paper)
{
	const char *s;
	const struct json *v = json_get(paper, "ids");

	if ((s = json_get_str(paper, "doi")) != NULL) {
		t->flags |= HAS_DOI;
		records_put(r, hash32(s, strlen(s)));
		records_put(r, records_put_text(r, s));
	}
	if ((s = json_get_str(paper, "arxiv")) != NULL) {
		t->flags |= HAS_ARXIV;
		records_put(r, hash32(s, strlen(s)));
		identifiers_add(r, 'a', "", s);
	}
	for (v = v != NULL ? v->child : NULL; v != NULL; v = v->next) {
		if (v->type != JSON_STRING)
			continue;
		identifiers_add(r, 'i', v->name, v->text);
		if (t->nids == UINT8_MAX)
			continue;
		records_put(r, hash32(v->name, v->namelen));
		records_put(r, hash32(v->text, v->len));
		t->nids++;
	}
	set_address(r, t, json_get_str(paper, "url"),
	    json_get_str(paper, "doi"));
}

static uint64_t
hash_address(const uint32_t *address)
{
	return hash((const char *)address, 2 * sizeof(*address));
}

static int
compare_identifiers(const void *a, const void *b)
{
	const struct identifier *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

/*
 * Whether so many addresses that are one are of a page about several papers: one
 * source has two titles there.
 */
static bool
is_list(const struct records *r, const struct identifier *v, size_t n)
{
	const struct traits *a, *b;
	size_t i, k;

	for (i = 1; i < n; i++)
		for (k = i; k-- > 0 && i - k <= NEAR; ) {
			a = &r->v[v[k].record];
			b = &r->v[v[i].record];
			if (a->title != b->title && origin_of(r, a)->source ==
			    origin_of(r, b)->source)
				return true;
		}
	return false;
}

/* Leave those that several records have, but no addresses of lists. */
static size_t
keep_shared(const struct records *r, struct identifier *v, size_t n)
{
	size_t i, k, kept = 0;

	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && v[k].hash == v[i].hash; k++)
			;
		if (k - i == 1 || (v[i].kind == 'u' &&
		    is_list(r, v + i, k - i)))
			continue;
		memmove(v + kept, v + i, (k - i) * sizeof(*v));
		kept += k - i;
	}
	return kept;
}

struct identifier *
identifiers_list(const struct records *r, size_t *n)
{
	struct identifier *v;
	const struct traits *t;
	size_t i;

	*n = r->nidentifiers;
	v = xreallocarray(NULL, *n + 3 * r->n, sizeof(*v));
	if (*n > 0)
		memcpy(v, r->identifiers, *n * sizeof(*v));
	for (i = 0; i < r->n; i++) {
		t = &r->v[i];
		if ((t->flags & IS_REPEATED) != 0)
			continue;
		v[(*n)++] = (struct identifier){ hash_identifier('k',
		    source_name(r, t), source_key(r, t)), (uint32_t)i, 'k' };
		if ((t->flags & HAS_DOI) != 0)
			v[(*n)++] = (struct identifier){ hash_identifier('d',
			    "", doi_text(r, t)), (uint32_t)i, 'd' };
		if ((t->flags & HAS_ADDRESS) != 0)
			v[(*n)++] = (struct identifier){ hash_address(
			    address_of(r, t)), (uint32_t)i, 'u' };
	}
	sort_array(v, *n, sizeof(*v), compare_identifiers);
	*n = keep_shared(r, v, *n);
	return v;
}

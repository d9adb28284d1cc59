/* origins - the sources and lists that records are from */
#include <inttypes.h>
#include <string.h>

#include "dedupe/hash.h"
#include "dedupe/identifiers.h"
#include "dedupe/origins.h"
#include "dedupe/traits.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/source.h"

static struct intern	sources;

size_t
sources_total(void)
{
	return sources.n;
}

const char *
source_name(const struct records *r, const struct traits *t)
{
	return sources.v[origin_of(r, t)->source];
}

static bool
is_equal(const struct origin *a, const struct origin *b)
{
	return a->source == b->source && a->list == b->list &&
	    a->trust == b->trust;
}

static uint32_t
add_origin(struct records *r, const struct origin *o)
{
	static struct intern origins;
	static struct buf b;
	static uint32_t last;

	/* most records are from the list of the one before */
	if (r->norigins > 0 && is_equal(&r->origins[last], o))
		return last;
	buf_reset(&b);
	buf_addf(&b, "%" PRIu32 " %" PRIu32 " %" PRId32, o->source, o->list,
	    o->trust);
	last = intern(&origins, b.p, b.len);
	if (last == r->norigins) {
		grow(&r->origins, &r->origins_cap, r->norigins + 1,
		    sizeof(*r->origins));
		r->origins[r->norigins++] = *o;
	}
	return last;
}

static uint32_t
list_of(const struct json *source)
{
	const char *url = json_get_str(source, "url");

	return url != NULL ? hash32(url, strlen(url)) : 0;
}

/* What the record was merged with before: a further one of its sources. */
static void
add_merged(struct records *r, const struct origin *first,
    const struct json *s)
{
	const char *name = json_get_str(s, "source");
	uint32_t source = intern(&sources, name, strlen(name));

	identifiers_add(r, 'k', name, json_get_str(s, "key"));
	grow(&r->merged, &r->merged_cap, r->nmerged + 1, sizeof(*r->merged));
	r->merged[r->nmerged++] = sources_pair(first->source, source,
	    source == first->source && list_of(s) == first->list);
}

void
origins_set(struct records *r, struct traits *t, const struct json *paper)
{
	const struct json *s = json_first(paper, "sources");
	struct origin o = { .trust = TRUST_NONE };
	const char *text = json_get_str(paper, "id"), *key;
	int64_t trust;
	size_t n;

	if (s == NULL) {
		n = source_of_id(text, strlen(text), &key);
		o.source = intern(&sources, text, n);
		t->key = records_put_text(r, key);
		t->origin = add_origin(r, &o);
		return;
	}
	trust = json_get_int(s, "trust", TRUST_NONE);
	if (trust < TRUST_NONE)
		o.trust = trust < INT32_MIN ? INT32_MIN : (int32_t)trust;
	o.list = list_of(s);
	text = json_get_str(s, "source");
	o.source = intern(&sources, text, strlen(text));
	t->key = records_put_text(r, json_get_str(s, "key"));
	t->origin = add_origin(r, &o);
	for (s = s->next; s != NULL; s = s->next)
		add_merged(r, &o, s);
}

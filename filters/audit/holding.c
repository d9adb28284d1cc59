/* holding - what the ledger has of a paper */
#define XXH_INLINE_ALL
#include <err.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/source.h"
#include "lib/spill.h"

static struct arena	 ids;
static struct spill	*spill;

struct holding *
holdings_add(struct holdings *h, const char *id, const char *line, size_t len)
{
	const struct where *w = filter_where();
	struct holding *p;

	if (spill == NULL)
		spill = spill_new(filter_tmpdir());
	grow(&h->v, &h->cap, h->n + 1, sizeof(*h->v));
	p = &h->v[h->n++];
	*p = (struct holding){ .id = arena_strndup(&ids, id, strlen(id)),
	    .at = spill_add(spill, line, len), .len = (uint32_t)len,
	    .hash = XXH3_64bits(line, len), .line = w->line,
	    .offset = w->offset, .file = w->file };
	return p;
}

static int
compare(const void *a, const void *b)
{
	const struct holding *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : (x->hash > y->hash) - (x->hash < y->hash);
}

/* A paper that was read before; its text is not there any more. */
static void
reject(const struct holding *p)
{
	filter_back(&(struct where){ .file = p->file, .line = p->line,
	    .offset = p->offset });
	filter_reject(REJECT_DUPLICATE_ID, "id", p->id, strlen(p->id), "%s",
	    p->id);
}

void
holdings_sort(struct holdings *h)
{
	size_t i, n = 0;

	sort_array(h->v, h->n, sizeof(*h->v), compare);
	for (i = 0; i < h->n; i++)
		if (n > 0 && strcmp(h->v[n - 1].id, h->v[i].id) == 0)
			reject(&h->v[i]);
		else
			h->v[n++] = h->v[i];
	h->n = n;
}

const struct buf *
holding_line(const struct holding *p)
{
	static struct buf line;

	spill_get(spill, p->at, p->len, &line);
	return &line;
}

bool
holding_is(const struct holding *p, const char *line, size_t len)
{
	return p->len == len && p->hash == XXH3_64bits(line, len) &&
	    memcmp(holding_line(p)->p, line, len) == 0;
}

struct json *
holding_read(const struct holding *p, struct arena *a)
{
	const struct buf *line = holding_line(p);
	enum reject_code code;
	const char *detail;
	struct json *v;

	v = json_parse(a, line->p, line->len, &code, &detail);
	if (v == NULL)
		errx(EX_SOFTWARE, "spill file: %s", detail);
	return v;
}

static void
name_by_id(const struct json *id, struct record_name *name)
{
	*name = (struct record_name){ 0 };
	name->nsource = source_of_id(id->text, id->len, &name->key);
	name->source = name->nsource > 0 ? id->text : NULL;
	name->nkey = id->len - (size_t)(name->key - id->text);
}

void
holding_records(const struct json *r,
    void (*record)(const struct record_name *, void *), void *ctx)
{
	const struct json *s = json_first(r, "sources"), *source, *key;
	struct record_name name;

	if (s == NULL) {
		name_by_id(json_get(r, "id"), &name);
		record(&name, ctx);
	}
	for (; s != NULL; s = s->next) {
		source = json_get(s, "source");
		key = json_get(s, "key");
		name = (struct record_name){ .key = key->text,
		    .nkey = key->len };
		if (source != NULL) {
			name.source = source->text;
			name.nsource = source->len;
		}
		record(&name, ctx);
	}
}

const char *
holding_author(const struct json *a)
{
	return a->type == JSON_STRING ? a->text : json_get_str(a, "name");
}

const struct json *
holding_year(const struct json *r)
{
	return json_get_int(r, "year", 0) != 0 ? json_get(r, "year") : NULL;
}

static void
write_record(const struct record_name *name, void *ctx)
{
	struct buf *b = ctx;

	buf_adds(b, b->p[b->len - 1] == '[' ? "{" : ",{");
	if (name->source != NULL) {
		buf_adds(b, "\"source\":");
		json_write_string(b, name->source, name->nsource);
		buf_addc(b, ',');
	}
	buf_adds(b, "\"key\":");
	json_write_string(b, name->key, name->nkey);
	buf_addc(b, '}');
}

static void
write_text(struct buf *b, const char *member, const struct json *paper)
{
	const struct json *v = json_get(paper, member);

	if (v == NULL)
		return;
	buf_adds(b, ",\"");
	buf_adds(b, member);
	buf_adds(b, "\":");
	json_write_string(b, v->text, v->len);
}

static void
write_authors(struct buf *b, const struct json *paper)
{
	const struct json *a = json_first(paper, "authors"), *name;
	const char *sep = ",\"authors\":[";

	if (a == NULL)
		return;
	for (; a != NULL; a = a->next) {
		name = json_get(a, "name");
		buf_adds(b, sep);
		json_write_string(b, name->text, name->len);
		sep = ",";
	}
	buf_addc(b, ']');
}

void
holding_write(struct buf *b, const struct json *paper)
{
	const struct json *id = json_get(paper, "id");
	const struct json *year = holding_year(paper);

	buf_adds(b, "{\"kind\":\"holding\",\"id\":");
	json_write_string(b, id->text, id->len);
	buf_adds(b, ",\"sources\":[");
	holding_records(paper, write_record, b);
	buf_addc(b, ']');
	write_text(b, "type", paper);
	write_text(b, "title", paper);
	write_authors(b, paper);
	write_text(b, "venue", paper);
	if (year != NULL) {
		buf_adds(b, ",\"year\":");
		buf_add(b, year->text, year->len);
	}
	buf_addc(b, '}');
}

/* papers - the papers that groups of records are, merged and written */
#include <err.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/dedupe.h"
#include "dedupe/origins.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"

/* How the text of a paper begins. */
static const struct buf *
head_of(const char *id, size_t n)
{
	static struct buf b;

	buf_reset(&b);
	buf_adds(&b, "{\"kind\":\"paper\",\"id\":");
	json_write_string(&b, id, n);
	return &b;
}

uint16_t
papers_rest(const struct record *r)
{
	const struct json *id = json_get(r->json, "id");
	const struct buf *head = head_of(id->text, id->len);

	return filter_is_verbatim(r) && head->len < r->len &&
	    head->len <= UINT16_MAX &&
	    memcmp(r->line, head->p, head->len) == 0 ? (uint16_t)head->len : 0;
}

struct json *
read_again(struct spill *s, struct arena *a, uint64_t at, size_t len)
{
	static struct buf line;
	enum reject_code code;
	const char *detail;
	struct json *v;

	spill_get(s, at, len, &line);
	v = json_parse(a, line.p, line.len, &code, &detail);
	if (v == NULL)
		errx(EX_SOFTWARE, "spill file: %s", detail);
	return v;
}

static uint64_t
line_at(const struct traits *t)
{
	return t->at + sizeof(struct origin_line);
}

static struct json *
read_line(struct spill *spill, struct arena *a, const struct traits *t)
{
	return read_again(spill, a, line_at(t), t->len);
}

struct json *
groups_record(const struct groups *g, struct spill *spill, struct arena *a,
    uint32_t i)
{
	return read_line(spill, a, &g->r.v[i]);
}

/* A record that does not say where it is from is what its id says. */
static void
add_source(const struct groups *g, struct arena *a, struct json *paper,
    const struct traits *k)
{
	struct json *list, *o;

	if (json_get(paper, "sources") != NULL || *source_name(&g->r, k) == '\0')
		return;
	list = json_array(a);
	o = json_object(a);
	json_set(a, o, "source", json_str(a, source_name(&g->r, k)));
	json_set(a, o, "key", json_str(a, source_key(&g->r, k)));
	json_append(list, o);
	json_set(a, paper, "sources", list);
}

/* The records of a group merged in the order of trust. */
static struct json *
merge_group(const struct groups *g, struct spill *spill, struct arena *a,
    const uint32_t *members, size_t n)
{
	struct json **records = arena_alloc(a, n * sizeof(*records));
	const struct traits *k;
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		k = &g->r.v[members[i]];
		if ((k->flags & IS_REPEATED) != 0)
			continue;
		records[m] = read_line(spill, a, k);
		if (n > 1)
			add_source(g, a, records[m], k);
		m++;
	}
	return merge(a, records, m, g->keep_conflicts);
}

/* A record that is a paper alone stays as it is, but for its id. */
static void
copy(struct spill *spill, const struct traits *k, const struct buf *id)
{
	static struct buf rest;
	const struct buf *head = head_of(id->p, id->len);

	spill_get(spill, line_at(k) + k->rest, k->len - k->rest, &rest);
	filter_write(head->p, head->len);
	filter_emit_text(rest.p, rest.len);
}

/* What is told of a form of a work on the paper that is shown of it. */
static struct json *
version(const struct groups *g, struct spill *spill, struct arena *a,
    const struct ids *ids, uint32_t i)
{
	static const char *const members[] = { "type", "venue", "year", "url" };
	static struct buf id;
	struct json *o = json_object(a), *paper, *v;
	const uint32_t *list;
	size_t n = groups_members(g, i, &list), k;

	paper = merge_group(g, spill, a, list, n);
	ids_text(ids, g, i, &id);
	json_set(a, o, "id", json_string(a, id.p, id.len));
	for (k = 0; k < sizeof(members) / sizeof(members[0]); k++)
		if ((v = json_get(paper, members[k])) != NULL)
			json_set(a, o, members[k], json_copy(a, v));
	return o;
}

/* What a run before said of it, and is not so any more, goes. */
static void
set_versions(const struct groups *g, struct spill *spill, struct arena *a,
    struct json *paper, const struct ids *ids, uint32_t i)
{
	static struct buf id;
	struct json *list;
	uint32_t k;

	if (g->version_of[i] != NO_RECORD) {
		ids_text(ids, g, g->version_of[i], &id);
		json_set(a, paper, "version_of", json_string(a, id.p, id.len));
		json_set(a, paper, "versions", NULL);
		return;
	}
	if (g->versions[i] == NO_RECORD)
		return;
	list = json_array(a);
	for (k = g->versions[i]; k != NO_RECORD; k = g->versions[k])
		json_append(list, version(g, spill, a, ids, k));
	json_set(a, paper, "versions", list);
	json_set(a, paper, "version_of", NULL);
}

static void
write_paper(const struct groups *g, struct spill *spill,
    const struct ids *ids, uint32_t i, size_t n)
{
	static struct arena a;
	static struct buf id;
	const uint32_t *members;
	struct json *paper;

	ids_text(ids, g, i, &id);
	if (n == 1 && g->r.v[i].rest > 0 &&
	    g->version_of[i] == NO_RECORD &&
	    g->versions[i] == NO_RECORD) {
		copy(spill, &g->r.v[i], &id);
		return;
	}
	arena_reset(&a);
	n = groups_members(g, i, &members);
	paper = merge_group(g, spill, &a, members, n);
	json_set(&a, paper, "id", json_string(&a, id.p, id.len));
	set_versions(g, spill, &a, paper, ids, i);
	filter_emit(paper);
}

void
papers_write(const struct groups *g, const struct ids *ids,
    struct spill *spill)
{
	const uint32_t *members;
	size_t i, k, n;

	for (i = 0; i < g->r.n; i++) {
		n = groups_members(g, (uint32_t)i, &members);
		for (k = 0; k < n; k++)
			shares_add(source_name(&g->r,
			    &g->r.v[members[k]]), k == 0);
		if (n == 0)
			continue;
		write_paper(g, spill, ids, (uint32_t)i, n);
		filter_merged(n - 1);
	}
}

/* dedupe - merge the copies of one paper */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"

static const char *const kinds[] = { "paper", "person", NULL };

static const struct filter filter = {
	.name = "dedupe",
	.synopsis = "dedupe [-c file] [-w file] [options] [file ...]",
	.options = "c:w:",
	.longopts = (const struct option[]){
		{ "corrections", required_argument, NULL, 'c' },
		{ "why", required_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.merges = true,
};

static struct groups	 groups;
static struct spill	*spill;

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

/* Where the rest of a record begins, if all of it may be copied, else 0. */
static uint16_t
rest_of(const struct record *r)
{
	const struct json *id = json_get(r->json, "id");
	const struct buf *head = head_of(id->text, id->len);

	return filter_is_verbatim(r) && head->len < r->len &&
	    head->len <= UINT16_MAX &&
	    memcmp(r->line, head->p, head->len) == 0 ? (uint16_t)head->len : 0;
}

static void
read_records(void)
{
	const struct where *w = filter_where();
	struct origin_line place;
	struct traits *t;
	const char *kind;
	struct record r;

	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		if (!filter_check(kind, &r))
			continue;
		if (strcmp(kind, "person") == 0) {
			persons_add(&r, spill);
			continue;
		}
		if (corrections_drop(&r))
			continue;
		place = (struct origin_line){ w->line, w->offset, w->file };
		t = records_add(&groups.r, r.json, r.line, r.len);
		t->at = spill_add(spill, &place, sizeof(place));
		spill_add(spill, r.line, r.len);
		corrections_keep(t->at);
		t->rest = rest_of(&r);
	}
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

/* A record that does not say where it is from is what its id says. */
static void
add_source(struct arena *a, struct json *paper, const struct traits *k)
{
	struct json *list, *o;

	if (json_get(paper, "sources") != NULL || *source_name(&groups.r, k) == '\0')
		return;
	list = json_array(a);
	o = json_object(a);
	json_set(a, o, "source", json_str(a, source_name(&groups.r, k)));
	json_set(a, o, "key", json_str(a, source_key(&groups.r, k)));
	json_append(list, o);
	json_set(a, paper, "sources", list);
}

/* The records of a group merged in the order of trust. */
static struct json *
merge(struct arena *a, const uint32_t *members, size_t n)
{
	const struct traits *k = &groups.r.v[members[0]];
	struct json *paper = read_again(spill, a, line_at(k), k->len), *other;
	size_t i;

	if (n > 1)
		add_source(a, paper, k);
	for (i = 1; i < n; i++) {
		k = &groups.r.v[members[i]];
		other = read_again(spill, a, line_at(k), k->len);
		add_source(a, other, k);
		merge_into(a, paper, other);
	}
	return paper;
}

/* A record that is a paper alone stays as it is, but for its id. */
static void
copy(const struct traits *k, const struct buf *id)
{
	static struct buf rest;
	const struct buf *head = head_of(id->p, id->len);

	spill_get(spill, line_at(k) + k->rest, k->len - k->rest, &rest);
	filter_write(head->p, head->len);
	filter_emit_text(rest.p, rest.len);
}

/* What is told of a form of a work on the paper that is shown of it. */
static struct json *
version(struct arena *a, const struct ids *ids, uint32_t i)
{
	static const char *const members[] = { "type", "venue", "year", "url" };
	static struct buf id;
	struct json *o = json_object(a), *paper, *v;
	const uint32_t *list;
	size_t n = groups_members(&groups, i, &list), k;

	paper = merge(a, list, n);
	ids_text(ids, &groups, i, &id);
	json_set(a, o, "id", json_string(a, id.p, id.len));
	for (k = 0; k < sizeof(members) / sizeof(members[0]); k++)
		if ((v = json_get(paper, members[k])) != NULL)
			json_set(a, o, members[k], json_copy(a, v));
	return o;
}

static void
set_versions(struct arena *a, struct json *paper, const struct ids *ids,
    uint32_t i)
{
	static struct buf id;
	struct json *list;
	uint32_t k;

	if (groups.version_of[i] != NO_RECORD) {
		ids_text(ids, &groups, groups.version_of[i], &id);
		json_set(a, paper, "version_of", json_string(a, id.p, id.len));
		return;
	}
	if (groups.versions[i] == NO_RECORD)
		return;
	list = json_array(a);
	for (k = groups.versions[i]; k != NO_RECORD; k = groups.versions[k])
		json_append(list, version(a, ids, k));
	json_set(a, paper, "versions", list);
}

static void
write_paper(const struct ids *ids, uint32_t i, size_t n)
{
	static struct arena a;
	static struct buf id;
	const uint32_t *members;
	struct json *paper;

	ids_text(ids, &groups, i, &id);
	if (n == 1 && groups.r.v[i].rest > 0 &&
	    groups.version_of[i] == NO_RECORD &&
	    groups.versions[i] == NO_RECORD) {
		copy(&groups.r.v[i], &id);
		return;
	}
	arena_reset(&a);
	n = groups_members(&groups, i, &members);
	paper = merge(&a, members, n);
	json_set(&a, paper, "id", json_string(&a, id.p, id.len));
	set_versions(&a, paper, ids, i);
	filter_emit(paper);
}

static void
write_papers(void)
{
	struct ids *ids = ids_new(&groups, spill);
	const uint32_t *members;
	size_t i, k, n;

	for (i = 0; i < groups.r.n; i++) {
		n = groups_members(&groups, (uint32_t)i, &members);
		for (k = 0; k < n; k++)
			shares_add(source_name(&groups.r,
			    &groups.r.v[members[k]]), k == 0);
		if (n == 0)
			continue;
		write_paper(ids, (uint32_t)i, n);
		filter_merged(n - 1);
	}
	ids_free(ids);
}

int
main(int argc, char *argv[])
{
	const char *why = NULL, *corrections = NULL;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == 'c')
			corrections = optarg;
		else if (ch == 'w')
			why = optarg;
	if (corrections != NULL)
		corrections_load(corrections);
	filter_operands(argv + optind);
	if (why != NULL && (groups.why = fopen(why, "we")) == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s", why);
	spill = spill_new(filter_tmpdir());
	read_records();
	groups_make(&groups);
	write_papers();
	persons_write(spill);
	shares_tell();
	if (why != NULL && (ferror(groups.why) | fclose(groups.why)))
		err(EX_IOERR, "%s", why);
	return filter_close();
}

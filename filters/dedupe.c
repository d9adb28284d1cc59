/* dedupe - merge the copies of one paper */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"

#define WINDOW		256	/* records of one block that each is compared to */
#define SMALL_BLOCK	64	/* records of one title that make one block */

static const char *const kinds[] = { "paper", NULL };

static const struct filter filter = {
	.name = "dedupe",
	.synopsis = "dedupe [-w file] [options] [file ...]",
	.options = "w:",
	.longopts = (const struct option[]){
		{ "why", required_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.merges = true,
};

static struct arena		 arena;		/* of all keys */
static struct spill		*spill;
static struct record_keys	*records;	/* sorted: index is rank */
static size_t			 nrecords, cap;
static struct identifiers	 identifiers;
static uint32_t			*parent;	/* of each record: union-find */
static uint32_t			*next;		/* in its group, a ring */
static FILE			*why;

static void
read_records(void)
{
	struct record_keys *k;
	struct record r;

	while (filter_next(&r)) {
		if (!filter_check("paper", &r))
			continue;
		if (nrecords == UINT32_MAX)
			errx(EX_SOFTWARE, "over %u records", UINT32_MAX);
		grow(&records, &cap, nrecords + 1, sizeof(*records));
		k = &records[nrecords];
		memset(k, 0, sizeof(*k));
		k->at = spill_add(spill, r.line, r.len);
		k->len = (uint32_t)r.len;
		k->rank = (uint32_t)nrecords;
		k->hash = XXH3_64bits(r.line, r.len);
		k->line = filter_where()->line;
		k->offset = filter_where()->offset;
		k->file = filter_where()->file;
		keys_make(k, &arena, r.json, (uint32_t)nrecords, &identifiers);
		nrecords++;
	}
}

static int
compare_records(const void *a, const void *b)
{
	return keys_compare(a, b);
}

static int
compare_identifiers(const void *a, const void *b)
{
	const struct identifier *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

/* Bring the records into canonical order: from here on input order is gone. */
static void
sort_records(void)
{
	uint32_t *rank = xreallocarray(NULL, nrecords, sizeof(*rank));
	size_t i;

	sort_array(records, nrecords, sizeof(*records), compare_records);
	for (i = 0; i < nrecords; i++) {
		rank[records[i].rank] = (uint32_t)i;
		records[i].rank = (uint32_t)i;
	}
	for (i = 0; i < identifiers.n; i++)
		identifiers.v[i].record = rank[identifiers.v[i].record];
	sort_array(identifiers.v, identifiers.n, sizeof(*identifiers.v),
	    compare_identifiers);
	free(rank);
	parent = xreallocarray(NULL, nrecords, sizeof(*parent));
	next = xreallocarray(NULL, nrecords, sizeof(*next));
	for (i = 0; i < nrecords; i++)
		parent[i] = next[i] = (uint32_t)i;
}

/* The most trusted record of a group stands for it. */
static uint32_t
find(uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

static void
join(uint32_t i, uint32_t j, const char *reason)
{
	uint32_t a = find(i), b = find(j), t;
	struct buf line = { 0 };

	if (a == b)
		return;
	if (a > b) {
		t = a;
		a = b;
		b = t;
	}
	parent[b] = a;
	t = next[a];
	next[a] = next[b];
	next[b] = t;
	if (why == NULL)
		return;
	buf_addf(&line, "%s:%s", records[i].source, records[i].key);
	t = (uint32_t)line.len;
	buf_addf(&line, "%s:%s", records[j].source, records[j].key);
	fprintf(why, "%.*s\t%s\t%s\n", (int)t, line.p, line.p + t, reason);
	buf_free(&line);
}

static void
join_identifiers(void)
{
	const struct identifier *v = identifiers.v;
	const char *reason;
	size_t i, j;

	for (i = 1; i < identifiers.n; i++)
		for (j = i; j-- > 0 && i - j <= WINDOW &&
		    v[j].hash == v[i].hash; ) {
			reason = match_identifier(&records[v[j].record],
			    &records[v[i].record], v[i].kind);
			if (reason != NULL)
				join(v[j].record, v[i].record, reason);
		}
}

/* Whether both groups hold a record of one source, or identifiers that clash. */
static bool
groups_clash(uint32_t i, uint32_t j, bool near)
{
	uint32_t a = find(i), b = find(j), p = a, q;

	do {
		q = b;
		do {
			const struct record_keys *x = &records[p];
			const struct record_keys *y = &records[q];

			if ((x->doi != 0 && y->doi != 0 && x->doi != y->doi) ||
			    (x->arxiv != 0 && y->arxiv != 0 &&
			    x->arxiv != y->arxiv))
				return true;
			if (near && strcmp(x->source, y->source) == 0)
				return true;
			q = next[q];
		} while (q != b);
		p = next[p];
	} while (p != a);
	return false;
}

static void
try_title(uint32_t i, uint32_t j, bool near)
{
	const char *reason = match_title(&records[i], &records[j], near);

	if (reason != NULL && find(i) != find(j) && !groups_clash(i, j, near))
		join(i, j, reason);
}

struct by_hash {
	uint64_t	 hash;
	uint32_t	 record;
};

static int
compare_by_hash(const void *a, const void *b)
{
	const struct by_hash *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static void
try_pairs(const struct by_hash *v, size_t n, bool near)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n && j - i <= WINDOW; j++)
			try_title(v[i].record, v[j].record, near);
}

/*
 * A title that many records have, "Editorial": only those are compared that
 * share an author's family name and, all but, the year.
 */
static void
try_large(const struct by_hash *v, size_t n, bool near)
{
	struct by_hash *w = NULL;
	size_t i, j, k, m = 0, wcap = 0;
	int y, spread = near ? 1 : 0;

	for (i = 0; i < n; i++) {
		const struct record_keys *r = &records[v[i].record];

		for (y = r->year - spread; y <= r->year + spread; y++)
			for (k = 0; k < (r->nauthors > 0 ? r->nauthors : 1);
			    k++) {
				grow(&w, &wcap, m + 1, sizeof(*w));
				w[m].record = v[i].record;
				w[m++].hash = (uint64_t)(uint16_t)y << 32 |
				    (r->nauthors > 0 ? r->authors[k].family :
				    r->venue);
			}
	}
	sort_array(w, m, sizeof(*w), compare_by_hash);
	for (i = 0; i < m; i = j) {
		for (j = i + 1; j < m && w[j].hash == w[i].hash; j++)
			;
		try_pairs(w + i, j - i, near);
	}
	free(w);
}

static void
join_titles(void)
{
	struct by_hash *v = xreallocarray(NULL, nrecords, sizeof(*v));
	size_t i, j, n = 0;
	int near;

	for (i = 0; i < nrecords; i++)
		if (records[i].title != 0)
			v[n++] = (struct by_hash){ records[i].title,
			    (uint32_t)i };
	sort_array(v, n, sizeof(*v), compare_by_hash);
	/* the same year first: neighbours only take what that leaves */
	for (near = 0; near <= 1; near++)
		for (i = 0; i < n; i = j) {
			for (j = i + 1; j < n && v[j].hash == v[i].hash; j++)
				;
			if (j - i <= SMALL_BLOCK)
				try_pairs(v + i, j - i, near);
			else
				try_large(v + i, j - i, near);
		}
	free(v);
}

/* Ids that were given: hashes in a table of twice their number. */
static uint64_t		*taken;
static size_t		 taken_mask;

static bool
take_id(const char *id, size_t n)
{
	uint64_t h = XXH3_64bits(id, n) | 1;
	size_t i = h & taken_mask;

	for (; taken[i] != 0; i = (i + 1) & taken_mask)
		if (taken[i] == h)
			return false;
	taken[i] = h;
	return true;
}

/* DOIs of groups, sorted: one that two groups have is no id. */
static uint64_t		*dois;
static size_t		 ndois;

static int
compare_hashes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The DOI that a group's paper will have: its most trusted record's. */
static uint64_t
doi_of(uint32_t root)
{
	uint32_t i = root, best = UINT32_MAX;

	do {
		if (records[i].doi != 0 && i < best)
			best = i;
		i = next[i];
	} while (i != root);
	return best != UINT32_MAX ? records[best].doi : 0;
}

static void
count_dois(void)
{
	uint64_t doi;
	size_t i;

	dois = xreallocarray(NULL, nrecords, sizeof(*dois));
	for (i = 0; i < nrecords; i++)
		if (parent[i] == i && (doi = doi_of((uint32_t)i)) != 0)
			dois[ndois++] = doi;
	sort_array(dois, ndois, sizeof(*dois), compare_hashes);
	for (taken_mask = 1024; taken_mask < nrecords * 2; )
		taken_mask *= 2;
	taken = xcalloc(taken_mask, sizeof(*taken));
	taken_mask--;
}

static bool
is_single_doi(uint64_t doi)
{
	const uint64_t *p = bsearch(&doi, dois, ndois, sizeof(*dois),
	    compare_hashes);

	return (p == dois || p[-1] != doi) &&
	    (p == dois + ndois - 1 || p[1] != doi);
}

static void
set_id(struct arena *a, struct json *paper, const struct record_keys *k)
{
	const char *doi = json_get_str(paper, "doi");
	struct buf id = { 0 };
	size_t len;
	int n;

	if (doi != NULL && is_single_doi(doi_of(k->rank)))
		buf_addf(&id, "doi:%s", doi);
	else
		buf_addf(&id, "%s%s%s", k->source, *k->source != '\0' ? ":" : "",
		    k->key);
	len = id.len;
	for (n = 2; !take_id(id.p, id.len); n++) {
		id.len = len;
		buf_addf(&id, "#%d", n);
	}
	if (n > 2) {
		struct where w = { .file = k->file, .line = k->line,
		    .offset = k->offset };

		filter_back(&w);
		filter_note(REJECT_ID_TAKEN, "id", id.p, id.len,
		    "another paper has the id without the number");
	}
	json_set(a, paper, "id", json_string(a, id.p, id.len));
	buf_free(&id);
}

static struct json *
read_record(struct arena *a, const struct record_keys *k)
{
	static struct buf line;
	enum reject_code code;
	const char *detail;
	struct json *v;

	spill_get(spill, k->at, k->len, &line);
	v = json_parse(a, line.p, line.len, &code, &detail);
	if (v == NULL)
		errx(EX_SOFTWARE, "spill file: %s", detail);
	return v;
}

static int
compare_ranks(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* A record that does not say where it is from is what its id says. */
static void
add_source(struct arena *a, struct json *paper, const struct record_keys *k)
{
	struct json *list, *o;

	if (json_get(paper, "sources") != NULL || *k->source == '\0')
		return;
	list = json_array(a);
	o = json_object(a);
	json_set(a, o, "source", json_str(a, k->source));
	json_set(a, o, "key", json_str(a, k->key));
	json_append(list, o);
	json_set(a, paper, "sources", list);
}

/* The paper of a group: its records merged in the order of trust. */
static void
write_group(uint32_t root)
{
	static struct arena a;
	static uint32_t *member;
	static size_t mcap;
	struct json *paper = NULL, *other;
	uint32_t i = root;
	size_t n = 0, k;

	do {
		grow(&member, &mcap, n + 1, sizeof(*member));
		member[n++] = i;
		i = next[i];
	} while (i != root);
	sort_array(member, n, sizeof(*member), compare_ranks);
	arena_reset(&a);
	for (k = 0; k < n; k++) {
		other = read_record(&a, &records[member[k]]);
		if (n > 1)
			add_source(&a, other, &records[member[k]]);
		if (k == 0)
			paper = other;
		else
			merge_into(&a, paper, other);
	}
	set_id(&a, paper, &records[member[0]]);
	filter_emit(paper);
	filter_merged(n - 1);
}

int
main(int argc, char *argv[])
{
	const char *file = NULL;
	size_t i;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == 'w')
			file = optarg;
	filter_operands(argv + optind);
	if (file != NULL && (why = fopen(file, "we")) == NULL)
		err(EX_CANTCREAT, "%s", file);
	spill = spill_new(filter_tmpdir());
	read_records();
	sort_records();
	join_identifiers();
	join_titles();
	count_dois();
	for (i = 0; i < nrecords; i++)
		if (parent[i] == i)
			write_group((uint32_t)i);
	if (why != NULL && (ferror(why) | fclose(why)))
		err(EX_IOERR, "%s", file);
	return filter_close();
}

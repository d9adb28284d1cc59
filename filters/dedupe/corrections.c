/* corrections - what people say of which records are copies */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "lib/buf.h"
#include "lib/corrections.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/paper_id.h"

/* A record that is known by an id of the table. */
struct hit {
	uint64_t	 at;		/* in the spill file */
	uint32_t	 id;
	uint32_t	 record;
};

/* An id of the table. */
struct id {
	const struct correction	*drop;		/* the line that says so */
	const struct correction	*dropped;	/* that took a record of it out */
	size_t			 from, to;	/* its hits */
};

/* A line that joins the records of two ids, or keeps them apart. */
struct pair {
	const struct correction	*line;
	uint32_t		 id[2];
};

static struct corrections	 table;
static struct intern		 names;
static struct id		*ids;
static uint32_t			(*line_ids)[CORRECTION_FIELDS];
static struct hit		*hits;
static size_t			 nhits, hits_cap;
static uint32_t			*found;		/* ids of the record at hand */
static size_t			 nfound, found_cap;
static struct pair		*same, *different;
static size_t			 nsame, same_cap, ndifferent, different_cap;
/*
 * What goes together by what the records or the lines say, as union-find; by
 * the record that stands for such a bundle, whether a line keeps something apart
 * from it, and a mark.
 */
static uint32_t			*bundle;
static bool			*is_parted;
static uint32_t			*mark, marked;

void
corrections_load(const char *file)
{
	const struct correction *c;
	const struct buf *b;
	size_t i;
	int k;

	corrections_read(&table, file, "dedupe");
	line_ids = xcalloc(table.n + 1, sizeof(*line_ids));
	ids = xcalloc(CORRECTION_FIELDS * table.n + 1, sizeof(*ids));
	for (i = 0; i < table.n; i++) {
		c = &table.v[i];
		for (k = 0; k < CORRECTION_FIELDS && c->field[k] != NULL; k++) {
			b = paper_id("", c->field[k]);
			line_ids[i][k] = intern(&names, b->p, b->len);
		}
		if (c->verb == CORRECTION_DROP &&
		    ids[line_ids[i][0]].drop == NULL)
			ids[line_ids[i][0]].drop = c;
	}
}

static void
look_up(const struct buf *b)
{
	uint32_t id;
	size_t i;

	if ((id = intern_find(&names, b->p, b->len)) == UINT32_MAX)
		return;
	for (i = 0; i < nfound; i++)
		if (found[i] == id)
			return;
	grow(&found, &found_cap, nfound + 1, sizeof(*found));
	found[nfound++] = id;
}

/* The ids of the table by which the paper is known. */
static void
find_ids(const struct json *paper)
{
	nfound = 0;
	paper_ids(paper, look_up);
}

bool
corrections_drop(const struct record *r)
{
	const struct correction *by = NULL, *c;
	size_t i;

	if (table.n == 0)
		return false;
	find_ids(r->json);
	for (i = 0; i < nfound; i++)
		if ((c = ids[found[i]].drop) != NULL &&
		    (by == NULL || c->line < by->line))
			by = c;
	if (by == NULL)
		return false;
	for (i = 0; i < nfound; i++)
		if ((c = ids[found[i]].dropped) == NULL || by->line < c->line)
			ids[found[i]].dropped = by;
	shares_add_dropped(r->json);
	filter_reject(REJECT_DROPPED, "id", by->field[0],
	    strlen(by->field[0]), "line %" PRIu64 " of the corrections",
	    by->line);
	return true;
}

void
corrections_keep(uint64_t at)
{
	size_t i;

	for (i = 0; i < nfound; i++) {
		grow(&hits, &hits_cap, nhits + 1, sizeof(*hits));
		hits[nhits++] = (struct hit){ at, found[i], 0 };
	}
	nfound = 0;
}

static int
compare_places(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int
compare_ids(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static void
drop_repeated_hits(void)
{
	size_t i, n = 0;

	for (i = 0; i < nhits; i++)
		if (n == 0 || compare_ids(&hits[n - 1], &hits[i]) != 0)
			hits[n++] = hits[i];
	nhits = n;
}

/*
 * Which records the hits are, now that these are in order; lines that are
 * repeated are one.
 */
static void
place_hits(const struct records *r)
{
	struct hit key, *h;
	uint32_t first = 0;
	size_t i;

	if (nhits == 0)
		return;
	sort_array(hits, nhits, sizeof(*hits), compare_places);
	for (i = 0; i < r->n; i++) {
		if ((r->v[i].flags & IS_REPEATED) == 0)
			first = (uint32_t)i;
		key.at = r->v[i].at;
		h = bsearch(&key, hits, nhits, sizeof(*hits), compare_places);
		for (; h != NULL && h > hits && h[-1].at == key.at; h--)
			;
		for (; h != NULL && h < hits + nhits && h->at == key.at; h++)
			h->record = first;
	}
	sort_array(hits, nhits, sizeof(*hits), compare_ids);
	drop_repeated_hits();
	for (i = 0; i < nhits; i++) {
		if (i == 0 || hits[i - 1].id != hits[i].id)
			ids[hits[i].id].from = i;
		ids[hits[i].id].to = i + 1;
	}
}

static uint32_t
find(uint32_t i)
{
	while (bundle[i] != i)
		i = bundle[i] = bundle[bundle[i]];
	return i;
}

static bool
is_marked(uint32_t record)
{
	return mark[find(record)] == marked;
}

/* The line that keeps two records of the marked bundles apart, or NULL. */
static const struct correction *
find_parting(void)
{
	const struct pair *p;
	const struct id *a, *b;
	size_t i, k;

	for (p = different; p < different + ndifferent; p++) {
		a = &ids[p->id[0]];
		b = &ids[p->id[1]];
		for (i = a->from; i < a->to; i++)
			for (k = b->from; k < b->to &&
			    is_marked(hits[i].record); k++)
				if (hits[i].record != hits[k].record &&
				    is_marked(hits[k].record))
					return p->line;
	}
	return NULL;
}

static void
bind(uint32_t i, uint32_t k)
{
	if ((i = find(i)) == (k = find(k)))
		return;
	bundle[k] = i;
	is_parted[i] |= is_parted[k];
}

uint64_t
corrections_forbid(uint32_t i, uint32_t k)
{
	const struct correction *line;

	if (ndifferent == 0 || !is_parted[i = find(i)] ||
	    !is_parted[k = find(k)])
		return 0;
	marked++;
	mark[i] = mark[k] = marked;
	line = find_parting();
	return line != NULL ? line->line : 0;
}

void
corrections_joined(uint32_t i, uint32_t k)
{
	if (ndifferent > 0)
		bind(i, k);
}

static void
add_pair(struct pair **v, size_t *n, size_t *cap, const struct correction *c,
    uint32_t a, uint32_t b)
{
	grow(v, cap, *n + 1, sizeof(**v));
	(*v)[(*n)++] = (struct pair){ c, { a, b } };
}

static void
make_same(const struct correction *c, uint32_t a, uint32_t b)
{
	const struct correction *other;
	uint32_t first = hits[ids[a].from].record, k;
	const uint32_t both[] = { a, b };
	size_t i;

	marked++;
	for (k = 0; k < 2; k++)
		for (i = ids[both[k]].from; i < ids[both[k]].to; i++)
			mark[find(hits[i].record)] = marked;
	if ((other = find_parting()) != NULL) {
		corrections_report(&table, c, REJECT_CONTRADICTION,
		    "line %" PRIu64 " keeps them apart", other->line);
		return;
	}
	add_pair(&same, &nsame, &same_cap, c, a, b);
	for (k = 0; k < 2; k++)
		for (i = ids[both[k]].from; i < ids[both[k]].to; i++)
			bind(first, hits[i].record);
}

static void
keep_apart(const struct correction *c, uint32_t a, uint32_t b)
{
	const uint32_t both[] = { a, b };
	size_t i, k;

	for (i = ids[a].from; i < ids[a].to; i++)
		for (k = ids[b].from; k < ids[b].to; k++)
			if (hits[i].record != hits[k].record &&
			    find(hits[i].record) == find(hits[k].record)) {
				corrections_report(&table, c,
				    REJECT_CONTRADICTION,
				    "lines above it make them one");
				return;
			}
	add_pair(&different, &ndifferent, &different_cap, c, a, b);
	for (k = 0; k < 2; k++)
		for (i = ids[both[k]].from; i < ids[both[k]].to; i++)
			is_parted[find(hits[i].record)] = true;
}

/* Whether a line was there before; its number then, else 0. */
static uint64_t
find_repeated(size_t line)
{
	static struct intern had;
	static uint64_t *number;
	static size_t cap;
	static struct buf b;
	uint32_t x = line_ids[line][0], y = line_ids[line][1];
	size_t before = had.n, n;

	buf_reset(&b);
	buf_addf(&b, "%d %" PRIu32 " %" PRIu32, (int)table.v[line].verb,
	    x < y ? x : y, x < y ? y : x);
	n = intern(&had, b.p, b.len);
	if (n < before)
		return number[n];
	grow(&number, &cap, n + 1, sizeof(*number));
	number[n] = table.v[line].line;
	return 0;
}

/* Whether a record is left that has the id; else the line is told of. */
static bool
is_there(const struct correction *c, int k, const struct id *id)
{
	if (id->to > id->from ||
	    (c->verb == CORRECTION_DROP && id->dropped != NULL))
		return true;
	if (id->dropped != NULL)
		corrections_report(&table, c, REJECT_CONTRADICTION,
		    "line %" PRIu64 " drops %s", id->dropped->line,
		    c->field[k]);
	else
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "no record has the id %s", c->field[k]);
	return false;
}

/* Whether both ids are those of one and the same record. */
static bool
is_one_record(const struct id *a, const struct id *b)
{
	return a->to - a->from == 1 && b->to - b->from == 1 &&
	    hits[a->from].record == hits[b->from].record;
}

static void
obey(size_t line)
{
	const struct correction *c = &table.v[line];
	uint32_t a = line_ids[line][0], b = line_ids[line][1];
	uint64_t before = find_repeated(line);

	if (before != 0) {
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "the same as line %" PRIu64, before);
		return;
	}
	if (!is_there(c, 0, &ids[a]) || c->verb == CORRECTION_DROP ||
	    !is_there(c, 1, &ids[b]))
		return;
	if (is_one_record(&ids[a], &ids[b]))
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "both are the id of one record");
	else if (c->verb == CORRECTION_SAME)
		make_same(c, a, b);
	else
		keep_apart(c, a, b);
}

void
corrections_settle(const struct records *r)
{
	size_t i;

	if (table.n == 0)
		return;
	place_hits(r);
	bundle = xreallocarray(NULL, r->n + 1, sizeof(*bundle));
	for (i = 0; i < r->n; i++)
		bundle[i] = (uint32_t)i;
	is_parted = xcalloc(r->n + 1, sizeof(*is_parted));
	mark = xcalloc(r->n + 1, sizeof(*mark));
	for (i = 0; i < table.n; i++)
		obey(i);
}

void
corrections_join(struct groups *g,
    void (*join)(struct groups *, uint32_t, uint32_t))
{
	const struct pair *p;
	uint32_t first;
	size_t i;
	int k;

	for (p = same; p < same + nsame; p++) {
		first = hits[ids[p->id[0]].from].record;
		for (k = 0; k < 2; k++)
			for (i = ids[p->id[k]].from; i < ids[p->id[k]].to; i++)
				join(g, first, hits[i].record);
	}
}

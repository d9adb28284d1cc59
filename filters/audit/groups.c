/* groups - how many papers there are of a source, a venue, a name, ... */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "audit/audit.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/text.h"

/*
 * Most papers are the same in both runs, so of each paper only the hashes of
 * its groups are kept; groups with a text are those of papers that differ.
 */
struct group {
	uint32_t	 differ[2];	/* on papers that differ, by side */
	uint32_t	 now;		/* on all papers of now */
};

static struct intern	 texts;		/* kind, tab, name: by group */
static struct group	*groups;
static size_t		 cap;

/* For each paper the number of its groups, of its names, then the hashes. */
static uint64_t		*lists;
static size_t		 nlists, lists_cap;

static struct buf	 text;		/* of the group at hand */

static void
set_text(const char *kind, const char *name, size_t n)
{
	buf_reset(&text);
	buf_adds(&text, kind);
	buf_addc(&text, '\t');
	buf_add(&text, name, n);
}

/* false: no name. */
static bool
set_author(const char *name)
{
	size_t empty;

	set_text("name", "", 0);
	empty = text.len;
	text_key(&text, name, strlen(name));
	return text.len > empty;
}

/* A text with a NUL counts as what is before it. */
static uint64_t
hash(void)
{
	return XXH3_64bits(text.p, strlen(text.p));
}

static uint64_t
number(void)
{
	size_t known = texts.n;
	uint32_t g = intern(&texts, text.p, strlen(text.p));

	grow(&groups, &cap, texts.n, sizeof(*groups));
	if (texts.n > known)
		groups[g] = (struct group){ .now = 0 };
	return g;
}

/* The groups of a paper, in whichever way they are told. */
struct list {
	uint64_t	*v;
	size_t		 n;
	size_t		 cap;
	uint64_t	 (*tell)(void);
};

static void
add(struct list *l)
{
	grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = l->tell();
}

static void
add_text(struct list *l, const char *kind, const struct json *v)
{
	if (v == NULL)
		return;
	set_text(kind, v->text, v->len);
	add(l);
}

static void
add_record(const struct record_name *name, void *ctx)
{
	set_text("total", "records", strlen("records"));
	add(ctx);
	if (name->source == NULL)
		return;
	set_text("source", name->source, name->nsource);
	add(ctx);
}

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Sort n values and leave each once; returns how many are left. */
static size_t
distinct(uint64_t *v, size_t n)
{
	size_t i, k = 0;

	sort_array(v, n, sizeof(*v), compare);
	for (i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}

/* Fill the list; returns how many names are at its end. */
static size_t
list_groups(struct list *l, const struct json *r)
{
	const struct json *a;
	size_t facts;

	l->n = 0;
	set_text("total", "papers", strlen("papers"));
	add(l);
	holding_records(r, add_record, l);
	add_text(l, "venue", json_get(r, "venue"));
	add_text(l, "type", json_get(r, "type"));
	add_text(l, "year", holding_year(r));
	facts = l->n;
	for (a = json_first(r, "authors"); a != NULL; a = a->next)
		if (set_author(holding_author(a)))
			add(l);
	l->n = facts + distinct(l->v + facts, l->n - facts);
	return l->n - facts;
}

uint32_t
groups_keep(const struct json *paper)
{
	static struct list l = { .tell = hash };
	size_t place = nlists, names = list_groups(&l, paper);

	if (place > UINT32_MAX)
		errx(EX_SOFTWARE, "over %u groups of papers", UINT32_MAX);
	grow(&lists, &lists_cap, nlists + 2 + l.n, sizeof(*lists));
	lists[nlists++] = l.n;
	lists[nlists++] = names;
	memcpy(lists + nlists, l.v, l.n * sizeof(*l.v));
	nlists += l.n;
	return (uint32_t)place;
}

void
groups_differ(const struct json *holding, enum side side)
{
	static struct list l = { .tell = number };
	size_t i;

	list_groups(&l, holding);
	for (i = 0; i < l.n; i++)
		groups[l.v[i]].differ[side]++;
}

/* The groups by their hashes. */
struct index {
	struct slot {
		uint64_t	 hash;
		uint32_t	 group;		/* + 1, 0: empty */
	}		*slot;
	size_t		 mask;
};

static struct slot *
find(const struct index *x, uint64_t h)
{
	size_t k = h & x->mask;

	while (x->slot[k].group > 0 && x->slot[k].hash != h)
		k = (k + 1) & x->mask;
	return &x->slot[k];
}

static struct index
make_index(void)
{
	struct index x = { .mask = 1 };
	struct slot *s;
	uint64_t h;
	size_t i;

	while (x.mask < 2 * texts.n)
		x.mask = 2 * x.mask + 1;
	x.slot = xcalloc(x.mask + 1, sizeof(*x.slot));
	for (i = 0; i < texts.n; i++) {
		h = XXH3_64bits(texts.v[i], strlen(texts.v[i]));
		s = find(&x, h);
		*s = (struct slot){ h, (uint32_t)i + 1 };
	}
	return x;
}

/* How many author names there are now. */
static size_t
count_names(const struct holdings *now)
{
	uint64_t *v = NULL;
	const uint64_t *l;
	size_t n = 0, vcap = 0, i;

	for (i = 0; i < now->n; i++) {
		l = lists + now->v[i].groups;
		grow(&v, &vcap, n + l[1] + 1, sizeof(*v));
		memcpy(v + n, l + 2 + l[0] - l[1], l[1] * sizeof(*v));
		n += l[1];
	}
	n = distinct(v, n);
	free(v);
	return n;
}

/* Names come and go only with papers that differ; only a loss is looked at. */
static void
sum_names(const struct holdings *now)
{
	uint64_t gained = 0, lost = 0;
	uint32_t g, all;

	for (g = 0; g < texts.n; g++)
		if (strncmp(texts.v[g], "name\t", 5) == 0) {
			gained += groups_held(g, BEFORE) == 0;
			lost += groups_held(g, NOW) == 0;
		}
	if (lost <= gained)
		return;
	set_text("total", "names", strlen("names"));
	all = (uint32_t)number();
	groups[all].differ[BEFORE] = (uint32_t)lost;
	groups[all].differ[NOW] = (uint32_t)gained;
	groups[all].now = (uint32_t)count_names(now);
}

void
groups_sum(const struct holdings *now)
{
	struct index x = make_index();
	const uint64_t *l, *h;
	const struct slot *s;
	size_t i;

	for (i = 0; i < now->n && texts.n > 0; i++) {
		l = lists + now->v[i].groups;
		for (h = l + 2; h < l + 2 + l[0]; h++)
			if ((s = find(&x, *h))->group > 0)
				groups[s->group - 1].now++;
	}
	free(x.slot);
	sum_names(now);
	free(lists);
	lists = NULL;
}

size_t
groups_number(void)
{
	return texts.n;
}

uint32_t
groups_held(uint32_t g, enum side side)
{
	const struct group *p = &groups[g];

	return side == NOW ? p->now :
	    p->now - p->differ[NOW] + p->differ[BEFORE];
}

uint32_t
groups_author(const char *name)
{
	return set_author(name) ? (uint32_t)number() : NO_GROUP;
}

const char *
groups_name(uint32_t g, const char **kind, size_t *n)
{
	*kind = texts.v[g];
	*n = strcspn(*kind, "\t");
	return *kind + *n + 1;
}

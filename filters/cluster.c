/* cluster - papers through, then the papers of each exact author name */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "cluster/cluster.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/status.h"
#include "lib/store.h"
#include "lib/text.h"

static const char *const kinds[] = { "paper", NULL };

enum { OPT_STATUS = 0x200 };

static const struct filter filter = {
	.name = "cluster",
	.synopsis = "cluster [--status list] [options] [file ...]",
	.options = "",
	.longopts = (const struct option[]){
		{ "status", required_argument, NULL, OPT_STATUS },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.made = "authors",
};

/* Strings by number: keys, spellings, venues. */
struct strings {
	const char	**v;
	size_t		  n;
	size_t		  cap;
	uint32_t	 *slot;		/* number + 1 by hash */
	size_t		  mask;
};

/* A name on a paper. */
struct mention {
	uint32_t	 author;	/* number of the key, later its place */
	uint32_t	 spelling;
	uint32_t	 paper;
	uint32_t	 position;	/* in the author list */
};

struct paper {
	const char	*id;
	const char	*title;		/* case folded; NULL once sorted */
	uint32_t	 venue;		/* number + 1 */
	uint32_t	 first;		/* of its mentions, as they were read */
	uint32_t	 count;
	uint32_t	 rank;		/* in the order of author pages */
	int32_t		 year;		/* 0: none */
	bool		 dropped;
};

static struct arena	 arena, titles;
static struct store	*store;
static struct strings	 keys, spellings, venues;
static struct paper	*papers;
static size_t		 npapers, papercap;
static struct mention	*mentions;	/* by paper */
static size_t		 nmentions, mentioncap;

static void
rehash(struct strings *s)
{
	size_t i, k;

	s->mask = s->mask == 0 ? 1023 : s->mask * 2 + 1;
	free(s->slot);
	s->slot = xcalloc(s->mask + 1, sizeof(*s->slot));
	for (i = 0; i < s->n; i++) {
		k = XXH3_64bits(s->v[i], strlen(s->v[i])) & s->mask;
		while (s->slot[k] != 0)
			k = (k + 1) & s->mask;
		s->slot[k] = (uint32_t)i + 1;
	}
}

static uint32_t
number_of(struct strings *s, const char *text, size_t n)
{
	size_t k;

	if (s->n * 2 >= s->mask)
		rehash(s);
	for (k = XXH3_64bits(text, n) & s->mask; s->slot[k] != 0;
	    k = (k + 1) & s->mask)
		if (strcmp(s->v[s->slot[k] - 1], text) == 0)
			return s->slot[k] - 1;
	if (s->n == UINT32_MAX - 1)
		errx(EX_SOFTWARE, "over %u names", UINT32_MAX);
	grow(&s->v, &s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = arena_strndup(&arena, text, n);
	s->slot[k] = (uint32_t)s->n;
	return (uint32_t)s->n - 1;
}

static void
add_mention(const struct json *author, uint32_t position)
{
	static struct buf b;
	const char *name = json_get_str(author, "name");
	struct mention *m;

	if (name == NULL)
		return;
	buf_reset(&b);
	text_key(&b, name, strlen(name));
	if (b.len == 0)
		return;
	grow(&mentions, &mentioncap, nmentions + 1, sizeof(*mentions));
	m = &mentions[nmentions++];
	m->author = number_of(&keys, b.p, b.len);
	m->spelling = number_of(&spellings, name, strlen(name));
	m->paper = (uint32_t)npapers;
	m->position = position;
}

static void
add_paper(const struct json *r)
{
	static struct buf b;
	const char *title = json_get_str(r, "title");
	const char *venue = json_get_str(r, "venue");
	const struct json *a;
	struct paper *p;
	uint32_t position = 0;

	grow(&papers, &papercap, npapers + 1, sizeof(*papers));
	p = &papers[npapers];
	memset(p, 0, sizeof(*p));
	p->first = (uint32_t)nmentions;
	if (status_shows(r))
		for (a = json_first(r, "authors"); a != NULL; a = a->next)
			add_mention(a, position++);
	p->count = (uint32_t)nmentions - p->first;
	p->year = (int32_t)json_get_int(r, "year", 0);
	if (venue != NULL)
		p->venue = number_of(&venues, venue, strlen(venue)) + 1;
	buf_reset(&b);
	buf_adds(&b, "");
	if (title != NULL)
		text_key(&b, title, strlen(title));
	p->title = arena_strndup(&titles, b.p, b.len);
	npapers++;
}

static void
read_papers(void)
{
	const struct schema *schema = schema_load("paper");
	const struct json *bad;
	struct record r;

	while (filter_next(&r)) {
		if ((bad = schema_check(schema, r.json)) != NULL) {
			filter_reject(REJECT_BAD_MEMBER, bad->name, bad->text,
			    bad->len, "not of the type that paper.json wants; "
			    "normalize mends it");
			continue;
		}
		store_add(store, &r, json_get_str(r.json, "id"),
		    (uint32_t)npapers);
		add_paper(r.json);
	}
}

static void
drop(uint32_t paper)
{
	papers[paper].dropped = true;
}

/* Write the papers, in the order of their ids. */
static void
write_papers(void)
{
	static struct arena a;
	const struct stored *s;
	size_t i;

	store_sort(store, drop);
	for (i = 0; i < store_count(store); i++) {
		s = store_at(store, i);
		papers[s->user].id = s->id;
		arena_reset(&a);
		filter_emit(store_read(store, s, &a));
	}
}

/* Newest year first, those without behind, then title, then id. */
static int
compare_papers(const void *a, const void *b)
{
	const struct paper *x = &papers[*(const uint32_t *)a];
	const struct paper *y = &papers[*(const uint32_t *)b];
	int c;

	if (x->dropped != y->dropped)
		return x->dropped - y->dropped;
	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	if ((c = strcmp(x->title, y->title)) != 0 || x->dropped)
		return c;
	return strcmp(x->id, y->id);
}

static void
rank_papers(void)
{
	uint32_t *order = xreallocarray(NULL, npapers, sizeof(*order));
	size_t i;

	for (i = 0; i < npapers; i++)
		order[i] = (uint32_t)i;
	sort_array(order, npapers, sizeof(*order), compare_papers);
	for (i = 0; i < npapers; i++)
		papers[order[i]].rank = (uint32_t)i;
	free(order);
	arena_free(&titles);
}

static const struct strings *sorting;

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(sorting->v[*(const uint32_t *)a],
	    sorting->v[*(const uint32_t *)b]);
}

/* Number the names anew in the order of their keys. */
static void
sort_keys(void)
{
	uint32_t *order = xreallocarray(NULL, keys.n, sizeof(*order));
	uint32_t *place = xreallocarray(NULL, keys.n, sizeof(*place));
	const char **v = xreallocarray(NULL, keys.n, sizeof(*v));
	size_t i;

	for (i = 0; i < keys.n; i++)
		order[i] = (uint32_t)i;
	sorting = &keys;
	sort_array(order, keys.n, sizeof(*order), compare_strings);
	for (i = 0; i < keys.n; i++) {
		place[order[i]] = (uint32_t)i;
		v[i] = keys.v[order[i]];
	}
	for (i = 0; i < nmentions; i++)
		mentions[i].author = place[mentions[i].author];
	free(keys.v);
	free(order);
	free(place);
	keys.v = v;
}

static int
compare_mentions(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	if (x->paper != y->paper)
		return papers[x->paper].rank < papers[y->paper].rank ? -1 : 1;
	return (x->position > y->position) - (x->position < y->position);
}

/* Counting distinct papers: a number, how many, and which one was last. */
struct tally {
	uint32_t	 what;
	uint32_t	 papers;
};

struct tallies {
	struct tally	*v;
	size_t		 n;
	size_t		 cap;
	uint32_t	*place;		/* of each number + 1 in v */
	uint32_t	*last;		/* paper + 1 that counted it */
};

static void
tallies_init(struct tallies *t, size_t numbers)
{
	memset(t, 0, sizeof(*t));
	t->place = xcalloc(numbers, sizeof(*t->place));
	t->last = xcalloc(numbers, sizeof(*t->last));
}

static void
tallies_reset(struct tallies *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		t->place[t->v[i].what] = t->last[t->v[i].what] = 0;
	t->n = 0;
}

static void
tally(struct tallies *t, uint32_t what, uint32_t paper)
{
	if (t->last[what] == paper + 1)
		return;
	t->last[what] = paper + 1;
	if (t->place[what] == 0) {
		grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v));
		t->v[t->n++] = (struct tally){ what, 0 };
		t->place[what] = (uint32_t)t->n;
	}
	t->v[t->place[what] - 1].papers++;
}

static const char *const *tally_names;

static int
compare_tallies(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	return strcmp(tally_names[x->what], tally_names[y->what]);
}

static void
tallies_sort(struct tallies *t, const char *const *names)
{
	tally_names = names;
	sort_array(t->v, t->n, sizeof(*t->v), compare_tallies);
}

/* Mentions by author, and for each author where his begin and his name. */
static struct mention	*by_author;
static uint32_t		*first;		/* keys.n + 1 */
static const char	**names;
static struct tallies	 rows, people, places;
static struct similar	*similar;

static void
group_by_author(void)
{
	size_t i, k;

	by_author = xreallocarray(NULL, nmentions, sizeof(*by_author));
	for (i = k = 0; i < nmentions; i++)
		if (!papers[mentions[i].paper].dropped)
			by_author[k++] = mentions[i];
	sort_array(by_author, k, sizeof(*by_author), compare_mentions);
	first = xcalloc(keys.n + 1, sizeof(*first));
	for (i = 0; i < k; i++)
		first[by_author[i].author + 1]++;
	for (i = 0; i < keys.n; i++)
		first[i + 1] += first[i];
}

static void
count_rows(uint32_t author)
{
	uint32_t i;

	tallies_reset(&rows);
	for (i = first[author]; i < first[author + 1]; i++)
		tally(&rows, by_author[i].spelling, by_author[i].paper);
	tallies_sort(&rows, spellings.v);
}

static void
name_authors(void)
{
	size_t i;

	names = xcalloc(keys.n, sizeof(*names));
	for (i = 0; i < keys.n; i++) {
		count_rows((uint32_t)i);
		names[i] = rows.n > 0 ? spellings.v[rows.v[0].what] : "";
	}
}

/* Writing */

static struct json *
count_json(struct arena *a, const char *key, const char *name, uint32_t n)
{
	struct json *o = json_object(a);

	if (key != NULL)
		json_add(a, o, "key", 3, json_str(a, key));
	json_add(a, o, "name", 4, json_str(a, name));
	json_add(a, o, "papers", 6, json_int(a, n));
	return o;
}

static void
add_rows(struct arena *a, struct json *o)
{
	struct json *list = json_array(a);
	size_t i;

	for (i = 0; i < rows.n; i++)
		json_append(list, count_json(a, NULL,
		    spellings.v[rows.v[i].what], rows.v[i].papers));
	json_set(a, o, "rows", list);
}

/* The row of a spelling: rows are few but for names in many cases. */
static int64_t
row_of(uint32_t spelling)
{
	size_t i;

	for (i = 0; rows.v[i].what != spelling; i++)
		;
	return (int64_t)i;
}

/* Returns how many distinct papers there are. */
static uint32_t
add_papers(struct arena *a, struct json *o, uint32_t author)
{
	struct json *list = json_array(a), *e;
	uint32_t i, n = 0;

	for (i = first[author]; i < first[author + 1]; i++) {
		const struct mention *m = &by_author[i];

		e = json_object(a);
		json_add(a, e, "id", 2, json_str(a, papers[m->paper].id));
		json_add(a, e, "position", 8, json_int(a, m->position));
		json_add(a, e, "row", 3, json_int(a, row_of(m->spelling)));
		json_add(a, e, "person", 6, json_int(a, 1));
		json_append(list, e);
		n += i == first[author] || m[-1].paper != m->paper;
	}
	json_set(a, o, "papers", list);
	return n;
}

static void
add_person(struct arena *a, struct json *o, uint32_t n)
{
	struct json *list = json_array(a), *e = json_object(a);

	json_add(a, e, "person", 6, json_int(a, 1));
	json_add(a, e, "papers", 6, json_int(a, n));
	json_append(list, e);
	json_set(a, o, "persons", list);
}

static void
add_coauthors(struct arena *a, struct json *o, uint32_t author)
{
	struct json *list = json_array(a);
	const struct paper *p;
	uint32_t i, k;
	size_t t;

	tallies_reset(&people);
	for (i = first[author]; i < first[author + 1]; i++) {
		p = &papers[by_author[i].paper];
		for (k = p->first; k < p->first + p->count; k++)
			if (mentions[k].author != author)
				tally(&people, mentions[k].author,
				    by_author[i].paper);
	}
	/* keys are numbered in their order, and no two are equal */
	tallies_sort(&people, keys.v);
	for (t = 0; t < people.n; t++)
		json_append(list, count_json(a, keys.v[people.v[t].what],
		    names[people.v[t].what], people.v[t].papers));
	if (people.n > 0)
		json_set(a, o, "coauthors", list);
}

static void
add_venues(struct arena *a, struct json *o, uint32_t author)
{
	struct json *list = json_array(a);
	uint32_t i, venue;
	size_t t;

	tallies_reset(&places);
	for (i = first[author]; i < first[author + 1]; i++)
		if ((venue = papers[by_author[i].paper].venue) != 0)
			if (i == first[author] ||
			    by_author[i - 1].paper != by_author[i].paper)
				tally(&places, venue - 1, by_author[i].paper);
	tallies_sort(&places, venues.v);
	for (t = 0; t < places.n; t++)
		json_append(list, count_json(a, NULL,
		    venues.v[places.v[t].what], places.v[t].papers));
	if (places.n > 0)
		json_set(a, o, "venues", list);
}

/* The papers come by year already. */
static void
add_years(struct arena *a, struct json *o, uint32_t author)
{
	struct json *list = json_array(a), *e;
	uint32_t i, n = 0, end = first[author + 1];
	int32_t year;

	for (i = first[author]; i < end; i++) {
		year = papers[by_author[i].paper].year;
		n += i == first[author] ||
		    by_author[i - 1].paper != by_author[i].paper;
		if (i + 1 < end && papers[by_author[i + 1].paper].year == year)
			continue;
		if (year != 0) {
			e = json_object(a);
			json_add(a, e, "year", 4, json_int(a, year));
			json_add(a, e, "papers", 6, json_int(a, n));
			json_append(list, e);
		}
		n = 0;
	}
	if (list->child != NULL)
		json_set(a, o, "years", list);
}

struct found {
	struct arena	*arena;
	struct json	*list;
};

static void
add_similar(uint32_t author, void *ctx)
{
	struct found *f = ctx;

	if (first[author] < first[author + 1])
		json_append(f->list, json_str(f->arena, keys.v[author]));
}

static void
write_author(uint32_t author)
{
	static struct arena a;
	struct buf slug = { 0 };
	struct json *o;
	struct found f;

	if (first[author] == first[author + 1])
		return;
	arena_reset(&a);
	o = json_object(&a);
	f = (struct found){ &a, json_array(&a) };
	slug_make(&slug, keys.v[author], strlen(keys.v[author]));
	json_set(&a, o, "kind", json_str(&a, "author"));
	json_set(&a, o, "key", json_str(&a, keys.v[author]));
	json_set(&a, o, "name", json_str(&a, names[author]));
	json_set(&a, o, "slug", json_str(&a, slug.p));
	count_rows(author);
	add_rows(&a, o);
	add_person(&a, o, add_papers(&a, o, author));
	add_coauthors(&a, o, author);
	add_venues(&a, o, author);
	add_years(&a, o, author);
	similar_find(similar, author, add_similar, &f);
	if (f.list->child != NULL)
		json_set(&a, o, "similar", f.list);
	filter_make(o);
	buf_free(&slug);
}

int
main(int argc, char *argv[])
{
	size_t i;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == OPT_STATUS)
			status_option(optarg);
	filter_operands(argv + optind);
	store = store_new(filter_tmpdir());
	read_papers();
	write_papers();
	rank_papers();
	sort_keys();
	group_by_author();
	tallies_init(&rows, spellings.n);
	tallies_init(&people, keys.n);
	tallies_init(&places, venues.n);
	name_authors();
	similar = similar_new(keys.v, keys.n);
	for (i = 0; i < keys.n; i++)
		write_author((uint32_t)i);
	similar_free(similar);
	store_free(store);
	return filter_close();
}

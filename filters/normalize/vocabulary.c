/* vocabulary - names of venues: as they are, without sponsors, abbreviated */
#include <err.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/table.h"
#include "normalize/venue_parts.h"

/* Columns of venues.tsv, venue-aliases.tsv, dblp-streams.tsv. */
enum { VENUE, KIND, NAME };
enum { ALIAS, ALIAS_VENUE };
enum { STREAM, STREAM_READ, STREAM_VENUE };

/* Words that a name must have for more freedom with it. */
#define MANY	4

/* Whose conference it is; a source may leave that out, but not change it. */
enum { IEEE = 1, ACM = 2, OTHER = 4 };

/* A full name without words that say nothing. */
struct name {
	struct name	 *next;		/* with the same initials */
	const char	**w;
	size_t		  n;
	size_t		  row;
	int		  sponsors;	/* taken off */
};

#define BUCKETS	4096

static struct table	 venues;
static struct dict	*names;		/* short, full, aliases: row */
static struct dict	*rows;		/* short names as they are: row */
static struct dict	*acl;		/* key of the Anthology: row */
static struct dict	*streams;	/* stream of dblp, tab, venue: row */
static struct name	*initials[BUCKETS];
static struct arena	 arena;
static bool		 without_aliases;

static size_t
to_row(const char *s)
{
	size_t n = 0;

	for (; s != NULL && *s != '\0'; s++)
		n = n * 10 + (size_t)(*s - '0');
	return n;
}

static struct name **
bucket(const struct words *v)
{
	uint32_t h = 0;
	size_t i;

	for (i = 0; i < v->n; i++)
		h = h * 31 + (unsigned char)v->w[i][0];
	return &initials[h % BUCKETS];
}

static int
sponsor(const char *w)
{
	static const struct { const char *name; int is; } list[] = {
		{ "ieee", IEEE }, { "cvf", IEEE }, { "computer", IEEE },
		{ "society", IEEE }, { "rsj", IEEE }, { "acm", ACM },
		{ "siam", OTHER }, { "usenix", OTHER }, { "ifip", OTHER },
		{ "wic", OTHER } };
	size_t i;

	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (strcmp(w, list[i].name) == 0)
			return list[i].is;
	return strncmp(w, "sig", 3) == 0 && strlen(w) > 4 ? ACM : 0;
}

/* "IEEE Computer Society Conference", but not "Computer Conference". */
static int
drop_sponsors(struct words *v)
{
	int all = 0, is;

	while (v->n > 1 && (is = sponsor(v->w[0])) != 0 &&
	    (all != 0 || strcmp(v->w[0], "computer") != 0)) {
		all |= is;
		words_drop_front(v, 1);
	}
	return all;
}

static void
add_words(const struct words *v, size_t row, int sponsors)
{
	struct name *m, **b = bucket(v);
	size_t i;

	if (v->n < 2)
		return;
	m = arena_alloc(&arena, sizeof(*m));
	m->w = arena_alloc(&arena, v->n * sizeof(m->w[0]));
	for (i = 0; i < v->n; i++)
		m->w[i] = arena_strndup(&arena, v->w[i], strlen(v->w[i]));
	m->n = v->n;
	m->row = row;
	m->sponsors = sponsors;
	m->next = *b;
	*b = m;
}

static void
add_name(const char *name, const char *row)
{
	static struct buf key;
	struct words v;

	words_of(&v, name, strlen(name));
	words_join(&v, 0, v.n, &key);
	if (key.len > 0)
		dict_put(names, key.p, key.len, row);
}

static void
add_full_name(const char *name, const char *row)
{
	struct words v;
	int sponsors;

	add_name(name, row);
	words_of(&v, name, strlen(name));
	if (!vocabulary_is(to_row(row), "journal")) {
		words_drop_which(&v);
		words_drop_lead(&v);
		sponsors = drop_sponsors(&v);
	} else
		sponsors = 0;
	words_drop_stops(&v, 0);
	add_words(&v, to_row(row), sponsors);
}

static void
open_table(struct table *t, const char *file)
{
	const struct table_file *f = table_find(file);

	if (f == NULL)
		errx(EX_SOFTWARE, "%s is not built in", file);
	table_parse(t, f->name, f->data, f->len);
}

/* The row of the venue in a cell; an empty one is that of none, "0". */
static const char *
venue_of(const char *file, const struct table *t, size_t i, size_t col)
{
	const char *venue = table_cell(t, i, col), *row = "0";

	if (*venue != '\0' &&
	    (row = dict_get(rows, venue, strlen(venue))) == NULL)
		errx(EX_CONFIG, "%s:%zu: %s is not in venues.tsv", file,
		    t->line[i], venue);
	return row;
}

static void
load_streams(void)
{
	static const char file[] = "vocab/dblp-streams.tsv";
	struct table t;
	struct buf key = { 0 };
	size_t i;

	open_table(&t, file);
	for (i = 1; i < t.nrow; i++) {
		buf_reset(&key);
		buf_addf(&key, "%s\t%s", table_cell(&t, i, STREAM),
		    venue_of(file, &t, i, STREAM_READ));
		dict_put(streams, key.p, key.len,
		    venue_of(file, &t, i, STREAM_VENUE));
	}
	buf_free(&key);
	table_free(&t);
}

static void
load_names(const char *file, struct dict *to, bool fold)
{
	struct table t;
	const char *row, *alias;
	size_t i;

	open_table(&t, file);
	for (i = 1; i < t.nrow; i++) {
		/* a name that several have is nobody's */
		row = venue_of(file, &t, i, ALIAS_VENUE);
		alias = table_cell(&t, i, ALIAS);
		if (fold)
			add_name(alias, row);
		else
			dict_put(to, alias, strlen(alias), row);
	}
	table_free(&t);
}

static void
load(void)
{
	struct buf row = { 0 };
	const char *venue;
	size_t i;

	if (names != NULL)
		return;
	open_table(&venues, "vocab/venues.tsv");
	names = dict_new();
	rows = dict_new();
	acl = dict_new();
	streams = dict_new();
	for (i = 1; i < venues.nrow; i++) {
		buf_reset(&row);
		buf_addu(&row, i);
		venue = table_cell(&venues, i, VENUE);
		dict_put(rows, venue, strlen(venue), row.p);
	}
	load_names("vocab/acl-venues.tsv", acl, false);
	load_streams();
	/* the first one to give a name has it */
	if (!without_aliases)
		load_names("vocab/venue-aliases.tsv", NULL, true);
	for (i = 1; i < venues.nrow; i++) {
		venue = table_cell(&venues, i, VENUE);
		add_name(venue, dict_get(rows, venue, strlen(venue)));
	}
	for (i = 1; i < venues.nrow; i++) {
		venue = table_cell(&venues, i, VENUE);
		add_full_name(table_cell(&venues, i, NAME),
		    dict_get(rows, venue, strlen(venue)));
	}
	buf_free(&row);
}

void
vocabulary_no_aliases(void)
{
	without_aliases = true;
}

size_t
vocabulary_name(const struct words *v)
{
	static struct buf key;

	load();
	words_join(v, 0, v->n, &key);
	return key.len == 0 ? 0 : to_row(dict_get(names, key.p, key.len));
}

/* Single letters that stand for a word. */
static bool
is_initial(const char *w, const char *full)
{
	static const char *const list[] = { "international", "journal",
	    "transactions", "united", "states", "america", NULL };
	size_t i;

	for (i = 0; list[i] != NULL; i++)
		if (*w == *list[i] && strcmp(full, list[i]) == 0)
			return true;
	return false;
}

/* 2: the same words, 1: as ISO 4 would have them, 0: others. */
static int
compare(const struct words *v, const struct name *m)
{
	size_t i, n;
	int how = 2;

	if (v->n != m->n)
		return 0;
	for (i = 0; i < v->n; i++) {
		n = strlen(v->w[i]);
		if (strncmp(v->w[i], m->w[i], n) != 0)
			return 0;
		if (m->w[i][n] == '\0')
			continue;
		if (n < 2 && !is_initial(v->w[i], m->w[i]))
			return 0;
		how = 1;
	}
	return how;
}

/* The row that has all the words, or of which they are short; if it is one. */
static size_t
find(const struct words *v, int sponsors, bool journals)
{
	const struct name *m;
	size_t row = 0;
	int best = 0, how;

	for (m = *bucket(v); m != NULL; m = m->next) {
		if (vocabulary_is(m->row, "journal") != journals)
			continue;
		if (sponsors != m->sponsors && v->n < MANY)
			continue;
		if (sponsors != 0 && m->sponsors != 0 &&
		    (sponsors & m->sponsors) == 0)
			continue;
		if ((how = compare(v, m)) < best || how == 0)
			continue;
		if (how == best && m->row != row)
			row = 0;
		else if (how > best)
			row = m->row;
		best = how;
	}
	return row;
}

size_t
vocabulary_full(const struct words *v)
{
	struct words u = *v;
	size_t row;
	int sponsors;

	load();
	words_drop_stops(&u, 0);
	if (u.n < 2)
		return 0;
	if ((row = find(&u, 0, true)) != 0)
		return row;
	sponsors = drop_sponsors(&u);
	return u.n < 2 ? 0 : find(&u, sponsors, false);
}

size_t
vocabulary_acl(const char *key)
{
	load();
	return to_row(dict_get(acl, key, strlen(key)));
}

size_t
vocabulary_stream(const char *key, size_t row)
{
	static struct buf b;
	const char *end = strchr(key, '/'), *found;

	/* conf/icml of conf/icml/Lee07 */
	if (row == 0 || end == NULL || (end = strchr(end + 1, '/')) == NULL)
		return row;
	load();
	buf_reset(&b);
	buf_add(&b, key, (size_t)(end - key));
	buf_addc(&b, '\t');
	buf_addu(&b, row);
	found = dict_get(streams, b.p, b.len);
	return found == NULL ? row : to_row(found);
}

const char *
vocabulary_venue(size_t row)
{
	return table_cell(&venues, row, VENUE);
}

const char *
vocabulary_kind(size_t row)
{
	return table_cell(&venues, row, KIND);
}

const char *
vocabulary_full_name(size_t row)
{
	return table_cell(&venues, row, NAME);
}

bool
vocabulary_is(size_t row, const char *kind)
{
	return strcmp(table_cell(&venues, row, KIND), kind) == 0;
}

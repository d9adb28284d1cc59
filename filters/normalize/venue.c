/* venue - names of conferences and journals, by the vocabulary */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <err.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/table.h"
#include "lib/text.h"
#include "normalize/normalize.h"

#define MAX_WORDS	64

/* Folded names and aliases to the row in venues.tsv. */
static struct dict	*names;
static struct table	 venues;

struct words {
	const char	*w[MAX_WORDS];
	size_t		 n;
	char		 text[2048];
};

static void
add_name(const char *name, const char *row)
{
	struct buf key = { 0 };

	text_fold(&key, name, strlen(name), ' ');
	if (key.len > 0)
		dict_put(names, key.p, key.len, row);
	buf_free(&key);
}

static void	split(struct words *, const struct buf *);
static void	drop_which(struct words *);
static void	drop_lead(struct words *);
static void	join(const struct words *, struct buf *);

/* A full name also without what is dropped of strings that are looked up. */
static void
add_full_name(const char *name, const char *row)
{
	struct buf key = { 0 };
	struct words v;

	add_name(name, row);
	text_fold(&key, name, strlen(name), ' ');
	split(&v, &key);
	drop_which(&v);
	drop_lead(&v);
	join(&v, &key);
	if (key.len > 0)
		dict_put(names, key.p, key.len, row);
	buf_free(&key);
}

static void
load(void)
{
	const struct table_file *f = table_find("vocab/venues.tsv");
	struct dict *aliases;
	struct table t;
	struct buf row = { 0 };
	const char *place;
	size_t i;

	if (f == NULL)
		errx(EX_SOFTWARE, "vocab/venues.tsv is not built in");
	table_parse(&venues, f->name, f->data, f->len);
	names = dict_new();
	aliases = dict_new();
	for (i = 1; i < venues.nrow; i++) {
		const char *venue = table_cell(&venues, i, 0);

		buf_reset(&row);
		buf_addf(&row, "%zu", i);
		add_name(venue, row.p);
		add_full_name(table_cell(&venues, i, 2), row.p);
		dict_put(aliases, venue, strlen(venue), row.p);
	}
	f = table_find("vocab/venue-aliases.tsv");
	table_parse(&t, f->name, f->data, f->len);
	for (i = 1; i < t.nrow; i++) {
		place = dict_get(aliases, table_cell(&t, i, 1),
		    strlen(table_cell(&t, i, 1)));
		if (place == NULL)
			errx(EX_CONFIG, "%s:%zu: %s is not in venues.tsv",
			    f->name, t.line[i], table_cell(&t, i, 1));
		add_name(table_cell(&t, i, 0), place);
	}
	table_free(&t);
	dict_free(aliases);
	buf_free(&row);
}

static bool
is_one_of(const char *w, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], w) == 0)
			return true;
	return false;
}
#define IS_ONE_OF(w, list)	is_one_of(w, list, sizeof(list) / sizeof(list[0]))

static bool
is_digits(const char *w)
{
	return *w != '\0' && strspn(w, "0123456789") == strlen(w);
}

static bool
is_year(const char *w)
{
	return is_digits(w) && strlen(w) == 4 &&
	    (strncmp(w, "19", 2) == 0 || strncmp(w, "20", 2) == 0);
}

static bool
is_ordinal(const char *w)
{
	static const char *const ordinals[] = { "first", "second", "third",
	    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
	    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
	    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
	    "twentieth", "thirtieth", "fortieth", "fiftieth", "twenty",
	    "thirty", "forty", "fifty" };
	size_t n = strspn(w, "0123456789");

	return (n > 0 && (strcmp(w + n, "st") == 0 || strcmp(w + n, "nd") == 0 ||
	    strcmp(w + n, "rd") == 0 || strcmp(w + n, "th") == 0)) ||
	    IS_ONE_OF(w, ordinals);
}

static bool
is_roman(const char *w)
{
	return *w != '\0' && strspn(w, "ivx") == strlen(w);
}

static void
split(struct words *v, const struct buf *folded)
{
	char *p;

	v->n = 0;
	if (folded->len >= sizeof(v->text))
		return;
	memcpy(v->text, folded->p, folded->len + 1);
	for (p = strtok(v->text, " "); p != NULL && v->n < MAX_WORDS;
	    p = strtok(NULL, " "))
		v->w[v->n++] = p;
}

static void
join(const struct words *v, struct buf *b)
{
	size_t i;

	buf_reset(b);
	for (i = 0; i < v->n; i++) {
		if (i > 0)
			buf_addc(b, ' ');
		buf_adds(b, v->w[i]);
	}
}

/* The row of venues.tsv that the words from first on name, 0: none. */
static size_t
look_up(const struct words *v)
{
	static struct buf b;
	const char *row;
	size_t n = 0;

	join(v, &b);
	if (b.len == 0 || (row = dict_get(names, b.p, b.len)) == NULL)
		return 0;
	for (; *row != '\0'; row++)
		n = n * 10 + (size_t)(*row - '0');
	return n;
}

static void
drop_front(struct words *v, size_t n)
{
	memmove(v->w, v->w + n, (v->n - n) * sizeof(v->w[0]));
	v->n -= n;
}

/* Years, ordinals and "annual" say which one, not what. */
static void
drop_which(struct words *v)
{
	size_t i, n = 0;

	for (i = 0; i < v->n; i++)
		if (!is_year(v->w[i]) && !is_ordinal(v->w[i]) &&
		    strcmp(v->w[i], "annual") != 0)
			v->w[n++] = v->w[i];
	v->n = n;
}

static void
drop_lead(struct words *v)
{
	static const char *const lead[] = { "in", "the", "proceedings",
	    "proceeding", "proc", "of", "submitted", "accepted", "rejected", "to", "by",
	    "at" };

	while (v->n > 1 && IS_ONE_OF(v->w[0], lead))
		drop_front(v, 1);
}

/* How a paper was presented, or what became of it. */
static void
drop_decision(struct words *v)
{
	static const char *const decision[] = { "poster", "oral", "spotlight",
	    "oralposter", "talk", "submitted", "submission", "submissions", "withdrawn", "rejected",
	    "reject", "desk", "conditionalposter", "conditionaloral",
	    "notable", "top", "accepted", "accept", "posters", "orals",
	    "presentation", "long", "short", "papers", "paper", "main",
	    "track", "blind" };

	while (v->n > 1 && (IS_ONE_OF(v->w[v->n - 1], decision) ||
	    is_digits(v->w[v->n - 1])))
		v->n--;
}

static void
drop_numbers(struct words *v)
{
	while (v->n > 1 && (is_digits(v->w[v->n - 1]) ||
	    is_roman(v->w[v->n - 1])))
		v->n--;
}

static void
drop_conference(struct words *v)
{
	if (v->n > 1 && strcmp(v->w[v->n - 1], "conference") == 0)
		v->n--;
}

/*
 * Look a string up as it is, then without what the vocabulary does not hold,
 * a little more each time.
 */
static size_t
find(const char *s, size_t n)
{
	static void (*const steps[])(struct words *) = { drop_which, drop_lead,
	    drop_decision, drop_numbers, drop_conference };
	static struct buf folded;
	static struct words v;
	size_t row, i;

	buf_reset(&folded);
	text_fold(&folded, s, n, ' ');
	split(&v, &folded);
	row = look_up(&v);
	for (i = 0; row == 0 && i < sizeof(steps) / sizeof(steps[0]); i++) {
		steps[i](&v);
		row = look_up(&v);
	}
	return row;
}

/* What is cut off may say that it is not the venue itself but one beside it. */
static bool
is_beside(const char *s)
{
	return strcasestr(s, "workshop") != NULL ||
	    strcasestr(s, "companion") != NULL ||
	    strcasestr(s, "tutorial") != NULL ||
	    strcasestr(s, "student") != NULL ||
	    strcasestr(s, "demonstration") != NULL ||
	    strcasestr(s, "extended abstract") != NULL;
}

/*
 * "Full Name (SHORT)", "Full Name, SHORT 2019, Place, Date",
 * "Full Name 33: Annual Conference on ...": the part in front.
 */
static size_t
find_cut(const char *s, size_t n)
{
	static const char marks[] = "(:,";
	const char *m, *cut;
	size_t row = find(s, n);

	for (m = marks; row == 0 && *m != '\0'; m++) {
		cut = memchr(s, *m, n);
		if (cut != NULL && cut > s && !is_beside(cut))
			row = find(s, (size_t)(cut - s));
	}
	return row;
}

void
normalize_venue(struct arena *a, struct json *paper)
{
	const char *venue = json_get_str(paper, "venue");
	size_t row;

	if (venue == NULL)
		return;
	if (names == NULL)
		load();
	if ((row = find_cut(venue, strlen(venue))) == 0)
		return;
	json_set(a, paper, "venue", json_str(a, table_cell(&venues, row, 0)));
	json_set(a, paper, "venue_kind", json_str(a,
	    table_cell(&venues, row, 1)));
	json_set(a, paper, "venue_name", json_str(a,
	    table_cell(&venues, row, 2)));
}

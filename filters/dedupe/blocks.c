/* blocks - which pairs of records are compared */
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
#include "dedupe/hints.h"
#include "dedupe/keys.h"
#include "dedupe/traits.h"
#include "dedupe/words.h"
#include "lib/buf.h"

#define SMALL		40	/* records of which all pairs are compared */
#define LARGE		200	/* of which none are, but of equal titles */
#define WINDOW		12	/* else: those behind each one */
#define RARE_WORDS	5
#define RARE_NAMES	3
#define END		14	/* letters of a title's end */
#define AHEAD		6	/* records whose words are fetched ahead */
#define FEW		100000	/* records whose keys take no memory to speak of */

/* What keys a round makes.  Each is sorted and visited by itself. */
enum round { BY_TITLE, BY_START, BY_END, BY_WORDS, BY_NAMES, BY_PLACE, ROUNDS };

/* Of rounds that make several of a record, in so many parts, for the memory. */
#define PARTS		16

/* Keys: each one's hash above the record that has it. */
struct keys {
	uint64_t	*v;
	size_t		 n, cap;
	uint64_t	 part, mask;	/* only those of this part of the hashes */
};

static void
add(struct keys *keys, uint64_t hash, uint32_t record)
{
	/* Fibonacci hashing: the upper bits depend on all */
	hash *= 0x9e3779b97f4a7c15ULL;
	if ((hash >> 32 & keys->mask) != keys->part)
		return;
	if (keys->n == keys->cap)
		grow(&keys->v, &keys->cap, keys->n + 1, sizeof(*keys->v));
	keys->v[keys->n++] = KEY_HASH(hash) | record;
}

static const struct records	*records;

/* What is needed while pairs are visited. */
struct visit {
	const struct hint	*hints;
	bool			 others;	/* PAIR_OTHER are wanted */
	pair_visitor		*f;
	void			*arg;
};

/* A record of a block: what of it is looked at for each pair. */
struct member {
	const struct hint	*hint;
	uint32_t		 record;
	int			 words;		/* see hints_count */
};

static void
visit_pair(const struct visit *v, enum round round, const struct member *p,
    const struct member *q)
{
	uint32_t a = p->record, b = q->record;
	enum pair how = PAIR_ALIKE;

	if (!hints_agree(p->hint, p->words, q->hint, q->words)) {
		how = round == BY_PLACE ? PAIR_PLACED : PAIR_OTHER;
		if (v->others && records->v[a].title == records->v[b].title)
			how = PAIR_ALIKE;
		else if (how == PAIR_OTHER && !v->others)
			return;
	}
	v->f(v->arg, a < b ? a : b, a < b ? b : a, how);
}

/* Keep the highest of different values: v is in falling order. */
static int
keep_highest(uint64_t *v, int n, int most, uint64_t x)
{
	int k;

	for (k = n; k > 0 && x > v[k - 1]; k--)
		;
	if (k == most || (k > 0 && v[k - 1] == x))
		return n;
	if (n < most)
		n++;
	memmove(v + k + 1, v + k, (size_t)(n - 1 - k) * sizeof(*v));
	v[k] = x;
	return n;
}

/* The words of a title that fewest titles have, but others too: see words_order. */
static int
rarest_words(const struct traits *t, uint64_t *out, int most)
{
	const uint32_t *w = title_words(records, t);
	int i, n = 0;

	for (i = 0; i < t->nwords; i++)
		if (WORD_OF(w[i]) < words_shared)
			n = keep_highest(out, n, most, WORD_OF(w[i]));
	return n;
}

static int
rarest_names(const struct traits *t, uint64_t *out, int most)
{
	const uint32_t *w = name_words(records, t);
	int i, n = 0;

	for (i = 0; i < t->nnames; i++)
		n = keep_highest(out, n, most, (uint64_t)~word_seen(
		    WORD_OF(w[i]), IN_NAMES) << 32 | WORD_OF(w[i]));
	for (i = 0; i < n; i++)
		out[i] = (uint32_t)out[i];
	return n;
}

struct near {
	uint64_t	 key;
	uint32_t	 record;
};

static int
compare_near(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

/* Copies come to stand near each other: of one title by author, year and page. */
static uint64_t
near_key(enum round round, const struct traits *t)
{
	uint64_t name = t->nnames > 0 ? WORD_OF(*name_words(records, t)) + 1 : 0;
	uint64_t word;

	if (round == BY_TITLE)
		return name << 32 | (uint64_t)(uint16_t)t->year << 16 |
		    (t->page & 0xffff);
	return (rarest_words(t, &word, 1) > 0 ? word << 32 : 0) | name;
}

static void
order_block(uint64_t *v, size_t n, enum round round)
{
	static struct near *near;
	static size_t cap;
	size_t i;

	grow(&near, &cap, n, sizeof(*near));
	for (i = 0; i < n; i++) {
		near[i].record = (uint32_t)v[i];
		near[i].key = near_key(round, &records->v[near[i].record]);
	}
	sort_array(near, n, sizeof(*near), compare_near);
	for (i = 0; i < n; i++)
		v[i] = near[i].record;
}

/* Equal titles may have other words: "data base", "database". */
static void
visit_title(const uint64_t *v, size_t n, size_t window,
    const struct visit *visit)
{
	size_t i, k;
	uint32_t a, b;

	for (i = 0; i < n; i++)
		for (k = i + 1; k < n && k - i <= window; k++) {
			a = (uint32_t)v[i];
			b = (uint32_t)v[k];
			visit->f(visit->arg, a < b ? a : b, a < b ? b : a,
			    PAIR_ALIKE);
		}
}

static void
visit_block(uint64_t *v, size_t n, enum round round,
    const struct visit *visit)
{
	struct member member[LARGE];
	size_t i, k, window = n;

	if (n > LARGE && round != BY_TITLE)
		return;
	if (n > SMALL) {
		order_block(v, n, round);
		window = WINDOW;
	}
	if (round == BY_TITLE) {
		visit_title(v, n, window, visit);
		return;
	}
	for (i = 0; i < n; i++) {
		member[i].record = (uint32_t)v[i];
		member[i].hint = &visit->hints[member[i].record];
		member[i].words = hints_count(member[i].hint);
	}
	for (i = 0; i < n; i++)
		for (k = i + 1; k < n && k - i <= window; k++)
			if (member[i].record != member[k].record)
				visit_pair(visit, round, &member[i], &member[k]);
}

/* Those of two records that may be compared soon. */
static void
prefetch_hints(const struct keys *keys, size_t i, const struct hint *hints)
{
	if (i + 1 >= keys->n || KEY_HASH(keys->v[i] ^ keys->v[i + 1]) != 0)
		return;
	__builtin_prefetch(&hints[(uint32_t)keys->v[i]]);
	__builtin_prefetch(&hints[(uint32_t)keys->v[i + 1]]);
}

static void
visit_keys(struct keys *keys, enum round round, const struct visit *visit)
{
	size_t i, k;

	keys_sort(keys->v, keys->n);
	for (i = 0; i < keys->n; i = k) {
		for (k = i + 1; k < keys->n &&
		    KEY_HASH(keys->v[k] ^ keys->v[i]) == 0; k++)
			;
		prefetch_hints(keys, k + AHEAD, visit->hints);
		if (k - i > 1)
			visit_block(keys->v + i, k - i, round, visit);
	}
	keys->n = 0;
}

/* The letters at the beginning or the end of a title. */
static uint64_t
end_of(const struct traits *t, bool last)
{
	const uint32_t *w = title_words(records, t);
	uint64_t h = last ? 2 : 1;
	const char *s;
	int i, n = 0;
	size_t k, len;

	for (i = 0; i < t->nwords && n < END; i++) {
		s = word_text(WORD_OF(w[last ? t->nwords - 1 - i : i]));
		len = strlen(s);
		for (k = 0; k < len && n < END; k++, n++)
			h = h * 1099511628211ULL ^
			    (unsigned char)s[last ? len - 1 - k : k];
	}
	return n == END ? h : 0;
}

static uint64_t
both(uint64_t a, uint64_t b)
{
	return a * 31 + b * 0xff51afd7ed558ccdULL + 7;
}

/*
 * The rarest words of a record, of which its keys are made, plus 1; 0: it has
 * no more.  Those of its title, or of its authors and of its title.
 */
struct rarest {
	uint32_t	 v[RARE_WORDS];
};

static void
find_rarest(struct rarest *r, enum round round, const struct traits *t)
{
	uint64_t w[RARE_WORDS];
	int i, n, at = 0;

	if (round == BY_NAMES) {
		n = rarest_names(t, w, RARE_NAMES);
		for (i = 0; i < n; i++)
			r->v[i] = (uint32_t)w[i] + 1;
		at = RARE_NAMES;
	}
	n = rarest_words(t, w, RARE_WORDS - at);
	for (i = 0; i < n; i++)
		r->v[at + i] = (uint32_t)w[i] + 1;
}

static void
add_word_keys(struct keys *keys, const struct rarest *r, uint32_t i)
{
	int k, m;

	for (k = 0; k < RARE_WORDS && r->v[k] != 0; k++)
		for (m = k + 1; m < RARE_WORDS && r->v[m] != 0; m++)
			add(keys, both(r->v[m], r->v[k]), i);
}

static void
add_name_keys(struct keys *keys, const struct rarest *r, uint32_t i)
{
	uint64_t year = (uint64_t)records->v[i].year;
	int k, m;

	for (k = 0; k < RARE_NAMES && r->v[k] != 0; k++) {
		if (year != 0)
			add(keys, both(r->v[k], year << 32), i);
		for (m = RARE_NAMES; m < RARE_WORDS && r->v[m] != 0; m++)
			add(keys, both(r->v[k], r->v[m]), i);
	}
}

static void
add_key(struct keys *keys, enum round round, uint32_t i)
{
	const struct traits *t = &records->v[i];
	uint64_t h = 0;

	if (round == BY_TITLE)
		h = t->title;
	else if (round == BY_START || round == BY_END)
		h = end_of(t, round == BY_END);
	else if (t->page != 0 && t->volume != 0 && t->year != 0 &&
	    t->last_page != t->page)
		h = both(both(t->page, t->last_page),
		    both(t->volume, (uint64_t)t->year));
	if (h != 0)
		add(keys, h, i);
}

/* Words of a record will be looked at: most are not in the cache. */
static void
prefetch_names(size_t i)
{
	const struct traits *t = &records->v[i];
	const uint32_t *w = name_words(records, t);
	int k;

	for (k = 0; k < t->nnames; k++)
		__builtin_prefetch(&word_counts[IN_NAMES][WORD_OF(w[k])]);
}

static bool
is_wanted(uint32_t i, uint64_t sample)
{
	const struct traits *t = &records->v[i];

	return (t->flags & IS_REPEATED) == 0 &&
	    (sample <= 1 || (t->title >> 16) % sample == 0);
}

static struct rarest *
make_rarest(enum round round, uint64_t sample)
{
	struct rarest *v = xcalloc(records->n, sizeof(*v));
	uint32_t i;

	for (i = 0; i < records->n; i++) {
		if (round == BY_NAMES && i + AHEAD < records->n)
			prefetch_names(i + AHEAD);
		if (is_wanted(i, sample))
			find_rarest(&v[i], round, &records->v[i]);
	}
	return v;
}

/* Several keys of a record. */
static void
visit_rarest(struct keys *keys, enum round round, uint64_t sample,
    const struct visit *visit)
{
	struct rarest *v = make_rarest(round, sample);
	uint32_t i;

	keys->mask = records->n > FEW ? PARTS - 1 : 0;
	for (keys->part = 0; keys->part <= keys->mask; keys->part++) {
		for (i = 0; i < records->n; i++)
			(round == BY_WORDS ? add_word_keys : add_name_keys)(
			    keys, &v[i], i);
		visit_keys(keys, round, visit);
	}
	free(v);
}

static void
visit_round(struct keys *keys, enum round round, uint64_t sample,
    const struct visit *visit)
{
	uint32_t i;

	for (i = 0; i < records->n; i++)
		if (is_wanted(i, sample))
			add_key(keys, round, i);
	visit_keys(keys, round, visit);
}

void
blocks_visit(const struct records *r, const struct hint *hints,
    uint64_t sample, pair_visitor *f, void *arg)
{
	struct visit visit = { hints, sample > 0, f, arg };
	struct keys keys;
	enum round round;

	records = r;
	for (round = 0; round < ROUNDS; round++) {
		memset(&keys, 0, sizeof(keys));
		(round == BY_WORDS || round == BY_NAMES ? visit_rarest :
		    visit_round)(&keys, round, sample, &visit);
		free(keys.v);
	}
}

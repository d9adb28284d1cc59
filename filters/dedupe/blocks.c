/* blocks - which pairs of records are compared */
#include <stdlib.h>
#include <string.h>

#include "dedupe/blocks.h"
#include "dedupe/hints.h"
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

/*
 * What keys a round makes.  Each is sorted and visited by itself, in parts
 * where it makes several of a record, for the sake of memory.
 */
enum round { BY_TITLE, BY_START, BY_END, BY_WORDS, BY_NAME_YEAR, BY_NAME_WORD,
    BY_PLACE, ROUNDS };
static const unsigned parts[ROUNDS] = { [BY_WORDS] = 2, [BY_NAME_WORD] = 2 };

/* Keys of a round: each one's hash above the record that has it. */
struct keys {
	uint64_t	*v;
	size_t		 n, cap;
	unsigned	 part, parts;	/* only those of this part of the hashes */
};

static void
add(struct keys *keys, uint64_t hash, uint32_t record)
{
	/* Fibonacci hashing: the upper bits depend on all */
	hash *= 0x9e3779b97f4a7c15ULL;
	if (keys->parts > 1 && (hash >> 32) % keys->parts != keys->part)
		return;
	if (keys->n == keys->cap)
		grow(&keys->v, &keys->cap, keys->n + 1, sizeof(*keys->v));
	keys->v[keys->n++] = (hash & 0xffffffff00000000ULL) | record;
}

static void
insert_keys(uint64_t *v, size_t n)
{
	size_t i, k;
	uint64_t x;

	for (i = 1; i < n; i++) {
		x = v[i];
		for (k = i; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* In place, by a byte at a time from the highest on: American flag sort. */
static void
sort_keys(uint64_t *v, size_t n, int shift)
{
	size_t end[256], next[256], i, sum;
	unsigned b;
	uint64_t x, t;

	if (n <= 32) {
		insert_keys(v, n);
		return;
	}
	memset(next, 0, sizeof(next));
	for (i = 0; i < n; i++)
		next[v[i] >> shift & 255]++;
	for (sum = i = 0; i < 256; i++) {
		sum += next[i];
		end[i] = sum;
		next[i] = sum - next[i];
	}
	for (b = 0; b < 256; b++)
		while (next[b] < end[b]) {
			x = v[next[b]];
			for (; (x >> shift & 255) != b; x = t) {
				t = v[next[x >> shift & 255]];
				v[next[x >> shift & 255]++] = x;
			}
			v[next[b]++] = x;
		}
	for (i = b = 0; b < 256 && shift > 0; i = end[b++])
		sort_keys(v + i, end[b] - i, shift - 8);
}

static const struct records	*records;

/* What is needed while pairs are visited. */
struct visit {
	const struct hint	*hints;
	bool			 others;	/* PAIR_OTHER are wanted */
	pair_visitor		*f;
	void			*arg;
};

static void
visit_pair(const struct visit *v, enum round round, uint32_t a, uint32_t b)
{
	enum pair how = PAIR_ALIKE;

	/* equal titles may have other words: "data base", "database" */
	if (round != BY_TITLE && !hints_agree(&v->hints[a], &v->hints[b])) {
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

static void
visit_block(uint64_t *v, size_t n, enum round round,
    const struct visit *visit)
{
	size_t i, k, window = n;
	uint32_t a, b;

	if (n > LARGE && round != BY_TITLE)
		return;
	if (n > SMALL) {
		order_block(v, n, round);
		window = WINDOW;
	}
	for (i = 0; i < n; i++)
		for (k = i + 1; k < n && k - i <= window; k++) {
			a = (uint32_t)v[i];
			b = (uint32_t)v[k];
			if (a != b)
				visit_pair(visit, round, a, b);
		}
}

/* Those of two records that may be compared soon. */
static void
prefetch_hints(const struct keys *keys, size_t i, const struct hint *hints)
{
	if (i + 1 >= keys->n || (keys->v[i] ^ keys->v[i + 1]) >> 32 != 0)
		return;
	__builtin_prefetch(&hints[(uint32_t)keys->v[i]]);
	__builtin_prefetch(&hints[(uint32_t)keys->v[i + 1]]);
}

static void
visit_keys(struct keys *keys, enum round round, const struct visit *visit)
{
	size_t i, k;

	sort_keys(keys->v, keys->n, 56);
	for (i = 0; i < keys->n; i = k) {
		for (k = i + 1; k < keys->n &&
		    (keys->v[k] ^ keys->v[i]) >> 32 == 0; k++)
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

static void
add_keys(struct keys *keys, enum round round, uint32_t i)
{
	const struct traits *t = &records->v[i];
	uint64_t w[RARE_WORDS], names[RARE_NAMES], h;
	int n, nn, k, m;

	switch (round) {
	case BY_TITLE:
		if (t->title != 0)
			add(keys, t->title, i);
		break;
	case BY_START:
	case BY_END:
		if ((h = end_of(t, round == BY_END)) != 0)
			add(keys, h, i);
		break;
	case BY_WORDS:
		n = rarest_words(t, w, RARE_WORDS);
		for (k = 0; k < n; k++)
			for (m = k + 1; m < n; m++)
				add(keys, both(w[m], w[k]), i);
		break;
	case BY_NAME_YEAR:
	case BY_NAME_WORD:
		nn = rarest_names(t, names, RARE_NAMES);
		n = round == BY_NAME_YEAR ? 0 : rarest_words(t, w, 2);
		for (k = 0; k < nn; k++) {
			if (round == BY_NAME_YEAR && t->year != 0)
				add(keys, both(names[k], (uint64_t)t->year), i);
			for (m = 0; m < n; m++)
				add(keys, both(names[k], w[m]), i);
		}
		break;
	case BY_PLACE:
		if (t->page != 0 && t->volume != 0 && t->year != 0 &&
		    t->last_page != t->page)
			add(keys, both(both(t->page, t->last_page),
			    both(t->volume, (uint64_t)t->year)), i);
		break;
	default:
		break;
	}
}

/* Words of a record will be looked at: most are not in the cache. */
static void
prefetch_names(size_t i)
{
	const struct traits *t = &records->v[i];
	const uint32_t *w = name_words(records, t);
	int k;

	for (k = 0; k < t->nnames; k++)
		__builtin_prefetch(&word_list[WORD_OF(w[k])]);
}

static void
visit_round(struct keys *keys, enum round round, uint64_t sample,
    const struct visit *visit)
{
	size_t i;

	keys->parts = parts[round] > 1 && records->n > FEW ? parts[round] : 1;
	for (keys->part = 0; keys->part < keys->parts; keys->part++) {
		for (i = 0; i < records->n; i++) {
			if ((round == BY_NAME_YEAR || round == BY_NAME_WORD) &&
			    i + AHEAD < records->n)
				prefetch_names(i + AHEAD);
			if ((records->v[i].flags & IS_REPEATED) == 0 &&
			    (sample <= 1 ||
			    (records->v[i].title >> 16) % sample == 0))
				add_keys(keys, round, (uint32_t)i);
		}
		visit_keys(keys, round, visit);
	}
}

void
blocks_visit(const struct records *r, const struct hint *hints,
    uint64_t sample, pair_visitor *f, void *arg)
{
	struct visit visit = { hints, sample > 0, f, arg };
	struct keys keys = { 0 };
	int round;

	records = r;
	for (round = 0; round < ROUNDS; round++)
		visit_round(&keys, (enum round)round, sample, &visit);
	free(keys.v);
}

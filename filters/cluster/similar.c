/* similar - names that may be the same person's */
#define XXH_INLINE_ALL
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "cluster/similar.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/name.h"
#include "lib/numbers.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define MAX_WORDS	16
#define TELLING		24	/* an initial that fits more names tells nothing */

struct entry {
	uint64_t	 hash;
	uint32_t	 name;
};

/* The words of a name, folded, a NUL behind each; the last is the family name. */
struct words {
	const char	*text;
	size_t		 n;
};

/* Names by a hash, and where those of each name's hash begin. */
struct index {
	struct entry	*v;
	uint32_t	*first;
};

struct places {
	uint32_t	*v;
	size_t		 n;
	size_t		 cap;
};

struct similar {
	struct arena	 arena;
	struct words	*words;		/* of each name */
	struct index	 bag;		/* by the words in any order, no particles */
	struct index	 letters;	/* by the words joined */
	struct index	 initial;	/* by family name and first initial,
					 * 0: there are not both */
	const char *const *keys;
	uint32_t	*fits;		/* how many names each one's initials fit */
	size_t		 n;
	struct places	 found;		/* see similar_find */
};

static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->name > y->name) - (x->name < y->name);
}

static void
index_sort(struct index *x, size_t n)
{
	size_t i, first = 0;

	sort_array(x->v, n, sizeof(*x->v), compare);
	x->first = xreallocarray(NULL, n, sizeof(*x->first));
	for (i = 0; i < n; i++) {
		if (x->v[i].hash != x->v[first].hash)
			first = i;
		x->first[x->v[i].name] = (uint32_t)first;
	}
}

/* Whether the place is still among those of name i. */
static bool
index_has(const struct index *x, size_t n, size_t place, uint32_t i)
{
	return place < n && x->v[place].hash == x->v[x->first[i]].hash;
}

static const char *
next_word(const char *w)
{
	return w + strlen(w) + 1;
}

/* The words of a key; where they begin is put into w. */
static struct words
split(struct similar *s, const char *key, const char *w[MAX_WORDS])
{
	static struct buf b;
	struct words v = { 0 };
	char *p, *text;

	buf_reset(&b);
	text_fold(&b, key, strlen(key), ' ');
	v.text = text = arena_strndup(&s->arena, b.p, b.len);
	for (p = strtok(text, " "); p != NULL && v.n < MAX_WORDS;
	    p = strtok(NULL, " "))
		w[v.n++] = p;
	if (v.n > 1 && strlen(w[v.n - 1]) == 4 &&
	    strspn(w[v.n - 1], "0123456789") == 4)
		v.n--;
	if (v.n > 2 && name_is_suffix(w[v.n - 1], strlen(w[v.n - 1])))
		v.n--;
	return v;
}

static uint64_t
first_char(const char *w)
{
	return (uint64_t)utf8_next(&w);
}

static uint64_t
hash(const char *w)
{
	return XXH3_64bits(w, strlen(w));
}

static bool
is_initial(const char *w)
{
	const char *p = w;

	utf8_next(&p);
	return *p == '\0';
}

/*
 * Given names one by one: equal, or one the initial of the other; middle names
 * may be missing, but not differ.
 */
static bool
given_fit(const struct words *a, const struct words *b)
{
	size_t n = a->n < b->n ? a->n : b->n, i;
	const char *v = a->text, *w = b->text;

	for (i = 0; i + 1 < n; i++, v = next_word(v), w = next_word(w)) {
		if (strcmp(v, w) == 0)
			continue;
		if (!is_initial(v) && !is_initial(w))
			return false;
		if (first_char(v) != first_char(w))
			return false;
	}
	return true;
}

/* Given names that both write out, and some that one leaves out. */
static bool
same_given(const struct words *a, const struct words *b)
{
	size_t n = a->n < b->n ? a->n : b->n, i;
	const char *v = a->text, *w = b->text;

	for (i = 0; i + 1 < n; i++, v = next_word(v), w = next_word(w))
		if (strcmp(v, w) != 0)
			return false;
	return true;
}

static void
add_place(struct places *p, uint32_t i)
{
	grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v));
	p->v[p->n++] = i;
}

/* Names that fit name i by initials or a middle name only. */
static void
find_initials(const struct similar *s, uint32_t i, struct places *p)
{
	const struct index *x = &s->initial;
	size_t k = x->first[i];
	uint32_t j;

	if (x->v[k].hash == 0)
		return;
	for (; index_has(x, s->n, k, i); k++) {
		j = x->v[k].name;
		if (j != i && s->bag.first[j] != s->bag.first[i] &&
		    given_fit(&s->words[i], &s->words[j]))
			add_place(p, j);
	}
}

static bool
is_particle(const char *w)
{
	return name_is_particle(w, strlen(w));
}

static void
add_name(struct similar *s, uint32_t i, const char *key)
{
	static struct buf b;
	const char *w[MAX_WORDS];
	struct words v = split(s, key, w);
	uint64_t bag = 0, initial = 0;
	size_t k;

	buf_reset(&b);
	for (k = 0; k < v.n; k++) {
		buf_adds(&b, w[k]);
		if (k == 0 || k + 1 == v.n || !is_particle(w[k]))
			bag += hash(w[k]);
	}
	if (v.n > 1)
		initial = hash(w[v.n - 1]) * 31 + first_char(w[0]);
	s->words[i] = v;
	s->bag.v[i] = (struct entry){ bag, i };
	s->letters.v[i] = (struct entry){ hash(b.p), i };
	s->initial.v[i] = (struct entry){ initial, i };
}

struct similar *
similar_new(const char *const *keys, size_t n)
{
	struct similar *s = xcalloc(1, sizeof(*s));
	struct places p = { 0 };
	size_t i;

	s->n = n;
	s->keys = keys;
	s->words = xreallocarray(NULL, n, sizeof(*s->words));
	s->bag.v = xreallocarray(NULL, n, sizeof(*s->bag.v));
	s->letters.v = xreallocarray(NULL, n, sizeof(*s->letters.v));
	s->initial.v = xreallocarray(NULL, n, sizeof(*s->initial.v));
	for (i = 0; i < n; i++)
		add_name(s, (uint32_t)i, keys[i]);
	index_sort(&s->bag, n);
	index_sort(&s->letters, n);
	index_sort(&s->initial, n);
	s->fits = xcalloc(n, sizeof(*s->fits));
	for (i = 0; i < n; i++) {
		p.n = 0;
		find_initials(s, (uint32_t)i, &p);
		s->fits[i] = (uint32_t)p.n;
	}
	free(p.v);
	return s;
}

static bool
same_letters(const struct similar *s, uint32_t i, uint32_t k)
{
	return s->letters.v[s->letters.first[i]].hash ==
	    s->letters.v[s->letters.first[k]].hash;
}

static bool
same_bag(const struct similar *s, uint32_t i, uint32_t k)
{
	return s->bag.v[s->bag.first[i]].hash == s->bag.v[s->bag.first[k]].hash;
}

/* Where the number or the suffix begins that split leaves out, or the end. */
static size_t
tail(const char *key, bool (*is)(const char *, size_t))
{
	const char *end = key + strlen(key), *p = strrchr(key, ' ');

	return p != NULL && is(p + 1, (size_t)(end - p) - 1) ?
	    (size_t)(p - key) : (size_t)(end - key);
}

static bool
is_number(const char *s, size_t n)
{
	return n == 4 && strspn(s, "0123456789") == 4;
}

static bool
is_suffix(const char *s, size_t n)
{
	static struct buf b;

	buf_reset(&b);
	text_fold(&b, s, n, 0);
	return name_is_suffix(b.p, b.len);
}

static bool
has_suffix(const char *key)
{
	return key[tail(key, is_suffix)] != '\0';
}

static bool
same_but_for(const char *a, const char *b,
    bool (*is)(const char *, size_t))
{
	size_t n = tail(a, is), m = tail(b, is);

	return n == m && memcmp(a, b, n) == 0;
}

enum similar_reason
similar_reason(const struct similar *s, uint32_t i, uint32_t k)
{
	const struct words *a = &s->words[i], *b = &s->words[k];

	if (same_but_for(s->keys[i], s->keys[k], is_number))
		return SIMILAR_NUMBER;
	if (same_letters(s, i, k))
		return has_suffix(s->keys[i]) != has_suffix(s->keys[k]) ?
		    SIMILAR_SUFFIX : SIMILAR_SPELLING;
	if (same_bag(s, i, k))
		return a->n == b->n ? SIMILAR_ORDER : SIMILAR_PARTICLE;
	return a->n != b->n && same_given(a, b) ? SIMILAR_MIDDLE :
	    SIMILAR_INITIALS;
}

bool
similar_has_number(const struct similar *s, uint32_t i)
{
	return s->keys[i][tail(s->keys[i], is_number)] != '\0';
}

static void
add_all(struct similar *s, const struct index *x, uint32_t i, struct places *p)
{
	size_t k;

	for (k = x->first[i]; index_has(x, s->n, k, i); k++)
		if (x->v[k].name != i)
			add_place(p, x->v[k].name);
}

size_t
similar_find(struct similar *s, uint32_t i, const uint32_t **found)
{
	struct places *p = &s->found;
	size_t k, exact, n;

	p->n = 0;
	*found = NULL;
	if (s->words[i].n == 0)
		return 0;
	add_all(s, &s->bag, i, p);
	add_all(s, &s->letters, i, p);
	exact = n = p->n;
	if (s->fits[i] <= TELLING)
		find_initials(s, i, p);
	for (k = exact; k < p->n; k++)
		if (s->fits[p->v[k]] <= TELLING)
			p->v[n++] = p->v[k];
	*found = p->v;
	return numbers_distinct(p->v, n);
}

void
similar_free(struct similar *s)
{
	arena_free(&s->arena);
	free(s->words);
	free(s->bag.v);
	free(s->bag.first);
	free(s->letters.v);
	free(s->letters.first);
	free(s->found.v);
	free(s->initial.v);
	free(s->initial.first);
	free(s->fits);
	free(s);
}

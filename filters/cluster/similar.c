/* similar - names that may be the same person's */
#define XXH_INLINE_ALL
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "cluster/cluster.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/name.h"
#include "lib/text.h"

#define MAX_WORDS	16
#define TELLING		24	/* an initial that fits more names tells nothing */

struct entry {
	uint64_t	 hash;
	uint32_t	 name;
};

/* The words of a name, folded; the last one is the family name. */
struct words {
	const char	*w[MAX_WORDS];
	size_t		 n;
};

struct similar {
	struct arena	 arena;
	struct words	*words;		/* of each name */
	struct entry	*bag;		/* by the words in any order */
	struct entry	*initial;	/* by family name and first initial */
	uint64_t	*bag_of, *initial_of;
	uint32_t	*fits;		/* how many names each one's initials fit */
	size_t		 n;
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
split(struct similar *s, struct words *v, const char *key)
{
	struct buf b = { 0 };
	char *p, *text;

	buf_adds(&b, "");
	text_fold(&b, key, strlen(key), ' ');
	text = arena_strndup(&s->arena, b.p, b.len);
	for (p = strtok(text, " "); p != NULL && v->n < MAX_WORDS;
	    p = strtok(NULL, " "))
		v->w[v->n++] = p;
	if (v->n > 1 && strlen(v->w[v->n - 1]) == 4 &&
	    strspn(v->w[v->n - 1], "0123456789") == 4)
		v->n--;
	if (v->n > 2 && name_is_suffix(v->w[v->n - 1],
	    strlen(v->w[v->n - 1])))
		v->n--;
	buf_free(&b);
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

/* The first entry of that hash. */
static size_t
lower(const struct entry *v, size_t n, uint64_t h)
{
	size_t lo = 0, hi = n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v[mid].hash < h)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
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

	for (i = 0; i + 1 < n; i++) {
		if (strcmp(a->w[i], b->w[i]) == 0)
			continue;
		if (!is_initial(a->w[i]) && !is_initial(b->w[i]))
			return false;
		if (first_char(a->w[i]) != first_char(b->w[i]))
			return false;
	}
	return true;
}

static int
compare_place(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct places {
	uint32_t	*v;
	size_t		 n;
	size_t		 cap;
};

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
	size_t k;
	uint32_t j;

	if (s->initial_of[i] == 0)
		return;
	for (k = lower(s->initial, s->n, s->initial_of[i]); k < s->n &&
	    s->initial[k].hash == s->initial_of[i]; k++) {
		j = s->initial[k].name;
		if (j != i && s->bag_of[j] != s->bag_of[i] &&
		    given_fit(&s->words[i], &s->words[j]))
			add_place(p, j);
	}
}

struct similar *
similar_new(const char *const *keys, size_t n)
{
	struct similar *s = xcalloc(1, sizeof(*s));
	struct places p = { 0 };
	struct words *v;
	size_t i, k;

	s->n = n;
	s->words = xcalloc(n, sizeof(*s->words));
	s->bag = xcalloc(n, sizeof(*s->bag));
	s->initial = xcalloc(n, sizeof(*s->initial));
	s->bag_of = xcalloc(n, sizeof(*s->bag_of));
	s->initial_of = xcalloc(n, sizeof(*s->initial_of));
	for (i = 0; i < n; i++) {
		v = &s->words[i];
		split(s, v, keys[i]);
		for (k = 0; k < v->n; k++)
			s->bag_of[i] += hash(v->w[k]);
		if (v->n > 1)
			s->initial_of[i] = hash(v->w[v->n - 1]) * 31 +
			    first_char(v->w[0]);
		s->bag[i] = (struct entry){ s->bag_of[i], (uint32_t)i };
		s->initial[i] = (struct entry){ s->initial_of[i], (uint32_t)i };
	}
	sort_array(s->bag, n, sizeof(*s->bag), compare);
	sort_array(s->initial, n, sizeof(*s->initial), compare);
	s->fits = xcalloc(n, sizeof(*s->fits));
	for (i = 0; i < n; i++) {
		p.n = 0;
		find_initials(s, (uint32_t)i, &p);
		s->fits[i] = (uint32_t)p.n;
	}
	free(p.v);
	return s;
}

void
similar_find(struct similar *s, uint32_t i, void (*found)(uint32_t, void *),
    void *ctx)
{
	struct places p = { 0 };
	size_t k, exact, n;

	if (s->words[i].n == 0)
		return;
	for (k = lower(s->bag, s->n, s->bag_of[i]); k < s->n &&
	    s->bag[k].hash == s->bag_of[i]; k++)
		if (s->bag[k].name != i)
			add_place(&p, s->bag[k].name);
	exact = n = p.n;
	if (s->fits[i] <= TELLING)
		find_initials(s, i, &p);
	for (k = exact; k < p.n; k++)
		if (s->fits[p.v[k]] <= TELLING)
			p.v[n++] = p.v[k];
	sort_array(p.v, n, sizeof(*p.v), compare_place);
	for (k = 0; k < n; k++)
		found(p.v[k], ctx);
	free(p.v);
}

void
similar_free(struct similar *s)
{
	arena_free(&s->arena);
	free(s->words);
	free(s->bag);
	free(s->initial);
	free(s->bag_of);
	free(s->initial_of);
	free(s->fits);
	free(s);
}

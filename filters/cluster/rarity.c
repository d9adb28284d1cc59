/* rarity - how much is learnt where two papers share a name, a venue, a word */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "cluster/rarity.h"
#include "lib/buf.h"
#include "lib/name.h"
#include "lib/utf8.h"

/* The first and the last word of a key, numbers and suffixes aside. */
struct ends {
	const char	*first, *last;
	size_t		 nfirst, nlast;
};

static bool
is_number(const char *s, size_t n)
{
	return n > 0 && strspn(s, "0123456789") >= n;
}

static struct ends
ends_of(const char *key)
{
	const char *end = key + strlen(key), *p;
	struct ends e = { key, key, strcspn(key, " "), 0 };

	for (;;) {
		for (p = end; p > key && p[-1] != ' '; p--)
			;
		if (p == key || (!is_number(p, (size_t)(end - p)) &&
		    !name_is_suffix(p, (size_t)(end - p))))
			break;
		end = p - 1;
	}
	e.last = p;
	e.nlast = (size_t)(end - p);
	return e;
}

/* "j" or "j.", which any name with that letter may be. */
static bool
is_initial(const char *s, size_t n)
{
	const char *p = s;

	utf8_next(&p);
	return s + n == p || (s + n == p + 1 && *p == '.');
}

/* Strings, and how often each was there. */
struct counted {
	struct intern	 texts;
	uint32_t	*n;
	size_t		 cap;
};

static uint32_t
count(struct counted *c, const char *s, size_t n)
{
	size_t known = c->texts.n;
	uint32_t i = intern(&c->texts, s, n);

	grow(&c->n, &c->cap, c->texts.n, sizeof(*c->n));
	if (i == known)
		c->n[i] = 0;
	c->n[i]++;
	return i;
}

static void
counted_free(struct counted *c)
{
	intern_free(&c->texts);
	free(c->n);
}

static void
count_namesakes(struct rarity *r, const struct names *n)
{
	struct counted first = { 0 }, letter = { 0 }, last = { 0 };
	uint32_t (*of)[2] = xreallocarray(NULL, n->keys.n + 1, sizeof(*of));
	const char *p;
	struct ends e;
	uint32_t given;
	size_t k;

	for (k = 0; k < n->keys.n; k++) {
		e = ends_of(n->keys.v[k]);
		p = e.first;
		utf8_next(&p);
		given = count(&letter, e.first, (size_t)(p - e.first));
		of[k][0] = is_initial(e.first, e.nfirst) ? UINT32_MAX - given :
		    count(&first, e.first, e.nfirst);
		of[k][1] = count(&last, e.last, e.nlast);
	}
	r->names = (double)n->keys.n;
	r->namesakes = xcalloc(n->keys.n + 1, sizeof(*r->namesakes));
	for (k = 0; k < n->keys.n; k++) {
		given = of[k][0];
		r->namesakes[k] = (float)((double)last.n[of[k][1]] / r->names *
		    (given < first.texts.n ? first.n[given] :
		    letter.n[UINT32_MAX - given]));
	}
	free(of);
	counted_free(&first);
	counted_free(&letter);
	counted_free(&last);
}

static float *
logarithms(const uint32_t *papers, size_t n, double all)
{
	float *v = xcalloc(n + 1, sizeof(*v));
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = papers[i] > 0 ? (float)log(all / papers[i]) : 0;
	return v;
}

void
rarity_count(struct rarity *r, const struct names *n)
{
	uint32_t *people = xcalloc(n->keys.n + 1, sizeof(*people)), k, i;
	const struct paper *p;

	r->word_papers = xcalloc(n->words.n + 1, sizeof(*r->word_papers));
	r->venue_papers = xcalloc(n->venues.n + 1, sizeof(*r->venue_papers));
	for (p = n->papers; p < n->papers + n->npapers; p++) {
		if (p->count == 0 || p->dropped)
			continue;
		r->papers++;
		for (k = 0; k < p->nwords; k++)
			r->word_papers[n->words_of[p->first_word + k]]++;
		if (p->venue != 0)
			r->venue_papers[p->venue - 1]++;
	}
	for (k = 0; k < n->keys.n; k++)
		for (i = n->first[k]; i < n->first[k + 1]; i++)
			people[k] += i == n->first[k] ||
			    n->by_author[i].paper != n->by_author[i - 1].paper;
	r->word = logarithms(r->word_papers, n->words.n, r->papers);
	r->venue = logarithms(r->venue_papers, n->venues.n, r->papers);
	r->name = logarithms(people, n->keys.n, r->papers);
	free(people);
	people = xcalloc(n->claim_values.n + 1, sizeof(*people));
	for (k = 0; k < n->nclaims; k++)
		people[n->claims[k].value]++;
	r->claim = logarithms(people, n->claim_values.n, (double)n->nclaims);
	free(people);
	count_namesakes(r, n);
}

void
rarity_free(struct rarity *r)
{
	free(r->word);
	free(r->venue);
	free(r->name);
	free(r->claim);
	free(r->word_papers);
	free(r->venue_papers);
	free(r->namesakes);
}

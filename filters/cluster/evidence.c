/* evidence - what speaks for and against two papers being one author's */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "lib/buf.h"

#define DRAWS		300000	/* pairs of papers of different names */
#define PAIRS		2000000	/* pairs of papers of one name, at most */
#define MANY		1000	/* a name with more mentions is not learnt from */
#define LINKED		6.f	/* coauthors that make two papers one person's */
#define UNSURE		50	/* pairs that a table needs to be believed by half */
#define AMBIGUOUS	5.f	/* how much a coauthor's namesakes count */
#define SMALL		500	/* papers of a corpus that shows no habits yet */

static const double venue_steps[] = { -.02, .05, .1, .2, .35 };
static const double same_venue_steps[] = { 3.5, 4.5, 5.5, 6.5 };
static const double topic_steps[] = { -.05, .05, .15, .25, .35, .5 };

#define NSTEPS(v)	((int)(sizeof(v) / sizeof((v)[0])))

enum {
	SAME_VENUE = NSTEPS(venue_steps) + 1,
	NO_VENUE = SAME_VENUE + NSTEPS(same_venue_steps) + 1,
	NO_TOPIC = NSTEPS(topic_steps) + 1,
};

_Static_assert(NO_VENUE + 1 == VENUE_BINS, "bins of venues");
_Static_assert(NO_TOPIC + 1 == TOPIC_BINS, "bins of topics");

static int
step(double x, const double *steps, int n)
{
	int i = 0;

	while (i < n && x >= steps[i])
		i++;
	return i;
}

static int
venue_bin(const struct evidence *e, const struct paper *a,
    const struct paper *b)
{
	if (a->venue == 0 || b->venue == 0)
		return NO_VENUE;
	if (a->venue == b->venue)
		return SAME_VENUE + step(e->rarity.venue[a->venue - 1],
		    same_venue_steps, NSTEPS(same_venue_steps));
	return step(topic_cosine(topics_of_venue(e->topics, a->venue - 1),
	    topics_of_venue(e->topics, b->venue - 1)), venue_steps,
	    NSTEPS(venue_steps));
}

static int
topic_bin(const struct topic *a, const struct topic *b)
{
	if (topic_is_zero(a) || topic_is_zero(b))
		return NO_TOPIC;
	return step(topic_cosine(a, b), topic_steps, NSTEPS(topic_steps));
}

double
evidence_of_pair(const struct evidence *e, const struct paper *a,
    const struct topic *at, const struct paper *b, const struct topic *bt)
{
	return (double)e->venue[venue_bin(e, a, b)] + e->topic[topic_bin(at, bt)];
}

/* How often each bin was met. */
struct counts {
	double	 venue[VENUE_BINS], topic[TOPIC_BINS];
};

static void
count(struct counts *c, const struct evidence *e, const struct paper *a,
    const struct topic *at, const struct paper *b, const struct topic *bt,
    double weight)
{
	c->venue[venue_bin(e, a, b)] += weight;
	c->topic[topic_bin(at, bt)] += weight;
}

/* Numbers that look random, the same in every run (SplitMix64). */
static uint64_t
draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static bool
have_author_in_common(const struct names *n, const struct paper *a,
    const struct paper *b)
{
	uint32_t i, k;

	for (i = a->first; i < a->first + a->count; i++)
		for (k = b->first; k < b->first + b->count; k++)
			if (n->mentions[i].author == n->mentions[k].author)
				return true;
	return false;
}

static uint32_t
mentions_of(const struct names *n, uint32_t author)
{
	return n->first[author + 1] - n->first[author];
}

/* Papers of different names. */
static void
count_strangers(struct evidence *e, struct counts *c)
{
	const struct names *n = e->names;
	uint64_t state = 0, all = n->first[n->keys.n], draws;
	const struct mention *a, *b;
	const struct paper *p, *q;
	struct topic pt, qt;

	draws = all < UINT32_MAX && all * all / 2 < DRAWS ? all * all / 2 : DRAWS;
	for (; draws > 0; draws--) {
		a = &n->by_author[draw(&state) % all];
		b = &n->by_author[draw(&state) % all];
		if (a->author == b->author || mentions_of(n, a->author) < 2 ||
		    mentions_of(n, b->author) < 2)
			continue;
		p = &n->papers[a->paper];
		q = &n->papers[b->paper];
		if (have_author_in_common(n, p, q))
			continue;
		topics_of_paper(e->topics, p, &pt);
		topics_of_paper(e->topics, q, &qt);
		count(c, e, p, &pt, q, &qt, 1);
	}
}

/* Scratch space for the papers of one name. */
struct bundle {
	struct topic	*topic;
	uint32_t	*root;		/* union-find */
	uint32_t	*size;
	uint8_t		*beside;	/* of each pair: have coauthors in common */
};

static uint32_t
find(uint32_t *root, uint32_t i)
{
	while (root[i] != i)
		i = root[i] = root[root[i]];
	return i;
}

static void
mark(struct evidence *e, const struct paper *p, uint8_t value)
{
	uint32_t k;

	for (k = p->first; k < p->first + p->count; k++)
		e->marks[e->names->mentions[k].author] = value;
}

/* What the coauthors that p has in common with the paper marked weigh. */
static double
common(const struct evidence *e, const struct paper *p, uint32_t author,
    bool *any)
{
	const struct mention *m = e->names->mentions + p->first;
	const struct mention *end = m + p->count;
	double weight = 0;

	*any = false;
	for (; m < end; m++)
		if (m->author != author && e->marks[m->author] != 0) {
			weight += e->coauthor[m->author];
			*any = true;
		}
	return weight;
}

/*
 * Papers of one name that are linked by rare coauthors, but have none in
 * common themselves.  Returns how many of 1 pair are linked.
 */
static double
count_kin(struct evidence *e, struct counts *c, uint32_t author,
    struct bundle *s)
{
	const struct names *n = e->names;
	const struct mention *m = n->by_author + n->first[author];
	uint32_t count_of = mentions_of(n, author), i, k, r;
	double linked = 0;
	size_t pair = 0;
	bool any;

	for (i = 0; i < count_of; i++) {
		topics_of_paper(e->topics, &n->papers[m[i].paper], &s->topic[i]);
		s->root[i] = i;
		s->size[i] = 0;
		mark(e, &n->papers[m[i].paper], 1);
		for (k = 0; k < i; k++) {
			if (common(e, &n->papers[m[k].paper], author, &any) >=
			    (double)LINKED)
				s->root[find(s->root, k)] = find(s->root, i);
			s->beside[pair++] = any || m[i].paper == m[k].paper;
		}
		mark(e, &n->papers[m[i].paper], 0);
	}
	for (i = 0; i < count_of; i++)
		s->size[find(s->root, i)]++;
	for (pair = 0, i = 0; i < count_of; i++) {
		r = find(s->root, i);
		linked += s->size[r] - 1;
		for (k = 0; k < i; k++)
			if (s->beside[pair++] == 0 && find(s->root, k) == r)
				count(c, e, &n->papers[m[i].paper], &s->topic[i],
				    &n->papers[m[k].paper], &s->topic[k],
				    1. / s->size[r]);
	}
	return linked / ((double)count_of * (count_of - 1));
}

/* Names in an order that has nothing to do with them. */
static uint32_t *
shuffle(size_t n)
{
	uint32_t *v = xreallocarray(NULL, n + 1, sizeof(*v)), t;
	uint64_t state = 1;
	size_t i, k;

	for (i = 0; i < n; i++) {
		k = draw(&state) % (i + 1);
		t = (uint32_t)i;
		v[i] = v[k];
		v[k] = t;
	}
	return v;
}

static void
count_one_name(struct evidence *e, struct counts *c)
{
	const struct names *n = e->names;
	uint32_t *order = shuffle(n->keys.n), count_of;
	struct bundle s;
	double linked = 0, weight = 0;
	size_t i, pairs = 0;

	s.topic = xcalloc(MANY, sizeof(*s.topic));
	s.root = xcalloc(MANY, sizeof(*s.root));
	s.size = xcalloc(MANY, sizeof(*s.size));
	s.beside = xcalloc(MANY, MANY / 2);
	for (i = 0; i < n->keys.n && pairs < PAIRS; i++) {
		count_of = mentions_of(n, order[i]);
		if (count_of < 2 || count_of > MANY)
			continue;
		linked += count_kin(e, c, order[i], &s) / count_of;
		weight += 1. / count_of;
		pairs += (size_t)count_of * (count_of - 1) / 2;
	}
	e->same = weight > 0 ? linked / weight : .5;
	e->same = e->same < .05 ? .05 : e->same > .95 ? .95 : e->same;
	free(s.topic);
	free(s.root);
	free(s.size);
	free(s.beside);
	free(order);
}

/* The fewer pairs there are to learn from the nearer to even the odds stay. */
static void
weigh(float *odds, const double *kin, const double *strangers, int n)
{
	double all_kin = n, all_strangers = n, trust;
	int i;

	for (i = 0; i < n; i++) {
		all_kin += kin[i];
		all_strangers += strangers[i];
	}
	trust = (all_kin - n) / (all_kin - n + UNSURE) *
	    (all_strangers - n) / (all_strangers - n + UNSURE);
	for (i = 0; i < n; i++)
		odds[i] = (float)(trust * log((kin[i] + 1) / all_kin /
		    ((strangers[i] + 1) / all_strangers)));
}

void
evidence_learn(struct evidence *e, const struct names *n)
{
	struct counts strangers, kin;
	size_t i;
	float weight, wider;

	memset(&strangers, 0, sizeof(strangers));
	memset(&kin, 0, sizeof(kin));
	e->names = n;
	rarity_count(&e->rarity, n);
	e->topics = topics_new(n, &e->rarity);
	e->marks = xcalloc(n->keys.n + 1, sizeof(*e->marks));
	e->coauthor = xcalloc(n->keys.n + 1, sizeof(*e->coauthor));
	wider = (float)log1p(SMALL / (e->rarity.papers + 1));
	for (i = 0; i < n->keys.n; i++) {
		/* a small corpus is cut from a world where names are rarer */
		weight = e->rarity.name[i] + wider - logf(1 + AMBIGUOUS *
		    e->rarity.namesakes[i]);
		e->coauthor[i] = weight > 0 ? weight : 0;
	}
	count_strangers(e, &strangers);
	count_one_name(e, &kin);
	weigh(e->venue, kin.venue, strangers.venue, VENUE_BINS);
	weigh(e->topic, kin.topic, strangers.topic, TOPIC_BINS);
}

void
evidence_free(struct evidence *e)
{
	rarity_free(&e->rarity);
	topics_free(e->topics);
	free(e->marks);
	free(e->coauthor);
}

static double
logit(double p)
{
	return log(p / (1 - p));
}

double
evidence_probability(double odds)
{
	return 1 / (1 + exp(-odds));
}

/*
 * In a large corpus people look at names that several persons have; in a small
 * one, which shows no habits of its own, chance alone brings namesakes.
 */
double
evidence_prior(const struct evidence *e, uint32_t author, double same)
{
	double namesakes = e->rarity.namesakes[author], habits, chance, share;

	habits = -1.1 + .8 * (logit(same) - logit(e->same)) -
	    .6 * log(1 + 10 * namesakes) - .35 * log((namesakes + .002) / .1);
	chance = -log(namesakes / 2 + 1e-4);
	share = e->rarity.papers / (e->rarity.papers + SMALL);
	return share * habits + (1 - share) * chance;
}

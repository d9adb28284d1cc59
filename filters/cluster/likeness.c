/* likeness - whether two similar names are one person's */
#include <math.h>
#include <stdbool.h>

#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/likeness.h"
#include "cluster/persons.h"
#include "cluster/similar.h"
#include "lib/buf.h"

#define MANY	64	/* papers of a name that are looked at */
#define PAIRS	8	/* papers of each that are compared one with another */
#define ALONE	.8	/* against: no coauthor in common */

/* Before anything of their papers is known, in names that none else has. */
static const double prior[SIMILAR_REASONS] = {
	[SIMILAR_SPELLING] = 3,
	[SIMILAR_ORDER] = 2,
	[SIMILAR_NUMBER] = 1,
	[SIMILAR_SUFFIX] = 1,
	[SIMILAR_PARTICLE] = 2,
	[SIMILAR_MIDDLE] = 2,
	[SIMILAR_INITIALS] = 1,
};

/* The first of an author's mentions, and their end. */
static const struct mention *
first_of(const struct names *n, uint32_t author, const struct mention **end)
{
	const struct mention *m = n->by_author + n->first[author];

	*end = n->by_author + n->first[author + 1];
	if (*end - m > MANY)
		*end = m + MANY;
	return m;
}

static void
mark(struct evidence *e, uint32_t author, uint8_t value)
{
	const struct names *n = e->names;
	const struct mention *end, *m = first_of(n, author, &end);
	const struct paper *p;
	uint32_t k;

	for (; m < end; m++) {
		p = &n->papers[m->paper];
		for (k = p->first; k < p->first + p->count; k++)
			e->marks[n->mentions[k].author] = value;
	}
}

/* Coauthors of b that are marked, each once; and whether a is one. */
static double
coauthors_in_common(struct evidence *e, uint32_t a, uint32_t b, double chance,
    bool *together)
{
	const struct names *n = e->names;
	const struct mention *end, *m = first_of(n, b, &end);
	const struct paper *p;
	uint32_t k, who;
	double sum = 0;

	*together = false;
	for (; m < end; m++) {
		p = &n->papers[m->paper];
		for (k = p->first; k < p->first + p->count; k++) {
			who = n->mentions[k].author;
			if (who == a)
				*together = true;
			if (who == a || who == b || e->marks[who] != 1)
				continue;
			e->marks[who] = 2;
			if ((double)e->coauthor[who] > chance)
				sum += (double)e->coauthor[who] - chance;
		}
	}
	return sum;
}

/* What the newest papers of the two say, on the average. */
static double
pairs_in_common(const struct evidence *e, uint32_t a, uint32_t b)
{
	const struct names *n = e->names;
	const struct mention *aend, *bend, *m = first_of(n, a, &aend), *o;
	struct topic of_a, of_b[PAIRS];
	const struct mention *first = first_of(n, b, &bend);
	double sum = 0;
	int pairs = 0;

	if (bend - first > PAIRS)
		bend = first + PAIRS;
	if (aend - m > PAIRS)
		aend = m + PAIRS;
	for (o = first; o < bend; o++)
		topics_of_paper(e->topics, &n->papers[o->paper],
		    &of_b[o - first]);
	for (; m < aend; m++) {
		topics_of_paper(e->topics, &n->papers[m->paper], &of_a);
		for (o = first; o < bend; o++, pairs++)
			sum += evidence_of_pair(e, &n->papers[m->paper], &of_a,
			    &n->papers[o->paper], &of_b[o - first]);
	}
	return sum / pairs;
}

/*
 * Identifiers in common, for: 1; two of a registry that has one a person: -1.
 * OpenReview has a profile for each of the names that many people have.
 */
static int
identifiers(const struct names *n, uint32_t a, uint32_t b)
{
	const struct mention *aend, *bend, *m = first_of(n, a, &aend);
	const struct mention *o, *first = first_of(n, b, &bend);
	const struct claim *c, *d, *end = n->claims + n->nclaims;
	int result = 0;

	for (; m < aend; m++)
		for (o = first; o < bend && m->claims != 0; o++) {
			if (o->claims == 0)
				continue;
			for (c = n->claims + m->claims - 1; c < end &&
			    c->mention == n->claims[m->claims - 1].mention; c++)
				for (d = n->claims + o->claims - 1; d < end &&
				    d->mention ==
				    n->claims[o->claims - 1].mention; d++) {
					if (c->kind != d->kind ||
					    c->kind >= CLAIM_AFFILIATION)
						continue;
					if (c->value == d->value)
						return 1;
					if (c->kind < CLAIM_ONE &&
					    c->kind != CLAIM_OPENREVIEW)
						result = -1;
				}
		}
	return result;
}

double
likeness(struct evidence *e, const struct similar *s, uint32_t a, uint32_t b)
{
	const struct names *n = e->names;
	uint32_t na = n->first[a + 1] - n->first[a];
	uint32_t nb = n->first[b + 1] - n->first[b];
	uint32_t few = na < nb ? na : nb, many = na < nb ? nb : na;
	enum similar_reason reason = similar_reason(s, a, b);
	double odds, people;
	int ids = identifiers(n, a, b);
	bool together;

	mark(e, a, 1);
	people = coauthors_in_common(e, a, b, log(many < MANY ? many : MANY),
	    &together);
	mark(e, a, 0);
	if (together || (ids < 0) || (reason == SIMILAR_NUMBER &&
	    similar_has_number(s, a) && similar_has_number(s, b)))
		return -PERSON_CERTAIN;
	if (ids > 0)
		return PERSON_CERTAIN;
	odds = prior[reason] + evidence_prior(e, e->rarity.namesakes[a] <
	    e->rarity.namesakes[b] ? b : a, e->same);
	odds += people > 0 ? people : -ALONE;
	return odds + pairs_in_common(e, a, b) * sqrt(few < PAIRS ? few : PAIRS);
}

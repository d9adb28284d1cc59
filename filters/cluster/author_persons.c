/* author_persons - the persons of a name, and what speaks for them */
#include <stdlib.h>
#include <string.h>

#include "cluster/author.h"
#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/member.h"
#include "lib/buf.h"

#define VENUES		5	/* that are told of a person, and likewise */
#define COAUTHORS	10
#define AFFILIATIONS	5
#define NAMED		3	/* coauthors and venues in the evidence */
#define RARE		.02	/* namesakes by chance */

static struct tally	 people, places, claims;

/* The mentions of one person, by their places in by_author. */
struct mine {
	uint32_t	*v;
	uint32_t	 n;
};

static void
count(const struct names *n, uint32_t author, const struct mine *mine)
{
	const struct mention *m;
	const struct paper *p;
	const struct claim *c, *end = n->claims + n->nclaims;
	uint32_t i, k;

	tally_reset(&people);
	tally_reset(&places);
	tally_reset(&claims);
	for (i = 0; i < mine->n; i++) {
		m = &n->by_author[mine->v[i]];
		p = &n->papers[m->paper];
		for (k = p->first; k < p->first + p->count; k++)
			if (n->mentions[k].author != author)
				tally_add(&people, n->mentions[k].author,
				    m->paper);
		if (p->venue != 0)
			tally_add(&places, p->venue - 1, m->paper);
		if (m->claims == 0)
			continue;
		c = n->claims + m->claims - 1;
		for (k = c->mention; c < end && c->mention == k; c++)
			tally_add(&claims, c->value, m->paper);
	}
	tally_sort(&people);
	tally_sort(&places);
	tally_sort(&claims);
}

/* The first and the last year; false: none is known. */
static bool
find_years(const struct names *n, const struct mine *mine, int32_t years[2])
{
	uint32_t i;
	int32_t year;

	years[0] = years[1] = 0;
	for (i = 0; i < mine->n; i++) {
		if ((year = n->papers[n->by_author[mine->v[i]].paper].year) == 0)
			continue;
		if (years[0] == 0 || year < years[0])
			years[0] = year;
		if (years[1] == 0 || year > years[1])
			years[1] = year;
	}
	return years[0] != 0;
}

/* What tells this person from the others of the name. */
static void
add_marks(struct buf *b, const struct names *n, const struct mine *mine)
{
	int32_t years[2];
	uint32_t i;
	size_t from;

	if (find_years(n, mine, years))
		buf_addf(b, ",\"years\":[%d,%d]", (int)years[0], (int)years[1]);
	from = list_begin(b, "venues");
	for (i = 0; i < places.n && i < VENUES; i++) {
		add_string(b, "", n->venues.v[places.v[i].what]);
		buf_addc(b, ',');
	}
	list_end(b, from);
	from = list_begin(b, "coauthors");
	for (i = 0; i < people.n && i < COAUTHORS; i++) {
		buf_addc(b, '{');
		buf_adds(b, n->who[people.v[i].what]);
		add_number(b, ",\"papers\":", people.v[i].papers);
		buf_adds(b, "},");
	}
	list_end(b, from);
}

static const char *
value(const struct names *n, uint32_t claim)
{
	const char *s = n->claim_values.v[claim];

	return n->claim_kind[claim] == CLAIM_AFFILIATION ? s : strchr(s, ':') + 1;
}

/* Identifiers of all registries, of each the one on most papers. */
static void
add_ids(struct buf *b, const struct names *n)
{
	const char *s, *t;
	uint32_t i, k;
	size_t from, len;

	for (i = 0; i < claims.n; i++)
		if (n->claim_kind[claims.v[i].what] == CLAIM_ORCID) {
			add_string(b, ",\"orcid\":", value(n, claims.v[i].what));
			break;
		}
	from = b->len;
	buf_adds(b, ",\"ids\":{");
	for (i = 0; i < claims.n; i++) {
		k = n->claim_kind[claims.v[i].what];
		if (k == CLAIM_ORCID || k == CLAIM_EMAIL ||
		    k == CLAIM_AFFILIATION)
			continue;
		s = n->claim_values.v[claims.v[i].what];
		len = (size_t)(strchr(s, ':') - s) + 1;
		for (k = 0; k < i; k++) {
			t = n->claim_values.v[claims.v[k].what];
			if (strncmp(s, t, len) == 0)
				break;
		}
		if (k < i)
			continue;
		buf_addc(b, '"');
		buf_add(b, s, len - 1);
		add_string(b, "\":", s + len);
		buf_addc(b, ',');
	}
	if (b->p[b->len - 1] == '{')
		b->len = from;
	else
		b->p[b->len - 1] = '}';
}

static void
add_affiliations(struct buf *b, const struct names *n)
{
	size_t from = list_begin(b, "affiliations");
	uint32_t i, told = 0;

	for (i = 0; i < claims.n && told < AFFILIATIONS; i++)
		if (n->claim_kind[claims.v[i].what] == CLAIM_AFFILIATION) {
			add_string(b, "", value(n, claims.v[i].what));
			buf_addc(b, ',');
			told++;
		}
	list_end(b, from);
}

static void
add_fact(struct buf *b, struct buf *fact)
{
	add_string(b, "", fact->p);
	buf_addc(b, ',');
	buf_reset(fact);
}

static void
add_id_facts(struct buf *b, struct buf *fact, const struct names *n)
{
	static const char *const names[] = {
		[CLAIM_ORCID] = "ORCID", [CLAIM_OPENREVIEW] =
		    "OpenReview profile", [CLAIM_DBLP] = "dblp identifier",
		[CLAIM_EMAIL] = "e-mail address", [CLAIM_ID] = "identifier",
	};
	bool told[CLAIM_AFFILIATION] = { false };
	uint32_t i, kind;

	for (i = 0; i < claims.n && claims.v[i].papers > 1; i++) {
		kind = n->claim_kind[claims.v[i].what];
		if (kind >= CLAIM_AFFILIATION || told[kind])
			continue;
		told[kind] = true;
		buf_addf(fact, "%s on %u papers", names[kind],
		    (unsigned)claims.v[i].papers);
		add_fact(b, fact);
	}
}

static void
add_venue_fact(struct buf *b, struct buf *fact, const struct names *n,
    const struct mine *mine)
{
	int32_t years[2];
	uint32_t i;

	for (i = 0; i < places.n && i < NAMED && places.v[i].papers > 1; i++)
		buf_addf(fact, "%s%s", i > 0 ? ", " : "",
		    n->venues.v[places.v[i].what]);
	if (i == 0)
		return;
	if (find_years(n, mine, years))
		buf_addf(fact, years[0] == years[1] ? " %d" : " %d-%d",
		    (int)years[0], (int)years[1]);
	add_fact(b, fact);
}

static void
add_evidence(struct buf *b, const struct authors *a, uint32_t author,
    const struct mine *mine)
{
	static struct buf fact;
	const struct names *n = a->names;
	size_t from = list_begin(b, "evidence");
	uint32_t i, told;

	buf_reset(&fact);
	add_id_facts(b, &fact, n);
	for (i = 0; i < people.n && i < NAMED && people.v[i].papers > 1; i++) {
		buf_addf(&fact, "%u papers with %s",
		    (unsigned)people.v[i].papers, n->name[people.v[i].what]);
		add_fact(b, &fact);
	}
	for (told = 0, i = 0; i < claims.n && told == 0 &&
	    claims.v[i].papers > 1; i++)
		if (n->claim_kind[claims.v[i].what] == CLAIM_AFFILIATION) {
			buf_addf(&fact, "%s on %u papers",
			    value(n, claims.v[i].what),
			    (unsigned)claims.v[i].papers);
			add_fact(b, &fact);
			told++;
		}
	add_venue_fact(b, &fact, n, mine);
	if (a->evidence->rarity.namesakes[author] < (float)RARE)
		buf_adds(b, "\"a rare name\",");
	list_end(b, from);
}

static void
add_person(struct buf *b, const struct authors *a, uint32_t author,
    const struct person *p, const struct mine *mine)
{
	count(a->names, author, mine);
	add_number(b, "{\"person\":", p->number);
	add_number(b, ",\"papers\":", p->papers);
	if (a->persons.n > 1)
		add_marks(b, a->names, mine);
	add_ids(b, a->names);
	add_affiliations(b, a->names);
	if (mine->n > 1) {
		add_confidence(b, p->odds);
		add_evidence(b, a, author, mine);
	}
	buf_adds(b, "},");
}

void
author_add_persons(struct buf *b, const struct authors *a, uint32_t author)
{
	const struct names *n = a->names;
	const struct persons *p = &a->persons;
	uint32_t count_of = n->first[author + 1] - n->first[author], i;
	uint32_t *sorted = xreallocarray(NULL, count_of, sizeof(*sorted));
	uint32_t *next = xcalloc(p->n + 1, sizeof(*next));
	size_t from = list_begin(b, "persons");
	struct mine mine;

	if (people.slots == NULL) {
		tally_init(&people, n->keys.n);
		tally_init(&places, n->venues.n);
		tally_init(&claims, n->claim_values.n + 1);
	}
	for (i = 0; i < count_of; i++)
		next[p->of[i] + 1]++;
	for (i = 0; i < p->n; i++)
		next[i + 1] += next[i];
	for (i = 0; i < count_of; i++)
		sorted[next[p->of[i]]++] = n->first[author] + i;
	for (i = 0; i < p->n; i++) {
		mine.v = sorted + (i > 0 ? next[i - 1] : 0);
		mine.n = (uint32_t)(sorted + next[i] - mine.v);
		add_person(b, a, author, &p->v[i], &mine);
	}
	list_end(b, from);
	free(sorted);
	free(next);
}

/* author - the record of one exact name, as text */
#include <string.h>

#include "cluster/author.h"
#include "cluster/cluster.h"
#include "cluster/corrections.h"
#include "cluster/likeness.h"
#include "cluster/member.h"
#include "cluster/persons.h"
#include "cluster/previous.h"
#include "cluster/similar.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/slug.h"

#define AHEAD	8	/* strings that are asked from memory before their turn */

static struct tally	 rows, people, places;

/* The names of a tally with their counts. */
static void
add_tally(struct buf *b, const char *member, struct tally *t,
    const char *const *names)
{
	size_t from = list_begin(b, member), i;

	tally_sort(t);
	for (i = 0; i < t->n; i++) {
		add_string(b, "{\"name\":", names[t->v[i].what]);
		add_number(b, ",\"papers\":", t->v[i].papers);
		buf_adds(b, "},");
	}
	list_end(b, from);
}

/* Whether mention i is the first of the author's on its paper. */
static bool
is_new_paper(const struct names *n, uint32_t author, uint32_t i)
{
	return i == n->first[author] ||
	    n->by_author[i - 1].paper != n->by_author[i].paper;
}

static void
add_rows(struct buf *b, const struct names *n, uint32_t author)
{
	uint32_t i;

	tally_reset(&rows);
	for (i = n->first[author]; i < n->first[author + 1]; i++)
		tally_add(&rows, n->by_author[i].spelling,
		    n->by_author[i].paper);
	add_tally(b, "rows", &rows, n->spellings.v);
}

static void
add_papers(struct buf *b, const struct names *n, const struct persons *p,
    uint32_t author)
{
	const struct mention *m;
	uint32_t i;
	size_t from = list_begin(b, "papers");

	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		m = &n->by_author[i];
		if (i + AHEAD < n->first[author + 1])
			__builtin_prefetch(n->papers[m[AHEAD].paper].id);
		add_string(b, "{\"id\":", n->papers[m->paper].id);
		add_number(b, ",\"position\":", m->position);
		add_number(b, ",\"row\":", tally_place(&rows, m->spelling));
		add_number(b, ",\"person\":",
		    p->v[p->of[i - n->first[author]]].number);
		buf_adds(b, "},");
	}
	list_end(b, from);
}

static void
add_coauthors(struct buf *b, const struct names *n, uint32_t author)
{
	const struct paper *p;
	uint32_t i, k;
	size_t from = list_begin(b, "coauthors");

	tally_reset(&people);
	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		p = &n->papers[n->by_author[i].paper];
		for (k = p->first; k < p->first + p->count; k++)
			if (n->mentions[k].author != author)
				tally_add(&people, n->mentions[k].author,
				    n->by_author[i].paper);
	}
	tally_sort(&people);
	for (i = 0; i < people.n; i++) {
		if (i + AHEAD < people.n)
			__builtin_prefetch(n->who[people.v[i + AHEAD].what]);
		buf_addc(b, '{');
		buf_adds(b, n->who[people.v[i].what]);
		add_number(b, ",\"papers\":", people.v[i].papers);
		buf_adds(b, "},");
	}
	list_end(b, from);
}

static void
add_venues(struct buf *b, const struct names *n, uint32_t author)
{
	uint32_t i, venue;

	tally_reset(&places);
	for (i = n->first[author]; i < n->first[author + 1]; i++) {
		venue = n->papers[n->by_author[i].paper].venue;
		if (venue != 0)
			tally_add(&places, venue - 1, n->by_author[i].paper);
	}
	add_tally(b, "venues", &places, n->venues.v);
}

/* The papers come by year already. */
static void
add_years(struct buf *b, const struct names *n, uint32_t author)
{
	uint32_t i, end = n->first[author + 1], count = 0;
	size_t from = list_begin(b, "years");
	int32_t year;

	for (i = n->first[author]; i < end; i++) {
		year = n->papers[n->by_author[i].paper].year;
		count += is_new_paper(n, author, i);
		if (i + 1 < end &&
		    n->papers[n->by_author[i + 1].paper].year == year)
			continue;
		if (year != 0) {
			buf_addf(b, "{\"year\":%d", (int)year);
			add_number(b, ",\"papers\":", count);
			buf_adds(b, "},");
		}
		count = 0;
	}
	list_end(b, from);
}

static void
add_similar(struct buf *b, const struct authors *a, uint32_t author)
{
	static const char *const reasons[SIMILAR_REASONS] = {
		[SIMILAR_SPELLING] = "spelling", [SIMILAR_ORDER] = "order",
		[SIMILAR_NUMBER] = "homonym-number",
		[SIMILAR_SUFFIX] = "suffix", [SIMILAR_PARTICLE] = "particle",
		[SIMILAR_MIDDLE] = "middle-name",
		[SIMILAR_INITIALS] = "initials",
	};
	const struct names *n = a->names;
	size_t from = list_begin(b, "similar"), nfound, naliases, i = 0, k = 0;
	const uint32_t *found, *alias;
	uint32_t other;
	bool said;

	nfound = similar_find(a->similar, author, &found);
	naliases = corrections_aliases(author, &alias);
	while (i < nfound || k < naliases) {
		said = k < naliases && (i == nfound || alias[k] <= found[i]);
		other = said ? alias[k++] : found[i];
		i += i < nfound && found[i] == other;
		if (n->first[other] == n->first[other + 1])
			continue;
		add_string(b, "{\"key\":", n->keys.v[other]);
		add_string(b, ",\"reason\":", said ? "correction" :
		    reasons[similar_reason(a->similar, author, other)]);
		add_confidence(b, said ? PERSON_CERTAIN : likeness(a->evidence,
		    a->similar, author, other));
		buf_adds(b, "},");
	}
	list_end(b, from);
}

bool
author_write(struct buf *b, struct authors *a, uint32_t author)
{
	static struct buf slug;
	const struct names *n = a->names;
	const char *key = n->keys.v[author];
	const struct bond *bonds;
	size_t nbonds;

	if (n->first[author] == n->first[author + 1])
		return false;
	if (rows.slots == NULL) {
		tally_init(&rows, n->spellings.n);
		tally_init(&people, n->keys.n);
		tally_init(&places, n->venues.n);
	}
	nbonds = corrections_bonds(author, &bonds);
	persons_part(&a->persons, a->evidence, author, bonds, nbonds);
	previous_number(n, author, &a->persons);
	buf_reset(&slug);
	slug_make(&slug, key, strlen(key));
	buf_adds(b, "{\"kind\":\"author\",");
	buf_adds(b, n->who[author]);
	add_string(b, ",\"slug\":", slug.p);
	add_rows(b, n, author);
	add_papers(b, n, &a->persons, author);
	author_add_persons(b, a, author);
	add_coauthors(b, n, author);
	add_venues(b, n, author);
	add_years(b, n, author);
	add_similar(b, a, author);
	buf_addc(b, '}');
	return true;
}

/* people - the lists of authors, or of editors, of the copies of one paper */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dedupe/author.h"
#include "dedupe/dedupe.h"
#include "dedupe/people.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/name.h"

#define NOBODY		SIZE_MAX
#define SORTED		3	/* names that are in an order not by chance */
#define VOTES		16	/* lists that are asked about another one */

struct people {
	struct json	*list;
	struct author	*v;
	struct json	**json;		/* likewise */
	size_t		 n;
	bool		 et_al;
};

static void
people_read(struct arena *a, struct people *p, struct json *record,
    const char *member)
{
	struct json *e;
	const char *name;
	size_t n;

	*p = (struct people){ .list = json_get(record, member) };
	p->et_al = strcmp(member, "authors") == 0 &&
	    json_get(record, "et_al") != NULL;
	e = json_first(record, member);
	n = json_count(e);
	p->v = arena_alloc(a, (n + 1) * sizeof(*p->v));
	p->json = arena_alloc(a, (n + 1) * sizeof(*p->json));
	for (; e != NULL; e = e->next) {
		name = json_get_str(e, "name");
		author_make(a, &p->v[p->n], name != NULL ? name : "",
		    name != NULL ? strlen(name) : 0);
		p->json[p->n++] = e;
	}
}

/* Whether the people of two lists go together one by one, in order. */
static bool
is_in_step(const struct people *a, const struct people *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (author_compare(&a->v[i], &b->v[i]) == AUTHOR_OTHER)
			return false;
	return true;
}

/*
 * Who of b, as far as nobody has them, matches so well, if it is just one;
 * count: how many there are.
 */
static size_t
find_one(const struct author *who, const struct people *b, const bool *had,
    enum author_match level, size_t *count)
{
	size_t k, found = NOBODY;

	*count = 0;
	for (k = 0; k < b->n; k++)
		if (!had[k] && author_compare(who, &b->v[k]) >= level) {
			found = k;
			++*count;
		}
	return *count == 1 ? found : NOBODY;
}

/*
 * Who of b each of a is: in step, else those of one name, then those whose names
 * go together, if there is one on either side.  Returns how many were found.
 */
static size_t
align(struct arena *arena, const struct people *a, const struct people *b,
    size_t *partner)
{
	bool *had_a = arena_alloc(arena, a->n + 1);
	bool *had_b = arena_alloc(arena, b->n + 1);
	enum author_match level;
	size_t i, k, count, back, n = 0;

	if (is_in_step(a, b)) {
		for (i = 0; i < a->n; i++)
			partner[i] = i;
		return a->n;
	}
	memset(had_a, 0, a->n + 1);
	memset(had_b, 0, b->n + 1);
	for (i = 0; i < a->n; i++)
		partner[i] = NOBODY;
	for (level = AUTHOR_SAME; level >= AUTHOR_NEAR; level--)
		for (i = 0; i < a->n; i++) {
			if (had_a[i])
				continue;
			k = find_one(&a->v[i], b, had_b, level, &count);
			/* of several of one name none is told from the others */
			had_a[i] = count > 1 && level == AUTHOR_SAME;
			if (k == NOBODY || find_one(&b->v[k], a, had_a, level,
			    &back) != i)
				continue;
			partner[i] = k;
			had_a[i] = had_b[k] = true;
			n++;
		}
	return n;
}

/* How many of the lists have the same people, in_order: in the same order. */
static size_t
count_votes(struct arena *a, const struct people *lists, size_t n,
    const struct people *p, bool in_order)
{
	size_t *partner = arena_alloc(a, (p->n + 1) * sizeof(*partner));
	size_t i, votes = 0;

	for (i = 0; i < n && i < VOTES; i++)
		if (lists[i].n == p->n && !lists[i].et_al &&
		    (in_order ? is_in_step(p, &lists[i]) :
		    align(a, p, &lists[i], partner) == p->n))
			votes++;
	return votes;
}

static bool
is_body(const struct json *person)
{
	const char *name = json_get_str(person, "name");

	return name != NULL && name_is_body(name, strlen(name));
}

/* Whether those of b who are nobody of a are people, others than those of a. */
static bool
adds_others(const struct people *a, const struct people *b,
    const size_t *partner)
{
	size_t i, k;

	for (k = 0; k < b->n; k++) {
		for (i = 0; i < a->n && partner[i] != k; i++)
			;
		if (i < a->n)
			continue;
		if (is_body(b->json[k]))
			return false;
		for (i = 0; i < a->n; i++)
			if (author_compare(&a->v[i], &b->v[k]) != AUTHOR_OTHER)
				return false;
	}
	return true;
}

static int
compare_families(const struct people *p, size_t i, size_t k)
{
	const char *x = json_get_str(p->json[i], "family");
	const char *y = json_get_str(p->json[k], "family");
	const struct author *a = &p->v[i], *b = &p->v[k];
	struct author f, g;
	static struct arena scratch;
	int c;

	arena_reset(&scratch);
	if (x != NULL && y != NULL) {
		author_make(&scratch, &f, x, strlen(x));
		author_make(&scratch, &g, y, strlen(y));
		return strcmp(f.n > 0 ? f.word[0].s : "",
		    g.n > 0 ? g.word[0].s : "");
	}
	if (a->n == 0 || b->n == 0)
		return 1;
	c = memcmp(a->word[a->n - 1].s, b->word[b->n - 1].s,
	    a->word[a->n - 1].n < b->word[b->n - 1].n ?
	    a->word[a->n - 1].n : b->word[b->n - 1].n);
	return c != 0 ? c : (a->word[a->n - 1].n > b->word[b->n - 1].n) -
	    (a->word[a->n - 1].n < b->word[b->n - 1].n);
}

/* Whether the names are in the order of families, or of their first words. */
static bool
is_sorted(const struct people *p)
{
	bool families = true, whole = true;
	size_t i;

	for (i = 1; i < p->n && (families || whole); i++) {
		families = families && compare_families(p, i - 1, i) <= 0;
		whole = whole && p->v[i - 1].n > 0 && p->v[i].n > 0 &&
		    strcmp(p->v[i - 1].word[0].s, p->v[i].word[0].s) <= 0;
	}
	return families || whole;
}

/* Whether a list is better than one that a more trusted record has. */
static bool
is_better(struct arena *a, const struct people *lists, size_t n,
    const struct people *other, const struct people *have)
{
	size_t *partner = arena_alloc(a, (have->n + 1) * sizeof(*partner));

	if (other->n < have->n || align(a, have, other, partner) < have->n)
		return false;
	if (other->n > have->n)
		return adds_others(have, other, partner) && (have->et_al ||
		    count_votes(a, lists, n, have, false) <=
		    count_votes(a, lists, n, other, false));
	if (have->et_al || other->et_al)
		return have->et_al && !other->et_al;
	return have->n >= SORTED && is_sorted(have) && !is_sorted(other) &&
	    count_votes(a, lists, n, have, true) <=
	    count_votes(a, lists, n, other, true);
}

/* Whether both have an identifier of one kind, and not the same. */
static bool
is_someone_else(const struct json *a, const struct json *b)
{
	const char *x = json_get_str(a, "orcid"), *y = json_get_str(b, "orcid");
	const struct json *i = json_get(a, "ids"), *k;

	if (x != NULL && y != NULL)
		return strcmp(x, y) != 0;
	for (i = i != NULL ? i->child : NULL; i != NULL; i = i->next) {
		k = json_get(json_get(b, "ids"), i->name);
		if (k != NULL && strcmp(i->text, k->text) != 0)
			return true;
	}
	return false;
}

static void
add_variant(struct arena *a, struct json *person, const char *name)
{
	struct json *list = json_get(person, "variants"), *e;

	for (e = list != NULL ? list->child : NULL; e != NULL; e = e->next)
		if (strcmp(e->text, name) == 0)
			return;
	if (list == NULL)
		json_set(a, person, "variants", list = json_array(a));
	json_append(list, json_str(a, name));
}

static void
take_identity(struct arena *a, struct json *person, const struct json *other)
{
	static const char *const members[] = { "orcid", "affiliation", "email",
	    "dates" };
	struct json *ids = json_get(person, "ids"), *v;
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (json_get(person, members[i]) == NULL &&
		    (v = json_get(other, members[i])) != NULL)
			json_set(a, person, members[i], json_copy(a, v));
	for (v = json_first(other, "variants"); v != NULL; v = v->next)
		add_variant(a, person, v->text);
	if ((v = json_get(other, "ids")) == NULL)
		return;
	if (ids == NULL)
		json_set(a, person, "ids", json_copy(a, v));
	else
		merge_missing(a, ids, json_copy(a, v));
}

/* Whether the names go together, but the identifiers do not. */
static bool
is_mistaken(const struct people *p, size_t i, const struct people *other,
    size_t k)
{
	return author_compare(&p->v[i], &other->v[k]) != AUTHOR_SAME &&
	    is_someone_else(p->json[i], other->json[k]);
}

static void
join_people(struct arena *a, const struct people *p, const struct people *other)
{
	size_t *partner = arena_alloc(a, (p->n + 1) * sizeof(*partner));
	const struct json *they;
	size_t i;

	align(a, p, other, partner);
	for (i = 0; i < p->n; i++) {
		if (partner[i] == NOBODY ||
		    is_mistaken(p, i, other, partner[i]))
			continue;
		they = other->json[partner[i]];
		take_identity(a, p->json[i], they);
		if (author_is_fuller(&p->v[i], &other->v[partner[i]]))
			add_variant(a, p->json[i], json_get_str(they, "name"));
	}
}

/*
 * The people of a list that was better than one of a more trusted record are as
 * that has them, but for those of whom it has initials only.
 */
static void
trust_people(struct arena *a, struct people *p, const struct people *trusted)
{
	size_t *partner = arena_alloc(a, (p->n + 1) * sizeof(*partner));
	struct json *list = p->list, *old;
	size_t i, k;

	align(a, p, trusted, partner);
	list->child = list->last = NULL;
	for (i = 0; i < p->n; i++) {
		k = partner[i];
		old = p->json[i];
		if (k != NOBODY && !is_mistaken(p, i, trusted, k) &&
		    !author_is_fuller(&trusted->v[k], &p->v[i])) {
			p->json[i] = json_copy(a, trusted->json[k]);
			p->v[i] = trusted->v[k];
			take_identity(a, p->json[i], old);
		}
		json_append(list, p->json[i]);
	}
}

static void
leave_out(struct arena *a, struct json *record, const char *member)
{
	json_set(a, record, member, NULL);
	if (strcmp(member, "authors") == 0)
		json_set(a, record, "et_al", NULL);
}

void
people_merge(struct arena *a, struct json **records, size_t n,
    const char *member)
{
	struct people *lists = arena_alloc(a, (n + 1) * sizeof(*lists));
	size_t *of = arena_alloc(a, (n + 1) * sizeof(*of));
	size_t i, nlists = 0, best = 0;

	for (i = 0; i < n; i++)
		if (json_first(records[i], member) != NULL) {
			people_read(a, &lists[nlists], records[i], member);
			of[nlists++] = i;
		}
	for (i = 1; i < nlists; i++)
		if (is_better(a, lists, nlists, &lists[i], &lists[best]))
			best = i;
	for (i = best; i-- > 0; )
		trust_people(a, &lists[best], &lists[i]);
	for (i = 0; i < nlists; i++)
		if (i != best) {
			join_people(a, &lists[best], &lists[i]);
			leave_out(a, records[of[i]], member);
		}
}

/* merge - one paper of two records */
#include <string.h>

#include "dedupe/conflicts.h"
#include "dedupe/dedupe.h"
#include "dedupe/people.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/intern.h"
#include "lib/json.h"

/* Members that only make sense beside another one of the same record. */
static const char *
depends_on(const char *member)
{
	if (strcmp(member, "venue_kind") == 0 ||
	    strcmp(member, "venue_name") == 0 || strcmp(member, "track") == 0)
		return "venue";
	if (strcmp(member, "et_al") == 0)
		return "authors";
	return NULL;
}

void
merge_missing(struct arena *a, struct json *o, struct json *other)
{
	struct json *m, *next;

	for (m = other != NULL ? other->child : NULL; m != NULL; m = next) {
		next = m->next;
		if (json_get(o, m->name) == NULL)
			json_add(a, o, m->name, m->namelen, m);
	}
}

static bool
is_status(const struct json *status, const char *s)
{
	return status != NULL && status->type == JSON_STRING &&
	    strcmp(status->text, s) == 0;
}

/*
 * Whether what the other record says of the status, or that it says nothing,
 * stands in the place of what the paper says.  That a paper was submitted is no
 * news where another record lists it as published; that it was rejected or
 * withdrawn is.  What was accepted may have been withdrawn since, which hardly
 * all that list it know of.
 */
static bool
yields_status(const struct json *paper, const struct json *other)
{
	const struct json *mine = json_get(paper, "status");
	const struct json *theirs = json_get(other, "status");

	if (is_status(theirs, "submitted"))
		return false;
	return mine == NULL || is_status(mine, "submitted") ||
	    (is_status(mine, "accepted") && is_status(theirs, "withdrawn"));
}

static void
join_status(struct arena *a, struct json *paper, const struct json *other)
{
	const char *theirs = json_get_str(other, "status");

	if (yields_status(paper, other))
		json_set(a, paper, "status", theirs != NULL ?
		    json_str(a, theirs) : NULL);
}

/* Whether a source is not yet among those seen, and it is put there. */
static bool
is_new(struct intern *seen, const struct json *source)
{
	static struct buf b;
	const char *name = json_get_str(source, "source");
	size_t had = seen->n;

	buf_reset(&b);
	buf_addf(&b, "%zu:%s:%lld:%s", strlen(name), name,
	    (long long)json_get_int(source, "offset", -1),
	    json_get_str(source, "key"));
	return intern(seen, b.p, b.len) == had;
}

/* Put the other's sources behind those that are there. */
static void
join_sources(struct intern *seen, struct json *sources, struct json *other)
{
	struct json *s, *next;

	for (s = other->child; s != NULL; s = next) {
		next = s->next;
		if (is_new(seen, s))
			json_append(sources, s);
	}
}

/* Members that say nothing of who gave them: who a record is, or see above. */
static bool
is_given(const char *member)
{
	static const char *const not[] = { "kind", "id", "sources", "versions",
	    "version_of", "conflicts" };
	size_t i;

	for (i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (strcmp(not[i], member) == 0)
			return false;
	return depends_on(member) == NULL;
}

/* A record of one source has all of its members from that. */
static void
claim_all(struct arena *a, struct json *paper)
{
	struct json *source = json_get(paper, "sources"), *fields;
	const struct json *m;

	source = source != NULL ? source->child : NULL;
	if (source == NULL || source->next != NULL ||
	    json_get(source, "fields") != NULL)
		return;
	fields = json_array(a);
	for (m = paper->child; m != NULL; m = m->next)
		if (is_given(m->name))
			json_append(fields, json_string(a, m->name,
			    m->namelen));
	if (fields->child != NULL)
		json_set(a, source, "fields", fields);
}

static const struct json	*giver, *receiver;	/* for is_wanted */

/* Whether a member of the giver is news to the receiver. */
static bool
is_wanted(struct json *field)
{
	const struct json *m = json_get(giver, field->text);
	const struct json *mine = json_get(receiver, field->text);

	if (m == NULL)
		return false;
	if (strcmp(field->text, "status") == 0)
		return yields_status(receiver, giver);
	if (mine == NULL)
		return true;
	if (strcmp(field->text, "ids") != 0)
		return false;
	for (m = m->child; m != NULL; m = m->next)
		if (json_get(mine, m->name) == NULL)
			return true;
	return false;
}

/* Whether the receiver has the member at all. */
static bool
is_had(struct json *field)
{
	return json_get(receiver, field->text) != NULL;
}

static bool
is_no_status(struct json *field)
{
	return strcmp(field->text, "status") != 0;
}

static void
keep_claims(struct arena *a, struct json *paper, bool (*keep)(struct json *))
{
	struct json *s = json_get(paper, "sources"), *fields;

	for (s = s != NULL ? s->child : NULL; s != NULL; s = s->next) {
		if ((fields = json_get(s, "fields")) == NULL)
			continue;
		json_keep_if(fields, keep);
		if (fields->child == NULL)
			json_set(a, s, "fields", NULL);
	}
}

/* Which source gave which member of a paper, before others are merged into it. */
static void
settle_own_claims(struct arena *a, struct json *paper)
{
	claim_all(a, paper);
	receiver = paper;
	keep_claims(a, paper, is_had);
}

/* Likewise of the other, before the paper takes what it lacks. */
static void
settle_claims(struct arena *a, struct json *paper, struct json *other)
{
	claim_all(a, other);
	receiver = paper;
	giver = other;
	keep_claims(a, other, is_wanted);
	/* for each of very many copies this would go through all before it */
	if (json_get(paper, "status") != NULL && yields_status(paper, other))
		keep_claims(a, paper, is_no_status);
}

static bool
has_other_venue(const struct json *paper, const struct json *other)
{
	const char *venue = json_get_str(paper, "venue");
	const char *others = json_get_str(other, "venue");

	return venue != NULL && (others == NULL || strcmp(venue, others) != 0);
}

/*
 * Members that the less trusted record has and the other one lacks are taken,
 * not copied.
 */
static void
merge_into(struct arena *a, struct intern *seen, struct json *paper,
    struct json *other)
{
	struct json *m, *next, *mine;
	bool other_venue = has_other_venue(paper, other);
	bool had_authors = json_get(paper, "authors") != NULL;
	const char *on;

	settle_claims(a, paper, other);
	join_status(a, paper, other);
	for (m = other->child; m != NULL; m = next) {
		next = m->next;
		mine = json_get(paper, m->name);
		on = depends_on(m->name);
		if (on != NULL && (*on == 'v' ? other_venue : had_authors))
			continue;
		if (strcmp(m->name, "status") == 0 ||
		    strcmp(m->name, "versions") == 0 ||
		    strcmp(m->name, "version_of") == 0)
			continue;
		if (strcmp(m->name, "sources") == 0) {
			if (mine == NULL) {
				mine = json_array(a);
				json_set(a, paper, "sources", mine);
			}
			join_sources(seen, mine, m);
		} else if (mine == NULL)
			json_add(a, paper, m->name, m->namelen, m);
		else if (strcmp(m->name, "ids") == 0)
			merge_missing(a, mine, m);
	}
}

struct json *
merge(struct arena *a, struct json **records, size_t n, bool keep_conflicts)
{
	struct intern seen = { 0 };
	struct json **were = NULL, *s;
	size_t i;

	if (n == 1)
		return records[0];
	if (keep_conflicts) {
		were = arena_alloc(a, n * sizeof(*were));
		for (i = 0; i < n; i++)
			were[i] = json_copy(a, records[i]);
	}
	people_merge(a, records, n, "authors");
	people_merge(a, records, n, "editors");
	settle_own_claims(a, records[0]);
	for (s = json_first(records[0], "sources"); s != NULL; s = s->next)
		is_new(&seen, s);
	for (i = 1; i < n; i++)
		merge_into(a, &seen, records[0], records[i]);
	intern_free(&seen);
	if (keep_conflicts)
		conflicts_keep(a, records[0], were, n);
	return records[0];
}

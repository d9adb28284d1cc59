/* merge - one paper of two records */
#include <string.h>

#include "dedupe/dedupe.h"
#include "lib/arena.h"
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

/* The one author that the name matches: exactly, else as a compatible one. */
static struct json *
find_author(const struct json *authors, const char *name)
{
	struct author want = author_make(name, strlen(name)), have;
	struct json *p, *exact = NULL, *near = NULL;
	size_t nexact = 0, nnear = 0;
	const char *s;

	for (p = authors->child; p != NULL; p = p->next) {
		if ((s = json_get_str(p, "name")) == NULL)
			continue;
		have = author_make(s, strlen(s));
		if (have.whole == want.whole) {
			exact = p;
			nexact++;
		} else if (author_matches(&have, &want)) {
			near = p;
			nnear++;
		}
	}
	return nexact == 1 ? exact : nexact == 0 && nnear == 1 ? near : NULL;
}

static void
take_identity(struct arena *a, struct json *author, struct json *other)
{
	static const char *const members[] = { "orcid", "affiliation", "email",
	    "variants", "dates" };
	struct json *ids = json_get(author, "ids"), *v;
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (json_get(author, members[i]) == NULL &&
		    (v = json_get(other, members[i])) != NULL)
			json_add(a, author, members[i], strlen(members[i]),
			    json_copy(a, v));
	if ((v = json_get(other, "ids")) == NULL)
		return;
	if (ids == NULL)
		json_add(a, author, "ids", 3, json_copy(a, v));
	else
		merge_missing(a, ids, json_copy(a, v));
}

static void
join_authors(struct arena *a, struct json *authors, const struct json *other)
{
	struct json *p, *author;
	const char *name;

	for (p = other->child; p != NULL; p = p->next)
		if ((name = json_get_str(p, "name")) != NULL &&
		    (author = find_author(authors, name)) != NULL &&
		    find_author(other, name) == p)
			take_identity(a, author, p);
}

static bool
is_submitted(const struct json *paper)
{
	const char *s = json_get_str(paper, "status");

	return s != NULL && strcmp(s, "submitted") == 0;
}

/*
 * That a paper was submitted is no news where another record lists it as
 * published; that it was rejected or withdrawn is.
 */
static void
join_status(struct arena *a, struct json *paper, const struct json *other)
{
	const char *theirs = json_get_str(other, "status");

	if (is_submitted(paper))
		json_set(a, paper, "status", theirs != NULL ?
		    json_str(a, theirs) : NULL);
	else if (json_get(paper, "status") == NULL && theirs != NULL &&
	    !is_submitted(other))
		json_set(a, paper, "status", json_str(a, theirs));
}

static bool
has_source(const struct json *sources, const struct json *s)
{
	const char *source = json_get_str(s, "source");
	const char *key = json_get_str(s, "key");
	const struct json *e;

	for (e = sources->child; e != NULL; e = e->next)
		if (strcmp(json_get_str(e, "source"), source) == 0 &&
		    strcmp(json_get_str(e, "key"), key) == 0 &&
		    json_get_int(e, "offset", -1) ==
		    json_get_int(s, "offset", -1))
			return true;
	return false;
}

static void
join_sources(struct json *sources, struct json *other)
{
	struct json *s, *next;

	for (s = other->child; s != NULL; s = next) {
		next = s->next;
		if (!has_source(sources, s))
			json_append(sources, s);
	}
}

/* Members that say nothing of who gave them: who a record is, or see above. */
static bool
is_given(const char *member)
{
	static const char *const not[] = { "kind", "id", "sources", "versions",
	    "version_of" };
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
		return !is_submitted(giver) &&
		    (mine == NULL || is_submitted(receiver));
	if (mine == NULL)
		return true;
	if (strcmp(field->text, "ids") != 0)
		return false;
	for (m = m->child; m != NULL; m = m->next)
		if (json_get(mine, m->name) == NULL)
			return true;
	return false;
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

/* Which source gave which member, before the other's are taken. */
static void
settle_claims(struct arena *a, struct json *paper, struct json *other)
{
	claim_all(a, paper);
	claim_all(a, other);
	receiver = paper;
	giver = other;
	keep_claims(a, other, is_wanted);
	if (is_submitted(paper) && !is_submitted(other))
		keep_claims(a, paper, is_no_status);
}

static bool
has_other_venue(const struct json *paper, const struct json *other)
{
	const char *venue = json_get_str(paper, "venue");
	const char *others = json_get_str(other, "venue");

	return venue != NULL && (others == NULL || strcmp(venue, others) != 0);
}

void
merge_into(struct arena *a, struct json *paper, struct json *other)
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
		if (strcmp(m->name, "status") == 0)
			continue;
		if (mine == NULL)
			json_add(a, paper, m->name, m->namelen, m);
		else if (strcmp(m->name, "sources") == 0)
			join_sources(mine, m);
		else if (strcmp(m->name, "authors") == 0 ||
		    strcmp(m->name, "editors") == 0)
			join_authors(a, mine, m);
		else if (strcmp(m->name, "ids") == 0)
			merge_missing(a, mine, m);
	}
}

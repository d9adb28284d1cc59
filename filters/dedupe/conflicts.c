/* conflicts - the values that a merged paper does not have */
#include <stdbool.h>
#include <string.h>

#include "dedupe/conflicts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"

/* Members that are joined, or made anew. */
static bool
is_joined(const char *member)
{
	static const char *const joined[] = { "kind", "id", "sources",
	    "versions", "version_of", "conflicts" };
	size_t i;

	for (i = 0; i < sizeof(joined) / sizeof(joined[0]); i++)
		if (strcmp(member, joined[i]) == 0)
			return true;
	return false;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Put the text into the buffer, each run of white space as one space. */
static void
fold_space(struct buf *b, const struct json *v)
{
	size_t i;

	buf_reset(b);
	for (i = 0; i < v->len; i++)
		if (!is_space(v->text[i]))
			buf_addc(b, v->text[i]);
		else if (b->len > 0 && b->p[b->len - 1] != ' ')
			buf_addc(b, ' ');
	if (b->len > 0 && b->p[b->len - 1] == ' ')
		b->len--;
}

static bool
is_equal(const struct json *a, const struct json *b)
{
	static struct buf x, y;
	const struct json *p, *q;

	if (a == NULL || b == NULL || a->type != b->type)
		return false;
	if (a->type == JSON_STRING || a->type == JSON_NUMBER) {
		fold_space(&x, a);
		fold_space(&y, b);
		return x.len == y.len && memcmp(x.p, y.p, x.len) == 0;
	}
	if (json_count(a->child) != json_count(b->child))
		return false;
	for (p = a->child, q = b->child; p != NULL; p = p->next) {
		if (!is_equal(p, a->type == JSON_ARRAY ? q :
		    json_member(b, p->name, p->namelen)))
			return false;
		q = q->next;
	}
	return true;
}

/* Whether all that is said of a person is said in the paper. */
static bool
has_person(const struct json *have, const struct json *person)
{
	const struct json *m, *e, *mine, *f;

	for (m = person->child; m != NULL; m = m->next) {
		mine = json_member(have, m->name, m->namelen);
		if (is_equal(mine, m))
			continue;
		if (mine == NULL || mine->type != m->type ||
		    (m->type != JSON_OBJECT && m->type != JSON_ARRAY))
			return false;
		for (e = m->child; e != NULL; e = e->next) {
			if (m->type == JSON_OBJECT) {
				if (!is_equal(json_member(mine, e->name,
				    e->namelen), e))
					return false;
				continue;
			}
			for (f = mine->child; f != NULL && !is_equal(f, e); )
				f = f->next;
			if (f == NULL)
				return false;
		}
	}
	return true;
}

static bool
has_people(const struct json *have, const struct json *list)
{
	const struct json *p, *q;

	if (have == NULL || json_count(have->child) != json_count(list->child))
		return false;
	for (p = have->child, q = list->child; q != NULL; p = p->next) {
		if (!has_person(p, q))
			return false;
		q = q->next;
	}
	return true;
}

/* What of an object the other one has otherwise, or NULL: nothing. */
static struct json *
lost_members(struct arena *a, const struct json *have, const struct json *v)
{
	struct json *lost = json_object(a);
	const struct json *m;

	for (m = v->child; m != NULL; m = m->next)
		if (!is_equal(json_member(have, m->name, m->namelen), m))
			json_add(a, lost, m->name, m->namelen,
			    json_copy(a, m));
	return lost->child != NULL ? lost : NULL;
}

/* What of a member is lost, or NULL: nothing. */
static struct json *
lost(struct arena *a, const struct json *have, const struct json *v)
{
	bool people = strcmp(v->name, "authors") == 0 ||
	    strcmp(v->name, "editors") == 0;

	if (people ? has_people(have, v) : is_equal(have, v))
		return NULL;
	return v->type == JSON_OBJECT ? lost_members(a, have, v) :
	    json_copy(a, v);
}

static bool
has_conflict(const struct json *list, const struct json *conflict)
{
	const struct json *e;

	for (e = list->child; e != NULL; e = e->next)
		if (is_equal(e, conflict))
			return true;
	return false;
}

static void
add_conflict(struct arena *a, struct json *conflicts, const struct json *m,
    struct json *conflict)
{
	struct json *list = json_member(conflicts, m->name, m->namelen);

	if (list == NULL) {
		list = json_array(a);
		json_add(a, conflicts, m->name, m->namelen, list);
	}
	if (!has_conflict(list, conflict))
		json_append(list, conflict);
}

/* An id that says no more than a source or the DOI does is no value. */
static bool
is_derived(const struct json *record)
{
	static struct buf b;
	const char *id = json_get_str(record, "id");
	const char *doi = json_get_str(record, "doi");
	const struct json *s;

	for (s = json_first(record, "sources"); s != NULL; s = s->next) {
		buf_reset(&b);
		buf_addf(&b, "%s:%s", json_get_str(s, "source"),
		    json_get_str(s, "key"));
		if (strcmp(b.p, id) == 0)
			return true;
	}
	return strncmp(id, "doi:", 4) == 0 && doi != NULL &&
	    strcmp(id + 4, doi) == 0;
}

static struct json *
make_conflict(struct arena *a, struct json *value, const struct json *record)
{
	static const char *const members[] = { "source", "key" };
	const struct json *s = json_first(record, "sources"), *v;
	struct json *o = json_object(a);
	size_t i;

	json_put(o, "value", value);
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if ((v = json_get(s, members[i])) != NULL)
			json_put(o, members[i], json_copy(a, v));
	return o;
}

static void
keep_of_record(struct arena *a, struct json *conflicts,
    const struct json *paper, const struct json *record)
{
	const struct json *m, *e;
	struct json *v;

	if (!is_derived(record))
		add_conflict(a, conflicts, json_get(record, "id"),
		    make_conflict(a, json_copy(a, json_get(record, "id")),
		    record));
	for (m = record->child; m != NULL; m = m->next)
		if (!is_joined(m->name) && (v = lost(a,
		    json_member(paper, m->name, m->namelen), m)) != NULL)
			add_conflict(a, conflicts, m,
			    make_conflict(a, v, record));
	m = json_get(record, "conflicts");
	for (m = m != NULL ? m->child : NULL; m != NULL; m = m->next)
		for (e = m->child; e != NULL; e = e->next)
			add_conflict(a, conflicts, m, json_copy(a, e));
}

void
conflicts_keep(struct arena *a, struct json *paper,
    struct json *const *records, size_t n)
{
	struct json *conflicts = json_object(a);
	size_t i;

	for (i = 0; i < n; i++)
		keep_of_record(a, conflicts, paper, records[i]);
	json_set(a, paper, "conflicts", conflicts->child != NULL ? conflicts :
	    NULL);
}

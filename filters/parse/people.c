/* people - author lists of an entry, and the lists that run beside them */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/markup.h"
#include "lib/text.h"
#include "parse/format.h"

struct json *
entry_people(struct json *paper, const char *member)
{
	struct json *list = json_get(paper, member);

	if (list == NULL) {
		list = json_array(entry_arena());
		json_set(entry_arena(), paper, member, list);
	}
	return list;
}

struct json *
entry_person(struct json *people, const char *name, size_t n)
{
	struct json *o = json_object(entry_arena());

	if (!name_is_nobody(name, n))
		entry_text(o, "name", name, n);
	if (o->child == NULL)
		return NULL;
	json_append(people, o);
	return o;
}

void
entry_et_al(struct json *paper, const char *member)
{
	if (strcmp(member, "authors") == 0)
		json_set(entry_arena(), paper, "et_al",
		    json_true(entry_arena()));
}

void
entry_add_names(struct json *paper, const char *member, const char *s,
    size_t n, enum name_list kind)
{
	if (name_split_list(entry_arena(), entry_people(paper, member), s, n,
	    kind))
		entry_et_al(paper, member);
}

/* Lists are separated by marks that also end an entity: decode these first. */
void
entry_names(struct json *paper, const char *member, const char *s, size_t n)
{
	struct buf once = { 0 }, twice = { 0 };

	if (json_get(paper, member) != NULL)
		return;
	if (memchr(s, '&', n) != NULL) {
		markup_entities(&once, s, n);
		markup_entities(&twice, once.p, once.len);
		s = twice.p;
		n = twice.len;
	}
	entry_add_names(paper, member, s, n, NAMES_SEVERAL);
	buf_free(&once);
	buf_free(&twice);
}

void
entry_person_id(struct json *person, const char *registry, const char *s,
    size_t n)
{
	struct json *ids = json_get(person, "ids");

	if (ids == NULL) {
		ids = json_object(entry_arena());
		json_set(entry_arena(), person, "ids", ids);
	}
	entry_text(ids, registry, s, n);
	if (ids->child == NULL)
		json_set(entry_arena(), person, "ids", NULL);
}

/* The host of a URL without "www.", or NULL. */
static const char *
host_of(const char *url)
{
	const char *s = url != NULL ? strstr(url, "://") : NULL;

	if (s == NULL)
		return NULL;
	s += 3;
	if (strncasecmp(s, "www.", 4) == 0)
		s += 4;
	return *s == '/' || *s == '\0' ? NULL :
	    arena_strndup(entry_arena(), s, strcspn(s, "/:?#"));
}

/*
 * An identifier that shows whose it is: a profile of OpenReview, an address, an
 * ORCID iD, or a path, which is one on the site of the paper.
 */
bool
entry_identifier(struct json *paper, struct json *person, const char *s,
    size_t n)
{
	char orcid[ORCID_SIZE];
	const char *host;

	if (n > 1 && *s == '~')
		entry_person_id(person, "openreview", s, n);
	else if (memchr(s, '@', n) != NULL)
		entry_text(person, "email", s, n);
	else if (memchr(s, '-', n) != NULL && identifier_orcid(orcid, s, n))
		entry_str(person, "orcid", orcid);
	else if (n > 1 && *s == '/' &&
	    (host = host_of(json_get_str(paper, "url"))) != NULL) {
		s++;
		n--;
		while (n > 0 && s[n - 1] == '/')
			n--;
		entry_person_id(person, host, s, n);
	} else
		return false;
	return true;
}

void
entry_halve(struct json *people)
{
	size_t n = json_count(people->child), i;
	struct json *p = people->child;

	filter_note(REJECT_HALVED_AUTHORS, "authors", NULL, 0,
	    "%zu names are %zu given twice", n, n / 2);
	for (i = 1; i < n / 2; i++)
		p = p->next;
	p->next = NULL;
	people->last = p;
}

/* The values of a list beside the names, with holes. */
struct values {
	struct value {
		const char	*s;
		size_t		 n;
	}		*v;
	size_t		 n;
	size_t		 full;		/* that are no holes */
};

static void
add_value(struct values *l, const char *s, size_t n)
{
	text_trim(&s, &n);
	l->full += n > 0;
	l->v[l->n++] = (struct value){ s, n };
}

static void
split(struct values *l, const char *s, size_t n)
{
	struct buf b = { 0 };
	const char *end, *q;
	size_t count = 1;

	markup_entities(&b, s, n);
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	end = s + b.len;
	buf_free(&b);
	for (q = s; (q = memchr(q, ';', (size_t)(end - q))) != NULL; q++)
		count++;
	l->v = arena_alloc(entry_arena(), count * sizeof(*l->v));
	for (; (q = memchr(s, ';', (size_t)(end - s))) != NULL; s = q + 1)
		add_value(l, s, (size_t)(q - s));
	add_value(l, s, (size_t)(end - s));
}

static void
read_values(struct values *l, const struct json *list)
{
	const struct json *e;

	if (list->type == JSON_STRING) {
		split(l, list->text, list->len);
		return;
	}
	l->v = arena_alloc(entry_arena(), (json_count(list->child) + 1) *
	    sizeof(*l->v));
	for (e = list->child; e != NULL; e = e->next)
		add_value(l, e->text != NULL ? e->text : "", e->len);
}

static bool
is_doubled(const struct values *l)
{
	size_t half = l->n / 2, i;

	for (i = 0; i < half; i++)
		if (l->v[i].n != l->v[half + i].n || memcmp(l->v[i].s,
		    l->v[half + i].s, l->v[i].n) != 0)
			return false;
	return half > 0 && l->n % 2 == 0;
}

/*
 * Names that are all there twice are one list if their identifiers are too,
 * or if it is not for two alone and another list has half as many.
 */
static void
halve(struct json *people, struct values *l, bool identify)
{
	struct values names = { 0 };
	struct json *p;
	size_t n = json_count(people->child);

	names.v = arena_alloc(entry_arena(), (n + 1) * sizeof(*names.v));
	for (p = people->child; p != NULL; p = p->next) {
		const struct json *name = json_get(p, "name");

		add_value(&names, name != NULL ? name->text : "",
		    name != NULL ? name->len : 0);
	}
	if (l->n == 2 * n && is_doubled(l)) {
		l->n = n;
		return;
	}
	if (names.full < n || !is_doubled(&names) ||
	    !(l->n == n ? identify && l->full == n && is_doubled(l) :
	    l->n == n / 2 && n >= 4))
		return;
	l->n = n / 2;
	entry_halve(people);
}

static bool
set_fact(struct json *paper, struct json *person, const char *fact,
    const struct value *v)
{
	if (v->n == 0)
		return true;
	if (strcmp(fact, "ids") == 0)
		return entry_identifier(paper, person, v->s, v->n);
	if (strncmp(fact, "ids.", 4) == 0)
		entry_person_id(person, fact + 4, v->s, v->n);
	else
		entry_text(person, fact, v->s, v->n);
	return true;
}

void
entry_facts(struct json *paper, const char *member, const char *fact,
    const struct json *list)
{
	static struct buf b;
	struct values l = { 0 };
	struct json *people, *p;
	size_t i, n, lost = 0;
	const struct value *odd = NULL;

	read_values(&l, list);
	if (l.full == 0)
		return;
	people = entry_people(paper, member);
	/* names that come in parts have no list of their own */
	if (people->child == NULL && list->type == JSON_ARRAY)
		for (i = 0; i < l.n; i++)
			json_append(people, json_object(entry_arena()));
	if (people->child != NULL)
		halve(people, &l, strncmp(fact, "ids", 3) == 0 ||
		    strcmp(fact, "orcid") == 0);
	n = json_count(people->child);
	if (l.n == n + 1 && l.v[n].n == 0)
		l.n = n;
	if (l.n != n) {
		buf_reset(&b);
		if (list->type == JSON_STRING)
			buf_add(&b, list->text, list->len);
		else
			json_write(&b, list);
		filter_note(REJECT_UNALIGNED_IDS, fact, b.p, b.len,
		    "%zu values for %zu names", l.n, n);
		return;
	}
	for (p = people->child, i = 0; p != NULL; p = p->next, i++)
		if (!set_fact(paper, p, fact, &l.v[i]) && lost++ == 0)
			odd = &l.v[i];
	if (lost > 0)
		filter_note(REJECT_DROPPED_VALUE, member, odd->s, odd->n,
		    "%zu identifiers of an unknown registry", lost);
}

const char *
entry_beside(const char *member, const char **fact)
{
	static const char *const people[] = { "authors", "editors" };
	size_t i, n;

	for (i = 0; i < 2; i++) {
		n = strlen(people[i]);
		if (strncmp(member, people[i], n) == 0 && member[n] == '.') {
			*fact = member + n + 1;
			return people[i];
		}
	}
	return NULL;
}

/* Given and family name as one, where there is only that. */
static void
join_name(struct json *person)
{
	const char *given = json_get_str(person, "given");
	const char *family = json_get_str(person, "family");
	struct buf b = { 0 };

	if (json_get(person, "name") != NULL || family == NULL)
		return;
	if (given != NULL)
		buf_addf(&b, "%s ", given);
	buf_adds(&b, family);
	entry_text(person, "name", b.p, b.len);
	buf_free(&b);
}

static bool
has_name(struct json *person)
{
	return json_get(person, "name") != NULL;
}

void
entry_people_done(struct json *paper, const char *member)
{
	static struct buf b;
	struct json *people = json_get(paper, member), *p;
	size_t n = 0;

	if (people == NULL)
		return;
	buf_reset(&b);
	for (p = people->child; p != NULL; p = p->next) {
		join_name(p);
		if (has_name(p))
			continue;
		n++;
		if (b.len == 0 && p->child != NULL)
			json_write(&b, p);
	}
	json_keep_if(people, has_name);
	if (n > 0)
		filter_note(REJECT_DROPPED_VALUE, member, b.p, b.len,
		    "%zu without a name", n);
}

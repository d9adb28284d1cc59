/* persons - records of persons: the copies of each, by its id */
#define XXH_INLINE_ALL
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dedupe/dedupe.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/source.h"
#include "lib/spill.h"

/* What is kept of a record; the rest is in the spill file. */
struct person {
	const char	*id;
	int64_t		 trust;
	const char	*source, *key;	/* of the most trusted record */
	uint64_t	 hash;		/* of the line */
	uint64_t	 at;
	uint32_t	 len;
	bool		 verbatim;
};

static struct arena	 texts;
static struct person	*persons;
static size_t		 n, cap;

static const char *
keep(const char *s, size_t len)
{
	return arena_strndup(&texts, s, len);
}

void
persons_add(const struct record *r, struct spill *spill)
{
	const struct json *first = json_first(r->json, "sources");
	const struct json *id = json_get(r->json, "id");
	const char *source = json_get_str(first, "source"), *key;
	size_t len = source_of_id(id->text, id->len, &key);

	if (source == NULL)
		source = id->text;
	else {
		len = strlen(source);
		key = json_get_str(first, "key");
	}
	grow(&persons, &cap, n + 1, sizeof(*persons));
	persons[n++] = (struct person){
		.id = keep(id->text, id->len),
		.trust = json_get_int(first, "trust", TRUST_NONE),
		.source = keep(source, len),
		.key = keep(key, strlen(key)),
		.hash = XXH3_64bits(r->line, r->len),
		.at = spill_add(spill, r->line, r->len),
		.len = (uint32_t)r->len,
		.verbatim = filter_is_verbatim(r),
	};
}

/* Canonical order, in which those of one id follow one another. */
static int
compare(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	if (c == 0 && x->trust != y->trust)
		return x->trust < y->trust ? -1 : 1;
	if (c == 0)
		c = strcmp(x->source, y->source);
	if (c == 0)
		c = strcmp(x->key, y->key);
	return c != 0 ? c : (x->hash > y->hash) - (x->hash < y->hash);
}

/* The elements of the lists of the person at hand, to find those again. */
static struct list {
	const char	*name;
	struct intern	 had;
}			*lists;
static size_t		 nlists, caplists;

/* What tells an element from others: of a source, which record it is. */
static const struct buf *
text_of(const char *name, const struct json *e)
{
	static const char *const which[] = { "source", "key", "offset" };
	static struct buf b;
	const struct json *m;
	size_t i;

	buf_reset(&b);
	if (strcmp(name, "sources") != 0) {
		json_write(&b, e);
		return &b;
	}
	for (i = 0; i < sizeof(which) / sizeof(which[0]); i++) {
		if ((m = json_get(e, which[i])) != NULL)
			json_write(&b, m);
		buf_addc(&b, '\n');
	}
	return &b;
}

/* Whether the list does not have it yet; it has it then. */
static bool
is_news(struct list *l, const struct json *e)
{
	const struct buf *b = text_of(l->name, e);
	size_t before = l->had.n;

	intern(&l->had, b->p, b->len);
	return l->had.n > before;
}

static struct list *
find_list(const char *name, const struct json *list)
{
	const struct json *e;
	struct list *l;
	size_t i;

	for (i = 0; i < nlists; i++)
		if (strcmp(lists[i].name, name) == 0)
			return &lists[i];
	grow(&lists, &caplists, nlists + 1, sizeof(*lists));
	l = &lists[nlists++];
	*l = (struct list){ .name = name };
	for (e = list->child; e != NULL; e = e->next)
		is_news(l, e);
	return l;
}

static void
join_list(struct arena *a, const char *name, struct json *list,
    const struct json *other)
{
	struct list *l = find_list(name, list);
	const struct json *e;

	for (e = other->child; e != NULL; e = e->next)
		if (is_news(l, e))
			json_append(list, json_copy(a, e));
}

static bool
is_same(const struct json *a, const struct json *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* Another name that a record has is another spelling. */
static void
join_names(struct arena *a, struct json *person, const struct json *other)
{
	const struct json *mine = json_get(person, "name");
	const struct json *theirs = json_get(other, "name");
	struct json *names = json_get(person, "names"), one;

	if (mine == NULL || theirs == NULL || is_same(mine, theirs))
		return;
	if (names == NULL) {
		names = json_array(a);
		json_set(a, person, "names", names);
	}
	one = *theirs;
	one.name = NULL;
	one.next = NULL;
	join_list(a, "names", names, &(struct json){ .child = &one });
}

/* Take what is news in another record, as copies. */
static void
join(struct arena *a, struct json *person, const struct json *other)
{
	const struct json *m;
	struct json *mine;

	join_names(a, person, other);
	for (m = other->child; m != NULL; m = m->next) {
		mine = json_get(person, m->name);
		if (mine == NULL)
			json_add(a, person, m->name, m->namelen,
			    json_copy(a, m));
		else if (strcmp(m->name, "ids") == 0)
			merge_missing(a, mine, json_copy(a, m));
		else if (mine->type == JSON_ARRAY && m->type == JSON_ARRAY)
			join_list(a, mine->name, mine, m);
	}
}

/* What is another spelling with one record may be the name with another. */
static void
leave_out_own_name(struct arena *a, struct json *person)
{
	const struct json *name = json_get(person, "name");
	struct json *names = json_get(person, "names"), *e, *next;

	if (name == NULL || names == NULL)
		return;
	e = names->child;
	names->child = names->last = NULL;
	for (; e != NULL; e = next) {
		next = e->next;
		if (!is_same(e, name))
			json_append(names, e);
	}
	if (names->child == NULL)
		json_set(a, person, "names", NULL);
}

static void
forget_lists(void)
{
	while (nlists > 0)
		intern_free(&lists[--nlists].had);
}

static void
write_one(const struct person *p, size_t copies, struct spill *spill)
{
	static struct arena a, scratch;
	static struct buf line;
	struct json *person;
	size_t i;

	if (copies == 1 && p->verbatim) {
		spill_get(spill, p->at, p->len, &line);
		filter_emit_text(line.p, line.len);
		return;
	}
	arena_reset(&a);
	person = read_again(spill, &a, p->at, p->len);
	for (i = 1; i < copies; i++) {
		arena_reset(&scratch);
		join(&a, person, read_again(spill, &scratch, p[i].at,
		    p[i].len));
	}
	if (copies > 1)
		leave_out_own_name(&a, person);
	filter_emit(person);
	forget_lists();
}

void
persons_write(struct spill *spill)
{
	size_t i, copies;

	sort_array(persons, n, sizeof(*persons), compare);
	for (i = 0; i < n; i++)
		shares_add(persons[i].source, false);
	for (i = 0; i < n; i += copies) {
		for (copies = 1; i + copies < n && strcmp(persons[i].id,
		    persons[i + copies].id) == 0; )
			copies++;
		write_one(&persons[i], copies, spill);
		filter_merged(copies - 1);
	}
	free(persons);
	free(lists);
	arena_free(&texts);
}

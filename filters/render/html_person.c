/* html_person - who a name most likely is, on the page of the author */
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "render/html.h"
#include "render/label.h"
#include "render/page.h"
#include "render/web.h"

#define WITH	5	/* coauthors by which a person is known */
#define FEW	5	/* blocks that the stylesheet does not fold */

/*
 * Persons of several papers have a block each on the page, those of one stand
 * together in the last one.
 */
struct person {
	const struct json	*json;
	int64_t			 number;
	uint64_t		 papers;
	size_t			 block;		/* from 0 */
	const char		*newest, *oldest;	/* ids of its papers */
};

/* Of the author at hand. */
static struct person	*persons;	/* by number */
static size_t		 npersons, nblocks;
static const char	*key;

static int
compare_persons(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* The person of a number, or NULL. */
static struct person *
find_person(int64_t number)
{
	size_t low = 0, high = npersons, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (persons[mid].number < number)
			low = mid + 1;
		else
			high = mid;
	}
	return low < npersons && persons[low].number == number ?
	    &persons[low] : NULL;
}

/* Papers that stand for persons: those that several are on only if others lack. */
static void
find_papers(const struct json *papers, bool shared)
{
	const char *before = "", *id;
	const struct json *e;
	struct person *p;
	bool both;

	for (e = papers; e != NULL; before = id, e = e->next) {
		id = json_get_str(e, "id");
		both = strcmp(before, id) == 0 || (e->next != NULL &&
		    strcmp(json_get_str(e->next, "id"), id) == 0);
		p = find_person(json_get_int(e, "person", 0));
		if (both != shared || p == NULL || (shared && p->newest != NULL))
			continue;
		p->oldest = id;
		if (p->newest == NULL)
			p->newest = id;
	}
}

void
html_read_persons(const struct json *author)
{
	static size_t cap;
	const struct json *e;
	struct person *p;
	size_t i;

	key = json_get_str(author, "key");
	npersons = nblocks = 0;
	for (e = json_first(author, "persons"); e != NULL; e = e->next) {
		grow(&persons, &cap, npersons + 1, sizeof(*persons));
		p = &persons[npersons++];
		*p = (struct person){ .json = e,
		    .number = json_get_int(e, "person", 0),
		    .papers = (uint64_t)json_get_int(e, "papers", 0) };
		p->block = p->papers > 1 ? nblocks++ : SIZE_MAX;
	}
	sort_array(persons, npersons, sizeof(*persons), compare_persons);
	for (i = 0; i < npersons; i++)
		if (persons[i].block == SIZE_MAX)
			persons[i].block = nblocks;
	find_papers(json_first(author, "papers"), false);
	find_papers(json_first(author, "papers"), true);
}

/*
 * The digits of a block, the last one first, as classes: u2 t1 for 12.  Whether
 * two numbers are equal a stylesheet can only tell digit by digit.
 */
static void
add_digits(struct buf *b, size_t block)
{
	static const char places[] = "uthk";
	size_t i, last = nblocks;

	for (i = 0; i < sizeof(places) - 1 && (i == 0 || last > 0); i++) {
		buf_addf(b, "%s%c%zu", b->len > 0 ? " " : "", places[i],
		    block % 10);
		block /= 10;
		last /= 10;
	}
}

static void
set_number(struct json *o, const struct person *p)
{
	page_copy(o, "number", p->json, "person");
}

void
html_mark_card(struct json *card, const struct json **work, const char *id)
{
	const struct json *e = *work;
	struct json *marks, *mark;
	const struct person *p;
	struct buf digits = { 0 };

	/* works of the catalogue are in the record's order */
	while (e != NULL && strcmp(json_get_str(e, "id"), id) != 0)
		e = e->next;
	if (npersons > 1) {
		marks = page_list(card, "marks");
		for (; e != NULL && strcmp(json_get_str(e, "id"), id) == 0;
		    e = e->next) {
			p = find_person(json_get_int(e, "person", 0));
			if (p == NULL)
				continue;
			mark = page_item(marks);
			set_number(mark, p);
			if (p->papers < 2)
				page_flag(mark, "single");
			add_digits(&digits, p->block);
		}
		page_set(card, "block", digits.p);
		buf_free(&digits);
	}
	*work = e;
}

/* "2009–2021" */
static void
set_years(struct json *o, const struct json *person)
{
	const struct json *first = json_first(person, "years");
	static struct buf b;

	if (first == NULL || first->next == NULL)
		return;
	buf_reset(&b);
	buf_add(&b, first->text, first->len);
	if (strcmp(first->text, first->next->text) != 0)
		buf_addf(&b, "–%s", first->next->text);
	page_set(o, "years", b.p);
}

/* The texts of a list in one. */
static void
set_joined(struct json *o, const char *member, const struct json *person,
    const char *name, const char *between)
{
	const struct json *e = json_first(person, name);
	static struct buf b;

	buf_reset(&b);
	for (; e != NULL; e = e->next)
		buf_addf(&b, "%s%s", b.len > 0 ? between : "", e->text);
	page_set(o, member, b.p);
}

static void
add_coauthors(struct json *o, const struct json *person)
{
	const struct json *e = json_first(person, "coauthors");
	struct json *list, *with;
	const char *name;
	int i;

	if (e == NULL)
		return;
	list = page_list(page_object(o, "with"), "list");
	for (i = 0; i < WITH && e != NULL; i++, e = e->next) {
		with = page_item(list);
		page_copy(with, "name", e, "name");
		page_count(with, "papers",
		    (uint64_t)json_get_int(e, "papers", 0), NULL);
		if ((name = json_get_str(e, "key")) != NULL)
			html_link_author(with, name);
		if (i == WITH - 1 || e->next == NULL)
			page_flag(with, "last");
	}
}

/* An identifier, with the page that its registry has of the person. */
static void
add_id(struct json *list, const char *registry, const char *id)
{
	static const struct {
		const char	*registry, *label, *before;
	} known[] = {
		{ "orcid", "ORCID", "https://orcid.org/" },
		{ "openreview", "OpenReview",
		    "https://openreview.net/profile?id=" },
		{ "dblp", "dblp", "https://dblp.org/pid/" },
		{ "acl", "ACL Anthology", "https://aclanthology.org/people/" },
	};
	const size_t nknown = sizeof(known) / sizeof(known[0]);
	struct json *o = page_item(list);
	struct buf url = { 0 };
	size_t i;

	for (i = 0; i < nknown; i++)
		if (strcmp(registry, known[i].registry) == 0)
			break;
	page_set(o, "registry", i < nknown ? known[i].label : registry);
	page_set(o, "id", id);
	if (i == nknown)
		return;
	buf_adds(&url, known[i].before);
	web_add_id(&url, id);
	page_web(o, "url", url.p);
	buf_free(&url);
}

static void
add_ids(struct json *o, const struct json *person)
{
	const char *orcid = json_get_str(person, "orcid");
	const struct json *ids = json_get(person, "ids");
	const struct json *e = ids != NULL ? ids->child : NULL;
	struct json *list;

	if (orcid == NULL && e == NULL)
		return;
	list = page_list(page_object(o, "ids"), "list");
	if (orcid != NULL)
		add_id(list, "orcid", orcid);
	for (; e != NULL; e = e->next)
		add_id(list, e->name, e->text);
}

/* What speaks for it that these papers are one person's. */
static void
add_reasons(struct json *o, const struct json *person)
{
	static struct buf b;

	buf_reset(&b);
	label_confidence(&b, json_get(person, "confidence"));
	page_set(o, "confidence", b.p);
	set_joined(o, "evidence", person, "evidence", "; ");
	set_joined(o, "affiliations", person, "affiliations", "; ");
	add_ids(o, person);
}

/* Whom others are to be joined with: the first person, or for this the next. */
static const struct person *
find_other(const struct json *author, const struct person *p)
{
	const struct json *e = json_first(author, "persons");

	if (find_person(json_get_int(e, "person", 0)) == p)
		e = e->next;
	return find_person(json_get_int(e, "person", 0));
}

static void
add_join(struct json *list, const struct person *p, const struct person *other)
{
	static struct buf b;

	if (other == NULL || p->newest == NULL || other->newest == NULL ||
	    strcmp(p->newest, other->newest) == 0)
		return;
	buf_reset(&b);
	buf_addf(&b, "Person %lld is the same as Person %lld", (long long)p->number,
	    (long long)other->number);
	html_add_fix(list, b.p, "same-person", key, p->newest, other->newest);
}

static void
add_part(struct json *list, const struct person *p)
{
	if (p->newest == p->oldest)
		return;
	html_add_fix(list, "These papers are by two persons: one of each",
	    "different-person", key, p->newest, p->oldest);
}

static struct json *
add_block(struct json *list, const struct person *p)
{
	struct json *o = page_item(list);
	struct buf digits = { 0 };

	add_digits(&digits, p->block);
	page_set(o, "block", digits.p);
	buf_free(&digits);
	return o;
}

static void
add_person(struct json *list, const struct json *author,
    const struct person *p)
{
	struct json *o = add_block(list, p), *fixes;

	set_number(o, p);
	page_count(o, "papers", p->papers, "paper");
	set_years(o, p->json);
	add_coauthors(o, p->json);
	set_joined(o, "in", p->json, "venues", ", ");
	add_reasons(o, p->json);
	fixes = page_list(page_object(o, "fixes"), "list");
	add_part(fixes, p);
	add_join(fixes, p, find_other(author, p));
}

/* Those of one paper. */
static void
add_singles(struct json *parts, const struct json *author)
{
	const struct person *p = NULL;
	struct json *o, *fixes;
	size_t i, n = 0;

	for (i = 0; i < npersons; i++)
		if (persons[i].papers < 2) {
			p = &persons[i];
			n++;
		}
	if (n == 0)
		return;
	o = add_block(page_list(parts, "singles"), p);
	page_count(o, "papers", n, "paper");
	page_set(o, "stand", n == 1 ? "stands" : "stand");
	fixes = page_list(page_object(o, "fixes"), "list");
	for (i = 0; i < npersons; i++)
		if (persons[i].papers < 2)
			add_join(fixes, &persons[i],
			    find_other(author, &persons[i]));
}

void
html_add_persons(struct json *data, const struct json *author)
{
	const struct json *e = json_first(author, "persons");
	struct json *o, *parts, *list;
	const struct person *p;

	if (npersons == 1 && persons[0].papers < 2)
		return;
	o = page_object(data, "persons");
	page_count(o, "count", npersons, "person");
	if (npersons == 1) {
		add_reasons(page_object(o, "one"), e);
		return;
	}
	parts = page_object(o, "parts");
	list = page_list(parts, "list");
	for (; e != NULL; e = e->next) {
		p = find_person(json_get_int(e, "person", 0));
		if (p->papers > 1)
			add_person(list, author, p);
	}
	if (nblocks > FEW)
		page_count(parts, "rest", nblocks - FEW, "more person");
	add_singles(parts, author);
}

void
html_add_part(struct json *list)
{
	if (npersons == 1 && persons[0].papers > 1)
		add_part(list, &persons[0]);
}

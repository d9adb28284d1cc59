/* text - author name clusters as plain text */
#include <stdbool.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/catalogue.h"
#include "render/label.h"
#include "render/view.h"

static struct buf page;

/* Whose of the persons that a name stands for it is, where they are several. */
static void
add_whose(const struct json *work)
{
	const char *id = json_get_str(work, "id");
	const char *between = "Person ";

	for (; work != NULL && strcmp(json_get_str(work, "id"), id) == 0;
	    work = work->next) {
		buf_addf(&page, "%s%lld", between, (long long)
		    json_get_int(work, "person", 0));
		between = ", Person ";
	}
	buf_adds(&page, "\n\n");
}

/* work: the first entry of the paper in the author's papers, or NULL. */
static void
add_paper(const struct json *paper, const struct json *work)
{
	const char *title = json_get_str(paper, "title");
	const char *abstract = json_get_str(paper, "abstract");
	const struct json *a = json_first(paper, "authors");
	size_t from;
	int n;

	buf_addc(&page, '\n');
	from = page.len;
	label_heading(&page, paper);
	if (page.len > from)
		buf_adds(&page, "\n\n");
	if (work != NULL)
		add_whose(work);
	buf_addf(&page, "%s\n\n", title != NULL ? title : "[no title]");
	for (n = 0; a != NULL && n < SHOWN_AUTHORS; a = a->next, n++)
		buf_addf(&page, "  • %s\n", json_get_str(a, "name"));
	if (abstract != NULL)
		buf_addf(&page, "\n%s\n", abstract);
}

static void
add_count(unsigned long n, const char *what)
{
	buf_addf(&page, "%lu %s%s\n", n, what, n == 1 ? "" : "s");
}

static void
add_head(const struct author *author, bool first)
{
	buf_addf(&page, "%s%s\n\nAuthor name cluster\n\n%s\n\n"
	    "Possible papers associated with this exact author name in %s. "
	    "This page groups case-insensitive exact name matches and is not a "
	    "full identity disambiguation profile.\n\n", first ? "" : "\f\n",
	    settings.title, author->name, settings.name);
	add_count(author->papers, "paper");
	add_count(author->rows, "author row");
}

static void
add_list(const struct json *person, const char *member, const char *label)
{
	const struct json *e = json_first(person, member);

	if (e == NULL)
		return;
	buf_addf(&page, "  %s: ", label);
	for (; e != NULL; e = e->next)
		buf_addf(&page, "%s%s", e->type == JSON_OBJECT ?
		    json_get_str(e, "name") : e->text,
		    e->next == NULL ? "\n" : "; ");
}

static void
add_person(const struct json *person)
{
	const struct json *years = json_first(person, "years");
	const struct json *confidence = json_get(person, "confidence");

	buf_addf(&page, "\nPerson %lld: ",
	    (long long)json_get_int(person, "person", 0));
	add_count((unsigned long)json_get_int(person, "papers", 0), "paper");
	if (years != NULL && years->next != NULL) {
		page.len--;
		buf_addf(&page, strcmp(years->text, years->next->text) == 0 ?
		    ", %s\n" : ", %s-%s\n", years->text, years->next->text);
	}
	if (confidence != NULL) {
		buf_adds(&page, "  one person: ");
		label_confidence(&page, confidence);
		buf_addc(&page, '\n');
	}
	add_list(person, "evidence", "evidence");
	add_list(person, "coauthors", "with");
	add_list(person, "venues", "in");
	add_list(person, "affiliations", "at");
}

static void
add_persons(const struct json *author)
{
	const struct json *e = json_first(author, "persons");

	buf_adds(&page, "most likely ");
	add_count(json_count(e), "person");
	for (; e != NULL; e = e->next)
		add_person(e);
}

/* Let the works begin at that of the paper, or be none. */
static const struct json *
find_work(const struct json *work, const char *id)
{
	while (work != NULL && strcmp(json_get_str(work, "id"), id) != 0)
		work = work->next;
	return work;
}

static void
add_papers(const struct catalogue *c, const struct author *author,
    const struct json *work)
{
	static struct arena arena;
	const struct stored *s;
	size_t k;

	buf_addf(&page, "\nPossible papers\n\n%lu\n",
	    (unsigned long)author->papers);
	for (k = 0; k < author->papers; k++) {
		arena_reset(&arena);
		s = store_at(c->papers, c->works[author->first + k].paper);
		work = find_work(work, s->id);
		add_paper(store_read(c->papers, s, &arena), work);
	}
}

static void
write_text(struct catalogue *c)
{
	static struct arena arena;
	const struct author *author;
	const struct json *record, *work;
	size_t i;
	bool first = true;

	for (i = 0; i < store_count(c->authors); i++) {
		author = catalogue_author(c, i);
		if (author->papers == 0)
			continue;
		buf_reset(&page);
		add_head(author, first);
		work = NULL;
		if (settings.persons) {
			arena_reset(&arena);
			record = store_read(c->authors, store_at(c->authors, i),
			    &arena);
			add_persons(record);
			if (json_count(json_first(record, "persons")) > 1)
				work = json_first(record, "papers");
		}
		add_papers(c, author, work);
		filter_write(page.p, page.len);
		filter_made(1);
		first = false;
	}
}

const struct view view_text = {
	.name = "text",
	.text = "author name clusters as plain text",
	.write = write_text,
};

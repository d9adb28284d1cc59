/* text - author name clusters as plain text */
#include <stdbool.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/catalogue.h"
#include "render/label.h"
#include "render/view.h"

static struct buf page;

static void
add_paper(const struct json *paper)
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
	buf_addf(&page, "\nPossible papers\n\n%lu\n",
	    (unsigned long)author->papers);
}

static void
write_text(struct catalogue *c)
{
	static struct arena arena;
	const struct author *author;
	size_t i, k;
	bool first = true;

	for (i = 0; i < store_count(c->authors); i++) {
		author = catalogue_author(c, i);
		if (author->papers == 0)
			continue;
		buf_reset(&page);
		add_head(author, first);
		for (k = 0; k < author->papers; k++) {
			arena_reset(&arena);
			add_paper(store_read(c->papers, store_at(c->papers,
			    c->works[author->first + k].paper), &arena));
		}
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

/* text - author name clusters as plain text */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/store.h"
#include "render/view.h"

#define SITE	"Arrow Research search"
#define AUTHORS	8	/* shown of a paper */

static struct buf page;

/* "conference-paper" as "Conference Paper" */
static void
add_label(const char *s)
{
	int start = 1;

	for (; *s != '\0'; s++) {
		buf_addc(&page, *s == '-' ? ' ' : start ?
		    toupper((unsigned char)*s) : *s);
		start = *s == '-';
	}
}

/* "ICML Conference 2019 Conference Paper", as far as it is known */
static void
add_heading(const struct json *paper)
{
	static const char *const members[] = { "venue", "venue_kind", "year",
	    "type" };
	const struct json *v;
	size_t i, from = page.len;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if ((v = json_get(paper, members[i])) == NULL)
			continue;
		if (page.len > from)
			buf_addc(&page, ' ');
		if (i == 1 || i == 3)
			add_label(v->text);
		else
			buf_add(&page, v->text, v->len);
	}
	if (page.len > from)
		buf_adds(&page, "\n\n");
}

static void
add_paper(const struct json *paper)
{
	const char *title = json_get_str(paper, "title");
	const char *abstract = json_get_str(paper, "abstract");
	const struct json *a = json_first(paper, "authors");
	int n;

	buf_addc(&page, '\n');
	add_heading(paper);
	buf_addf(&page, "%s\n\n", title != NULL ? title : "[no title]");
	for (n = 0; a != NULL && n < AUTHORS; a = a->next, n++)
		buf_addf(&page, "  • %s\n", json_get_str(a, "name"));
	if (abstract != NULL)
		buf_addf(&page, "\n%s\n", abstract);
}

static void
add_count(unsigned long n, const char *what)
{
	buf_addf(&page, "%lu %s%s\n", n, what, n == 1 ? "" : "s");
}

bool
view_text(struct store *papers, const struct json *author, unsigned long n)
{
	static struct arena arena;
	static struct buf cards;
	const struct json *e;
	struct json *paper;
	const char *id, *before = "";
	unsigned long shown = 0, rows = 0;
	size_t nrows = 0;
	int64_t row;
	bool *seen;

	for (e = json_first(author, "rows"); e != NULL; e = e->next)
		nrows++;
	seen = xcalloc(nrows, sizeof(*seen));
	buf_reset(&page);
	for (e = json_first(author, "papers"); e != NULL; e = e->next) {
		id = json_get_str(e, "id");
		arena_reset(&arena);
		paper = store_read(papers, store_find(papers, id), &arena);
		if (!status_shows(paper))
			continue;
		row = json_get_int(e, "row", 0);
		if (row >= 0 && (uint64_t)row < nrows && !seen[row]) {
			seen[row] = true;
			rows++;
		}
		/* a name that stands twice on a paper */
		if (strcmp(id, before) == 0)
			continue;
		before = id;
		shown++;
		add_paper(paper);
	}
	free(seen);
	if (shown == 0)
		return false;
	buf_reset(&cards);
	buf_add(&cards, page.p, page.len);
	buf_reset(&page);
	buf_addf(&page, "%s" SITE "\n\nAuthor name cluster\n\n%s\n\n"
	    "Possible papers associated with this exact author name in Arrow. "
	    "This page groups case-insensitive exact name matches and is not a "
	    "full identity disambiguation profile.\n\n", n > 0 ? "\f\n" : "",
	    json_get_str(author, "name"));
	add_count(shown, "paper");
	add_count(rows, "author row");
	buf_addf(&page, "\nPossible papers\n\n%lu\n", shown);
	filter_write(page.p, page.len);
	filter_write(cards.p, cards.len);
	return true;
}

/* render - write the pages of a clustered stream */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/store.h"
#include "lib/text.h"
#include "render/view.h"

static const struct view views[] = {
#define VIEW(name, text)	{ #name, text, view_##name },
#include "render/views.def"
#undef VIEW
};
#define NVIEWS	(sizeof(views) / sizeof(views[0]))

static const char *const kinds[] = { "paper", "author", NULL };

enum { OPT_VIEW = 0x200, OPT_AUTHOR, OPT_STATUS };

static const struct filter filter = {
	.name = "render",
	.synopsis = "render [--author name] [--status list] [--view name] "
	    "[options] [file ...]",
	.options = "",
	.longopts = (const struct option[]){
		{ "view", required_argument, NULL, OPT_VIEW },
		{ "author", required_argument, NULL, OPT_AUTHOR },
		{ "status", required_argument, NULL, OPT_STATUS },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.made = "pages",
};

static struct store	*papers, *authors;
static struct buf	 wanted;	/* key of the one author, or empty */

static const struct view *
find_view(const char *name)
{
	size_t i;

	for (i = 0; i < NVIEWS; i++)
		if (strcmp(views[i].name, name) == 0)
			return &views[i];
	filter_usage("%s: no such view", name);
}

/* Whether the wanted name stands on the paper. */
static bool
is_by_wanted(const struct json *paper)
{
	static struct buf key;
	const struct json *a;
	const char *name;

	for (a = json_first(paper, "authors"); a != NULL; a = a->next) {
		if ((name = json_get_str(a, "name")) == NULL)
			continue;
		buf_reset(&key);
		text_key(&key, name, strlen(name));
		if (strcmp(key.p, wanted.p) == 0)
			return true;
	}
	return false;
}

static void
take_author(const struct record *r)
{
	const char *key = json_get_str(r->json, "key");

	if (wanted.len == 0 || strcmp(key, wanted.p) == 0)
		store_add(authors, r, key, 0);
}

static void
read_stream(void)
{
	const char *kind;
	struct record r;

	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		if (!filter_check(kind, &r))
			continue;
		if (strcmp(kind, "author") == 0)
			take_author(&r);
		else if (wanted.len == 0 || is_by_wanted(r.json))
			store_add(papers, &r, json_get_str(r.json, "id"), 0);
	}
	store_sort(papers, NULL);
	store_sort(authors, NULL);
}

/* The first of an author's papers that is not there, or NULL. */
static const char *
missing_paper(const struct json *author)
{
	const struct json *e;
	const char *id;

	for (e = json_first(author, "papers"); e != NULL; e = e->next) {
		id = json_get_str(e, "id");
		if (id == NULL || store_find(papers, id) == NULL)
			return id != NULL ? id : "";
	}
	return NULL;
}

static void
write_pages(const struct view *view)
{
	static struct arena a;
	const struct stored *s;
	const struct json *author;
	const char *id;
	unsigned long n = 0;
	size_t i;

	for (i = 0; i < store_count(authors); i++) {
		s = store_at(authors, i);
		arena_reset(&a);
		author = store_read(authors, s, &a);
		if ((id = missing_paper(author)) != NULL) {
			store_reject(authors, s, REJECT_MISSING_PAPER, id);
			continue;
		}
		if (view->author(papers, author, n)) {
			filter_made(1);
			n++;
		}
	}
	if (wanted.len > 0 && n == 0)
		filter_warn(EX_NOINPUT, "no such author: %s", wanted.p);
}

int
main(int argc, char *argv[])
{
	const struct view *view = &views[0];
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		switch (ch) {
		case OPT_VIEW:
			view = find_view(optarg);
			break;
		case OPT_AUTHOR:
			if (!utf8_valid(optarg, strlen(optarg)))
				filter_usage("--author: not UTF-8");
			text_key(&wanted, optarg, strlen(optarg));
			if (wanted.len == 0)
				filter_usage("--author: no name");
			break;
		case OPT_STATUS:
			status_option(optarg);
			break;
		}
	filter_operands(argv + optind);
	papers = store_new(filter_tmpdir());
	authors = store_new(filter_tmpdir());
	read_stream();
	write_pages(view);
	filter_balance();
	return filter_close();
}

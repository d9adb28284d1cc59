/* render - write the pages of a clustered stream */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "render/catalogue.h"
#include "render/options.h"
#include "render/view.h"

static const char *const papers[] = { "paper", "author", "person", NULL };

static struct filter filter = {
	.name = "render",
	.synopsis = "render [--author name] [--base-url url] [--contact text] "
	    "[--hold] [--jobs n] [--keep n] [--persons] [--report-page] "
	    "[--sources file] [--status list] [--templates dir] [--title text] "
	    "[--view name] [-o dir] [options] [file ...]",
	.options = RENDER_OPTIONS,
	.longopts = render_longopts,
	.made = "pages",
};

static struct catalogue	 catalogue;

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
		if (strcmp(key.p, settings.author) == 0)
			return true;
	}
	return false;
}

static void
take_paper(const struct view *view, const struct record *r)
{
	uint32_t number;

	if (settings.author != NULL && !is_by_wanted(r->json))
		return;
	number = catalogue_add_paper(&catalogue, r);
	if (view->paper != NULL)
		view->paper(r->json, number);
}

static void
take_author(const struct record *r)
{
	if (settings.author == NULL ||
	    strcmp(json_get_str(r->json, "key"), settings.author) == 0)
		catalogue_add_author(&catalogue, r);
}

static bool
is_wanted_there(void)
{
	size_t i;

	for (i = 0; i < catalogue.nauthors; i++)
		if (catalogue.author[i].papers > 0)
			return true;
	return false;
}

int
main(int argc, char *argv[])
{
	const struct view *view;
	const char *kind;
	struct record r;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		render_options_take(ch);
	render_options_check();
	view = settings.view;
	filter.kinds = view->kinds != NULL ? view->kinds : papers;
	filter_operands(argv + optind);
	catalogue_init(&catalogue);
	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		/* they stand on no page */
		if (strcmp(kind, "person") == 0 || !filter_check(kind, &r))
			continue;
		if (strcmp(kind, "paper") == 0)
			take_paper(view, &r);
		else if (view->report != NULL)
			view->report(r.json);
		else
			take_author(&r);
	}
	catalogue_sort(&catalogue);
	view->write(&catalogue);
	if (settings.author != NULL && !is_wanted_there())
		filter_warn(EX_NOINPUT, "no such author: %s", settings.author);
	filter_balance();
	return filter_close();
}

/* html - a site of pages for a browser */
#include <inttypes.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/status.h"
#include "lib/store.h"
#include "render/assets.h"
#include "render/html.h"
#include "render/recipe.h"
#include "render/site.h"
#include "render/view.h"

struct html	html;

/*
 * The paper at hand, as it is read.  Where there is no site yet all cards are
 * needed, and all that they need is here.
 */
static void
take_paper(const struct json *paper, uint32_t number)
{
	static size_t cap;
	static int all = -1;

	if (all == -1) {
		assets_open();
		all = access(settings.out, F_OK) == -1;
	}
	grow(&html.cards, &cap, (size_t)number + 1, sizeof(*html.cards));
	html.cards[number] = (struct card){ 0 };
	if (all && status_shows(paper))
		html_make_card(paper, number);
}

/* Every n-th page: some names have far more papers than others. */
static void
make_pages(void *ctx, unsigned k, unsigned n)
{
	const struct catalogue *c = ctx;
	size_t i;

	if (k == 0) {
		assets_put(html.site);
		html_front();
		html_letters();
	}
	html_lists(k, n);
	for (i = k; i < html.nletters; i += n)
		html_letter(&html.letters[i]);
	for (i = k; i < store_count(c->authors); i += n)
		html_author(i);
	for (i = k; i < store_count(c->papers); i += n)
		html_paper(i);
}

/*
 * Whether the stream is all of what cluster wrote, for papers of the statuses
 * that are shown here: one that was cut must not take the place of a site.
 * What was rejected is missing by right.
 */
static bool
is_whole(const struct catalogue *c)
{
	if (html.papers == 0) {
		filter_warn(EX_NOINPUT, "no paper to show");
		return false;
	}
	if (filter_rejected() > 0)
		return true;
	if (c->names_held != c->names_shown || c->works_hidden > 0) {
		filter_warn(EX_DATAERR, "papers carry %" PRIu64 " names, "
		    "authors hold %" PRIu64 " of them and %" PRIu64 " that are "
		    "not shown: the stream was cut, or cluster was given "
		    "another --status", c->names_shown, c->names_held,
		    c->works_hidden);
		return false;
	}
	return true;
}

/* Temporary files need not go to the disk with the site. */
static void
forget(struct catalogue *c)
{
	store_free(c->papers);
	store_free(c->authors);
	spill_free(html.cards_text);
}

/* What every page is made with; 0: some of it is not known. */
static uint64_t
maker(void)
{
	uint64_t recipe = recipe_program();

	if (recipe == 0 || assets_are_own())
		return 0;
	recipe = recipe_text(recipe, settings.title);
	recipe = recipe_text(recipe, settings.name);
	recipe = recipe_text(recipe, settings.base_url);
	recipe = recipe_number(recipe, settings.report);
	return recipe_text(recipe, settings.contact);
}

static void
write_html(struct catalogue *c)
{
	struct site_counts count;

	html.catalogue = c;
	if (html.cards_text != NULL)
		spill_flush(html.cards_text);
	html_venues();
	html_names();
	html_sources();
	if (filter_failed() || !is_whole(c)) {
		filter_tell("%s: stays as it was", settings.out);
		return;
	}
	html.site = site_open(settings.out, maker(), settings.held,
	    settings.keep);
	site_run(html.site, settings.jobs, make_pages, c);
	html_sitemap();
	forget(c);
	site_close(html.site, &count);
	filter_made(count.files);
	filter_tell("%s: %" PRIu64 " files, %" PRIu64 " written, %" PRIu64
	    " removed", settings.out, count.files, count.written,
	    count.removed);
}

const struct view view_html = {
	.name = "html",
	.text = "a site of pages for a browser",
	.tree = true,
	.paper = take_paper,
	.write = write_html,
};

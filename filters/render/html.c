/* html - a site of pages for a browser */
#include <inttypes.h>
#include <stdlib.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/status.h"
#include "lib/store.h"
#include "render/assets.h"
#include "render/html.h"
#include "render/site.h"
#include "render/view.h"

struct html	html;

/* The paper at hand, as it is read: its card needs nothing of the others. */
static void
take_paper(const struct json *paper, uint32_t number)
{
	static size_t cap;

	if (html.cards_text == NULL) {
		html.cards_text = spill_new(filter_tmpdir());
		assets_open();
	}
	grow(&html.cards, &cap, (size_t)number + 1, sizeof(*html.cards));
	html.cards[number] = (struct card){ 0 };
	if (status_shows(paper))
		html_card(paper, number);
}

/* Every n-th page: some names have far more papers than others. */
static void
make_pages(void *ctx, unsigned k, unsigned n)
{
	const struct catalogue *c = ctx;
	size_t i;

	if (k == 0) {
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

static void
write_html(struct catalogue *c)
{
	struct site_counts count;

	html.catalogue = c;
	if (html.cards_text == NULL)
		assets_open();
	else
		spill_flush(html.cards_text);
	html_venues();
	html_names();
	html_sources();
	if (filter_failed() || !is_whole(c)) {
		filter_tell("%s: stays as it was", settings.out);
		return;
	}
	html.site = site_open(settings.out, settings.held, settings.keep);
	assets_put(html.site);
	site_run(html.site, settings.jobs, make_pages, c);
	html_sitemap();
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

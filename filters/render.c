/* render - write the pages of a clustered stream */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "render/assets.h"
#include "render/catalogue.h"
#include "render/view.h"

static const struct view *const views[] = {
#define VIEW(name)	&view_##name,
#include "render/views.def"
#undef VIEW
};
#define NVIEWS	(sizeof(views) / sizeof(views[0]))

#define MAX_JOBS	64

static const char *const papers[] = { "paper", "author", NULL };

enum { OPT_VIEW = 0x200, OPT_AUTHOR, OPT_BASE_URL, OPT_CONTACT, OPT_HOLD,
    OPT_JOBS, OPT_KEEP, OPT_REPORT, OPT_SOURCES, OPT_STATUS, OPT_TEMPLATES,
    OPT_TITLE };

static struct filter filter = {
	.name = "render",
	.synopsis = "render [--author name] [--base-url url] [--contact text] "
	    "[--hold] [--jobs n] [--keep n] [--report-page] [--sources file] "
	    "[--status list] [--templates dir] [--title text] [--view name] "
	    "[-o dir] [options] [file ...]",
	.options = "o:",
	.longopts = (const struct option[]){
		{ "output", required_argument, NULL, 'o' },
		{ "author", required_argument, NULL, OPT_AUTHOR },
		{ "base-url", required_argument, NULL, OPT_BASE_URL },
		{ "contact", required_argument, NULL, OPT_CONTACT },
		{ "hold", no_argument, NULL, OPT_HOLD },
		{ "jobs", required_argument, NULL, OPT_JOBS },
		{ "keep", required_argument, NULL, OPT_KEEP },
		{ "report-page", no_argument, NULL, OPT_REPORT },
		{ "sources", required_argument, NULL, OPT_SOURCES },
		{ "status", required_argument, NULL, OPT_STATUS },
		{ "templates", required_argument, NULL, OPT_TEMPLATES },
		{ "title", required_argument, NULL, OPT_TITLE },
		{ "view", required_argument, NULL, OPT_VIEW },
		{ NULL, 0, NULL, 0 }
	},
	.made = "pages",
};

struct settings settings = {
	.title = "Arrow Research search",
	.name = "Arrow",
	.keep = 1,
	.jobs = 1,
};

static struct catalogue	 catalogue;
static struct buf	 wanted;	/* key of the one author, or empty */

static const struct view *
find_view(const char *name)
{
	size_t i;

	for (i = 0; i < NVIEWS; i++)
		if (strcmp(views[i]->name, name) == 0)
			return views[i];
	filter_usage("%s: no such view", name);
}

/* An option's text that will stand on a page. */
static const char *
page_text(const char *option)
{
	const char *p;

	if (*optarg == '\0')
		filter_usage("%s: empty", option);
	if (!utf8_valid(optarg, strlen(optarg)))
		filter_usage("%s: not UTF-8", option);
	for (p = optarg; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			filter_usage("%s: not one line of text", option);
	return optarg;
}

static void
set_author(void)
{
	if (!utf8_valid(optarg, strlen(optarg)))
		filter_usage("--author: not UTF-8");
	text_key(&wanted, optarg, strlen(optarg));
	if (wanted.len == 0)
		filter_usage("--author: no name");
}

static void
set_base_url(void)
{
	const char *host;
	size_t n;

	if (strncmp(page_text("--base-url"), "https://", 8) != 0 &&
	    strncmp(optarg, "http://", 7) != 0)
		filter_usage("--base-url: not http or https: %s", optarg);
	n = strspn(optarg, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-._~:/@%+[]");
	host = strchr(optarg, '/') + 2;
	if (optarg[n] != '\0' || *host == '\0' || *host == '/')
		filter_usage("--base-url: not the address of a site: %s",
		    optarg);
	settings.base_url = xstrdup(optarg);
	while (n > 0 && settings.base_url[n - 1] == '/')
		settings.base_url[--n] = '\0';
}

static void
set_option(int ch, const struct view **view)
{
	uint64_t n;

	switch (ch) {
	case 'o':
		if (*optarg == '\0')
			filter_usage("-o: no folder");
		settings.out = optarg;
		break;
	case OPT_AUTHOR:
		set_author();
		break;
	case OPT_BASE_URL:
		set_base_url();
		break;
	case OPT_CONTACT:
		settings.contact = page_text("--contact");
		break;
	case OPT_HOLD:
		settings.held = true;
		break;
	case OPT_JOBS:
		n = filter_number("--jobs", optarg, UINT32_MAX);
		settings.jobs = n < MAX_JOBS ? (unsigned)n : MAX_JOBS;
		break;
	case OPT_KEEP:
		settings.keep = filter_number("--keep", optarg, UINT32_MAX);
		break;
	case OPT_REPORT:
		settings.report = true;
		break;
	case OPT_SOURCES:
		settings.sources = optarg;
		break;
	case OPT_STATUS:
		status_option(optarg);
		break;
	case OPT_TEMPLATES:
		assets_folder(optarg);
		break;
	case OPT_TITLE:
		settings.title = settings.name = page_text("--title");
		break;
	case OPT_VIEW:
		*view = find_view(optarg);
		break;
	}
}

static void
check_options(const struct view *view)
{
	if (view->tree && settings.out == NULL)
		filter_usage("--view %s: needs -o", view->name);
	if (!view->tree && settings.out != NULL)
		filter_usage("-o: --view %s writes to standard output",
		    view->name);
	if ((view->tree || view->kinds != NULL) && wanted.len > 0)
		filter_usage("--author: not with --view %s", view->name);
	if (!view->tree && settings.report)
		filter_usage("--report-page: not with --view %s", view->name);
	if (!view->tree && settings.held)
		filter_usage("--hold: not with --view %s", view->name);
	if (settings.jobs == 0)
		filter_usage("--jobs: at least 1");
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
take_paper(const struct view *view, const struct record *r)
{
	uint32_t number;

	if (wanted.len > 0 && !is_by_wanted(r->json))
		return;
	number = catalogue_add_paper(&catalogue, r);
	if (view->paper != NULL)
		view->paper(r->json, number);
}

static void
take_author(const struct record *r)
{
	if (wanted.len == 0 ||
	    strcmp(json_get_str(r->json, "key"), wanted.p) == 0)
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
	const struct view *view = NULL;
	const char *kind;
	struct record r;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		set_option(ch, &view);
	if (view == NULL)
		view = find_view(settings.out != NULL ? "html" : "text");
	check_options(view);
	filter.kinds = view->kinds != NULL ? view->kinds : papers;
	filter_operands(argv + optind);
	catalogue_init(&catalogue);
	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		if (!filter_check(kind, &r))
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
	if (wanted.len > 0 && !is_wanted_there())
		filter_warn(EX_NOINPUT, "no such author: %s", wanted.p);
	filter_balance();
	return filter_close();
}

/* options - the options that render has of its own */
#include <string.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/status.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "render/assets.h"
#include "render/options.h"
#include "render/view.h"

#define MAX_JOBS	64

static const struct view *const views[] = {
#define VIEW(name)	&view_##name,
#include "render/views.def"
#undef VIEW
};
#define NVIEWS	(sizeof(views) / sizeof(views[0]))

enum { OPT_VIEW = 0x200, OPT_AUTHOR, OPT_BASE_URL, OPT_CONTACT, OPT_HOLD,
    OPT_JOBS, OPT_KEEP, OPT_PERSONS, OPT_REPORT, OPT_SOURCES, OPT_STATUS,
    OPT_TEMPLATES, OPT_TITLE };

const struct option render_longopts[] = {
	{ "output", required_argument, NULL, 'o' },
	{ "author", required_argument, NULL, OPT_AUTHOR },
	{ "base-url", required_argument, NULL, OPT_BASE_URL },
	{ "contact", required_argument, NULL, OPT_CONTACT },
	{ "hold", no_argument, NULL, OPT_HOLD },
	{ "jobs", required_argument, NULL, OPT_JOBS },
	{ "keep", required_argument, NULL, OPT_KEEP },
	{ "persons", no_argument, NULL, OPT_PERSONS },
	{ "report-page", no_argument, NULL, OPT_REPORT },
	{ "sources", required_argument, NULL, OPT_SOURCES },
	{ "status", required_argument, NULL, OPT_STATUS },
	{ "templates", required_argument, NULL, OPT_TEMPLATES },
	{ "title", required_argument, NULL, OPT_TITLE },
	{ "view", required_argument, NULL, OPT_VIEW },
	{ NULL, 0, NULL, 0 }
};

struct settings settings = {
	.title = "Arrow Research search",
	.name = "Arrow",
	.keep = 1,
	.jobs = 1,
};

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
	static struct buf key;

	if (!utf8_valid(optarg, strlen(optarg)))
		filter_usage("--author: not UTF-8");
	buf_reset(&key);
	text_key(&key, optarg, strlen(optarg));
	if (key.len == 0)
		filter_usage("--author: no name");
	settings.author = key.p;
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

void
render_options_take(int ch)
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
	case OPT_PERSONS:
		settings.persons = true;
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
		settings.view = find_view(optarg);
		break;
	}
}

void
render_options_check(void)
{
	const struct view *view = settings.view;

	if (view == NULL)
		view = settings.view = find_view(settings.out != NULL ?
		    "html" : "text");
	if (view->tree && settings.out == NULL)
		filter_usage("--view %s: needs -o", view->name);
	if (!view->tree && settings.out != NULL)
		filter_usage("-o: --view %s writes to standard output",
		    view->name);
	if ((view->tree || view->kinds != NULL) && settings.author != NULL)
		filter_usage("--author: not with --view %s", view->name);
	if ((view->tree || view->kinds != NULL) && settings.persons)
		filter_usage("--persons: not with --view %s", view->name);
	if (!view->tree && settings.report)
		filter_usage("--report-page: not with --view %s", view->name);
	if (!view->tree && settings.held)
		filter_usage("--hold: not with --view %s", view->name);
	if (settings.jobs == 0)
		filter_usage("--jobs: at least 1");
}

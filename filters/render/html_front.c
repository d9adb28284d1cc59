/* html_front - the pages of the html view that are there once */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/html.h"
#include "render/page.h"
#include "render/path.h"
#include "render/site.h"
#include "render/view.h"

#define TOP_VENUES	20
#define TOP_NAMES	40
#define TOP_YEARS	12
#define URLS		50000	/* in a file: sitemaps.org, "Sitemap file limits" */

static int
compare_venues(const void *a, const void *b)
{
	const struct venue *x = &html.venues[*(const uint32_t *)a];
	const struct venue *y = &html.venues[*(const uint32_t *)b];

	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	return (x > y) - (x < y);
}

static int
compare_authors(const void *a, const void *b)
{
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	const struct author *x = catalogue_author(html.catalogue, i);
	const struct author *y = catalogue_author(html.catalogue, k);

	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	return (i > k) - (i < k);
}

static uint32_t *
numbers(size_t n)
{
	uint32_t *v = xcalloc(n, sizeof(*v));
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = (uint32_t)i;
	return v;
}

static void
add_venues(struct json *data)
{
	size_t n = html.nvenues - 1, i;
	uint32_t *order = numbers(n);
	const struct venue *v;
	struct json *list, *o;

	sort_array(order, n, sizeof(*order), compare_venues);
	list = page_list(data, "venues");
	for (i = 0; i < n && i < TOP_VENUES; i++) {
		v = &html.venues[order[i]];
		if (v->papers == 0)
			break;
		o = page_item(list);
		page_set(o, "name", v->name);
		page_set(o, "full", v->full);
		page_count(o, "papers", v->papers, NULL);
		html_link_venue(o, v);
	}
	free(order);
}

static void
add_names(struct json *data)
{
	const struct catalogue *c = html.catalogue;
	size_t n = store_count(c->authors), i;
	uint32_t *order = numbers(n);
	const struct author *a;
	struct json *list, *o;

	sort_array(order, n, sizeof(*order), compare_authors);
	list = page_list(data, "names");
	for (i = 0; i < n && i < TOP_NAMES; i++) {
		a = catalogue_author(c, order[i]);
		if (a->papers == 0)
			break;
		o = page_item(list);
		page_set(o, "name", a->name);
		page_count(o, "papers", a->papers, NULL);
		html_link_author(o, store_at(c->authors, order[i])->id);
	}
	free(order);
}

static uint64_t
count_venues(void)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i + 1 < html.nvenues; i++)
		n += html.venues[i].papers > 0;
	return n;
}

static void
add_counts(struct json *data)
{
	size_t years = html.nyears;

	/* papers without one come last */
	if (years > 0 && html.years[years - 1].year == 0)
		years--;

	page_count(data, "papers", html.papers, "paper");
	page_count(data, "authors", html.authors, "author name");
	page_count(data, "venue_count", count_venues(), "venue");
	page_count(data, "year_count", years, "year");
	page_count(data, "source_count", html.nsources, "source");
	if (html.catalogue->npapers_hidden > 0)
		page_count(data, "hidden", html.catalogue->npapers_hidden,
		    "paper");
}

static void
write_home(void)
{
	struct json *data = page_begin("index.html", NULL);

	add_counts(data);
	html_add_years(page_list(data, "years"), html.nyears < TOP_YEARS ?
	    html.nyears : TOP_YEARS);
	add_venues(data);
	add_names(data);
	page_end(html.site, "home", 0);
}

static void
write_about(void)
{
	struct json *data = page_begin("about.html", "About"), *list, *o;
	const struct source *s;

	add_counts(data);
	list = page_list(data, "sources");
	for (s = html.sources; s < html.sources + html.nsources; s++) {
		o = page_item(list);
		page_set(o, "source", s->name);
		page_count(o, "papers", s->papers, NULL);
		page_set(o, "licence", s->licence);
		page_set(o, "fetched", s->fetched);
		page_web(o, "homepage", s->homepage);
	}
	page_end(html.site, "about", 0);
}

/* "/papers" of "https://example.org/papers", or NULL */
static const char *
path_of_base(void)
{
	return settings.base_url != NULL ?
	    strchr(strstr(settings.base_url, "//") + 2, '/') : NULL;
}

/* A page that a server shows at any address: its own links begin at the top. */
static void
write_missing(void)
{
	const char *top = path_of_base();
	struct buf root = { 0 };

	page_begin("404.html", "Not found");
	buf_addf(&root, "%s/", top != NULL ? top : "");
	page_root(root.p);
	page_end(html.site, "404", 0);
	buf_free(&root);
}

void
html_front(void)
{
	write_home();
	write_about();
	write_missing();
}

/* Addresses of all pages, for search engines. */

struct sitemap {
	struct buf	 text;		/* of the file at hand */
	struct buf	 index;
	size_t		 urls, files;
};

static void
end_file(struct sitemap *m)
{
	struct buf path = { 0 };

	if (m->urls == 0)
		return;
	buf_addf(&path, "sitemap/%zu.xml", ++m->files);
	buf_adds(&m->text, "</urlset>\n");
	site_put(html.site, path.p, 0, m->text.p, m->text.len);
	buf_addf(&m->index, "<sitemap><loc>%s/%s</loc></sitemap>\n",
	    settings.base_url, path.p);
	m->urls = 0;
	buf_free(&path);
}

static void
add_url(const char *path, void *ctx)
{
	struct sitemap *m = ctx;
	size_t n = strlen(path);

	if (n < 5 || strcmp(path + n - 5, ".html") != 0 ||
	    strcmp(path, "404.html") == 0)
		return;
	if (m->urls++ == 0) {
		buf_reset(&m->text);
		buf_adds(&m->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<urlset xmlns="
		    "\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	}
	buf_addf(&m->text, "<url><loc>%s/%s</loc></url>\n",
	    settings.base_url, strcmp(path, "index.html") == 0 ? "" : path);
	if (m->urls == URLS)
		end_file(m);
}

/* Robots look for theirs at the top of a host only. */
static void
write_robots(void)
{
	struct buf b = { 0 };

	buf_addf(&b, "User-agent: *\nAllow: /\nSitemap: %s/sitemap.xml\n",
	    settings.base_url);
	site_put(html.site, "robots.txt", 0, b.p, b.len);
	buf_free(&b);
}

void
html_sitemap(void)
{
	struct sitemap m = { 0 };

	if (settings.base_url == NULL)
		return;
	buf_adds(&m.index, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<sitemapindex xmlns="
	    "\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	site_each(html.site, add_url, &m);
	end_file(&m);
	buf_adds(&m.index, "</sitemapindex>\n");
	site_put(html.site, "sitemap.xml", 0, m.index.p, m.index.len);
	if (path_of_base() == NULL)
		write_robots();
	buf_free(&m.text);
	buf_free(&m.index);
}

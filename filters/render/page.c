/* page - the page at hand of the html view */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "render/assets.h"
#include "render/label.h"
#include "render/math.h"
#include "render/page.h"
#include "render/site.h"
#include "render/view.h"
#include "render/web.h"

static struct arena	 arena;
static struct json	*data;
static struct buf	 path;		/* of the page */

void
page_set(struct json *o, const char *member, const char *text)
{
	if (text != NULL && *text != '\0')
		json_add(&arena, o, member, strlen(member),
		    json_str(&arena, text));
}

void
page_copy(struct json *o, const char *member, const struct json *from,
    const char *name)
{
	const struct json *v = json_get(from, name);

	if (v != NULL)
		json_add(&arena, o, member, strlen(member),
		    json_copy(&arena, v));
}

void
page_flag(struct json *o, const char *member)
{
	json_add(&arena, o, member, strlen(member), json_true(&arena));
}

struct json *
page_object(struct json *o, const char *member)
{
	struct json *v = json_object(&arena);

	json_add(&arena, o, member, strlen(member), v);
	return v;
}

struct json *
page_list(struct json *o, const char *member)
{
	struct json *v = json_array(&arena);

	json_add(&arena, o, member, strlen(member), v);
	return v;
}

struct json *
page_item(struct json *list)
{
	struct json *v = json_object(&arena);

	json_append(list, v);
	return v;
}

void
page_count(struct json *o, const char *member, uint64_t n, const char *noun)
{
	struct buf b = { 0 };
	char digits[24];
	size_t i, len;

	len = (size_t)snprintf(digits, sizeof(digits), "%llu",
	    (unsigned long long)n);
	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(&b, ',');
		buf_addc(&b, digits[i]);
	}
	if (noun != NULL)
		buf_addf(&b, " %s%s", noun, n == 1 ? "" : "s");
	page_set(o, member, b.p);
	buf_free(&b);
}

void
page_link(struct json *o, const char *member, const char *to)
{
	struct buf b = { 0 };
	const char *from = path.p, *p, *q;

	/* folders that both are in */
	for (p = to, q = from; *p != '\0' && *p == *q; p++, q++)
		if (*p == '/') {
			to = p + 1;
			from = q + 1;
		}
	while ((from = strchr(from, '/')) != NULL) {
		buf_adds(&b, "../");
		from++;
	}
	buf_adds(&b, to);
	page_set(o, member, b.p);
	buf_free(&b);
}

void
page_web(struct json *o, const char *member, const char *url)
{
	if (url != NULL && web_is_url(url))
		page_set(o, member, url);
}

void
page_authors(struct json *o, const struct json *paper)
{
	const struct json *a = json_first(paper, "authors");
	struct json *list = page_list(o, "authors");
	uint64_t n = 0;

	for (; a != NULL; a = a->next)
		if (n++ < SHOWN_AUTHORS)
			page_copy(page_item(list), "name", a, "name");
	if (n > SHOWN_AUTHORS)
		page_count(o, "more", n - SHOWN_AUTHORS, NULL);
}

void
page_math(void)
{
	struct json *math;

	if (json_get(data, "math") != NULL)
		return;
	math = page_object(data, "math");
	page_link(math, "katex_css", assets_path("katex.min.css"));
	page_link(math, "katex_js", assets_path("katex.min.js"));
	page_link(math, "math_js", assets_path("math.js"));
}

static bool
is_blank(const struct json *text)
{
	static struct buf b;

	buf_reset(&b);
	text_clean(&b, text->text, text->len);
	return b.len == 0;
}

void
page_title(struct json *o, const struct json *paper)
{
	const struct json *title = json_get(paper, "title");

	if (title == NULL || is_blank(title)) {
		page_set(o, "title", "[no title]");
		return;
	}
	page_copy(o, "title", paper, "title");
	if (math_is_in(title->text, title->len)) {
		page_flag(o, "tex");
		page_math();
	}
}

/* The address of the page itself. */
static void
set_canonical(void)
{
	struct buf b = { 0 };

	/* the page for what is not there stands at any address */
	if (settings.base_url == NULL || strcmp(path.p, "404.html") == 0)
		return;
	buf_addf(&b, "%s/%s", settings.base_url,
	    strcmp(path.p, "index.html") == 0 ? "" : path.p);
	page_set(data, "canonical", b.p);
	buf_free(&b);
}

/* Where to write to: what is an address becomes a link. */
static void
set_contact(void)
{
	const char *s = settings.contact;
	struct buf url = { 0 };

	page_set(data, "contact", s);
	if (s == NULL)
		return;
	if (strncmp(s, "http://", 7) == 0 || strncmp(s, "https://", 8) == 0)
		buf_adds(&url, s);
	else if (strchr(s, '@') != NULL && strpbrk(s, " <>\"") == NULL)
		buf_addf(&url, "mailto:%s", s);
	page_set(data, "contact_url", url.p);
	buf_free(&url);
}

void
page_root(const char *root)
{
	static const char *const assets[][2] = { { "css", "site.css" },
	    { "icon", "icon.svg" } };
	struct buf b = { 0 };
	size_t i;

	json_set(&arena, data, "root", json_str(&arena, root));
	for (i = 0; i < sizeof(assets) / sizeof(assets[0]); i++) {
		buf_reset(&b);
		buf_addf(&b, "%s%s", root, assets_path(assets[i][1]));
		json_set(&arena, data, assets[i][0], json_str(&arena, b.p));
	}
	buf_free(&b);
}

struct json *
page_begin(const char *to, const char *title)
{
	struct buf root = { 0 };
	const char *p;

	arena_reset(&arena);
	buf_reset(&path);
	buf_adds(&path, to);
	data = json_object(&arena);
	page_set(data, "site", settings.title);
	page_set(data, "site_name", settings.name);
	page_set(data, "page_title", title);
	buf_adds(&root, "");
	for (p = to; (p = strchr(p, '/')) != NULL; p++)
		buf_adds(&root, "../");
	page_root(root.p);
	set_contact();
	set_canonical();
	if (settings.report)
		page_flag(data, "has_report");
	buf_free(&root);
	return data;
}

void
page_end(struct site *site, const char *template, uint64_t recipe)
{
	static struct buf html;

	buf_reset(&html);
	assets_render(&html, template, data);
	site_put(site, path.p, recipe, html.p, html.len);
}

void
page_write(const char *template)
{
	struct buf html = { 0 };

	assets_render(&html, template, data);
	filter_write(html.p, html.len);
	buf_free(&html);
}

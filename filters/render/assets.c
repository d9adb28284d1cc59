/* assets - templates, stylesheet, scripts and fonts of the html view */
#define XXH_INLINE_ALL
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/input.h"
#include "lib/mustache.h"
#include "lib/table.h"
#include "lib/utf8.h"
#include "render/assets.h"
#include "render/site.h"

extern const struct table_file render_files[];

struct asset {
	const char	*name;
	struct buf	 data;
	char		*path;		/* in the site */
};

#define MAX_ASSETS	64

static const char		*folders[8];
static size_t			 nfolders;
static struct asset		 assets[MAX_ASSETS];
static size_t			 nassets;
static struct mustache_set	*templates;

void
assets_folder(const char *folder)
{
	struct stat st;

	if (stat(folder, &st) == -1)
		err(failure_status(errno, EX_NOINPUT), "%s", folder);
	if (!S_ISDIR(st.st_mode))
		errx(EX_NOINPUT, "%s: not a folder", folder);
	if (nfolders == sizeof(folders) / sizeof(folders[0]))
		errx(EX_USAGE, "%s: too many folders", folder);
	folders[nfolders++] = folder;
}

bool
assets_are_own(void)
{
	return nfolders > 0;
}

/* A whole file of a folder. */
static bool
read_file(struct buf *b, const char *folder, const char *name)
{
	struct buf path = { 0 };
	struct input in;
	size_t n;
	bool found;

	buf_addf(&path, "%s/%s", folder, name);
	found = input_open(&in, path.p);
	if (!found && errno != ENOENT)
		err(failure_status(errno, EX_NOINPUT), "%s", path.p);
	if (found) {
		buf_reset(b);
		while ((n = input_fill(&in, 1)) > 0) {
			buf_add(b, input_head(&in), n);
			input_skip(&in, n);
		}
		if (in.error != NULL)
			errx(EX_IOERR, "%s: %s", path.p, in.error);
		input_close(&in);
	}
	buf_free(&path);
	return found;
}

static bool
read_either(struct buf *b, const char *name)
{
	const struct table_file *f;
	size_t i;

	for (i = 0; i < nfolders; i++)
		if (read_file(b, folders[i], name))
			return true;
	for (f = render_files; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0) {
			buf_add(b, f->data, f->len);
			return true;
		}
	return false;
}

/* Indentation is for who edits the template, not for the page; the end of the
 * last line would stand behind every item of a list that is a partial. */
static void
unindent(struct buf *b)
{
	size_t i, n = 0;
	bool start = true;

	for (i = 0; i < b->len; i++) {
		if (start && (b->p[i] == ' ' || b->p[i] == '\t'))
			continue;
		start = b->p[i] == '\n';
		b->p[n++] = b->p[i];
	}
	if (n > 0 && b->p[n - 1] == '\n')
		n--;
	b->len = n;
	b->p[n] = '\0';
}

/* The text stays as long as the process. */
static const char *
load(const char *name, size_t *len, void *ctx)
{
	struct buf file = { 0 }, text = { 0 };

	(void)ctx;
	buf_addf(&file, "%s.mustache", name);
	if (!read_either(&text, file.p))
		errx(EX_CONFIG, "%s: no such template", file.p);
	if (!utf8_valid(text.p, text.len))
		errx(EX_CONFIG, "%s: not UTF-8", file.p);
	unindent(&text);
	*len = text.len;
	buf_free(&file);
	return text.p;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

const char *
assets_path(const char *name)
{
	size_t i;

	for (i = 0; i < nassets; i++)
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].path;
	errx(EX_SOFTWARE, "%s: no such asset", name);
}

/* "assets/site.01234567.css" */
static char *
hashed_path(const struct asset *a)
{
	const char *suffix = strrchr(a->name, '.');
	struct buf b = { 0 };

	buf_addf(&b, "assets/%.*s.%08" PRIx32 "%s",
	    (int)(suffix - a->name), a->name,
	    (uint32_t)XXH3_64bits(a->data.p, a->data.len), suffix);
	return b.p;
}

/*
 * A stylesheet names its fonts by their hashed names; those in formats that
 * are not here are left out.
 */
static void
hash_urls(struct asset *css)
{
	struct buf b = { 0 };
	const char *p = css->data.p, *url, *end, *name;
	size_t i;

	while ((url = strstr(p, "url(")) != NULL) {
		end = url + strcspn(url, ")");
		for (name = end; name > url + 4 && name[-1] != '/'; name--)
			;
		for (i = 0; i < nassets; i++)
			if (strlen(assets[i].name) == (size_t)(end - name) &&
			    memcmp(assets[i].name, name,
			    (size_t)(end - name)) == 0)
				break;
		if (i < nassets) {
			buf_add(&b, p, (size_t)(url + 4 - p));
			buf_adds(&b, strchr(assets[i].path, '/') + 1);
			p = end;
		} else {
			/* ",url(x.woff) format('woff')" */
			buf_add(&b, p, (size_t)(url - p));
			if (b.len > 0 && b.p[b.len - 1] == ',')
				b.len--;
			end += strcspn(end, ",;}");
			p = end;
		}
	}
	buf_adds(&b, p);
	buf_free(&css->data);
	css->data = b;
}

static void
add_asset(const char *name)
{
	struct asset *a = &assets[nassets];

	if (nassets == MAX_ASSETS)
		errx(EX_SOFTWARE, "over %d assets", MAX_ASSETS);
	a->name = name;
	buf_adds(&a->data, "");
	read_either(&a->data, name);
	if (ends_with(name, ".css"))
		hash_urls(a);
	a->path = hashed_path(a);
	nassets++;
}

void
assets_open(void)
{
	const struct table_file *f;
	int css;

	templates = mustache_set_new(load, NULL);
	/* stylesheets behind the fonts that they name */
	for (css = 0; css < 2; css++)
		for (f = render_files; f->name != NULL; f++)
			if (!ends_with(f->name, ".mustache") &&
			    ends_with(f->name, ".css") == css)
				add_asset(f->name);
}

void
assets_put(struct site *site)
{
	size_t i;

	for (i = 0; i < nassets; i++)
		site_put(site, assets[i].path, 0, assets[i].data.p,
		    assets[i].data.len);
}

void
assets_render(struct buf *b, const char *template, const struct json *data)
{
	mustache_render(b, mustache_get(templates, template), data);
}

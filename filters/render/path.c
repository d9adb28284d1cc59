/* path - where the pages of the site stand */
#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/slug.h"
#include "render/path.h"

#define KEPT	4	/* texts that stay */

static struct buf *
next(void)
{
	static struct buf text[KEPT];
	static unsigned turn;
	struct buf *b = &text[turn++ % KEPT];

	buf_reset(b);
	return b;
}

/* FOLDER/HHH/, of a stem that something may follow */
static struct buf *
place(const char *folder, const struct buf *stem)
{
	struct buf *b = next();

	buf_addf(b, "%s/%03x/%s", folder,
	    (unsigned)(XXH3_64bits(stem->p, stem->len) >> 52), stem->p);
	return b;
}

const char *
path_paper(const char *id)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
	uint64_t hash = XXH3_64bits(id, strlen(id));
	struct buf *b = next();
	int shift;

	buf_addf(b, "p/%03x/", (unsigned)(hash >> 52));
	for (shift = 47; shift >= 2; shift -= 5)
		buf_addc(b, digits[hash >> shift & 31]);
	buf_adds(b, ".html");
	return b->p;
}

const char *
path_author(const char *key, const char *part, const char *suffix)
{
	static struct buf stem;
	struct buf *b;

	buf_reset(&stem);
	slug_make(&stem, key, strlen(key));
	b = place("a", &stem);
	buf_addf(b, "%s%s%s", *part != '\0' ? "~" : "", part, suffix);
	return b->p;
}

const char *
path_list(const char *folder, const char *key, const char *part, size_t page)
{
	static struct buf stem;

	buf_reset(&stem);
	if (key != NULL)
		slug_make(&stem, key, strlen(key));
	else
		buf_adds(&stem, "none~");
	if (*part != '\0')
		buf_addf(&stem, "~%s", part);
	if (page > 1)
		buf_addf(&stem, "~%zu", page);
	buf_adds(&stem, ".html");
	return place(folder, &stem)->p;
}

const char *
path_year(int year)
{
	struct buf *b = next();

	/* in centuries, for there are more years than a folder may hold */
	if (year == 0)
		buf_adds(b, "y/none.html");
	else
		buf_addf(b, "y/%02d/%d.html", year / 100, year);
	return b->p;
}

bool
path_is_safe(const char *path)
{
	const char *p;

	for (p = path; *p != '\0'; p++) {
		if ((p == path || p[-1] == '/') && (*p == '.' || *p == '/'))
			return false;
		if (!(*p >= 'a' && *p <= 'z') && !(*p >= 'A' && *p <= 'Z') &&
		    !(*p >= '0' && *p <= '9') && strchr("/._~-", *p) == NULL)
			return false;
	}
	return p > path && p[-1] != '/';
}

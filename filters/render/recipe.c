/* recipe - digests of what a page is made of */
#define XXH_INLINE_ALL
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "lib/json.h"
#include "render/label.h"
#include "render/recipe.h"

uint64_t
recipe_bytes(uint64_t recipe, const void *p, size_t n)
{
	/* the length, so that "ab", "c" is not "a", "bc" */
	return XXH3_64bits_withSeed(p, n, recipe * 31 + n);
}

uint64_t
recipe_number(uint64_t recipe, uint64_t n)
{
	return XXH3_64bits_withSeed(&n, sizeof(n), recipe);
}

uint64_t
recipe_text(uint64_t recipe, const char *text)
{
	return text == NULL ? recipe_number(recipe, 0) :
	    recipe_bytes(recipe, text, strlen(text));
}

/* Where a record was found, and what for: its place moves from run to run. */
static bool
is_place(const struct json *member)
{
	static const char *const places[] = { "line", "offset", "sha256",
	    "trust", "url" };
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (json_name_is(member, places[i]))
			return true;
	return false;
}

static uint64_t
add_value(uint64_t h, const struct json *v, bool in_sources)
{
	const struct json *e;

	h = recipe_number(h, v->type);
	if (v->type == JSON_STRING || v->type == JSON_NUMBER)
		return recipe_bytes(h, v->text, v->len);
	for (e = v->child; e != NULL; e = e->next) {
		if (in_sources && v->type == JSON_OBJECT && is_place(e))
			continue;
		if (e->name != NULL)
			h = recipe_bytes(h, e->name, e->namelen);
		h = add_value(h, e, in_sources);
	}
	/* where the list ends */
	return recipe_number(h, JSON_OBJECT + 1);
}

uint64_t
recipe_paper(const struct json *paper)
{
	const struct json *e;
	uint64_t h = 0;

	for (e = paper->child; e != NULL; e = e->next) {
		h = recipe_bytes(h, e->name, e->namelen);
		h = add_value(h, e, json_name_is(e, "sources"));
	}
	return h;
}

static uint64_t
add_member(uint64_t h, const struct json *o, const char *name)
{
	const struct json *v = json_get(o, name);

	return v != NULL ? add_value(h, v, false) : recipe_number(h, 0);
}

uint64_t
recipe_item(const struct json *paper)
{
	const struct json *a = json_first(paper, "authors");
	uint64_t h = add_member(0, paper, "id");
	size_t n;

	h = add_member(h, paper, "title");
	h = recipe_number(h, json_count(a));
	for (n = 0; a != NULL && n < SHOWN_AUTHORS; a = a->next, n++)
		h = add_member(h, a, "name");
	return h;
}

uint64_t
recipe_program(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	uint64_t recipe = 0;
	struct stat st;
	void *p;

	if (fd == -1)
		return 0;
	if (fstat(fd, &st) == 0 && st.st_size > 0 && (p = mmap(NULL,
	    (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)) != MAP_FAILED) {
		recipe = recipe_bytes(recipe_text(0, utf8proc_version()), p,
		    (size_t)st.st_size);
		munmap(p, (size_t)st.st_size);
	}
	close(fd);
	return recipe;
}

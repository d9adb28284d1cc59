/* html_fix - lines of a table of corrections, to be copied from a page */
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/html.h"
#include "render/page.h"

void
html_add_fix(struct json *list, const char *what, const char *verb,
    const char *key, const char *one, const char *other)
{
	static struct buf line;
	struct json *o;

	if (one == NULL)
		return;
	buf_reset(&line);
	buf_addf(&line, "%s\t%s\t%s", verb, key, one);
	if (other != NULL)
		buf_addf(&line, "\t%s", other);
	o = page_item(list);
	page_set(o, "what", what);
	page_set(o, "line", line.p);
}

/* Of the names that have a page: that they are the same person's. */
static void
add_aliases(struct json *list, const struct json *author, const char *key)
{
	const struct catalogue *c = html.catalogue;
	const struct json *e = json_first(author, "similar");
	const struct known *known;
	static struct buf what;
	const char *other;

	for (; e != NULL; e = e->next) {
		other = json_get_str(e, "key");
		if ((known = catalogue_known(c, other)) == NULL)
			continue;
		buf_reset(&what);
		buf_addf(&what, "%s is the same person",
		    catalogue_author(c, known->place - 1)->name);
		html_add_fix(list, what.p, "alias", key, other, NULL);
	}
}

void
html_add_fixes(struct json *data, const struct json *author)
{
	const char *key = json_get_str(author, "key");
	const struct json *e = json_first(author, "rows");
	struct json *list = page_list(page_object(data, "fixes"), "list");

	html_add_part(list);
	add_aliases(list, author, key);
	/* another spelling if there is one, else what is there to be mended */
	if (e != NULL && e->next != NULL)
		e = e->next;
	html_add_fix(list, "Write the name like this", "name", key,
	    json_get_str(e, "name"), NULL);
}

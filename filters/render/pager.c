/* pager - lists on several pages */
#include "lib/json.h"
#include "render/page.h"
#include "render/pager.h"
#include "render/path.h"

const char *
pager_path(const struct pages *p, size_t page)
{
	return page == 1 && p->first != NULL ? p->first :
	    path_list(p->folder, p->key, p->part, page);
}

void
pager_add(struct json *data, const struct pages *p, size_t page)
{
	struct json *o;

	if (p->n < 2)
		return;
	o = page_object(data, "pager");
	page_count(o, "page", page, NULL);
	page_count(o, "pages", p->n, NULL);
	if (page > 1) {
		page_link(o, "first", pager_path(p, 1));
		page_link(o, "before", pager_path(p, page - 1));
	}
	if (page < p->n)
		page_link(o, "after", pager_path(p, page + 1));
}

size_t
pager_pages(size_t n, size_t size)
{
	return n == 0 ? 1 : (n + size - 1) / size;
}

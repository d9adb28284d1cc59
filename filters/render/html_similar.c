/* html_similar - names like that of an author, on its page */
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/html.h"
#include "render/label.h"
#include "render/page.h"

#define SAME	0.5	/* confidence from which on a name is said to be another
			 * one of this author */

/* In words how another name differs, or who says that it is the same person. */
static const char *
reason_of(const struct json *similar)
{
	static const char *const words[][2] = {
		{ "spelling", "other accents or hyphens" },
		{ "order", "in another order" },
		{ "homonym-number", "another homonym number" },
		{ "suffix", "another suffix" },
		{ "middle-name", "with or without a middle name" },
		{ "initials", "initials only" },
		{ "source", "according to a source" },
		{ "correction", "corrected by hand" },
	};
	const char *reason = json_get_str(similar, "reason");
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(reason, words[i][0]) == 0)
			return words[i][1];
	return reason;
}

/* Those of this or that side of SAME, if there are any. */
static void
add_names(struct json *data, const char *member, const struct json *author,
    bool same)
{
	const struct catalogue *c = html.catalogue;
	const struct json *e = json_first(author, "similar"), *confidence;
	const struct known *known;
	struct json *o, *list = NULL;
	static struct buf why;

	for (; e != NULL; e = e->next) {
		confidence = json_get(e, "confidence");
		known = catalogue_known(c, json_get_str(e, "key"));
		if (known == NULL ||
		    (strtod(confidence->text, NULL) >= SAME) != same)
			continue;
		if (list == NULL)
			list = page_list(page_object(data, member), "list");
		o = page_item(list);
		page_set(o, "name", catalogue_author(c, known->place - 1)->name);
		html_link_author(o, json_get_str(e, "key"));
		buf_reset(&why);
		buf_adds(&why, reason_of(e));
		if (same) {
			buf_adds(&why, "; the same person: ");
			label_confidence(&why, confidence);
		}
		page_set(o, "why", why.p);
	}
}

void
html_add_similar(struct json *data, const struct json *author)
{
	add_names(data, "published", author, true);
	add_names(data, "similar", author, false);
}

/* label - what the views call things */
#include <ctype.h>
#include <stdbool.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "render/label.h"

void
label_add(struct buf *b, const char *s)
{
	bool start = true;

	for (; *s != '\0'; s++) {
		buf_addc(b, *s == '-' ? ' ' : start ?
		    toupper((unsigned char)*s) : *s);
		start = *s == '-';
	}
}

void
label_heading(struct buf *b, const struct json *paper)
{
	static const char *const members[] = { "venue", "venue_kind", "year",
	    "type" };
	const struct json *v;
	size_t i, from = b->len;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if ((v = json_get(paper, members[i])) == NULL)
			continue;
		if (b->len > from)
			buf_addc(b, ' ');
		if (i == 1 || i == 3)
			label_add(b, v->text);
		else
			buf_add(b, v->text, v->len);
	}
}

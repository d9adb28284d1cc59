/* bibtex_date - the date that the year, month and day of BibTeX make */
#include <stddef.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
#include "lib/tex.h"
#include "parse/bibtex.h"
#include "parse/format.h"

/* The field's text, or NULL. */
static const char *
text_of(const struct fields *f, const char *name)
{
	const struct field *v = fields_find(f, name);
	struct buf b = { 0 };
	const char *s;

	if (v == NULL)
		return NULL;
	tex_decode(&b, v->value, v->len, TEX_TEXT);
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

bool
date_add(struct json *paper, const struct fields *f)
{
	char s[DATE_ROOM];
	struct date d;

	if (fields_find(f, "date") != NULL)
		return false;
	d = date_of_parts(text_of(f, "year"), text_of(f, "month"),
	    text_of(f, "day"));
	if (d.month == 0)
		return false;
	entry_str(paper, "date", date_print(s, d));
	return true;
}

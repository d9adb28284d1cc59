/* auto - the format that the beginning of the document shows */
#include <string.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/reject.h"
#include "parse/format.h"
#include "parse/map.h"
#include "parse/records.h"
#include "parse/sniff.h"

#define SHOWN	4096		/* bytes of a document that is refused */

/* What the document may be. */
struct candidates {
	const struct format	*format;	/* the first */
	const char		*map;
	size_t			 n;
	struct buf		 names;		/* of all, with why */
};

static void
add_candidate(struct candidates *c, const struct format *f, const char *map,
    const char *why)
{
	if (c->n++ == 0) {
		c->format = f;
		c->map = map;
	}
	buf_addf(&c->names, "%s%s%s%s (%s)", c->n > 1 ? ", " : "", f->name,
	    map != NULL ? " with map " : "", map != NULL ? map : "", why);
}

static bool
has_name(const struct sniff *s, const struct map *map, const char *name)
{
	struct buf b = { 0 };
	bool has;

	if (s->paths == NULL)
		return sniff_column(s, name);
	buf_addf(&b, "%s.%s", map->list != NULL ? map->list : "papers", name);
	has = sniff_has(s, name) || sniff_has(s, b.p);
	buf_free(&b);
	return has;
}

/* Whether the document has all names by which the map tells its supplier. */
static bool
map_fits(const struct sniff *s, const struct map *map)
{
	size_t i, signs = 0;

	for (i = 0; i < map->n; i++)
		if (map->rows[i].is_sign) {
			if (!has_name(s, map, map->rows[i].from))
				return false;
			signs++;
		}
	return signs > 0;
}

static void
find_candidates(struct candidates *c, struct sniff *s, bool has_map)
{
	const struct format *f, *mapped;
	const char *const *name;
	const char *why;
	size_t n;

	mapped = format_find(s->paths != NULL ? "json" : "csv");
	if (has_map)
		add_candidate(c, mapped, NULL, "it has a map");
	if (has_map && s->paths != NULL)
		return;
	for (f = format_all(); f->name != NULL; f++)
		if (!format_takes_map(f) && (why = f->sniff(s)) != NULL)
			add_candidate(c, f, NULL, why);
	/* objects of a format that knows them have a title, too */
	if (has_map || s->root[0] != '\0' || (s->paths != NULL && c->n > 0))
		return;
	n = c->n;
	do {
		for (name = map_names(); *name != NULL; name++)
			if (map_fits(s, map_find(*name)))
				add_candidate(c, mapped, *name,
				    "its names are the map's");
		if (c->n == n && (why = mapped->sniff(s)) != NULL)
			add_candidate(c, mapped, NULL, why);
	} while (c->n == 0 && s->paths == NULL && sniff_next_line(s));
}

static void
refuse(struct document *doc, struct input *in, const struct candidates *c)
{
	enum reject_code code = REJECT_BAD_FORMAT;
	struct buf b = { 0 };
	const char *error = NULL;
	size_t n;

	if (!document_text(doc, in) || (n = input_fill(in, SHOWN)) == 0)
		return;
	if (c->n == 0 && n < SHOWN)
		error = records_error(input_head(in), n);
	if (error != NULL) {
		code = REJECT_ERROR_ANSWER;
		buf_addf(&b, "the source answered: %s", error);
	} else if (c->n > 1)
		buf_addf(&b, "it may be %s: name one", c->names.p);
	else
		buf_adds(&b, "its beginning is that of no format: name one");
	entry_refuse(doc, in->offset, in->line, input_head(in), n < SHOWN ? n :
	    SHOWN, code, b.p);
	buf_free(&b);
}

void
parse_auto(struct document *doc, struct input *in)
{
	struct candidates c = { 0 };
	struct sniff s;

	if (input_fill(in, 1) == 0)
		return;
	sniff_look(&s, in, doc->encoding);
	find_candidates(&c, &s, doc->map != NULL);
	sniff_free(&s);
	if (c.n == 1) {
		filter_tell("%s: %s", doc->file, c.names.p);
		if (c.map != NULL)
			doc->map = map_find(c.map);
		c.format->parse(doc, in);
	} else
		refuse(doc, in, &c);
	buf_free(&c.names);
}

/* It is none itself. */
const char *
sniff_auto(const struct sniff *s)
{
	(void)s;
	return NULL;
}

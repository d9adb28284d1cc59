/* normalize - make the same fact read the same, whatever source it is from */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/tex.h"
#include "lib/markup.h"
#include "lib/text.h"
#include "normalize/normalize.h"

#define ROUNDS	6	/* of markup in markup, such as "&amp;amp;" */

static const char *const kinds[] = { "paper", NULL };

static const struct filter filter = {
	.name = "normalize",
	.synopsis = "normalize [options] [file ...]",
	.options = "",
	.kinds = kinds,
};

static bool
has_any(const char *s, size_t n, const char *marks)
{
	for (; *marks != '\0'; marks++)
		if (memchr(s, *marks, n) != NULL)
			return true;
	return false;
}

static bool
same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

static void
swap(struct buf *a, struct buf *b)
{
	struct buf t = *a;

	*a = *b;
	*b = t;
}

/* What is escaped twice is resolved twice: up to the point of no change. */
void
resolve_markup(struct buf *b, const char *s, size_t n)
{
	static struct buf a, c, before;
	int i;

	if (!has_any(s, n, "&<\\{")) {
		text_clean(b, s, n);
		return;
	}
	buf_reset(&a);
	text_clean(&a, s, n);
	for (i = 0; i < ROUNDS; i++) {
		buf_reset(&before);
		buf_add(&before, a.p, a.len);
		buf_reset(&c);
		markup_entities(&c, a.p, a.len);
		buf_reset(&a);
		markup_untag(&a, c.p, c.len);
		buf_reset(&c);
		tex_decode(&c, a.p, a.len, TEX_TEXT);
		buf_reset(&a);
		text_clean(&a, c.p, c.len);
		if (same(&a, &before))
			break;
	}
	buf_add(b, a.p, a.len);
}

/* Abstracts keep their TeX, Markdown and tags: only entities and white space. */
static void
resolve_abstract(struct buf *b, const char *s, size_t n)
{
	static struct buf a, c;
	int i;

	if (memchr(s, '&', n) == NULL) {
		text_clean_lines(b, s, n);
		return;
	}
	buf_reset(&a);
	buf_add(&a, s, n);
	for (i = 0; i < ROUNDS; i++) {
		buf_reset(&c);
		markup_entities(&c, a.p, a.len);
		swap(&a, &c);
		if (same(&a, &c))
			break;
	}
	text_clean_lines(b, a.p, a.len);
}

static void
resolve_entities(struct buf *b, const char *s, size_t n)
{
	static struct buf a;

	buf_reset(&a);
	resolve_abstract(&a, s, n);
	text_clean(b, a.p, a.len);
}

void
set_text(struct arena *a, struct json *o, const char *member,
    const struct buf *b)
{
	const struct json *v = json_get(o, member);

	if (b->len == 0)
		json_set(a, o, member, NULL);
	else if (v == NULL || v->type != JSON_STRING || v->len != b->len ||
	    memcmp(v->text, b->p, b->len) != 0)
		json_set(a, o, member, json_string(a, b->p, b->len));
}

void
drop_value(struct arena *a, struct json *o, const char *member, const char *why)
{
	const struct json *v = json_get(o, member);

	filter_note(REJECT_DROPPED_VALUE, member, v->text, v->len, "%s", why);
	json_set(a, o, member, NULL);
}

static void
tell_dropped(const char *name, const struct json *v)
{
	static struct buf b;

	buf_reset(&b);
	json_write(&b, v);
	filter_note(REJECT_DROPPED_VALUE, name, b.p, b.len,
	    "not what the schema allows");
}

/* How the text of a member is read; the rest stays as it is. */
static const struct {
	const char	*member;
	void		(*resolve)(struct buf *, const char *, size_t);
} texts[] = {
	{ "title", resolve_markup },
	{ "abstract", resolve_abstract },
	{ "venue", resolve_markup },
	{ "venue_name", resolve_markup },
	{ "publisher", resolve_markup },
	{ "language", text_clean },
	{ "date", text_clean },
	{ "url", text_clean },
	{ "pdf", text_clean },
	{ "code", text_clean },
	{ "doi", resolve_entities },
	{ "arxiv", text_clean },
	{ "isbn", text_clean },
	{ "pages", resolve_entities },
	{ "volume", resolve_markup },
	{ "number", resolve_markup },
	{ "type", text_clean },
	{ "status", text_clean },
};

static void
resolve_texts(struct arena *arena, struct json *paper)
{
	static struct buf b;
	struct json *v;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		v = json_get(paper, texts[i].member);
		if (v == NULL || v->type != JSON_STRING)
			continue;
		buf_reset(&b);
		texts[i].resolve(&b, v->text, v->len);
		set_text(arena, paper, texts[i].member, &b);
	}
	for (v = json_first(paper, "keywords"); v != NULL; v = v->next) {
		buf_reset(&b);
		resolve_markup(&b, v->text, v->len);
		v->text = arena_strndup(arena, b.p, b.len);
		v->len = b.len;
	}
}

static void
normalize(struct arena *arena, struct json *paper)
{
	const char *venue;

	schema_mend(schema_load("parsed"), paper, tell_dropped);
	resolve_texts(arena, paper);
	venue = json_get_str(paper, "venue");
	normalize_people(arena, paper, "authors");
	normalize_people(arena, paper, "editors");
	normalize_venue(arena, paper);
	normalize_date(arena, paper, venue);
	normalize_identifiers(arena, paper);
	normalize_links(arena, paper);
	normalize_status(arena, paper);
	normalize_type(arena, paper);
	schema_mend(schema_load("paper"), paper, tell_dropped);
	filter_emit(paper);
}

int
main(int argc, char *argv[])
{
	struct record r;

	while (filter_getopt(&filter, argc, argv) != -1)
		;
	filter_operands(argv + optind);
	while (filter_next(&r))
		normalize(r.arena, r.json);
	return filter_close();
}

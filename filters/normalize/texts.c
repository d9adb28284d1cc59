/* texts - the members that are text: markup, entities, white space */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "normalize/normalize.h"

#define ROUNDS	6	/* of markup in markup, such as "&amp;amp;" */

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

void
normalize_texts(struct arena *arena, struct json *paper)
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

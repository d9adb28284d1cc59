/* texts - the members that are text: markup, entities, white space */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/mojibake.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "normalize/normalize.h"
#include "normalize/title.h"

/*
 * Of markup in markup, such as "&amp;amp;".  A text that takes more stays as it
 * is: cut off on the way it would be another one each time.
 */
#define ROUNDS	12
#define LONGEST	200	/* values in a list where repeated ones are looked for */

/* Marks without which a text stays as it is. */
#define CLEAN		(TEXT_WHITE | TEXT_HIGH)
#define MARKUP		(CLEAN | TEXT_AMP | TEXT_MARKUP)
#define TITLE		(MARKUP | TEXT_MATH)
#define ABSTRACT	(CLEAN | TEXT_AMP | TEXT_CID)

/* Whether the two stand side by side: faster than memmem for short texts. */
static bool
has_pair(const char *s, size_t n, char first, char second)
{
	const char *end = s + n;

	while ((s = memchr(s, first, (size_t)(end - s))) != NULL)
		if (++s < end && *s == second)
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
	unsigned marks = text_marks(s, n);
	int i;

	if ((marks & MARKUP) == 0) {
		buf_add(b, s, n);
		return;
	}
	if ((marks & (TEXT_AMP | TEXT_MARKUP)) == 0) {
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
		markup_inspec(&c, a.p, a.len);
		buf_reset(&a);
		tex_decode(&a, c.p, c.len, TEX_TEXT);
		buf_reset(&c);
		text_clean(&c, a.p, a.len);
		/* what markup parted may come together now */
		buf_reset(&a);
		mojibake_mend(&a, c.p, c.len);
		if (same(&a, &before)) {
			buf_add(b, a.p, a.len);
			return;
		}
	}
	text_clean(b, s, n);
}

static const char cid[] = "(cid:173)";

/*
 * The hyphen at the end of a line as tools write it that take text out of PDF,
 * for they know its number only.
 */
static void
resolve_cid(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *p;

	while ((p = memmem(s, (size_t)(end - s), cid, sizeof(cid) - 1)) != NULL) {
		buf_add(b, s, (size_t)(p - s));
		buf_addc(b, '-');
		s = p + sizeof(cid) - 1;
	}
	buf_add(b, s, (size_t)(end - s));
}

void
resolve_text(struct arena *arena, struct json *v)
{
	static struct buf b;

	if ((text_marks(v->text, v->len) & MARKUP) == 0)
		return;
	buf_reset(&b);
	resolve_markup(&b, v->text, v->len);
	v->text = arena_strndup(arena, b.p, b.len);
	v->len = b.len;
}

static bool
has_text(struct json *v)
{
	return v->len > 0;
}

/* The first of those that are the same stays, in a list of some length. */
static void
drop_repeated(struct json *list)
{
	struct json *v, *w;
	int n = 0;

	for (v = list->child; v != NULL; v = v->next)
		if (++n > LONGEST)
			return;
	for (v = list->child; v != NULL; v = v->next)
		for (w = list->child; w != v; w = w->next)
			if (w->len == v->len &&
			    memcmp(w->text, v->text, v->len) == 0) {
				v->len = 0;
				break;
			}
	json_keep_if(list, has_text);
}

void
resolve_list(struct arena *arena, struct json *o, const char *member)
{
	struct json *list = json_get(o, member), *v, was;

	if (list == NULL)
		return;
	for (v = list->child; v != NULL; v = v->next) {
		was = *v;
		resolve_text(arena, v);
		if (v->len == 0 && !is_blank(&was))
			filter_note(REJECT_DROPPED_VALUE, member, was.text,
			    was.len, "nothing is left of it");
	}
	json_keep_if(list, has_text);
	drop_repeated(list);
	if (list->child == NULL)
		json_set(arena, o, member, NULL);
}

/* Abstracts keep their TeX, Markdown and tags: only entities and white space. */
static void
resolve_abstract(struct buf *b, const char *s, size_t n)
{
	static struct buf a, c, d;
	int i;

	if (memchr(s, '&', n) == NULL &&
	    memmem(s, n, cid, sizeof(cid) - 1) == NULL) {
		text_clean_lines(b, s, n);
		return;
	}
	buf_reset(&a);
	text_clean_lines(&a, s, n);
	for (i = 0; i < ROUNDS; i++) {
		buf_reset(&c);
		resolve_cid(&c, a.p, a.len);
		buf_reset(&d);
		markup_entities(&d, c.p, c.len);
		if (same(&d, &a)) {
			buf_add(b, a.p, a.len);
			return;
		}
		buf_reset(&a);
		text_clean_lines(&a, d.p, d.len);
	}
	text_clean_lines(b, s, n);
}

/* A word that a soft hyphen parts at the end of a line is one. */
static void
join_soft(struct buf *b, const char *s, size_t n)
{
	static const char soft[] = "\xc2\xad";
	const char *end = s + n, *p, *q;

	while ((p = memmem(s, (size_t)(end - s), soft, 2)) != NULL) {
		for (q = p + 2; q < end && (*q == ' ' || *q == '\n'); q++)
			;
		buf_add(b, s, (size_t)(p - s));
		if (p == s || p[-1] == ' ' || q == end || *q < 'a' || *q > 'z') {
			buf_add(b, soft, 2);
			q = p + 2;
		}
		s = q;
	}
	buf_add(b, s, (size_t)(end - s));
}

/*
 * A title is read again and again as a whole: what is taken off may have hidden
 * more.
 */
static void
resolve_title(struct buf *b, const char *s, size_t n)
{
	static struct buf a, c, joined, quoted;
	int i;

	if (has_pair(s, n, '\xc2', '\xad')) {
		buf_reset(&joined);
		join_soft(&joined, s, n);
		s = joined.p;
		n = joined.len;
	}
	buf_reset(&a);
	resolve_markup(&a, s, n);
	for (i = 0; memchr(a.p, '$', a.len) != NULL ||
	    has_pair(a.p, a.len, '`', '`') ||
	    has_pair(a.p, a.len, '\'', '\''); i++) {
		if (i == ROUNDS) {
			text_clean(b, s, n);
			return;
		}
		buf_reset(&c);
		title_math(&c, a.p, a.len);
		buf_reset(&quoted);
		title_quotes(&quoted, c.p, c.len);
		buf_reset(&c);
		mojibake_mend(&c, quoted.p, quoted.len);
		swap(&quoted, &c);
		if (same(&quoted, &a))
			break;
		buf_reset(&a);
		resolve_markup(&a, quoted.p, quoted.len);
	}
	buf_add(b, a.p, a.len);
}

static void
resolve_entities(struct buf *b, const char *s, size_t n)
{
	static struct buf a;

	buf_reset(&a);
	resolve_abstract(&a, s, n);
	text_clean(b, a.p, a.len);
}

/* An address as a page has it, once or more often escaped. */
static void
resolve_url(struct buf *b, const char *s, size_t n)
{
	static struct buf a;
	const char *end, *p;

	buf_reset(&a);
	text_clean(&a, s, n);
	for (s = a.p, end = s + a.len;
	    (p = memmem(s, (size_t)(end - s), "&amp;", 5)) != NULL;) {
		buf_add(b, s, (size_t)(p + 1 - s));
		s = p + 5;
		while (end - s >= 4 && memcmp(s, "amp;", 4) == 0)
			s += 4;
	}
	buf_add(b, s, (size_t)(end - s));
}

/* What the whole of a title and the abstract tell; both are resolved. */
static void
normalize_title(struct arena *arena, struct json *paper)
{
	static struct buf b;
	const struct json *v = json_get(paper, "title");
	size_t n;

	if (v == NULL || v->type != JSON_STRING || v->len == 0)
		return;
	if (has_pair(v->text, v->len, '-', ' ')) {
		const char *abstract = json_get_str(paper, "abstract");

		buf_reset(&b);
		title_words(&b, v->text, v->len,
		    abstract != NULL ? abstract : "");
		if (b.len < v->len) {
			filter_note(REJECT_REPAIRED_TEXT, "title", v->text,
			    v->len, "a word broken at the end of a line");
			set_text(arena, paper, "title", &b);
			v = json_get(paper, "title");
		}
	}
	n = title_length(v->text, v->len);
	if (n < v->len) {
		filter_note(REJECT_TITLE_END, "title", v->text, v->len,
		    "without \"%s\"", v->text + n);
		buf_reset(&b);
		buf_add(&b, v->text, n);
		set_text(arena, paper, "title", &b);
		v = json_get(paper, "title");
	}
	if (title_is_shouted(v->text, v->len))
		filter_note(REJECT_TITLE_CAPITALS, "title", v->text, v->len,
		    "as it is");
}

/* How the text of a member is read where it has one of the marks. */
static const struct {
	const char	*member;
	unsigned	 marks;
	void		(*how)(struct buf *, const char *, size_t);
} texts[] = {
	{ "title", TITLE, resolve_title },
	{ "abstract", ABSTRACT, resolve_abstract },
	{ "venue", MARKUP, resolve_markup },
	{ "venue_name", MARKUP, resolve_markup },
	{ "publisher", MARKUP, resolve_markup },
	{ "language", CLEAN, text_clean },
	{ "date", CLEAN, text_clean },
	{ "url", CLEAN | TEXT_AMP, resolve_url },
	{ "pdf", CLEAN | TEXT_AMP, resolve_url },
	{ "code", CLEAN | TEXT_AMP, resolve_url },
	{ "doi", ABSTRACT, resolve_entities },
	{ "arxiv", CLEAN, text_clean },
	{ "isbn", CLEAN, text_clean },
	{ "pages", ABSTRACT, resolve_entities },
	{ "volume", MARKUP, resolve_markup },
	{ "number", MARKUP, resolve_markup },
	{ "type", CLEAN, text_clean },
	{ "status", CLEAN, text_clean },
};

static void
resolve(struct arena *a, struct json *paper, const struct json *v,
    unsigned marks)
{
	static struct buf b;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if ((marks & texts[i].marks) == 0 ||
		    *v->name != *texts[i].member ||
		    !json_name_is(v, texts[i].member))
			continue;
		buf_reset(&b);
		texts[i].how(&b, v->text, v->len);
		if (b.len != v->len || memcmp(b.p, v->text, b.len) != 0)
			set_text(a, paper, texts[i].member, &b);
		return;
	}
}

void
normalize_texts(struct arena *a, struct json *paper)
{
	const struct json *v, *next;
	unsigned marks;

	/* most have no mark, whatever their name */
	for (v = paper->child; v != NULL; v = next) {
		next = v->next;
		if (v->type == JSON_STRING &&
		    (marks = text_marks(v->text, v->len)) != 0)
			resolve(a, paper, v, marks);
	}
	resolve_list(a, paper, "keywords");
	normalize_abstract(a, paper);
	normalize_title(a, paper);
}

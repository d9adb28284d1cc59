/* encoding - text that came in a wrong encoding or lost characters on its way */
#include <string.h>
#include <utf8proc.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/mojibake.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/normalize.h"

#define ROUNDS	6	/* of references in references */

static const char lost[] = "\xef\xbf\xbd";	/* U+FFFD */

/* Letters that print runs together: U+FB00 to U+FB06. */
static bool
part_ligatures(struct buf *b, const char *s, size_t n)
{
	static const char *const letters[] = { "ff", "fi", "fl", "ffi", "ffl",
	    "st", "st" };
	const char *end = s + n, *p = s;
	bool any = false;

	while ((p = memchr(p, '\xef', (size_t)(end - p))) != NULL)
		if (p[1] == '\xac' && (unsigned char)p[2] <= 0x86) {
			buf_add(b, s, (size_t)(p - s));
			buf_adds(b, letters[p[2] & 0x7f]);
			s = p += 3;
			any = true;
		} else
			p++;
	buf_add(b, s, (size_t)(end - s));
	return any;
}

/* What references stand for too, for they may be to halves of a character. */
static void
resolve_references(struct buf *b, const char *s, size_t n)
{
	static struct buf before;
	int i;

	buf_add(b, s, n);
	for (i = 0; i < ROUNDS && memchr(b->p, '&', b->len) != NULL; i++) {
		buf_reset(&before);
		buf_add(&before, b->p, b->len);
		buf_reset(b);
		markup_entities(b, before.p, before.len);
		if (b->len == before.len)
			break;
	}
}

static bool
is_letter(int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

/*
 * Whether a question mark stands in a word or begins one, for a letter; in a
 * name, which is no question, it may end one too.
 */
static bool
has_lost_letter(const char *s, size_t n, bool name)
{
	const char *end = s + n, *p;
	int32_t before = ' ', c, after;

	if (memmem(s, n, "://", 3) != NULL)
		return false;
	if (n > 2 && s[0] == '?' && s[1] == ' ')
		return true;
	for (; s < end; before = c) {
		c = utf8_next(&s);
		p = s;
		after = p < end ? utf8_next(&p) : ' ';
		if (c == '?' && ((name && is_letter(before)) ||
		    (is_letter(after) && (before == ' ' ||
		    is_letter(before)))))
			return true;
	}
	return false;
}

static void
note_lost(const struct json *v, const char *member)
{
	if (memchr(v->text, '\xef', v->len) != NULL &&
	    memmem(v->text, v->len, lost, 3) != NULL)
		filter_note(REJECT_DAMAGED_TEXT, member, v->text, v->len,
		    "a character was lost");
	/* elsewhere it ends sentences that lost the space behind it */
	else if (memchr(v->text, '?', v->len) != NULL &&
	    (strcmp(member, "title") == 0 || strcmp(member, "name") == 0) &&
	    has_lost_letter(v->text, v->len,
	    strcmp(member, "name") == 0))
		filter_note(REJECT_DAMAGED_TEXT, member, v->text, v->len,
		    "a question mark for a letter");
}

static void
mend(struct arena *a, struct json *v, const char *member)
{
	static struct buf whole, mended, parted;
	unsigned marks = text_marks(v->text, v->len);
	bool wrong;

	if ((marks & (TEXT_HIGH | TEXT_AMP | TEXT_QUESTION)) == 0)
		return;
	if ((marks & (TEXT_HIGH | TEXT_AMP)) == 0) {
		note_lost(v, member);
		return;
	}
	buf_reset(&whole);
	resolve_references(&whole, v->text, v->len);
	buf_reset(&mended);
	wrong = mojibake_mend(&mended, whole.p, whole.len);
	buf_reset(&parted);
	if (part_ligatures(&parted, mended.p, mended.len) || wrong) {
		filter_note(REJECT_REPAIRED_TEXT, member, v->text, v->len,
		    wrong ? "read in a wrong encoding" :
		    "letters that print runs together");
		v->text = arena_strndup(a, parted.p, parted.len);
		v->len = parted.len;
	}
	note_lost(v, member);
}

static void	mend_person(struct arena *, struct json *);

/* Members are named in the code one by one: their looks cost nothing then. */
static void
mend_member(struct arena *a, struct json *m)
{
	struct json *v;

	if (m == NULL)
		return;
	if (m->type == JSON_STRING)
		mend(a, m, m->name);
	for (v = m->child; v != NULL; v = v->next)
		if (v->type == JSON_STRING)
			mend(a, v, m->name);
		else if (v->type == JSON_OBJECT)
			mend_person(a, v);
}

static void
mend_members(struct arena *a, struct json *o, const char *const *members)
{
	for (; *members != NULL; members++)
		mend_member(a, json_get(o, *members));
}

static void
mend_person(struct arena *a, struct json *person)
{
	static const char *const members[] = { "name", "given", "family",
	    "suffix", "affiliation", "variants", NULL };

	mend_members(a, person, members);
}

/* Whether a text of the line may have one of the marks that mend looks for. */
static bool
may_be_wrong(const char *line, size_t n)
{
	return ascii_run(line, n) < n || memchr(line, '&', n) != NULL ||
	    memchr(line, '?', n) != NULL || memchr(line, '\\', n) != NULL;
}

void
normalize_encoding(struct arena *a, struct json *paper, const char *line,
    size_t n)
{
	static const char *const members[] = { "title", "authors", "editors",
	    "abstract", "keywords", "venue", "venue_name", "publisher", NULL };

	/* most lines need no look at every name */
	if (may_be_wrong(line, n))
		mend_members(a, paper, members);
}

/* encoding - text that came in a wrong encoding or lost characters on its way */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/mojibake.h"
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
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Whether a question mark stands in a word, where a letter was. */
static bool
has_lost_letter(const char *s, size_t n)
{
	const char *end = s + n, *p = s;

	while ((p = memchr(p, '?', (size_t)(end - p))) != NULL) {
		int before = p > s ? (unsigned char)p[-1] : ' ';
		int after = p + 1 < end ? (unsigned char)p[1] : ' ';

		if ((is_letter(after) && (is_letter(before) ||
		    before == ' ')) || (p == s && n > 1))
			return memmem(s, n, "://", 3) == NULL;
		p++;
	}
	return false;
}

/*
 * Mend a string of the member.  A question mark ends sentences in an abstract
 * that has lost its spaces.
 */
static void
mend(struct arena *a, struct json *v, const char *member)
{
	static struct buf whole, parted, mended;
	bool changed;

	if (ascii_run(v->text, v->len) == v->len &&
	    memchr(v->text, '&', v->len) == NULL) {
		if (strcmp(member, "abstract") != 0 &&
		    has_lost_letter(v->text, v->len))
			filter_note(REJECT_DAMAGED_TEXT, member, v->text,
			    v->len, "a question mark for a letter");
		return;
	}
	buf_reset(&whole);
	resolve_references(&whole, v->text, v->len);
	buf_reset(&parted);
	changed = part_ligatures(&parted, whole.p, whole.len);
	buf_reset(&mended);
	if (mojibake_mend(&mended, parted.p, parted.len) || changed) {
		filter_note(REJECT_REPAIRED_TEXT, member, v->text, v->len,
		    changed ? "letters that print runs together" :
		    "read in a wrong encoding");
		v->text = arena_strndup(a, mended.p, mended.len);
		v->len = mended.len;
	}
	if (memmem(v->text, v->len, lost, 3) != NULL)
		filter_note(REJECT_DAMAGED_TEXT, member, v->text, v->len,
		    "a character was lost");
	else if (strcmp(member, "abstract") != 0 &&
	    has_lost_letter(v->text, v->len))
		filter_note(REJECT_DAMAGED_TEXT, member, v->text, v->len,
		    "a question mark for a letter");
}

/* All strings of the member, which may be a list or an object. */
static void
mend_all(struct arena *a, struct json *v, const char *member)
{
	struct json *child;

	if (v == NULL)
		return;
	if (v->type == JSON_STRING) {
		mend(a, v, member);
		return;
	}
	if (v->type != JSON_ARRAY && v->type != JSON_OBJECT)
		return;
	for (child = v->child; child != NULL; child = child->next)
		mend_all(a, child, v->type == JSON_OBJECT && child->name != NULL ?
		    child->name : member);
}

void
normalize_encoding(struct arena *a, struct json *paper)
{
	static const char *const members[] = { "title", "abstract", "keywords",
	    "venue", "venue_name", "publisher", "authors", "editors" };
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		mend_all(a, json_get(paper, members[i]), members[i]);
}

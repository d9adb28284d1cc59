/* encoding - text that came in a wrong encoding or lost characters on its way */
#include <string.h>
#include <utf8proc.h>

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

/* Whether nothing in the text, in ASCII, may be wrong: no "&", no "?". */
static bool
is_plain(const char *s, size_t n)
{
	const uint64_t ones = 0x0101010101010101, highs = ones << 7;
	uint64_t w, and, question;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&w, s, 8);
		and = w ^ ones * '&';
		question = w ^ ones * '?';
		if (((w | ((and - ones) & ~and) |
		    ((question - ones) & ~question)) & highs) != 0)
			return false;
	}
	for (; n > 0; s++, n--)
		if ((*s & 0x80) != 0 || *s == '&' || *s == '?')
			return false;
	return true;
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
	bool wrong;

	if (is_plain(v->text, v->len))
		return;
	if (ascii_run(v->text, v->len) == v->len &&
	    memchr(v->text, '&', v->len) == NULL) {
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

/* The members of persons, and of papers, that are text. */
static bool
is_text(const struct json *v)
{
	static const struct {
		const char	*name;
		size_t		 len;
	} members[] = {
#define MEMBER(name)	{ name, sizeof(name) - 1 },
		MEMBER("title") MEMBER("abstract") MEMBER("keywords")
		MEMBER("venue") MEMBER("venue_name") MEMBER("publisher")
		MEMBER("authors") MEMBER("editors") MEMBER("name")
		MEMBER("given") MEMBER("family") MEMBER("suffix")
		MEMBER("affiliation") MEMBER("variants")
#undef MEMBER
	};
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (v->namelen == members[i].len &&
		    memcmp(v->name, members[i].name, v->namelen) == 0)
			return true;
	return false;
}

static void	mend_list(struct arena *, struct json *, const char *);

/* All strings of the members that are text, of a paper or a person. */
static void
mend_members(struct arena *a, struct json *o)
{
	struct json *v;

	for (v = o->child; v != NULL; v = v->next)
		if (!is_text(v))
			continue;
		else if (v->type == JSON_STRING)
			mend(a, v, v->name);
		else if (v->type == JSON_ARRAY)
			mend_list(a, v, v->name);
}

static void
mend_list(struct arena *a, struct json *list, const char *member)
{
	struct json *v;

	for (v = list->child; v != NULL; v = v->next)
		if (v->type == JSON_STRING)
			mend(a, v, member);
		else if (v->type == JSON_OBJECT)
			mend_members(a, v);
}

void
normalize_encoding(struct arena *a, struct json *paper)
{
	mend_members(a, paper);
}

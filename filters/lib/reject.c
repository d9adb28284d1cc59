/* reject - the codes of rejects and notes, and their records */
#include <inttypes.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/reject.h"
#include "lib/utf8.h"

#define KEPT	4096	/* bytes of a text */

static const struct {
	const char	*name;
	enum { LEVEL_REJECT, LEVEL_DROP, LEVEL_NOTE } level;
} codes[] = {
#define note	LEVEL_NOTE
#define drop	LEVEL_DROP
#define reject	LEVEL_REJECT
#define REJECT(name, code, level, text)	{ code, level },
#include "lib/reject.def"
#undef REJECT
#undef note
#undef drop
#undef reject
};

const char *
reject_name(enum reject_code code)
{
	return codes[code].name;
}

bool
reject_is_note(enum reject_code code)
{
	return codes[code].level == LEVEL_NOTE;
}

bool
reject_is_drop(enum reject_code code)
{
	return codes[code].level == LEVEL_DROP;
}

static void
add_valid(struct buf *b, const char *s, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		for (len = 1; len < 4 && i + len < n &&
		    (s[i + len] & 0xc0) == 0x80; )
			len++;
		if (utf8_valid(s + i, len))
			buf_add(b, s + i, len);
		else {
			len = 1;
			utf8_add(b, 0xfffd);
		}
	}
}

static void
add_text(struct buf *b, const char *name, const char *s, size_t n)
{
	struct buf valid = { 0 };

	if (s == NULL || n == 0)
		return;
	n = utf8_cut(s, n, KEPT);
	if (!utf8_valid(s, n)) {
		add_valid(&valid, s, n);
		s = valid.p;
		n = valid.len;
	}
	buf_addf(b, "%s\"%s\":", b->p[b->len - 1] == '{' ? "" : ",", name);
	json_write_string(b, s, n);
	buf_free(&valid);
}

static void
add_str(struct buf *b, const char *name, const char *s)
{
	if (s != NULL)
		add_text(b, name, s, strlen(s));
}

void
reject_write(struct buf *b, const char *stage, enum reject_code code,
    const char *field, const char *got, size_t n, const char *detail,
    const struct where *w)
{
	buf_addc(b, '{');
	add_str(b, "kind", "reject");
	add_str(b, "level", reject_is_note(code) ? "note" : "reject");
	add_str(b, "stage", stage);
	add_str(b, "code", codes[code].name);
	add_str(b, "field", field);
	add_text(b, "got", got, n);
	add_str(b, "detail", detail);
	add_str(b, "source", w->source);
	add_str(b, "sha256", w->sha256);
	add_str(b, "url", w->url);
	buf_addf(b, ",\"offset\":%" PRIu64 ",\"line\":%" PRIu64, w->offset,
	    w->line);
	/* what a note is about goes on in the stream */
	if (!reject_is_note(code))
		add_text(b, "input", w->input, w->len);
	buf_adds(b, "}\n");
}

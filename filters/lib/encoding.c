/* encoding - text in any encoding of iconv(3) as UTF-8, and where it was */
#include <err.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/encoding.h"
#include "lib/failure.h"
#include "lib/utf8.h"
#include "lib/words.h"

#define INVALID	'\xff'
#define NONE	((iconv_t)-1)
#define CHUNK	4096	/* bytes converted at a time */
/*
 * Bytes of text that a byte can become, at most, and that one which was held
 * back becomes besides.  There is always room for them: the GNU C library loses
 * its way in some encodings where there is none.
 */
#define MOST	12
#define MORE	32

/*
 * Two converters run over the bytes.  The one ahead makes the text; the one
 * behind makes it once more, only to stop at the places that are asked for,
 * for in an encoding with states nothing else tells where they are.  Where a
 * byte is a character a table does for both.
 */
struct encoding {
	char		*name;
	iconv_t		 ahead, behind;		/* NONE with a table */
	size_t		 unit;			/* bytes to skip if invalid */
	char		*raw;
	size_t		 cap;
	size_t		 first;			/* where the one behind is */
	size_t		 next;			/* the one ahead */
	size_t		 end;
	uint64_t	 raw_at;		/* bytes in front of raw */
	uint64_t	 text_at;		/* bytes of text behind made */
	bool		 ended;			/* there is nothing more to come */
	char		 text[CHUNK * MOST + MORE];
	size_t		 taken;			/* of the text */
	size_t		 made;
	bool		 table;
	bool		 ascii;			/* the table has it as it is */
	unsigned char	 len[256];
	char		 to[256][4];
};

/* Choosing */

static const char *
by_mark(const char *s, size_t n)
{
	static const struct {
		const char	*name, *mark;
		size_t		 n;
	} marks[] = {
		{ "UTF-8", "\xef\xbb\xbf", 3 },
		{ "UTF-32LE", "\xff\xfe\0\0", 4 },
		{ "UTF-32BE", "\0\0\xfe\xff", 4 },
		{ "UTF-16LE", "\xff\xfe", 2 },
		{ "UTF-16BE", "\xfe\xff", 2 },
	};
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (n >= marks[i].n && memcmp(s, marks[i].mark, marks[i].n) == 0)
			return marks[i].name;
	return NULL;
}

/* Text begins with characters of ASCII, beside which these have NULs. */
static const char *
by_nuls(const char *s, size_t n)
{
	static const struct {
		const char	*name;
		bool		 set[4];
	} patterns[] = {
		{ "UTF-16LE", { true, false, true, false } },
		{ "UTF-16BE", { false, true, false, true } },
		{ "UTF-32LE", { true, false, false, false } },
		{ "UTF-32BE", { false, false, false, true } },
	};
	size_t i, j;

	for (i = 0; n >= 4 && i < 4; i++) {
		for (j = 0; j < 4 && (s[j] != '\0') == patterns[i].set[j]; j++)
			;
		if (j == 4)
			return patterns[i].name;
	}
	return NULL;
}

const char *
encoding_choose(const char *name, const char *s, size_t n)
{
	static const char *const utf8[] = { "UTF-8", "UTF8", NULL };
	static const char *const utf16[] = { "UTF-16", "UTF16", "UCS-2", "UCS2",
	    NULL };
	static const char *const utf32[] = { "UTF-32", "UTF32", NULL };
	const char *mark = by_mark(s, n), *nuls;

	if (mark != NULL)
		name = mark;
	else if (name == NULL)
		name = by_nuls(s, n);
	else if (words_have(utf16, name)) {
		nuls = by_nuls(s, n);
		name = nuls != NULL && strncmp(nuls, "UTF-16", 6) == 0 ? nuls :
		    "UTF-16LE";
	} else if (words_have(utf32, name)) {
		nuls = by_nuls(s, n);
		name = nuls != NULL && strncmp(nuls, "UTF-32", 6) == 0 ? nuls :
		    "UTF-32LE";
	}
	return name == NULL || words_have(utf8, name) ? NULL : name;
}

/* Opening */

/*
 * What is called Shift_JIS is Microsoft's form of it, in which a backslash is
 * one, and no sign of a currency.
 */
static const char *
real_name(const char *name)
{
	static const char *const names[] = { "SHIFT_JIS", "SHIFT-JIS", "SJIS",
	    "MS_KANJI", NULL };

	return words_have(names, name) ? "CP932" : name;
}

static iconv_t
open_converter(const char *to, const char *from)
{
	iconv_t cd = iconv_open(to, from);

	/* the GNU C library says so too where it had no memory for a table */
	if (cd == NONE && errno == EINVAL)
		cd = iconv_open(to, from);
	if (cd == NONE && errno != EINVAL)
		err(failure_status(errno, EX_OSERR), "%s", from);
	return cd;
}

/* The bytes of a line feed, which are those of the smallest step. */
static size_t
unit_of(const char *name)
{
	iconv_t cd = open_converter(name, "UTF-8");
	char in[] = "\n\n", out[64], *s = in, *p = out;
	size_t n = 1, room = sizeof(out), one;

	if (cd == NONE)
		return 1;
	iconv(cd, &s, &n, &p, &room);
	one = sizeof(out) - room;
	n = 1;
	iconv(cd, &s, &n, &p, &room);
	iconv_close(cd);
	/* not what it took to say the byte order, or to get into a state */
	one = sizeof(out) - room - one;
	return one == 2 || one == 4 ? one : 1;
}

/* Fill the table; false where a byte is not a character in every place. */
static bool
make_table(struct encoding *e)
{
	char in, *s, out[16], *p;
	size_t n, room, made;
	int i;

	e->ascii = true;
	for (i = 0; i < 256; i++) {
		in = (char)i;
		s = &in;
		p = out;
		n = 1;
		room = sizeof(out);
		iconv(e->ahead, NULL, NULL, NULL, NULL);
		if (iconv(e->ahead, &s, &n, &p, &room) == (size_t)-1) {
			if (errno != EILSEQ)
				return false;
			*p++ = INVALID;
		}
		made = (size_t)(p - out);
		if (made == 0 || made > sizeof(e->to[i]) ||
		    iconv(e->ahead, NULL, NULL, &p, &room) == (size_t)-1 ||
		    p != out + made)
			return false;
		e->len[i] = (unsigned char)made;
		memcpy(e->to[i], out, made);
		if (i < 128 && (made > 1 || out[0] != in))
			e->ascii = false;
	}
	return true;
}

struct encoding *
encoding_new(const char *name)
{
	const char *suffix = strstr(name, "//");
	struct encoding *e;

	/* "" is the locale's, and "//IGNORE" would lose what is invalid */
	if (*name == '\0' || *name == '/' || (suffix != NULL && suffix[2] != '\0'))
		return NULL;
	e = xcalloc(1, sizeof(*e));
	e->ahead = open_converter("UTF-8", real_name(name));
	if (e->ahead == NONE) {
		free(e);
		return NULL;
	}
	e->name = xstrdup(name);
	e->behind = NONE;
	grow(&e->raw, &e->cap, 1, 1);
	if ((e->table = make_table(e))) {
		iconv_close(e->ahead);
		e->ahead = NONE;
	} else {
		iconv(e->ahead, NULL, NULL, NULL, NULL);
		e->behind = open_converter("UTF-8", real_name(name));
		e->unit = unit_of(name);
	}
	return e;
}

void
encoding_free(struct encoding *e)
{
	if (e == NULL)
		return;
	if (e->ahead != NONE)
		iconv_close(e->ahead);
	if (e->behind != NONE)
		iconv_close(e->behind);
	free(e->raw);
	free(e->name);
	free(e);
}

const char *
encoding_name(const struct encoding *e)
{
	return e->name;
}

/* Converting */

/* Convert *n bytes at s, at most CHUNK, to p; *n is then how many are left. */
static size_t
by_table(const struct encoding *e, const char *s, size_t *n, char *p)
{
	char *from = p;
	size_t run;

	while (*n > 0) {
		run = e->ascii ? ascii_run(s, *n) : 0;
		memcpy(p, s, run);
		s += run;
		p += run;
		*n -= run;
		for (; *n > 0 && (*s & 0x80 || !e->ascii); s++, --*n) {
			memcpy(p, e->to[(unsigned char)*s], sizeof(e->to[0]));
			p += e->len[(unsigned char)*s];
		}
	}
	return (size_t)(p - from);
}

/*
 * The same up to the first bytes that are no character, which are one byte of
 * text.  last: no bytes follow these.
 */
static size_t
by_iconv(const struct encoding *e, iconv_t cd, char *s, size_t *n, char *p,
    bool last)
{
	size_t room = CHUNK * MOST + MORE, had = room;

	if (*n > 0 && iconv(cd, &s, n, &p, &room) == (size_t)-1) {
		if (errno == EILSEQ && e->unit < *n)
			*n -= e->unit;
		else if (errno == EILSEQ || (errno == EINVAL && last))
			*n = 0;
		else
			return had - room;
		*p = INVALID;
		return had - room + 1;
	}
	/* a letter that was held back for its accent */
	if (last)
		iconv(cd, NULL, NULL, &p, &room);
	return had - room;
}

char *
encoding_room(struct encoding *e, size_t n, size_t *room)
{
	if (e->first > e->cap / 2) {
		memmove(e->raw, e->raw + e->first, e->end - e->first);
		e->raw_at += e->first;
		e->next -= e->first;
		e->end -= e->first;
		e->first = 0;
	}
	grow(&e->raw, &e->cap, e->end + n, 1);
	*room = e->cap - e->end;
	return e->raw + e->end;
}

void
encoding_give(struct encoding *e, size_t n)
{
	e->end += n;
}

/* Make the next piece of the text. */
static void
make_text(struct encoding *e)
{
	size_t n = e->end - e->next, left;
	bool last = e->ended && n <= CHUNK;
	char *s = e->raw + e->next;

	left = n = n > CHUNK ? CHUNK : n;
	e->taken = 0;
	e->made = e->table ? by_table(e, s, &left, e->text) :
	    by_iconv(e, e->ahead, s, &left, e->text, last);
	e->next += n - left;
}

size_t
encoding_take(struct encoding *e, char *out, size_t room, bool end)
{
	size_t had, n;

	e->ended = end;
	while (e->taken == e->made) {
		had = e->next;
		make_text(e);
		if (e->made == 0 && e->next == had)
			return 0;
	}
	n = e->made - e->taken < room ? e->made - e->taken : room;
	memcpy(out, e->text + e->taken, n);
	e->taken += n;
	return n;
}

/*
 * Let the converter behind take at most n bytes; false where they are no
 * character.
 */
static bool
follow(struct encoding *e, size_t n)
{
	static char text[sizeof(e->text)];
	size_t left = n, made;

	made = by_iconv(e, e->behind, e->raw + e->first, &left, text,
	    e->ended && e->first + n == e->next);
	e->first += n - left;
	e->text_at += made;
	return left < n || made > 0;
}

/* Let it take as few bytes as it takes at all. */
static bool
step(struct encoding *e)
{
	size_t n = 1, have = e->next - e->first;

	while (n <= have && !follow(e, n))
		n++;
	return n <= have;
}

uint64_t
encoding_place(struct encoding *e, uint64_t at)
{
	/*
	 * So many bytes at least are in front of it that it is not missed; the
	 * last ones are taken one by one, for a letter may be held back.  Two
	 * bytes are three of text in UTF-16, and never more.
	 */
	uint64_t most = e->unit > 1 ? 2 : MOST, n;
	size_t run;

	while (e->table && e->text_at < at && e->first < e->next) {
		run = at - e->text_at < e->next - e->first ?
		    (size_t)(at - e->text_at) : e->next - e->first;
		run = e->ascii ? ascii_run(e->raw + e->first, run) : 0;
		e->first += run;
		e->text_at += run;
		if (e->text_at < at && e->first < e->next)
			e->text_at +=
			    e->len[(unsigned char)e->raw[e->first++]];
	}
	while (!e->table && e->text_at < at) {
		n = (at - e->text_at) / most;
		if (n > CHUNK)
			n = CHUNK;
		if (n > e->next - e->first)
			n = e->next - e->first;
		if (!follow(e, (size_t)n))
			break;
	}
	while (!e->table && e->text_at < at && step(e))
		;
	return e->raw_at + e->first;
}

size_t
encoding_kept(const struct encoding *e)
{
	return e->next - e->first;
}

/* encoding - tests of text in other encodings, and of the places in it */
#include <iconv.h>

#include "lib/encoding.h"
#include "unit.h"

/*
 * Texts whose bytes the test makes with iconv(3), line by line, so that where a
 * line begins is known without the module.
 */
static const char *const latin[] = { "caf\xc3\xa9\n", "a\n", "\n",
    "\xc3\x9f\xc3\xbc\xc3\xb6 end\n", "last", NULL };
static const char *const greek[] = { "\xce\xb1\xce\xb2\xce\xb3\n", "abc\n",
    "\xce\xa9", NULL };
static const char *const vietnamese[] = { "Vi\xe1\xbb\x87t Nam\n", "abc\n",
    "\xc4\x90\xe1\xba\xb7ng\n", "e", NULL };
static const char *const japanese[] = { "\xe6\x97\xa5\xe6\x9c\xac\n",
    "{\\title}~,\xe8\xaa\x9e\n", "\xe8\xaa\x9e\n", "end\n", NULL };
static const char *const kana[] = { "\xe3\x81\x8b\n", "\xe3\x81\x8b\xe3\x82\x9a\n",
    "x\n", "\xe3\x81\x8b\n", NULL };
static const char *const chinese[] = { "\xe4\xb8\xad\xe6\x96\x87\n", "x\n",
    "\xe5\xad\x97 1\n", NULL };
static const char *const any[] = { "a\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\n",
    "\xf0\x9f\x98\x80\n", "\n", "z", NULL };

static const struct encoded {
	const char		*name;
	const char *const	*lines;
} encodings[] = {
	{ "ISO-8859-1", latin }, { "windows-1252", latin },
	{ "ISO-8859-7", greek }, { "CP437", latin }, { "IBM037", latin },
	{ "TCVN5712-1", vietnamese }, { "windows-1258", vietnamese },
	{ "CP932", japanese }, { "EUC-JP", japanese },
	{ "ISO-2022-JP", japanese }, { "ISO-2022-CN", chinese },
	{ "EUC-JISX0213", kana },
	{ "BIG5-HKSCS", chinese },
	{ "GB18030", any }, { "GBK", chinese }, { "UTF-7", any },
	{ "UTF-16LE", any }, { "UTF-16BE", any }, { "UTF-32LE", any },
	{ "UTF-32BE", any }, { "UCS-2LE", greek },
};

static void
encode(struct buf *b, iconv_t cd, const char *s)
{
	char out[256], *in = (char *)(uintptr_t)s, *p = out;
	size_t n = s != NULL ? strlen(s) : 0, room = sizeof(out);

	if (iconv(cd, s != NULL ? &in : NULL, &n, &p, &room) == (size_t)-1 ||
	    n > 0)
		fail_msg("cannot encode \"%s\"", s);
	buf_add(b, out, sizeof(out) - room);
}

/* All text of the bytes, given and taken in pieces. */
static void
convert(struct encoding *e, const struct buf *raw, size_t give, size_t room,
    struct buf *text)
{
	size_t given = 0, n, have, made;
	char out[64];

	assert_in_range(room, 1, sizeof(out));
	for (;;) {
		made = encoding_take(e, out, room, given == raw->len);
		assert_true(made <= room);
		buf_add(text, out, made);
		if (made > 0)
			continue;
		if (given == raw->len)
			return;
		n = raw->len - given < give ? raw->len - given : give;
		memcpy(encoding_room(e, n, &have), raw->p + given, n);
		assert_true(have >= n);
		encoding_give(e, n);
		given += n;
	}
}

static void
test_places(void **state)
{
	static const size_t sizes[][2] = { { 1, 1 }, { 2, 8 }, { 3, 9 },
	    { 7, 64 }, { 1000, 8 }, { 1000, 64 } };
	const struct encoded *c;
	struct encoding *e;
	size_t i, j, line, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(encodings) * NCASES(sizes); i++) {
		struct buf raw = { 0 }, want = { 0 }, text = { 0 };
		size_t at[16], place[16];
		uint64_t got;
		iconv_t cd;

		c = &encodings[i / NCASES(sizes)];
		j = i % NCASES(sizes);
		e = encoding_new(c->name);
		cd = iconv_open(c->name, "UTF-8");
		if (e == NULL || cd == (iconv_t)-1)
			fail_msg("%s is not known", c->name);
		for (line = 0; c->lines[line] != NULL; line++) {
			/* as ISO-2022-CN does it at the end of every line */
			encode(&raw, cd, NULL);
			at[line] = want.len;
			place[line] = raw.len;
			encode(&raw, cd, c->lines[line]);
			buf_adds(&want, c->lines[line]);
		}
		encode(&raw, cd, NULL);
		convert(e, &raw, sizes[j][0], sizes[j][1], &text);
		failed += differs(c->name, &text, want.p);
		for (line = 0; c->lines[line] != NULL; line++) {
			got = encoding_place(e, at[line]);
			if (got != place[line] && failed++ < 10)
				print_error("%s: line %zu at %zu, not %zu\n",
				    c->name, line, (size_t)got, place[line]);
		}
		got = encoding_place(e, want.len);
		if (got > raw.len && failed++ < 10)
			print_error("%s: the end at %zu of %zu\n", c->name,
			    (size_t)got, raw.len);
		encoding_free(e);
		iconv_close(cd);
		buf_free(&raw);
		buf_free(&want);
		buf_free(&text);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
test_many_places(void **state)
{
	static const char *const names[] = { "ISO-8859-1", "UTF-16LE",
	    "SHIFT_JIS" };
	static const size_t bytes[] = { 6, 12, 6 };
	struct encoding *e;
	struct buf raw = { 0 }, text = { 0 };
	size_t i, j;
	iconv_t cd;

	(void)state;
	for (i = 0; i < NCASES(names); i++) {
		e = encoding_new(names[i]);
		cd = iconv_open(names[i], "UTF-8");
		for (j = 0; j < 5000; j++) {
			buf_reset(&raw);
			buf_reset(&text);
			encode(&raw, cd, "abcde\n");
			convert(e, &raw, 1000, 64, &text);
			/* each third one is asked for */
			if (j % 3 == 0)
				assert_int_equal(encoding_place(e, j * 6),
				    j * bytes[i]);
			assert_true(encoding_kept(e) <= 3 * bytes[i]);
		}
		/* what is over is over */
		assert_true(encoding_place(e, 0) <= 5000 * bytes[i]);
		encoding_free(e);
		iconv_close(cd);
	}
	buf_free(&raw);
	buf_free(&text);
}

static void
test_invalid(void **state)
{
	static const struct {
		const char	*name, *raw;
		size_t		 n;
		const char	*text;
		uint64_t	 at, place;	/* of a place behind */
	} cases[] = {
		{ "US-ASCII", "a\xe9\nb", 4, "a\xff\nb", 3, 3 },
		{ "windows-1252", "a\x81\nb", 4, "a\xff\nb", 3, 3 },
		{ "SHIFT_JIS", "a\x81\nb", 4, "a\xff\nb", 3, 3 },
		{ "SHIFT_JIS", "a\nb\x81", 4, "a\nb\xff", 2, 2 },
		{ "EUC-JP", "a\xff\xff\nb", 5, "a\xff\xff\nb", 4, 4 },
		{ "GB18030", "a\x81\x30\n\xff" "b", 6, "a\xff" "0\n\xff" "b",
		    4, 4 },
		{ "UTF-16LE", "a\0\0\xd8" "b\0\n\0c\0", 10, "a\xff" "b\nc", 4,
		    8 },
		{ "UTF-16BE", "\0a\xdc\0\0\n\0c", 8, "a\xff\nc", 3, 6 },
		{ "UTF-16LE", "a\0\n\0b", 5, "a\n\xff", 2, 4 },
		{ "UTF-32LE", "a\0\0\0\0\0\x11\0\n\0\0\0b\0\0\0", 16,
		    "a\xff\nb", 3, 12 },
		{ "ISO-2022-JP", "a\n\x1b$B\x46|\x4b\x1b(B\nb", 13,
		    "a\n\xe6\x97\xa5\xff\nb", 2, 2 },
	};
	struct buf raw = { 0 }, text = { 0 };
	struct encoding *e;
	size_t i, failed = 0;
	uint64_t got;

	(void)state;
	for (i = 0; i < 2 * NCASES(cases); i++) {
		e = encoding_new(cases[i / 2].name);
		assert_non_null(e);
		buf_reset(&raw);
		buf_reset(&text);
		buf_add(&raw, cases[i / 2].raw, cases[i / 2].n);
		convert(e, &raw, i % 2 == 0 ? 1 : 100, 64, &text);
		failed += differs(cases[i / 2].name, &text, cases[i / 2].text);
		got = encoding_place(e, cases[i / 2].at);
		if (got != cases[i / 2].place) {
			print_error("%zu: %zu, not %zu\n", i / 2, (size_t)got,
			    (size_t)cases[i / 2].place);
			failed++;
		}
		encoding_free(e);
	}
	buf_free(&raw);
	buf_free(&text);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
test_choose(void **state)
{
	static const struct {
		const char	*name, *s;
		size_t		 n;
		const char	*want;
	} cases[] = {
		{ NULL, "abcd", 4, NULL },
		{ NULL, "", 0, NULL },
		{ "utf8", "abcd", 4, NULL },
		{ "Latin1", "abcd", 4, "Latin1" },
		{ NULL, "\xef\xbb\xbf" "a", 4, NULL },
		{ "Latin1", "\xef\xbb\xbf" "a", 4, NULL },
		{ NULL, "\xff\xfe" "a\0", 4, "UTF-16LE" },
		{ NULL, "\xff\xfe", 2, "UTF-16LE" },
		{ "UTF-8", "\xfe\xff\0a", 4, "UTF-16BE" },
		{ "UTF-16", "\xfe\xff\0a", 4, "UTF-16BE" },
		{ NULL, "\xff\xfe\0\0", 4, "UTF-32LE" },
		{ NULL, "\0\0\xfe\xff", 4, "UTF-32BE" },
		{ NULL, "a\0b\0", 4, "UTF-16LE" },
		{ NULL, "\0a\0b", 4, "UTF-16BE" },
		{ NULL, "a\0\0\0", 4, "UTF-32LE" },
		{ NULL, "\0\0\0a", 4, "UTF-32BE" },
		{ NULL, "a\0b", 3, NULL },
		{ NULL, "\0\0\0\0", 4, NULL },
		{ NULL, "ab\0\0", 4, NULL },
		{ "UTF-16", "\0a\0b", 4, "UTF-16BE" },
		{ "utf-16", "\x42\x30\x44\x30", 4, "UTF-16LE" },
		{ "UTF-16BE", "a\0b\0", 4, "UTF-16BE" },
		{ "UTF-32", "\0\0\0a", 4, "UTF-32BE" },
		{ "UTF-32", "\x42\x30\0\0", 4, "UTF-32LE" },
	};
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		got = encoding_choose(cases[i].name, cases[i].s, cases[i].n);
		if (got == NULL ? cases[i].want != NULL :
		    cases[i].want == NULL || strcmp(got, cases[i].want) != 0)
			fail_msg("%zu: %s, not %s", i, got, cases[i].want);
	}
}

static void
test_names(void **state)
{
	static const char *const unknown[] = { "", "KLINGON",
	    "latin1//IGNORE", "UTF-8//TRANSLIT", "//" };
	struct encoding *e;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(unknown); i++)
		assert_null(encoding_new(unknown[i]));
	e = encoding_new("latin1");
	assert_string_equal(encoding_name(e), "latin1");
	encoding_free(e);
	encoding_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_many_places),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* text - tests of UTF-8, cleaning, folding, HTML entities and tags */
#include <stdbool.h>
#include <utf8proc.h>

#include "lib/markup.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "unit.h"

struct text_case {
	const char	*in;
	const char	*want;
};

static void	(*const functions[])(struct buf *, const char *, size_t) = {
	text_clean, text_clean_lines, text_key, markup_entities, markup_untag,
	markup_inspec,
};

/* Add what f makes of the text to the buffer. */
static void
add(struct buf *b, void (*f)(struct buf *, const char *, size_t), const char *s,
    size_t n)
{
	char *copy = exact(s, n);

	f(b, copy, n);
	free(copy);
}

static void
check_cases(void (*f)(struct buf *, const char *, size_t),
    const struct text_case *v, size_t n)
{
	struct buf b = { 0 };
	size_t i, failed = 0;

	for (i = 0; i < n; i++) {
		buf_reset(&b);
		add(&b, f, v[i].in, strlen(v[i].in));
		failed += differs(v[i].in, &b, v[i].want);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* Unicode 15, table 3-7: the bytes of well-formed UTF-8. */
static const struct {
	size_t		 n;
	unsigned char	 lo[4];
	unsigned char	 hi[4];
} well_formed[] = {
	{ 1, { 0x00 },			 { 0x7f } },
	{ 2, { 0xc2, 0x80 },		 { 0xdf, 0xbf } },
	{ 3, { 0xe0, 0xa0, 0x80 },	 { 0xe0, 0xbf, 0xbf } },
	{ 3, { 0xe1, 0x80, 0x80 },	 { 0xec, 0xbf, 0xbf } },
	{ 3, { 0xed, 0x80, 0x80 },	 { 0xed, 0x9f, 0xbf } },
	{ 3, { 0xee, 0x80, 0x80 },	 { 0xef, 0xbf, 0xbf } },
	{ 4, { 0xf0, 0x90, 0x80, 0x80 }, { 0xf0, 0xbf, 0xbf, 0xbf } },
	{ 4, { 0xf1, 0x80, 0x80, 0x80 }, { 0xf3, 0xbf, 0xbf, 0xbf } },
	{ 4, { 0xf4, 0x80, 0x80, 0x80 }, { 0xf4, 0x8f, 0xbf, 0xbf } },
};

/* The length of the character at s by the table, or 0. */
static size_t
table_length(const unsigned char *s, size_t n)
{
	size_t i, j;

	for (i = 0; i < NCASES(well_formed); i++) {
		for (j = 0; j < well_formed[i].n && j < n; j++)
			if (s[j] < well_formed[i].lo[j] ||
			    s[j] > well_formed[i].hi[j])
				break;
		if (j == well_formed[i].n)
			return j;
	}
	return 0;
}

static void
check_bytes(const unsigned char *s, size_t n)
{
	size_t done = 0, len;

	while (done < n && (len = table_length(s + done, n - done)) > 0)
		done += len;
	if (utf8_valid((const char *)s, n) != (done == n))
		fail_msg("%zu bytes: %02x %02x %02x %02x", n, s[0], s[1], s[2],
		    s[3]);
}

static void
utf8_valid_is_table_3_7(void **state)
{
	static const unsigned char edge[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f,
	    0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xf4, 0xff };
	unsigned char s[4] = { 0 };
	unsigned a, b;
	size_t i, j;

	(void)state;
	assert_true(utf8_valid("", 0));
	for (a = 0; a < 256; a++) {
		s[0] = (unsigned char)a;
		check_bytes(s, 1);
		for (b = 0; b < 256; b++) {
			s[1] = (unsigned char)b;
			check_bytes(s, 2);
			for (i = 0; i < NCASES(edge); i++) {
				s[2] = edge[i];
				check_bytes(s, 3);
				for (j = 0; j < NCASES(edge); j++) {
					s[3] = edge[j];
					check_bytes(s, 4);
				}
			}
		}
	}
}

/* A character and a broken one at each place of a word, and cut at its end. */
static void
utf8_valid_at_any_place(void **state)
{
	static const char *const characters[] = { "é", "€", "\xed\x9f\xbf",
	    "😀", "\xf4\x8f\xbf\xbf" };
	char s[64], *end;
	size_t i, at, behind, n;

	(void)state;
	for (i = 0; i < NCASES(characters); i++)
		for (at = 0; at < 20; at++)
			for (behind = 0; behind < 20; behind++) {
				memset(s, 'a', sizeof(s));
				n = strlen(characters[i]);
				memcpy(s + at, characters[i], n);
				end = exact(s, at + n + behind);
				assert_true(utf8_valid(end, at + n + behind));
				end[at + n - 1] = 'a';
				assert_false(utf8_valid(end, at + n + behind));
				free(end);
				for (; --n > 0; ) {
					end = exact(s, at + n);
					assert_false(utf8_valid(end, at + n));
					free(end);
				}
			}
}

static void
utf8_next_reads_what_utf8_add_wrote(void **state)
{
	struct buf b = { 0 };
	const char *p;
	int32_t c, got;

	(void)state;
	for (c = 0; c < 0x110000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		buf_reset(&b);
		utf8_add(&b, c);
		if (!utf8_valid(b.p, b.len))
			fail_msg("U+%04X", (unsigned)c);
		p = b.p;
		got = utf8_next(&p);
		if (got != c || p != b.p + b.len)
			fail_msg("U+%04X: U+%04X", (unsigned)c, (unsigned)got);
	}
	buf_free(&b);
}

static void
utf8_cut_cuts_between_characters(void **state)
{
	static const char text[] = "aé€😀\xcc\x81z";
	static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10,
	    12, 13, 13, 13 };
	size_t n;

	(void)state;
	for (n = 0; n < NCASES(cuts); n++)
		assert_int_equal(utf8_cut(text, sizeof(text) - 1, n), cuts[n]);
	assert_int_equal(utf8_cut("", 0, 0), 0);
	assert_int_equal(utf8_cut("", 0, 5), 0);
	assert_int_equal(utf8_cut("a", 1, SIZE_MAX), 1);
}

static const struct text_case clean_cases[] = {
	{ "", "" },
	{ " ", "" },
	{ "\n\t \r", "" },
	{ "plain text", "plain text" },
	{ " a ", "a" },
	{ "a  b", "a b" },
	{ "a \t\r\n\v\f b", "a b" },
	{ "~!\"\\", "~!\"\\" },
	/* white space of any kind */
	{ "\xc2\xa0" "a\xc2\xa0\xc2\xa0" "b\xc2\xa0", "a b" },
	{ "a\xc2\x85" "b", "a b" },
	{ "a\xe1\x9a\x80" "b", "a b" },
	{ "a\xe2\x80\x80" "b\xe2\x80\x8a" "c", "a b c" },
	{ "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c", "a b c" },
	{ "a\xe2\x80\xaf" "b\xe2\x81\x9f" "c\xe3\x80\x80" "d", "a b c d" },
	/* controls */
	{ "a\x01" "b\x1b[0m\x7f" "c", "a b [0m c" },
	{ "a\xc2\x80" "b\xc2\x9f" "c", "a b c" },
	/* what is not seen */
	{ "hy\xc2\xad" "phen", "hyphen" },
	{ "\xe2\x80\x8b" "a\xe2\x80\x8b" "b\xe2\x80\x8b", "ab" },
	{ "a \xe2\x80\x8b b", "a b" },
	{ "\xef\xbb\xbf" "a", "a" },
	{ "\xe2\x80\x8e" "a\xe2\x80\x8f\xd8\x9c" "b", "ab" },
	{ "\xe2\x80\xaa" "a\xe2\x80\xac\xe2\x80\xae" "b", "ab" },
	{ "\xe2\x81\xa6" "a\xe2\x81\xa9\xe2\x81\xa0" "b", "ab" },
	{ "\xe2\x80\x8b\xc2\xad\xef\xbb\xbf", "" },
	/* joiners: between letters of scripts that spell with them only */
	{ "a\xe2\x80\x8c" "b\xe2\x80\x8d" "c", "abc" },
	{ "می\u200cخواهم", "می\u200cخواهم" },
	{ "क\u094d\u200dष", "क\u094d\u200dष" },
	{ "ര\u0d4d\u200d", "ര\u0d4d" },
	{ "\u200cخ\u200c", "خ" },
	{ "می\u200c خواهم", "می خواهم" },
	{ "می \u200cخواهم", "می خواهم" },
	{ "می\u200c\u200cخواهم", "می\u200cخواهم" },
	{ "👩\u200d🔬", "👩🔬" },
	/* dashes, quotes, and private and unknown characters stay */
	{ "a–b—c “d” ‘e’ …", "a–b—c “d” ‘e’ …" },
	{ "\xef\xbf\xbd \xee\x80\x80", "\xef\xbf\xbd \xee\x80\x80" },
	{ "日本語　テキスト", "日本語 テキスト" },
	/* NFC */
	{ "e\xcc\x81", "é" },
	{ "é", "é" },
	{ "e\xc2\xad\xcc\x81", "é" },
	{ "Nguye\xcc\x82\xcc\x83n", "Nguyễn" },
	{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한" },
	{ "\xe2\x84\xab \xe2\x84\xaa", "Å K" },
	{ "ﬁ ① ½", "ﬁ ① ½" },
	/* a soft hyphen shows where a line ends, and alone */
	{ "Ar\u00ad chitecture, low\u00ad\ncost", "Ar- chitecture, low- cost" },
	{ "Images \u00ad Barycenters \u00ada", "Images - Barycenters a" },
	{ "a\u00ad ", "a" }, { "\u00ad a", "a" },
};

static void
text_clean_cleans(void **state)
{
	(void)state;
	check_cases(text_clean, clean_cases, NCASES(clean_cases));
}

static void
text_clean_takes_nul_for_space(void **state)
{
	struct buf b = { 0 };

	(void)state;
	add(&b, text_clean, "\0a\0\0b\0", 6);
	assert_string_equal(b.p, "a b");
	assert_int_equal(b.len, 3);
	buf_free(&b);
}

/* Eight bytes are looked at together: a fault may be at any place in them. */
static void
text_clean_works_at_every_place(void **state)
{
	static const struct {
		const char	*from;
		const char	*want;
	} cases[] = {
		{ "a  b", "a b" }, { "a   b", "a b" }, { "a \tb", "a b" },
		{ "a\tb", "a b" }, { "a\x1f" "b", "a b" }, { "a\x7f" "b", "a b" },
		{ "a ! b", "a ! b" }, { "a !  b", "a ! b" }, { "a é b", "a é b" }, { "a  é  b", "a é b" },
		{ "a\xc2\xad" "b", "ab" }, { "a \xc2\xa0 b", "a b" },
		{ "e\xcc\x81 b", "é b" }, { "~ b", "~ b" },
	};
	struct buf from = { 0 }, want = { 0 }, got = { 0 };
	size_t i, before, behind, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		for (before = 0; before < 18; before++)
			for (behind = 0; behind < 18; behind++) {
				buf_reset(&from);
				buf_reset(&want);
				buf_reset(&got);
				buf_addf(&from, "%.*s%s%.*s", (int)before,
				    "xxxxxxxxxxxxxxxxxx", cases[i].from,
				    (int)behind, "yyyyyyyyyyyyyyyyyy");
				buf_addf(&want, "%.*s%s%.*s", (int)before,
				    "xxxxxxxxxxxxxxxxxx", cases[i].want,
				    (int)behind, "yyyyyyyyyyyyyyyyyy");
				text_clean(&got, from.p, from.len);
				failed += differs(from.p, &got, want.p);
			}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&from);
	buf_free(&want);
	buf_free(&got);
}

/* Lines of NormalizationTest.txt (Unicode 15): three spellings, one NFC. */
static const struct {
	const char	*c[3];		/* source, NFC, NFD */
	const char	*compat[2];	/* NFKC, NFKD */
} normalization[] = {
	{ { "\u1e0a", "\u1e0a", "D\u0307" }, { "\u1e0a", "D\u0307" } },
	{ { "\u1e0a\u0323", "\u1e0c\u0307", "D\u0323\u0307" },
	    { "\u1e0c\u0307", "D\u0323\u0307" } },
	{ { "\u0344", "\u0308\u0301", "\u0308\u0301" },
	    { "\u0308\u0301", "\u0308\u0301" } },
	{ { "\u0374", "\u02b9", "\u02b9" }, { "\u02b9", "\u02b9" } },
	{ { "\u037e", ";", ";" }, { ";", ";" } },
	{ { "\u0958", "\u0915\u093c", "\u0915\u093c" },
	    { "\u0915\u093c", "\u0915\u093c" } },
	{ { "\u09cb", "\u09cb", "\u09c7\u09be" },
	    { "\u09cb", "\u09c7\u09be" } },
	{ { "\u0f73", "\u0f71\u0f72", "\u0f71\u0f72" },
	    { "\u0f71\u0f72", "\u0f71\u0f72" } },
	{ { "\u1e14\u0304", "\u1e14\u0304", "E\u0304\u0300\u0304" },
	    { "\u1e14\u0304", "E\u0304\u0300\u0304" } },
	{ { "\u05b8\u05b9\u05b1\u0591\u05c3\u05b0\u05ac\u059f",
	    "\u05b1\u05b8\u05b9\u0591\u05c3\u05b0\u05ac\u059f",
	    "\u05b1\u05b8\u05b9\u0591\u05c3\u05b0\u05ac\u059f" },
	    { "\u05b1\u05b8\u05b9\u0591\u05c3\u05b0\u05ac\u059f",
	    "\u05b1\u05b8\u05b9\u0591\u05c3\u05b0\u05ac\u059f" } },
	{ { "\u1fee", "\u0385", "\u00a8\u0301" },
	    { " \u0308\u0301", " \u0308\u0301" } },
	{ { "\u2126", "\u03a9", "\u03a9" }, { "\u03a9", "\u03a9" } },
	{ { "\u212b", "\u00c5", "A\u030a" }, { "\u00c5", "A\u030a" } },
	{ { "\uac01", "\uac01", "\u1100\u1161\u11a8" },
	    { "\uac01", "\u1100\u1161\u11a8" } },
	{ { "\uac00\u11a8", "\uac01", "\u1100\u1161\u11a8" },
	    { "\uac01", "\u1100\u1161\u11a8" } },
	{ { "\uf900", "\u8c48", "\u8c48" }, { "\u8c48", "\u8c48" } },
	{ { "\ufb1d", "\u05d9\u05b4", "\u05d9\u05b4" },
	    { "\u05d9\u05b4", "\u05d9\u05b4" } },
	{ { "\ufb01", "\ufb01", "\ufb01" }, { "fi", "fi" } },
	{ { "\U0001d15e", "\U0001d157\U0001d165", "\U0001d157\U0001d165" },
	    { "\U0001d157\U0001d165", "\U0001d157\U0001d165" } },
	{ { "\U0002f800", "\u4e3d", "\u4e3d" }, { "\u4e3d", "\u4e3d" } },
	{ { "a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b",
	    "a\u05ae\u0300\u0300\u0315b" },
	    { "\u00e0\u05ae\u0300\u0315b", "a\u05ae\u0300\u0300\u0315b" } },
	{ { "a\u059a\u0316\u1dfa\u0317b", "a\u1dfa\u0316\u0317\u059ab",
	    "a\u1dfa\u0316\u0317\u059ab" },
	    { "a\u1dfa\u0316\u0317\u059ab",
	    "a\u1dfa\u0316\u0317\u059ab" } },
};

static void
text_clean_makes_nfc(void **state)
{
	struct buf b = { 0 }, want = { 0 };
	size_t i, j, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(normalization); i++) {
		for (j = 0; j < 3; j++) {
			buf_reset(&b);
			add(&b, text_clean, normalization[i].c[j],
			    strlen(normalization[i].c[j]));
			failed += differs(normalization[i].c[j], &b,
			    normalization[i].c[1]);
		}
		/* the compatible forms are texts of their own */
		for (j = 0; j < 2; j++) {
			const char *s = normalization[i].compat[j];

			buf_reset(&b);
			buf_reset(&want);
			add(&b, text_clean, s, strlen(s));
			s = normalization[i].compat[0];
			buf_adds(&want, *s == ' ' ? s + 1 : s);
			failed += differs(normalization[i].compat[j], &b,
			    want.p);
		}
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	buf_free(&want);
}

/* What holds for all that was cleaned: once is enough, and nothing is left. */
static void
check_cleaned(void (*f)(struct buf *, const char *, size_t), const char *s,
    size_t n)
{
	static struct buf once, twice;
	utf8proc_uint8_t *nfc;
	utf8proc_ssize_t len;
	size_t i;

	buf_reset(&once);
	f(&once, s, n);
	if (once.len == 0)
		return;
	buf_reset(&twice);
	f(&twice, once.p, once.len);
	if (once.len != twice.len || memcmp(once.p, twice.p, once.len) != 0)
		fail_msg("\"%s\" is \"%s\" and then \"%s\"", s, once.p,
		    twice.p);
	assert_true(utf8_valid(once.p, once.len));
	for (i = 0; i < once.len; i++)
		if ((unsigned char)once.p[i] < ' ' || once.p[i] == 0x7f ||
		    (once.p[i] == ' ' && (i == 0 || i + 1 == once.len ||
		    once.p[i + 1] == ' ')))
			fail_msg("\"%s\" is \"%s\"", s, once.p);
	if (once.len == n && memcmp(once.p, s, n) == 0 && n < 2)
		return;
	len = utf8proc_map((const utf8proc_uint8_t *)once.p,
	    (utf8proc_ssize_t)once.len, &nfc,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len != (utf8proc_ssize_t)once.len ||
	    memcmp(nfc, once.p, once.len) != 0)
		fail_msg("\"%s\": not NFC", s);
	free(nfc);
}

/* Every assigned character alone, between letters, and between spaces. */
static void
text_clean_is_idempotent(void **state)
{
	static const struct {
		const char	*before;
		const char	*behind;
	} around[] = {
		{ "", "" }, { "a", "b" }, { " ", " " }, { "ب", "ب" },
		{ "क", "क" }, { "\u1100", "\u1161" }, { "a\u0301", "\u0323" },
		/* not for keys: folding may take a mark to a letter */
		{ "ب\u200d", "\u200cب" },
	};
	struct buf b = { 0 };
	utf8proc_category_t category;
	int32_t c;
	size_t i;

	(void)state;
	for (c = 0; c < 0x110000; c++) {
		category = utf8proc_category(c);
		if (category == UTF8PROC_CATEGORY_CN ||
		    category == UTF8PROC_CATEGORY_CO ||
		    category == UTF8PROC_CATEGORY_CS)
			continue;
		/* one Han or Hangul character is as any other */
		if ((c > 0x3400 && c < 0x9f00 && c % 64 != 0) ||
		    (c > 0x20000 && c < 0x32000 && c % 64 != 0))
			continue;
		for (i = 0; i < NCASES(around); i++) {
			buf_reset(&b);
			buf_adds(&b, around[i].before);
			utf8_add(&b, c);
			buf_adds(&b, around[i].behind);
			check_cleaned(text_clean, b.p, b.len);
			if (i + 1 < NCASES(around))
				check_cleaned(text_key, b.p, b.len);
		}
	}
	buf_free(&b);
}

/* Marks, joiners and what composes, in any order. */
static void
text_clean_is_idempotent_on_mixtures(void **state)
{
	static const char *const parts[] = { "a", " ", "\n", "\u00ad", "\u0301",
	    "\u0323", "\u200b", "\u200c", "\u200d", "\u200d", "\u0915",
	    "\u093c", "\u094d", "\u0628", "\u064b", "\u0651", "\u0730",
	    "\u0316", "\u0f71", "\u0f73", "\u0f72", "\u0f40", "\u0f81",
	    "\u1100", "\u1161", "\u11a8", "\uac00", "\u09c7", "\u09be",
	    "\u0958", "\u1112", "\u1680", "\u061c", "\u180e" };
	struct buf b = { 0 };
	unsigned seed = 1;
	int i, n;

	(void)state;
	for (i = 0; i < 100000; i++) {
		buf_reset(&b);
		for (n = 0; n < 6; n++) {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			buf_adds(&b, parts[(seed >> 8) % NCASES(parts)]);
		}
		check_cleaned(text_clean, b.p, b.len);
	}
	buf_free(&b);
}

static const struct text_case lines_cases[] = {
	{ "", "" },
	{ "\n\n", "" },
	{ "a", "a" },
	{ "a\nb", "a b" },
	{ "a\r\nb", "a b" },
	{ "a\n\nb", "a\n\nb" },
	{ "a\r\n\r\nb", "a\n\nb" },
	{ "a\n\n\n\nb", "a\n\nb" },
	{ "a \n\t\n b", "a\n\nb" },
	{ "a\n\nb\nc\n\nd", "a\n\nb c\n\nd" },
	{ "\n\na\n\n", "a" },
	{ "a\n\xc2\xa0\nb", "a\n\nb" },
	{ "a\n\u200b\nb", "a\n\nb" },
	{ "a  b\tc", "a b c" },
	{ "e\u0301\n\ne\u0301", "é\n\né" },
};

static void
text_clean_lines_keeps_empty_lines(void **state)
{
	struct text_case again;
	size_t i;

	(void)state;
	check_cases(text_clean_lines, lines_cases, NCASES(lines_cases));
	for (i = 0; i < NCASES(lines_cases); i++) {
		again.in = again.want = lines_cases[i].want;
		check_cases(text_clean_lines, &again, 1);
	}
	/* and is text_clean for all else */
	for (i = 0; i < NCASES(clean_cases); i++)
		check_cases(text_clean_lines, &clean_cases[i], 1);
}

static const struct text_case key_cases[] = {
	{ "", "" },
	{ "Bo Dai", "bo dai" },
	{ "BO DAI", "bo dai" },
	{ " Bo \t Dai ", "bo dai" },
	{ "Bo Dai 0001", "bo dai 0001" },
	{ "Jean-Luc O'Connor, Jr.", "jean-luc o'connor, jr." },
	{ "[@Z`{", "[@z`{" },
	{ "Straße", "strasse" },
	{ "STRASSE", "strasse" },
	{ "STRAẞE", "strasse" },
	{ "JOSÉ", "josé" },
	{ "Jose\u0301", "josé" },
	{ "Jose", "jose" },
	{ "Łukasz Ørsted Đỗ", "łukasz ørsted đỗ" },
	{ "Ǆ", "ǆ" },
	{ "ǅ", "ǆ" },
	{ "ǆ", "ǆ" },
	{ "İ", "i\u0307" },
	{ "ı", "ı" },
	{ "I", "i" },
	{ "ΟΔΥΣΣΕΥΣ", "οδυσσευσ" },
	{ "Οδυσσεύς", "οδυσσεύσ" },
	{ "ᾼ", "αι" },
	{ "Иван ИВАН", "иван иван" },
	{ "Ա և", "ա եւ" },
	{ "ﬁn ŉ ſ", "fin ʼn s" },
	{ "\u212a\u2126", "kω" },
	{ "\uac01", "\uac01" },
	{ "\u1100\u1161\u11a8", "\uac01" },
	{ "王伟", "王伟" },
	{ "𐐀", "𐐨" },
	{ "Ꭰ ꭰ", "Ꭰ Ꭰ" },
	{ "Ａ", "ａ" },
	{ "a\u00adb\u200bc", "abc" },
};

static void
text_key_folds_case(void **state)
{
	(void)state;
	check_cases(text_key, key_cases, NCASES(key_cases));
}

static const struct {
	const char	*in;
	const char	*spaced;	/* sep ' ' */
	const char	*joined;	/* sep 0 */
} fold_cases[] = {
	{ "", "", "" },
	{ " -- ", "", "" },
	{ "A", "a", "a" },
	{ "Deep Learning: A (Short) Survey!", "deep learning a short survey",
	    "deeplearningashortsurvey" },
	{ "  --a--b--  ", "a b", "ab" },
	{ "GPT-4 in 2024", "gpt 4 in 2024", "gpt4in2024" },
	{ "O'Connor O’Connor", "o connor o connor", "oconnoroconnor" },
	{ "a_b", "a b", "ab" },
	/* marks, composed and not */
	{ "José Jose\u0301", "jose jose", "josejose" },
	{ "Nguyễn Văn Đức", "nguyen van duc", "nguyenvanduc" },
	{ "Çağlar Gülçehre", "caglar gulcehre", "caglargulcehre" },
	{ "İstanbul ıI", "istanbul ii", "istanbulii" },
	{ "Ångström \u212bngstro\u0308m", "angstrom angstrom",
	    "angstromangstrom" },
	/* strokes and ligatures */
	{ "Søren Ørsted", "soren orsted", "sorenorsted" },
	{ "Łukasz Polański", "lukasz polanski", "lukaszpolanski" },
	{ "Straße STRAẞE", "strasse strasse", "strassestrasse" },
	{ "Œuvre œuvre", "oeuvre oeuvre", "oeuvreoeuvre" },
	{ "Ægir Æ ǽ Ǿ", "aegir ae ae o", "aegiraeaeo" },
	{ "Þór Ðuro đ ħ ŧ", "thor duro d h t", "thordurodht" },
	{ "ﬁne ﬂow oﬃce", "fine flow office", "fineflowoffice" },
	{ "Ĳssel ǆ", "ijssel dz", "ijsseldz" },
	/* compatible forms */
	{ "１２３ ＡＢＣ", "123 abc", "123abc" },
	{ "x² ½ ① Ⅳ", "x2 1 2 1 iv", "x2121iv" },
	{ "𝐀𝐛𝒞 ℝ", "abc r", "abcr" },
	{ "ſ ª", "s a", "sa" },
	{ "a\u00adb\u200bc\u2060d", "abcd", "abcd" },
	{ "a\u00a0b", "a b", "ab" },
	/* other scripts */
	{ "مُحَمَّد", "محمد", "محمد" },
	{ "ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ", "οδυσσευσοδυσσευσ" },
	{ "Ёлка Й", "елка и", "елкаи" },
	{ "王伟，李娜", "王伟 李娜", "王伟李娜" },
	{ "“Quoted” — dash…", "quoted dash", "quoteddash" },
	{ "😀 a 👩\u200d🔬 b", "a b", "ab" },
};

static void
text_fold_is_for_comparing(void **state)
{
	struct buf b = { 0 };
	size_t i, failed = 0;
	char *copy;

	(void)state;
	for (i = 0; i < NCASES(fold_cases); i++) {
		const char *s = fold_cases[i].in;

		copy = exact(s, strlen(s));
		buf_reset(&b);
		text_fold(&b, copy, strlen(s), ' ');
		failed += differs(s, &b, fold_cases[i].spaced);
		buf_reset(&b);
		text_fold(&b, copy, strlen(s), 0);
		failed += differs(s, &b, fold_cases[i].joined);
		free(copy);
	}
	buf_reset(&b);
	text_fold(&b, " É-b ", 6, '_');
	failed += differs("_", &b, "e_b");
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
text_fold_of_hangul_is_one(void **state)
{
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	text_fold(&a, "\uac01", 3, ' ');
	text_fold(&b, "\u1100\u1161\u11a8", 9, ' ');
	assert_string_equal(a.p, b.p);
	assert_true(a.len > 0);
	buf_free(&a);
	buf_free(&b);
}

/* Everything folded is letters, digits and separators, whatever it was. */
static void
text_fold_leaves_letters_and_digits(void **state)
{
	struct buf b = { 0 }, out = { 0 };
	const char *p;
	int32_t c, got;

	(void)state;
	for (c = 0; c < 0x30000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		buf_reset(&b);
		buf_reset(&out);
		buf_adds(&b, "x");
		utf8_add(&b, c);
		buf_adds(&b, "Y");
		text_fold(&out, b.p, b.len, '_');
		if (!utf8_valid(out.p, out.len) || out.len < 2 ||
		    out.p[0] != 'x' || out.p[out.len - 1] != 'y' ||
		    strstr(out.p, "__") != NULL)
			fail_msg("U+%04X: \"%s\"", (unsigned)c, out.p);
		for (p = out.p; p < out.p + out.len; ) {
			got = utf8_next(&p);
			if (got >= 'A' && got <= 'Z')
				fail_msg("U+%04X: \"%s\"", (unsigned)c, out.p);
			switch (utf8proc_category(got)) {
			case UTF8PROC_CATEGORY_MN:
			case UTF8PROC_CATEGORY_ME:
			case UTF8PROC_CATEGORY_CC:
			case UTF8PROC_CATEGORY_CF:
			case UTF8PROC_CATEGORY_ZS:
				fail_msg("U+%04X: \"%s\"", (unsigned)c, out.p);
			default:
				break;
			}
		}
	}
	buf_free(&b);
	buf_free(&out);
}

static const struct text_case entity_cases[] = {
	{ "", "" },
	{ "no references", "no references" },
	{ "&amp;", "&" },
	{ "R&amp;D", "R&D" },
	{ "&lt;b&gt;", "<b>" },
	{ "&quot;a&quot; &apos;b&apos;", "\"a\" 'b'" },
	{ "O&#39;Connor O&#x27;Connor O&#X27;Connor",
	    "O'Connor O'Connor O'Connor" },
	{ "&eacute;&Eacute;&ouml;&szlig;&Oslash;", "éÉöß\xc3\x98" },
	{ "&lstrok;&Zcaron;&ohgr;&lang;", "łŽω\xe2\x9f\xa8" },
	{ "&CounterClockwiseContourIntegral;", "\xe2\x88\xb3" },
	{ "&nvlt;", "<\xe2\x83\x92" },
	{ "&ndash;&mdash;&hellip;&rsquo;&ldquo;&euro;", "–—…’“€" },
	{ "&alpha;&Omega;&thetasym;&infin;", "αΩϑ∞" },
	{ "a&nbsp;b", "a\xc2\xa0" "b" },
	{ "&#233;&#xE9;&#xe9;&#x000E9;", "éééé" },
	{ "&#8364;&#x20AC;", "€€" },
	{ "&#128512;&#x1F600;&#x10FFFF;", "😀😀\xf4\x8f\xbf\xbf" },
	{ "a&#10;b&#9;c&#13;d&#xA;e", "a\nb\tc\rd\ne" },
	/* meant as windows-1252, but for the five that it does not define */
	{ "&#128;&#130;&#133;&#145;&#146;&#147;&#148;&#150;&#151;&#153;&#159;",
	    "€‚…‘’“”–—™Ÿ" },
	{ "&#x92;&#x96;", "’–" },
	{ "&#129;&#141;&#143;&#144;&#157;", "&#129;&#141;&#143;&#144;&#157;" },
	{ "&#160;", "\xc2\xa0" },
	/* once only */
	{ "&amp;amp;", "&amp;" },
	{ "&amp;lt;", "&lt;" },
	{ "&amp;#38;", "&#38;" },
	{ "&#38;amp;", "&amp;" },
	/* what is none */
	{ "&", "&" },
	{ "&&", "&&" },
	{ "&;", "&;" },
	{ "& ;", "& ;" },
	{ "AT&T", "AT&T" },
	{ "A & B; C", "A & B; C" },
	{ "R&D; more", "R&D; more" },
	{ "&amp", "&amp" },
	{ "&amp &lt", "&amp &lt" },
	{ "&unknown;", "&unknown;" },
	{ "&averyveryverylongnamethatisnone;",
	    "&averyveryverylongnamethatisnone;" },
	{ "&eacute", "&eacute" },
	/* an accent behind its letter, or for an apostrophe */
	{ "Pade&acute; Kuc&caron;era", "Padé Kučera" },
	{ "Moore&acute;s &acute;a b&acute;", "Moore´s ´a b´" },
	{ "&é;", "&é;" },
	{ "&#", "&#" },
	{ "&#;", "&#;" },
	{ "&#x;", "&#x;" },
	{ "&#x", "&#x" },
	{ "&#65", "&#65" },
	{ "&#x41", "&#x41" },
	{ "&#a;", "&#a;" },
	{ "&#12a;", "&#12a;" },
	{ "&#xg;", "&#xg;" },
	{ "&# 65;", "&# 65;" },
	{ "&#-65;", "&#-65;" },
	{ "&#+65;", "&#+65;" },
	{ "&#xD800;&#xDFFF;", "&#xD800;&#xDFFF;" },
	{ "&#x110000;", "&#x110000;" },
	{ "&#4294967361;", "&#4294967361;" },
	{ "&#18446744073709551681;", "&#18446744073709551681;" },
	/* one behind another */
	{ "&&amp;&", "&&&" },
	{ "&amp&amp;", "&amp&" },
	{ "&#&#65;", "&#A" },
	{ "&x&#65;;", "&xA;" },
};

static void
text_entities_once(void **state)
{
	struct buf b = { 0 };

	(void)state;
	check_cases(markup_entities, entity_cases, NCASES(entity_cases));
	/* a NUL byte ends no name and no number */
	add(&b, markup_entities, "a\0&am\0p;&#6\0005;&#6", 16);
	assert_int_equal(b.len, 16);
	assert_memory_equal(b.p, "a\0&am\0p;&#6\0005;&#6", 16);
	buf_free(&b);
}

static const struct text_case untag_cases[] = {
	{ "", "" },
	{ "no tags", "no tags" },
	{ "x<sup>2</sup>", "x2" },
	{ "H<SUB>2</SUB>O", "H2O" },
	{ "<i>E. coli</i> in <b>bold</b>", "E. coli in bold" },
	{ "<em class=\"x\">a</em> <span style='y'>b</span>", "a b" },
	{ "<a href=\"http://x/y?z=1\">link</a>", "link" },
	{ "<I >a</I >", "a" },
	{ "<i\n>a</i\t>", "a" },
	{ "<jats:italic>a</jats:italic><jats:sub>b</jats:sub>", "ab" },
	{ "<jats:inline-formula><jats:tex-math>x</jats:tex-math>"
	    "</jats:inline-formula>", "x" },
	{ "<jats:ext-link ext-link-type=\"uri\">u</jats:ext-link>", "u" },
	{ "<mml:math xmlns:mml=\"http://w3\"><mml:mi>x</mml:mi></mml:math>",
	    "x" },
	{ "<math xmlns=\"http://w3\"><mrow><mi>x</mi><mo>=</mo><mn>1</mn>"
	    "</mrow></math>", "x=1" },
	{ "<scp>BERT</scp> <tt>x</tt> <inf>2</inf>", "BERT x 2" },
	/* what breaks a line parts two words */
	{ "a<br>b", "a b" },
	{ "a<br/>b<BR />c", "a b c" },
	{ "<p>a</p><p>b</p>", "a b " },
	{ "<jats:title>A</jats:title><jats:p>b</jats:p>", "A b " },
	/* what is raised or lowered behind a digit */
	{ "10<sup>3</sup> m<sup>2</sup>", "10³ m2" },
	{ "10<sup>-6</sup> 10<jats:sup> −12 </jats:sup> 5<sup>2+</sup>",
	    "10⁻⁶ 10⁻¹² 5²⁺" },
	{ "C60<sub>2</sub> 1<inf>0</inf>1", "C60₂ 1₀1" },
	{ "H<sub>2</sub>O log<sub>10</sub> 10 <sup>3</sup>",
	    "H2O log10 10 3" },
	{ "10<sup>1.5</sup> 2<sup>1/3</sup> x<sup>1.5</sup> 3<sup>-x</sup>",
	    "10^1.5 2^1/3 x1.5 3^-x" },
	{ "2<sup>n</sup> 2<sup>n−1</sup> 2<sup><i>k</i></sup> 2<sup>ω</sup>",
	    "2^n 2^n−1 2^k 2^ω" },
	{ "1<sup>st</sup> 2<sup>e</sup> 8<sup>bis</sup> l<sup>p</sup> 2<sub>n</sub>",
	    "1st 2e 8bis lp 2n" },
	{ "7<sub>1,2</sub> 0.2<sub>-1</sub><sup>+1</sup>", "7_1,2 0.2₋₁⁺¹" },
	{ "2²<sup>2</sup> é<sup>2</sup> 1<sub>4-</sub><sub>1</sub>",
	    "2²² é2 1₄₋₁" },
	{ "2<sup>nd</sup> k-means<sup>++</sup> 4<sup>+</sup> 1<sup></sup>",
	    "2nd k-means++ 4+ 1" },
	{ "7<sup>a</sup><sup>3 5", "7a<sup>3 5" },
	{ "1<sup>2<b>3</b></sup> 1<sup>-</sup>", "1²3 1-" },
	/* unclosed and unopened elements */
	{ "<i>a", "<i>a" },
	{ "the <code> and <title> tags, <EM>", "the <code> and <title> tags, <EM>" },
	{ "<p>a<li>b <jats:p>c <mml:mi>d", "ab c d" },
	{ "CH<math><msub><mi>3", "CH3" },
	{ "List<i> and <a href=\"x\">a", "List<i> and a" },
	{ "a</i>", "a" },
	{ "<b><i>a</b></i>", "a" },
	{ "<i/>a", "a" },
	/* what only looks like one */
	{ "a < b", "a < b" },
	{ "a < b > c", "a < b > c" },
	{ "a <b c", "a <b c" },
	{ "a<b", "a<b" },
	{ "a <", "a <" },
	{ "a </", "a </" },
	{ "a <b", "a <b" },
	{ "a <i", "a <i" },
	{ "<>", "<>" },
	{ "</>", "</>" },
	{ "< i>a</ i>", "< i>a</ i>" },
	{ "1<2>3", "1<2>3" },
	{ "List<String>", "List<String>" },
	{ "<unknown>a</unknown>", "<unknown>a</unknown>" },
	{ "<ii>a", "<ii>a" },
	{ "<bb>", "<bb>" },
	{ "<me@example.org>", "<me@example.org>" },
	{ "<http://example.org>", "<http://example.org>" },
	{ "<i.e.>", "<i.e.>" },
	{ "<a_b>", "<a_b>" },
	{ "<averyveryverylongnamethatisnone>",
	    "<averyveryverylongnamethatisnone>" },
	{ "<mathematics>", "<mathematics>" },
	{ "<jats>", "<jats>" },
	/* a second one begins before the first one ends */
	{ "<i <b>x</b>", "<i x" },
	{ "<<i>a</i>>", "<a>" },
	{ "p<0.05 and <i>q</i>", "p<0.05 and q" },
	{ "é<i>é</i>é", "ééé" },
};

static void
text_untag_takes_known_tags(void **state)
{
	(void)state;
	check_cases(markup_untag, untag_cases, NCASES(untag_cases));
}

static void
all_append(void **state)
{
	static const char in[] = "  e\u0301 &amp; <i>X</i>  ";
	struct buf alone = { 0 }, behind = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(functions); i++) {
		buf_reset(&alone);
		buf_reset(&behind);
		buf_adds(&behind, "Before E\u0301 &lt; ");
		functions[i](&alone, in, sizeof(in) - 1);
		functions[i](&behind, in, sizeof(in) - 1);
		functions[i](&behind, "", 0);
		buf_adds(&alone, "");
		assert_memory_equal(behind.p, "Before E\u0301 &lt; ", 16);
		assert_string_equal(behind.p + 16, alone.p);
	}
	buf_reset(&behind);
	buf_adds(&behind, "Before E\u0301 ");
	text_fold(&behind, "É É", 5, ' ');
	text_fold(&behind, "B", 1, ' ');
	assert_string_equal(behind.p, "Before E\u0301 e eb");
	buf_free(&alone);
	buf_free(&behind);
}

static const struct text_case inspec[] = {
	{ "5 /spl mu/m", "5 μm" },
	{ "H/sub /spl infin// design", "H∞ design" },
	{ "G/sup en//sub o/M, HD/sup 2/BIST", "GenoM, HD2BIST" },
	{ "10/sup 3/, 3/sup rd/", "10³, 3rd" },
	{ "Gro/spl uml/bner, Loe/spl acute/ve", "Gröbner, Loéve" },
	{ "/spl uml/, x/spl acute/", "¨, x´" },
	{ "and/suboptimal/", "and/suboptimal/" },
	{ "iterative/subdivision curve/curve", "iterative/subdivision curve/curve" },
	{ "/spl nosuch/, /sub a b/, /sup ", "/spl nosuch/, /sub a b/, /sup " },
	{ "/spl mu", "/spl mu" },
};

static void
markup_inspec_reads_signs(void **state)
{
	(void)state;
	check_cases(markup_inspec, inspec, NCASES(inspec));
}

/* What an enemy writes takes no longer than any other text of its length. */
static void
hostile_text_is_quick(void **state)
{
	static const char *const units[] = { "<b ", "<", "</", "<b <i>", "&",
	    "&#", "&a", "&#x1", "/spl ", "/sub a/", "\u00ad ", "\u0301", "\u200d", "ب\u200d", "\u1100" };
	struct buf b = { 0 }, out = { 0 };
	size_t i, j;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&b);
		while (b.len < 1000000)
			buf_adds(&b, units[i]);
		for (j = 0; j < NCASES(functions); j++) {
			buf_reset(&out);
			functions[j](&out, b.p, b.len);
			assert_true(out.len <= 2 * b.len);
		}
	}
	buf_free(&b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_valid_is_table_3_7),
		cmocka_unit_test(utf8_valid_at_any_place),
		cmocka_unit_test(utf8_next_reads_what_utf8_add_wrote),
		cmocka_unit_test(utf8_cut_cuts_between_characters),
		cmocka_unit_test(text_clean_cleans),
		cmocka_unit_test(text_clean_takes_nul_for_space),
		cmocka_unit_test(text_clean_works_at_every_place),
		cmocka_unit_test(text_clean_makes_nfc),
		cmocka_unit_test(text_clean_is_idempotent),
		cmocka_unit_test(text_clean_is_idempotent_on_mixtures),
		cmocka_unit_test(text_clean_lines_keeps_empty_lines),
		cmocka_unit_test(text_key_folds_case),
		cmocka_unit_test(text_fold_is_for_comparing),
		cmocka_unit_test(text_fold_of_hangul_is_one),
		cmocka_unit_test(text_fold_leaves_letters_and_digits),
		cmocka_unit_test(text_entities_once),
		cmocka_unit_test(text_untag_takes_known_tags),
		cmocka_unit_test(markup_inspec_reads_signs),
		cmocka_unit_test(all_append),
		cmocka_unit_test(hostile_text_is_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

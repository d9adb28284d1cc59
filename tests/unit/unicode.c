/*
 * unicode - normal forms and case folding held against the files of Unicode
 *
 * NormalizationTest.txt, CaseFolding.txt and UnicodeData.txt are in the folder
 * UNICODE, or else in ../shared/data/nasty.tar.zst beside the project; where
 * they are not the tests are skipped.
 */
#include <stdbool.h>

#include "lib/text.h"
#include "lib/utf8.h"
#include "unit.h"

#define CODES	0x110000

static const char archive[] = "../shared/data/nasty.tar.zst";

/* A file of Unicode to read. */
static FILE *
open_file(const char *name)
{
	const char *folder = getenv("UNICODE");
	char command[512];

	snprintf(command, sizeof(command), folder != NULL ? "cat '%s/%s'" :
	    "zstd -dc %s | tar -xOf - nasty/unicode/%s",
	    folder != NULL ? folder : archive, name);
	return popen(command, "r");
}

/* Put the code points of a field, "0044 0307", into the buffer. */
static const char *
read_codes(struct buf *b, const char *s)
{
	char *end;

	buf_reset(b);
	while (*s == ' ')
		s++;
	for (; *s != ';' && *s != '\0' && *s != '\n'; s = end) {
		utf8_add(b, (int32_t)strtol(s, &end, 16));
		while (*end == ' ')
			end++;
	}
	return *s == ';' ? s + 1 : s;
}

/*
 * What text_clean makes of the form besides: white space of Unicode is a space,
 * and is gone at the ends, what cannot be seen is gone.
 */
static void
strip(struct buf *b)
{
	struct buf out = { 0 };
	const char *s = b->p, *end = b->p + b->len;

	buf_reset(&out);
	while (s < end) {
		int32_t c = utf8_next(&s);

		if (c == ' ' || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
		    c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
		    c == 0x3000 || c <= 0xa0)
			c = c > 0x20 && c < 0x7f ? c : ' ';
		if (c == ' ' && (out.len == 0 || s == end))
			continue;
		utf8_add(&out, c);
	}
	buf_reset(b);
	buf_add(b, out.p, out.len);
	buf_free(&out);
}

/*
 * Of each line NFC of the first three columns is the second, of the other two
 * the fourth; and what is not in part 1 stays as it is.
 */
static void
text_clean_passes_normalization_test(void **state)
{
	static bool listed[CODES];
	struct buf column[5] = { { 0 } }, b = { 0 }, want = { 0 };
	FILE *f = open_file("NormalizationTest.txt");
	char line[4096];
	const char *s;
	size_t lines = 0, failed = 0;
	int i, part = -1;
	int32_t c;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		sscanf(line, "@Part%d", &part);
		if (strchr("#@\n", line[0]) != NULL)
			continue;
		lines++;
		for (s = line, i = 0; i < 5; i++)
			s = read_codes(&column[i], s);
		for (i = 0; i < 5; i++) {
			buf_reset(&b);
			text_clean(&b, column[i].p, column[i].len);
			buf_reset(&want);
			buf_add(&want, column[i < 3 ? 1 : 3].p,
			    column[i < 3 ? 1 : 3].len);
			strip(&want);
			failed += differs(line, &b, want.p);
		}
		if (part == 1) {
			s = column[0].p;
			listed[utf8_next(&s)] = true;
		}
	}
	pclose(f);
	/* 19,074 lines in Unicode 15 */
	assert_true(lines > 18000);
	for (c = 0xa1; c < CODES; c++) {
		if (listed[c] || (c >= 0xd800 && c < 0xe000))
			continue;
		buf_reset(&want);
		utf8_add(&want, c);
		buf_reset(&b);
		text_clean(&b, want.p, want.len);
		strip(&want);
		/* what cannot be seen is gone */
		if (b.len > 0)
			failed += differs("a character alone", &b, want.p);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	for (i = 0; i < 5; i++)
		buf_free(&column[i]);
	buf_free(&b);
	buf_free(&want);
}

/* Put the clean text, folded and in NFC again, into want. */
static void
fold(struct buf *want, char (*folded)[16], const struct buf *text)
{
	struct buf b = { 0 };
	const char *s = text->p, *end = s + text->len;
	int32_t c;

	buf_reset(&b);
	while (s < end) {
		c = utf8_next(&s);
		if (folded[c][0] != '\0')
			buf_adds(&b, folded[c]);
		else
			utf8_add(&b, c);
	}
	buf_reset(want);
	text_clean(want, b.p, b.len);
	buf_free(&b);
}

/* The key of each character is that of what CaseFolding.txt, C + F, says. */
static void
text_key_folds_as_unicode(void **state)
{
	static char (*folded)[16];
	struct buf b = { 0 }, want = { 0 }, to = { 0 };
	FILE *f = open_file("CaseFolding.txt");
	char line[4096], status;
	size_t lines = 0, failed = 0;
	int32_t c;
	unsigned code;
	char *codes;

	(void)state;
	assert_non_null(f);
	folded = xcalloc(CODES, sizeof(*folded));
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%x; %c; ", &code, &status) != 2 ||
		    (status != 'C' && status != 'F'))
			continue;
		lines++;
		codes = strchr(strchr(line, ';') + 1, ';') + 1;
		read_codes(&to, codes);
		assert_true(to.len < sizeof(*folded));
		memcpy(folded[code], to.p, to.len + 1);
	}
	pclose(f);
	/* 1,530 in Unicode 15 */
	assert_true(lines > 1500);
	for (c = 0; c < CODES; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		buf_reset(&b);
		utf8_add(&b, c);
		buf_reset(&to);
		text_clean(&to, b.p, b.len);
		fold(&want, folded, &to);
		buf_reset(&to);
		text_key(&to, b.p, b.len);
		failed += differs(b.p, &to, want.p);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	free(folded);
	buf_free(&b);
	buf_free(&want);
	buf_free(&to);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_clean_passes_normalization_test),
		cmocka_unit_test(text_key_folds_as_unicode),
	};

	if (getenv("UNICODE") == NULL && access(archive, R_OK) != 0)
		return skip_all("the files of Unicode are not here");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

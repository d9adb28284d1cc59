/* delimited - tests of rows of delimited text, libcsv being the oracle */
#include <csv.h>

#include "lib/delimited.h"
#include "lib/input.h"
#include "unit.h"

#define LIMIT	1000

/* An input that is all there. */
static struct input
input_of(const char *s, size_t n)
{
	return (struct input){ .fd = -1, .window = (char *)(uintptr_t)s,
	    .cap = n, .tail = n, .line = 1, .eof = true };
}

/* The rows as text, three fields wide: fields between bars, a mark where one is bad. */
static void
show(struct buf *b, const char *s, size_t n, const struct dialect *d,
    size_t max)
{
	static const char *const marks[] = {
		[DELIMITED_OPEN_QUOTE] = "<open quote>",
		[DELIMITED_BAD_QUOTE] = "<bad quote>",
		[DELIMITED_TOO_LONG] = "<too long>",
	};
	struct input in = input_of(s, n);
	struct delimited r = { .in = &in, .max = max, .dialect = *d,
	    .width = 3 };
	enum delimited_result result;
	size_t i;

	while ((result = delimited_next(&r)) != DELIMITED_END) {
		buf_addf(b, "%zu:", (size_t)in.offset);
		if (result != DELIMITED_ROW)
			buf_adds(b, marks[result]);
		for (i = 0; i < r.n; i++) {
			buf_addc(b, '|');
			buf_add(b, r.field[i].s, r.field[i].len);
		}
		buf_addf(b, "|%zu\n", r.len);
	}
	delimited_free(&r);
}

static const struct dialect comma = { ',', true, false, false },
    bare = { ',', true, true, false }, tsv = { '\t', false, true, false },
    lines = { '\t', false, true, true };

static void
test_rows(void **state)
{
	static const struct {
		const char		*in, *out;
		const struct dialect	*dialect;
	} cases[] = {
		{ "", "", &comma },
		{ "a,b", "0:|a|b|3\n", &comma },
		{ "a,b\n", "0:|a|b|3\n", &comma },
		{ "a,b\r\nc\n", "0:|a|b|3\n5:|c|1\n", &comma },
		{ "\n\r\na", "0:||0\n1:||0\n3:|a|1\n", &comma },
		{ ",\n", "0:|||1\n", &comma },
		{ "a,", "0:|a||2\n", &comma },
		{ " a , b\n", "0:| a | b|6\n", &comma },
		{ "\"a\",\"b,c\"\n", "0:|a|b,c|9\n", &comma },
		{ "\"a\"\"b\"\"\",\"\"\"\"", "0:|a\"b\"|\"|13\n", &comma },
		{ " \"a\" ,\t\"b\"\t\r\nc", "0:|a|b|11\n13:|c|1\n", &comma },
		{ "\"a\nb\"\"\n\",c\n", "0:|a\nb\"\n|c|10\n", &comma },
		{ "\"\"\r\n", "0:||2\n", &comma },
		{ "a\rb\n", "0:|a\rb|3\n", &comma },
		{ "a\r", "0:|a\r|2\n", &comma },
		{ "a\"b\nc\n", "0:<bad quote>|4\n4:|c|1\n", &comma },
		{ "\"a\"b\nc\n", "0:<bad quote>|5\n5:|c|1\n", &comma },
		{ "\"a\"\r", "0:<bad quote>|4\n", &comma },
		{ "\"a\nb\nc\n", "0:<open quote>|3\n3:|b|1\n5:|c|1\n", &comma },
		{ "\"", "0:<open quote>|1\n", &comma },
		{ "x,\"a\"\"", "0:<open quote>|6\n", &comma },
		{ "a\"b,c\"\n\"a,\"\"b\",\"\"\nx\"", "0:|a\"b|c\"|6\n"
		    "7:|a,\"b||10\n18:|x\"|2\n", &bare },
		{ "\"a\"b\nc\n", "0:<bad quote>|5\n5:|c|1\n", &bare },
		{ "\"a\"\t\"b\tc\"\n", "0:|\"a\"|\"b|c\"|9\n", &tsv },
		{ "1\ta\tb\n2\tc\n\nd\r\ne\tf\n3\tg\n4\th\ti\n",
		    "0:|1|a|b|5\n6:|2|c\n\nd\r\ne|f|11\n"
		    "18:|3|g|3\n22:|4|h|i|5\n", &lines },
		{ "\n\r\n1\t2\t3\n", "0:||0\n1:||0\n3:|1|2|3|5\n", &lines },
		{ "1\n2\t3\t4\t5\n6\r\n7\n", "0:|1|1\n2:|2|3|4|5|7\n"
		    "10:|6\r\n7|4\n", &lines },
		{ "\"a\r\nb\t \n", "0:|\"a|2\n4:|b| |3\n", &tsv },
	};
	struct buf b = { 0 };
	size_t i, failed = 0;
	char *s;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&b);
		s = exact(cases[i].in, strlen(cases[i].in));
		show(&b, s, strlen(cases[i].in), cases[i].dialect, LIMIT);
		failed += differs(cases[i].in, &b, cases[i].out);
		free(s);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
test_limit(void **state)
{
	static const struct {
		const char	*in, *out;
	} cases[] = {
		{ "12345678\nx\n", "0:|12345678|8\n9:|x|1\n" },
		{ "12345678", "0:|12345678|8\n" },
		{ "123456789\nx\n", "0:<too long>|10\n10:|x|1\n" },
		{ "1,2,3,4,5\nx\n", "0:<too long>|10\n10:|x|1\n" },
		{ "\"12345\"\nx\n", "0:|12345|7\n8:|x|1\n" },
		{ "\"123456\n8\"\nx\n", "0:<open quote>|8\n"
		    "8:<bad quote>|3\n11:|x|1\n" },
	};
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&b);
		show(&b, cases[i].in, strlen(cases[i].in), &comma, 8);
		failed += differs(cases[i].in, &b, cases[i].out);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* What libcsv makes of a text, and what we make, in one form. */

static void
add_field(void *s, size_t n, void *b)
{
	buf_addc(b, '|');
	buf_add(b, s, n);
}

static void
end_row(int c, void *b)
{
	(void)c;
	buf_adds(b, "|$");
}

static void
by_libcsv(struct buf *b, const char *s, size_t n)
{
	struct csv_parser p;

	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	if (csv_parse(&p, s, n, add_field, end_row, b) != n ||
	    csv_fini(&p, add_field, end_row, b) != 0) {
		/* not the fields of the row in which it stopped */
		while (b->len > 0 && b->p[b->len - 1] != '$')
			b->len--;
		buf_adds(b, "bad");
	}
	csv_free(&p);
}

/* libcsv takes spaces off fields without quotes, and lines that are blank. */
static void
by_us(struct buf *b, const char *s, size_t n)
{
	struct input in = input_of(s, n);
	struct delimited r = { .in = &in, .max = LIMIT, .dialect = comma };
	enum delimited_result result;
	const char *row;
	size_t i;

	while ((result = delimited_next(&r)) == DELIMITED_ROW) {
		row = input_head(&in);
		if (r.n == 1 && memchr(row, '"', r.len) == NULL &&
		    strspn(row, " ") >= r.len)
			continue;
		for (i = 0; i < r.n; i++) {
			const char *f = r.field[i].s;
			size_t len = r.field[i].len;
			/* one in quotes is behind them, or was made */
			bool quoted = f < row || f > row + r.len ||
			    (f > row && f[-1] == '"');

			while (!quoted && len > 0 && *f == ' ') {
				f++;
				len--;
			}
			while (!quoted && len > 0 && f[len - 1] == ' ')
				len--;
			add_field((void *)(uintptr_t)f, len, b);
		}
		end_row(0, b);
	}
	if (result != DELIMITED_END)
		buf_adds(b, "bad");
	delimited_free(&r);
}

static void
test_as_libcsv(void **state)
{
	static const char *const tokens[] = { "a", " ", ",", "\"", "\n",
	    "\r\n" };
	struct buf in = { 0 }, theirs = { 0 }, ours = { 0 };
	size_t i, j, left, failed = 0, count = 1, length;

	(void)state;
	for (length = 1; length <= 7; length++) {
		count *= NCASES(tokens);
		for (i = 0; i < count && failed < 10; i++) {
			buf_reset(&in);
			buf_reset(&theirs);
			buf_reset(&ours);
			for (left = i, j = 0; j < length; j++,
			    left /= NCASES(tokens))
				buf_adds(&in, tokens[left % NCASES(tokens)]);
			by_libcsv(&theirs, in.p, in.len);
			by_us(&ours, in.p, in.len);
			failed += differs(in.p, &ours, theirs.p);
		}
	}
	buf_free(&in);
	buf_free(&theirs);
	buf_free(&ours);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
test_dialects(void **state)
{
	static const struct {
		const char	*name;
		struct dialect	 want;
	} cases[] = {
		{ "comma", { ',', true, false, false } }, { "semicolon", { ';', true, false, false } },
		{ "tab", { '\t', true, false, false } }, { "pipe", { '|', true, false, false } },
		{ "tsv", { '\t', false, true, false } },
		{ "tsv-lines", { '\t', false, true, true } }, { ":", { ':', true, false, false } },
		{ "bare-pipe", { '|', true, true, false } },
		{ "bare-,", { ',', true, true, false } },
		{ "bare-tsv", { 0, false, false, false } },
		{ "bare-", { 0, false, false, false } },
		{ "\t", { '\t', true, false, false } }, { "", { 0, false, false, false } },
		{ "\"", { 0, false, false, false } }, { "a", { 0, false, false, false } },
		{ " ", { 0, false, false, false } }, { "\n", { 0, false, false, false } },
		{ ",,", { 0, false, false, false } }, { "\xc3\xa9", { 0, false, false, false } },
	}, sniffed[] = {
		{ "a", { ',', true, false, false } }, { "a,b;c", { ',', true, false, false } },
		{ "a;b;c,d", { ';', true, false, false } }, { "\"a;b;c\",d", { ',', true, false, false } },
		{ "a\tb", { '\t', true, false, false } }, { "a|b|c,d\n,,,,", { '|', true, false, false } },
		{ "\"a\n;;;\",b", { ',', true, false, false } }, { "", { ',', true, false, false } },
	};
	struct dialect d;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		if (dialect_parse(&d, cases[i].name) != (cases[i].want.delim !=
		    '\0'))
			fail_msg("\"%s\"", cases[i].name);
		if (cases[i].want.delim != '\0' && (d.delim !=
		    cases[i].want.delim || d.quotes != cases[i].want.quotes ||
		    d.bare != cases[i].want.bare ||
		    d.lines != cases[i].want.lines))
			fail_msg("\"%s\": %c", cases[i].name, d.delim);
	}
	for (i = 0; i < NCASES(sniffed); i++) {
		dialect_sniff(&d, sniffed[i].name, strlen(sniffed[i].name));
		if (d.delim != sniffed[i].want.delim || !d.quotes ||
		    d.bare)
			fail_msg("\"%s\": %c", sniffed[i].name, d.delim);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_as_libcsv),
		cmocka_unit_test(test_dialects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

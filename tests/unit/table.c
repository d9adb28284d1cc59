/* table - tests of tab-separated tables, of the built-in ones, of dict */
#include <stdbool.h>
#include <sysexits.h>

#include "lib/table.h"
#include "unit.h"

static void
parse(struct table *t, const char *s, size_t n)
{
	char *copy = exact(s, n);

	/* cells are the table's own */
	table_parse(t, "test.tsv", copy, n);
	memset(copy, 'x', n);
	free(copy);
}

/* Rows a line each with their line number, cells between bars. */
static const struct {
	const char	*in;
	const char	*want;
} tables[] = {
	{ "a", "1 a\n" },
	{ "a\n", "1 a\n" },
	{ "a\tb\n1\t2\n3\t4\n", "1 a|b\n2 1|2\n3 3|4\n" },
	{ "a\tb\n1\t2", "1 a|b\n2 1|2\n" },
	{ "a\tb\r\n1\t2\r\n", "1 a|b\n2 1|2\n" },
	{ "\xef\xbb\xbf" "a\tb\n1\t2\n", "1 a|b\n2 1|2\n" },
	/* short rows are filled */
	{ "a\tb\tc\n1\n2\t3\n\t\t4\n\t5\n",
	    "1 a|b|c\n2 1||\n3 2|3|\n4 ||4\n5 |5|\n" },
	{ "a\tb\tc\n1", "1 a|b|c\n2 1||\n" },
	{ "a\tb\n1\t\n", "1 a|b\n2 1|\n" },
	{ "a\tb\n\t\n", "1 a|b\n2 |\n" },
	/* empty lines and comments, also in front */
	{ "\n\n# a comment\na\tb\n\n#\tno\trow\tat\tall\n1\t2\n\r\n3\t4\n\n",
	    "4 a|b\n7 1|2\n9 3|4\n" },
	{ "a\n#1\n 2\n2 # 3\n", "1 a\n3  2\n4 2 # 3\n" },
	{ "a\tb\n1\t#2\n", "1 a|b\n2 1|#2\n" },
	/* any text, spaces and quotes too */
	{ "a\tb\n \"x\" \té 王\n", "1 a|b\n2  \"x\" |é 王\n" },
	{ "a\n1\r2\n", "1 a\n2 1\r2\n" },
	{ "\tb\n1\t2\n", "1 |b\n2 1|2\n" },
};

static void
table_parses(void **state)
{
	struct table t;
	struct buf b = { 0 };
	size_t i, row, col, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(tables); i++) {
		parse(&t, tables[i].in, strlen(tables[i].in));
		buf_reset(&b);
		for (row = 0; row < t.nrow; row++) {
			buf_addf(&b, "%zu ", t.line[row]);
			for (col = 0; col < t.ncol; col++)
				buf_addf(&b, "%s%s", col > 0 ? "|" : "",
				    table_cell(&t, row, col));
			buf_adds(&b, "\n");
		}
		failed += differs(tables[i].in, &b, tables[i].want);
		table_free(&t);
		assert_null(t.cell);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
table_column_finds_the_header(void **state)
{
	static const char in[] = "url\tsource\ttrust\tsource\nx\ty\tz\tw\n";
	struct table t;

	(void)state;
	parse(&t, in, sizeof(in) - 1);
	assert_int_equal(table_column(&t, "url"), 0);
	assert_int_equal(table_column(&t, "source"), 1);
	assert_int_equal(table_column(&t, "trust"), 2);
	assert_int_equal(table_column(&t, "x"), -1);
	assert_int_equal(table_column(&t, ""), -1);
	assert_int_equal(table_column(&t, "URL"), -1);
	assert_int_equal(table_column(&t, "ur"), -1);
	table_free(&t);
}

static void
table_may_be_large(void **state)
{
	struct table t;
	struct buf b = { 0 };
	char want[32];
	size_t row, col;

	(void)state;
	for (row = 0; row < 30000; row++)
		for (col = 0; col < 7; col++)
			buf_addf(&b, "%zu.%zu%c", row, col,
			    col < 6 ? '\t' : '\n');
	parse(&t, b.p, b.len);
	assert_int_equal(t.nrow, 30000);
	assert_int_equal(t.ncol, 7);
	for (row = 0; row < 30000; row++) {
		assert_int_equal(t.line[row], row + 1);
		for (col = 0; col < 7; col++) {
			snprintf(want, sizeof(want), "%zu.%zu", row, col);
			assert_string_equal(table_cell(&t, row, col), want);
		}
	}
	table_free(&t);
	buf_free(&b);
}

struct bytes {
	const char	*s;
	size_t		 n;
};

#define BYTES(s)	{ s, sizeof(s) - 1 }

static void
parse_bytes(void *arg)
{
	const struct bytes *b = arg;
	struct table t;

	table_parse(&t, "some/test.tsv", b->s, b->n);
	table_free(&t);
}

static void
table_malformed_ends_the_process(void **state)
{
	static struct bytes cases[] = {
		BYTES(""),
		BYTES("\n"),
		BYTES("\n\r\n\n"),
		BYTES("# only\n# comments"),
		BYTES("\xef\xbb\xbf"),
		BYTES("a\tb\n1\t2\t3\n"),
		BYTES("a\tb\n1\t2\t\n"),
		BYTES("a\n\t\n"),
		BYTES("a\tb\n1\t\xe9\n"),
		BYTES("\xff\n1\n"),
		BYTES("a\n\xed\xa0\x80\n"),
		BYTES("a\n\xc3"),
	};
	struct buf messages = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&messages);
		if (exit_status(parse_bytes, &cases[i], &messages) !=
		    EX_CONFIG)
			fail_msg("\"%s\": accepted", cases[i].s);
		if (messages.len == 0 ||
		    strstr(messages.p, "some/test.tsv") == NULL)
			fail_msg("\"%s\": %s", cases[i].s, messages.p);
	}
	/* a row is told of by its line */
	buf_reset(&messages);
	exit_status(parse_bytes, &(struct bytes)BYTES("#\na\n\nb\nc\td\n"),
	    &messages);
	assert_non_null(strstr(messages.p, "some/test.tsv:5:"));
	buf_free(&messages);
}

static void
table_find_knows_the_built_in_files(void **state)
{
	const struct table_file *f;
	struct table t;
	size_t n = 0, len;

	(void)state;
	for (f = table_files; f->name != NULL; f++, n++) {
		assert_ptr_equal(table_find(f->name), f);
		assert_true(f->len > 0);
		len = strlen(f->name);
		if (len < 4 || strcmp(f->name + len - 4, ".tsv") != 0)
			continue;
		table_parse(&t, f->name, f->data, f->len);
		if (t.nrow < 2 || t.ncol < 2)
			fail_msg("%s: %zu rows of %zu", f->name, t.nrow,
			    t.ncol);
		table_free(&t);
	}
	assert_true(n > 3);
	assert_non_null(table_find("paper.json"));
	assert_non_null(table_find("vocab/types.tsv"));
	assert_null(table_find(""));
	assert_null(table_find("types.tsv"));
	assert_null(table_find("vocab/types"));
	assert_null(table_find("schemas/vocab/types.tsv"));
}

static void
dict_keeps_the_first_value(void **state)
{
	struct dict *d = dict_new();
	char key[] = "key", value[] = "value";

	(void)state;
	assert_null(dict_get(d, "key", 3));
	assert_null(dict_get(d, "", 0));
	assert_true(dict_put(d, key, 3, value));
	memset(key, 'x', 3);
	memset(value, 'x', 5);
	assert_string_equal(dict_get(d, "key", 3), "value");
	assert_string_equal(dict_get(d, "keys", 3), "value");
	assert_null(dict_get(d, "key", 2));
	assert_null(dict_get(d, "keys", 4));
	assert_null(dict_get(d, "KEY", 3));
	assert_false(dict_put(d, "key", 3, "other"));
	assert_string_equal(dict_get(d, "key", 3), "value");
	/* the empty key, the empty value, keys with NUL */
	assert_true(dict_put(d, "", 0, ""));
	assert_string_equal(dict_get(d, "", 0), "");
	assert_true(dict_put(d, "a\0b", 3, "1"));
	assert_true(dict_put(d, "a\0c", 3, "2"));
	assert_true(dict_put(d, "a", 1, "3"));
	assert_false(dict_put(d, "a\0b", 3, "4"));
	assert_string_equal(dict_get(d, "a\0b", 3), "1");
	assert_string_equal(dict_get(d, "a\0c", 3), "2");
	assert_string_equal(dict_get(d, "a", 1), "3");
	assert_null(dict_get(d, "a\0d", 3));
	dict_free(d);
	dict_free(NULL);
}

static void
dict_grows(void **state)
{
	struct dict *d = dict_new();
	char key[32], value[32];
	int i, n;

	(void)state;
	for (i = 0; i < 100000; i++) {
		n = snprintf(key, sizeof(key), "k%d", i);
		snprintf(value, sizeof(value), "v%d", i);
		if (!dict_put(d, key, (size_t)n, value))
			fail_msg("%s: there already", key);
	}
	for (i = 0; i < 100000; i++) {
		n = snprintf(key, sizeof(key), "k%d", i);
		snprintf(value, sizeof(value), "v%d", i);
		assert_false(dict_put(d, key, (size_t)n, "other"));
		assert_string_equal(dict_get(d, key, (size_t)n), value);
		n = snprintf(key, sizeof(key), "n%d", i);
		assert_null(dict_get(d, key, (size_t)n));
	}
	dict_free(d);
}

static void
dict_load_reads_two_columns(void **state)
{
	const struct table_file *f = table_find("vocab/types.tsv");
	struct dict *d = dict_load("vocab/types.tsv");
	struct table t;
	size_t row;

	(void)state;
	assert_string_equal(dict_get(d, "article", 7), "journal-article");
	assert_null(dict_get(d, "alias", 5));
	table_parse(&t, f->name, f->data, f->len);
	for (row = 1; row < t.nrow; row++) {
		const char *key = table_cell(&t, row, 0);

		assert_string_equal(dict_get(d, key, strlen(key)),
		    table_cell(&t, row, 1));
	}
	table_free(&t);
	dict_free(d);
}

static void
load(void *file)
{
	dict_free(dict_load(file));
}

static void
dict_load_of_nothing_is_a_bug(void **state)
{
	char name[] = "vocab/no-such.tsv";

	(void)state;
	assert_int_equal(exit_status(load, name, NULL), EX_SOFTWARE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_parses),
		cmocka_unit_test(table_column_finds_the_header),
		cmocka_unit_test(table_may_be_large),
		cmocka_unit_test(table_malformed_ends_the_process),
		cmocka_unit_test(table_find_knows_the_built_in_files),
		cmocka_unit_test(dict_keeps_the_first_value),
		cmocka_unit_test(dict_grows),
		cmocka_unit_test(dict_load_reads_two_columns),
		cmocka_unit_test(dict_load_of_nothing_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

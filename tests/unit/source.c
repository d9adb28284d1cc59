/* source - the names of sources */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "lib/source.h"

static void
names_are_safe_in_ids_and_files(void **state)
{
	static const struct {
		const char	*name;
		bool		 good;
	} cases[] = {
		{ "dblp", true }, { "a", true }, { "iclr-2025.v2_x", true },
		{ "9", true }, { "", false }, { ".", false }, { "..", false },
		{ ".hidden", false }, { "-q", false }, { "a/b", false },
		{ "a:b", false }, { "a b", false }, { "a\tb", false },
		{ "\xc3\xa9", false },
	};
	char longest[66];
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		if (source_is_name(cases[i].name) != cases[i].good)
			fail_msg("%s", cases[i].name);
	memset(longest, 'x', sizeof(longest));
	longest[64] = '\0';
	assert_true(source_is_name(longest));
	longest[64] = 'x';
	longest[65] = '\0';
	assert_false(source_is_name(longest));
}

static void
a_file_names_its_source(void **state)
{
	static const struct {
		const char	*path;
		const char	*name;
	} cases[] = {
		{ "refs.bib", "refs" }, { "/a/b.c/dblp.xml.gz", "dblp" },
		{ "my papers (2).csv", "my_papers__2_" }, { ".bib", "file" },
		{ "-x.csv", "x" }, { "\xc3\xa9t\xc3\xa9.csv", "t__" },
		{ "a:b", "a_b" },
	};
	size_t i;
	char *name;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		name = source_of_path(cases[i].path);
		assert_string_equal(name, cases[i].name);
		assert_true(source_is_name(name));
		free(name);
	}
}

static void
an_id_names_its_source(void **state)
{
	static const struct {
		const char	*id;
		size_t		 source;	/* bytes of it */
		const char	*key;
	} cases[] = {
		{ "dblp:conf/x:1", 4, "conf/x:1" }, { "plain", 0, "plain" },
		{ ":x", 0, ":x" }, { "x:", 0, "x:" }, { ":", 0, ":" },
		{ "", 0, "" },
	};
	const char *key;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		assert_int_equal(source_of_id(cases[i].id,
		    strlen(cases[i].id), &key), cases[i].source);
		assert_string_equal(key, cases[i].key);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_safe_in_ids_and_files),
		cmocka_unit_test(an_id_names_its_source),
		cmocka_unit_test(a_file_names_its_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* venue - the vocabulary: no alias that the rules know; schemas/vocab.c has the rest */
#include <stdbool.h>

#include "lib/table.h"
#include "normalize/venue_parts.h"
#include "unit.h"

static void
load(struct table *t, const char *file)
{
	const struct table_file *f = table_find(file);

	assert_non_null(f);
	table_parse(t, f->name, f->data, f->len);
}

static size_t
wrong(const char *file, const struct table *t, size_t row, const char *why)
{
	print_error("%s:%zu: %s: %s\n", file, t->line[row],
	    table_cell(t, row, 0), why);
	return 1;
}

static void
test_aliases(void **state)
{
	static const char file[] = "vocab/venue-aliases.tsv";
	struct table t;
	const char *s, *track;
	size_t row, found, failed = 0;

	(void)state;
	load(&t, file);
	for (row = 1; row < t.nrow; row++) {
		s = table_cell(&t, row, 0);
		found = venue_resolve(s, strlen(s), &track);
		if (found != 0 && strcmp(vocabulary_venue(found),
		    table_cell(&t, row, 1)) == 0)
			failed += wrong(file, &t, row,
			    "the rules know it without");
	}
	table_free(&t);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aliases),
	};

	vocabulary_no_aliases();
	return cmocka_run_group_tests_name("venue", tests, NULL, NULL);
}

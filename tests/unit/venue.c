/* venue - the vocabularies: sorted, nothing twice, no alias that rules know */
#include <stdbool.h>

#include "lib/table.h"
#include "lib/text.h"
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
test_sorted(void **state)
{
	static const char *const files[] = { "vocab/venues.tsv",
	    "vocab/venue-aliases.tsv", "vocab/acl-venues.tsv",
	    "vocab/tracks.tsv", "vocab/types.tsv" };
	struct table t;
	size_t i, row, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(files); i++) {
		load(&t, files[i]);
		for (row = 2; row < t.nrow; row++)
			if (strcmp(table_cell(&t, row - 1, 0),
			    table_cell(&t, row, 0)) >= 0)
				failed += wrong(files[i], &t, row,
				    "not behind the row above");
		table_free(&t);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* A stream has a row for each venue that its papers seem to be of. */
static void
test_streams(void **state)
{
	static const char file[] = "vocab/dblp-streams.tsv";
	struct table t;
	size_t row, failed = 0;
	int order;

	(void)state;
	load(&t, file);
	for (row = 1; row < t.nrow; row++) {
		order = row == 1 ? -1 : strcmp(table_cell(&t, row - 1, 0),
		    table_cell(&t, row, 0));
		if (order > 0 || (order == 0 && strcmp(table_cell(&t, row - 1,
		    1), table_cell(&t, row, 1)) >= 0))
			failed += wrong(file, &t, row,
			    "not behind the row above");
		if (*table_cell(&t, row, 1) == '\0' || strcmp(table_cell(&t,
		    row, 1), table_cell(&t, row, 2)) == 0)
			failed += wrong(file, &t, row, "changes nothing");
	}
	table_free(&t);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* What is looked up is folded; so must be what it is looked up in. */
static void
test_folded(void **state)
{
	static const char *const files[] = { "vocab/venue-aliases.tsv",
	    "vocab/tracks.tsv", "vocab/types.tsv" };
	struct table t;
	struct buf b = { 0 };
	size_t i, row, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(files); i++) {
		load(&t, files[i]);
		for (row = 1; row < t.nrow; row++) {
			const char *s = table_cell(&t, row, 0);

			buf_reset(&b);
			text_fold(&b, s, strlen(s), ' ');
			if (strcmp(b.p, s) != 0)
				failed += wrong(files[i], &t, row,
				    "not folded");
		}
		table_free(&t);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
test_venues(void **state)
{
	static const char file[] = "vocab/venues.tsv";
	static const char *const kinds[] = { "conference", "journal",
	    "workshop", "preprint-server", "book-series" };
	struct table t;
	struct words v;
	size_t row, i, col, found, failed = 0;

	(void)state;
	load(&t, file);
	for (row = 1; row < t.nrow; row++) {
		for (i = 0; i < NCASES(kinds) &&
		    strcmp(table_cell(&t, row, 1), kinds[i]) != 0; i++)
			;
		if (i == NCASES(kinds))
			failed += wrong(file, &t, row, "no kind");
		for (col = 0; col <= 2; col += 2) {
			words_of(&v, table_cell(&t, row, col),
			    strlen(table_cell(&t, row, col)));
			found = vocabulary_name(&v);
			if (found != row)
				failed += wrong(file, &t, row,
				    "its name is another's");
		}
	}
	table_free(&t);
	if (failed > 0)
		fail_msg(PLURAL, failed);
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
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_venues),
		cmocka_unit_test(test_aliases),
	};

	/* that an alias names a venue is seen when they are loaded */
	vocabulary_no_aliases();
	return cmocka_run_group_tests_name("venue", tests, NULL, NULL);
}

/* intern - strings by number */
#include <stdio.h>
#include <string.h>

#include "unit.h"

#include "lib/intern.h"

static void
numbers_are_in_the_order_of_coming(void **state)
{
	struct intern s = { 0 };

	(void)state;
	assert_int_equal(intern(&s, "b", 1), 0);
	assert_int_equal(intern(&s, "a", 1), 1);
	assert_int_equal(intern(&s, "ab", 1), 1);
	assert_int_equal(intern(&s, "ab", 2), 2);
	assert_int_equal(intern(&s, "", 0), 3);
	assert_int_equal(intern(&s, "b", 1), 0);
	assert_int_equal(s.n, 4);
	assert_string_equal(s.v[2], "ab");
	intern_free(&s);
}

static void
many_strings_keep_their_numbers(void **state)
{
	struct intern s = { 0 };
	char text[16];
	uint32_t i;
	int round;

	(void)state;
	for (round = 0; round < 2; round++)
		for (i = 0; i < 5000; i++) {
			snprintf(text, sizeof(text), "%u", i * 7919);
			assert_int_equal(intern(&s, text, strlen(text)), i);
		}
	assert_int_equal(s.n, 5000);
	intern_free(&s);
}

static void
sorting_tells_the_new_numbers(void **state)
{
	static const char *const text[] = { "m", "\xc3\xa9", "a", "", "ab" };
	struct intern s = { 0 };
	uint32_t place[5];
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		intern(&s, text[i], strlen(text[i]));
	intern_sort(&s, place);
	for (i = 0; i < 5; i++)
		assert_string_equal(s.v[place[i]], text[i]);
	for (i = 1; i < 5; i++)
		assert_true(strcmp(s.v[i - 1], s.v[i]) < 0);
	intern_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_in_the_order_of_coming),
		cmocka_unit_test(many_strings_keep_their_numbers),
		cmocka_unit_test(sorting_tells_the_new_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

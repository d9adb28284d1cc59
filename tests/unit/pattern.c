/* pattern - unit tests of lib/pattern.c, against regcomp(3) */
#include <regex.h>
#include <stdio.h>

#include "lib/pattern.h"
#include "unit.h"

static const char *const patterns[] = {
	"^([0-9]{4}\\.[0-9]{4,5}|[a-z-]+(\\.[A-Z]{2})?/[0-9]{7})$",
	"^10\\.[0-9.]+/[^A-Z ]+$", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
	"^[0-9a-f]{64}$", "^[a-z0-9][a-z0-9._~-]{0,199}$", "^$", "^a$", "^a?b$",
	"^a*b+$", "^(a|b|)c$", "^(ab)*$", "^(ab|a)(bc|c)?$", "^(a?b){2,3}$",
	"^a.c$", "^[^a]$", "^((a|b)c|d)+$", "^(a+b){2}a+$",
};

static const char *const texts[] = {
	"", "a", "b", "c", "ab", "abab", "aba", "abc", "ac", "bc", "aab", "aaab",
	"abb", "bbb", "bb", "aabaabaa", "abaab", "acbcd", "acb", "cd",
	"a\nc", "1234.56789", "1234.567890", "1234.567", "math-ph/0123456",
	"math.AG/0123456", "math.ag/0123456", "math/012345", "10.1000/x y",
	"10.1000/xy", "10.1000/", "10.1/X", "2020", "2020-01", "2020-01-02",
	"2020-1", "2020-01-02-03", "x.y_z~1", ".x", "-x", "x",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF",
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
};

static void
test_as_regexec(void **state)
{
	size_t i, k;
	regex_t re;

	(void)state;
	for (i = 0; i < NCASES(patterns); i++) {
		assert_true(pattern_is_known(patterns[i]));
		assert_int_equal(regcomp(&re, patterns[i], REG_EXTENDED |
		    REG_NOSUB), 0);
		for (k = 0; k < NCASES(texts); k++)
			if (pattern_matches(patterns[i], texts[k]) !=
			    (regexec(&re, texts[k], 0, NULL, 0) == 0))
				fail_msg("%s and %s", patterns[i], texts[k]);
		regfree(&re);
	}
}

static void
test_unknown(void **state)
{
	static const char *const bad[] = { "", "^", "a", "^a", "a$", "^(a$",
	    "^a)$", "^[a$", "^a{2$", "^a{x}$", "^*a$", "^a^b$", "^a$b$",
	    "^a{2,3$", "^(a|*)$", "^a\\$" };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(bad); i++)
		if (pattern_is_known(bad[i]))
			fail_msg("%s", bad[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_regexec),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

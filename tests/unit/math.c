/* math - tests of what is TeX between dollars and what a price */
#include <time.h>

/* of render's, and in no library */
#include "render/math.c"
#include "unit.h"

/* The mathematics of a text, "|" between; math.js is tested with the same. */
static const struct {
	const char	*in;
	const char	*want;
} cases[] = {
#include "math.def"
};

static void
find_all(struct buf *b, const char *s, size_t n)
{
	char *copy = exact(s, n);
	const char *p = copy, *end = copy + n;
	size_t len;

	for (; (p = math_next(p, end, &len)) != NULL; p += len) {
		if (b->len > 0)
			buf_addc(b, '|');
		buf_add(b, p, len);
	}
	free(copy);
}

static void
math_is_told_from_prices(void **state)
{
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&b);
		find_all(&b, cases[i].in, strlen(cases[i].in));
		failed += differs(cases[i].in, &b, cases[i].want);
		assert_int_equal(math_is_in(cases[i].in, strlen(cases[i].in)),
		    *cases[i].want != '\0');
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
math_takes_linear_time(void **state)
{
	static const char *const units[] = { "\\$", "$ ", " $", "$", "\\", "$1",
	    "$x$", "\\\\$", "$\\$", "\\$$ " };
	struct buf in = { 0 }, out = { 0 };
	clock_t begin = clock();
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&in);
		buf_reset(&out);
		while (in.len < 1 << 22)
			buf_adds(&in, units[i]);
		find_all(&out, in.p, in.len);
	}
	/* quadratic takes hours */
	assert_true((clock() - begin) / CLOCKS_PER_SEC < 60);
	buf_free(&in);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(math_is_told_from_prices),
		cmocka_unit_test(math_takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

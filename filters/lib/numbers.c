/* numbers - lists of numbers */
#include "lib/buf.h"
#include "lib/numbers.h"

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

size_t
numbers_distinct(uint32_t *v, size_t n)
{
	size_t i, k = 0;

	sort_array(v, n, sizeof(*v), compare);
	for (i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}

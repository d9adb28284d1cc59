/* keys - hashes above numbers, to bring equal hashes together */
#include <string.h>

#include "dedupe/keys.h"

static void
insert(uint64_t *v, size_t n)
{
	size_t i, k;
	uint64_t x;

	for (i = 1; i < n; i++) {
		x = v[i];
		for (k = i; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* By a byte at a time, from the highest on. */
static void
sort_bytes(uint64_t *v, size_t n, int shift)
{
	size_t end[256], next[256], i, sum;
	unsigned b;
	uint64_t x, t;

	if (n <= 32) {
		insert(v, n);
		return;
	}
	memset(next, 0, sizeof(next));
	for (i = 0; i < n; i++)
		next[v[i] >> shift & 255]++;
	for (sum = i = 0; i < 256; i++) {
		sum += next[i];
		end[i] = sum;
		next[i] = sum - next[i];
	}
	for (b = 0; b < 256; b++)
		while (next[b] < end[b]) {
			x = v[next[b]];
			for (; (x >> shift & 255) != b; x = t) {
				t = v[next[x >> shift & 255]];
				v[next[x >> shift & 255]++] = x;
			}
			v[next[b]++] = x;
		}
	for (i = b = 0; b < 256 && shift > 0; i = end[b++])
		sort_bytes(v + i, end[b] - i, shift - 8);
}

void
keys_sort(uint64_t *v, size_t n)
{
	sort_bytes(v, n, 56);
}

/* buf - tests of the byte buffer, of the allocation and of the arena */
#include <stdalign.h>
#include <stdbool.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "unit.h"

static void
assert_buf(const struct buf *b, const char *want, size_t n)
{
	assert_int_equal(b->len, n);
	assert_true(b->cap > b->len);
	assert_memory_equal(b->p, want, n);
	assert_int_equal(b->p[n], '\0');
}

static void
buf_zeroed_is_empty(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_reset(&b);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_null(b.p);
	buf_add(&b, "", 0);
	assert_buf(&b, "", 0);
	buf_free(&b);
	buf_adds(&b, "");
	assert_buf(&b, "", 0);
	buf_free(&b);
	assert_null(b.p);
	assert_int_equal(b.len, 0);
	assert_int_equal(b.cap, 0);
}

static void
buf_holds_what_was_added(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_adds(&b, "one");
	assert_buf(&b, "one", 3);
	buf_addc(&b, '\0');
	assert_buf(&b, "one\0", 4);
	buf_add(&b, "\0two", 4);
	assert_buf(&b, "one\0\0two", 8);
	buf_addc(&b, 0xff);
	assert_buf(&b, "one\0\0two\xff", 9);
	buf_addf(&b, "%s", "");
	assert_buf(&b, "one\0\0two\xff", 9);
	buf_addf(&b, "%s=%d", "x", -7);
	assert_buf(&b, "one\0\0two\xffx=-7", 13);
	buf_reset(&b);
	assert_buf(&b, "", 0);
	buf_adds(&b, "again");
	assert_buf(&b, "again", 5);
	buf_free(&b);
}

static void
buf_grows(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 254, 255, 256, 257, 4095,
	    4096, 65536, 1000000 };
	struct buf b = { 0 }, want = { 0 };
	size_t i, j;

	(void)state;
	for (i = 0; i < 100000; i++)
		buf_addc(&b, 'a' + (int)(i % 26));
	assert_int_equal(b.len, 100000);
	for (i = 0; i < b.len; i++)
		assert_int_equal(b.p[i], 'a' + (int)(i % 26));
	buf_free(&b);
	for (i = 0; i < NCASES(sizes); i++) {
		buf_reset(&want);
		for (j = 0; j < sizes[i]; j++)
			buf_addc(&want, 'a' + (int)(j % 26));
		buf_addf(&b, "%s", want.p != NULL ? want.p : "");
		assert_buf(&b, want.p, sizes[i]);
		buf_free(&b);
		buf_add(&b, want.p, want.len);
		assert_buf(&b, want.p, sizes[i]);
		buf_free(&b);
	}
	buf_free(&want);
}

static void
buf_reserve_is_room(void **state)
{
	struct buf b = { 0 };
	const char *p;
	size_t i, n;

	(void)state;
	for (n = 1; n < 100000; n = n * 3 + 1) {
		buf_adds(&b, "begin");
		buf_reserve(&b, n);
		p = b.p;
		for (i = 0; i < n; i++)
			buf_addc(&b, 'x');
		assert_ptr_equal(p, b.p);
		buf_free(&b);
	}
}

static void
memory_is_as_asked(void **state)
{
	unsigned char *p;
	char *s;
	size_t i;

	(void)state;
	p = xmalloc(0);
	assert_non_null(p);
	free(p);
	p = xcalloc(0, 8);
	assert_non_null(p);
	free(p);
	p = xcalloc(1000, 3);
	for (i = 0; i < 3000; i++)
		assert_int_equal(p[i], 0);
	memset(p, 0x5a, 3000);
	p = xreallocarray(p, 50000, 3);
	for (i = 0; i < 3000; i++)
		assert_int_equal(p[i], 0x5a);
	free(p);
	p = xreallocarray(NULL, 0, 0);
	assert_non_null(p);
	free(p);
	s = xstrdup("");
	assert_string_equal(s, "");
	free(s);
	s = xstrdup("a word");
	assert_string_equal(s, "a word");
	free(s);
}

static void
grow_keeps_elements(void **state)
{
	struct { char c[24]; } *v = NULL;
	size_t cap = 0, had, n;
	void *p;

	(void)state;
	grow(&v, &cap, 0, sizeof(*v));
	assert_int_equal(cap, 0);
	for (n = 0; n < 5000; n++) {
		grow(&v, &cap, n + 1, sizeof(*v));
		assert_true(cap >= n + 1);
		snprintf(v[n].c, sizeof(v[n].c), "%zu", n);
	}
	had = cap;
	p = v;
	grow(&v, &cap, cap, sizeof(*v));
	assert_int_equal(cap, had);
	assert_ptr_equal(v, p);
	grow(&v, &cap, 1000000, sizeof(*v));
	assert_true(cap >= 1000000);
	for (n = 0; n < 5000; n++)
		assert_int_equal(atoi(v[n].c), n);
	free(v);
}

static int
compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
sort_array_takes_nothing_too(void **state)
{
	int v[] = { 3, 1, 2, 1 }, want[] = { 1, 1, 2, 3 };

	(void)state;
	sort_array(NULL, 0, sizeof(*v), compare_ints);
	sort_array(v, 1, sizeof(*v), compare_ints);
	assert_int_equal(v[0], 3);
	sort_array(v, 4, sizeof(*v), compare_ints);
	assert_memory_equal(v, want, sizeof(v));
}

static void
too_many(void *arg)
{
	(void)arg;
	free(xreallocarray(NULL, SIZE_MAX / 2, 3));
}

static void
too_long(void *arg)
{
	struct buf b = { 0 };

	(void)arg;
	buf_reserve(&b, SIZE_MAX - 1);
}

static void
no_memory_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(exit_status(too_many, NULL, NULL), EX_OSERR);
	assert_int_equal(exit_status(too_long, NULL, NULL), EX_OSERR);
}

static void
arena_is_aligned(void **state)
{
	struct arena a = { 0 };
	size_t n;

	(void)state;
	for (n = 0; n < 300; n++) {
		void *p = arena_alloc(&a, n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		memset(p, 0xff, n);
	}
	arena_free(&a);
	assert_null(a.head);
	arena_free(&a);
}

#define NBLOCKS	2000

/* Blocks of all sizes, filled each with its number: none lies in another. */
static void
arena_blocks_are_apart(void **state)
{
	static unsigned char *block[NBLOCKS];
	static size_t size[NBLOCKS];
	struct arena a = { 0 };
	size_t i, j, round, seed = 1;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < NBLOCKS; i++) {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			size[i] = i % 100 == 99 ? seed % 300000 : seed % 700;
			block[i] = arena_alloc(&a, size[i]);
			memset(block[i], (int)(i % 251), size[i]);
		}
		for (i = 0; i < NBLOCKS; i++)
			for (j = 0; j < size[i]; j++)
				if (block[i][j] != i % 251)
					fail_msg("block %zu: byte %zu", i, j);
		arena_reset(&a);
	}
	arena_free(&a);
}

static void
arena_strndup_ends_with_nul(void **state)
{
	struct arena a = { 0 };
	struct buf big = { 0 };
	const char *s;
	size_t i;

	(void)state;
	s = arena_strndup(&a, "abc\0def", 5);
	assert_memory_equal(s, "abc\0d\0", 6);
	assert_string_equal(arena_strndup(&a, "x", 0), "");
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	for (i = 0; i < 3000000; i++)
		buf_addc(&big, 'a' + (int)(i % 26));
	s = arena_strndup(&a, big.p, big.len);
	assert_memory_equal(s, big.p, big.len + 1);
	buf_free(&big);
	arena_free(&a);
}

static void
arena_reset_keeps_one_block(void **state)
{
	struct arena a = { 0 };
	struct arena_block *kept;
	int i;

	(void)state;
	arena_reset(&a);
	assert_null(a.head);
	arena_alloc(&a, 100);
	arena_alloc(&a, 1000000);
	arena_reset(&a);
	kept = a.head;
	assert_non_null(kept);
	for (i = 0; i < 100; i++) {
		arena_alloc(&a, 100);
		assert_ptr_equal(a.head, kept);
		arena_alloc(&a, 1000000);
		assert_ptr_not_equal(a.head, kept);
		arena_reset(&a);
		assert_ptr_equal(a.head, kept);
	}
	arena_free(&a);
}

static void
buf_addu_writes_decimals(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_addu(&b, 0);
	buf_addc(&b, ' ');
	buf_addu(&b, 1905);
	buf_addc(&b, ' ');
	buf_addu(&b, UINT64_MAX);
	assert_string_equal(b.p, "0 1905 18446744073709551615");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_zeroed_is_empty),
		cmocka_unit_test(buf_holds_what_was_added),
		cmocka_unit_test(buf_grows),
		cmocka_unit_test(buf_reserve_is_room),
		cmocka_unit_test(memory_is_as_asked),
		cmocka_unit_test(grow_keeps_elements),
		cmocka_unit_test(sort_array_takes_nothing_too),
		cmocka_unit_test(no_memory_ends_the_process),
		cmocka_unit_test(arena_is_aligned),
		cmocka_unit_test(arena_blocks_are_apart),
		cmocka_unit_test(arena_strndup_ends_with_nul),
		cmocka_unit_test(arena_reset_keeps_one_block),
		cmocka_unit_test(buf_addu_writes_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* spill - tests of bytes kept in a temporary file */
#include <sys/resource.h>
#include <sys/stat.h>

#include <dirent.h>
#include <signal.h>
#include <sysexits.h>

#include "lib/spill.h"
#include "unit.h"

#define NPIECES	3000

static size_t
piece_size(size_t i)
{
	static const size_t large[] = { 1024 * 1024 - 1, 1024 * 1024,
	    1024 * 1024 + 1, 3000000, 65536, 4096 };

	return i % 500 == 499 ? large[i / 500 % NCASES(large)] :
	    i * 2654435761 % 700;
}

static char
piece_byte(size_t i, size_t j)
{
	return (char)(i * 31 + j * 7 + j / 256);
}

static void
check_piece(const struct buf *b, size_t i)
{
	size_t j;

	assert_int_equal(b->len, piece_size(i));
	for (j = 0; j < b->len; j++)
		if (b->p[j] != piece_byte(i, j))
			fail_msg("piece %zu: byte %zu", i, j);
	assert_int_equal(b->p[b->len], '\0');
}

/* Pieces of all sizes, read back between the writing and in any order. */
static void
spill_gives_back_what_it_got(void **state)
{
	static uint64_t at[NPIECES];
	struct spill *s = spill_new(NULL);
	struct buf piece = { 0 }, got = { 0 };
	uint64_t next = 0;
	size_t i, j;

	(void)state;
	for (i = 0; i < NPIECES; i++) {
		buf_reset(&piece);
		buf_adds(&piece, "");
		for (j = 0; j < piece_size(i); j++)
			buf_addc(&piece, piece_byte(i, j));
		at[i] = spill_add(s, piece.p, piece.len);
		assert_int_equal(at[i], next);
		next += piece.len;
		if (i % 97 == 0) {
			j = i * 7919 % (i + 1);
			spill_get(s, at[j], piece_size(j), &got);
			check_piece(&got, j);
			spill_get(s, at[i], piece_size(i), &got);
			check_piece(&got, i);
		}
	}
	for (i = NPIECES; i-- > 0; ) {
		spill_get(s, at[i], piece_size(i), &got);
		check_piece(&got, i);
	}
	buf_free(&piece);
	buf_free(&got);
	spill_free(s);
}

static void
spill_get_replaces(void **state)
{
	struct spill *s = spill_new(NULL);
	struct buf b = { 0 };

	(void)state;
	buf_adds(&b, "what was there before, and is longer");
	assert_int_equal(spill_add(s, "ab\0cd", 5), 0);
	assert_int_equal(spill_add(s, "", 0), 5);
	assert_int_equal(spill_add(s, "efg", 3), 5);
	spill_get(s, 0, 5, &b);
	assert_int_equal(b.len, 5);
	assert_memory_equal(b.p, "ab\0cd", 6);
	/* any part, also of two pieces, also none */
	spill_get(s, 3, 4, &b);
	assert_string_equal(b.p, "cdef");
	spill_get(s, 8, 0, &b);
	assert_int_equal(b.len, 0);
	assert_string_equal(b.p, "");
	spill_get(s, 0, 8, &b);
	assert_memory_equal(b.p, "ab\0cdefg", 9);
	buf_free(&b);
	spill_get(s, 2, 0, &b);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	spill_free(s);
	spill_free(NULL);
}

static void
spills_are_apart(void **state)
{
	struct spill *s = spill_new(NULL), *t = spill_new(NULL);
	struct buf b = { 0 };

	(void)state;
	spill_add(s, "first", 5);
	spill_add(t, "other", 5);
	spill_get(s, 0, 5, &b);
	assert_string_equal(b.p, "first");
	spill_get(t, 0, 5, &b);
	assert_string_equal(b.p, "other");
	spill_free(s);
	spill_get(t, 0, 5, &b);
	assert_string_equal(b.p, "other");
	spill_free(t);
	buf_free(&b);
}

static size_t
count_files(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}

static void
spill_has_no_name(void **state)
{
	char dir[] = "/tmp/unit-spill.XXXXXX";
	struct spill *s;

	(void)state;
	assert_non_null(mkdtemp(dir));
	s = spill_new(dir);
	assert_int_equal(count_files(dir), 0);
	spill_add(s, "x", 1);
	assert_int_equal(count_files(dir), 0);
	/* nor does the folder have to stay */
	assert_int_equal(rmdir(dir), 0);
	spill_free(s);
}

static void
make(void *dir)
{
	spill_free(spill_new(dir));
}

static void
make_in_tmpdir(void *dir)
{
	setenv("TMPDIR", dir, 1);
	spill_free(spill_new(NULL));
}

static void
make_in_tmp(void *dir)
{
	(void)dir;
	unsetenv("TMPDIR");
	spill_free(spill_new(NULL));
}

static void
make_in_dir(void *dir)
{
	setenv("TMPDIR", "/no/such/folder", 1);
	spill_free(spill_new(dir));
}

static void
get_too_much(void *arg)
{
	struct spill *s = spill_new(NULL);
	struct buf b = { 0 };

	(void)arg;
	spill_add(s, "abc", 3);
	spill_get(s, 1, 3, &b);
}

static void
write_too_much(void *arg)
{
	struct rlimit limit = { 4096, 4096 };
	struct spill *s = spill_new(NULL);
	struct buf b = { 0 };

	(void)arg;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	while (b.len < 100000)
		buf_adds(&b, "many bytes");
	spill_add(s, b.p, b.len);
	spill_get(s, 0, b.len, &b);
}

static void
spill_errors_end_the_process(void **state)
{
	char missing[] = "/no/such/folder", tmp[] = "/tmp";
	struct buf messages = { 0 };

	(void)state;
	assert_int_equal(exit_status(make, missing, &messages), EX_CANTCREAT);
	assert_non_null(strstr(messages.p, missing));
	assert_int_equal(exit_status(make_in_tmpdir, missing, NULL),
	    EX_CANTCREAT);
	assert_int_equal(exit_status(make_in_tmpdir, tmp, NULL), 0);
	assert_int_equal(exit_status(make_in_tmp, NULL, NULL), 0);
	assert_int_equal(exit_status(make_in_dir, tmp, NULL), 0);
	assert_int_equal(exit_status(get_too_much, NULL, NULL), EX_IOERR);
	assert_int_equal(exit_status(write_too_much, NULL, NULL), EX_IOERR);
	buf_free(&messages);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spill_gives_back_what_it_got),
		cmocka_unit_test(spill_get_replaces),
		cmocka_unit_test(spills_are_apart),
		cmocka_unit_test(spill_has_no_name),
		cmocka_unit_test(spill_errors_end_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

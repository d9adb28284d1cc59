/* input - tests of lines read from plain and from compressed files */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <zlib.h>
#include <zstd.h>

#include "lib/input.h"
#include "unit.h"

#define ANY	(64 * 1024 * 1024)	/* a limit that no line reaches */

enum form { PLAIN, GZIP, ZSTD, GZIP_PIECES, ZSTD_PIECES, PIPE, NFORMS };

static const char *const form_names[] = { "plain", "gzip", "zstd",
    "gzip in pieces", "zstd in pieces", "pipe" };

static char path[] = "/tmp/unit-input.XXXXXX";

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd == -1 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void
write_file(const void *p, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void
add_gzip(struct buf *b, const char *p, size_t n)
{
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	buf_reserve(b, deflateBound(&z, (uLong)n));
	z.next_in = (Bytef *)(uintptr_t)p;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)b->p + b->len;
	z.avail_out = (uInt)(b->cap - b->len);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->len += z.total_out;
	deflateEnd(&z);
}

static void
add_zstd(struct buf *b, const char *p, size_t n)
{
	size_t len;

	buf_reserve(b, ZSTD_compressBound(n));
	len = ZSTD_compress(b->p + b->len, b->cap - b->len, p, n, 3);
	assert_false(ZSTD_isError(len));
	b->len += len;
}

/* Put the data in the file, in that form; pieces are members, some empty. */
static void
write_form(enum form form, const char *p, size_t n)
{
	void (*add)(struct buf *, const char *, size_t) =
	    form == GZIP || form == GZIP_PIECES ? add_gzip : add_zstd;
	struct buf b = { 0 };
	size_t len;

	switch (form) {
	case GZIP:
	case ZSTD:
		add(&b, p, n);
		break;
	case GZIP_PIECES:
	case ZSTD_PIECES:
		add(&b, "", 0);
		while (n > 0) {
			len = n > 100000 ? 70001 : n / 2 + 1;
			add(&b, p, len);
			p += len;
			n -= len;
		}
		add(&b, "", 0);
		break;
	default:
		buf_add(&b, p, n);
	}
	write_file(b.p, b.len);
	buf_free(&b);
}

static pid_t dribbler;

/* Open the data in that form: a pipe gives 1 to 31 bytes at a time. */
static void
open_form(struct input *in, enum form form, const char *p, size_t n)
{
	static char fd_path[32];
	size_t step, done;
	int fd[2];

	dribbler = 0;
	if (form != PIPE) {
		write_form(form, p, n);
		assert_true(input_open(in, path));
		return;
	}
	assert_int_equal(pipe(fd), 0);
	fflush(NULL);
	dribbler = fork();
	assert_true(dribbler >= 0);
	if (dribbler == 0) {
		signal(SIGPIPE, SIG_IGN);
		close(fd[0]);
		for (done = 0, step = 1; done < n; done += step) {
			step = done < 5000 ? done % 31 + 1 : 65536;
			step = step < n - done ? step : n - done;
			if (write(fd[1], p + done, step) != (ssize_t)step)
				_exit(1);
		}
		_exit(0);
	}
	close(fd[1]);
	snprintf(fd_path, sizeof(fd_path), "/dev/fd/%d", fd[0]);
	assert_true(input_open(in, fd_path));
	close(fd[0]);
}

static void
close_form(struct input *in)
{
	input_close(in);
	if (dribbler > 0)
		waitpid(dribbler, NULL, 0);
}

/* Add a line of n bytes, other ones in each. */
static void
add_line(struct buf *b, size_t n, const char *end)
{
	static size_t count;
	size_t i;

	count++;
	for (i = 0; i < n; i++)
		buf_addc(b, 'a' + (int)((count * 7 + i + i / 26) % 26));
	buf_adds(b, end);
}

/*
 * Read data line by line, and hold each line against what stands there; the
 * data is the concatenation of all, also behind its last line break.
 */
static void
check_lines(enum form form, const char *p, size_t n)
{
	struct input in;
	const char *line, *nl;
	size_t len, want, done = 0;
	uint64_t at, lineno, count = 0;
	int r;

	open_form(&in, form, p, n);
	while ((r = input_line(&in, ANY, &line, &len, &at, &lineno)) == 1) {
		count++;
		nl = memchr(p + done, '\n', n - done);
		want = nl != NULL ? (size_t)(nl - p) - done : n - done;
		if (at != done || lineno != count)
			fail_msg("%s: line %d at %d, not %d at %zu",
			    form_names[form], (int)lineno, (int)at,
			    (int)count, done);
		if (len != want - (nl != NULL && want > 0 && nl[-1] == '\r') ||
		    memcmp(line, p + done, len) != 0)
			fail_msg("%s: line %d: %zu bytes, not %zu",
			    form_names[form], (int)lineno, len, want);
		assert_false(input_cut(&in));
		done += want + (nl != NULL);
	}
	assert_int_equal(r, 0);
	assert_int_equal(done, n);
	assert_int_equal(in.offset, n);
	assert_null(in.error);
	assert_false(in.corrupt);
	/* the end stays the end */
	assert_int_equal(input_line(&in, ANY, &line, &len, &at, &lineno), 0);
	close_form(&in);
	assert_null(in.window);
}

static void
check_all_forms(const char *p, size_t n)
{
	int form;

	for (form = 0; form < NFORMS; form++)
		check_lines(form, p, n);
}

static void
input_reads_lines(void **state)
{
	static const char *const texts[] = { "", "a", "ab", "abc", "abcd",
	    "\n", "\r\n", "\n\n", "\n\n\n\n", "a\n", "a\r\n", "a\nb", "a\r\nb",
	    "a\n\nb\n", "\na", "a\rb\nc\r\r\nd", "\r\r\n", "abc\ndef\nghi\n",
	    "\ufeffa\n", "\x1f\n", "(\xb5\n", "\x1f\x8c\x08\x00\n" };
	static const char nul[] = "a\0b\n\0\n\0";
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(texts); i++)
		check_all_forms(texts[i], strlen(texts[i]));
	check_all_forms(nul, sizeof(nul) - 1);
}

/* Lines that end about where a window or a block of it may. */
static void
input_reads_lines_of_all_lengths(void **state)
{
	static const size_t borders[] = { 4096, 65536, 131072, 262144, 524288,
	    1048576 };
	static const char *const ends[] = { "\n", "\r\n" };
	struct buf b = { 0 };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < NCASES(borders); i++)
		for (j = 0; j < 2; j++) {
			/* alone, as one line */
			for (k = 0; k < 5; k++) {
				buf_reset(&b);
				add_line(&b, borders[i] + k - 2, ends[j]);
				check_lines(PLAIN, b.p, b.len);
				check_lines(GZIP, b.p, b.len);
				b.len -= strlen(ends[j]);
				check_lines(PLAIN, b.p, b.len);
				check_lines(ZSTD, b.p, b.len);
			}
			/* among others */
			buf_reset(&b);
			add_line(&b, 10, ends[j]);
			add_line(&b, borders[i] - 14, ends[j]);
			for (k = 0; k < 7; k++)
				add_line(&b, k, ends[j]);
			for (k = 0; k < 5; k++)
				add_line(&b, borders[i] + k - 2, ends[j]);
			add_line(&b, 0, ends[j]);
			check_all_forms(b.p, b.len);
			add_line(&b, 5, "");
			check_all_forms(b.p, b.len);
		}
	buf_free(&b);
}

static void
input_reads_many_lines(void **state)
{
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 60000; i++)
		add_line(&b, i * 2654435761 % 97, i % 3 ? "\n" : "\r\n");
	check_all_forms(b.p, b.len);
	buf_free(&b);
}

static void
input_counts_bytes_of_the_file(void **state)
{
	struct buf b = { 0 };
	struct input in;
	struct stat st;
	int form;

	(void)state;
	add_line(&b, 700000, "\n");
	for (form = 0; form < PIPE; form++) {
		write_form(form, b.p, b.len);
		assert_int_equal(stat(path, &st), 0);
		assert_true(input_open(&in, path));
		assert_ptr_equal(in.path, path);
		assert_int_equal(in.size, st.st_size);
		assert_int_equal(input_fill(&in, b.len + 1), b.len);
		assert_int_equal(in.raw, st.st_size);
		assert_int_equal(in.offset, 0);
		input_close(&in);
	}
	open_form(&in, PIPE, b.p, b.len);
	assert_int_equal(in.size, 0);
	close_form(&in);
	buf_free(&b);
}

static void
input_fill_and_skip(void **state)
{
	struct buf b = { 0 };
	struct input in;
	size_t n, step;
	int form;

	(void)state;
	for (n = 0; n < 40000; n++)
		add_line(&b, n % 40, "\n");
	for (form = 0; form < NFORMS; form++) {
		uint64_t lines = 1, done = 0;

		open_form(&in, form, b.p, b.len);
		assert_int_equal(in.line, 1);
		for (step = 0; done < b.len; step = step * 3 + 1) {
			n = input_fill(&in, step);
			assert_true(n >= step || n == b.len - done);
			assert_memory_equal(input_head(&in), b.p + done, n);
			assert_int_equal(in.offset, done);
			/* part of it, in two */
			n = n < step ? n : step;
			input_skip(&in, n / 2);
			input_skip(&in, n - n / 2);
			for (; n > 0; n--)
				lines += b.p[done++] == '\n';
			assert_int_equal(in.line, lines);
		}
		assert_int_equal(input_fill(&in, 1), 0);
		close_form(&in);
	}
	buf_free(&b);
}

static void
input_skip_line_takes_the_rest(void **state)
{
	static const size_t lengths[] = { 3, 1000, 262143, 262144, 262145,
	    2000000 };
	struct buf b = { 0 };
	struct input in;
	size_t i;
	int form;

	(void)state;
	for (i = 0; i < NCASES(lengths); i++) {
		buf_reset(&b);
		add_line(&b, lengths[i], "\n");
		buf_adds(&b, "next\nlast");
		for (form = 0; form < NFORMS; form++) {
			open_form(&in, form, b.p, b.len);
			assert_true(input_fill(&in, 3) >= 3);
			input_skip_line(&in, 3);
			assert_int_equal(in.line, 2);
			assert_int_equal(in.offset, lengths[i] + 1);
			assert_true(input_fill(&in, 5) >= 5);
			assert_memory_equal(input_head(&in), "next\n", 5);
			input_skip(&in, 5);
			assert_int_equal(input_fill(&in, 5), 4);
			input_skip_line(&in, 2);
			assert_int_equal(input_fill(&in, 1), 0);
			assert_int_equal(in.offset, b.len);
			assert_true(in.cap <= 1024 * 1024);
			close_form(&in);
		}
	}
	buf_free(&b);
}

static void
input_skip_bom_only_in_front(void **state)
{
	static const struct {
		const char	*in;
		const char	*want;
	} cases[] = {
		{ "", "" }, { "\xef", "\xef" }, { "\xef\xbb", "\xef\xbb" },
		{ "\xef\xbb\xbf", "" }, { "\xef\xbb\xbf" "a", "a" },
		{ "a\xef\xbb\xbf", "a\xef\xbb\xbf" },
		{ "\xef\xbb\xbf\xef\xbb\xbf", "\xef\xbb\xbf" },
		{ "\xef\xbb\xbe" "a", "\xef\xbb\xbe" "a" }, { "abc", "abc" },
	};
	struct input in;
	size_t i, n;
	int form;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		for (form = 0; form < NFORMS; form++) {
			open_form(&in, form, cases[i].in, strlen(cases[i].in));
			input_skip_bom(&in);
			n = strlen(cases[i].want);
			assert_int_equal(in.offset, strlen(cases[i].in) - n);
			assert_int_equal(in.line, 1);
			assert_int_equal(input_fill(&in, 100), n);
			assert_memory_equal(input_head(&in), cases[i].want, n);
			close_form(&in);
		}
}

/* What input_line says of a line of n bytes where max are allowed. */
static void
check_limit(enum form form, size_t n, size_t max, const char *end)
{
	struct buf b = { 0 };
	struct input in;
	const char *line;
	size_t len;
	uint64_t at, lineno;
	int r;

	buf_adds(&b, "1\n");
	add_line(&b, n, end);
	if (*end != '\0')
		buf_adds(&b, "next\n");
	open_form(&in, form, b.p, b.len);
	assert_int_equal(input_line(&in, max, &line, &len, &at, &lineno), 1);
	r = input_line(&in, max, &line, &len, &at, &lineno);
	if (r != (n > max ? -1 : 1))
		fail_msg("%s: %zu of %zu bytes: %d", form_names[form], n, max,
		    r);
	assert_int_equal(at, 2);
	assert_int_equal(lineno, 2);
	if (r == 1)
		assert_int_equal(len, n);
	/* the first bytes of a longer line, not more than it may have */
	assert_true(len > 0 && len <= max);
	if (memcmp(line, b.p + 2, len) != 0)
		fail_msg("%s: %zu of %zu bytes: other ones", form_names[form],
		    n, max);
	/* memory does not grow with the line */
	assert_true(in.cap <= 4 * (max + 256 * 1024));
	r = input_line(&in, max, &line, &len, &at, &lineno);
	assert_int_equal(r, *end != '\0');
	if (r == 1) {
		assert_int_equal(at, b.len - 5);
		assert_int_equal(lineno, 3);
		assert_int_equal(len, 4);
		assert_memory_equal(line, "next", 4);
	}
	assert_int_equal(in.offset, b.len);
	close_form(&in);
	buf_free(&b);
}

static void
input_line_is_limited(void **state)
{
	static const size_t limits[] = { 4, 10, 100, 4095, 4096, 5000, 262143,
	    262144, 300000 };
	static const size_t more[] = { 0, 1, 2, 3, 4, 5, 50, 4096, 262144,
	    1000000 };
	static const char *const ends[] = { "\n", "\r\n", "" };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < NCASES(limits); i++)
		for (j = 0; j < NCASES(more); j++)
			for (k = 0; k < NCASES(ends); k++) {
				check_limit(PLAIN, limits[i] + more[j],
				    limits[i], ends[k]);
				check_limit(PIPE, limits[i] + more[j],
				    limits[i], ends[k]);
				check_limit(GZIP, limits[i] + more[j],
				    limits[i], ends[k]);
				check_limit(PLAIN, limits[i] - 1, limits[i],
				    ends[k]);
			}
}

/* 200 MB in one line of a small file, and what follows it. */
static void
input_line_is_bounded_in_memory(void **state)
{
	static const char *const ends[] = { "", "\nnext\n" };
	struct buf zeros = { 0 }, b = { 0 };
	struct input in;
	const char *line;
	size_t i, j, len;
	uint64_t at, lineno;

	(void)state;
	buf_reserve(&zeros, 20000000);
	memset(zeros.p, '0', 20000000);
	for (i = 0; i < NCASES(ends); i++) {
		buf_reset(&b);
		for (j = 0; j < 10; j++)
			add_zstd(&b, zeros.p, 20000000);
		add_zstd(&b, ends[i], strlen(ends[i]));
		write_file(b.p, b.len);
		assert_true(input_open(&in, path));
		assert_int_equal(input_line(&in, 100000, &line, &len, &at,
		    &lineno), -1);
		assert_true(in.cap <= 1024 * 1024);
		assert_true(len > 0 && len <= 100000);
		assert_memory_equal(line, zeros.p, len);
		if (i == 1) {
			assert_int_equal(input_line(&in, 100000, &line, &len,
			    &at, &lineno), 1);
			assert_int_equal(at, 200000001);
			assert_int_equal(lineno, 2);
			assert_int_equal(len, 4);
		}
		assert_int_equal(input_line(&in, 100000, &line, &len, &at,
		    &lineno), 0);
		assert_null(in.error);
		input_close(&in);
	}
	buf_free(&zeros);
	buf_free(&b);
}

/*
 * Read what is left of damaged data: the lines must be a beginning of p, and
 * the last one, where it has no end, must be told as cut.  Returns how many
 * bytes there were.
 */
static size_t
read_damaged(const char *p, size_t n, bool *told)
{
	struct input in;
	const char *line;
	size_t len, done = 0;
	uint64_t at, lineno;
	bool whole;

	assert_true(input_open(&in, path));
	while (input_line(&in, ANY, &line, &len, &at, &lineno) == 1) {
		assert_int_equal(at, done);
		assert_true(at + len <= n);
		if (memcmp(line, p + at, len) != 0)
			fail_msg("line %d is another one", (int)lineno);
		done = in.offset;
		whole = done > 0 && p[done - 1] == '\n';
		if (in.error != NULL)
			assert_int_equal(input_cut(&in), !whole);
		else
			assert_true(whole || done == n);
	}
	*told = in.error != NULL;
	assert_int_equal(in.corrupt, *told);
	input_close(&in);
	return done;
}

static void
input_tells_of_truncated_data(void **state)
{
	static const struct {
		void	(*add)(struct buf *, const char *, size_t);
		size_t	 magic;		/* bytes by which it is known */
	} codecs[] = { { add_gzip, 2 }, { add_zstd, 4 } };
	struct buf data = { 0 }, b = { 0 };
	size_t i, n, half = 0, one, done = 0, last;
	bool told;

	(void)state;
	for (i = 0; i < 200; i++) {
		if (i == 100)
			half = data.len;
		add_line(&data, i * 2654435761 % 61, "\n");
	}
	for (i = 0; i < NCASES(codecs); i++) {
		/* one member, and two */
		buf_reset(&b);
		codecs[i].add(&b, data.p, half);
		one = b.len;
		codecs[i].add(&b, data.p + half, data.len - half);
		last = 0;
		for (n = codecs[i].magic; n <= b.len; n++) {
			write_file(b.p, n);
			done = read_damaged(data.p, data.len, &told);
			if (told != (n != one && n != b.len))
				fail_msg("cut at %zu of %zu: %s", n, b.len,
				    told ? "corrupt" : "well");
			assert_true(done >= last);
			last = done;
			if (n == one)
				assert_int_equal(done, half);
		}
		assert_int_equal(done, data.len);
	}
	buf_free(&data);
	buf_free(&b);
}

static void
input_tells_of_corrupt_data(void **state)
{
	struct buf data = { 0 }, b = { 0 };
	size_t i;
	bool told;

	(void)state;
	for (i = 0; i < 20000; i++)
		add_line(&data, i * 2654435761 % 61, "\n");
	add_gzip(&b, data.p, data.len);
	/* the check sum, the length, and the magic of a second member */
	for (i = 1; i <= 8; i++) {
		b.p[b.len - i] ^= 0x10;
		write_file(b.p, b.len);
		read_damaged(data.p, data.len, &told);
		assert_true(told);
		b.p[b.len - i] ^= 0x10;
	}
	buf_add(&b, "garbage behind it", 17);
	write_file(b.p, b.len);
	assert_int_equal(read_damaged(data.p, data.len, &told), data.len);
	assert_true(told);
	/* but zeros behind it are how tape archives end */
	b.len -= 17;
	for (i = 0; i < 1000; i++)
		buf_addc(&b, 0);
	write_file(b.p, b.len);
	assert_int_equal(read_damaged(data.p, data.len, &told), data.len);
	assert_false(told);
	/* a magic number and then no such data */
	write_file("\x1f\x8b\x08\x00garbage", 11);
	read_damaged("", 0, &told);
	assert_true(told);
	write_file("\x28\xb5\x2f\xfdgarbage and more of it", 26);
	read_damaged("", 0, &told);
	assert_true(told);
	buf_free(&data);
	buf_free(&b);
}

static void
input_open_fails(void **state)
{
	struct input in;

	(void)state;
	errno = 0;
	assert_false(input_open(&in, "/no/such/file"));
	assert_int_equal(errno, ENOENT);
	errno = 0;
	assert_false(input_open(&in, "/tmp"));
	assert_int_equal(errno, EISDIR);
	memset(&in, 0, sizeof(in));
	input_close(&in);
}

/* A file that opens and then cannot be read, where there is one. */
static void
input_tells_of_read_errors(void **state)
{
	struct input in;
	const char *line;
	size_t len;
	uint64_t at, lineno;

	(void)state;
	if (!input_open(&in, "/proc/self/mem"))
		return;
	assert_int_equal(input_line(&in, ANY, &line, &len, &at, &lineno), 0);
	assert_non_null(in.error);
	assert_false(in.corrupt);
	input_close(&in);
}

static void
input_reads_standard_input(void **state)
{
	struct input in;
	const char *line;
	size_t len;
	uint64_t at, lineno;
	int fd, saved;

	(void)state;
	write_file("a\nb\n", 4);
	saved = dup(STDIN_FILENO);
	fd = open(path, O_RDONLY);
	dup2(fd, STDIN_FILENO);
	close(fd);
	assert_true(input_open(&in, "-"));
	assert_int_equal(input_line(&in, ANY, &line, &len, &at, &lineno), 1);
	assert_memory_equal(line, "a", 1);
	input_close(&in);
	/* it is not ours to close */
	assert_int_not_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
	if (saved != -1) {
		dup2(saved, STDIN_FILENO);
		close(saved);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(input_reads_lines),
		cmocka_unit_test(input_reads_lines_of_all_lengths),
		cmocka_unit_test(input_reads_many_lines),
		cmocka_unit_test(input_counts_bytes_of_the_file),
		cmocka_unit_test(input_fill_and_skip),
		cmocka_unit_test(input_skip_line_takes_the_rest),
		cmocka_unit_test(input_skip_bom_only_in_front),
		cmocka_unit_test(input_line_is_limited),
		cmocka_unit_test(input_line_is_bounded_in_memory),
		cmocka_unit_test(input_tells_of_truncated_data),
		cmocka_unit_test(input_tells_of_corrupt_data),
		cmocka_unit_test(input_open_fails),
		cmocka_unit_test(input_tells_of_read_errors),
		cmocka_unit_test(input_reads_standard_input),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}

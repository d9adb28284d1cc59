/* input - the bytes of a file or of standard input, or its text, and lines */
#include <sys/stat.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "lib/digest.h"
#include "lib/encoding.h"
#include "lib/input.h"

#define WINDOW	(256 * 1024)
#define CHUNK	(64 * 1024)	/* bytes converted at a time */
#define LINE	(64 * 1024)	/* bytes in which a line ends, of most data */
#define KEPT	(1024 * 1024)	/* bytes kept for places nobody asked for */

/* A decompressor between the file and the window. */
struct codec {
	z_stream	 z;
	ZSTD_DStream	*zstd;
	char		 raw[CHUNK];
	size_t		 head;
	size_t		 tail;
	bool		 between;	/* at the border of two members */
};

static ssize_t
read_raw(struct input *in, char *p, size_t n)
{
	ssize_t got;

	do
		got = read(in->fd, p, n);
	while (got == -1 && errno == EINTR);
	if (got == -1)
		in->error = strerror(errno);
	else {
		in->raw += (uint64_t)got;
		if (in->digest != NULL)
			digest_add(in->digest, p, (size_t)got);
	}
	return got;
}

static void
corrupt(struct input *in, const char *why)
{
	in->error = why;
	in->corrupt = true;
}

/* The next bytes of gzip data, of any number of members. */
static size_t
inflate_some(struct input *in, struct codec *c, char *p, size_t n)
{
	int r;

	c->z.next_in = (Bytef *)c->raw + c->head;
	c->z.avail_in = (uInt)(c->tail - c->head);
	c->z.next_out = (Bytef *)p;
	c->z.avail_out = n > 1 << 30 ? 1 << 30 : (uInt)n;
	n = c->z.avail_out;
	if (c->between) {
		/* zero padding behind the last member is no error */
		if (c->z.avail_in > 0 && *c->z.next_in == 0) {
			c->head++;
			return 0;
		}
		inflateReset(&c->z);
		c->between = false;
	}
	r = inflate(&c->z, Z_NO_FLUSH);
	c->head = c->tail - c->z.avail_in;
	if (r == Z_STREAM_END)
		c->between = true;
	else if (r == Z_MEM_ERROR)
		err(EX_OSERR, NULL);
	else if (r != Z_OK && r != Z_BUF_ERROR)
		corrupt(in, "corrupt gzip data");
	return n - c->z.avail_out;
}

static size_t
unzstd_some(struct input *in, struct codec *c, char *p, size_t n)
{
	ZSTD_inBuffer src = { c->raw, c->tail, c->head };
	ZSTD_outBuffer dst = { p, n, 0 };
	size_t r = ZSTD_decompressStream(c->zstd, &dst, &src);

	c->head = src.pos;
	c->between = r == 0;
	if (ZSTD_getErrorCode(r) == ZSTD_error_memory_allocation)
		err(EX_OSERR, NULL);
	if (ZSTD_isError(r))
		corrupt(in, "corrupt zstd data");
	return dst.pos;
}

static size_t
read_codec(struct input *in, char *p, size_t n)
{
	struct codec *c = in->codec;
	size_t made;
	ssize_t got;

	for (;;) {
		/* also without new input: output may be waiting inside */
		if (c->head < c->tail || !c->between) {
			made = c->zstd != NULL ? unzstd_some(in, c, p, n) :
			    inflate_some(in, c, p, n);
			if (made > 0 || in->error != NULL)
				return made;
			if (c->head < c->tail)
				continue;
		}
		c->head = c->tail = 0;
		got = read_raw(in, c->raw, sizeof(c->raw));
		if (got <= 0) {
			if (got == 0 && !c->between)
				corrupt(in, "compressed data is cut short");
			return 0;
		}
		c->tail = (size_t)got;
	}
}

/* Look at the first bytes; what was read of a plain file stays in the window. */
static void
sniff(struct input *in)
{
	static const unsigned char gz[] = { 0x1f, 0x8b }, zst[] = { 0x28, 0xb5,
	    0x2f, 0xfd };
	struct codec *c;
	bool is_gz, is_zst;

	while (in->tail < sizeof(zst)) {
		ssize_t got = read_raw(in, in->window + in->tail,
		    sizeof(zst) - in->tail);

		if (got <= 0)
			break;
		in->tail += (size_t)got;
	}
	is_gz = in->tail >= sizeof(gz) &&
	    memcmp(in->window, gz, sizeof(gz)) == 0;
	is_zst = in->tail >= sizeof(zst) &&
	    memcmp(in->window, zst, sizeof(zst)) == 0;
	if (!is_gz && !is_zst) {
		in->eof = in->tail < sizeof(zst);
		return;
	}
	c = in->codec = xcalloc(1, sizeof(*c));
	memcpy(c->raw, in->window, in->tail);
	c->tail = in->tail;
	in->tail = 0;
	if (is_zst && (c->zstd = ZSTD_createDStream()) == NULL)
		err(EX_OSERR, NULL);
	if (is_gz && inflateInit2(&c->z, 15 + 16) != Z_OK)
		err(EX_OSERR, NULL);
}

bool
input_open(struct input *in, const char *path)
{
	struct stat st;

	memset(in, 0, sizeof(*in));
	in->path = path;
	in->line = 1;
	if (strcmp(path, "-") == 0)
		in->fd = STDIN_FILENO;
	else if ((in->fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return false;
	if (fstat(in->fd, &st) == 0) {
		if (S_ISDIR(st.st_mode)) {
			if (in->fd != STDIN_FILENO)
				close(in->fd);
			errno = EISDIR;
			return false;
		}
		if (S_ISREG(st.st_mode))
			in->size = (uint64_t)st.st_size;
	}
	in->cap = WINDOW;
	in->window = xmalloc(in->cap);
	sniff(in);
	return true;
}

void
input_close(struct input *in)
{
	if (in->window == NULL)
		return;
	if (in->codec != NULL) {
		if (in->codec->zstd != NULL)
			ZSTD_freeDStream(in->codec->zstd);
		else
			inflateEnd(&in->codec->z);
		free(in->codec);
	}
	encoding_free(in->encoding);
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	free(in->window);
	memset(in, 0, sizeof(*in));
}

void
input_digest(struct input *in, struct digest *d)
{
	in->digest = d;
	digest_begin(d);
	/* what sniff read, which is all so far */
	digest_add(d, in->codec != NULL ? in->codec->raw : in->window, in->raw);
}

void
input_drain(struct input *in)
{
	while (read_raw(in, in->window, in->cap) > 0)
		;
	in->head = in->tail = 0;
	in->eof = true;
}

/* The next bytes of the data; 0: its end, or an error. */
static size_t
read_data(struct input *in, char *p, size_t n)
{
	ssize_t got;

	if (in->codec != NULL)
		return read_codec(in, p, n);
	got = read_raw(in, p, n);
	return got > 0 ? (size_t)got : 0;
}

static size_t
read_text(struct input *in, char *p, size_t n)
{
	uint64_t asked = in->offset > in->behind ? in->offset - in->behind : 0;
	size_t got, room;
	char *raw;

	while ((got = encoding_take(in->encoding, p, n, in->ended)) == 0 &&
	    !in->ended) {
		if (encoding_kept(in->encoding) > KEPT)
			encoding_place(in->encoding, asked);
		raw = encoding_room(in->encoding, CHUNK, &room);
		got = read_data(in, raw, room < CHUNK ? room : CHUNK);
		encoding_give(in->encoding, got);
		in->ended = got == 0 || in->error != NULL;
	}
	return got;
}

static void
mend_lines(char *p, size_t n)
{
	char *end = p + n;

	for (; (p = memchr(p, '\r', (size_t)(end - p))) != NULL; p++)
		*p = '\n';
}

void
input_lines(struct input *in)
{
	size_t n = input_fill(in, LINE);
	char *s = in->window + in->head;

	in->returns = memchr(s, '\n', n) == NULL && memchr(s, '\r', n) != NULL;
	if (in->returns)
		mend_lines(s, n);
}

size_t
input_fill(struct input *in, size_t n)
{
	size_t got;

	/* behind an error there may be bytes that are still to be converted */
	while (in->tail - in->head < n && !in->eof &&
	    (in->error == NULL || in->encoding != NULL)) {
		if (in->head > 0) {
			memmove(in->window, in->window + in->head,
			    in->tail - in->head);
			in->tail -= in->head;
			in->head = 0;
		}
		if (n > in->cap) {
			in->cap = n > 2 * in->cap ? n : 2 * in->cap;
			in->window = xreallocarray(in->window, in->cap, 1);
		}
		got = in->encoding != NULL ?
		    read_text(in, in->window + in->tail, in->cap - in->tail) :
		    read_data(in, in->window + in->tail, in->cap - in->tail);
		if (in->returns)
			mend_lines(in->window + in->tail, got);
		in->tail += got;
		if (got == 0)
			in->eof = true;
	}
	return in->tail - in->head;
}

static uint64_t
count_lines(const char *p, const char *end)
{
	uint64_t lines = 0;

#ifdef __SSE2__
	while (end - p >= 16) {
		const __m128i zero = _mm_setzero_si128();
		__m128i sum = zero;
		int i;

		/* sixteen counts, of a byte each, which are then added */
		for (i = 0; i < 255 && end - p >= 16; i++, p += 16)
			sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(
			    _mm_loadu_si128((const void *)p),
			    _mm_set1_epi8('\n')));
		sum = _mm_sad_epu8(sum, zero);
		lines += (uint64_t)_mm_cvtsi128_si32(sum) + (uint64_t)
		    _mm_cvtsi128_si32(_mm_unpackhi_epi64(sum, zero));
	}
#endif
	for (; p < end; p++)
		lines += *p == '\n';
	return lines;
}

void
input_skip(struct input *in, size_t n)
{
	const char *p = input_head(in);

	in->line += count_lines(p, p + n);
	in->head += n;
	in->offset += n;
}

void
input_all(struct input *in, struct buf *b)
{
	size_t n;

	while ((n = input_fill(in, 1)) > 0) {
		buf_add(b, input_head(in), n);
		input_skip(in, n);
	}
}

void
input_skip_bom(struct input *in)
{
	if (input_fill(in, 3) >= 3 &&
	    memcmp(input_head(in), "\xef\xbb\xbf", 3) == 0)
		input_skip(in, 3);
}

bool
input_text(struct input *in, const char *name)
{
	size_t have = input_fill(in, 4), room;

	/* behind the mark of UTF-8 there is nothing to choose */
	if (in->encoding != NULL || in->offset > 0 ||
	    (name = encoding_choose(name, input_head(in), have)) == NULL)
		return true;
	in->encoding = encoding_new(name);
	if (in->encoding == NULL)
		return false;
	memcpy(encoding_room(in->encoding, have, &room), input_head(in), have);
	encoding_give(in->encoding, have);
	in->head = in->tail = 0;
	in->ended = in->eof || in->error != NULL;
	in->eof = false;
	input_skip_bom(in);
	return true;
}

const char *
input_encoding(const struct input *in)
{
	return in->encoding != NULL ? encoding_name(in->encoding) : "UTF-8";
}

uint64_t
input_place(struct input *in, uint64_t offset)
{
	return in->encoding != NULL ? encoding_place(in->encoding, offset) :
	    offset;
}

void
input_places_behind(struct input *in, uint64_t n)
{
	in->behind = n;
}

void
input_skip_line(struct input *in, size_t n)
{
	const char *nl = NULL;

	do {
		in->head += n;
		in->offset += n;
		n = input_fill(in, 1);
		nl = n > 0 ? memchr(input_head(in), '\n', n) : NULL;
	} while (n > 0 && nl == NULL);
	if (nl != NULL)
		input_skip(in, (size_t)(nl + 1 - input_head(in)));
}

int
input_line(struct input *in, size_t max, const char **line, size_t *len,
    uint64_t *at, uint64_t *lineno)
{
	static struct buf kept;
	size_t have, want = 1, seen = 0;
	const char *nl;

	*at = in->offset;
	*lineno = in->line;
	for (;;) {
		have = input_fill(in, want);
		nl = have > seen ? memchr(input_head(in) + seen, '\n',
		    have - seen) : NULL;
		if (nl != NULL || have < want)
			break;
		if (have > max + 2) {
			buf_reset(&kept);
			buf_add(&kept, input_head(in), max < 4096 ? max : 4096);
			*line = kept.p;
			*len = kept.len;
			input_skip_line(in, have);
			return -1;
		}
		seen = have;
		want = have + 1;
	}
	if (nl == NULL && have == 0)
		return 0;
	*line = input_head(in);
	*len = nl != NULL ? (size_t)(nl - *line) : have;
	in->head += *len + (nl != NULL);
	in->offset += *len + (nl != NULL);
	if (nl != NULL)
		in->line++;
	if (*len > 0 && (*line)[*len - 1] == '\r')
		--*len;
	if (*len > max) {
		*len = max < 4096 ? max : 4096;
		return -1;
	}
	return 1;
}

bool
input_cut(const struct input *in)
{
	return in->error != NULL && in->head == in->tail && in->head > 0 &&
	    in->window[in->head - 1] != '\n';
}

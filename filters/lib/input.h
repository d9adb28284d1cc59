/* input - the bytes of a file or of standard input, decompressed, and lines */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"

struct digest;
struct encoding;

/*
 * A byte stream read through a window.  Data compressed with gzip or zstd is
 * recognised by its first bytes.  A zeroed input is a closed one.
 */
struct input {
	int		 fd;
	const char	*path;		/* as given; "-" is standard input */
	uint64_t	 size;		/* of the file in bytes, 0: not known */
	uint64_t	 raw;		/* bytes read from the file so far */
	char		*window;
	size_t		 cap;
	size_t		 head;		/* first byte not consumed */
	size_t		 tail;		/* end of the bytes read */
	uint64_t	 offset;	/* of head in the data, or its text */
	uint64_t	 line;		/* line number of head, from 1 */
	bool		 eof;
	const char	*error;		/* why the stream ended early, or NULL */
	bool		 corrupt;	/* the error is in the data, not the system */
	struct codec	*codec;
	struct digest	*digest;	/* of the bytes of the file, or NULL */
	struct encoding	*encoding;	/* in which text is read, or NULL */
	uint64_t	 behind;	/* see input_places_behind */
	bool		 returns;	/* see input_lines */
	bool		 ended;		/* nothing more to be converted */
};

/*
 * Open path ("-": standard input).  Returns false with errno set.  path is
 * not copied.
 */
bool	 input_open(struct input *, const char *path);
void	 input_close(struct input *);
/*
 * Digest the bytes of the file, compressed as they are, as they are read; call
 * it before any other.
 */
void	 input_digest(struct input *, struct digest *);
/* Read on to the end of the file: what is left is digested but not kept. */
void	 input_drain(struct input *);
/* Append all that is left to the buffer. */
void	 input_all(struct input *, struct buf *);

/*
 * Make at least n unconsumed bytes available (fewer at the end of the data)
 * and return how many there are; input_head points at them until the next
 * call.
 */
size_t	 input_fill(struct input *, size_t n);
static inline const char *
input_head(const struct input *in)
{
	return in->window + in->head;
}
/* Consume n of the available bytes; counts their lines. */
void	 input_skip(struct input *, size_t n);
/* Consume n of the available bytes, which hold no line break, and the rest of
 * their line, however long. */
void	 input_skip_line(struct input *, size_t n);
/* Take a UTF-8 byte order mark off the front of the data. */
void	 input_skip_bom(struct input *);

/*
 * From here on read the text of the data in UTF-8: its encoding is the one of
 * this name or, in spite of it or where it is NULL, what the data shows
 * (encoding_choose).  Nothing but a byte order mark was consumed before.
 * Bytes that are not in the encoding come as ones that are not UTF-8.  false:
 * there is no such encoding.
 */
bool	 input_text(struct input *, const char *encoding);
/*
 * From here on take a carriage return for a line feed, if the data that is next
 * has lines that end with it alone.  What comes is text, in UTF-8.
 */
void	 input_lines(struct input *);
/* The name of the encoding that the text is in. */
const char	*input_encoding(const struct input *);
/*
 * The bytes of the decompressed data that are in front of this offset in the
 * text; the same where the data is UTF-8 itself.  Asked for in rising order,
 * not behind the bytes that were made available, nor in front of the head but
 * for so many bytes as input_places_behind said, none without it.
 */
uint64_t input_place(struct input *, uint64_t offset);
void	 input_places_behind(struct input *, uint64_t);

/*
 * The next line without its end of line ("\n" or "\r\n"), of at most max
 * bytes: it stays valid until the next call.  Returns 1, 0 at the end, or -1
 * for a longer line: *line and *len are then its first bytes, all of it is
 * consumed, and memory stays bounded by max.  *at and *lineno say where it
 * starts.
 */
int	 input_line(struct input *, size_t max, const char **line, size_t *len,
	    uint64_t *at, uint64_t *lineno);
/* Whether an error cut the last line that input_line returned. */
bool	 input_cut(const struct input *);

#endif

/* encoding - text in any encoding of iconv(3) as UTF-8, and where it was */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A stream of bytes goes in, its text in UTF-8 comes out.  What is not in the
 * encoding becomes the byte 0xff, which is in no text of UTF-8, so that only
 * the record is lost that it stands in.
 */
struct encoding;

/*
 * The encoding of a text that begins with these n bytes, four of them at least
 * if it has as many: what a byte order mark says, or else the one that is
 * named, or else (name is NULL) UTF-16 or UTF-32 if the bytes look like them.
 * NULL is UTF-8.  A named UTF-16 or UTF-32 has the byte order that shows, or
 * else the little end first.
 */
const char	*encoding_choose(const char *name, const char *s, size_t n);

/*
 * Begin a stream; NULL where there is no such encoding.  Any other failure of
 * iconv_open(3) ends the process.
 */
struct encoding	*encoding_new(const char *name);
void		 encoding_free(struct encoding *);
const char	*encoding_name(const struct encoding *);

/* Where at least n bytes that follow can be put; *room is how many can. */
char		*encoding_room(struct encoding *, size_t n, size_t *room);
/* So many were put there. */
void		 encoding_give(struct encoding *, size_t n);
/*
 * The next bytes of the text, at most room; returns how many.  0: more has to
 * be given, or with end, which says that no more will be, the text has ended.
 */
size_t		 encoding_take(struct encoding *, char *out, size_t room,
		    bool end);
/*
 * How many bytes of the stream are in front of byte at of the text.  Places
 * are asked for in rising order: the bytes in front of the last one are
 * forgotten.
 */
uint64_t	 encoding_place(struct encoding *, uint64_t at);
/* How many bytes are kept so that places can be told. */
size_t		 encoding_kept(const struct encoding *);

#endif

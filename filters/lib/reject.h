/* reject - the codes of rejects and notes, and their records */
#ifndef REJECT_H
#define REJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* One table holds all codes: reject.def. */
enum reject_code {
#define REJECT(name, code, level, text)	REJECT_##name,
#include "lib/reject.def"
#undef REJECT
	REJECT_CODES
};

/* Where a record stands: in a document of a source, or in the stream. */
struct where {
	const char	*file;		/* for messages */
	const char	*source;	/* NULL: in the stage's own input */
	const char	*sha256;
	const char	*url;
	uint64_t	 line;		/* from 1 */
	uint64_t	 offset;	/* bytes, from 0 */
	const char	*input;		/* the text as it came, or NULL */
	size_t		 len;
};

const char	*reject_name(enum reject_code);
bool		 reject_is_note(enum reject_code);
/* Whether it is a reject that was asked for: no fault, so it has no budget. */
bool		 reject_is_drop(enum reject_code);

/*
 * Append the record of a reject or a note (schemas/reject.json) as a line.
 * field and got (n bytes) may be NULL.  Only a reject has the input.  Texts
 * are cut at 4 KiB, bytes that are not UTF-8 become U+FFFD.
 */
void		 reject_write(struct buf *, const char *stage, enum reject_code,
		    const char *field, const char *got, size_t n,
		    const char *detail, const struct where *);

#endif

/* corrections - what people say against what filters found, in a table */
#ifndef CORRECTIONS_H
#define CORRECTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "lib/reject.h"

/* One table holds all verbs: corrections.def. */
enum correction_verb {
#define CORRECTION(name, verb, filter, fields)	CORRECTION_##name,
#include "lib/corrections.def"
#undef CORRECTION
	CORRECTION_VERBS
};

#define CORRECTION_FIELDS	3	/* of a verb, at most */

struct correction {
	enum correction_verb	 verb;
	const char		*field[CORRECTION_FIELDS];	/* or NULL */
	const char		*text;		/* the line as it is written */
	uint64_t		 line, offset;	/* from 1; bytes, from 0 */
};

/* A zeroed one is empty. */
struct corrections {
	const char		*file;
	struct correction	*v;
	size_t			 n;
};

/*
 * Read the lines with verbs of that filter: VERB FIELD ... and perhaps a
 * comment, parted by tabs; spaces around a field do not count, nor do lines
 * that are empty or begin with #.  What is no such line, also one of another
 * filter, ends the process with EX_CONFIG and a message that names the place;
 * a file that cannot be opened with EX_NOINPUT.  file is not copied.
 */
void	 corrections_read(struct corrections *, const char *file,
	    const char *filter);

/*
 * Tell of a line that is not obeyed, or not any more: a message with its place,
 * and a note, in which url names the file.
 */
void	 corrections_report(const struct corrections *,
	    const struct correction *, enum reject_code, const char *fmt, ...)
	    __attribute__((__format__(printf, 4, 5)));

#endif

/* date_tokens - the numbers and words of dates, and what stands between them */
#ifndef DATE_TOKENS_H
#define DATE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#define TOKENS		32	/* looked at: no date has more */
#define GAP_RANGE	'r'	/* a dash, "to", or what is alike */
#define GAP_OTHER	'?'	/* several marks, or one that dates do not have */

struct token {
	enum {
		NUMBER, MONTH,
		KNOWN,			/* a weekday, a season, "circa" */
		WORD
	} kind;
	int		 value;		/* of a month, or of up to 4 digits */
	size_t		 digits;
	const char	*s;
	/*
	 * What stands in front: '\0' for nothing, ' ', one of "-/.,:" and, but
	 * for the first two, spaces, or one of those above.
	 */
	char		 gap;
	bool		 bare;		/* a number without a letter behind */
	bool		 ordinal;	/* "3rd" */
};

struct tokens {
	struct token	 t[TOKENS];
	size_t		 n;
	bool		 words;		/* has a WORD */
};

/* Take a text apart, up to a time of day such as "T10:00". */
void	 date_split(struct tokens *, const char *);

#endif

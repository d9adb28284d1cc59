/* date_tokens - the numbers and words of dates, and what stands between them */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/calendar.h"
#include "lib/date_tokens.h"

#define DIGITS	"0123456789"

/* Marks between tokens */

/* The length of the mark at s, or 0: there is a letter, a digit or the end. */
static size_t
mark_at(const char *s, char *mark)
{
	static const struct {
		const char	*s;
		char		 mark;
	} marks[] = {
		{ "\xc2\xa0", ' ' }, { "\xe2\x80\xaf", ' ' },
		{ "\xc2\xa9", ' ' },			/* copyright */
		{ "\xe2\x80\x90", GAP_RANGE }, { "\xe2\x80\x91", GAP_RANGE },
		{ "\xe2\x80\x92", GAP_RANGE }, { "\xe2\x80\x93", GAP_RANGE },
		{ "\xe2\x80\x94", GAP_RANGE }, { "\xe2\x80\x95", GAP_RANGE },
		{ "\xe2\x88\x92", GAP_RANGE },
		{ "\xe5\xb9\xb4", '.' }, { "\xe6\x9c\x88", '.' },
		{ "\xe6\x97\xa5", ' ' },		/* year, month, day */
		{ "&", GAP_RANGE }, { "+", GAP_RANGE }, { "~", ' ' },
	};
	size_t i, n;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		n = strlen(marks[i].s);
		if (strncmp(s, marks[i].s, n) == 0) {
			*mark = marks[i].mark;
			return n;
		}
	}
	if (*s == '\0' || isalnum((unsigned char)*s) ||
	    (unsigned char)*s >= 0x80)
		return 0;
	*mark = isspace((unsigned char)*s) ? ' ' :
	    strchr("-/.,:", *s) != NULL ? *s : GAP_OTHER;
	return 1;
}

/* The gap that a mark more makes: "." and " " is ".", "-" and " " a range. */
static char
widen(char gap, char mark)
{
	static const char *const pairs[] = { "  ", "- r", "/ r", ". .", ", ,",
	    ": :", "r r", " -r", " /r", " rr", " ,,", "--r", "-rr", "r-r",
	    "rrr", ".-r", "./r", ".rr", ".,,", NULL };
	const char *const *p;

	if (gap == '\0' || gap == mark)
		return gap == '\0' || mark == ' ' ? mark :
		    mark == '-' || mark == GAP_RANGE ? GAP_RANGE : GAP_OTHER;
	for (p = pairs; *p != NULL; p++)
		if ((*p)[0] == gap && (*p)[1] == mark)
			return (*p)[2];
	return GAP_OTHER;
}

/* Tokens */

static bool
is_word(const char *const *list, const char *s, size_t n)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == n && strncasecmp(*list, s, n) == 0)
			return true;
	return false;
}

/* Take the word at s.  False: no date goes on there. */
static bool
take_word(struct tokens *r, const char *s, size_t n, char *gap)
{
	static const char *const known[] = { "c", "ca", "circa", "copyright",
	    "spring", "summer", "autumn", "fall", "winter", "mon", "monday",
	    "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur",
	    "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun",
	    "sunday", NULL };
	static const char *const ranges[] = { "to", "and", "until", "through",
	    NULL };
	static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
	struct token *last = r->n > 0 ? &r->t[r->n - 1] : NULL;
	bool glued = last != NULL && last->kind == NUMBER && *gap == '\0';
	int month = calendar_month(s, n);

	if (glued && n == 1 && toupper((unsigned char)*s) == 'T' &&
	    isdigit((unsigned char)s[1]))
		return false;
	if (glued && n == 1 && *s == 'Z')
		return true;
	if (glued && is_word(ordinals, s, n)) {
		last->ordinal = true;
		return true;
	}
	if (is_word(ranges, s, n)) {
		*gap = GAP_RANGE;
		return true;
	}
	/* "3rd of May" */
	if (n == 2 && strncasecmp(s, "of", 2) == 0) {
		*gap = ' ';
		return true;
	}
	if (month == 0 && glued)
		last->bare = false;
	r->t[r->n] = (struct token){
		.kind = month > 0 ? MONTH : is_word(known, s, n) ? KNOWN : WORD,
		.value = month, .s = s, .gap = *gap,
	};
	r->words |= r->t[r->n++].kind == WORD;
	*gap = '\0';
	return true;
}

void
date_split(struct tokens *r, const char *s)
{
	char gap = '\0', mark;
	size_t n;

	r->n = 0;
	r->words = false;
	for (; *s != '\0' && r->n < TOKENS; s += n) {
		if ((n = mark_at(s, &mark)) > 0) {
			gap = widen(gap, mark);
		} else if ((n = strspn(s, DIGITS)) > 0) {
			r->t[r->n++] = (struct token){
				.kind = NUMBER, .digits = n, .s = s, .gap = gap,
				.value = n <= 4 ? atoi(s) : 0, .bare = true,
			};
			gap = '\0';
		} else {
			while (s[n] != '\0' && mark_at(s + n, &mark) == 0 &&
			    !isdigit((unsigned char)s[n]))
				n++;
			if (!take_word(r, s, n, &gap))
				return;
		}
	}
}

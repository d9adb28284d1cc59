/* math - TeX between dollars in text */
#include "render/math.h"

/* The same in every locale, and in assets/math.js. */
static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether the dollar at close ends what begins at the one before it. */
static bool
is_pair(const char *open, const char *close, const char *end)
{
	const char *behind = close + 1;

	return close - open > 1 && !is_space(open[1]) && !is_space(close[-1]) &&
	    !(behind < end && *behind >= '0' && *behind <= '9');
}

const char *
math_next(const char *s, const char *end, size_t *len)
{
	const char *open = NULL;

	for (; s < end; s++) {
		if (*s == '\\' && s + 1 < end)
			s++;
		else if (*s == '$' && open != NULL && is_pair(open, s, end)) {
			*len = (size_t)(s + 1 - open);
			return open;
		} else if (*s == '$')
			open = s;
	}
	return NULL;
}

bool
math_is_in(const char *s, size_t n)
{
	size_t len;

	return math_next(s, s + n, &len) != NULL;
}

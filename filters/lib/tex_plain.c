/* tex_plain - what of TeX there is in text of any source */
#include <ctype.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/tex_parts.h"

/* Where the math that begins at p, a dollar, ends, or NULL. */
const char *
tex_math_end(const char *p, const char *end)
{
	const char *q = p + 1;

	if (q < end && *q == '$')
		q++;
	for (; q < end; q++) {
		if (*q == '\\' && q + 1 < end)
			q++;
		else if (*q == '$') {
			q++;
			return q < end && p[1] == '$' && *q == '$' ? q + 1 : q;
		}
	}
	return NULL;
}

/*
 * A slash that JSON escapes, the backslash of a brace that was lost, a sign for
 * a difference of sets.
 */
size_t
tex_plain_sign(const struct buf *b, const char *name, const char *end)
{
	int before = b->len > 0 ? (unsigned char)b->p[b->len - 1] : ' ';
	int behind = name + 1 < end ? (unsigned char)name[1] : ' ';

	switch (*name) {
	case '/':
		return isalnum(before) && isalnum(behind) ? 1 : 0;
	case '-':
		return (isalpha(before) || before >= 0x80) &&
		    (isalpha(behind) || behind >= 0x80) ? 0 : 2;
	case ' ':
		return before == ' ' ? 2 : 0;
	default:
		return 0;
	}
}

/* Whether the buffer ends with a command that lost its backslash. */
static bool
ends_with_command(const struct buf *b)
{
	static const char *const names[] = { "bar", "boldsymbol", "frac", "hat",
	    "mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm",
	    "mathscr", "mathsf", "mathtt", "operatorname", "overline", "sqrt",
	    "text", "tilde", "underline", "vec", "widehat", "widetilde" };
	size_t n = 0, i;

	while (n < b->len && islower((unsigned char)b->p[b->len - n - 1]))
		n++;
	for (i = 0; n > 0 && i < sizeof(names) / sizeof(names[0]); i++)
		if (tex_is_named(names[i], b->p + b->len - n, n))
			return true;
	return false;
}

bool
tex_is_protective(const struct buf *b, const char *p, const char *close)
{
	const char *q;

	while (p < close && isspace((unsigned char)*p))
		p++;
	/* "{\em this, and that}" */
	for (q = p + 1; q < close && isalpha((unsigned char)*q); q++)
		;
	if (p < close && *p == '\\' && (q == close || *q != '{') &&
	    tex_find(p + 1, (size_t)(q - p - 1))->kind == TEX_FONT)
		return true;
	if (p == close || memchr(p, ',', (size_t)(close - p)) != NULL ||
	    ends_with_command(b))
		return false;
	/* "{$\tau$}" */
	if (*p == '$')
		return tex_math_end(p, close) == close;
	/* not of a formula, "{Ti2(OPri)9}" */
	return *p == '\\' || *p == '{' || (*p >= 'A' && *p <= 'Z' &&
	    memchr(p, '(', (size_t)(close - p)) == NULL);
}

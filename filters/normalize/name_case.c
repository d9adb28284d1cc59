/* name_case - names all in capitals or small letters, written as names are */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "lib/buf.h"
#include "lib/utf8.h"
#include "normalize/name.h"

/* Particles that are small wherever they stand within a name. */
#define SMALL	"de der den des del dos das da von vom zu zur zum ter ten te " \
		"af av"

/* Letters by which a language is known that has an i without a dot. */
static bool
is_turkish(const char *s)
{
	return strstr(s, "İ") != NULL || strstr(s, "ı") != NULL ||
	    strstr(s, "Ş") != NULL || strstr(s, "Ğ") != NULL;
}

static bool
is_vowel(char c)
{
	return strchr("aeiouyAEIOUY", c) != NULL;
}

/* "JP", "KC": two or three letters without a vowel are initials. */
static bool
is_short(const struct name_part *w)
{
	size_t i;

	if (w->n < 2 || w->n > 3 || part_among(w, "md ng st dr mr jr sr"))
		return false;
	for (i = 0; i < w->n; i++)
		if (!isalpha((unsigned char)w->s[i]) || is_vowel(w->s[i]))
			return false;
	return true;
}

/* Whether the i-th of n words is a particle here. */
static bool
is_small(const struct name_part *v, size_t i, size_t n, bool family)
{
	size_t j;

	if ((i == 0 && !family) || i + 1 >= n)
		return false;
	if (part_among(&v[i], SMALL))
		return true;
	if (part_among(&v[i], "la los las"))
		return i > 0 && part_among(&v[i - 1], "de");
	if (!part_among(&v[i], "van"))
		return false;
	/* a name of its own in Vietnam */
	for (j = 0; j < n; j++)
		if (part_is_vietnamese(&v[j]))
			return false;
	return true;
}

/* One word, each part of which begins with a capital. */
static void
add_word(struct buf *b, const struct name_part *w)
{
	const char *s = w->s, *end = s + w->n;
	bool start = true;
	size_t letters = 0, mc = 0;
	int32_t c;

	/* "McCallum", which no other name begins like */
	if (w->n > 4 && strncasecmp(s, "mc", 2) == 0 &&
	    isalpha((unsigned char)s[2]) && isalpha((unsigned char)s[3]))
		mc = 2;
	while (s < end) {
		c = utf8_next(&s);
		if (c < 0x80 ? !isalpha(c) : c == 0x2019 || c == 0x201c ||
		    c == 0x2010 || c == 0x2013) {
			/* "O'Brien", but "Ya'akov" */
			start = (c != '\'' && c != 0x2019) || letters <= 1;
			letters = 0;
			utf8_add(b, c);
			continue;
		}
		utf8_add(b, start || (mc > 0 && letters == mc) ?
		    utf8proc_totitle(c) : utf8proc_tolower(c));
		start = false;
		letters++;
	}
}

void
name_recase(struct buf *b, const char *s, size_t n, bool family)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(s, n, v, NAME_WORDS), last = words, i, j;

	if (words > NAME_WORDS || is_turkish(s)) {
		buf_add(b, s, n);
		return;
	}
	while (last > 1 && (part_is_number(&v[last - 1]) ||
	    name_is_suffix(v[last - 1].s, v[last - 1].n)))
		last--;
	for (i = 0; i < words; i++) {
		if (i > 0)
			buf_addc(b, ' ');
		if ((i >= last && part_among(&v[i], "ii iii iv")) ||
		    (is_short(&v[i]) && i + 1 < last))
			for (j = 0; j < v[i].n; j++)
				buf_addc(b, toupper((unsigned char)v[i].s[j]));
		else if (is_small(v, i, last, family))
			for (j = 0; j < v[i].n; j++)
				buf_addc(b, tolower((unsigned char)v[i].s[j]));
		else
			add_word(b, &v[i]);
	}
}

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

bool
name_is_turkish(const char *s)
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

static bool
ends_word(const char *s, const char *end)
{
	int32_t c;

	if (s == end)
		return true;
	c = utf8_next(&s);
	return utf8proc_tolower(c) == c && utf8proc_toupper(c) == c;
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
		/* "Παπάς": a small sigma at the end is another */
		if (c == 0x3a3 && letters > 0 && ends_word(s, end)) {
			utf8_add(b, 0x3c2);
			continue;
		}
		utf8_add(b, start || (mc > 0 && letters == mc) ?
		    utf8proc_totitle(c) : utf8proc_tolower(c));
		start = false;
		letters++;
	}
}

/* A word behind the name: "III", "PhD", "Jr." */
static void
add_suffix(struct buf *b, const struct name_part *w)
{
	size_t i;

	if (part_among(w, "phd"))
		buf_adds(b, "PhD");
	else if (part_among(w, "ii iii iv md m.d m.d. ph.d ph.d."))
		for (i = 0; i < w->n; i++)
			buf_addc(b, i > 0 && w->s[i - 1] != '.' &&
			    part_among(w, "ph.d ph.d.") ?
			    tolower((unsigned char)w->s[i]) :
			    toupper((unsigned char)w->s[i]));
	else
		add_word(b, w);
}

void
name_recase(struct buf *b, const char *s, size_t n, enum name_member is)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(s, n, v, NAME_WORDS), last = words, i, j;

	if (words > NAME_WORDS) {
		buf_add(b, s, n);
		return;
	}
	while (is != NAME_GIVEN && last > (is == NAME_SUFFIX ? 0 : 1) &&
	    (part_is_number(&v[last - 1]) ||
	    name_is_suffix(v[last - 1].s, v[last - 1].n)))
		last--;
	for (i = 0; i < words; i++) {
		if (i > 0)
			buf_addc(b, ' ');
		if (i >= last)
			add_suffix(b, &v[i]);
		else if (is_short(&v[i]) && (i + 1 < last || is == NAME_GIVEN))
			for (j = 0; j < v[i].n; j++)
				buf_addc(b, toupper((unsigned char)v[i].s[j]));
		else if (is_small(v, i, last, is == NAME_FAMILY))
			for (j = 0; j < v[i].n; j++)
				buf_addc(b, tolower((unsigned char)v[i].s[j]));
		else
			add_word(b, &v[i]);
	}
}

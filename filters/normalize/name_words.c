/* name_words - the words of a name */
#include <ctype.h>
#include <string.h>

#include "lib/utf8.h"
#include "normalize/name.h"

#define LONGEST	31	/* bytes of a word in a list, at most */

size_t
name_words(const char *s, size_t n, struct name_part *v, size_t max)
{
	const char *end = s + n, *from;
	size_t count = 0;

	for (;;) {
		while (s < end && *s == ' ')
			s++;
		if (s == end)
			return count;
		from = s;
		while (s < end && *s != ' ')
			s++;
		if (count < max)
			v[count] = (struct name_part){ from,
			    (size_t)(s - from) };
		count++;
	}
}

bool
part_among(const struct name_part *p, const char *list)
{
	char word[LONGEST + 1];
	const char *at;
	size_t i;

	if (p->n == 0 || p->n > LONGEST)
		return false;
	for (i = 0; i < p->n && p->s[i] != '\0'; i++)
		word[i] = p->s[i] >= 'A' && p->s[i] <= 'Z' ?
		    (char)(p->s[i] | 0x20) : p->s[i];
	word[i] = '\0';
	for (at = list; i == p->n && (at = strstr(at, word)) != NULL; at++)
		if ((at == list || at[-1] == ' ') &&
		    (at[i] == ' ' || at[i] == '\0'))
			return true;
	return false;
}

bool
part_is_number(const struct name_part *p)
{
	size_t i;

	for (i = 0; i < p->n && isdigit((unsigned char)p->s[i]); i++)
		;
	return i == 4 && p->n == 4;
}

bool
part_is_vietnamese(const struct name_part *p)
{
	return part_among(p, "nguyen nguyễn tran trần le lê pham phạm hoang "
	    "hoàng huynh huỳnh phan vu vũ vo võ dang đặng bui bùi do đỗ ngo "
	    "ngô duong dương dinh đinh truong trương trinh trịnh doan đoàn");
}

bool
name_is_eastern(const struct name_part *given, const struct name_part *family)
{
	return given->n > 0 && given->n <= 9 && family->n > 0 &&
	    family->n <= 6 && name_scripts(given->s, given->n) ==
	    SCRIPT_EAST && name_scripts(family->s, family->n) == SCRIPT_EAST;
}

int
name_scripts(const char *s, size_t n)
{
	const char *end = s + n;
	int scripts = 0;
	int32_t c;

	while (s < end) {
		c = utf8_next(&s);
		if (c < 0x80 ? isalpha(c) : c >= 0xc0 && c < 0x250)
			scripts |= SCRIPT_LATIN;
		else if (c >= 0x370 && c < 0x2000 && (c < 0x1e00 || c > 0x1eff))
			scripts |= SCRIPT_OTHER;
		else if (c >= 0x1e00 && c <= 0x1eff)
			scripts |= SCRIPT_LATIN;
		else if ((c >= 0x3040 && c < 0xe000) ||
		    (c >= 0x20000 && c < 0x40000))
			scripts |= SCRIPT_EAST;
	}
	return scripts;
}

bool
name_all_among(const char *s, size_t n, const char *seps, const char *list)
{
	const char *end = s + n;
	struct name_part p;
	size_t words = 0;

	while (s < end) {
		p.s = s;
		while (s < end && strchr(seps, *s) == NULL)
			s++;
		p.n = (size_t)(s - p.s);
		if (p.n > 0 && !part_among(&p, list))
			return false;
		words += p.n > 0;
		if (s < end)
			s++;
	}
	return words > 0;
}

bool
name_has_among(const char *s, size_t n, const char *list)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(s, n, v, NAME_WORDS), i;

	for (i = 0; i < words && i < NAME_WORDS; i++)
		if (part_among(&v[i], list))
			return true;
	return false;
}

bool
name_is_no_person(const char *s, size_t n)
{
	bool letter = n > 0 && isalpha((unsigned char)*s);

	/* no need to look at all others */
	if (letter && strchr("AaUuJjEeCc", *s) == NULL)
		return false;
	return (!letter && name_scripts(s, n) == 0) || name_is_nobody(s, n) ||
	    (n > 1 && name_all_among(s, n, "[] ",
	    "a anonymous author authors unknown")) ||
	    (name_has_among(s, n, "author authors contribution contributions "
	    "contributed") && name_has_among(s, n, "joint primary equal "
	    "equally corresponding"));
}

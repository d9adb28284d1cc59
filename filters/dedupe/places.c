/* places - where in a venue a paper stands: pages, volume, number */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "dedupe/hash.h"
#include "dedupe/places.h"
#include "dedupe/traits.h"

#define DIGITS	"0123456789"

static uint32_t
page_of(const char *s, size_t n)
{
	size_t letters, i;
	uint32_t v = 0, h;

	for (letters = 0; letters < n &&
	    isalpha((unsigned char)s[letters]); letters++)
		;
	for (i = letters; i < n && v < 100000000 &&
	    isdigit((unsigned char)s[i]); i++)
		v = v * 10 + (uint32_t)(s[i] - '0');
	if (n == 0)
		return 0;
	if (i < n || i == letters || v >= 1u << PAGE_BITS)
		return hash32(s, n) | PAGE_HASHED;
	h = letters > 0 ? hash32(s, letters) % 511 + 1 : 0;
	return v == 0 && h == 0 ? PAGE_HASHED : h << PAGE_BITS | v;
}

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

/* "Sep" as a spreadsheet makes it of 9, or 0. */
static uint32_t
month(const char *s, size_t n)
{
	char m[4] = "";
	const char *p;
	size_t i;

	if (n != 3)
		return 0;
	for (i = 0; i < 3; i++)
		m[i] = (char)tolower((unsigned char)s[i]);
	p = strstr(months, m);
	return p != NULL && (p - months) % 3 == 0 ?
	    (uint32_t)(p - months) / 3 + 1 : 0;
}

static uint32_t
power_of_ten(uint32_t above)
{
	uint32_t p = 1;

	while (p <= above)
		p *= 10;
	return p;
}

/* "392401" is 392 to 401: two pages that lost what was between them. */
static void
part_pages(struct traits *t, const char *s, size_t n)
{
	uint32_t a, b;

	if (n % 2 != 0 || n < 6 || n > 8 || strspn(s, DIGITS) < n)
		return;
	a = page_of(s, n / 2);
	b = page_of(s + n / 2, n / 2);
	if (a < b && b - a < 100 && *s != '0') {
		t->page = a;
		t->last_page = b;
	}
}

/* "91-7" is 91 to 97, "01-Sep" 1 to 9. */
void
places_set_pages(struct traits *t, const char *s)
{
	size_t n, m;
	uint32_t v, ten;

	if (s == NULL || strpbrk(s, DIGITS) == NULL)
		return;
	s += strspn(s, "\"' p.");
	n = strcspn(s, "-,;+ \"'");
	t->page = page_of(s, n);
	part_pages(t, s, n);
	s += n;
	s += strspn(s, "- ");
	m = strcspn(s, "-,;+ \"'");
	if (m > 0 && (v = page_of(s, m)) != PAGE_HASHED)
		t->last_page = v;
	if ((v = month(s, m)) != 0 && t->page < 32)
		t->last_page = v;
	if (t->last_page != 0 && t->last_page < t->page && t->page < PAGE_HASHED &&
	    PAGE_LETTERS(t->last_page) == 0) {
		ten = power_of_ten(t->last_page);
		v = PAGE_NUMBER(t->page);
		v = v / ten * ten + t->last_page;
		t->last_page = v < PAGE_NUMBER(t->page) ? 0 :
		    v | PAGE_LETTERS(t->page) << PAGE_BITS;
	}
	if (t->last_page == 0)
		t->last_page = t->page;
}

/* Whether "p", "pp", "pages", but not "plates". */
static bool
is_pages(const char *s)
{
	size_t n = strspn(s, "pP");

	return (n > 0 && !isalpha((unsigned char)s[n])) ||
	    strncasecmp(s, "pag", 3) == 0;
}

/* "62 p", "xii, 127 pages : ill." */
void
places_set_extent(struct traits *t, const char *s)
{
	size_t n;

	if (s == NULL || t->page != 0)
		return;
	for (; *(s += strcspn(s, DIGITS)) != '\0'; s += n) {
		n = strspn(s, DIGITS);
		if (is_pages(s + n + strspn(s + n, " "))) {
			t->last_page = page_of(s, n);
			return;
		}
	}
}

/* A text of digits and letters by its first run of them: "103(2)" is 103. */
static uint32_t
serial(const char *s, const char **behind)
{
	size_t n;

	s += strcspn(s, DIGITS "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	n = strspn(s, DIGITS "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	*behind = s + n;
	return page_of(s, n);
}

void
places_set_volume(struct traits *t, const char *volume, const char *number)
{
	const char *rest;

	if (number != NULL && strpbrk(number, DIGITS) != NULL)
		t->number = serial(number, &rest);
	if (volume == NULL || strpbrk(volume, DIGITS) == NULL)
		return;
	t->volume = serial(volume, &rest);
	if (*rest == '(' && t->number == 0)
		t->number = serial(rest + 1, &rest);
	if (*rest == ')' && rest[1] == ':' && t->page == 0)
		places_set_pages(t, rest + 2);
	/* a volume that is the year is told by the year */
	if (t->volume == (uint32_t)t->year)
		t->volume = 0;
}

/* marc_host - what a record of MARC 21 is a part of: a journal, book, series */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/date.h"
#include "lib/json.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/marc.h"
#include "parse/parts.h"

/* The member that a word in front of a number is of, or NULL. */
static const char *
member_of(const char *s, size_t n)
{
	static const struct {
		const char	*member;
		const char	*words[10];
	} known[] = {
		{ "volume", { "volume", "vol", "v", "bd", "band", "jg",
		    "jahrgang", "tome", "t" } },
		{ "number", { "number", "no", "nr", "n", "issue", "iss",
		    "heft", "h" } },
		{ "pages", { "pages", "page", "p", "pp", "seite", "seiten",
		    "s" } },
		{ "year", { "year" } },
	};
	size_t i;
	const char *word = arena_strndup(entry_arena(), s, n);

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (words_have(known[i].words, word))
			return known[i].member;
	return NULL;
}

/*
 * One designation: "Vol. 13", "pages:447-473", "no. 5".  False: it is none;
 * then it has set nothing.
 */
static bool
set_part(struct json *paper, const char *s, size_t n)
{
	const char *member;
	size_t word;

	for (; n > 0 && *s == ' '; n--)
		s++;
	while (n > 0 && strchr(" .", s[n - 1]) != NULL)
		n--;
	for (word = 0; word < n && isalpha((unsigned char)s[word]); word++)
		;
	if ((member = member_of(s, word)) == NULL)
		return false;
	for (s += word, n -= word; n > 0 && strchr(" .:", *s) != NULL; n--)
		s++;
	if (n == 0 || (!isdigit((unsigned char)*s) && word == 1))
		return false;
	entry_text(paper, member, s, n);
	return true;
}

/* "(1985)", "(Feb. 1948)" */
static bool
set_year(struct json *paper, const char *s, size_t n)
{
	struct date d = date_read(arena_strndup(entry_arena(), s, n));

	if (json_get(paper, "year") == NULL)
		parts_dates(paper, &d, 1);
	return d.year != 0;
}

/* "Vol. 17, no. 98 (Feb. 1948), p. 78-159"; what is not told apart is kept. */
static void
set_related(struct json *paper, const char *s)
{
	const char *p;
	size_t n;
	bool all = true;

	for (p = s; *p != '\0'; p += n + (p[n] != '\0')) {
		n = strcspn(p, ",;()");
		if (strspn(p, " ") == n)
			continue;
		all = (p > s && p[-1] == '(' ? set_year(paper, p, n) :
		    set_part(paper, p, n)) && all;
	}
	if (!all)
		entry_append(paper, "related_parts", s, strlen(s));
}

/* "17:98<78": volume, number, page; of more levels only the page is sure. */
static void
set_enumeration(struct json *paper, const char *s)
{
	size_t n = strcspn(s, "<"), first = strcspn(s, ":<");
	const char *second = first < n ? s + first + 1 : s + n;

	if (s[n] == '<')
		entry_str(paper, "pages", s + n + 1);
	if (memchr(second, ':', (size_t)(s + n - second)) != NULL) {
		entry_append(paper, "related_parts", s, strlen(s));
		return;
	}
	entry_text(paper, "volume", s, first);
	entry_text(paper, "number", second, (size_t)(s + n - second));
}

/* Of libraries in "t", "g", "q", of CERN in "p", "v", "n", "c", "y". */
static void
set_host(struct json *paper, const struct node *n)
{
	const struct node *c;
	const char *s;

	entry_str(paper, "venue", marc_subfield(n, "t"));
	s = marc_marked(marc_next_subfield(tree_child(n, "subfield"), "p"));
	if (*marc_subfield(n, "t") != '\0')
		entry_str(paper, "abbreviated_title", s);
	else
		entry_str(paper, "venue", s);
	entry_str(paper, "volume", marc_subfield(n, "v"));
	entry_str(paper, "number", marc_subfield(n, "n"));
	entry_str(paper, "pages", marc_subfield(n, "c"));
	entry_str(paper, "year", marc_subfield(n, "y"));
	MARC_EACH_SUBFIELD(c, n, "g")
		set_related(paper, marc_text(c));
	MARC_EACH_SUBFIELD(c, n, "q")
		set_enumeration(paper, marc_line(c));
	MARC_EACH_SUBFIELD(c, n, "x") {
		s = marc_line(c);
		if (strspn(s, "0123456789-Xx ") == strlen(s))
			entry_issn(paper, s);
		else	/* of CERN */
			entry_append(paper, "related_parts", s, strlen(s));
	}
	entry_str(paper, "isbn", marc_subfield(n, "z"));
	parts_again(paper, "host_imprint", marc_subfield(n, "d"));
}

/* In 830 as the series is called, in 490 as the book has it. */
static bool
set_series(struct json *paper, const struct node *record, const char *tag)
{
	const struct node *n;
	const char *s;

	MARC_EACH_FIELD(n, record, tag) {
		parts_again(paper, "series", marc_title(n));
		s = marc_subfield(n, "v");
		if (*s != '\0' && !set_part(paper, s, strlen(s)))
			entry_str(paper, "volume", s);
		entry_issn(paper, marc_line(marc_next_subfield(tree_child(n,
		    "subfield"), "x")));
	}
	return marc_has(record, tag);
}

void
marc_host(struct json *paper, const struct node *record)
{
	const struct node *n;

	MARC_EACH_FIELD(n, record, "773")
		set_host(paper, n);
	if (!set_series(paper, record, "830"))
		set_series(paper, record, "490");
}

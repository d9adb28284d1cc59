/* arxiv_authors - the authors of <arXivRaw>, all in one string */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/text.h"
#include "parse/arxiv.h"
#include "parse/format.h"
#include "parse/parts.h"

/*
 * "The X Collaboration: A. Lee (MIT), B. Dai (1 and 2) for the Y Group ((1)
 * CMU, (2) Oxford (UK))".  The rules are those of arXiv's own reader, whose
 * outcome <arXiv> has (arXiv help, "Title and Abstract Fields"; arxiv-base,
 * authors/__init__.py): commas, colons and "and" part names, an affiliation is
 * also that of the authors before it who have none.
 */

/* One author, or a collaboration. */
struct author {
	struct json	*person;
	bool		 body;
	bool		 told;		/* has marks or an affiliation */
	bool		 suffix;
	struct buf	 marks;		/* "1,2" */
	struct buf	 affiliation;
};

struct reader {
	struct json	*paper;
	struct author	*v;
	size_t		 n;
	size_t		 cap;
	struct intern	 marks;		/* of the list of affiliations */
	struct text {
		const char	*s;
		size_t		 n;
		bool		 used;
	}		*affiliation;	/* by the number of the mark */
	size_t		 affiliationcap;
	size_t		 lost;		/* marks without one */
};

/* Whether a text begins with the words, in any case. */
static bool
begins(const char *s, size_t n, const char *words)
{
	size_t len = strlen(words);

	return n >= len && strncasecmp(s, words, len) == 0;
}

/* Where words stand behind a space or at the beginning, or NULL. */
static const char *
find_words(const char *s, size_t n, const char *words)
{
	size_t len = strlen(words), i;

	for (i = 0; i + len < n; i++)
		if (strncasecmp(s + i, words, len) == 0 && (i == 0 ||
		    s[i - 1] == ' '))
			return s + i;
	return NULL;
}

/* Whether the last word says that it is not a person: "CMS Collaboration". */
static bool
is_collaboration(const char *s, size_t n)
{
	static const char *const words[] = { "collaboration",
	    "collaborations", "consortium", "group", "team" };
	size_t len = 0, i;

	while (len < n && s[n - 1 - len] != ' ')
		len++;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (len < n && strlen(words[i]) == len &&
		    strncasecmp(s + n - len, words[i], len) == 0)
			return true;
	return false;
}

static void
add_author(struct reader *r, const char *s, size_t n, bool body)
{
	struct json *people = entry_people(r->paper, "authors"), *person;

	text_trim(&s, &n);
	body = body || is_collaboration(s, n);
	person = body ? parts_group(people, arena_strndup(entry_arena(), s,
	    n)) : entry_person(people, s, n);
	if (person == NULL)
		return;
	grow(&r->v, &r->cap, r->n + 1, sizeof(*r->v));
	r->v[r->n++] = (struct author){ .person = person, .body = body };
}

/* "for the X", "on behalf of the X": the X of the last n bytes at s. */
static const char *
find_behalf(const char *s, size_t n, size_t *before)
{
	static const char *const words[] = { "for the ", "on behalf of the ",
	    "on behalf of " };
	const char *at;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((at = find_words(s, n, words[i])) != NULL) {
			*before = (size_t)(at - s);
			return at + strlen(words[i]);
		}
	return NULL;
}

/* What stands between two marks: a name, with more in it or not. */
static void
take_name(struct reader *r, const char *s, size_t n, bool body)
{
	const char *behalf;
	struct author *last = r->n > 0 ? &r->v[r->n - 1] : NULL;
	size_t before;
	struct buf b = { 0 };

	text_trim(&s, &n);
	if (name_is_more(s, n) || name_cut_more(s, &n))
		entry_et_al(r->paper, "authors");
	if (n == 0 || name_is_more(s, n))
		return;
	if (last != NULL && !last->suffix && !body && name_is_suffix(s, n)) {
		last->suffix = true;
		buf_addf(&b, "%s, %.*s", json_get_str(last->person, "name"),
		    (int)n, s);
		json_set(entry_arena(), last->person, "name", json_string(
		    entry_arena(), b.p, b.len));
		buf_free(&b);
	} else if ((behalf = find_behalf(s, n, &before)) != NULL) {
		add_author(r, s, before, false);
		add_author(r, behalf, n - (size_t)(behalf - s), true);
	} else
		add_author(r, s, n, body);
}

/* Affiliations of their own */

/* Whether it is "1", "2, 3 and 4", "a", "*": marks of a list. */
static bool
is_marks(const char *s, size_t n)
{
	const char *end = s + n;
	size_t len;

	for (; s < end; s += len + (s + len < end)) {
		for (len = 0; s + len < end && strchr(", &;", s[len]) == NULL;
		    len++)
			;
		if (len > 3 || (len == 3 && !isdigit((unsigned char)*s) &&
		    strncasecmp(s, "and", 3) != 0) || (len == 2 &&
		    isalpha((unsigned char)*s)))
			return false;
	}
	return n > 0;
}

/* Where the parenthesis at s closes, or its text ends. */
static const char *
closing(const char *s)
{
	size_t depth = 0;

	for (; *s != '\0'; s++)
		if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			break;
	return s;
}

/* "(1) MIT, (2) Oxford (UK)" */
static void
take_list(struct reader *r, const char *s, const char *end)
{
	const char *mark, *text, *p;
	size_t i, n;

	while (s < end && (mark = memchr(s, '(', (size_t)(end - s))) != NULL) {
		text = closing(mark);
		if (text >= end)
			break;
		for (p = ++text; p < end; p++)
			if (*p == '(') {
				n = (size_t)(closing(p) - p);
				if (is_marks(p + 1, n - 1))
					break;
				p += n;
			}
		s = p < end ? p : end;
		n = (size_t)(s - text);
		while (n > 0 && strchr(" ,;.", text[n - 1]) != NULL)
			n--;
		text_trim(&text, &n);
		i = intern(&r->marks, mark + 1, strcspn(mark + 1, ") "));
		grow(&r->affiliation, &r->affiliationcap, i + 1,
		    sizeof(*r->affiliation));
		r->affiliation[i] = (struct text){ .n = n,
		    .s = arena_strndup(entry_arena(), text, n) };
	}
}

/* What is in parentheses, behind a name. */
static void
take_group(struct reader *r, const char *s, const char *end)
{
	struct author *last = r->n > 0 ? &r->v[r->n - 1] : NULL;
	size_t n = (size_t)(end - s), before;
	const char *name;

	text_trim(&s, &n);
	if (n == 0)
		return;
	if (*s == '(')
		take_list(r, s, s + n);
	else if ((name = find_behalf(s, n, &before)) != NULL && before == 0)
		add_author(r, name, n - (size_t)(name - s), true);
	else if (is_collaboration(s, n) && memchr(s, ',', n) == NULL)
		add_author(r, s, n, true);
	else if (last == NULL || begins(s, n, "with ") ||
	    begins(s, n, "appendix ") || (last->marks.len > 0 &&
	    isdigit((unsigned char)*s) && !is_marks(s, n)))
		filter_note(REJECT_DROPPED_VALUE, "authors", s, n,
		    "in parentheses, and no affiliation");
	else if (is_marks(s, n)) {
		buf_add(&last->marks, s, n);
		buf_addc(&last->marks, ' ');
		last->told = true;
	} else {
		parts_join(&last->affiliation, arena_strndup(entry_arena(), s,
		    n));
		last->told = true;
	}
}

/* Names */

/* The length of what parts names at s, where a word begins or not, or 0. */
static size_t
separator(const char *s, bool first)
{
	if (strchr(",;:", *s) != NULL)
		return 1;
	if (first && *s == '&' && s[1] == ' ')
		return 1;
	return first && strncasecmp(s, "and ", 4) == 0 ? 3 : 0;
}

/* "Yuan (Alan) Qi": a word in parentheses with more of the name behind. */
static bool
is_nickname(const char *open, const char *close)
{
	const char *s;

	if (*close == '\0' || close[1] != ' ' ||
	    !isalpha((unsigned char)close[2]) ||
	    separator(close + 2, true) > 0 ||
	    strncasecmp(close + 2, "for the ", 8) == 0 ||
	    strncasecmp(close + 2, "on behalf ", 10) == 0)
		return false;
	if (!isupper((unsigned char)open[1]) || !islower((unsigned char)open[2]))
		return false;
	for (s = open + 1; s < close; s++)
		if (!isalpha((unsigned char)*s) && (*s & 0x80) == 0)
			return false;
	return true;
}

static void
read_names(struct reader *r, const char *s)
{
	const char *from = s, *close;
	size_t len;
	bool first = true;

	for (; *s != '\0'; first = *s == ' ', s++) {
		if (*s == '(') {
			close = closing(s);
			if (s > from && is_nickname(s, close)) {
				s = close;
				continue;
			}
			take_name(r, from, (size_t)(s - from), false);
			take_group(r, s + 1, close);
			if (*close == '\0')
				return;
			s = close;
			from = s + 1;
		} else if ((len = separator(s, first)) > 0) {
			take_name(r, from, (size_t)(s - from), *s == ':');
			from = s + len;
			s = from - 1;
		}
	}
	take_name(r, from, (size_t)(s - from), false);
}

/* room: bytes that the affiliations of all may still take. */
static void
resolve(struct reader *r, struct author *a, size_t *room)
{
	struct text *text;
	const char *s;
	uint32_t i;
	size_t n;

	for (s = a->marks.p; *s != '\0'; s += n) {
		s += strspn(s, ", &;");
		n = strcspn(s, ", &;");
		if (n == 0 || (n == 3 && strncasecmp(s, "and", 3) == 0))
			continue;
		i = intern_find(&r->marks, s, n);
		text = i != UINT32_MAX ? &r->affiliation[i] : NULL;
		if (text == NULL || text->n > *room) {
			r->lost++;
			continue;
		}
		*room -= text->n;
		text->used = true;
		parts_join(&a->affiliation, text->s);
	}
}

static void
set_affiliations(struct reader *r)
{
	size_t room = filter_max_record(), i;
	struct author *a;
	struct text text = { 0 };

	for (i = r->n; i-- > 0; ) {
		a = &r->v[i];
		if (a->marks.len > 0)
			resolve(r, a, &room);
		buf_free(&a->marks);
		if (!a->body && !a->told && text.s != NULL && text.n <= room) {
			room -= text.n;
			parts_join(&a->affiliation, text.s);
		}
		parts_set(a->person, "affiliation", &a->affiliation);
		if (a->body || a->told) {
			text.s = a->body ? NULL : json_get_str(a->person,
			    "affiliation");
			text.n = text.s != NULL ? strlen(text.s) : 0;
		}
	}
}

/* What is in the list and was given to nobody is not lost unseen. */
static void
tell_lost(const struct reader *r)
{
	const struct text *text = NULL;
	size_t unused = 0, i;

	if (r->lost > 0)
		filter_note(REJECT_DROPPED_VALUE, "authors", NULL, 0,
		    "%zu marks of no affiliation", r->lost);
	for (i = r->marks.n; i-- > 0; )
		if (!r->affiliation[i].used && r->affiliation[i].n > 0) {
			text = &r->affiliation[i];
			unused++;
		}
	if (unused > 0)
		filter_note(REJECT_DROPPED_VALUE, "authors", text->s, text->n,
		    "%zu affiliations of nobody", unused);
}

void
arxiv_authors(struct json *paper, const char *s)
{
	struct reader r = { .paper = paper };

	read_names(&r, parts_line(s));
	set_affiliations(&r);
	tell_lost(&r);
	free(r.v);
	free(r.affiliation);
	intern_free(&r.marks);
}

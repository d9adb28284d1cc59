/* parts - what the members of a paper are made of where it comes in parts */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/text.h"
#include "lib/words.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/tree.h"

#define LOOKED	256	/* keywords: hostile lists are longer */

static bool
is_empty(const char *s)
{
	size_t n;

	if (s == NULL)
		return true;
	n = strlen(s);
	text_trim(&s, &n);
	return n == 0;
}

/* The text of a buffer in the arena of the entry; frees the buffer. */
static const char *
done(struct buf *b)
{
	const char *s = arena_strndup(entry_arena(), b->p != NULL ? b->p : "",
	    b->len);

	buf_free(b);
	return s;
}

/* Texts */

/* Whether all white space in s is single spaces inside. */
static bool
is_line(const char *s)
{
	if (*s == ' ')
		return false;
	for (; *s != '\0'; s++)
		if ((*s == ' ' && (s[1] == ' ' || s[1] == '\0')) ||
		    (*s >= '\t' && *s <= '\r'))
			return false;
	return true;
}

const char *
parts_line(const char *s)
{
	struct buf b = { 0 };

	if (is_line(s))
		return arena_strndup(entry_arena(), s, strlen(s));
	for (;;) {
		s += strspn(s, " \t\r\n\f\v");
		if (*s == '\0')
			break;
		if (b.len > 0)
			buf_addc(&b, ' ');
		for (; *s != '\0' && strchr(" \t\r\n\f\v", *s) == NULL; s++)
			buf_addc(&b, *s);
	}
	return done(&b);
}

void
parts_join(struct buf *b, const char *s)
{
	if (is_empty(s))
		return;
	if (b->len > 0)
		buf_adds(b, "; ");
	buf_adds(b, parts_line(s));
}

void
parts_set(struct json *o, const char *member, struct buf *b)
{
	if (b->len > 0)
		entry_text(o, member, b->p, b->len);
	buf_free(b);
}

void
parts_children(struct json *o, const char *member, const struct node *n,
    const char *name)
{
	struct buf b = { 0 };

	for (n = tree_child(n, name); n != NULL; n = tree_next(n))
		parts_join(&b, tree_text(n));
	parts_set(o, member, &b);
}

void
parts_again(struct json *o, const char *member, const char *s)
{
	entry_foreign_again(o, "", member, strlen(member), s, strlen(s));
}

void
parts_title(struct json *paper, const char *title, const char *subtitle)
{
	struct buf b = { 0 };

	if (!is_empty(title))
		buf_adds(&b, parts_line(title));
	if (!is_empty(subtitle)) {
		if (b.len > 0)
			buf_adds(&b, b.p[b.len - 1] == ':' ? " " : ": ");
		buf_adds(&b, parts_line(subtitle));
	}
	parts_set(paper, "title", &b);
}

/* People */

/* Whether a text begins with a character of Chinese, Japanese or Korean. */
static bool
is_wide(const char *s)
{
	return (unsigned char)*s >= 0xe3;
}

bool
parts_is_eastern(const char *given, const char *family)
{
	return given != NULL && family != NULL && is_wide(given) &&
	    is_wide(family);
}

struct json *
parts_person(struct json *people, const char *given, const char *family,
    const char *suffix)
{
	const char *part[3];
	struct buf b = { 0 };
	struct json *person;
	size_t i;

	if (is_empty(suffix) && parts_is_eastern(given, family))
		return parts_eastern(people, given, family);
	part[0] = given;
	part[1] = family;
	part[2] = suffix;
	for (i = 0; i < 3; i++)
		if (!is_empty(part[i])) {
			if (b.len > 0)
				buf_addc(&b, ' ');
			buf_adds(&b, parts_line(part[i]));
		}
	person = entry_person(people, b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	if (person == NULL)
		return NULL;
	entry_str(person, "given", given);
	entry_str(person, "family", family);
	entry_str(person, "suffix", suffix);
	return person;
}

const char *
parts_suffix(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		s += strspn(s, ", ");
		n = strcspn(s, ",");
		if (name_is_suffix(s, n))
			return arena_strndup(entry_arena(), s, n);
	}
	return "";
}

struct json *
parts_eastern(struct json *people, const char *given, const char *family)
{
	struct buf b = { 0 };
	struct json *person;
	const char *s;

	given = is_empty(given) ? "" : parts_line(given);
	family = is_empty(family) ? "" : parts_line(family);
	buf_addf(&b, "%s%s%s", family, parts_is_eastern(given, family) ?
	    "" : " ", given);
	s = parts_line(b.p);
	buf_free(&b);
	person = entry_person(people, s, strlen(s));
	if (person == NULL)
		return NULL;
	entry_str(person, "given", given);
	entry_str(person, "family", family);
	return person;
}

static const char *
text_of(const struct name_part *part)
{
	return arena_strndup(entry_arena(), part->n > 0 ? part->s : "",
	    part->n);
}

struct json *
parts_name(struct json *people, const char *s, size_t n, bool third)
{
	struct name_parts name;
	struct json *person;

	if (!name_cut(s, n, third, &name))
		return entry_person(people, s, n);
	if (name.whole.n == 0)
		person = parts_person(people, text_of(&name.given),
		    text_of(&name.family), text_of(&name.suffix));
	else {
		person = parts_person(people, NULL, text_of(&name.whole),
		    text_of(&name.suffix));
		json_set(entry_arena(), person, "family", NULL);
	}
	entry_text(person, "dates", name.dates.s, name.dates.n);
	return person;
}

struct json *
parts_inverted(struct json *people, const char *name, const char *suffix)
{
	struct name_parts parts;
	struct buf b = { 0 };
	struct json *person;

	buf_adds(&b, parts_line(name));
	while (b.len > 0 && strchr(", ", b.p[b.len - 1]) != NULL)
		b.p[--b.len] = '\0';
	if (!is_empty(suffix) && name_cut(b.p, b.len, false, &parts) &&
	    parts.suffix.n == 0 && parts.dates.n == 0)
		buf_addf(&b, ", %s", suffix);
	person = parts_name(people, b.p, b.len, false);
	buf_free(&b);
	return person;
}

struct json *
parts_group(struct json *people, const char *name)
{
	return parts_person(people, NULL, name, NULL);
}

/* Keywords, links, pages */

void
parts_keyword(struct json *paper, const char *s)
{
	struct json *list = json_get(paper, "keywords"), *k;
	size_t n = 0;

	if (is_empty(s))
		return;
	s = parts_line(s);
	for (k = list != NULL ? list->child : NULL; k != NULL && n < LOOKED;
	    k = k->next, n++)
		if (strcmp(k->text, s) == 0)
			return;
	entry_word(paper, s, strlen(s));
}

static bool
is_member(struct json *o, const char *member, const char *s)
{
	const char *had = json_get_str(o, member);

	return had != NULL && strcmp(had, s) == 0;
}

void
parts_link(struct json *paper, const char *s)
{
	s = parts_line(s);
	entry_link(paper, s, strlen(s));
	if (!is_member(paper, "url", s) && !is_member(paper, "pdf", s))
		entry_append(paper, "links", s, strlen(s));
}

/* The length of the dash at s, or 0. */
static size_t
dash_at(const char *s)
{
	if (strncmp(s, "\xe2\x80\x93", 3) == 0)
		return 3;
	return *s != '-' ? 0 : s[1] == '-' ? 2 : 1;
}

/* Whether two pages are counted alike, "S1" and "S22". */
static bool
is_alike(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, "0123456789");
		b += strspn(b, "0123456789");
		if (*a != *b || *a == '\0')
			return *a == *b;
	}
}

/*
 * "1-22" begins with 1, and "655-61" with 655; "12E-9" is page 9 of a paper
 * 12E, as "1251203-5" may be of one whose number is too large for a page.
 */
static bool
begins_with(const char *pages, const char *first)
{
	size_t n = strlen(first), dash;
	const char *last;

	if (strncmp(pages, first, n) != 0 || (dash = dash_at(pages + n)) == 0)
		return false;
	last = pages + n + dash;
	return is_alike(last, first) && (n <= 5 || strlen(last) >= n);
}

static bool
ends_with(const char *pages, const char *last)
{
	size_t n = strlen(pages), side = strlen(last), dash;

	for (dash = 1; dash <= 3 && side + dash < n; dash++)
		if (dash_at(pages + n - side - dash) == dash)
			return strcmp(pages + n - side, last) == 0;
	return false;
}

void
parts_pages(struct json *paper, const char *first, const char *last)
{
	struct buf b = { 0 };

	first = is_empty(first) ? "" : parts_line(first);
	last = is_empty(last) ? "" : parts_line(last);
	/* either may be the whole range */
	if (*first == '\0' || begins_with(last, first))
		buf_adds(&b, last);
	else if (*last == '\0' || strcmp(first, last) == 0 ||
	    ends_with(first, last))
		buf_adds(&b, first);
	else
		buf_addf(&b, "%s-%s", first, last);
	entry_str(paper, "pages", done(&b));
}

/* Dates */

void
parts_dates(struct json *paper, const struct date *dates, size_t n)
{
	char s[DATE_ROOM];
	int year = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (dates[i].year == 0)
			continue;
		if (year == 0) {
			year = dates[i].year;
			entry_text(paper, "year", date_print(s, dates[i]), 4);
		}
		if (dates[i].year == year && dates[i].month > 0) {
			entry_str(paper, "date", date_print(s, dates[i]));
			return;
		}
	}
	/* what cannot be read is not for parse to drop */
	for (i = 0; i < n; i++)
		if (dates[i].unclear && dates[i].year == year)
			entry_str(paper, "date", dates[i].text);
}

/* Abstracts */

struct passage {
	struct buf	 text;
	struct buf	 inline_text;	/* of the paragraph at hand */
	const char	*label;		/* for the next one, or NULL */
};

static void
end_paragraph(struct passage *p)
{
	const char *s = parts_line(p->inline_text.p != NULL ?
	    p->inline_text.p : "");

	buf_reset(&p->inline_text);
	if (*s == '\0')
		return;
	if (p->text.len > 0)
		buf_adds(&p->text, "\n\n");
	if (p->label != NULL)
		buf_addf(&p->text, "%s: ", p->label);
	p->label = NULL;
	buf_adds(&p->text, s);
}

/* A title as a label: without the mark behind it. */
static const char *
label_of(const struct node *title)
{
	const char *s = parts_line(tree_text(title));
	size_t n = strlen(s);

	while (n > 0 && strchr(":. ", s[n - 1]) != NULL)
		n--;
	return n > 0 ? arena_strndup(entry_arena(), s, n) : NULL;
}

/* Whether a title is that of the whole abstract: "Abstract", or the only one. */
static bool
is_heading(const struct node *title)
{
	const struct node *n = title->parent;
	const char *s = label_of(title);

	if (s != NULL && (strcasecmp(s, "abstract") == 0 ||
	    strcasecmp(s, "summary") == 0))
		return true;
	return n != NULL && strstr(n->name, "abstract") != NULL &&
	    tree_child(n, "title") == title && tree_next(title) == NULL;
}

static void
add_blocks(struct passage *p, const struct node *n)
{
	static const char *const blocks[] = { "p", "sec", "list", "list-item",
	    "def-list", "def-item", "disp-quote", "div", NULL };
	static const char *const breaks[] = { "br", "break", NULL };
	static const char *const left_out[] = { "fig", "fig-group", "graphic",
	    "inline-graphic", "media", "table-wrap", "fn", "label",
	    "object-id", "supplementary-material", NULL };
	/* in what is cited, and marks for an index */
	static const char *const noise[] = { "pub-id", "issn", "fn",
	    "index-term", NULL };
	const struct node *c;

	for (c = n->child; c != NULL; c = c->next) {
		if (c->name == NULL)
			buf_add(&p->inline_text, c->text, c->len);
		else if (words_have(breaks, c->name))
			buf_addc(&p->inline_text, ' ');
		else if (strcmp(c->name, "title") == 0) {
			end_paragraph(p);
			p->label = is_heading(c) ? NULL : label_of(c);
		} else if (words_have(blocks, c->name)) {
			end_paragraph(p);
			add_blocks(p, c);
			end_paragraph(p);
			if (strcmp(c->name, "sec") == 0)
				p->label = NULL;
		} else if (!words_have(left_out, c->name))
			tree_add_text(&p->inline_text, c, noise);
	}
}

const char *
parts_abstract(const struct node *n)
{
	struct passage p = { 0 };

	if (n == NULL)
		return "";
	add_blocks(&p, n);
	end_paragraph(&p);
	buf_free(&p.inline_text);
	return done(&p.text);
}

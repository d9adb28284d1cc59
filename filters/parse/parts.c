/* parts - what the members of a paper are made of where it comes in parts */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
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

struct json *
parts_person(struct json *people, const char *given, const char *family,
    const char *suffix)
{
	const char *part[3];
	struct buf b = { 0 };
	struct json *person;
	size_t i;

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
	entry_append(paper, "keywords", s, strlen(s));
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

void
parts_pages(struct json *paper, const char *first, const char *last)
{
	struct buf b = { 0 };

	if (!is_empty(first))
		buf_adds(&b, parts_line(first));
	if (!is_empty(last) && (b.len == 0 ||
	    strcmp(b.p, parts_line(last)) != 0))
		buf_addf(&b, "%s%s", b.len > 0 ? "-" : "", parts_line(last));
	entry_str(paper, "pages", done(&b));
}

/* Dates */

/* A number of a month, 0: none. */
static int
month_of(const char *s)
{
	static const char *const names[] = { "jan", "feb", "mar", "apr", "may",
	    "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	int i;

	s = parts_line(s);
	if (isdigit((unsigned char)*s)) {
		i = atoi(s);
		return strspn(s, "0123456789") <= 2 && i <= 12 ? i : 0;
	}
	for (i = 0; i < 12; i++)
		if (strncasecmp(s, names[i], 3) == 0)
			return i + 1;
	return 0;
}

const char *
parts_date(const char *year, const char *month, const char *day)
{
	struct buf b = { 0 };
	int m, d;

	if (is_empty(year))
		return NULL;
	year = parts_line(year);
	if (strspn(year, "0123456789") != 4 || year[4] != '\0')
		return NULL;
	buf_adds(&b, year);
	if (!is_empty(month) && (m = month_of(month)) > 0) {
		buf_addf(&b, "-%02d", m);
		d = is_empty(day) ? 0 : atoi(parts_line(day));
		if (d > 0 && d <= 31)
			buf_addf(&b, "-%02d", d);
	}
	return done(&b);
}

const char *
parts_year(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, "0123456789");
		if (n == 4)
			return arena_strndup(entry_arena(), s, 4);
	}
	return NULL;
}

const char *
parts_text_date(const char *s)
{
	const char *month = NULL, *day = NULL;
	size_t n;

	s = parts_line(s);
	n = strlen(s);
	if (strspn(s, "0123456789") != 4)
		return parts_date(parts_year(s), NULL, NULL);
	if (n >= 7 && s[4] == '-') {
		month = arena_strndup(entry_arena(), s + 5, 2);
		if (n >= 10 && s[7] == '-')
			day = arena_strndup(entry_arena(), s + 8, 2);
	}
	return parts_date(arena_strndup(entry_arena(), s, 4), month, day);
}

void
parts_dates(struct json *paper, const char *const *dates, size_t n)
{
	const char *year = NULL;
	size_t i;

	for (i = 0; i < n; i++) {
		if (dates[i] == NULL)
			continue;
		if (year == NULL) {
			year = dates[i];
			entry_text(paper, "year", year, 4);
		}
		if (strncmp(dates[i], year, 4) == 0 && dates[i][4] != '\0') {
			entry_str(paper, "date", dates[i]);
			return;
		}
	}
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

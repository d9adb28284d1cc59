/* bibtex - papers as BibTeX */
#define XXH_INLINE_ALL
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "render/bibtex.h"
#include "render/math.h"
#include "render/web.h"

/* Our types as BibTeX's, and the field that holds the venue. */
static const struct {
	const char	*type;
	const char	*entry;
	const char	*venue;
} entries[] = {
	{ "conference-paper",	"inproceedings",	"booktitle" },
	{ "workshop-paper",	"inproceedings",	"booktitle" },
	{ "journal-article",	"article",		"journal" },
	{ "preprint",		"misc",			"howpublished" },
	{ "chapter",		"incollection",		"booktitle" },
	{ "book",		"book",			"series" },
	{ "proceedings",	"proceedings",		"series" },
	{ "thesis",		"phdthesis",		"school" },
	{ "report",		"techreport",		"institution" },
	{ "",			"misc",			"howpublished" },
};

/* What stands for a sign outside of mathematics, or NULL: itself. */
static const char *
escape(char c)
{
	switch (c) {
	case '&':
		return "\\&";
	case '%':
		return "\\%";
	case '#':
		return "\\#";
	case '_':
		return "\\_";
	case '$':
		return "\\$";
	case '\\':
		return "{\\textbackslash}";
	case '~':
		return "{\\textasciitilde}";
	case '^':
		return "{\\textasciicircum}";
	/* BibTeX counts braces, also behind a backslash */
	case '{':
		return "{\\textbraceleft}";
	case '}':
		return "{\\textbraceright}";
	case '\0':
	case '\n':
	case '\r':
		return " ";
	default:
		return NULL;
	}
}

/* What BibTeX's braces and LaTeX's comments leave whole. */
static bool
is_sound_math(const char *s, size_t n)
{
	const char *end = s + n;
	int braces = 0, groups = 0;	/* BibTeX's, and those not escaped */
	bool escaped = false;

	for (; s < end; s++) {
		braces += (*s == '{') - (*s == '}');
		if (!escaped)
			groups += (*s == '{') - (*s == '}');
		if (braces < 0 || groups < 0 || *s == '\0' ||
		    (!escaped && (*s == '%' || *s == '#')))
			return false;
		escaped = !escaped && *s == '\\';
	}
	return braces == 0 && groups == 0;
}

static void
add_plain(struct buf *b, const char *s, const char *end)
{
	const char *plain, *from = s;

	for (; s < end; s++) {
		/* "--", "``" and "''" are other signs where they touch */
		if (s > from && *s == s[-1] && (*s == '-' || *s == '`' ||
		    *s == '\''))
			buf_adds(b, "{}");
		if ((plain = escape(*s)) != NULL)
			buf_adds(b, plain);
		else
			buf_addc(b, *s);
	}
}

static void
add_text(struct buf *b, const struct json *text)
{
	add_plain(b, text->text, text->text + text->len);
}

/* Text with the mathematics in it as it is. */
static void
add_tex(struct buf *b, const struct json *text)
{
	const char *s = text->text, *end = s + text->len, *p;
	size_t len;

	for (; (p = math_next(s, end, &len)) != NULL; s = p + len) {
		add_plain(b, s, p);
		if (is_sound_math(p, len))
			buf_add(b, p, len);
		else
			add_plain(b, p, p + len);
	}
	add_plain(b, s, end);
}

static void
begin_field(struct buf *b, const char *field)
{
	buf_addf(b, ",\n  %-9s = {", field);
}

static void
add_field(struct buf *b, const char *field, const struct json *paper,
    const char *member)
{
	const struct json *v = json_get(paper, member);

	if (v == NULL || v->len == 0)
		return;
	begin_field(b, field);
	add_text(b, v);
	buf_addc(b, '}');
}

/* Braces of its own keep the capitals of a title. */
static void
add_title(struct buf *b, const struct json *paper)
{
	const struct json *title = json_get(paper, "title");

	if (title == NULL || title->len == 0)
		return;
	begin_field(b, "title");
	buf_addc(b, '{');
	add_tex(b, title);
	buf_adds(b, "}}");
}

/* Identifiers and addresses stand as they are, or not at all. */
static void
add_verbatim(struct buf *b, const char *field, const char *s)
{
	if (s == NULL || strpbrk(s, "{}\\ \n") != NULL)
		return;
	begin_field(b, field);
	buf_addf(b, "%s}", s);
}

/*
 * Whether BibTeX, or what reads more into it, would take a name apart in other
 * places than we do.
 */
static bool
is_odd(const struct json *name)
{
	const char *s = name->text, *end = s + name->len;
	size_t n;

	if (memchr(s, ',', name->len) != NULL ||
	    memchr(s, ';', name->len) != NULL ||
	    memchr(s, '|', name->len) != NULL ||
	    memchr(s, '=', name->len) != NULL)
		return true;
	for (; s < end; s += n + 1) {
		for (n = 0; s + n < end && strchr(" \t\n\v\f\r", s[n]) == NULL;
		    n++)
			;
		if ((n == 3 && strncasecmp(s, "and", n) == 0) ||
		    (n == 6 && strncasecmp(s, "others", n) == 0))
			return true;
	}
	return false;
}

/* Whether a text goes on with the part, behind a space unless it is first. */
static bool
goes_on(const char **s, const struct json *part, bool first)
{
	if (part == NULL)
		return true;
	if (!first && *(*s)++ != ' ')
		return false;
	if (strncmp(*s, part->text, part->len) != 0)
		return false;
	*s += part->len;
	return true;
}

/* Whether the parts are all of the name: a homonym number is in none. */
static bool
is_whole(const struct json *name, const struct json *given,
    const struct json *family, const struct json *suffix)
{
	const char *s = name->text;

	return goes_on(&s, given, true) && goes_on(&s, family, false) &&
	    goes_on(&s, suffix, false) && *s == '\0';
}

static void
add_name(struct buf *b, const struct json *person)
{
	const struct json *family = json_get(person, "family");
	const struct json *given = json_get(person, "given");
	const struct json *suffix = json_get(person, "suffix");
	const struct json *name = json_get(person, "name");
	/* all of it a family name: an organisation */
	bool whole = is_odd(name) || (family != NULL && given == NULL &&
	    memchr(name->text, ' ', name->len) != NULL);

	if (family != NULL && given != NULL && !is_odd(family) &&
	    !is_odd(given) && (suffix == NULL || !is_odd(suffix)) &&
	    is_whole(name, given, family, suffix)) {
		add_text(b, family);
		buf_adds(b, ", ");
		if (suffix != NULL) {
			add_text(b, suffix);
			buf_adds(b, ", ");
		}
		add_text(b, given);
		return;
	}
	if (whole)
		buf_addc(b, '{');
	add_text(b, name);
	if (whole)
		buf_addc(b, '}');
}

static void
add_people(struct buf *b, const char *field, const struct json *paper,
    const char *member)
{
	const struct json *person = json_first(paper, member), *et_al;

	if (person == NULL)
		return;
	begin_field(b, field);
	for (; person != NULL; person = person->next) {
		add_name(b, person);
		if (person->next != NULL)
			buf_adds(b, " and ");
	}
	et_al = json_get(paper, "et_al");
	if (strcmp(member, "authors") == 0 && et_al != NULL &&
	    et_al->type == JSON_TRUE)
		buf_adds(b, " and others");
	buf_addc(b, '}');
}

/* The bytes of dashes at s: hyphens, and U+2013. */
static size_t
dash_length(const char *s)
{
	size_t n = 0;

	for (;;)
		if (s[n] == '-')
			n++;
		else if (strncmp(s + n, "\xe2\x80\x93", 3) == 0)
			n += 3;
		else
			return n;
}

/* "598-605" with BibTeX's dash */
static void
add_pages(struct buf *b, const char *pages)
{
	size_t n;

	if (pages == NULL)
		return;
	begin_field(b, "pages");
	while (*pages != '\0') {
		if ((n = dash_length(pages)) > 0)
			buf_adds(b, "--");
		else
			add_plain(b, pages, pages + (n = 1));
		pages += n;
	}
	buf_addc(b, '}');
}

static void
add_key(struct buf *b, const char *id)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_+*;";
	size_t from = b->len;
	const char *p;

	for (p = id; *p != '\0'; p++)
		buf_addc(b, strchr(plain, *p) != NULL ? *p : '-');
	if (strlen(id) != b->len - from || strcmp(b->p + from, id) != 0)
		buf_addf(b, "-%016" PRIx64,
		    (uint64_t)XXH3_64bits(id, strlen(id)));
}

void
bibtex_add(struct buf *b, const struct json *paper)
{
	const char *type = json_get_str(paper, "type");
	const char *arxiv = json_get_str(paper, "arxiv");
	const char *url = json_get_str(paper, "url");
	size_t i;

	for (i = 0; *entries[i].type != '\0'; i++)
		if (type != NULL && strcmp(entries[i].type, type) == 0)
			break;
	buf_addf(b, "@%s{", entries[i].entry);
	add_key(b, json_get_str(paper, "id"));
	add_title(b, paper);
	add_people(b, "author", paper, "authors");
	add_people(b, "editor", paper, "editors");
	add_field(b, entries[i].venue, paper, json_get(paper, "venue_name") !=
	    NULL ? "venue_name" : "venue");
	add_field(b, "year", paper, "year");
	add_field(b, "volume", paper, "volume");
	add_field(b, "number", paper, "number");
	add_pages(b, json_get_str(paper, "pages"));
	add_field(b, "publisher", paper, "publisher");
	add_verbatim(b, "isbn", json_get_str(paper, "isbn"));
	add_verbatim(b, "doi", json_get_str(paper, "doi"));
	if (arxiv != NULL) {
		add_verbatim(b, "eprint", arxiv);
		add_verbatim(b, "eprinttype", "arxiv");
	}
	if (url != NULL && web_is_url(url))
		add_verbatim(b, "url", url);
	buf_adds(b, "\n}\n");
}

/* bibtex - papers as BibTeX */
#define XXH_INLINE_ALL
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <xxhash.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "render/bibtex.h"

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

/*
 * The bytes of mathematics that begin at a dollar, 0: there is none.  Braces
 * count behind a backslash too: better no mathematics than a broken entry.
 */
static size_t
math_length(const char *s, const char *end)
{
	const char *p;
	int depth = 0;

	for (p = s + 1; p < end && *p != '\0'; p++) {
		if (*p == '$' && p[-1] != '\\')
			return depth == 0 ? (size_t)(p - s) + 1 : 0;
		depth += (*p == '{') - (*p == '}');
		if (depth < 0)
			return 0;
	}
	return 0;
}

static void
add_text(struct buf *b, const char *s, size_t n, bool math)
{
	const char *end = s + n, *plain;
	size_t len;

	while (s < end) {
		len = math && *s == '$' ? math_length(s, end) : 0;
		if (len > 0) {
			buf_add(b, s, len);
			s += len;
		} else {
			if ((plain = escape(*s)) != NULL)
				buf_adds(b, plain);
			else
				buf_addc(b, *s);
			s++;
		}
	}
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
	/* braces of their own keep the capitals of a title */
	if (strcmp(field, "title") == 0)
		buf_addc(b, '{');
	add_text(b, v->text, v->len, strcmp(field, "title") == 0);
	if (strcmp(field, "title") == 0)
		buf_addc(b, '}');
	buf_addc(b, '}');
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

/* Whether BibTeX would take a name apart in other places than we do. */
static bool
is_odd(const struct json *name)
{
	return strpbrk(name->text, ",") != NULL ||
	    strstr(name->text, " and ") != NULL;
}

static void
add_name(struct buf *b, const struct json *person)
{
	const struct json *family = json_get(person, "family");
	const struct json *given = json_get(person, "given");
	const struct json *suffix = json_get(person, "suffix");
	const struct json *name = json_get(person, "name");

	if (family != NULL && given != NULL && !is_odd(family) &&
	    !is_odd(given) && (suffix == NULL || !is_odd(suffix))) {
		add_text(b, family->text, family->len, false);
		buf_adds(b, ", ");
		if (suffix != NULL) {
			add_text(b, suffix->text, suffix->len, false);
			buf_adds(b, ", ");
		}
		add_text(b, given->text, given->len, false);
		return;
	}
	if (is_odd(name))
		buf_addc(b, '{');
	add_text(b, name->text, name->len, false);
	if (is_odd(name))
		buf_addc(b, '}');
}

static void
add_people(struct buf *b, const char *field, const struct json *paper,
    const char *member)
{
	const struct json *person = json_first(paper, member);

	if (person == NULL)
		return;
	begin_field(b, field);
	for (; person != NULL; person = person->next) {
		add_name(b, person);
		if (person->next != NULL)
			buf_adds(b, " and ");
	}
	if (strcmp(member, "authors") == 0 && json_get(paper, "et_al") != NULL)
		buf_adds(b, " and others");
	buf_addc(b, '}');
}

/* "598-605" with BibTeX's dash */
static void
add_pages(struct buf *b, const char *pages)
{
	if (pages == NULL || strpbrk(pages, "{}\\%#&$^~\n") != NULL)
		return;
	begin_field(b, "pages");
	for (; *pages != '\0'; pages++)
		buf_adds(b, *pages == '-' ? "--" : (char[]){ *pages, '\0' });
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
	size_t i;

	for (i = 0; *entries[i].type != '\0'; i++)
		if (type != NULL && strcmp(entries[i].type, type) == 0)
			break;
	buf_addf(b, "@%s{", entries[i].entry);
	add_key(b, json_get_str(paper, "id"));
	add_field(b, "title", paper, "title");
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
	add_verbatim(b, "url", json_get_str(paper, "url"));
	buf_adds(b, "\n}\n");
}

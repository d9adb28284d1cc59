/* marc - the fields of a record of MARC 21 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "parse/format.h"
#include "parse/marc.h"
#include "parse/parts.h"

const struct node *
marc_next_field(const struct node *n, const char *tag)
{
	while (n != NULL && !tree_attr_is(n, "tag", tag))
		n = tree_next(n);
	return n;
}

const struct node *
marc_next_subfield(const struct node *n, const char *codes)
{
	const char *code;

	for (; n != NULL; n = tree_next(n))
		if ((code = tree_attr(n, "code")) != NULL && *code != '\0' &&
		    code[1] == '\0' && strchr(codes, *code) != NULL)
			break;
	return n;
}

/* Around "The " there is U+0098 and U+009C, or U+0088 and U+0089. */
const char *
marc_line(const struct node *subfield)
{
	static const char marks[] = "\x98\x9c\x88\x89";
	const char *s = parts_line(tree_text(subfield)), *p;
	struct buf b = { 0 };

	if (strchr(s, '\xc2') == NULL)
		return s;
	for (; (p = strchr(s, '\xc2')) != NULL && p[1] != '\0'; s = p + 2)
		buf_add(&b, s, (size_t)(p - s) +
		    (strchr(marks, p[1]) != NULL ? 0 : 2));
	buf_adds(&b, s);
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return parts_line(s);
}

static size_t
without_marks(const char *s)
{
	size_t n = strlen(s);

	while (n > 0 && strchr(" /:;,=", s[n - 1]) != NULL)
		n--;
	return n;
}

char
marc_mark(const struct node *subfield)
{
	const char *s = marc_line(subfield);
	size_t n = strlen(s);

	return n > 0 && strchr("/:;,=", s[n - 1]) != NULL ? s[n - 1] : '\0';
}

const char *
marc_marked(const struct node *subfield)
{
	const char *s = marc_line(subfield);

	return arena_strndup(entry_arena(), s, without_marks(s));
}

const char *
marc_text(const struct node *subfield)
{
	const char *s = marc_line(subfield);
	size_t n = without_marks(s);

	if (s[n] == '\0' && n > 3 && s[n - 1] == '.' &&
	    islower((unsigned char)s[n - 2]) &&
	    islower((unsigned char)s[n - 3]))
		n--;
	return arena_strndup(entry_arena(), s, n);
}

const char *
marc_subfield(const struct node *field, const char *codes)
{
	return marc_text(marc_next_subfield(tree_child(field, "subfield"),
	    codes));
}

const char *
marc_subfields(const struct node *field, const char *codes,
    const char *between)
{
	const struct node *n;
	struct buf b = { 0 };
	const char *s;

	MARC_EACH_SUBFIELD(n, field, codes) {
		s = marc_text(n);
		if (*s == '\0')
			continue;
		/* a period that has stayed is the one between them */
		if (b.len > 0)
			buf_adds(&b, between + (*between == '.' &&
			    b.p[b.len - 1] == '.'));
		buf_adds(&b, s);
	}
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

const char *
marc_first(const struct node *record, const char *tag, const char *codes)
{
	const struct node *n;
	const char *s;

	MARC_EACH_FIELD(n, record, tag)
		if (*(s = marc_subfield(n, codes)) != '\0')
			return s;
	return "";
}

bool
marc_has(const struct node *record, const char *tag)
{
	return marc_next_field(tree_child(record, "datafield"), tag) != NULL;
}

/* "880-02" in the field, "245-02/$1" in its other form; 00 is no number. */
size_t
marc_link(const struct node *field, char tag[4])
{
	const char *s = marc_subfield(field, "6");

	if (strlen(s) < 6 || s[3] != '-')
		return 0;
	memcpy(tag, s, 3);
	tag[3] = '\0';
	return strtoul(s + 4, NULL, 10);
}

const char *
marc_title(const struct node *field)
{
	const struct node *n;
	struct buf b = { 0 };
	const char *s, *between = "";

	MARC_EACH_SUBFIELD(n, field, "abnp") {
		s = marc_text(n);
		if (*s != '\0' && b.len > 0)
			buf_adds(&b, *between != '\0' ? between :
			    tree_attr_is(n, "code", "b") ? ": " : ". ");
		buf_adds(&b, s);
		switch (marc_mark(n)) {
		case '=':	/* what follows is the same in other words */
			goto out;
		case ';':
			between = "; ";
			break;
		case ',':
			between = ", ";
			break;
		default:
			between = "";
		}
	}
out:
	s = arena_strndup(entry_arena(), b.p != NULL ? b.p : "", b.len);
	buf_free(&b);
	return s;
}

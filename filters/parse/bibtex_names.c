/* bibtex_names - the names in a field of BibTeX */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/name.h"
#include "lib/tex.h"
#include "lib/text.h"
#include "parse/bibtex.h"
#include "parse/format.h"
#include "parse/parts.h"

#define LABELS	16		/* parts between commas that are told apart */

/* The part without its TeX, in the entry's arena. */
static struct name_part
decode(const struct name_part *part)
{
	struct buf b = { 0 };
	struct name_part plain;

	tex_decode(&b, part->s, part->n, TEX_BIBTEX);
	plain = (struct name_part){ arena_strndup(entry_arena(), b.p, b.len),
	    b.len };
	text_trim(&plain.s, &plain.n);
	buf_free(&b);
	return plain;
}

/* Cut at commas outside of braces; what is behind the last of max is one. */
static size_t
cut(const char *s, size_t n, struct name_part *parts, size_t max)
{
	const char *p, *end = s + n;
	size_t count = 0, i;
	int depth = 0;

	for (p = s; p <= end; p++) {
		if (p < end && *p == '{')
			depth++;
		else if (p < end && *p == '}')
			depth--;
		else if (p == end || (*p == ',' && depth == 0 &&
		    count < max - 1)) {
			parts[count++] = (struct name_part){ s, (size_t)(p - s) };
			s = p + 1;
		}
	}
	for (i = 0; i < count; i++)
		text_trim(&parts[i].s, &parts[i].n);
	while (count > 1 && parts[count - 1].n == 0)
		count--;
	return count;
}

/* Whether one pair of braces is around all of a name. */
static bool
is_braced(const struct name_part *name)
{
	struct name_part inside = *name;

	return inside.n > 2 && braces_off(&inside.s, &inside.n);
}

/* Set the name, as it is said, and its parts; NULL: there is none. */
static void
set_name(struct json *person, const struct name_part *given,
    const struct name_part *family, const struct name_part *suffix)
{
	const struct name_part *all[] = { given, family, suffix };
	struct buf b = { 0 };
	size_t i;
	bool eastern = given != NULL && given->n > 0 && family != NULL &&
	    family->n > 0 && parts_is_eastern(given->s, family->s);

	if (eastern) {
		all[0] = family;
		all[1] = given;
	}
	for (i = 0; i < 3; i++)
		if (all[i] != NULL && all[i]->n > 0) {
			if (b.len > 0 && !(eastern && i == 1))
				buf_addc(&b, ' ');
			buf_add(&b, all[i]->s, all[i]->n);
		}
	if (b.len == 0)
		return;
	entry_text(person, "name", b.p, b.len);
	if (given != NULL)
		entry_text(person, "given", given->s, given->n);
	if (family != NULL)
		entry_text(person, "family", family->s, family->n);
	if (suffix != NULL)
		entry_text(person, "suffix", suffix->s, suffix->n);
	buf_free(&b);
}

/*
 * "First von Last", "von Last, First", "von Last, Jr, First" (Patashnik,
 * "BibTeXing", section 4), and what is often written: "Last, First, Jr" and
 * "First Last, Jr".  Of a name without commas the parts are not told.
 */
static void
read_name(struct json *person, const struct name_part *raw, size_t n)
{
	struct name_part part[3];
	struct name_parts name;
	size_t i;

	for (i = 0; i < n; i++)
		part[i] = decode(&raw[i]);
	if (n == 1) {
		entry_text(person, "name", part[0].s, part[0].n);
		/* an organisation: one name as it stands */
		if (is_braced(&raw[0]))
			entry_text(person, "family", part[0].s, part[0].n);
	} else if (!name_order(part, n, false, &name))
		set_name(person, &part[2], &part[0], &part[1]);
	else if (name.whole.n == 0)
		set_name(person, &name.given, &name.family, &name.suffix);
	else {
		set_name(person, NULL, &name.whole, &name.suffix);
		json_set(entry_arena(), person, "family", NULL);
	}
	if (n > 1)
		entry_text(person, "dates", name.dates.s, name.dates.n);
}

/* The length of "label =" in front of the part, or 0; NULL: of any label. */
static size_t
label_length(const struct name_part *part, const char *label)
{
	static const char *const labels[] = { "family", "given", "middle",
	    "prefix", "suffix", "family-i", "given-i", "middle-i", "prefix-i",
	    "suffix-i", "id", "juniorcomma", "nosortothers", "uniquelist",
	    "uniquename", "useprefix", "labelalphanametemplatename",
	    "sortingnamekeytemplatename", "uniquenametemplatename" };
	size_t n = 0, len, i;

	while (n < part->n && (islower((unsigned char)part->s[n]) ||
	    part->s[n] == '-'))
		n++;
	len = n;
	while (n < part->n && isspace((unsigned char)part->s[n]))
		n++;
	if (len == 0 || n == part->n || part->s[n] != '=')
		return 0;
	if (label != NULL)
		return strlen(label) == len && memcmp(label, part->s, len) == 0 ?
		    n + 1 : 0;
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strlen(labels[i]) == len &&
		    memcmp(labels[i], part->s, len) == 0)
			return n + 1;
	return 0;
}

/* Add the value that has this label, behind what is there. */
static void
add_labelled(struct buf *b, const struct name_part *part, size_t n,
    const char *label)
{
	struct name_part value = { "", 0 };
	size_t i, len;

	for (i = 0; i < n && value.n == 0; i++)
		if ((len = label_length(&part[i], label)) > 0)
			value = (struct name_part){ part[i].s + len,
			    part[i].n - len };
	text_trim(&value.s, &value.n);
	if (value.n > 1 && *value.s == '"' && value.s[value.n - 1] == '"')
		value = (struct name_part){ value.s + 1, value.n - 2 };
	value = decode(&value);
	if (value.n == 0)
		return;
	/* "d'Este", "al-Hakim" */
	if (b->len > 0 && strchr("'-", b->p[b->len - 1]) == NULL &&
	    (b->len < 3 || memcmp(b->p + b->len - 3, "’", 3) != 0))
		buf_addc(b, ' ');
	buf_add(b, value.s, value.n);
}

/* BibLaTeX's "family=Gogh, given=Vincent, prefix=van, useprefix=true" */
static void
read_long_name(struct json *person, const char *s, size_t n)
{
	static const char *const labels[] = { "given", "middle", "prefix",
	    "family", "suffix" };
	struct name_part raw[LABELS], part[3];
	struct buf b[3] = { { 0 } };
	size_t i;

	n = cut(s, n, raw, LABELS);
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		add_labelled(&b[i / 2], raw, n, labels[i]);
	for (i = 0; i < 3; i++)
		part[i] = (struct name_part){ b[i].p != NULL ? b[i].p : "",
		    b[i].len };
	set_name(person, &part[0], &part[1], &part[2]);
	for (i = 0; i < 3; i++)
		buf_free(&b[i]);
}

/* "others", "et al.", in braces or not */
static bool
is_more(const char *s, size_t n)
{
	braces_off(&s, &n);
	return name_is_more(s, n);
}

static void
add_one(struct json *paper, const char *member, const char *s, size_t n)
{
	struct json *person;
	const struct json *name;
	struct name_part part[LABELS];
	size_t count;

	if (is_more(s, n)) {
		entry_et_al(paper, member);
		return;
	}
	if (name_cut_more(s, &n))
		entry_et_al(paper, member);
	person = json_object(entry_arena());
	count = cut(s, n, part, LABELS);
	if (label_length(&part[0], "xdata") > 0)
		filter_note(REJECT_DROPPED_VALUE, member, s, n,
		    "a name in another entry");
	else if (label_length(&part[0], NULL) > 0)
		read_long_name(person, s, n);
	else if (count <= 3)
		read_name(person, part, count);
	else {
		/* many people with no "and" between them */
		part[0] = decode(&(struct name_part){ s, n });
		entry_add_names(paper, member, part[0].s, part[0].n,
		    NAMES_SEVERAL);
	}
	name = json_get(person, "name");
	if (name != NULL && !name_is_nobody(name->text, name->len))
		json_append(entry_people(paper, member), person);
}

/* The length of what parts two names at p, or 0. */
static size_t
separator(const char *p, const char *begin, const char *end)
{
	if (*p == ';')
		return (p > begin && p[-1] == '\\') ||
		    entity_ends(p, begin) ? 0 : 1;
	if (*p == '|')
		return p > begin && p + 1 < end &&
		    isspace((unsigned char)p[-1]) &&
		    isspace((unsigned char)p[1]) ? 1 : 0;
	return end - p >= 5 && (p[1] | 0x20) == 'a' &&
	    isspace((unsigned char)p[0]) &&
	    strncasecmp(p + 1, "and", 3) == 0 &&
	    isspace((unsigned char)p[4]) ? 4 : 0;
}

void
names_add(struct json *paper, const char *member, const char *s, size_t n)
{
	const char *p, *from = s, *end = s + n;
	size_t len;
	int depth = 0;

	if (json_get(paper, member) != NULL)
		return;
	for (p = s; p <= end; p++) {
		len = p < end && depth == 0 ? separator(p, s, end) : 0;
		if (p < end && len == 0) {
			depth += (*p == '{') - (*p == '}');
			continue;
		}
		n = (size_t)(p - from);
		s = from;
		text_trim(&s, &n);
		if (n > 0)
			add_one(paper, member, s, n);
		from = p + len;
		p = len > 0 ? from - 1 : p;
	}
}

/*
 * BibLaTeX's annotations: of each name by its number.  Those of parts of names
 * are no facts of the person.
 */
void
names_annotate(struct json *paper, const char *member, const char *fact,
    const char *s, size_t n)
{
	const char *end = s + n, *p, *stop;
	struct json *person;
	char *number;
	long i;

	for (; s < end; s = stop + 1) {
		if ((stop = memchr(s, ';', (size_t)(end - s))) == NULL)
			stop = end;
		i = strtol(s, &number, 10);
		for (p = number; p < stop && isspace((unsigned char)*p); p++)
			;
		if (number == s || p >= stop || *p != '=')
			continue;
		for (person = json_first(paper, member); person != NULL &&
		    i > 1; i--)
			person = person->next;
		for (p++; p < stop && (*p == '"' || isspace((unsigned char)*p));
		    p++)
			;
		for (n = 0; p + n < stop && p[n] != '"'; n++)
			;
		if (person != NULL && i == 1)
			entry_text(person, fact, p, n);
	}
}

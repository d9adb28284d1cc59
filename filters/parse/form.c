/* form - how a supplier writes a list, or a text with more behind it, in one string */
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/markup.h"
#include "lib/name.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/form.h"
#include "parse/format.h"
#include "parse/people_index.h"

bool
form_parse(struct form *f, const char *s)
{
	static const char named[] = "name/";
	size_t n = 0;
	const char *close;

	memset(f, 0, sizeof(*f));
	if ((f->joined = strcmp(s, "joined") == 0))
		return true;
	while (s[n] != '\0' && strchr("[(/\"$", s[n]) == NULL &&
	    !isalnum((unsigned char)s[n]))
		n++;
	if (n >= sizeof(f->mark))
		return false;
	memcpy(f->mark, s, n);
	for (s += n; n > 1 && f->mark[n - 1] == ' '; n--)
		f->mark[n - 1] = '\0';
	f->named = strcmp(s, named) == 0;
	f->tail = strcmp(s, "/") == 0;
	if (*s == '$') {
		f->end = s[1];
		return f->mark[0] != '\0' && ispunct((unsigned char)s[1]) &&
		    s[2] == '\0';
	}
	if (*s == '\0' || f->named || f->tail)
		return true;
	f->open = *s++;
	f->close = f->open == '[' ? ']' : ')';
	close = strchr(s, f->close);
	if ((f->open != '[' && f->open != '(') || close == NULL ||
	    close[1] != '\0' || (size_t)(close - s) >= sizeof(f->inside))
		return false;
	memcpy(f->inside, s, (size_t)(close - s));
	return true;
}

/* The elements of a list, one a call; false behind the last. */
struct elements {
	const char	*s;		/* NULL behind the last */
	const char	*end;
	const char	*mark;
};

static bool
next_element(struct elements *e, const char **s, size_t *n)
{
	size_t marked = strlen(e->mark);
	const char *at;

	if (e->s == NULL)
		return false;
	at = marked > 0 ? memmem(e->s, (size_t)(e->end - e->s), e->mark,
	    marked) : NULL;
	*s = e->s;
	*n = (size_t)((at != NULL ? at : e->end) - e->s);
	e->s = at != NULL ? at + marked : NULL;
	text_trim(s, n);
	return true;
}

/* References to characters end in a mark of lists: they go first. */
static struct elements
elements_of(const struct form *f, const char *s, size_t n)
{
	struct buf once = { 0 }, twice = { 0 };

	if (memchr(s, '&', n) != NULL) {
		markup_entities(&once, s, n);
		markup_entities(&twice, once.p, once.len);
		n = twice.len;
		s = arena_strndup(entry_arena(), twice.p, n);
		buf_free(&once);
		buf_free(&twice);
	}
	text_trim(&s, &n);
	n -= n > 0 && f->end != '\0' && s[n - 1] == f->end;
	return (struct elements){ s, s + n, f->mark };
}

/* Cut off what is behind the text in brackets; *inside is NULL if nothing is. */
static void
cut_brackets(const struct form *f, const char **s, size_t *n,
    const char **inside, size_t *insiden)
{
	const char *open;

	*inside = NULL;
	if (f->open == '\0' || *n == 0 || (*s)[*n - 1] != f->close ||
	    (open = memrchr(*s, f->open, *n)) == NULL)
		return;
	*inside = open + 1;
	*insiden = *n - (size_t)(open + 1 - *s) - 1;
	text_trim(inside, insiden);
	*n = (size_t)(open - *s);
	text_trim(s, n);
}

void
form_ids(struct json *o, const char *s, size_t n)
{
	const char *end = s + n, *colon, *word, *type;

	for (; s < end; s = word + n) {
		for (word = s; word < end && *word == ' '; word++)
			;
		s = memchr(word, ' ', (size_t)(end - word));
		n = (size_t)((s != NULL ? s : end) - word);
		colon = memchr(word, ':', n);
		if (n == 0)
			continue;
		if (colon == NULL || colon == word) {
			filter_note(REJECT_DROPPED_VALUE, "ids", word, n,
			    "an identifier of no registry");
			continue;
		}
		type = arena_strndup(entry_arena(), word, (size_t)(colon -
		    word));
		colon++;
		if (!entry_typed_id(o, type, colon, n - (size_t)(colon - word)))
			entry_person_id(o, type, colon, n - (size_t)(colon -
			    word));
	}
}

static void
set_fact(struct json *person, const char *fact, const char *s, size_t n)
{
	if (strcmp(fact, "ids") == 0)
		form_ids(person, s, n);
	else if (strncmp(fact, "ids.", 4) == 0)
		entry_person_id(person, fact + 4, s, n);
	else if (*fact != '\0')
		entry_text(person, fact, s, n);
}

/*
 * Names that run together, "Ann LeeBo Dai", are nobody's name.  Nor can they be
 * told from one such as "Yann LeCun": as one text nothing of them is lost.
 */
static bool
keep_joined(struct json *paper, const char *member, const char *s, size_t n)
{
	const char *p, *end = s + n;
	struct buf b = { 0 };
	int32_t c, last = 0;

	for (p = s; p < end; last = c) {
		c = utf8_next(&p);
		if (utf8proc_category(last) == UTF8PROC_CATEGORY_LL &&
		    utf8proc_category(c) == UTF8PROC_CATEGORY_LU)
			break;
	}
	if (p >= end)
		return false;
	buf_addf(&b, "%s_joined", member);
	entry_foreign(paper, "csv", b.p, b.len, s, n);
	filter_note(REJECT_UNPARTED_NAME, member, s, n,
	    "kept as \"%s\"", b.p);
	buf_free(&b);
	return true;
}

void
form_names(struct json *paper, const char *member, const struct form *f,
    const char *s, size_t n)
{
	struct elements e = elements_of(f, s, n);
	struct json *people, *person;
	const char *inside;
	size_t insiden;

	if (json_get(paper, member) != NULL ||
	    (f->joined && keep_joined(paper, member, s, n)))
		return;
	people = entry_people(paper, member);
	while (next_element(&e, &s, &n)) {
		if (name_is_more(s, n)) {
			entry_et_al(paper, member);
			continue;
		}
		if (name_cut_more(s, &n))
			entry_et_al(paper, member);
		if (name_is_nobody(s, n))
			continue;
		cut_brackets(f, &s, &n, &inside, &insiden);
		person = json_object(entry_arena());
		entry_text(person, "name", s, n);
		if (inside != NULL)
			set_fact(person, f->inside, inside, insiden);
		if (person->child != NULL)
			json_append(people, person);
	}
}

void
form_keywords(struct json *paper, const struct form *f, const char *s,
    size_t n)
{
	struct elements e = elements_of(f, s, n);
	const char *inside;
	size_t insiden;

	while (next_element(&e, &s, &n)) {
		cut_brackets(f, &s, &n, &inside, &insiden);
		entry_word(paper, s, n);
	}
}

void
form_cut(const struct form *f, const char **s, size_t *n)
{
	const char *inside, *slash;
	size_t insiden;

	text_trim(s, n);
	cut_brackets(f, s, n, &inside, &insiden);
	if (f->tail && (slash = memrchr(*s, '/', *n)) != NULL) {
		*n -= (size_t)(slash + 1 - *s);
		*s = slash + 1;
	}
}

/* Letters of ASCII in a name count in any case. */
static const char *
lower(const char *s, size_t n)
{
	char *copy = arena_strndup(entry_arena(), s, n), *p;

	for (p = copy; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

static const char *
name_key(const struct json *person)
{
	const struct json *name = json_get(person, "name");

	return name != NULL ? lower(name->text, name->len) : "";
}

static void
named_facts(struct json *paper, const char *member, const char *fact,
    struct elements *e)
{
	struct people_index index;
	const struct keyed *found;
	const char *s, *slash, *odd = NULL;
	size_t n, len, nodd = 0, lost = 0;

	people_index(&index, json_first(paper, member), name_key);
	while (next_element(e, &s, &n)) {
		if (n == 0)
			continue;
		slash = memrchr(s, '/', n);
		len = slash != NULL ? (size_t)(slash - s) : 0;
		found = len > 0 ? people_find(&index, lower(s, len)) : NULL;
		if (found != NULL)
			set_fact(found->person, fact, slash + 1, n - len - 1);
		else if (lost++ == 0) {
			odd = s;
			nodd = n;
		}
	}
	if (lost > 0)
		filter_note(REJECT_UNALIGNED_IDS, fact, odd, nodd,
		    "%zu for names that are not there", lost);
}

void
form_facts(struct json *paper, const char *member, const char *fact,
    const struct form *f, const char *s, size_t n)
{
	struct elements e = elements_of(f, s, n);
	struct json *list;

	if (f->named) {
		named_facts(paper, member, fact, &e);
		return;
	}
	list = json_array(entry_arena());
	while (next_element(&e, &s, &n)) {
		form_cut(f, &s, &n);
		/* of R and others, where there is nothing */
		if (n == 2 && memcmp(s, "NA", 2) == 0)
			n = 0;
		json_append(list, json_string(entry_arena(), s, n));
	}
	entry_facts(paper, member, fact, list);
}

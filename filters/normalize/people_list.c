/* people_list - what is done to a list of persons as a whole */
#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "normalize/name.h"
#include "normalize/people.h"

static void
drop(struct json *person, const char *why)
{
	struct json *v = json_get(person, "name");

	filter_note(REJECT_DROPPED_VALUE, "name", v->text, v->len, "%s", why);
	v->text = "";
	v->len = 0;
}

/* Whether a text may be what stands in front of the @ of an address. */
static bool
is_user(const char *s)
{
	for (; *s != '\0'; s++)
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) &&
		    strchr("._-+", *s) == NULL)
			return false;
	return true;
}

void
people_drop_addresses(struct arena *a, struct json *people)
{
	struct json *p, *last, *q;
	const struct json *v;
	const char *open;
	size_t n;

	for (p = people->child; p != NULL; p = last) {
		last = p->next;
		if ((v = person_name(p)) == NULL || (open = memchr(v->text, '{',
		    v->len)) == NULL || strchr(v->text, '}') != NULL)
			continue;
		if (!is_user(open + 1))
			continue;
		for (q = p->next; q != NULL; q = q->next)
			if ((v = person_name(q)) != NULL &&
			    (strstr(v->text, "}@") != NULL ||
			    !is_user(v->text)))
				break;
		if (q == NULL || v == NULL || strstr(v->text, "}@") == NULL)
			continue;
		v = person_name(p);
		last = q->next;
		for (q = p->next; q != last; q = q->next)
			if (person_name(q) != NULL)
				drop(q, "part of an address");
		v = person_name(p);
		n = (size_t)(open - v->text);
		while (n > 0 && strchr("0123456789 ", v->text[n - 1]) != NULL)
			n--;
		filter_note(REJECT_STRIPPED_NAME, "name", v->text, v->len,
		    "now %.*s", (int)n, v->text);
		json_set(a, p, "name", json_string(a, v->text, n));
	}
}

/* Whether nothing is known of the person but the name. */
static bool
is_bare(const struct json *person)
{
	const struct json *m, *name = person_name(person);

	for (m = person->child; m != NULL; m = m->next)
		if (!json_name_is(m, "name") && (!json_name_is(m, "family") ||
		    m->len != name->len || memcmp(m->text, name->text, m->len)
		    != 0))
			return false;
	return true;
}

static bool
has_name(const struct json *people, const struct name_part *name)
{
	const struct json *p, *v;

	for (p = people->child; p != NULL; p = p->next)
		if ((v = person_name(p)) != NULL && v->len == name->n &&
		    memcmp(v->text, name->s, name->n) == 0)
			return true;
	return false;
}

/* Put persons of these names into the place of one; the last of them. */
static struct json *
replace(struct arena *a, struct json *people, struct json *person,
    const struct name_part *v, size_t n)
{
	struct json *p, *last = person;
	size_t i, known = 0;

	filter_note(REJECT_SPLIT_NAME, "name", person_name(person)->text,
	    person_name(person)->len, "%zu names", n);
	for (i = 0; i < n; i++)
		known += has_name(people, &v[i]);
	if (known == n) {
		struct json *name = json_get(person, "name");

		name->text = "";
		name->len = 0;
		return person;
	}
	json_set(a, person, "family", NULL);
	for (i = 1; i < n; i++) {
		p = json_object(a);
		json_put(p, "name", json_string(a, v[i].s, v[i].n));
		p->next = last->next;
		last->next = p;
		if (people->last == last)
			people->last = p;
		last = p;
	}
	json_set(a, person, "name", json_string(a, v[0].s, v[0].n));
	return last;
}

/* Several names run together, which cannot be parted, or a sentence. */
static bool
is_run(const struct json *name)
{
	struct name_part v[NAME_WORDS];
	size_t words = name_words(name->text, name->len, v, NAME_WORDS), i;
	size_t small = 0, particles = 0;

	for (i = 0; i < words && i < NAME_WORDS; i++)
		if (v[i].n <= 2 || name_is_particle(v[i].s, v[i].n))
			particles++;
		else
			small += islower((unsigned char)v[i].s[0]) != 0;
	return words > 7 && (small > 3 || (particles == 0 &&
	    !name_is_body(name->text, name->len)));
}

/* Whether a name has what stands between names. */
static bool
may_be_several(const struct json *name)
{
	return strpbrk(name->text, ";,&\xef\xe3") != NULL ||
	    strstr(name->text, " and ") != NULL;
}

/* "Ann Lee, et al. ...": more than once */
static bool
cut_all_more(const char *s, size_t *n)
{
	size_t len = *n;

	while (name_cut_more(s, n))
		;
	return *n != len;
}

/* Cut "et al." off; true: it stands for no person itself. */
static bool
cut_more(struct arena *a, struct json *paper, struct json *person, bool authors)
{
	struct json *name = json_get(person, "name");
	const struct json *family = json_get(person, "family");
	size_t n = name->len, more = family != NULL ? family->len : 0;

	if (name_is_more(name->text, n))
		n = 0;
	else if (!cut_all_more(name->text, &n))
		return false;
	if (authors)
		json_set(a, paper, "et_al", json_true(a));
	else
		filter_note(REJECT_DROPPED_VALUE, "name", name->text,
		    name->len, "more editors");
	name->text = arena_strndup(a, name->text, n);
	name->len = n;
	if (family != NULL && (name_is_more(family->text, family->len) ||
	    cut_all_more(family->text, &more)))
		json_set(a, person, "family", name_is_more(family->text,
		    family->len) ? NULL : json_string(a, family->text, more));
	return n == 0;
}

/* "and Cy Dorn", the last one of a list */
static void
cut_and(struct arena *a, struct json *person)
{
	struct json *name = json_get(person, "name");
	size_t n = strncmp(name->text, "and ", 4) == 0 ? 4 :
	    strncmp(name->text, "& ", 2) == 0 ? 2 : 0;

	if (n == 0 || json_get(person, "family") != NULL)
		return;
	filter_note(REJECT_STRIPPED_NAME, "name", name->text, name->len,
	    "now %s", name->text + n);
	name->len -= n;
	name->text = arena_strndup(a, name->text + n, name->len);
}

void
people_split(struct arena *a, struct json *paper, struct json *people,
    bool authors)
{
	struct name_part v[PEOPLE_PIECES];
	struct json *p;
	const struct json *name;
	size_t n;

	for (p = people->child; p != NULL; p = p->next) {
		if ((name = person_name(p)) == NULL || name->len == 0 ||
		    cut_more(a, paper, p, authors) || name->len < 9)
			continue;
		if (p != people->child)
			cut_and(a, p);
		if (name_is_plain(name->text, name->len) && (name->len < 13 ||
		    (name->len < 30 && strstr(name->text, " and ") == NULL)))
			continue;
		if (may_be_several(name) && is_bare(p) &&
		    (n = people_find_pieces(name, v)) > 1)
			p = replace(a, people, p, v, n);
	}
}

static bool
has_comma(const struct json *name)
{
	return strpbrk(name->text, ",;") != NULL ||
	    strstr(name->text, "，") != NULL;
}

void
people_note_doubts(const struct json *people)
{
	const struct json *p, *name;

	for (p = people->child; p != NULL; p = p->next) {
		name = person_name(p);
		if (name_is_plain(name->text, name->len) && name->len < 30)
			continue;
		if (is_run(name) || strstr(name->text, ": ") != NULL ||
		    (has_comma(name) && (json_get(p, "given") != NULL ||
		    (json_get(p, "family") == NULL &&
		    !name_is_body(name->text, name->len)))))
			filter_note(REJECT_UNPARTED_NAME, "name", name->text,
			    name->len, "taken as one");
	}
}

static bool
keep_named(struct json *person)
{
	const struct json *v = person_name(person);

	return v != NULL && v->len > 0;
}

static bool
drop_nameless(struct json *person)
{
	if (keep_named(person))
		return true;
	filter_note(REJECT_DROPPED_VALUE, "name", NULL, 0,
	    "a person without a name");
	return false;
}

void
people_drop_nameless(struct json *people)
{
	json_keep_if(people, drop_nameless);
}

void
people_keep_named(struct json *people)
{
	json_keep_if(people, keep_named);
}

void
people_join_suffixes(struct arena *a, struct json *people)
{
	static struct buf b;
	struct json *p, *before = NULL, *v;
	bool any = false;

	for (p = people->child; p != NULL; p = p->next) {
		if (person_name(p)->len > 4) {
			before = p;
			continue;
		}
		v = json_get(p, "name");
		if (before == NULL ||
		    !name_is_no_initials(v->text, v->len) ||
		    json_get(before, "suffix") != NULL) {
			before = p;
			continue;
		}
		buf_reset(&b);
		buf_adds(&b, person_name(before)->text);
		buf_addc(&b, ' ');
		buf_add(&b, v->text, v->len);
		json_set(a, before, "name", json_string(a, b.p, b.len));
		json_set(a, before, "suffix", json_string(a, v->text, v->len));
		filter_note(REJECT_MENDED, "name", v->text, v->len,
		    "now %s", b.p);
		v->text = "";
		v->len = 0;
		any = true;
	}
	if (any)
		people_keep_named(people);
}

static bool
is_same_name(const struct json *a, const struct json *b)
{
	static struct buf x, y;
	const struct json *s = person_name(a), *t = person_name(b);

	/* most names fail at the first letter */
	if (isalpha((unsigned char)*s->text) &&
	    isalpha((unsigned char)*t->text) &&
	    ((*s->text ^ *t->text) | 0x20) != 0x20)
		return false;
	buf_reset(&x);
	buf_reset(&y);
	text_key(&x, s->text, s->len);
	text_key(&y, t->text, t->len);
	return x.len == y.len && memcmp(x.p, y.p, x.len) == 0;
}

void
people_halve(struct arena *a, struct json *people)
{
	struct json *p, *half = people->child, *prev = NULL, *q, *m;
	size_t n = 0, i;

	for (p = people->child; p != NULL; p = p->next)
		n++;
	if (n < 4 || n % 2 != 0)
		return;
	for (i = 0; i < n / 2; i++) {
		prev = half;
		half = half->next;
	}
	for (p = people->child, q = half; q != NULL; p = p->next, q = q->next)
		if (!is_same_name(p, q))
			return;
	filter_note(REJECT_HALVED_AUTHORS, "authors", NULL, 0,
	    "%zu names are %zu given twice", n, n / 2);
	/* what only the second half knows */
	for (p = people->child, q = half; q != NULL; p = p->next, q = q->next)
		for (m = q->child; m != NULL; m = m->next)
			if (json_member(p, m->name, m->namelen) == NULL)
				json_add(a, p, m->name, m->namelen,
				    json_copy(a, m));
	prev->next = NULL;
	people->last = prev;
}

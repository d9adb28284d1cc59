/* isi_people - the authors of a record of the Web of Science, and their facts */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/isi.h"
#include "parse/people_index.h"

#define FEW	256	/* authors among whom one is looked for by initials */

struct address {
	const char		*s;
	size_t			 n;
	const struct address	*next;
};

/* Authors by "surname,given", and the addresses of each by her place. */
struct authors {
	struct people_index	  index;
	struct addresses {
		const struct address	*first;
		struct address		*last;
	}			 *addresses;
};

static const char *
make_key(const char *family, size_t n, const char *given, size_t m)
{
	static struct buf b;

	buf_reset(&b);
	text_fold(&b, family, n, ' ');
	buf_addc(&b, ',');
	text_fold(&b, given, m, ' ');
	return arena_strndup(entry_arena(), b.p, b.len);
}

/* The key of "Surname, Given". */
static const char *
key_of(const char *s, size_t n)
{
	const char *comma = memchr(s, ',', n);

	if (comma == NULL)
		return make_key(s, n, "", 0);
	return make_key(s, (size_t)(comma - s), comma + 1,
	    (size_t)(s + n - comma - 1));
}

static const char *
author_key(const struct json *author)
{
	const char *family = json_get_str(author, "family");
	const char *given = json_get_str(author, "given");

	if (family == NULL)
		family = json_get_str(author, "name");
	if (given == NULL)
		given = "";
	return make_key(family, strlen(family), given, strlen(given));
}

static void
read_authors(struct authors *l, const struct json *paper)
{
	size_t n;

	people_index(&l->index, json_first(paper, "authors"), author_key);
	n = (l->index.n + 1) * sizeof(*l->addresses);
	l->addresses = memset(arena_alloc(entry_arena(), n), 0, n);
}

/* Whether two given names can be the same one, "adriano" and "a alves". */
static bool
agree(const char *a, const char *b)
{
	size_t n, m;

	if (*a == '\0' || *b == '\0')
		return false;
	while (*a != '\0' && *b != '\0') {
		n = strcspn(a, " ");
		m = strcspn(b, " ");
		if (n == 1 || m == 1 ? *a != *b :
		    n != m || memcmp(a, b, n) != 0)
			return false;
		a += n + strspn(a + n, " ");
		b += m + strspn(b + m, " ");
	}
	return true;
}

/* The one author who is meant by the name, or NULL. */
static struct keyed *
find_author(const struct authors *l, const char *s, size_t n)
{
	const char *key = key_of(s, n);
	struct keyed *found = people_find(&l->index, key), *a = l->index.v;
	size_t len = strcspn(key, ",") + 1, i;

	if (found != NULL)
		return found;
	for (i = 0; l->index.n <= FEW && i < l->index.n; i++) {
		if (strncmp(a[i].key, key, len) != 0 ||
		    !agree(a[i].key + len, key + len))
			continue;
		if (found != NULL)
			return NULL;
		found = &a[i];
	}
	return found;
}

/* Addresses: "[Surname, Given; Surname, Given] Address." */

/* room: bytes that the addresses of all may still take. */
static void
give_address(const struct authors *l, const char *names, size_t n,
    const struct address *a, size_t *room)
{
	const char *end = names + n, *p;
	struct keyed *author;
	struct address *copy;
	struct addresses *list;

	for (; names < end; names = p + 1) {
		if ((p = memchr(names, ';', (size_t)(end - names))) == NULL)
			p = end;
		author = find_author(l, names, (size_t)(p - names));
		if (author == NULL || a->n > *room)
			continue;
		*room -= a->n;
		copy = arena_alloc(entry_arena(), sizeof(*copy));
		*copy = *a;
		list = &l->addresses[author->at];
		if (list->last != NULL)
			list->last->next = copy;
		else
			list->first = copy;
		list->last = copy;
	}
}

static void
set_addresses(const struct authors *l)
{
	static struct buf b;
	const struct keyed *author;
	const struct address *a;
	size_t i;

	for (i = 0; i < l->index.n; i++) {
		author = &l->index.v[i];
		buf_reset(&b);
		for (a = l->addresses[author->at].first; a != NULL;
		    a = a->next) {
			if (b.len > 0)
				buf_adds(&b, "; ");
			buf_add(&b, a->s, a->n);
		}
		entry_text(author->person, "affiliation", b.p, b.len);
	}
}

/* An address ends with a period that is none of its own. */
static void
trim_address(struct address *a, const char *s)
{
	a->s = s;
	a->n = strlen(s);
	text_trim(&a->s, &a->n);
	if (a->n > 0 && a->s[a->n - 1] == '.')
		a->n--;
}

static void
add_addresses(const struct authors *l, struct tagged *t)
{
	const char *c1 = tagged_value(t, "C1"), *close, *p;
	size_t room = filter_max_record();
	struct address a = { 0 };
	char *text, *s, *end;

	if (c1 == NULL)
		return;
	text = arena_strndup(entry_arena(), c1, strlen(c1));
	for (s = text; (s = strchr(s, '\n')) != NULL; s++)
		if (s[1] != '[')
			*s = ' ';
	if (*text != '[') {
		trim_address(&a, text);
		text[(size_t)(a.s - text) + a.n] = '\0';
		tagged_address(t, a.s);
		return;
	}
	for (s = text; s != NULL; s = end) {
		if ((end = strchr(s, '\n')) != NULL)
			*end++ = '\0';
		if ((close = strchr(s, ']')) == NULL)
			continue;
		trim_address(&a, close + 1);
		p = s + 1;
		give_address(l, p, (size_t)(close - p), &a, &room);
	}
	set_addresses(l);
}

/* Identifiers: "Surname, Given/ID; Surname, Given/ID" */
static void
add_ids(const struct authors *l, const char *s, const char *tag)
{
	const char *slash, *id, *odd = NULL;
	const struct keyed *author;
	size_t n, len, nodd = 0, lost = 0;

	for (; s != NULL && *s != '\0'; s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		if ((slash = memrchr(s, '/', n)) == NULL)
			continue;
		id = slash + 1;
		len = (size_t)(s + n - id);
		author = find_author(l, s, (size_t)(slash - s));
		if (author == NULL) {
			if (lost++ == 0) {
				odd = s;
				nodd = n;
			}
		} else if (strcmp(tag, "OI") == 0)
			entry_text(author->person, "orcid", id, len);
		else
			entry_person_id(author->person, "researcherid", id,
			    len);
	}
	if (lost > 0)
		filter_note(REJECT_UNALIGNED_IDS, tag, odd, nodd,
		    "%zu identifiers of names that no author has", lost);
}

/* Persons of the first of these tags that is there. */
static bool
add_people(struct tagged *t, const char *full, const char *brief)
{
	const char *s = tagged_value(t, full);

	if (s == NULL)
		s = tagged_value(t, brief);
	if (s != NULL)
		tagged_people(t->paper, "authors", s);
	return s != NULL;
}

static void
add_bodies(struct json *paper, const char *s)
{
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, ";\n");
		tagged_body(paper, "authors", s, n);
	}
}

void
isi_people(struct tagged *t)
{
	const char *em = tagged_value(t, "EM");
	struct authors l;
	struct json *author;

	if (!add_people(t, "AF", "AU"))
		add_people(t, "BF", "BA");
	add_bodies(t->paper, tagged_value(t, "CA"));
	/* of the book, such as a society that is in front of its proceedings */
	if (json_first(t->paper, "authors") == NULL)
		add_bodies(t->paper, tagged_value(t, "GP"));
	author = json_first(t->paper, "authors");
	if (author != NULL && author->next == NULL && em != NULL &&
	    strchr(em, ';') == NULL)
		entry_str(author, "email", em);
	read_authors(&l, t->paper);
	add_addresses(&l, t);
	add_ids(&l, tagged_value(t, "OI"), "OI");
	add_ids(&l, tagged_value(t, "RI"), "RI");
}
